//! The words of the document's title that name its client.
//!
//! A title of a few words is a name. One of more is a sentence, of which the client is called by the words that say what the
//! API is of.

use super::words::{self, Spell};

/// How many words a name has at most.
const FEW: usize = 4;

/// What parts a name from what is said of it.
const BREAKS: &[&str] = &[" - ", " – ", " — ", " | ", " + ", ": ", " (", ", ", ". "];

/// Words that every description of an API has, whatever it is of.
const FILLERS: &[&str] = &[
    "a",
    "an",
    "the",
    "this",
    "these",
    "our",
    "your",
    "is",
    "are",
    "welcome",
    "official",
    "openapi",
    "swagger",
    "spec",
    "specification",
    "definition",
    "description",
    "documentation",
    "docs",
    "reference",
    "version",
];

/// Words that begin what is said of a thing.
const TURNS: &[&str] = &[
    "for", "of", "to", "that", "which", "with", "by", "in", "on", "from", "using", "used", "allows", "provides",
    "lets", "and", "or", "as",
];

/// Words that say what kind of thing an API is, which alone name none.
const KINDS: &[&str] = &["api", "apis", "rest", "http", "json", "web", "service", "services", "server", "backend"];

/// The words of a client's name.
pub(super) fn words(title: &str) -> Vec<String> {
    let all = words::words(title, Spell::Plain);
    if title.split_whitespace().count() <= FEW {
        return all;
    }
    let name =
        BREAKS.iter().fold(title, |name, part| name.split(part).find(|name| !name.trim().is_empty()).unwrap_or(name));
    let said: Vec<&str> = name.split_whitespace().filter(|word| !is_filler(word)).collect();
    let mut parts = said.split(|word| TURNS.contains(&word.to_lowercase().as_str()));
    let subject = parts.find(|part| !part.iter().all(|word| KINDS.contains(&word.to_lowercase().as_str())));
    let subject = subject.into_iter().flatten().take(FEW);
    // `Acme's` is of Acme.
    let bare = subject.map(|word| word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word));
    match bare.collect::<Vec<_>>().join(" ") {
        none if none.is_empty() => all.into_iter().take(FEW).collect(),
        some => words::words(&some, Spell::Plain),
    }
}

fn is_filler(word: &str) -> bool {
    let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    bare.chars().all(|letter| letter.is_ascii_digit() || letter == '.') || FILLERS.contains(&bare.as_str())
}

#[cfg(test)]
mod tests {
    use super::words;
    use crate::name::words::pascal;

    #[test]
    fn a_sentence_is_cut_to_what_it_is_of() {
        let check = |title: &str, expected: &str| assert_eq!(pascal(&words(title)), expected, "{title:?}");
        for (title, expected) in [
            ("Pet Shop", "PetShop"),
            ("The Pet Shop API", "ThePetShopApi"),
            ("Pets' official OpenAPI spec + toys extension", "Pets"),
            ("Acme's official OpenAPI spec + toys extension", "Acme"),
            ("Pet Shop API: everything that a shop sells", "PetShopApi"),
            ("This is the API for managing pets in shops", "ManagingPets"),
            ("For all pets of all shops", "AllPets"),
            ("Storefront and Back Office of the Pet Shop", "Storefront"),
            ("Responses with multiple media types", "Responses"),
            ("One two three four five six", "OneTwoThreeFour"),
            ("OpenAPI 3.1.0 const values example", "ConstValuesExample"),
            ("The official specification of the documentation", "TheOfficialSpecificationOf"),
        ] {
            check(title, expected);
        }
    }
}

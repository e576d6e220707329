//! Cuts a wire name into words: at separators, at changes of case, and with symbols spelled out.
//!
//! Owns what a word is. Does not know keywords or collisions, and does not decide which case an identifier has.

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};
use unicode_normalization::UnicodeNormalization;

use super::letters::{self, Letter};

/// How much of a text becomes words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spell {
    /// Separators and sigils only part words: `$filter-by` is `filter`, `by`.
    Plain,
    /// Symbols part words too, but for those that are read aloud: `Orders > Credentials` is `orders`, `credentials`, `Q&A` is
    /// `q`, `and`, `a`.
    Subject,
    /// Every character is a word or part of one: `$filter-by` is `dollar`, `filter`, `dash`, `by`.
    Everything,
}

/// Words that capitals would cut wrongly. Each stands for one word.
const KNOWN: &[&str] =
    &["OAuth", "iOS", "macOS", "GitHub", "GitLab", "GraphQL", "IPv4", "IPv6", "MySQL", "PostgreSQL", "NoSQL"];

/// The words of a text in lower case; never empty.
pub(super) fn words(text: &str, spell: Spell) -> Vec<String> {
    let mut found = cut(text, spell);
    if found.is_empty() {
        found = cut(text, Spell::Everything);
    }
    if found.is_empty() {
        found.push("empty".to_owned());
    }
    found
}

/// `HttpServer`: what types, values and variants look like.
pub(super) fn pascal<S: AsRef<str>>(words: &[S]) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    // `V1_0` and `V10` are two versions.
    let ends = |word: &str| word.ends_with(|last: char| last.is_ascii_digit());
    let starts = |word: &str| word.starts_with(|first: char| first.is_ascii_digit());
    let runs = words.chunk_by(|one, next| !(ends(one) && starts(next)));
    // An identifier that others begin with is joined already: `heck` would take `400Response` for one word.
    let is_joined = |word: &str| word.contains(char::is_uppercase) && !word.starts_with(char::is_lowercase);
    let join = |word: &&str| if is_joined(word) { (*word).to_owned() } else { word.to_upper_camel_case() };
    runs.map(|run| run.iter().map(join).collect::<String>()).collect::<Vec<_>>().join("_")
}

/// `http_server`: what fields, methods and modules look like.
pub(super) fn snake<S: AsRef<str>>(words: &[S]) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    words.join("_").to_snake_case()
}

/// One form for singular and plural, so that `orders` and `order` are the same noun. It only compares: what it gives is
/// not always a word.
pub(super) fn singular(word: &str) -> String {
    for (plural, one) in [("ies", "y"), ("sses", "ss"), ("uses", "us"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")] {
        if let Some(stem) = word.strip_suffix(plural)
            && !stem.is_empty()
        {
            return format!("{stem}{one}");
        }
    }
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 1 && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// Whether a word is a plural.
pub(super) fn is_plural(word: &str) -> bool {
    singular(word) != word
}

/// One step of reading.
enum Piece {
    /// Part of a run of letters and digits.
    Run(char),
    /// A word of its own.
    Word(String),
    /// Parts words.
    Break,
    /// As if it were not there.
    Nothing,
}

fn cut(text: &str, spell: Spell) -> Vec<String> {
    // Plain letters are their own normal form, and most names have no others.
    let text: Vec<char> = if text.is_ascii() { text.chars().collect() } else { text.nfkc().collect() };
    let mut words = Vec::new();
    let mut run = String::new();
    for (place, letter) in text.iter().copied().enumerate() {
        let before = place.checked_sub(1).and_then(|place| text.get(place)).copied();
        let after = text.get(place + 1).copied();
        match piece(before, letter, after, spell) {
            Piece::Run(letter) => run.push(letter),
            Piece::Nothing => {}
            Piece::Break => cut_run(&std::mem::take(&mut run), &mut words),
            Piece::Word(word) => {
                cut_run(&std::mem::take(&mut run), &mut words);
                words.extend(word.split('_').map(str::to_owned));
            }
        }
        // A letter that is written as several in Latin.
        if let Letter::Latin(latin) = letters::letter(letter) {
            run.push_str(latin);
        }
    }
    cut_run(&run, &mut words);
    words
}

fn piece(before: Option<char>, letter: char, after: Option<char>, spell: Spell) -> Piece {
    let joins = |letter: Option<char>| letter.is_some_and(letters::is_part);
    match letters::letter(letter) {
        Letter::Kept => Piece::Run(letter),
        Letter::Latin(_) | Letter::Mark => Piece::Nothing,
        Letter::Invisible if spell != Spell::Everything => Piece::Break,
        Letter::Foreign | Letter::Invisible => Piece::Word(format!("u{:x}", u32::from(letter))),
        Letter::Apostrophe if spell != Spell::Everything && joins(before) && joins(after) => Piece::Nothing,
        // A sign: `-1`, and `-created_at` as orders of sorting have it.
        Letter::Sign(word) if joins(after) && before.is_none_or(char::is_whitespace) => Piece::Word(word.to_owned()),
        Letter::Sign("plus") => Piece::Word("plus".to_owned()),
        Letter::Sigil(_) if spell != Spell::Everything && joins(after) && !joins(before) => Piece::Break,
        Letter::Symbol(word) if spell == Spell::Subject && word != "and" => Piece::Break,
        Letter::Sigil(word) | Letter::Symbol(word) => Piece::Word(word.to_owned()),
        Letter::Separator(word) if spell == Spell::Everything => Piece::Word(word.to_owned()),
        Letter::Sign(_) if spell == Spell::Everything => Piece::Word("dash".to_owned()),
        Letter::Apostrophe if spell == Spell::Everything => Piece::Word("quote".to_owned()),
        Letter::Separator(_) | Letter::Sign(_) | Letter::Apostrophe => Piece::Break,
    }
}

/// Cuts letters and digits where the case changes: `HTTPServer2XX` is `http`, `server2`, `xx`.
fn cut_run(run: &str, words: &mut Vec<String>) {
    let letters: Vec<char> = run.chars().collect();
    let mut start = 0;
    while start < letters.len() {
        let rest = letters.get(start..).unwrap_or_default();
        let length = known(rest).unwrap_or_else(|| word_length(rest)).max(1);
        let word: String = rest.iter().take(length).collect();
        words.push(lower(word));
        start += length;
    }
}

fn lower(mut word: String) -> String {
    if word.is_ascii() {
        word.make_ascii_lowercase();
        return word;
    }
    word.to_lowercase().nfc().collect()
}

/// Length of a word of [`KNOWN`], and of the digits behind it.
fn known(rest: &[char]) -> Option<usize> {
    for word in KNOWN {
        let length = word.len();
        let next = rest.get(length).copied();
        let same = rest.len() >= length
            && rest.iter().zip(word.chars()).all(|(left, right)| left.eq_ignore_ascii_case(&right));
        if same && !next.is_some_and(char::is_lowercase) {
            let digits = rest.iter().skip(length).take_while(|letter| letter.is_ascii_digit()).count();
            return Some(length + digits);
        }
    }
    None
}

fn word_length(rest: &[char]) -> usize {
    let at = |place: usize| rest.get(place).copied();
    let is = |place: usize, test: fn(char) -> bool| at(place).is_some_and(test);
    for place in 1..rest.len() {
        if !is(place, char::is_uppercase) {
            continue;
        }
        let lower_before = is(place - 1, char::is_lowercase);
        let digit_before = is(place - 1, |letter| letter.is_ascii_digit());
        // `2XX` and `3D` are one word, `server2XX` are two.
        let only_digits = rest.iter().take(place).all(char::is_ascii_digit);
        if lower_before || (digit_before && !only_digits) {
            return place;
        }
        // The plural of an acronym: `userIDs`.
        let plural = at(place + 1) == Some('s') && !is(place + 2, char::is_lowercase);
        if is(place - 1, char::is_uppercase) && is(place + 1, char::is_lowercase) && !plural {
            return place;
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::{Spell, pascal, singular, snake, words};

    #[test]
    fn joined_words_keep_their_case() {
        assert_eq!(pascal(&["400Response", "kind"]), "400ResponseKind");
        assert_eq!(pascal(&["v1", "0", "http", "server"]), "V1_0HttpServer");
        assert_eq!(snake(&["http", "server2", "xx"]), "http_server2_xx");
    }

    #[test]
    fn texts_are_cut_into_words() {
        let check = |text: &str, expected: &str| assert_eq!(words(text, Spell::Plain).join(" "), expected, "{text:?}");
        for (text, expected) in [
            ("camelCase", "camel case"),
            ("snake_case", "snake case"),
            ("kebab-case", "kebab case"),
            ("dotted.name", "dotted name"),
            ("path/name", "path name"),
            ("With Spaces", "with spaces"),
            ("HTTPServer2XX", "http server2 xx"),
            ("iOS", "ios"),
            ("iOSVersion", "ios version"),
            ("OAuth2", "oauth2"),
            ("OAuth2Token", "oauth2 token"),
            ("oAuth2", "oauth2"),
            ("Ipv4Address", "ipv4 address"),
            ("OAuthor", "o author"),
            ("ipIPv4", "ip ipv4"),
            ("userIDs", "user ids"),
            ("URLsList", "urls list"),
            ("IDset", "i dset"),
            ("2XX", "2xx"),
            ("3DSecure", "3d secure"),
            ("2fa", "2fa"),
            ("MD5Hash", "md5 hash"),
            ("x86_64", "x86 64"),
            ("2024-10-28", "2024 10 28"),
            ("don't", "dont"),
            ("filter[]", "filter"),
            ("q[name_eq]", "q name eq"),
            ("$filter", "filter"),
            ("@type", "type"),
            ("#ref", "ref"),
            ("C#", "c hash"),
            ("c++", "c plus plus"),
            ("a+b", "a plus b"),
            ("user@host", "user at host"),
            ("+1", "plus 1"),
            ("-1", "minus 1"),
            ("-created_at", "minus created at"),
            ("a - 1", "a 1"),
            ("<=", "less equal"),
            ("!=", "not equal"),
            ("50%", "50 percent"),
            ("*", "star"),
            ("#", "hash"),
            ("_", "underscore"),
            ("--", "dash dash"),
            (" ", "space"),
            ("", "empty"),
            ("größe", "größe"),
            ("gro\u{308}ße", "größe"),
            ("名前", "名前"),
            ("имя", "imya"),
            ("Ёж", "yozh"),
            ("ﬁeld", "field"),
            ("😀", "u1f600"),
            ("a😀b", "a u1f600 b"),
            ("a\u{202e}b", "a b"),
            ("\u{200b}", "u200b"),
            ("Сустомер", "sustomer"),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn everything_is_spelled_where_a_collision_asks_for_it() {
        let check =
            |text: &str, expected: &str| assert_eq!(words(text, Spell::Everything).join(" "), expected, "{text:?}");
        check("Foo_bar", "foo underscore bar");
        check("$filter-by", "dollar filter dash by");
        check("ids[]", "ids open bracket close bracket");
        check("a b", "a space b");
    }

    #[test]
    fn symbols_are_no_words_of_a_subject() {
        let check =
            |text: &str, expected: &str| assert_eq!(words(text, Spell::Subject).join(" "), expected, "{text:?}");
        check("Self-Hosted > v1 > Credentials", "self hosted v1 credentials");
        check("pets?status=sold&size=1", "pets status sold and size 1");
        check("Q&A", "q and a");
        check("What's new?", "whats new");
        check("C#", "c hash");
        check("*", "star");
    }

    #[test]
    fn words_are_joined() {
        assert_eq!(pascal(&["http", "server2", "xx"]), "HttpServer2Xx");
        assert_eq!(pascal(&["1", "0"]), "1_0");
        assert_eq!(snake(&["http", "server2", "xx"]), "http_server2_xx");
    }

    #[test]
    fn nouns_are_compared_in_the_singular() {
        for (plural, one) in [
            ("orders", "order"),
            ("categories", "category"),
            ("addresses", "address"),
            ("statuses", "status"),
            ("boxes", "box"),
            ("status", "status"),
            ("address", "address"),
            ("analysis", "analysis"),
            ("order", "order"),
            ("as", "as"),
        ] {
            assert_eq!(singular(plural), one);
        }
    }
}

//! Which of several declared content types an answer has.
//!
//! Owns the comparison of media types. What is read of each is the generated crate's affair.

/// The place of the declared content type that describes an answer's best; `None` where none does.
pub(crate) fn choose(answer: &str, declared: &[&str]) -> Option<usize> {
    let answer = normal(answer);
    let kind = essence(&answer);
    let exact = || declared.iter().position(|one| normal(one) == answer);
    let alike = || declared.iter().position(|one| essence(&normal(one)) == kind);
    let range = || declared.iter().position(|one| is_within(kind, essence(&normal(one))));
    // A server that says `application/json` for what the document calls `application/vnd.pets+json` means the same, as long
    // as there is no other JSON to be meant.
    let json = || {
        let mut all = declared.iter().enumerate().filter(|(_, one)| is_json(essence(&normal(one))));
        all.next().filter(|_| is_json(kind) && all.next().is_none()).map(|(place, _)| place)
    };
    exact().or_else(alike).or_else(range).or_else(json)
}

/// Without white space, in lower case.
fn normal(media_type: &str) -> String {
    media_type.chars().filter(|character| !character.is_whitespace()).collect::<String>().to_ascii_lowercase()
}

/// Without parameters.
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default()
}

/// Whether `text/csv` is within `text/*` or `*/*`.
fn is_within(kind: &str, range: &str) -> bool {
    match range.strip_suffix("/*") {
        Some("*") => true,
        Some(class) => kind.split_once('/').is_some_and(|(of, _)| of == class),
        None => false,
    }
}

/// Whether it is JSON by its name.
pub(crate) fn is_json(essence: &str) -> bool {
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_declaration_is_meant() {
        let check = |answer: &str, declared: &[&str], expected: Option<usize>| {
            assert_eq!(choose(answer, declared), expected, "{answer} {declared:?}");
        };
        let reports = ["application/json", "text/csv", "image/*"];
        check("application/json", &reports, Some(0));
        check("Text/CSV; charset=utf-8", &reports, Some(1));
        check("image/png", &reports, Some(2));
        check("application/pdf", &reports, None);
        check("application/vnd.pets+json", &reports, Some(0));
        check("application/json", &["a/x+json", "text/csv"], Some(0));
        check("application/json", &["a/x+json", "a/y+json"], None);
        check("a/x+json; version=2", &["a/x+json;version=1", "a/x+json;version=2"], Some(1));
        check("a/x+json", &["a/x+json;version=1", "a/x+json;version=2"], Some(0));
        check("text/csv", &["*/*", "text/*", "text/csv"], Some(2));
        check("nonsense", &["*/*"], Some(0));
        check("nonsense", &["text/csv"], None);
    }
}

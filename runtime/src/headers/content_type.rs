//! Which of several declared content types an answer has, and what its `charset` makes of text.
//!
//! Owns the comparison of media types. What is read of each is the generated crate's affair.

use http::HeaderMap;
use http::header::CONTENT_TYPE;

/// What the bytes from 0x80 to 0x9F mean in Windows-1252, which servers mean when they say Latin-1.
const WINDOWS_1252: &str = "\u{20ac}\u{81}\u{201a}\u{192}\u{201e}\u{2026}\u{2020}\u{2021}\u{2c6}\u{2030}\u{160}\u{2039}\
    \u{152}\u{8d}\u{17d}\u{8f}\u{90}\u{2018}\u{2019}\u{201c}\u{201d}\u{2022}\u{2013}\u{2014}\u{2dc}\u{2122}\u{161}\
    \u{203a}\u{153}\u{9d}\u{17e}\u{178}";
const LATIN_1: &[&str] = &["iso-8859-1", "latin1", "windows-1252", "cp1252"];

/// What the headers say that a body is; empty where they say nothing.
pub(crate) fn told(headers: &HeaderMap) -> &str {
    headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(str::trim).unwrap_or_default()
}

/// A body as text. It is UTF-8 wherever it can be, whatever its content type says, else Latin-1 where that is said. What is neither
/// is replaced.
pub(crate) fn text(body: &[u8], media_type: &str) -> String {
    let media_type = normal(media_type);
    let charset = media_type.split(';').find_map(|parameter| parameter.strip_prefix("charset="));
    let is_latin = charset.is_some_and(|charset| LATIN_1.contains(&charset.trim_matches('"')));
    match std::str::from_utf8(body) {
        Ok(text) => text.to_owned(),
        Err(_) if is_latin => body.iter().copied().map(of_latin).collect(),
        Err(_) => String::from_utf8_lossy(body).into_owned(),
    }
}

fn of_latin(byte: u8) -> char {
    let special = byte.checked_sub(0x80).and_then(|place| WINDOWS_1252.chars().nth(usize::from(place)));
    special.unwrap_or(char::from(byte))
}

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
    fn text_is_what_its_charset_says_unless_it_is_utf_8() {
        let check = |body: &[u8], media_type: &str, expected: &str| assert_eq!(text(body, media_type), expected);
        check(b"caf\xe9 \x80\x9f\xff", "text/plain; charset=ISO-8859-1", "caf\u{e9} \u{20ac}\u{178}\u{ff}");
        check(b"caf\xe9", "text/plain;charset=\"windows-1252\"", "caf\u{e9}");
        check("caf\u{e9}".as_bytes(), "text/plain; charset=iso-8859-1", "caf\u{e9}");
        check(b"caf\xe9", "text/plain; charset=utf-8", "caf\u{fffd}");
        check(b"caf\xe9", "", "caf\u{fffd}");
    }

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

//! How an encoded value is written into a path, a query, a header, a cookie or a form.
//!
//! Owns the facts and OpenAPI's tables of `style` × `explode` × kind. Values come as the JSON that the codec wrote, so that no
//! type needs another trait. Percent-encoding is in `percent`, queries and forms in `pairs`. What is sent where is the
//! transport's business.
//!
//! Where the specification leaves a hole: null members and items are left out; an empty list or object in a query is left
//! out; a container inside a list or object (other than with `deepObject`) is written as its JSON text; lists under
//! `deepObject` are written `name[]=…` if their items are plain and `name[0][…]=…` if not, unless [`Lists`] says otherwise.

mod pairs;
mod percent;

use std::borrow::Cow;

pub use self::pairs::FormField;
pub(crate) use self::pairs::{Spelling, add_to_query, cookie_pairs, form_text, pair, part_pairs, query_text, separate};
use self::percent::{Keep, encode};
use crate::text::codec::tree::Tree;
use crate::text::codec::{Written, to_json};
use crate::text::rules::Violation;

/// How a value becomes text; the names are OpenAPI's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `simple`
    Simple,
    /// `label`
    Label,
    /// `matrix`
    Matrix,
    /// `form`
    Form,
    /// `spaceDelimited`
    SpaceDelimited,
    /// `pipeDelimited`
    PipeDelimited,
    /// `deepObject`
    DeepObject,
    /// `cookie`: the value as it is.
    Cookie,
    /// `content`: one JSON text.
    Json,
}

/// How `deepObject` writes lists; the specification leaves it open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lists {
    /// `name[]=a` if the items are plain, `name[0][member]=a` if they are not.
    Mixed,
    /// Always `name[]=a`.
    Brackets,
    /// Always `name[0]=a`.
    Indices,
}

/// How one value is written.
#[derive(Clone, Copy, Debug)]
pub struct StyleFacts {
    style: Style,
    explode: bool,
    allow_reserved: bool,
    plus_for_space: bool,
    segments: bool,
    lists: Lists,
}

impl StyleFacts {
    /// A style, and whether each item or member gets a part of its own.
    pub const fn new(style: Style, explode: bool) -> Self {
        Self { style, explode, allow_reserved: false, plus_for_space: false, segments: false, lists: Lists::Mixed }
    }

    /// The default of path parameters: `simple`.
    pub const fn path() -> Self {
        Self::new(Style::Simple, false)
    }

    /// The default of query parameters: `form`, exploded.
    pub const fn query() -> Self {
        Self::new(Style::Form, true)
    }

    /// The default of headers: `simple`.
    pub const fn header() -> Self {
        Self::new(Style::Simple, false)
    }

    /// The default of cookies: `form`, exploded.
    pub const fn cookie() -> Self {
        Self::new(Style::Form, true)
    }

    /// `allowReserved`: reserved characters that do no harm in their place, and `%XX`, stay as they are. `&`, `+`, `#`, `[` and
    /// `]` in a query and `/`, `?`, `#` in a path would be read as structure and are encoded all the same.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }

    /// A path parameter of several segments: slashes separate them, and one in front is not needed.
    #[must_use]
    pub const fn segments(mut self) -> Self {
        self.segments = true;
        self
    }

    /// Queries are spelled as forms are (a space is `+`, `~` is encoded), because some servers compare them so.
    #[must_use]
    pub const fn plus_for_space(mut self) -> Self {
        self.plus_for_space = true;
        self
    }

    /// How `deepObject` writes lists.
    #[must_use]
    pub const fn lists(mut self, lists: Lists) -> Self {
        self.lists = lists;
        self
    }
}

/// A parameter's value in a path, percent-encoded. One that would change the path's shape (empty, `.`, `..`) is refused.
pub(crate) fn path_value(name: &str, value: &Written, facts: &StyleFacts) -> Result<String, Violation> {
    let tree = parse(name, value)?;
    if let (true, Tree::String(text)) = (facts.segments, &tree) {
        let one = StyleFacts { segments: false, ..*facts };
        let segments = text.trim_start_matches('/').split('/');
        let segments = segments.map(|segment| path_value(name, &Written::of(segment).map_err(Violation::from)?, &one));
        return Ok(segments.collect::<Result<Vec<_>, _>>()?.join("/"));
    }
    let keep = if facts.allow_reserved { Keep::PathReserved } else { Keep::Unreserved };
    let text = match (facts.style, &tree) {
        (_, Tree::Null) => return Err(Violation::new(name, "must not be null.")),
        (Style::Json, _) => encode(value.as_json(), keep),
        (Style::Matrix, _) => matrix(name, &tree, facts.explode, keep),
        (Style::Label, _) => {
            let separator = if facts.explode { "." } else { "," };
            format!(".{}", joined(&tree, separator, facts.explode, keep))
        }
        _ => joined(&tree, ",", facts.explode, keep),
    };
    match text.to_ascii_lowercase().replace("%2e", ".").as_str() {
        "" => Err(Violation::new(name, "must not be empty, because it is a part of the path.")),
        "." | ".." => Err(Violation::new(name, "must not be `.` or `..`, because it is a part of the path.")),
        _ => Ok(text),
    }
}

/// A path with its values in place. A document writes the text around them for people (`/größe/{id} cm`), so what no URL can
/// hold is encoded; what is encoded already stays as it is.
pub(crate) fn path_text(path: Cow<'_, str>) -> Cow<'_, str> {
    if path.bytes().all(|byte| Keep::Written.keeps(byte)) { path } else { encode(&path, Keep::Written).into() }
}

/// A parameter's value in a header; `None` where there is nothing to send. Line breaks and control characters are refused.
/// It may hold characters beyond ASCII, which travel as UTF-8.
pub(crate) fn header_value(name: &str, value: &Written, facts: &StyleFacts) -> Result<Option<String>, Violation> {
    let text = match (facts.style, parse(name, value)?) {
        (_, Tree::Null) => return Ok(None),
        (Style::Json, _) => value.as_json().to_owned(),
        (_, tree) => joined(&tree, ",", facts.explode, Keep::All),
    };
    if text.chars().any(|character| character.is_ascii_control() && character != '\t') {
        return Err(Violation::new(name, "must not hold line breaks or control characters."));
    }
    Ok(Some(text))
}

fn parse<'a>(name: &str, value: &'a Written) -> Result<Tree<'a>, Violation> {
    value.tree().map_err(|error| Violation::new(name, format!("must be JSON: {error}.")))
}

/// Items, or names and values, in one text.
fn joined(tree: &Tree<'_>, separator: &str, explode: bool, keep: Keep) -> String {
    let parts: Vec<String> = match tree {
        Tree::Array(items) => plain_items(items).map(|item| encode(&item, keep)).collect(),
        Tree::Object(members) => {
            let joint = if explode { "=" } else { separator };
            let member =
                |(name, value): (&str, Cow<'_, str>)| format!("{}{joint}{}", encode(name, keep), encode(&value, keep));
            plain_members(members).map(member).collect()
        }
        other => return encode(&plain(other), keep),
    };
    parts.join(separator)
}

/// `;name=value`, with RFC 6570's `;name` for an empty one.
fn matrix(name: &str, tree: &Tree<'_>, explode: bool, keep: Keep) -> String {
    let part = |name: &str, value: &str| match value {
        "" => format!(";{}", encode(name, keep)),
        _ => format!(";{}={value}", encode(name, keep)),
    };
    match tree {
        Tree::Array(items) if explode => plain_items(items).map(|item| part(name, &encode(&item, keep))).collect(),
        Tree::Object(members) if explode => {
            plain_members(members).map(|(key, value)| part(key, &encode(&value, keep))).collect()
        }
        // An empty list is undefined in RFC 6570's terms and leaves nothing.
        Tree::Array(items) if plain_items(items).next().is_none() => String::new(),
        Tree::Object(members) if plain_members(members).next().is_none() => String::new(),
        _ => part(name, &joined(tree, ",", false, keep)),
    }
}

/// A value as plain text; containers as JSON.
fn plain<'t>(tree: &'t Tree<'_>) -> Cow<'t, str> {
    match tree.scalar() {
        Some(text) => Cow::Borrowed(text),
        None => Cow::Owned(to_json(tree).unwrap_or_default()),
    }
}

fn plain_items<'t>(items: &'t [Tree<'_>]) -> impl Iterator<Item = Cow<'t, str>> {
    items.iter().filter(|item| !matches!(item, Tree::Null)).map(plain)
}

fn plain_members<'t>(members: &'t [(Cow<'_, str>, Tree<'_>)]) -> impl Iterator<Item = (&'t str, Cow<'t, str>)> {
    members.iter().filter(|(_, value)| !matches!(value, Tree::Null)).map(|(name, value)| (&**name, plain(value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(json: &str) -> Written {
        Written::from_valid(json.to_owned())
    }

    const ARRAY: &str = r#"["blue","black","brown"]"#;
    const OBJECT: &str = r#"{"R":100,"G":200,"B":150}"#;

    #[test]
    fn paths() {
        let check = |style, explode, json: &str, expected: &str| {
            let found = path_value("color", &written(json), &StyleFacts::new(style, explode));
            assert_eq!(found.unwrap_or_else(|fault| fault.to_string()), expected, "{style:?} {explode} {json}");
        };
        for explode in [false, true] {
            check(Style::Simple, explode, "\"blue\"", "blue");
            check(Style::Simple, explode, ARRAY, "blue,black,brown");
            check(Style::Label, explode, "\"blue\"", ".blue");
            check(Style::Matrix, explode, "\"\"", ";color");
            check(Style::Matrix, explode, "\"blue\"", ";color=blue");
        }
        check(Style::Simple, false, OBJECT, "R,100,G,200,B,150");
        check(Style::Simple, true, OBJECT, "R=100,G=200,B=150");
        check(Style::Label, false, ARRAY, ".blue,black,brown");
        check(Style::Label, true, ARRAY, ".blue.black.brown");
        check(Style::Label, false, OBJECT, ".R,100,G,200,B,150");
        check(Style::Label, true, OBJECT, ".R=100.G=200.B=150");
        check(Style::Matrix, false, ARRAY, ";color=blue,black,brown");
        check(Style::Matrix, true, ARRAY, ";color=blue;color=black;color=brown");
        check(Style::Matrix, false, OBJECT, ";color=R,100,G,200,B,150");
        check(Style::Matrix, true, OBJECT, ";R=100;G=200;B=150");
        check(Style::Json, false, r#"{"a":1}"#, "%7B%22a%22%3A1%7D");
    }

    #[test]
    fn path_values_keep_the_shape_of_the_path() {
        let check = |json: &str, expected: &str| {
            let found = path_value("id", &written(json), &StyleFacts::path());
            assert_eq!(found.unwrap_or_else(|fault| fault.to_string()), expected, "{json}");
        };
        check("\"a/b?c#d e%ü~\"", "a%2Fb%3Fc%23d%20e%25%C3%BC~");
        check("7", "7");
        check("true", "true");
        check("\"...\"", "...");
        check("[\"a,b\",\"c\"]", "a%2Cb,c");
        for empty in ["\"\"", "[]", "{}", "[null]"] {
            check(empty, "id must not be empty, because it is a part of the path.");
        }
        for dots in ["\".\"", "\"..\""] {
            check(dots, "id must not be `.` or `..`, because it is a part of the path.");
        }
        check("null", "id must not be null.");
        let reserved = |json| {
            path_value("id", &written(json), &StyleFacts::path().allow_reserved())
                .is_ok_and(|text| text == "a:b%2Fc@%20")
        };
        assert!(reserved("\"a:b/c@%20\""));
        let segments = |json: &str| path_value("path", &written(json), &StyleFacts::path().segments());
        assert_eq!(segments("\"/a b/c?d\"").as_deref(), Ok("a%20b/c%3Fd"));
        assert!(segments("\"a/../b\"").is_err() && segments("\"a//b\"").is_err() && segments("\"/\"").is_err());
        assert!(path_value("id", &written("\"%2E.\""), &StyleFacts::path().allow_reserved()).is_err());
    }

    #[test]
    fn headers() {
        let check = |explode, json: &str, expected: Option<&str>| {
            let found = header_value("x", &written(json), &StyleFacts::new(Style::Simple, explode));
            assert_eq!(found.unwrap().as_deref(), expected, "{json}");
        };
        check(false, "\"a b/ü\"", Some("a b/ü"));
        check(false, ARRAY, Some("blue,black,brown"));
        check(false, OBJECT, Some("R,100,G,200,B,150"));
        check(true, OBJECT, Some("R=100,G=200,B=150"));
        check(true, "null", None);
        for text in [r#""a\r\nb: c""#, r#""a\u0000""#] {
            let fault = header_value("x", &written(text), &StyleFacts::header()).unwrap_err();
            assert_eq!(fault.to_string(), "x must not hold line breaks or control characters.");
        }
    }
}

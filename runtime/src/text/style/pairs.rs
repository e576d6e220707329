//! Names and values: queries, cookies and form bodies.

use std::borrow::Cow;

use super::percent::{Keep, decoded, encode, encode_into};
use super::{Lists, Style, StyleFacts, joined, parse, plain, plain_items, plain_members};
use crate::text::codec::Written;
use crate::text::codec::tree::Tree;
use crate::text::rules::Violation;

/// Names and values, encoded for their place.
pub(crate) type Pairs = Vec<(String, String)>;

/// How a form body writes one of its members.
#[derive(Clone, Copy, Debug)]
pub struct FormField {
    name: &'static str,
    facts: StyleFacts,
}

impl FormField {
    /// The member `name`, by `encoding` of the document.
    pub const fn new(name: &'static str, facts: StyleFacts) -> Self {
        Self { name, facts }
    }
}

/// Adds a parameter's parts to a query.
pub(crate) fn add_to_query(
    query: &mut String,
    name: &str,
    value: &Written,
    facts: &StyleFacts,
) -> Result<(), Violation> {
    let tree = parse(name, value)?;
    let keep = keep(facts);
    if let (Some(text), false) = (tree.scalar(), matches!(facts.style, Style::Json)) {
        separate(query);
        encode_into(query, name, names(keep));
        query.push('=');
        encode_into(query, text, keep);
        return Ok(());
    }
    for (name, value) in pairs(name, &tree, facts, keep) {
        separate(query);
        query.push_str(&name);
        query.push('=');
        query.push_str(&value);
    }
    Ok(())
}

/// Before a further part of a query.
pub(crate) fn separate(query: &mut String) {
    if !query.is_empty() {
        query.push('&');
    }
}

/// A parameter's cookies; join them with `=` and `; `. Both sides are percent-encoded, unless the document says that cookies
/// travel as they are: then what would end one is refused.
pub(crate) fn cookie_pairs(name: &str, value: &Written, facts: &StyleFacts) -> Result<Pairs, Violation> {
    let plain = facts.style == Style::Cookie;
    let pairs = pairs(name, &parse(name, value)?, facts, if plain { Keep::All } else { Keep::Unreserved });
    let breaks = |text: &String| text.chars().any(|character| character == ';' || character.is_ascii_control());
    if plain && pairs.iter().any(|(name, value)| breaks(name) || breaks(value)) {
        return Err(Violation::new(name, "must not hold `;` or control characters: the API wants them escaped."));
    }
    Ok(pairs)
}

/// How a name and a value are percent-encoded.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Spelling {
    /// As HTML forms: a space is `+`.
    Form,
    /// As URLs: a space is `%20`.
    Query,
    /// As JavaScript's `encodeURIComponent`.
    Component,
}

/// A name and a value that no document describes.
pub(crate) fn pair(name: &str, value: &str, spelling: Spelling) -> String {
    let keep = match spelling {
        Spelling::Form => Keep::Form,
        Spelling::Query => Keep::Unreserved,
        Spelling::Component => Keep::Component,
    };
    format!("{}={}", encode(name, keep), encode(value, keep))
}

/// A text that is the whole query.
pub(crate) fn query_text(text: &str) -> String {
    encode(text, Keep::Unreserved)
}

/// The text of `application/x-www-form-urlencoded`, from an object: a body, or a whole query. A member without facts of its own is written as OpenAPI's
/// default content types say: plain values as they are, lists as one pair an item, objects as JSON text.
pub(crate) fn form_text(name: &str, json: &str, fields: &[FormField]) -> Result<String, Violation> {
    let tree = Tree::parse(json).map_err(|error| Violation::new(name, format!("must be JSON: {error}.")))?;
    let Tree::Object(members) = &tree else {
        return Err(Violation::new(name, "must be an object, because it is sent as a form."));
    };
    let mut all = Pairs::new();
    for (name, value) in members {
        match fields.iter().find(|field| field.name == name) {
            Some(field) => all.append(&mut pairs(name, value, &field.facts, form_keep(&field.facts))),
            None => all.append(&mut default_field(name, value)),
        }
    }
    let pairs: Vec<String> = all.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    Ok(pairs.join("&"))
}

/// A member of a form in parts: names and values as they are, because nothing of a part is percent-encoded (RFC 7578).
pub(crate) fn part_pairs(name: &str, value: &Tree<'_>, facts: &StyleFacts) -> Pairs {
    // Encoded first, so that what stands between items is told from what stands in them by no rule but the style's own.
    let facts = StyleFacts { allow_reserved: false, plus_for_space: false, ..*facts };
    let pairs = pairs(name, value, &facts, Keep::Unreserved);
    pairs.into_iter().map(|(name, value)| (decoded(&name), decoded(&value))).collect()
}

fn keep(facts: &StyleFacts) -> Keep {
    match (facts.plus_for_space, facts.allow_reserved) {
        (true, _) => form_keep(facts),
        (false, true) => Keep::QueryReserved,
        (false, false) => Keep::Unreserved,
    }
}

fn form_keep(facts: &StyleFacts) -> Keep {
    if facts.allow_reserved { Keep::FormReserved } else { Keep::Form }
}

fn default_field(name: &str, value: &Tree<'_>) -> Pairs {
    let pair = |text: Cow<'_, str>| (encode(name, Keep::Form), encode(&text, Keep::Form));
    match value {
        Tree::Null => Vec::new(),
        Tree::Array(items) => plain_items(items).map(pair).collect(),
        other => vec![pair(plain(other))],
    }
}

/// Names never keep reserved characters.
fn names(keep: Keep) -> Keep {
    match keep {
        Keep::Form | Keep::FormReserved => Keep::Form,
        Keep::All => Keep::All,
        _ => Keep::Unreserved,
    }
}

/// By style.
fn pairs(name: &str, tree: &Tree<'_>, facts: &StyleFacts, keep: Keep) -> Pairs {
    let names = names(keep);
    let separator = match (facts.style, names) {
        (Style::SpaceDelimited, Keep::Form) => "+",
        (Style::SpaceDelimited, _) => "%20",
        (Style::PipeDelimited, _) => "%7C",
        // A form knows no delimiters, so those between the items are encoded as well.
        _ if facts.plus_for_space => "%2C",
        _ => ",",
    };
    let named = |name: &str, value: &str| (encode(name, names), encode(value, keep));
    match (facts.style, tree) {
        (_, Tree::Null) => Vec::new(),
        (Style::Json, _) => vec![named(name, &crate::text::codec::to_json(tree).unwrap_or_default())],
        (Style::DeepObject, _) => {
            let mut deep = Deep { facts, keep, names, pairs: Vec::new() };
            deep.write(&encode(name, names), tree);
            deep.pairs
        }
        (_, Tree::Array(items)) if facts.explode => plain_items(items).map(|item| named(name, &item)).collect(),
        // OpenAPI leaves lists inside of an object open; servers that take its members as parameters read repeated ones.
        (_, Tree::Object(members)) if facts.explode => members
            .iter()
            .flat_map(|(key, value)| match value {
                Tree::Array(items) => plain_items(items).map(|item| named(key, &item)).collect::<Vec<_>>(),
                Tree::Null => Vec::new(),
                value => vec![named(key, &plain(value))],
            })
            .collect(),
        (_, Tree::Array(items)) if plain_items(items).next().is_none() => Vec::new(),
        (_, Tree::Object(members)) if plain_members(members).next().is_none() => Vec::new(),
        _ => vec![(encode(name, names), joined(tree, separator, false, keep))],
    }
}

/// `deepObject`, to any depth: `name[member][member]=value`.
struct Deep<'f> {
    facts: &'f StyleFacts,
    keep: Keep,
    names: Keep,
    pairs: Pairs,
}

impl Deep<'_> {
    /// The name is encoded already, brackets included: RFC 3986 allows them in no query.
    fn write(&mut self, name: &str, tree: &Tree<'_>) {
        match tree {
            Tree::Null => {}
            Tree::Object(members) => {
                for (key, value) in members {
                    self.write(&format!("{name}%5B{}%5D", encode(key, self.names)), value);
                }
            }
            Tree::Array(items) => {
                let indexed = match self.facts.lists {
                    Lists::Mixed => items.iter().any(|item| matches!(item, Tree::Array(_) | Tree::Object(_))),
                    Lists::Brackets => false,
                    Lists::Indices => true,
                };
                for (index, item) in items.iter().enumerate() {
                    let index = if indexed { index.to_string() } else { String::new() };
                    self.write(&format!("{name}%5B{index}%5D"), item);
                }
            }
            other => self.pairs.push((name.to_owned(), encode(&plain(other), self.keep))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(json: &str) -> Written {
        Written::from_valid(json.to_owned())
    }

    const ARRAY: &str = r#"["blue","black","brown"]"#;
    const OBJECT: &str = r#"{"R":100,"G":200,"B":150}"#;

    fn query(json: &str, facts: &StyleFacts) -> String {
        let mut query = String::new();
        add_to_query(&mut query, "color", &written(json), facts).unwrap();
        query
    }

    #[test]
    fn queries() {
        let check = |style, explode, json: &str, expected: &str| {
            assert_eq!(query(json, &StyleFacts::new(style, explode)), expected, "{style:?} {explode} {json}");
        };
        check(Style::Form, false, "\"\"", "color=");
        check(Style::Form, true, "\"blue\"", "color=blue");
        check(Style::Form, false, ARRAY, "color=blue,black,brown");
        check(Style::Form, true, ARRAY, "color=blue&color=black&color=brown");
        check(Style::Form, false, OBJECT, "color=R,100,G,200,B,150");
        check(Style::Form, true, OBJECT, "R=100&G=200&B=150");
        check(Style::SpaceDelimited, false, ARRAY, "color=blue%20black%20brown");
        check(Style::SpaceDelimited, false, OBJECT, "color=R%20100%20G%20200%20B%20150");
        check(Style::SpaceDelimited, true, ARRAY, "color=blue&color=black&color=brown");
        check(Style::PipeDelimited, false, ARRAY, "color=blue%7Cblack%7Cbrown");
        check(Style::PipeDelimited, false, OBJECT, "color=R%7C100%7CG%7C200%7CB%7C150");
        check(Style::DeepObject, true, OBJECT, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150");
        check(Style::Json, false, r#"{"a":"b c"}"#, "color=%7B%22a%22%3A%22b%20c%22%7D");
        for empty in ["[]", "{}", "null", "[null]", r#"{"a":null}"#] {
            check(Style::Form, false, empty, "");
            check(Style::Form, true, empty, "");
            check(Style::DeepObject, true, empty, "");
        }
        check(Style::Form, true, r#"{"page":2,"sort":["name",null,"age,desc"]}"#, "page=2&sort=name&sort=age%2Cdesc");
        check(Style::Form, true, r#"[{"a":1},null,"x"]"#, "color=%7B%22a%22%3A1%7D&color=x");
    }

    #[test]
    fn deep_objects() {
        let check = |lists, json: &str, expected: &str| {
            let text = query(json, &StyleFacts::new(Style::DeepObject, true).lists(lists));
            assert_eq!(text.replace("%5B", "[").replace("%5D", "]"), expected, "{lists:?} {json}");
        };
        check(Lists::Mixed, r#"{"created":{"gte":7,"lt":null}}"#, "color[created][gte]=7");
        check(Lists::Mixed, r#"{"a":["x","y"]}"#, "color[a][]=x&color[a][]=y");
        check(Lists::Mixed, r#"{"a":[{"b":1},{"b":2}]}"#, "color[a][0][b]=1&color[a][1][b]=2");
        check(Lists::Brackets, r#"[{"b":1}]"#, "color[][b]=1");
        check(Lists::Indices, r#"["x","y"]"#, "color[0]=x&color[1]=y");
        check(Lists::Mixed, "5", "color=5");
    }

    #[test]
    fn spelling() {
        let text = r#""a b/c?d=e&f+g#h""#;
        assert_eq!(query(text, &StyleFacts::query()), "color=a%20b%2Fc%3Fd%3De%26f%2Bg%23h");
        assert_eq!(query(text, &StyleFacts::query().allow_reserved()), "color=a%20b/c?d=e%26f%2Bg%23h");
        assert_eq!(query(text, &StyleFacts::query().plus_for_space()), "color=a+b%2Fc%3Fd%3De%26f%2Bg%23h");
        let spaced = StyleFacts::new(Style::SpaceDelimited, false).plus_for_space();
        assert_eq!(query(ARRAY, &spaced), "color=blue+black+brown");
    }

    #[test]
    fn spellings() {
        assert_eq!(pair("a b", "\u{fc}&=~*", Spelling::Form), "a+b=%C3%BC%26%3D%7E*");
        assert_eq!(pair("a b", "\u{fc}&=~*!'()", Spelling::Component), "a%20b=%C3%BC%26%3D~*!'()");
        assert_eq!(pair("a b", "~", Spelling::Query), "a%20b=~");
    }

    #[test]
    fn forms() {
        static FIELDS: &[FormField] = &[
            FormField::new("deep", StyleFacts::new(Style::DeepObject, true)),
            FormField::new("flat", StyleFacts::new(Style::Form, true)),
            FormField::new("list", StyleFacts::new(Style::Form, false)),
        ];
        let check = |json: &str, expected: &str| {
            let found = form_text("body", json, FIELDS).unwrap_or_else(|fault| fault.to_string());
            assert_eq!(found, expected, "{json}");
        };
        check(r#"{"scope":"direct:api *-._~","n":1.5,"none":null}"#, "scope=direct%3Aapi+*-._%7E&n=1.5");
        check(r#"{"tags":["a","b c"],"meta":{"k":"v"}}"#, "tags=a&tags=b+c&meta=%7B%22k%22%3A%22v%22%7D");
        check(r#"{"deep":{"a":[{"b":1}]}}"#, "deep%5Ba%5D%5B0%5D%5Bb%5D=1");
        check(r#"{"flat":{"a":1,"b":2},"list":["x","y"]}"#, "a=1&b=2&list=x,y");
        check("{}", "");
        check("[]", "body must be an object, because it is sent as a form.");
    }

    #[test]
    fn cookies() {
        let check = |facts: StyleFacts, json: &str, expected: &[(&str, &str)]| {
            let found = cookie_pairs("c", &written(json), &facts).unwrap();
            let found: Vec<_> = found.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            assert_eq!(found, expected, "{json}");
        };
        check(StyleFacts::cookie(), "\"a;b\"", &[("c", "a%3Bb")]);
        check(StyleFacts::new(Style::Cookie, true), r#"{"a":"b=c d","e":1}"#, &[("a", "b=c d"), ("e", "1")]);
        check(StyleFacts::new(Style::Cookie, false), r#"["a%3B","b"]"#, &[("c", "a%3B,b")]);
        assert!(cookie_pairs("c", &written("\"a;b\""), &StyleFacts::new(Style::Cookie, true)).is_err());
        check(StyleFacts::cookie(), "[1,2]", &[("c", "1"), ("c", "2")]);
        check(StyleFacts::new(Style::Form, false), "[1,2]", &[("c", "1,2")]);
    }
}

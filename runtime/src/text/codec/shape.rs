//! Looking ahead: which variant of a union follows.
//!
//! Looks through a copy of the scanner, so nothing is read into a buffer and the variant then decodes from the text itself.

use std::borrow::Cow;

use super::error::{DecodeError, Kind};
use super::{Decoder, Scanner};

/// What the values of one variant look like.
#[derive(Clone, Copy, Debug)]
pub struct ShapeFacts {
    kind: ShapeKind,
    required: &'static [&'static str],
    known: &'static [&'static str],
    constants: &'static [(&'static str, &'static [&'static str])],
    literals: &'static [(&'static str, &'static str)],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ShapeKind {
    Object,
    Array,
    String,
    Strings,
    Integer,
    Number,
    Boolean,
    Any,
}

impl ShapeFacts {
    const fn of(kind: ShapeKind) -> Self {
        Self { kind, required: &[], known: &[], constants: &[], literals: &[] }
    }

    /// An object, with its required members and all its known ones.
    pub const fn object(required: &'static [&'static str], known: &'static [&'static str]) -> Self {
        Self { kind: ShapeKind::Object, required, known, constants: &[], literals: &[] }
    }

    /// Members of the object that only ever have one of these strings.
    #[must_use]
    pub const fn constants(mut self, constants: &'static [(&'static str, &'static [&'static str])]) -> Self {
        self.constants = constants;
        self
    }

    /// Members of the object that are only ever this number or truth, as JSON.
    #[must_use]
    pub const fn literals(mut self, literals: &'static [(&'static str, &'static str)]) -> Self {
        self.literals = literals;
        self
    }

    /// An array.
    pub const fn array() -> Self {
        Self::of(ShapeKind::Array)
    }

    /// Any string.
    pub const fn string() -> Self {
        Self::of(ShapeKind::String)
    }

    /// One of these strings; preferred to any string.
    pub const fn strings(values: &'static [&'static str]) -> Self {
        Self { kind: ShapeKind::Strings, required: &[], known: values, constants: &[], literals: &[] }
    }

    /// A whole number; preferred to any number.
    pub const fn integer() -> Self {
        Self::of(ShapeKind::Integer)
    }

    /// Any number.
    pub const fn number() -> Self {
        Self::of(ShapeKind::Number)
    }

    /// A boolean.
    pub const fn boolean() -> Self {
        Self::of(ShapeKind::Boolean)
    }

    /// Anything; taken where nothing else fits.
    pub const fn any() -> Self {
        Self::of(ShapeKind::Any)
    }
}

/// What one look at a value tells.
struct Seen<'a> {
    kind: Kind,
    whole: bool,
    text: Option<Cow<'a, str>>,
    members: Vec<(Cow<'a, str>, Glance<'a>)>,
}

/// What a member holds, as far as it may tell a variant.
enum Glance<'a> {
    Text(Cow<'a, str>),
    /// A number or a truth, as JSON.
    Literal(&'a str),
    Other,
}

impl Glance<'_> {
    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Numbers are compared by what they mean: `1` is `1.0`.
    fn is_literal(&self, expected: &str) -> bool {
        let Self::Literal(found) = self else { return false };
        let number = |text: &str| text.parse::<f64>().ok();
        *found == expected
            || (found.contains(['.', 'e', 'E']) && number(found).is_some() && number(found) == number(expected))
    }
}

/// Smaller is better: no shape of its own, unknown members, known members that are missing.
type Distance = (u8, usize, usize);

impl<'a> Decoder<'a> {
    /// The string member `name` of the object that follows; `None` where something else follows, or the member is absent
    /// or no string. Looks no further than that member, which servers write first. Nothing is taken.
    pub fn tag(&mut self, name: &str) -> Result<Option<Cow<'a, str>>, DecodeError> {
        if self.kind()? != Kind::Object {
            return Ok(None);
        }
        let mut tag = None;
        look_through(self.scan.clone(), &mut |key, value| {
            let found = key == name;
            if let (true, Glance::Text(text)) = (found, value) {
                tag = Some(text);
            }
            !found
        })?;
        Ok(tag)
    }

    /// Which of the shapes the value that follows fits best: the one with the fewest unknown members, then the one with the
    /// fewest missing ones, then the first. Nothing is taken.
    pub fn shape(&mut self, shapes: &[ShapeFacts]) -> Result<Option<usize>, DecodeError> {
        let place = self.place();
        let seen = self.look()?;
        self.refund(place);
        let fits = shapes.iter().enumerate().filter_map(|(index, shape)| Some((seen.distance(shape)?, index)));
        Ok(fits.min().map(|(_, index)| index))
    }

    fn look(&mut self) -> Result<Seen<'a>, DecodeError> {
        let mut seen = Seen { kind: self.kind()?, whole: false, text: None, members: Vec::new() };
        let mut scan = self.scan.clone();
        match seen.kind {
            Kind::Object => {
                let mut full = Ok(());
                look_through(scan, &mut |key, value| {
                    full = self.room(&mut seen.members);
                    if full.is_ok() {
                        seen.members.push((key, value));
                    }
                    full.is_ok()
                })?;
                full?;
            }
            Kind::String => seen.text = Some(scan.string()?),
            Kind::Number => seen.whole = !scan.number()?.contains(['.', 'e', 'E']),
            _ => {}
        }
        Ok(seen)
    }
}

impl Seen<'_> {
    fn distance(&self, shape: &ShapeFacts) -> Option<Distance> {
        let text = self.text.as_deref();
        let fits = match (shape.kind, self.kind) {
            (ShapeKind::Any, _) => return Some((2, 0, 0)),
            (ShapeKind::Object, Kind::Object) => return self.object_distance(shape),
            (ShapeKind::Strings, Kind::String) => text.is_some_and(|text| shape.known.contains(&text)),
            (ShapeKind::Integer, Kind::Number) => self.whole,
            (ShapeKind::String, Kind::String) | (ShapeKind::Number, Kind::Number) => return Some((1, 0, 0)),
            (ShapeKind::Array, Kind::Array) | (ShapeKind::Boolean, Kind::Boolean) => true,
            _ => false,
        };
        fits.then_some((0, 0, 0))
    }

    fn object_distance(&self, shape: &ShapeFacts) -> Option<Distance> {
        let has = |name: &str| self.members.iter().any(|(key, _)| key == name);
        let constants_hold = shape.constants.iter().all(|(name, values)| {
            let found = self.members.iter().rfind(|(key, _)| key == name);
            found.is_none_or(|(_, value)| value.text().is_some_and(|value| values.contains(&value)))
        });
        let literals_hold = shape.literals.iter().all(|(name, expected)| {
            let found = self.members.iter().rfind(|(key, _)| key == name);
            found.is_none_or(|(_, value)| value.is_literal(expected))
        });
        if !constants_hold || !literals_hold || !shape.required.iter().all(|name| has(name)) {
            return None;
        }
        let unknown = self.members.iter().filter(|(key, _)| !shape.known.contains(&&**key)).count();
        let missing = shape.known.iter().filter(|name| !has(name)).count();
        Some((0, unknown, missing))
    }
}

/// Tells the members of the object that follows, each with its value where that is a scalar, as long as `each` wants more.
fn look_through<'a>(
    mut scan: Scanner<'a>,
    each: &mut dyn FnMut(Cow<'a, str>, Glance<'a>) -> bool,
) -> Result<(), DecodeError> {
    if !scan.eat(b'{') || scan.eat(b'}') {
        return Ok(());
    }
    scan.enter()?;
    loop {
        let key = scan.key()?;
        let value = glance(&mut scan)?;
        if !each(key, value) || !scan.more(b'}')? {
            return Ok(());
        }
    }
}

fn glance<'a>(scan: &mut Scanner<'a>) -> Result<Glance<'a>, DecodeError> {
    Ok(match scan.kind()? {
        Kind::String => Glance::Text(scan.string()?),
        Kind::Number => Glance::Literal(scan.number()?),
        Kind::Boolean => {
            let value = if scan.peek() == Some(b't') { "true" } else { "false" };
            scan.literal(value)?;
            Glance::Literal(value)
        }
        _ => {
            scan.skip()?;
            Glance::Other
        }
    })
}

#[cfg(test)]
mod tests {
    use super::ShapeFacts;
    use crate::text::codec::{Decode, DecodeError, Decoder, from_json};
    use crate::text::values::{Json, Map};

    #[test]
    fn shapes() {
        static SHAPES: &[ShapeFacts] = &[
            ShapeFacts::object(&["bark"], &["bark", "name"]),
            ShapeFacts::object(&["meow"], &["meow", "name", "lives"]),
            ShapeFacts::object(&["kind"], &["kind", "size"]).constants(&[("kind", &["fish", "whale"])]),
            ShapeFacts::strings(&["all", "none"]),
            ShapeFacts::string(),
            ShapeFacts::number(),
            ShapeFacts::integer(),
            ShapeFacts::array(),
        ];
        let check = |text: &str, expected| assert_eq!(Decoder::new(text).shape(SHAPES).unwrap(), expected, "{text}");
        check(r#"{"name":"Rex","bark":1}"#, Some(0));
        check(r#"{"meow":{"a":[1]},"lives":9}"#, Some(1));
        check(r#"{"bark":1,"meow":1,"lives":1}"#, Some(1));
        check(r#"{"kind":"whale","other":1}"#, Some(2));
        check(r#"{"kind":"bird"}"#, None);
        check(r#"{"kind":7}"#, None);
        check("{}", None);
        check("\"all\"", Some(3));
        check("\"some\"", Some(4));
        check("7", Some(6));
        check("7.5", Some(5));
        check("[{}]", Some(7));
        check("true", None);
        check("null", None);
        let any = [ShapeFacts::any(), ShapeFacts::boolean()];
        assert_eq!(Decoder::new("true").shape(&any).unwrap(), Some(1));
        assert_eq!(Decoder::new("{}").shape(&any).unwrap(), Some(0));
    }

    #[test]
    fn numbers_and_truths_tell_shapes_apart() {
        static SHAPES: &[ShapeFacts] = &[
            ShapeFacts::object(&["version"], &["version", "a"]).literals(&[("version", "1")]),
            ShapeFacts::object(&["version"], &["version", "b"]).literals(&[("version", "2")]),
            ShapeFacts::object(&["ok"], &["ok"]).literals(&[("ok", "true")]),
            ShapeFacts::object(&["ok"], &["ok"]).literals(&[("ok", "false")]),
        ];
        let check = |text: &str, expected: Option<usize>| {
            assert_eq!(Decoder::new(text).shape(SHAPES).unwrap(), expected, "{text}");
        };
        check(r#"{"version":1,"b":2}"#, Some(0));
        check(r#"{"version":2}"#, Some(1));
        check(r#"{"version":2.0}"#, Some(1));
        check(r#"{"version":3}"#, None);
        check(r#"{"version":"1"}"#, None);
        check(r#"{"version":null}"#, None);
        check(r#"{"ok":true}"#, Some(2));
        check(r#"{ "ok" : false }"#, Some(3));
        check(r#"{"ok":"true"}"#, None);
    }

    #[test]
    fn tags() {
        let check = |text: &str, expected: Option<&str>| {
            let mut decoder = Decoder::new(text);
            assert_eq!(decoder.tag("petType").unwrap().as_deref(), expected, "{text}");
            assert_eq!(decoder.json().unwrap().as_text(), text, "nothing is taken");
        };
        check(r#"{"a":{"petType":"no"},"petType":"cat"}"#, Some("cat"));
        check(r#"{"petType":"c\u0061t"}"#, Some("cat"));
        check(r#"{"petType":7}"#, None);
        check("{}", None);
        check("[]", None);
        assert!(Decoder::new(r#"{"a":1 "petType":"cat"}"#).tag("petType").is_err());
    }

    /// Unions as the generator writes them.
    #[derive(Debug, PartialEq)]
    enum Tagged {
        Names(Box<Map<String>>),
        Unknown(Json),
    }

    impl Decode for Tagged {
        fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
            match d.tag("kind")?.as_deref() {
                Some("names") => Ok(Self::Names(d.boxed()?)),
                _ => Ok(Self::Unknown(d.json()?)),
            }
        }
    }

    #[test]
    fn unions() {
        let check = |text: &str, expected: Result<&[&str], &str>| {
            let found: Vec<Tagged> = from_json(&format!("[{text}]")).unwrap();
            match (&found[0], expected) {
                (Tagged::Names(names), Ok(keys)) => assert!(names.keys().eq(keys), "{names:?}"),
                (Tagged::Unknown(json), Err(kept)) => assert_eq!(json.as_text(), kept),
                other => panic!("{other:?}"),
            }
        };
        check(r#"{"a":"x","kind":"names"}"#, Ok(&["a", "kind"]));
        check(r#"{ "kind" : "other" }"#, Err(r#"{ "kind" : "other" }"#));
        check("[7]", Err("[7]"));
        let fault = from_json::<Vec<Tagged>>(r#"[{"kind":"names","a":7}]"#).unwrap_err();
        assert_eq!(fault.to_string(), "$[0].a: expected a string, found a number");
    }
}

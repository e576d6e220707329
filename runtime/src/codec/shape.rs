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
        Self { kind, required: &[], known: &[], constants: &[] }
    }

    /// An object, with its required members and all its known ones.
    pub const fn object(required: &'static [&'static str], known: &'static [&'static str]) -> Self {
        Self { kind: ShapeKind::Object, required, known, constants: &[] }
    }

    /// Members of the object that only ever have one of these strings.
    #[must_use]
    pub const fn constants(mut self, constants: &'static [(&'static str, &'static [&'static str])]) -> Self {
        self.constants = constants;
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
        Self { kind: ShapeKind::Strings, required: &[], known: values, constants: &[] }
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
    members: Vec<(Cow<'a, str>, Option<Cow<'a, str>>)>,
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
            if found {
                tag = value;
            }
            !found
        })?;
        Ok(tag)
    }

    /// Which of the shapes the value that follows fits best: the one with the fewest unknown members, then the one with the
    /// fewest missing ones, then the first. Nothing is taken.
    pub fn shape(&mut self, shapes: &[ShapeFacts]) -> Result<Option<usize>, DecodeError> {
        let seen = self.look()?;
        let fits = shapes.iter().enumerate().filter_map(|(index, shape)| Some((seen.distance(shape)?, index)));
        Ok(fits.min().map(|(_, index)| index))
    }

    fn look(&mut self) -> Result<Seen<'a>, DecodeError> {
        let mut seen = Seen { kind: self.kind()?, whole: false, text: None, members: Vec::new() };
        let mut scan = self.scan.clone();
        match seen.kind {
            Kind::Object => look_through(scan, &mut |key, value| {
                seen.members.push((key, value));
                true
            })?,
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
            found.is_none_or(|(_, value)| value.as_deref().is_some_and(|value| values.contains(&value)))
        });
        if !constants_hold || !shape.required.iter().all(|name| has(name)) {
            return None;
        }
        let unknown = self.members.iter().filter(|(key, _)| !shape.known.contains(&&**key)).count();
        let missing = shape.known.iter().filter(|name| !has(name)).count();
        Some((0, unknown, missing))
    }
}

/// Tells the members of the object that follows, each with its value where that is a string, as long as `each` wants more.
fn look_through<'a>(
    mut scan: Scanner<'a>,
    each: &mut dyn FnMut(Cow<'a, str>, Option<Cow<'a, str>>) -> bool,
) -> Result<(), DecodeError> {
    if !scan.eat(b'{') || scan.eat(b'}') {
        return Ok(());
    }
    scan.enter()?;
    loop {
        let key = scan.key()?;
        let wants_more = if scan.peek() == Some(b'"') {
            each(key, Some(scan.string()?))
        } else {
            scan.skip()?;
            each(key, None)
        };
        if !wants_more || !scan.more(b'}')? {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ShapeFacts;
    use crate::codec::{Decode, DecodeError, Decoder, from_json};
    use crate::values::{Json, Map};

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

//! [`Json`]: any JSON value, as its verbatim text.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, LazyLock};

use crate::text::codec::tree::Tree;
use crate::text::codec::{
    Decode, DecodeError, Decoder, Encode, EncodeError, Encoder, Kind, Parts, Scanner, from_json, to_json,
};

/// Any JSON value. It is its text: member order, number spelling and white space stay as they came.
///
/// Cloning and looking into it share one allocation. Every look walks the text; to read much of it, [`Json::read`] it into a
/// type. Equality is that of JSON: numbers by value, members in any order.
#[derive(Clone)]
pub struct Json {
    whole: Arc<str>,
    start: usize,
    end: usize,
}

impl Json {
    /// Takes a JSON text, checked; white space around it is cut.
    pub fn parse(text: &str) -> Result<Self, DecodeError> {
        from_json(text)
    }

    /// Takes a text that is known to be one JSON value without white space around it.
    pub(crate) fn from_valid(text: &str) -> Self {
        Self { whole: text.into(), start: 0, end: text.len() }
    }

    /// A part of this value, by its text.
    fn part(&self, start: usize, len: usize) -> Self {
        Self { whole: Arc::clone(&self.whole), start: self.start + start, end: self.start + start + len }
    }

    /// `null`.
    pub fn null() -> Self {
        static TEXT: LazyLock<Arc<str>> = LazyLock::new(|| "null".into());
        Self { whole: Arc::clone(&TEXT), start: 0, end: TEXT.len() }
    }

    /// An object of these members; of equal names the first one stays.
    ///
    /// ```
    /// use typewright_runtime::Json;
    ///
    /// let pet = Json::object([("name", Json::from("Rex")), ("age", 3.into())]);
    /// assert_eq!(pet.as_text(), r#"{"name":"Rex","age":3}"#);
    /// ```
    pub fn object<N: AsRef<str>, V: Into<Self>>(members: impl IntoIterator<Item = (N, V)>) -> Self {
        let mut names = std::collections::BTreeSet::new();
        let mut e = Encoder::new();
        e.begin_object();
        for (name, value) in members {
            if names.insert(name.as_ref().to_owned()) {
                e.other_member(name.as_ref(), &value.into());
            }
        }
        e.end_object();
        Self::finished(e)
    }

    /// An array of these items.
    pub fn array<V: Into<Self>>(items: impl IntoIterator<Item = V>) -> Self {
        let items: Vec<Self> = items.into_iter().map(Into::into).collect();
        Self::of(&items).unwrap_or_else(|_| Self::null())
    }

    /// The JSON of a value.
    pub fn of<T: Encode + ?Sized>(value: &T) -> Result<Self, EncodeError> {
        to_json(value).map(|text| Self::from_valid(&text))
    }

    /// What the encoder wrote; used where there can be no fault.
    fn finished(e: Encoder) -> Self {
        e.finish().map_or_else(|_| Self::null(), |text| Self::from_valid(&text))
    }

    /// Reads it as another type.
    pub fn read<T: Decode>(&self) -> Result<T, DecodeError> {
        from_json(self.as_text())
    }

    /// The text, as it came.
    pub fn as_text(&self) -> &str {
        self.whole.get(self.start..self.end).unwrap_or("null")
    }

    /// What kind of value it is.
    pub fn kind(&self) -> Kind {
        Scanner::new(self.as_text()).kind().unwrap_or(Kind::Null)
    }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        self.kind() == Kind::Null
    }

    /// The value of a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        self.read().ok()
    }

    /// The text of a string; it borrows unless it has escapes.
    pub fn as_str(&self) -> Option<Cow<'_, str>> {
        Decoder::new(self.as_text()).text().ok()
    }

    /// The value of a whole number that fits.
    pub fn as_i64(&self) -> Option<i64> {
        self.read().ok()
    }

    /// The value of a whole number that fits.
    pub fn as_u64(&self) -> Option<u64> {
        self.read().ok()
    }

    /// The nearest value of a number.
    pub fn as_f64(&self) -> Option<f64> {
        self.read().ok()
    }

    /// A member of an object. Where the name stands twice, the last one.
    pub fn get(&self, name: &str) -> Option<Self> {
        self.members().filter(|(key, _)| key == name).last().map(|(_, value)| value)
    }

    /// An item of an array.
    pub fn at(&self, index: usize) -> Option<Self> {
        self.items().nth(index)
    }

    /// What a JSON pointer (RFC 6901) leads to, for example `/errors/0/code`; the empty pointer is the value itself.
    pub fn pointer(&self, pointer: &str) -> Option<Self> {
        let mut value = self.clone();
        if pointer.is_empty() {
            return Some(value);
        }
        for token in pointer.strip_prefix('/')?.split('/') {
            value = match value.kind() {
                Kind::Array => value.at(token.parse().ok()?)?,
                _ => value.get(&token.replace("~1", "/").replace("~0", "~"))?,
            };
        }
        Some(value)
    }

    /// The items of an array; of another value, none.
    pub fn items(&self) -> impl Iterator<Item = Self> {
        Parts::items(self.as_text()).map(|part| self.part(part.start, part.text.len()))
    }

    /// The members of an object in the text's order; of another value, none.
    pub fn members(&self) -> impl Iterator<Item = (Cow<'_, str>, Self)> {
        Parts::members(self.as_text()).map(|part| (part.name, self.part(part.start, part.text.len())))
    }

    /// The same object with one member set, in its place or behind the others. Another value becomes an object.
    #[must_use]
    pub fn with_member(&self, name: &str, value: impl Into<Self>) -> Self {
        let value = value.into();
        let mut e = Encoder::new();
        e.begin_object();
        let mut found = false;
        for (key, old) in self.members() {
            let same = key == name;
            if !(same && found) {
                e.other_member(&key, if same { &value } else { &old });
            }
            found |= same;
        }
        if !found {
            e.other_member(name, &value);
        }
        e.end_object();
        Self::finished(e)
    }
}

impl Default for Json {
    fn default() -> Self {
        Self::null()
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        let same =
            |left, right| matches!((Tree::parse(left), Tree::parse(right)), (Ok(left), Ok(right)) if left == right);
        self.as_text() == other.as_text() || same(self.as_text(), other.as_text())
    }
}

/// Equality by value is an equivalence: there is no NaN in JSON.
impl Eq for Json {}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_text())
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Json({})", self.as_text())
    }
}

impl FromStr for Json {
    type Err = DecodeError;

    fn from_str(text: &str) -> Result<Self, DecodeError> {
        Self::parse(text)
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::from_valid(if value { "true" } else { "false" })
    }
}

macro_rules! from_integers {
    ($($type:ty),*) => {$(
        impl From<$type> for Json {
            fn from(value: $type) -> Self {
                Self::from_valid(&value.to_string())
            }
        }
    )*};
}
from_integers!(i32, i64, u32, u64);

/// What is not finite has no JSON number and becomes null.
impl From<f64> for Json {
    fn from(value: f64) -> Self {
        Self::of(&value).unwrap_or_else(|_| Self::null())
    }
}

impl From<&str> for Json {
    fn from(value: &str) -> Self {
        let mut e = Encoder::new();
        e.string(value);
        Self::finished(e)
    }
}

impl From<&String> for Json {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<String> for Json {
    fn from(value: String) -> Self {
        value.as_str().into()
    }
}

impl From<&Json> for Json {
    fn from(value: &Json) -> Self {
        value.clone()
    }
}

impl<T: Into<Json>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Self {
        value.map_or_else(Self::null, Into::into)
    }
}

impl<T: Into<Json>> From<Vec<T>> for Json {
    fn from(items: Vec<T>) -> Self {
        Self::array(items)
    }
}

impl Decode for Json {
    fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        d.json()
    }
}

impl Encode for Json {
    fn encode(&self, e: &mut Encoder) {
        e.raw(self.as_text());
    }
}

#[cfg(test)]
mod tests {
    use super::Json;

    fn json(text: &str) -> Json {
        Json::parse(text).unwrap()
    }

    #[test]
    fn verbatim() {
        assert_eq!(json(" { \"b\" : 1.0, \"a\":[ ] } ").to_string(), "{ \"b\" : 1.0, \"a\":[ ] }");
        assert_eq!(Json::parse("[1,]").unwrap_err().to_string(), "invalid JSON at byte 3 ($[1]): expected a value");
    }

    #[test]
    fn equality() {
        let check =
            |left: &str, right: &str, equal: bool| assert_eq!(json(left) == json(right), equal, "{left} {right}");
        check("1", "1.0", true);
        check("100", "1e2", true);
        check(r#"{"a":1,"b":[2]}"#, r#"{ "b":[2.0], "a":1 }"#, true);
        check(r#""A""#, "\"A\"", true);
        check(r#"{"a":1,"a":2}"#, r#"{"a":2}"#, true);
        check("[1,2]", "[2,1]", false);
        check("null", "{}", false);
        check("1", "\"1\"", false);
    }

    #[test]
    fn pointers() {
        let value = json(r#"{"errors":[{"code":"x","a/b":{"~":7}}],"0":{"1":true}}"#);
        let check = |pointer: &str, expected: Option<&str>| {
            assert_eq!(value.pointer(pointer).as_ref().map(Json::as_text), expected, "{pointer}");
        };
        check("", Some(value.as_text()));
        check("/errors/0/code", Some("\"x\""));
        check("/errors/0/a~1b/~0", Some("7"));
        check("/0/1", Some("true"));
        check("/errors/1", None);
        check("/errors/code", None);
        check("errors", None);
    }

    #[test]
    fn building() {
        let value = Json::object([("a", Json::from(1)), ("b", Json::array(["x", "y"])), ("a", Json::null())]);
        assert_eq!(value.as_text(), r#"{"a":1,"b":["x","y"]}"#);
        assert_eq!(
            value.with_member("a", 2).with_member("c", None::<bool>).as_text(),
            r#"{"a":2,"b":["x","y"],"c":null}"#
        );
        assert_eq!(Json::from(0.5).as_f64(), Some(0.5));
        assert_eq!(Json::from(f64::NAN), Json::null());
        assert_eq!(Json::from("a\"b").as_str().as_deref(), Some("a\"b"));
    }
}

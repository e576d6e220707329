//! Headers of answers, by the types that the document gives them.
//!
//! Owns how a header's text becomes a value: text first, then JSON (numbers, booleans), then a list between commas, then an
//! object in the style `simple`.

use std::fmt;
use std::marker::PhantomData;

use http::HeaderMap;

use crate::text::codec::{self, Decode, DecodeError};

/// A header that the document declares, for example `op::ListPets::X_TOTAL_COUNT`.
pub struct Header<T> {
    name: &'static str,
    kind: PhantomData<fn() -> T>,
}

impl<T> Header<T> {
    /// A header by its name.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, kind: PhantomData }
    }

    /// The name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

impl<T> Clone for Header<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Header<T> {}

impl<T> fmt::Debug for Header<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Header").field(&self.name).finish()
    }
}

/// The value of a header, or `None` where the server did not send it.
pub(crate) fn read<T: Decode>(headers: &HeaderMap, header: Header<T>) -> Result<Option<T>, DecodeError> {
    let all: Vec<_> = headers.get_all(header.name).iter().map(|one| String::from_utf8_lossy(one.as_bytes())).collect();
    if all.is_empty() { Ok(None) } else { value(all.join(",").trim()).map(Some) }
}

fn value<T: Decode>(text: &str) -> Result<T, DecodeError> {
    let quoted = |text: &str| codec::to_json(text).unwrap_or_default();
    let list = |item: &dyn Fn(&str) -> String| {
        let items = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        format!("[{}]", items.map(item).collect::<Vec<_>>().join(","))
    };
    let as_text = match codec::from_json(&quoted(text)) {
        Ok(value) => return Ok(value),
        Err(fault) => fault,
    };
    let other = codec::from_json(text);
    let other = other.or_else(|_| codec::from_json(&list(&quoted)));
    let other = other.or_else(|_| codec::from_json(&list(&str::to_owned)));
    other.ok().or_else(|| object(text)).ok_or(as_text)
}

/// So many members of an object are turned one by one from texts to what they say as JSON; then all others are at once. Each
/// takes a round over the whole header, and a map has as many members as the server likes.
const SINGLE_ROUNDS: usize = 32;

/// An object in the style `simple`: `a=1,b=x` where it is exploded, else `a,1,b,x`. A member is a text until its type wants
/// something else: then it is what it says as JSON.
fn object<T: Decode>(text: &str) -> Option<T> {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let exploded: Option<Vec<_>> = parts.iter().map(|part| part.split_once('=')).collect();
    let alternating = || parts.chunks(2).map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect();
    let members: Vec<(&str, &str)> = exploded.or_else(alternating)?;
    let mut object = Object::new(&members)?;
    for _ in 0..SINGLE_ROUNDS {
        match object.read() {
            Ok(value) => return Some(value),
            Err(fault) => object.turn(&fault, true)?,
        }
    }
    object.turn_all();
    // A type names so many members at most: each that is a text after all is turned back, once.
    while object.turned_back <= members.len() {
        match object.read() {
            Ok(value) => return Some(value),
            Err(fault) => object.turn(&fault, false)?,
        }
    }
    None
}

/// The members of a header that holds an object, each as a JSON text.
struct Object<'h> {
    members: &'h [(&'h str, &'h str)],
    names: Vec<String>,
    texts: Vec<String>,
    /// Which are what they say, and no texts.
    turned: Vec<bool>,
    turned_back: usize,
}

impl<'h> Object<'h> {
    fn new(members: &'h [(&'h str, &'h str)]) -> Option<Self> {
        let quoted = |text: &str| codec::to_json(text).ok();
        let names = members.iter().map(|(name, _)| quoted(name)).collect::<Option<_>>()?;
        let texts = members.iter().map(|(_, value)| quoted(value)).collect::<Option<_>>()?;
        Some(Self { members, names, texts, turned: vec![false; members.len()], turned_back: 0 })
    }

    fn read<T: Decode>(&self) -> Result<T, DecodeError> {
        let mut json = String::from("{");
        for (index, (name, (_, bare))) in self.names.iter().zip(self.members).enumerate() {
            let is_turned = self.turned.get(index).copied().unwrap_or_default();
            let value = if is_turned { bare } else { self.texts.get(index).map_or("null", String::as_str) };
            json.extend([if index == 0 { "" } else { "," }, name, ":", value]);
        }
        json.push('}');
        codec::from_json(&json)
    }

    /// Turns the member at which reading failed, if it stands the other way.
    fn turn(&mut self, fault: &DecodeError, turned: bool) -> Option<()> {
        let name = fault.path().strip_prefix("$.")?;
        let at = self.members.iter().position(|(known, _)| *known == name)?;
        let now = self.turned.get_mut(at).filter(|now| **now != turned)?;
        *now = turned;
        self.turned_back += usize::from(!turned);
        Some(())
    }

    /// Turns all that say something as JSON.
    fn turn_all(&mut self) {
        for (turned, (_, text)) in self.turned.iter_mut().zip(self.members) {
            *turned |= codec::from_json::<()>(text).is_ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::codec::Decoder;
    use crate::text::values::Extra;

    /// As the generator writes them.
    #[derive(Debug)]
    struct Limit {
        a: i64,
        b: String,
        c: Option<String>,
    }

    impl Decode for Limit {
        fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
            let (mut a, mut b, mut c) = (None, None, None);
            d.object(&["a", "b", "c-c"], &mut Extra::new(), &mut |index, d| match index {
                0 => d.required(&mut a),
                1 => d.required(&mut b),
                _ => d.optional(&mut c),
            })?;
            match (a, b) {
                (Some(a), Some(b)) => Ok(Self { a, b, c }),
                _ => Err(d.missing(&["a", "b"])),
            }
        }
    }

    /// A map of numbers that counts how often it is read.
    struct Counted;

    thread_local! {
        static READS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
    }

    impl Decode for Counted {
        fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
            READS.set(READS.get() + 1);
            crate::text::values::Map::<i64>::decode(d).map(|_| Self)
        }
    }

    #[test]
    fn rounds_do_not_grow_with_the_header() {
        let reads = |members: usize, last: &str| {
            READS.set(0);
            let text: String = (0..members).map(|index| format!("m{index}=7,")).collect();
            let found = value::<Counted>(&format!("{text}last={last}")).is_ok();
            (found, READS.get())
        };
        for last in ["8", "x"] {
            let (few, many) = (reads(100, last), reads(10_000, last));
            assert_eq!(few, many, "{last}");
            assert_eq!(few.0, last == "8");
            assert!(few.1 <= SINGLE_ROUNDS + 6, "{few:?}");
        }
    }

    #[test]
    fn more_members_than_single_rounds() {
        let numbers: String = (0..40).map(|index| format!("n{index}=7,")).collect();
        let read =
            value::<crate::text::values::Map<crate::text::values::NumberOrString>>(&format!("{numbers}b=2")).unwrap();
        assert!(!read.get("b").unwrap().is_number(), "what may be a text is one");
        assert_eq!(value::<crate::text::values::Map<i64>>(&format!("{numbers}b=2")).unwrap().len(), 41);
    }

    #[test]
    fn values() {
        assert_eq!(value::<String>("7").unwrap(), "7");
        assert_eq!(value::<String>("\"etag\"").unwrap(), "\"etag\"");
        assert_eq!(value::<i64>("7").unwrap(), 7);
        assert!(value::<bool>("true").unwrap());
        assert_eq!(value::<Vec<String>>("a, b").unwrap(), ["a", "b"]);
        assert_eq!(value::<Vec<i64>>("1,2").unwrap(), [1, 2]);
        assert!(value::<i64>("soon").is_err());
        for text in ["a,1,b,2,c-c,7", "b=2, a=1, c-c=7, d=x"] {
            let object = value::<Limit>(text).unwrap();
            assert_eq!((object.a, object.b.as_str(), object.c.as_deref()), (1, "2", Some("7")), "{text}");
        }
        for text in ["a,1,b", "a,one,b,2,c,x", "a,{,b,2,c,x", "a,1", ""] {
            assert_eq!(
                value::<Limit>(text).unwrap_err().to_string(),
                "$: expected an object, found a string",
                "{text}"
            );
        }
        let mut headers = HeaderMap::new();
        headers.append("x-n", http::HeaderValue::from_static("1"));
        assert_eq!(read(&headers, Header::<i64>::new("x-n")).unwrap(), Some(1));
        assert_eq!(read(&headers, Header::<i64>::new("x-other")).unwrap(), None);
        headers.append("x-n", http::HeaderValue::from_static("2"));
        assert_eq!(read(&headers, Header::<Vec<i64>>::new("x-n")).unwrap(), Some(vec![1, 2]));
    }
}

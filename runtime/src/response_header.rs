//! Headers of answers, by the types that the document gives them.
//!
//! Owns how a header's text becomes a value: text first, then JSON (numbers, booleans), then a list between commas.

use std::fmt;
use std::marker::PhantomData;

use http::HeaderMap;

use crate::codec::{self, Decode, DecodeError};

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
    other.or_else(|_| codec::from_json(&list(&str::to_owned))).map_err(|_| as_text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values() {
        assert_eq!(value::<String>("7").unwrap(), "7");
        assert_eq!(value::<String>("\"etag\"").unwrap(), "\"etag\"");
        assert_eq!(value::<i64>("7").unwrap(), 7);
        assert!(value::<bool>("true").unwrap());
        assert_eq!(value::<Vec<String>>("a, b").unwrap(), ["a", "b"]);
        assert_eq!(value::<Vec<i64>>("1,2").unwrap(), [1, 2]);
        assert!(value::<i64>("soon").is_err());
        let mut headers = HeaderMap::new();
        headers.append("x-n", http::HeaderValue::from_static("1"));
        assert_eq!(read(&headers, Header::<i64>::new("x-n")).unwrap(), Some(1));
        assert_eq!(read(&headers, Header::<i64>::new("x-other")).unwrap(), None);
        headers.append("x-n", http::HeaderValue::from_static("2"));
        assert_eq!(read(&headers, Header::<Vec<i64>>::new("x-n")).unwrap(), Some(vec![1, 2]));
    }
}

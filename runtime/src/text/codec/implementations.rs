//! `Decode` and `Encode` of the standard library's types.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Decode, DecodeError, Decoder, Encode, EncodeRest, Encoder, Rest};
use crate::text::values::{Json, Map};

macro_rules! integers {
    ($($type:ty, $expected:literal, $written:ident;)*) => {$(
        impl Decode for $type {
            #[inline]
            fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                // The bounds are checked, so the conversion cannot cut.
                d.integer($expected, i128::from(<$type>::MIN), i128::from(<$type>::MAX)).map(|value| value as $type)
            }
        }

        impl Encode for $type {
            fn encode(&self, e: &mut Encoder) {
                e.$written((*self).into());
            }
        }
    )*};
}

integers! {
    i8, "an 8-bit integer", integer;
    i16, "a 16-bit integer", integer;
    i32, "a 32-bit integer", integer;
    i64, "a 64-bit integer", integer;
    u8, "an unsigned 8-bit integer", unsigned;
    u16, "an unsigned 16-bit integer", unsigned;
    u32, "an unsigned 32-bit integer", unsigned;
    u64, "an unsigned 64-bit integer", unsigned;
}

impl Decode for f64 {
    fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let start = d.place().offset;
        let value = d.number()?.parse().ok().filter(|value: &f64| value.is_finite());
        value.ok_or_else(|| d.unfit_number(start, "a 64-bit number", None))
    }
}

impl Encode for f64 {
    fn encode(&self, e: &mut Encoder) {
        e.number(*self);
    }
}

impl Decode for f32 {
    fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let start = d.place().offset;
        let value = d.number()?.parse().ok().filter(|value: &f32| value.is_finite());
        value.ok_or_else(|| d.unfit_number(start, "a 32-bit number", None))
    }
}

impl Encode for f32 {
    fn encode(&self, e: &mut Encoder) {
        // Through its own shortest text: 0.1 must not become 0.10000000149011612.
        e.number(self.to_string().parse().unwrap_or(f64::NAN));
    }
}

impl Decode for bool {
    fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        d.boolean()
    }
}

impl Encode for bool {
    fn encode(&self, e: &mut Encoder) {
        e.boolean(*self);
    }
}

impl Decode for String {
    fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        d.string()
    }
}

impl Encode for String {
    fn encode(&self, e: &mut Encoder) {
        e.string(self);
    }
}

impl Encode for str {
    fn encode(&self, e: &mut Encoder) {
        e.string(self);
    }
}

/// Anything goes and nothing is kept: what an answer holds is of no interest.
impl Decode for () {
    fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        d.skip()
    }
}

impl Encode for () {
    fn encode(&self, e: &mut Encoder) {
        e.null();
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self, e: &mut Encoder) {
        (**self).encode(e);
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        d.boxed()
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    fn encode(&self, e: &mut Encoder) {
        (**self).encode(e);
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        if d.null()? { Ok(None) } else { T::decode(d).map(Some) }
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, e: &mut Encoder) {
        match self {
            Some(value) => value.encode(e),
            None => e.null(),
        }
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let mut items = Self::new();
        d.array(&mut |d| {
            let item = d.nested()?;
            d.room(&mut items)?;
            items.push(item);
            Ok(())
        })?;
        Ok(items)
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, e: &mut Encoder) {
        self.as_slice().encode(e);
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self, e: &mut Encoder) {
        e.begin_array();
        for item in self {
            e.item(item);
        }
        e.end_array();
    }
}

impl<T: Decode> Decode for Map<T> {
    fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let mut map = Self::new();
        d.object(&[], &mut map, &mut |_, _| Ok(()))?;
        Ok(map)
    }
}

impl<T: Decode> Rest for Map<T> {
    fn read(&mut self, name: Cow<'_, str>, d: &mut Decoder<'_>) -> Result<(), DecodeError> {
        if let Ok(value) = d.forgiven()? {
            self.charge(d, &name)?;
            self.insert(name.into_owned(), value);
        }
        Ok(())
    }

    /// A map names no members. [`Others`](crate::text::values::Others) is what has room for those that do not fit.
    fn keep(&mut self, _: &str, _: Json) {}
}

impl<T: Encode> EncodeRest for Map<T> {
    fn encode_rest(&self, e: &mut Encoder) {
        for (name, value) in self {
            e.other_member(name, value);
        }
    }
}

impl<T: Encode> Encode for Map<T> {
    fn encode(&self, e: &mut Encoder) {
        e.begin_object();
        e.extra(self);
        e.end_object();
    }
}

/// Models have [`Map`], which keeps its order; types of an application may have this.
impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Map::decode(d).map(|map| map.into_iter().collect())
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode(&self, e: &mut Encoder) {
        e.begin_object();
        for (name, value) in self {
            e.other_member(name, value);
        }
        e.end_object();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::text::codec::{Decode, DecodeError, Decoder, Encode, from_json, to_json};
    use crate::text::values::{Extra, Map};

    /// What is read and written again; `None` where it cannot be read.
    fn check<T: Decode + Encode>(text: &str, expected: Option<&str>) {
        let found = from_json::<T>(text).ok().map(|value| to_json(&value).unwrap());
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn bounds() {
        check::<i8>("-128", Some("-128"));
        check::<i8>("128", None);
        check::<u8>("-1", None);
        check::<u8>("2.55e2", Some("255"));
        check::<i64>("9223372036854775808", None);
        check::<u64>("18446744073709551615", Some("18446744073709551615"));
        check::<u64>("18446744073709551616", None);
        check::<u64>("100000000000000000000e-2", Some("1000000000000000000"));
        check::<i32>("true", None);
        check::<f32>("3.5e38", None);
        check::<f64>("1e999", None);
        check::<f64>("1E2", Some("100"));
    }

    #[test]
    fn large_values_nest_less_deeply() {
        struct Large {
            inner: Option<Box<Large>>,
            _rest: [u8; 8192],
        }
        impl Decode for Large {
            fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                let (mut inner, mut extra) = (None, Extra::new());
                d.object(&["a"], &mut extra, &mut |_, d| d.optional(&mut inner))?;
                Ok(Self { inner, _rest: [0; 8192] })
            }
        }
        let nested = |depth: usize| format!("{}{{}}{}", r#"{"a":"#.repeat(depth), "}".repeat(depth));
        assert!(from_json::<Large>(&nested(30)).is_ok_and(|large| large.inner.is_some()));
        let error = from_json::<Large>(&nested(100)).err().unwrap();
        assert!(error.to_string().ends_with("large values nest too deeply"), "{error}");
    }

    #[test]
    fn containers() {
        check::<Option<bool>>("null", Some("null"));
        check::<Vec<Option<String>>>("[ \"a\" , null ]", Some(r#"["a",null]"#));
        check::<Map<Vec<Box<i64>>>>(r#"{"b":[1],"a":[]}"#, Some(r#"{"b":[1],"a":[]}"#));
        check::<BTreeMap<String, i64>>(r#"{"b":1,"a":2}"#, Some(r#"{"a":2,"b":1}"#));
        check::<Map<i64>>(r#"{"a":1,"a":2}"#, Some(r#"{"a":2}"#));
        check::<()>(r#"{"any":["thing"]}"#, Some("null"));
        check::<Vec<i64>>("{}", None);
        check::<Map<i64>>("[]", None);
    }
}

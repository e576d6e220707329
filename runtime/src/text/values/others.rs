//! [`Others`]: the members that an object's type does not name, where the document gives them a type.

use std::borrow::Cow;
use std::ops::{Deref, DerefMut};

use crate::text::codec::{Decode, DecodeError, Decoder, Encode, EncodeRest, Encoder, Rest};
use crate::text::values::{Extra, Json, Map, MapIter};

/// The other members of an object, by name: a [`Map`] with room for what tolerant decoding found unreadable.
#[derive(Clone, Debug, PartialEq)]
pub struct Others<T> {
    members: Map<T>,
    unread: Extra,
}

impl<T> Others<T> {
    /// No members.
    pub const fn new() -> Self {
        Self { members: Map::new(), unread: Extra::new() }
    }

    /// Members whose values do not fit their types, those that the type names included, and `null` of fields that can only be
    /// absent or a value. They are sent as they came. Strict decoding fails at values that do not fit, so that `null` alone is
    /// here.
    pub const fn unread(&self) -> &Extra {
        &self.unread
    }

    /// The same, to be changed.
    pub const fn unread_mut(&mut self) -> &mut Extra {
        &mut self.unread
    }
}

impl<T> Default for Others<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Deref for Others<T> {
    type Target = Map<T>;

    fn deref(&self) -> &Map<T> {
        &self.members
    }
}

impl<T> DerefMut for Others<T> {
    fn deref_mut(&mut self) -> &mut Map<T> {
        &mut self.members
    }
}

impl<T> From<Map<T>> for Others<T> {
    fn from(members: Map<T>) -> Self {
        Self { members, unread: Extra::new() }
    }
}

impl<N: Into<String>, T> FromIterator<(N, T)> for Others<T> {
    fn from_iter<I: IntoIterator<Item = (N, T)>>(members: I) -> Self {
        members.into_iter().collect::<Map<T>>().into()
    }
}

/// The members that could be read.
impl<T> IntoIterator for Others<T> {
    type Item = (String, T);
    type IntoIter = std::vec::IntoIter<(String, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.members.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Others<T> {
    type Item = (&'a String, &'a T);
    type IntoIter = MapIter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.members.iter()
    }
}

impl<T: Decode> Rest for Others<T> {
    fn read(&mut self, name: Cow<'_, str>, d: &mut Decoder<'_>) -> Result<(), DecodeError> {
        match d.forgiven()? {
            Ok(value) => {
                self.members.charge(d, &name)?;
                self.unread.remove(&name);
                self.members.insert(name.into_owned(), value);
            }
            Err(raw) => {
                self.unread.charge(d, &name)?;
                self.members.remove(&name);
                self.unread.insert(name, raw);
            }
        }
        Ok(())
    }

    fn keep(&mut self, name: &str, value: Json) {
        self.unread.insert(name, value);
    }
}

impl<T: Encode> EncodeRest for Others<T> {
    fn encode_rest(&self, e: &mut Encoder) {
        self.members.encode_rest(e);
        self.unread.iter().filter(|(name, _)| !self.members.contains_key(name)).for_each(|(name, value)| {
            e.other_member(name, value);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::Others;
    use crate::text::codec::{Decode, DecodeError, Decoder, Encode, Encoder, to_json};
    use crate::text::values::Json;

    /// A model as the generator writes it.
    #[derive(Debug)]
    struct Counts {
        total: Option<i64>,
        extra: Others<i64>,
    }

    impl Decode for Counts {
        fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
            let (mut total, mut extra) = (None, Others::new());
            d.object(&["total"], &mut extra, &mut |_, d| d.optional(&mut total))?;
            Ok(Self { total, extra })
        }
    }

    impl Encode for Counts {
        fn encode(&self, e: &mut Encoder) {
            e.begin_object();
            e.optional("total", &self.total);
            e.extra(&self.extra);
            e.end_object();
        }
    }

    fn read(text: &str) -> Counts {
        Decoder::new(text).tolerant(true).document().unwrap()
    }

    #[test]
    fn what_does_not_fit_is_kept_raw() {
        let check = |text: &str, written: &str| assert_eq!(to_json(&read(text)).unwrap(), written, "{text}");
        check(r#"{"total":1,"a":2}"#, r#"{"total":1,"a":2}"#);
        check(r#"{"total":"x","a":2,"b":[ 1 ]}"#, r#"{"a":2,"total":"x","b":[ 1 ]}"#);
        check(r#"{"z":1,"a":2,"total":3,"m":4}"#, r#"{"total":3,"z":1,"a":2,"m":4}"#);
        check(r#"{"a":"x","a":1}"#, r#"{"a":1}"#);
        check(r#"{"a":1,"a":"x"}"#, r#"{"a":"x"}"#);
        assert!(Decoder::new(r#"{"a":"x"}"#).document::<Counts>().is_err());
    }

    #[test]
    fn what_is_set_later_counts() {
        let mut counts = read(r#"{"total":"x","a":"y"}"#);
        assert_eq!((counts.total, counts.extra.len(), counts.extra.unread().len()), (None, 0, 2));
        assert_eq!(counts.extra.unread().get("a").map(Json::as_text), Some(r#""y""#));
        counts.total = Some(3);
        counts.extra.insert("a", 4);
        assert_eq!(to_json(&counts).unwrap(), r#"{"total":3,"a":4}"#);
        counts.extra.remove("a");
        counts.extra.unread_mut().remove("a");
        assert_eq!(to_json(&counts).unwrap(), r#"{"total":3}"#);
    }

    #[test]
    fn made_and_walked_like_a_map() {
        let others: Others<i64> = [("a", 1), ("b", 2)].into_iter().collect();
        assert_eq!((&others).into_iter().map(|(_, value)| value).sum::<i64>(), 3);
        assert_eq!(others.into_iter().next(), Some(("a".to_owned(), 1)));
    }
}

//! [`Extra`]: the members of an object that this version of the client does not know.

use std::borrow::Cow;
use std::fmt;
use std::vec;

use crate::text::codec::memory::allocation;
use crate::text::codec::{Decode, DecodeError, Decoder, Encode, EncodeRest, Encoder, Rest};
use crate::text::values::{Json, Map};

/// Members that a type does not name, by name; they are sent as they came and in their order. Nothing is allocated while there
/// are none. Equality does not depend on the order.
///
/// A response may also have `null` for a field of the type that can only be absent or a value. The field is then `None`, and
/// its name is here with `null`, which is sent back unless the field is set.
#[derive(Clone, Default)]
pub struct Extra {
    /// In a box, because every model has one of these and few of them hold anything.
    members: Option<Box<Map<Json>>>,
}

static NONE: Map<Json> = Map::new();

impl Extra {
    /// No members.
    pub const fn new() -> Self {
        Self { members: None }
    }

    fn members(&self) -> &Map<Json> {
        self.members.as_deref().unwrap_or(&NONE)
    }

    /// The value of a member.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.members().get(name)
    }

    /// Sets a member and gives what it was before. Where the type names that member too and it is set there, the type's
    /// value is what is sent.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Json>) -> Option<Json> {
        self.members.get_or_insert_default().insert(name, value.into())
    }

    /// Takes a member out.
    pub fn remove(&mut self, name: &str) -> Option<Json> {
        self.members.as_mut()?.remove(name)
    }

    /// All members, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.members().iter().map(|(name, value)| (name.as_str(), value))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.members().len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.members().is_empty()
    }
}

impl Extra {
    /// What the first member allocates, beside its name and value.
    pub(crate) const fn first_cost() -> usize {
        allocation(size_of::<Map<Json>>()) + Map::<Json>::first_cost()
    }

    /// Counts one more member.
    pub(crate) fn charge(&self, d: &mut Decoder<'_>, name: &str) -> Result<(), DecodeError> {
        if self.members.is_none() {
            d.charge(allocation(size_of::<Map<Json>>()))?;
        }
        self.members().charge(d, name)
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        self.members() == other.members()
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<N: Into<String>, V: Into<Json>> FromIterator<(N, V)> for Extra {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(members: I) -> Self {
        let mut extra = Self::new();
        extra.extend(members);
        extra
    }
}

impl<N: Into<String>, V: Into<Json>> Extend<(N, V)> for Extra {
    fn extend<I: IntoIterator<Item = (N, V)>>(&mut self, members: I) {
        for (name, value) in members {
            self.insert(name, value);
        }
    }
}

impl IntoIterator for Extra {
    type Item = (String, Json);
    type IntoIter = vec::IntoIter<(String, Json)>;

    fn into_iter(self) -> Self::IntoIter {
        self.members.map(|members| *members).unwrap_or_default().into_iter()
    }
}

impl Rest for Extra {
    fn read(&mut self, name: Cow<'_, str>, d: &mut Decoder<'_>) -> Result<(), DecodeError> {
        let value = d.json()?;
        self.charge(d, &name)?;
        self.insert(name, value);
        Ok(())
    }

    fn keep(&mut self, name: &str, value: Json) {
        self.insert(name, value);
    }
}

impl EncodeRest for Extra {
    fn encode_rest(&self, e: &mut Encoder) {
        for (name, value) in self.iter() {
            e.other_member(name, value);
        }
    }
}

impl Decode for Extra {
    fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let mut extra = Self::new();
        d.object(&[], &mut extra, &mut |_, _| Ok(()))?;
        Ok(extra)
    }
}

impl Encode for Extra {
    fn encode(&self, e: &mut Encoder) {
        e.begin_object();
        e.extra(self);
        e.end_object();
    }
}

#[cfg(test)]
mod tests {
    use super::Extra;
    use crate::text::codec::{from_json, to_json};
    use crate::text::values::Json;

    #[test]
    fn members() {
        let mut extra: Extra = [("b", Json::from(1)), ("a", Json::null())].into_iter().collect();
        assert_eq!(extra.insert("b", "x"), Some(1.into()));
        assert_eq!(extra.iter().map(|(name, _)| name).collect::<String>(), "ba");
        assert_eq!((extra.len(), extra.get("c")), (2, None));
        assert_eq!(extra.remove("a"), Some(Json::null()));
        assert_eq!(to_json(&extra).unwrap(), r#"{"b":"x"}"#);
        assert_eq!(from_json::<Extra>(r#"{ "b" : "\u0078" }"#).unwrap(), extra);
        extra.remove("b");
        assert_eq!(extra, Extra::new());
        let text = r#"{"z":1,"a":{"y":2,"b":3}}"#;
        assert_eq!(to_json(&from_json::<Extra>(text).unwrap()).unwrap(), text);
    }

    #[test]
    fn a_model_without_other_members_pays_a_pointer() {
        assert_eq!(size_of::<Extra>(), size_of::<usize>());
    }
}

//! [`Extra`]: the members of an object that this version of the client does not know.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map;
use std::fmt;

use crate::codec::memory::{self, allocation};
use crate::codec::{Decode, DecodeError, Decoder, Encode, EncodeRest, Encoder, Rest};
use crate::values::Json;

/// Members that a type does not name, by name; they are sent as they came. Nothing is allocated while there are none, and
/// a model pays one pointer for them.
#[derive(Clone, Default)]
pub struct Extra {
    /// `None` where there are none, and only there.
    members: Option<Box<Members>>,
}

/// One of the two is empty.
#[derive(Clone, Default)]
struct Members {
    /// By name, as long as they are few: the first node of a map has room for eleven, and most models that have such members
    /// have one or two.
    few: Vec<(String, Json)>,
    many: BTreeMap<String, Json>,
}

/// More than this are kept in a map, so that no server makes inserting quadratic.
const FEW: usize = 16;

impl Members {
    fn place(&self, name: &str) -> Result<usize, usize> {
        self.few.binary_search_by(|(known, _)| known.as_str().cmp(name))
    }

    fn insert(&mut self, name: String, value: Json) -> Option<Json> {
        if !self.many.is_empty() {
            return self.many.insert(name, value);
        }
        match self.place(&name) {
            Ok(at) => self.few.get_mut(at).map(|(_, known)| std::mem::replace(known, value)),
            Err(at) if self.few.len() < FEW => {
                if self.few.len() == self.few.capacity() {
                    self.few.reserve_exact(self.few.len().max(1));
                }
                self.few.insert(at, (name, value));
                None
            }
            Err(_) => {
                self.many = std::mem::take(&mut self.few).into_iter().collect();
                self.many.insert(name, value)
            }
        }
    }

    fn get(&self, name: &str) -> Option<&Json> {
        match self.place(name) {
            Ok(at) => self.few.get(at).map(|(_, value)| value),
            Err(_) => self.many.get(name),
        }
    }

    fn remove(&mut self, name: &str) -> Option<Json> {
        match self.place(name) {
            Ok(at) => Some(self.few.remove(at).1),
            Err(_) => self.many.remove(name),
        }
    }

    fn len(&self) -> usize {
        self.few.len() + self.many.len()
    }
}

impl Extra {
    /// No members.
    pub const fn new() -> Self {
        Self { members: None }
    }

    /// The value of a member.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.members.as_ref()?.get(name)
    }

    /// Sets a member and gives what it was before. Where the type names that member too and it is set there, the type's
    /// value is what is sent.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Json>) -> Option<Json> {
        self.members.get_or_insert_default().insert(name.into(), value.into())
    }

    /// Takes a member out.
    pub fn remove(&mut self, name: &str) -> Option<Json> {
        let members = self.members.as_mut()?;
        let removed = members.remove(name);
        if members.len() == 0 {
            self.members = None;
        }
        removed
    }

    /// All members, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        let few = self.members.iter().flat_map(|members| members.few.iter().map(|(name, value)| (name, value)));
        let many = self.members.iter().flat_map(|members| members.many.iter());
        few.chain(many).map(|(name, value)| (name.as_str(), value))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.members.as_ref().map_or(0, |members| members.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.members.is_none()
    }

    /// What the first member allocates, beside its name and value.
    pub(crate) const fn first_cost() -> usize {
        allocation(size_of::<Members>()) + allocation(size_of::<(String, Json)>())
    }

    /// Counts one more member.
    pub(crate) fn charge(&self, d: &mut Decoder<'_>, name: &str) -> Result<(), DecodeError> {
        let room = match self.len() {
            0 => Self::first_cost(),
            few if few < FEW && few.is_power_of_two() => allocation(few * size_of::<(String, Json)>()),
            few if few < FEW => 0,
            // The map begins with four nodes: three of leaves at most, and the one above them.
            FEW => 4 * memory::entry::<String, Json>(0),
            many => memory::entry::<String, Json>(many),
        };
        d.charge(room + allocation(name.len()))
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
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
    type IntoIter = btree_map::IntoIter<String, Json>;

    fn into_iter(self) -> Self::IntoIter {
        let Members { few, many } = self.members.map(|members| *members).unwrap_or_default();
        let all = if few.is_empty() { many } else { few.into_iter().collect() };
        all.into_iter()
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
    use crate::codec::{from_json, to_json};
    use crate::values::Json;

    #[test]
    fn members() {
        let mut extra: Extra = [("b", Json::from(1)), ("a", Json::null())].into_iter().collect();
        assert_eq!(extra.insert("b", "x"), Some(1.into()));
        assert_eq!(extra.iter().map(|(name, _)| name).collect::<String>(), "ab");
        assert_eq!((extra.len(), extra.get("c")), (2, None));
        assert_eq!(extra.remove("a"), Some(Json::null()));
        assert_eq!(to_json(&extra).unwrap(), r#"{"b":"x"}"#);
        assert_eq!(from_json::<Extra>(r#"{ "b" : "\u0078" }"#).unwrap(), extra);
        extra.remove("b");
        assert_eq!((extra.is_empty(), &extra), (true, &Extra::new()), "emptied is like never filled");
    }

    #[test]
    fn few_and_many_are_alike() {
        let of = |count: usize| (0..count).map(|index| (format!("{:03}", index * 7 % 101), index as u32)).collect();
        for count in [0, 1, 2, 15, 16, 17, 40] {
            let mut extra: Extra = of(count);
            assert_eq!(extra.len(), count);
            assert!(extra.iter().is_sorted_by(|(left, _), (right, _)| left < right), "{extra:?}");
            assert_eq!(extra.clone().into_iter().collect::<Extra>(), extra);
            extra.extend([("000", 1), ("x", 2)]);
            assert_eq!((extra.remove("x"), extra.get("000")), (Some(2.into()), Some(&1.into())), "{count}");
            // However it came to have a single member, it is the same.
            let rest: Vec<String> = extra.iter().skip(1).map(|(name, _)| name.to_owned()).collect();
            rest.iter().for_each(|name| drop(extra.remove(name)));
            assert_eq!(extra, [("000", 1)].into_iter().collect());
        }
    }

    #[test]
    fn a_model_without_other_members_pays_a_pointer() {
        assert_eq!(size_of::<Extra>(), size_of::<usize>());
    }
}

//! [`Map`]: an object whose members are all alike, in the order in which they were put in.

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Index;
use std::slice;
use std::vec;

use crate::text::codec::memory::{self, allocation};
use crate::text::codec::{DecodeError, Decoder};

/// From this many members on, an index finds them. Below it, looking at each is quicker and takes no memory.
const INDEXED: usize = 16;

/// An object whose members are all alike, by name.
///
/// Members stay in the order in which they were inserted, and are sent in it. Equality is that of JSON: it does not depend
/// on the order.
///
/// ```
/// use typewright_runtime::Map;
///
/// let mut tags = Map::from([("plan", "pro"), ("campaign", "spring")]);
/// tags.insert("plan", "basic");
/// assert_eq!(tags.keys().collect::<Vec<_>>(), ["plan", "campaign"]);
/// assert_eq!(tags, Map::from([("campaign", "spring"), ("plan", "basic")]));
/// assert_eq!(tags["plan"], "basic");
/// ```
#[derive(Clone)]
pub struct Map<T> {
    entries: Vec<(String, T)>,
    /// Only of large maps.
    places: Option<Box<Places>>,
}

/// Where each name stands among the entries. A sorted index, because names come from servers: no choice of names makes it
/// slow.
#[derive(Clone)]
struct Places {
    by_name: BTreeMap<String, usize>,
}

impl<T> Map<T> {
    /// Creates an empty map. Allocates nothing.
    pub const fn new() -> Self {
        Self { entries: Vec::new(), places: None }
    }

    /// Returns the value of a member.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.entries.get(self.place(name)?).map(|(_, value)| value)
    }

    /// Returns the value of a member, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        let at = self.place(name)?;
        self.entries.get_mut(at).map(|(_, value)| value)
    }

    /// Returns whether there is a member of this name.
    pub fn contains_key(&self, name: &str) -> bool {
        self.place(name).is_some()
    }

    /// Sets a member and returns its old value. A new member goes behind the others; a known one keeps its place.
    pub fn insert(&mut self, name: impl Into<String>, value: T) -> Option<T> {
        let name = name.into();
        match self.place(&name).and_then(|at| self.entries.get_mut(at)) {
            Some((_, old)) => Some(std::mem::replace(old, value)),
            None => {
                self.push(name, value);
                None
            }
        }
    }

    /// Removes a member and returns its value. The others keep their order.
    pub fn remove(&mut self, name: &str) -> Option<T> {
        let at = self.place(name)?;
        let (_, value) = self.entries.remove(at);
        self.index();
        Some(value)
    }

    /// Keeps only the members of which this is true.
    pub fn retain(&mut self, mut keep: impl FnMut(&str, &mut T) -> bool) {
        self.entries.retain_mut(|(name, value)| keep(name, value));
        self.index();
    }

    /// Removes all members.
    pub fn clear(&mut self) {
        *self = Self::new();
    }

    /// Returns the number of members.
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns whether there are no members.
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Iterates over names and values in their order.
    pub fn iter(&self) -> MapIter<'_, T> {
        MapIter(self.entries.iter())
    }

    /// Iterates over names and values in their order; the values can be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&String, &mut T)> {
        self.entries.iter_mut().map(|(name, value)| (&*name, value))
    }

    /// Iterates over the names in their order.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.entries.iter().map(|(name, _)| name)
    }

    /// Iterates over the values in their order.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.entries.iter().map(|(_, value)| value)
    }

    /// Iterates over the values in their order, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.entries.iter_mut().map(|(_, value)| value)
    }

    /// Iterates over the names in their order; the map is used up.
    pub fn into_keys(self) -> impl Iterator<Item = String> {
        self.entries.into_iter().map(|(name, _)| name)
    }

    /// Iterates over the values in their order; the map is used up.
    pub fn into_values(self) -> impl Iterator<Item = T> {
        self.entries.into_iter().map(|(_, value)| value)
    }

    /// What the first member allocates, beside its name and value.
    pub(crate) const fn first_cost() -> usize {
        allocation(size_of::<(String, T)>())
    }

    /// Counts one more member, which may be there already.
    pub(crate) fn charge(&self, d: &mut Decoder<'_>, name: &str) -> Result<(), DecodeError> {
        let mut cost = allocation(name.len());
        if self.place(name).is_none() {
            let len = self.entries.len();
            if len == self.entries.capacity() {
                cost += allocation(len.max(1).saturating_mul(size_of::<(String, T)>()));
            }
            if len > INDEXED {
                cost += memory::entry::<String, usize>(len) + allocation(name.len());
            } else if len == INDEXED {
                // The index begins with four nodes: three of leaves at most, and the one above them.
                let names = self.keys().map(|known| allocation(known.len())).sum::<usize>();
                cost += allocation(size_of::<Places>()) + 4 * memory::entry::<String, usize>(0) + names;
                cost += allocation(name.len());
            }
        }
        d.charge(cost)
    }

    fn place(&self, name: &str) -> Option<usize> {
        match &self.places {
            Some(places) => places.by_name.get(name).copied(),
            None => self.entries.iter().position(|(known, _)| known == name),
        }
    }

    /// Puts a member behind the others, whose name none of them has.
    fn push(&mut self, name: String, value: T) {
        let at = self.entries.len();
        if let Some(places) = &mut self.places {
            places.by_name.insert(name.clone(), at);
        }
        if at == self.entries.capacity() {
            // Most maps, and what models keep of unknown members, have one or two.
            self.entries.reserve_exact(at.max(1));
        }
        self.entries.push((name, value));
        if self.places.is_none() && at >= INDEXED {
            self.index();
        }
    }

    /// Makes the index anew, or drops it where the map is small.
    fn index(&mut self) {
        let places = || self.entries.iter().enumerate().map(|(at, (name, _))| (name.clone(), at)).collect();
        self.places = (self.entries.len() > INDEXED).then(|| Box::new(Places { by_name: places() }));
    }
}

/// Iterates over a [`Map`]'s names and values in their order.
#[derive(Clone, Debug)]
pub struct MapIter<'a, T>(slice::Iter<'a, (String, T)>);

impl<'a, T> Iterator for MapIter<'a, T> {
    type Item = (&'a String, &'a T);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(name, value)| (name, value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<T> ExactSizeIterator for MapIter<'_, T> {}

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// The value of a member, as maps of the standard library give it.
///
/// # Panics
///
/// Panics if there is no member of this name. [`Map::get`] returns an option.
impl<T> Index<&str> for Map<T> {
    type Output = T;

    fn index(&self, name: &str) -> &T {
        self.get(name).expect("no member of this name")
    }
}

impl<T: PartialEq> PartialEq for Map<T> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(name, value)| other.get(name) == Some(value))
    }
}

impl<T: Eq> Eq for Map<T> {}

/// By name, because equality does not depend on the order.
impl<T: Hash> Hash for Map<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.iter().collect::<BTreeMap<_, _>>().hash(state);
    }
}

impl<T: fmt::Debug> fmt::Debug for Map<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<N: Into<String>, T> Extend<(N, T)> for Map<T> {
    fn extend<I: IntoIterator<Item = (N, T)>>(&mut self, members: I) {
        for (name, value) in members {
            self.insert(name, value);
        }
    }
}

impl<N: Into<String>, T> FromIterator<(N, T)> for Map<T> {
    fn from_iter<I: IntoIterator<Item = (N, T)>>(members: I) -> Self {
        let mut map = Self::new();
        map.extend(members);
        map
    }
}

impl<N: Into<String>, T, const COUNT: usize> From<[(N, T); COUNT]> for Map<T> {
    fn from(members: [(N, T); COUNT]) -> Self {
        members.into_iter().collect()
    }
}

impl<T> From<BTreeMap<String, T>> for Map<T> {
    fn from(members: BTreeMap<String, T>) -> Self {
        members.into_iter().collect()
    }
}

impl<T> IntoIterator for Map<T> {
    type Item = (String, T);
    type IntoIter = vec::IntoIter<(String, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Map<T> {
    type Item = (&'a String, &'a T);
    type IntoIter = MapIter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::collections::hash_map::DefaultHasher;
    use std::hash::{Hash, Hasher};

    use super::{INDEXED, Map};
    use crate::text::codec::{from_json, to_json};

    fn numbered(names: impl IntoIterator<Item = usize>) -> Map<usize> {
        names.into_iter().map(|number| (format!("n{number}"), number)).collect()
    }

    fn hash(map: &Map<usize>) -> u64 {
        let mut hasher = DefaultHasher::new();
        map.hash(&mut hasher);
        hasher.finish()
    }

    #[test]
    fn members_are_sent_in_the_order_of_insertion() {
        let text = r#"{"z":1,"a":2,"m":3}"#;
        assert_eq!(to_json(&from_json::<Map<i64>>(text).unwrap()).unwrap(), text);
        let mut map = Map::from([("z", 1), ("a", 2)]);
        assert_eq!((map.insert("m", 3), map.insert("z", 4)), (None, Some(1)));
        assert_eq!(to_json(&map).unwrap(), r#"{"z":4,"a":2,"m":3}"#);
        assert_eq!(to_json(&from_json::<Map<i64>>(r#"{"z":1,"a":2,"z":4}"#).unwrap()).unwrap(), r#"{"z":4,"a":2}"#);
    }

    #[test]
    fn equality_and_hash_are_by_content() {
        for count in [3, INDEXED, INDEXED + 1, 3 * INDEXED] {
            let (up, down) = (numbered(0..count), numbered((0..count).rev()));
            assert_eq!((&up, hash(&up)), (&down, hash(&down)), "{count}");
            let mut other = up.clone();
            other.insert("n1", 7);
            assert_ne!(up, other, "{count}");
            other.remove("n1");
            assert_ne!(up, other, "{count}");
        }
    }

    /// Small maps and indexed ones, and those that become the one or the other.
    #[test]
    fn large_maps_behave_as_small_ones() {
        for count in [1, INDEXED - 1, INDEXED, INDEXED + 1, INDEXED + 2, 200] {
            let mut map = numbered((0..count).rev());
            assert_eq!(map.places.is_some(), count > INDEXED, "{count}");
            assert_eq!(map.len(), count);
            for number in 0..count {
                assert_eq!(map.get(&format!("n{number}")), Some(&number), "{count}");
            }
            assert_eq!((map.insert("n0", 99), map.remove("n0"), map.remove("n0")), (Some(0), Some(99), None));
            assert_eq!((map.contains_key("n0"), map.len()), (false, count - 1));
            assert!(map.values().copied().eq((1..count).rev()), "{count}");
            map.retain(|_, number| *number % 2 == 1);
            assert_eq!(map.get("n1").is_some(), count > 1, "{count}");
            assert!(map.values().all(|number| map.get(&format!("n{number}")) == Some(number)), "{count}");
            map.clear();
            assert_eq!(map, Map::new());
        }
    }

    #[test]
    fn made_from_and_turned_into_what_the_standard_library_has() {
        let sorted: BTreeMap<String, i64> = [("b".to_owned(), 2), ("a".to_owned(), 1)].into();
        let mut map: Map<i64> = sorted.clone().into();
        assert_eq!(map, Map::from([("b", 2), ("a", 1)]));
        map.values_mut().for_each(|value| *value += 1);
        map.iter_mut().for_each(|(name, value)| *value += i64::from(name == "a"));
        *map.get_mut("b").unwrap() -= 1;
        assert_eq!(map.into_iter().collect::<BTreeMap<_, _>>(), [("a".to_owned(), 3), ("b".to_owned(), 2)].into());
    }
}

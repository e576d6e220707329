//! Lists whose items are found by an id that always leads to one.
//!
//! An id comes from the arena that it belongs to, and an arena never loses an item whose id is known; so access has neither a default nor
//! an `Option`. What else is known of each item stands in a [`Side`] table with the same ids. This is the one file of the
//! generator that indexes: nothing else makes ids, so none is out of bounds.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use serde::{Serialize, Serializer};

/// Items by [`Id`].
#[derive(Clone, Debug)]
pub struct Arena<T> {
    items: Vec<T>,
}

/// The id of an item of an [`Arena`].
pub struct Id<T> {
    index: u32,
    of: PhantomData<fn() -> T>,
}

/// Ids of items that are still to be made, each of something.
#[derive(Debug)]
pub struct Reserved<T, I> {
    inputs: Vec<I>,
    of: PhantomData<fn() -> T>,
}

/// A value for each item of an arena.
#[derive(Clone, Debug)]
pub struct Side<T, V> {
    values: Vec<V>,
    of: PhantomData<fn() -> T>,
}

impl<T> Arena<T> {
    /// Adds an item.
    pub fn push(&mut self, item: T) -> Id<T> {
        let id = Id::at(self.items.len());
        self.items.push(item);
        id
    }

    /// An id for each item that will be made of these, for items that refer to each other.
    pub fn reserve<I>(inputs: Vec<I>) -> Reserved<T, I> {
        Reserved { inputs, of: PhantomData }
    }

    /// The item.
    pub fn get(&self, id: Id<T>) -> &T {
        &self.items[id.index()]
    }

    /// The item, to change it.
    pub fn get_mut(&mut self, id: Id<T>) -> &mut T {
        &mut self.items[id.index()]
    }

    /// Forgets the items from `len` on. Only for whoever made them and gave their ids to nobody.
    pub(crate) fn rewind(&mut self, len: usize) {
        self.items.truncate(len);
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is no item.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The ids of all items, in order.
    pub fn ids(&self) -> impl Iterator<Item = Id<T>> + use<T> {
        (0..self.items.len()).map(Id::at)
    }

    /// All items in order, each with its id.
    pub fn iter(&self) -> impl Iterator<Item = (Id<T>, &T)> {
        self.ids().zip(&self.items)
    }

    /// All items in order.
    pub fn values(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    /// All items in order, to change them.
    pub fn values_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.items.iter_mut()
    }

    /// A table with this value for each item that there is now.
    pub fn side<V: Clone>(&self, value: V) -> Side<T, V> {
        Side { values: vec![value; self.items.len()], of: PhantomData }
    }
}

impl<T, I> Reserved<T, I> {
    /// Each id, with what its item will be made of.
    pub fn iter(&self) -> impl Iterator<Item = (Id<T>, &I)> {
        (0..).map(Id::at).zip(&self.inputs)
    }

    /// Makes the items.
    pub fn fill(self, make: impl FnMut(I) -> T) -> Arena<T> {
        Arena { items: self.inputs.into_iter().map(make).collect() }
    }
}

impl<T, V> Side<T, V> {
    /// The item's value.
    pub fn get(&self, id: Id<T>) -> &V {
        &self.values[id.index()]
    }

    /// The item's value, to change it.
    pub fn get_mut(&mut self, id: Id<T>) -> &mut V {
        &mut self.values[id.index()]
    }

    /// All values, in the order of the items.
    pub fn iter(&self) -> impl Iterator<Item = (Id<T>, &V)> {
        (0..self.values.len()).map(Id::at).zip(&self.values)
    }
}

impl<T> Id<T> {
    /// No arena holds more than `u32::MAX` items: a document has a limit of values far below that.
    fn at(index: usize) -> Self {
        Self { index: u32::try_from(index).unwrap_or(u32::MAX), of: PhantomData }
    }

    /// Its number, for people.
    pub fn number(self) -> u32 {
        self.index
    }

    fn index(self) -> usize {
        self.index as usize
    }
}

// By hand, because a derive would ask the same of the item.
impl<T> Default for Arena<T> {
    fn default() -> Self {
        Self { items: Vec::new() }
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.index.cmp(&other.index)
    }
}

impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.index)
    }
}

impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(self.index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_lead_to_what_was_pushed() {
        let mut arena = Arena::default();
        let (one, two) = (arena.push("one"), arena.push("two"));
        *arena.get_mut(two) = "second";
        assert_eq!((*arena.get(one), *arena.get(two), arena.len()), ("one", "second", 2));
        assert_eq!(
            arena.iter().map(|(id, item)| (id.number(), *item)).collect::<Vec<_>>(),
            [(0, "one"), (1, "second")]
        );
    }

    #[test]
    fn reserved_items_may_refer_to_each_other() {
        struct Link(Id<Link>);
        let reserved = Arena::<Link>::reserve(vec![1, 0]);
        let ids: Vec<Id<Link>> = reserved.iter().map(|(id, _)| id).collect();
        let arena = reserved.fill(|other: usize| Link(ids[other]));
        assert_eq!(arena.get(arena.get(ids[0]).0).0, ids[0]);
    }

    #[test]
    fn what_else_is_known_has_the_same_ids() {
        let mut arena = Arena::default();
        let (one, two) = (arena.push('a'), arena.push('b'));
        let mut known = arena.side(0);
        *known.get_mut(two) = 7;
        assert_eq!((*known.get(one), *known.get(two)), (0, 7));
        assert_eq!(known.iter().map(|(id, known)| (id, *known)).collect::<Vec<_>>(), [(one, 0), (two, 7)]);
    }
}

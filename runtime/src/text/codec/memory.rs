//! How much memory decoded values take.
//!
//! Owns the arithmetic of the decoder's count: what a list, a map entry, a box and a text cost on the heap. A limit on the
//! bytes of a body says little about that: `{},` is three bytes, and one item of a list of structs has hundreds. The count is
//! kept while values are read, before each allocation, and is an upper estimate: what was read and dropped again stays counted.

/// The memory that one decoder may fill, where nothing else is set: eight times the default limit of a response body.
pub(crate) const DECODED_BYTES: usize = 256 << 20;
/// How many times its own size a body may become, where nothing else is set.
pub(crate) const GROWTH: usize = 8;

/// What an allocation of this size takes from a common allocator: its header, rounded up to 16 bytes, and never less than 32.
#[inline]
pub(crate) const fn allocation(bytes: usize) -> usize {
    if bytes == 0 { 0 } else { bytes.saturating_add(31) & !15 }
}

/// By how many items a full list grows: as the standard library's lists do, so that counting changes no speed.
#[inline]
pub(crate) const fn growth<T>(capacity: usize) -> usize {
    let first = if size_of::<T>() <= 1024 { 4 } else { 1 };
    if capacity == 0 { first } else { capacity }
}

/// What one more entry costs a B-tree map that has `len` of them. The first one allocates a node for eleven; sorted input
/// leaves nodes half full, and every sixth node has one above it.
#[inline]
pub(crate) const fn entry<K, V>(len: usize) -> usize {
    const SLOTS: usize = 11;
    let node = allocation(SLOTS * (size_of::<K>() + size_of::<V>()) + 16 + (SLOTS + 1) * size_of::<usize>());
    let needs_node = len == 0 || (len >= SLOTS && len % 5 == 1);
    if needs_node { node } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::{allocation, entry, growth};

    #[test]
    fn allocations_are_rounded_up() {
        assert_eq!([0, 1, 16, 17, 100].map(allocation), [0, 32, 32, 48, 128]);
        assert!(allocation(usize::MAX) > 1 << 60, "no overflow");
    }

    #[test]
    fn lists_and_maps_grow_in_steps() {
        assert_eq!([0, 4, 8].map(growth::<u64>), [4, 4, 8]);
        assert_eq!(growth::<[u8; 2000]>(0), 1);
        let of = |entries: usize| (0..entries).map(entry::<String, u64>).sum::<usize>();
        assert_eq!(of(1), of(11), "eleven entries share a node");
        assert!(of(1_000) >= 1_000 * 32 * 11 / 6, "nodes are half full at worst");
    }
}

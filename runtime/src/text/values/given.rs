//! Conversions of arguments of constructors and setters.

use super::Map;

/// Converts each item into a list.
pub fn list<T>(items: impl IntoIterator<Item = impl Into<T>>) -> Vec<T> {
    items.into_iter().map(Into::into).collect()
}

/// A map of pairs. Of two equal names the later one counts.
pub fn pairs<T>(pairs: impl IntoIterator<Item = (impl Into<String>, impl Into<T>)>) -> Map<T> {
    pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect()
}

/// Calls the setter if there is a value.
pub fn maybe<S, T>(this: S, value: Option<T>, set: impl FnOnce(S, T) -> S) -> S {
    match value {
        Some(value) => set(this, value),
        None => this,
    }
}

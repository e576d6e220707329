//! [`Field`]: a member that may be absent, and may be null.

use std::borrow::Borrow;

use crate::text::codec::{Encode, Encoder};

/// A member that is optional and nullable: absent, null, or a value are three different things on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field<T> {
    /// Not there; not sent.
    #[default]
    Absent,
    /// `null`.
    Null,
    /// A value.
    Value(T),
}

impl<T> Field<T> {
    /// The value, if there is one.
    pub fn get(&self) -> Option<&T> {
        self.as_ref().into_option()
    }

    /// The value for changing it, if there is one.
    pub fn get_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value, if there is one.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// A field of a reference to the value.
    pub fn as_ref(&self) -> Field<&T> {
        match self {
            Self::Absent => Field::Absent,
            Self::Null => Field::Null,
            Self::Value(value) => Field::Value(value),
        }
    }

    /// The value as what it points to, for example `Option<&str>` of a `Field<String>`.
    pub fn as_deref(&self) -> Option<&T::Target>
    where
        T: std::ops::Deref,
    {
        self.get().map(|value| &**value)
    }

    /// The value, or what stands in for one that is absent; nothing where it is null.
    pub fn get_or<'a, U: ?Sized>(&'a self, absent: &'a U) -> Option<&'a U>
    where
        T: Borrow<U>,
    {
        match self {
            Self::Absent => Some(absent),
            Self::Null => None,
            Self::Value(value) => Some(value.borrow()),
        }
    }

    /// Another value in its place.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Field<U> {
        match self {
            Self::Absent => Field::Absent,
            Self::Null => Field::Null,
            Self::Value(value) => Field::Value(change(value)),
        }
    }

    /// Whether it is not there.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether it is `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether there is a value.
    pub const fn is_value(&self) -> bool {
        matches!(self, Self::Value(_))
    }

    /// `None` where it is absent, `Some(None)` where it is null.
    pub fn into_nested(self) -> Option<Option<T>> {
        match self {
            Self::Absent => None,
            Self::Null => Some(None),
            Self::Value(value) => Some(Some(value)),
        }
    }
}

impl<T> From<T> for Field<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// `None` is null: whoever writes it wants it sent. [`Field::Absent`] is what a model starts with.
impl<T> From<Option<T>> for Field<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl From<&String> for Field<String> {
    fn from(value: &String) -> Self {
        Self::Value(value.clone())
    }
}

impl From<&str> for Field<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

impl<T> From<T> for Field<Box<T>> {
    fn from(value: T) -> Self {
        Self::Value(Box::new(value))
    }
}

/// The value; absence and null are the same to an `Option`.
impl<T> From<Field<T>> for Option<T> {
    fn from(field: Field<T>) -> Self {
        field.into_option()
    }
}

/// Outside an object there is no absence: it is written as null.
impl<T: Encode> Encode for Field<T> {
    fn encode(&self, e: &mut Encoder) {
        match self {
            Self::Value(value) => value.encode(e),
            Self::Absent | Self::Null => e.null(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Field;

    #[test]
    fn conversions() {
        let check = |field: Field<String>, expected: Option<Option<&str>>| {
            assert_eq!(field.as_ref().map(String::as_str).into_nested(), expected);
        };
        check(Field::default(), None);
        check("a".into(), Some(Some("a")));
        check(String::from("a").into(), Some(Some("a")));
        check(Some(String::from("a")).into(), Some(Some("a")));
        check(None.into(), Some(None));
    }

    #[test]
    fn what_stands_in() {
        let check = |field: Field<String>, expected: Option<&str>| assert_eq!(field.get_or("b"), expected);
        check(Field::Absent, Some("b"));
        check(Field::Null, None);
        check("a".into(), Some("a"));
    }

    #[test]
    fn boxes_and_lists() {
        let boxed: Field<Box<i64>> = 7.into();
        assert_eq!(boxed.as_deref(), Some(&7));
        let list: Field<Vec<i64>> = vec![1].into();
        assert_eq!(list.as_deref(), Some(&[1][..]));
    }
}

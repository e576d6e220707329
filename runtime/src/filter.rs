//! Filters and orders of lists, as values.
//!
//! Owns attributes with the predicates of their kind, each of them once for all clients. How an API spells a predicate, and
//! which ones it has, are facts of its document; which attributes there are stands in the generated tables.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use crate::call::wire;
use crate::call::{At, RawCall};
use crate::facts::FilterFacts;
use crate::text::codec::{self, Encode, Written};
use crate::text::invalid::Invalid;
use crate::text::values::{Date, DateTime, Decimal, Json};

/// An attribute that lists can be filtered and ordered by. `T` is what its values are.
pub struct Attribute<T> {
    name: Cow<'static, str>,
    values: PhantomData<fn() -> T>,
}

/// Attributes whose values have an order.
pub trait Ordered {}

impl Ordered for i32 {}
impl Ordered for i64 {}
impl Ordered for u32 {}
impl Ordered for u64 {}
impl Ordered for f32 {}
impl Ordered for f64 {}
impl Ordered for Decimal {}
impl Ordered for Date {}
impl Ordered for DateTime {}
impl Ordered for String {}

/// What an attribute of values `T` is compared with.
pub trait Operand<T> {
    /// As JSON text, or what is wrong with it.
    fn written(self) -> Result<String, String>;
}

impl<T: Encode, V: Into<T>> Operand<T> for V {
    fn written(self) -> Result<String, String> {
        let value: T = self.into();
        codec::to_json(&value).map_err(|error| error.to_string())
    }
}

/// One condition on a list. Several are all to hold.
#[derive(Clone, PartialEq)]
#[must_use = "a filter does nothing until a call is given it"]
pub struct Filter {
    attribute: Cow<'static, str>,
    /// `None`: the attribute is the whole key.
    predicate: Option<&'static str>,
    /// JSON text.
    value: Result<String, String>,
}

/// One attribute that a list is ordered by.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "an order does nothing until a call is given it"]
pub struct Sort {
    attribute: Cow<'static, str>,
    descending: bool,
}

impl<T> Attribute<T> {
    /// An attribute by its name on the wire.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name: Cow::Borrowed(name), values: PhantomData }
    }

    /// An attribute not known to this version, or one that a server was extended with.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: Cow::Owned(name.into()), values: PhantomData }
    }

    /// The smallest first.
    pub fn asc(&self) -> Sort {
        Sort { attribute: self.name.clone(), descending: false }
    }

    /// The greatest first.
    pub fn desc(&self) -> Sort {
        Sort { attribute: self.name.clone(), descending: true }
    }

    /// There is no value.
    pub fn is_null(&self) -> Filter {
        self.holds("is_null")
    }

    /// There is a value.
    pub fn is_not_null(&self) -> Filter {
        self.holds("is_not_null")
    }

    /// There is a value, and it is not empty.
    pub fn is_present(&self) -> Filter {
        self.holds("is_present")
    }

    /// There is no value, or an empty one.
    pub fn is_blank(&self) -> Filter {
        self.holds("is_blank")
    }

    /// Equal.
    pub fn eq(&self, value: impl Operand<T>) -> Filter {
        self.with("eq", value.written())
    }

    /// Not equal.
    pub fn not_eq(&self, value: impl Operand<T>) -> Filter {
        self.with("not_eq", value.written())
    }

    /// One of these.
    pub fn any_of<V: Operand<T>>(&self, values: impl IntoIterator<Item = V>) -> Filter {
        self.with("any_of", list(values.into_iter().map(V::written)))
    }

    /// None of these.
    pub fn none_of<V: Operand<T>>(&self, values: impl IntoIterator<Item = V>) -> Filter {
        self.with("none_of", list(values.into_iter().map(V::written)))
    }

    fn holds(&self, predicate: &'static str) -> Filter {
        self.with(predicate, Ok("true".to_owned()))
    }

    fn with(&self, predicate: &'static str, value: Result<String, String>) -> Filter {
        Filter { attribute: self.name.clone(), predicate: Some(predicate), value }
    }
}

impl<T: Ordered> Attribute<T> {
    /// Less.
    pub fn lt(&self, value: impl Operand<T>) -> Filter {
        self.with("lt", value.written())
    }

    /// Less or equal.
    pub fn lteq(&self, value: impl Operand<T>) -> Filter {
        self.with("lteq", value.written())
    }

    /// Greater.
    pub fn gt(&self, value: impl Operand<T>) -> Filter {
        self.with("gt", value.written())
    }

    /// Greater or equal.
    pub fn gteq(&self, value: impl Operand<T>) -> Filter {
        self.with("gteq", value.written())
    }
}

impl Attribute<String> {
    /// Has this in it.
    pub fn contains(&self, text: impl Operand<String>) -> Filter {
        self.with("contains", text.written())
    }

    /// Begins with this.
    pub fn starts_with(&self, text: impl Operand<String>) -> Filter {
        self.with("starts_with", text.written())
    }

    /// Ends with this.
    pub fn ends_with(&self, text: impl Operand<String>) -> Filter {
        self.with("ends_with", text.written())
    }
}

impl Attribute<bool> {
    /// It is so.
    pub fn is_true(&self) -> Filter {
        self.holds("is_true")
    }

    /// It is not so.
    pub fn is_false(&self) -> Filter {
        self.holds("is_false")
    }
}

fn list(values: impl Iterator<Item = Result<String, String>>) -> Result<String, String> {
    let values: Result<Vec<String>, String> = values.collect();
    values.map(|values| format!("[{}]", values.join(",")))
}

impl Filter {
    /// A condition that the document does not describe, by its whole key.
    pub fn raw(key: impl Into<String>, value: impl Into<Json>) -> Self {
        let value: Json = value.into();
        Self { attribute: Cow::Owned(key.into()), predicate: None, value: Ok(value.as_text().to_owned()) }
    }

    fn key(&self, facts: &FilterFacts) -> Result<String, Invalid> {
        let Some(predicate) = self.predicate else { return Ok(self.attribute.clone().into_owned()) };
        let known = facts.predicates.iter().find(|(name, _)| *name == predicate);
        let (_, spelled) = known.ok_or_else(|| format!("this API declares no predicate `{predicate}`"))?;
        Ok(facts.key.replace("{attribute}", &self.attribute).replace("{predicate}", spelled))
    }
}

impl Sort {
    fn written(&self, facts: &FilterFacts) -> String {
        let template = if self.descending { facts.descending } else { "{attribute}" };
        template.replace("{attribute}", &self.attribute)
    }
}

/// As the API spells it.
impl From<&str> for Sort {
    fn from(text: &str) -> Self {
        Self { attribute: Cow::Owned(text.to_owned()), descending: false }
    }
}

/// As the API spells it.
impl From<String> for Sort {
    fn from(text: String) -> Self {
        Self { attribute: Cow::Owned(text), descending: false }
    }
}

impl RawCall {
    /// Adds a condition to the parameter that holds them.
    pub fn filter(&mut self, index: usize, filter: Filter) -> &mut Self {
        // What is wrong with an earlier one is still wrong.
        if self.fault(At::Parameter(index)).is_some() {
            return self;
        }
        let facts = &self.client.shared.facts.filters;
        let added = filter.key(facts).and_then(|key| {
            let value = Json::parse(&filter.value?)?;
            wire::with_members(self.value(index).map_or("{}", Written::as_json), &vec![(key, value)])
        });
        let named = |fault| Invalid::from(format!("a filter by `{}`: {fault}", filter.attribute));
        self.put(index, added.map(Written::from_valid).map_err(named));
        self
    }

    /// Adds an attribute to the parameter of the order.
    pub fn sort(&mut self, index: usize, sort: &Sort) -> &mut Self {
        let written = codec::to_json(&sort.written(&self.client.shared.facts.filters));
        let before = self.value(index).and_then(|list| list.as_json().strip_suffix(']')).filter(|list| list.len() > 1);
        let added = written.map(|written| match before {
            Some(before) => format!("{before},{written}]"),
            None => format!("[{written}]"),
        });
        self.put(index, added.map(Written::from_valid).map_err(Invalid::from));
        self
    }
}

impl<T> Clone for Attribute<T> {
    fn clone(&self) -> Self {
        Self { name: self.name.clone(), values: PhantomData }
    }
}

impl<T> fmt::Debug for Attribute<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Attribute").field(&self.name).finish()
    }
}

/// Values are not printed: they may be anything.
impl fmt::Debug for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Filter")
            .field("attribute", &self.attribute)
            .field("predicate", &self.predicate)
            .finish_non_exhaustive()
    }
}

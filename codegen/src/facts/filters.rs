//! What a document says about filtering and ordering lists.

use serde::Serialize;

/// How lists are filtered and ordered.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Filters {
    /// Query parameter of the conditions.
    pub parameter: String,
    /// Key of a condition over `{attribute}` and `{predicate}`.
    pub key: String,
    /// Predicates that there are: the client's name, and the API's.
    pub predicates: Vec<(String, String)>,
    /// Query parameter of the order.
    pub sort: Option<String>,
    /// How the greatest first is spelled, over `{attribute}`.
    pub descending: Option<String>,
    /// Members that are no attributes of any schema; `*` at the end stands for anything.
    pub except: Vec<String>,
    /// By schema: attributes beside its members, or instead of one.
    pub attributes: Vec<(String, Vec<(String, AttributeKind)>)>,
}

/// What the values of an attribute are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum AttributeKind {
    /// Texts.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Number,
    /// Numbers whose digits all count.
    Decimal,
    /// True or false.
    Flag,
    /// Days.
    Date,
    /// Moments.
    DateTime,
    /// It is no attribute.
    None,
}

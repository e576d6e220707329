//! What a document says at a schema, property or parameter.

use std::collections::BTreeMap;

use serde::Serialize;

/// At a schema, property or parameter.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SchemaFacts {
    /// `name: …`: the Rust name.
    pub name: Option<String>,
    /// `sensitive: true`.
    pub sensitive: bool,
    /// `well_formed: true`: a text that breaks its format is no value.
    pub well_formed: bool,
    /// `decimal: true` or `money: true`: a number that keeps its text.
    pub decimal: bool,
    /// `verbatim: true`: a free-form object that travels as its JSON text, in which the order of members counts.
    pub verbatim: bool,
    /// `fill: "ord_{hex32}"`: what is sent where the caller sets nothing, as JSON text.
    pub fill: Option<String>,
    /// `max_bytes: 256`: the most bytes that a string may have in UTF-8.
    pub max_bytes: Option<u64>,
    /// `reserved_keys: [id]`: names that members of a free-form object may not have, whatever their letter case.
    pub reserved_keys: Vec<String>,
    /// `named_members: true`: no member of a free-form object has an empty name, here and further in.
    pub named_members: bool,
    /// `segments: true`: a path parameter of several segments.
    pub segments: bool,
    /// `filter: false`: of a query parameter, whether it takes conditions, against what its name and type say.
    pub filter: Option<bool>,
    /// `trim: true`: a string that is sent without white space around it.
    pub trim: bool,
    /// `messages: { pattern: "must be …" }`: words for a violated keyword. They follow the member's name.
    pub messages: BTreeMap<String, String>,
    /// `values: { WIRE: { name, description } }` of an enum.
    pub values: BTreeMap<String, ValueFacts>,
    /// `accessors: { awb: [/awb, /shipping/awb] }`: what is found at one of several places, by name.
    pub accessors: Vec<(String, Vec<String>)>,
}

/// At one value of an enum.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ValueFacts {
    /// The Rust name.
    pub name: Option<String>,
    /// Markdown.
    pub description: Option<String>,
}

/// Formats whose texts can be held to them: those that have a value type.
pub(crate) const WELL_FORMED: &[&str] = &["byte", "date", "date-time", "uuid"];

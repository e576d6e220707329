//! Schemas: one shape for those of 3.0, 3.1 and 3.2.
//!
//! Owns the type and what a position refers to it by. The keywords are a table in `rows`, and read by `keywords`.

mod keywords;
mod lift;
mod notes;
mod rows;

use serde::Serialize;

use crate::arena::Id;
use crate::facts::SchemaFacts;
use crate::tree::NodeId;

pub(crate) use self::lift::{Schemas, lift};
pub(super) use self::rows::A_SCHEMA;
pub(crate) use self::rows::{SCHEMA, TYPES, TYPES_IN_LIST};

/// A schema of a document.
pub type SchemaId = Id<SchemaNode>;

/// One schema of any version, its keywords in one shape. References are resolved to ids and keep their siblings.
#[derive(Clone, Debug, Serialize)]
pub struct SchemaNode {
    /// Its node.
    #[serde(skip)]
    pub at: NodeId,
    /// JSON pointer in the root document, or `file#/pointer`.
    pub pointer: String,
    /// `$ref`; the other members are its siblings.
    pub reference: Option<SchemaId>,
    /// Whether it has a `$ref` that leads nowhere, which was reported.
    pub dangling: bool,
    /// `true` (anything) or `false` (nothing).
    pub boolean: Option<bool>,
    /// `type`; empty is any. 3.0's `nullable: true` adds [`JsonType::Null`].
    pub types: Vec<JsonType>,
    /// 3.0's `nullable: true` beside a `$ref`, `allOf`, … without a `type`.
    pub nullable: bool,
    /// `format`.
    pub format: Option<String>,
    /// `title`.
    pub title: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `readOnly`.
    pub read_only: bool,
    /// `writeOnly`.
    pub write_only: bool,
    /// `enum`.
    pub enum_values: Option<Vec<NodeId>>,
    /// `const`.
    pub const_value: Option<NodeId>,
    /// `default`.
    pub default: Option<NodeId>,
    /// `properties`, in order, each with its key's node.
    pub properties: Vec<(String, SchemaId)>,
    /// `required`.
    pub required: Vec<String>,
    /// `additionalProperties` (and `unevaluatedProperties`, where that says a type).
    pub additional: Option<SchemaId>,
    /// `patternProperties`.
    pub pattern_properties: Vec<(String, SchemaId)>,
    /// `propertyNames`.
    pub property_names: Option<SchemaId>,
    /// `items`.
    pub items: Option<SchemaId>,
    /// `prefixItems`.
    pub prefix_items: Vec<SchemaId>,
    /// `allOf`.
    pub all_of: Vec<SchemaId>,
    /// `oneOf`.
    pub one_of: Vec<SchemaId>,
    /// `anyOf`.
    pub any_of: Vec<SchemaId>,
    /// `discriminator`.
    pub discriminator: Option<Discriminator>,
    /// Numeric bounds and counts: keyword (3.1's spelling: `exclusiveMinimum` is a number) to the number's text.
    pub bounds: Vec<(&'static str, String)>,
    /// `pattern`, with its node.
    pub pattern: Option<(String, NodeId)>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `contentEncoding`.
    pub content_encoding: Option<String>,
    /// `contentMediaType`.
    pub content_media_type: Option<String>,
    /// `contentSchema`.
    pub content_schema: Option<SchemaId>,
    /// Keywords that are carried into the docs and nothing else (`not`, `if`, `dependentRequired`, …).
    pub noted: Vec<String>,
    /// The application brings its own type for this component: whatever it is, it becomes a type with a name.
    pub replaced: bool,
    /// `x-typewright`.
    pub facts: SchemaFacts,
    /// `x-enum-varnames` and its kin: names in the order of `enum`.
    pub value_names: Vec<String>,
    /// `x-enum-descriptions` and its kin.
    pub value_descriptions: Vec<String>,
    /// `x-ms-discriminator-value`: the tag of a variant, in documents that came from Swagger 2.0, which had no `mapping`.
    pub tag: Option<String>,
}

impl SchemaNode {
    /// One that says nothing, which any value fits.
    pub fn new(at: NodeId, pointer: String) -> Self {
        Self {
            at,
            pointer,
            reference: None,
            dangling: false,
            boolean: None,
            types: Vec::new(),
            nullable: false,
            format: None,
            title: None,
            description: None,
            deprecated: false,
            read_only: false,
            write_only: false,
            enum_values: None,
            const_value: None,
            default: None,
            properties: Vec::new(),
            required: Vec::new(),
            additional: None,
            pattern_properties: Vec::new(),
            property_names: None,
            items: None,
            prefix_items: Vec::new(),
            all_of: Vec::new(),
            one_of: Vec::new(),
            any_of: Vec::new(),
            discriminator: None,
            bounds: Vec::new(),
            pattern: None,
            unique_items: false,
            content_encoding: None,
            content_media_type: None,
            content_schema: None,
            noted: Vec::new(),
            replaced: false,
            facts: SchemaFacts::default(),
            value_names: Vec::new(),
            value_descriptions: Vec::new(),
            tag: None,
        }
    }
}

/// A value of `type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum JsonType {
    /// `null`.
    Null,
    /// `boolean`.
    Boolean,
    /// `integer`.
    Integer,
    /// `number`.
    Number,
    /// `string`.
    String,
    /// `array`.
    Array,
    /// `object`.
    Object,
}

/// `discriminator`.
#[derive(Clone, Debug, Serialize)]
pub struct Discriminator {
    /// `propertyName`.
    pub property: String,
    /// `mapping`: value to schema; `None` where the target does not exist (reported, and a raw variant).
    pub mapping: Vec<(String, Option<SchemaId>)>,
    /// `defaultMapping`: what values without a known tag are.
    pub default: Option<SchemaId>,
    /// Its node.
    pub at: NodeId,
}

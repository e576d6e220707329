//! The model: `openapiv3` types around the schemas, and our own arena of schemas.
//!
//! Owns the types that the passes of `normalise` fill and `lower` reads, and the few helpers that read what was left in
//! `openapiv3`'s extensions. Decides nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::facts::{OperationFacts, RootFacts, SchemaFacts};
use crate::tree::NodeId;

/// A checked document in one shape for 3.0, 3.1 and 3.2.
#[derive(Clone, Debug)]
pub struct Model {
    /// Everything around the schemas. Wherever a schema stood there is a reference `#schema/<id>` ([`schema_id`]); wherever
    /// an object has extensions, `x-origin` holds its [`NodeId`] as a number ([`origin`]); no other extension is left.
    /// Every reference that is left leads to a component of this document that is an item, no reference again. Paths hold
    /// items only. `components.schemas`, examples and links are empty.
    pub openapi: openapiv3::OpenAPI,
    /// Operations that `openapi.paths` has no place for: 3.2's `query` and `additionalOperations`.
    pub extra_operations: Vec<ExtraOperation>,
    /// `webhooks`: name to item.
    pub webhooks: Vec<(String, openapiv3::PathItem)>,
    /// `callbacks` of every operation, theirs included, in one flat list.
    pub callbacks: Vec<Callback>,
    /// Every schema, by [`SchemaId`].
    pub schemas: Vec<SchemaNode>,
    /// Components: key to schema, in the document's order.
    pub components: Vec<(String, SchemaId)>,
    /// Root facts of `x-typewright`.
    pub facts: RootFacts,
    /// Per operation node: its facts.
    pub operation_facts: Vec<(NodeId, OperationFacts)>,
    /// Per parameter node: its facts. A header of an answer is a parameter too.
    pub parameter_facts: BTreeMap<NodeId, SchemaFacts>,
    /// JSON pointer of everything that has an [`origin`]; a schema has its own.
    pub pointers: BTreeMap<NodeId, String>,
    /// Operations that were asked for, by origin; `None`: all of them, and every component.
    pub chosen: Option<BTreeSet<NodeId>>,
    /// Security schemes that a requirement names and nothing declares, each with the node that names it first.
    pub undeclared_schemes: Vec<(String, NodeId)>,
    /// Operations that were left out because of a recoverable fault.
    pub left_out: usize,
}

/// An operation with a method of its own.
#[derive(Clone, Debug)]
pub struct ExtraOperation {
    /// Key of the path.
    pub path: String,
    /// As it is sent, for example `QUERY`.
    pub method: String,
    /// The operation.
    pub operation: openapiv3::Operation,
}

/// One expression of one callback.
#[derive(Clone, Debug)]
pub struct Callback {
    /// Origin of the operation that declares it.
    pub operation: NodeId,
    /// Its key below `callbacks`.
    pub wire_name: String,
    /// Runtime expression of the URL.
    pub expression: String,
    /// What is sent there.
    pub item: openapiv3::PathItem,
}

/// Index into [`Model::schemas`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct SchemaId(pub u32);

/// One schema of any version, its keywords in one shape. References are resolved to ids and keep their siblings.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SchemaNode {
    /// Its node; `None` only in `Default`.
    #[serde(skip)]
    pub origin: Option<NodeId>,
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
    pub origin: NodeId,
}

/// The schema that stands where `reference` was left.
pub fn schema_id<T>(reference: &openapiv3::ReferenceOr<T>) -> Option<SchemaId> {
    match reference {
        openapiv3::ReferenceOr::Reference { reference } => {
            reference.strip_prefix(SCHEMA_REFERENCE).and_then(|id| id.parse().ok()).map(SchemaId)
        }
        openapiv3::ReferenceOr::Item(_) => None,
    }
}

/// The node that an object with these extensions was read from.
pub fn origin(extensions: &Extensions) -> Option<NodeId> {
    let number = extensions.get(ORIGIN)?.as_u64()?;
    u32::try_from(number).ok().map(NodeId)
}

/// The schema of one item of a stream: 3.2's `itemSchema`.
pub fn item_schema(media: &openapiv3::MediaType) -> Option<SchemaId> {
    let reference = media.extensions.get(ITEM_SCHEMA)?.as_str()?;
    reference.strip_prefix(SCHEMA_REFERENCE)?.parse().ok().map(SchemaId)
}

/// Whether the parameter is the whole query: 3.2's `in: querystring`. It reads as a query parameter with `content`.
pub fn is_whole_query(parameter: &openapiv3::ParameterData) -> bool {
    parameter.extensions.contains_key(WHOLE_QUERY)
}

/// Whether a cookie travels as it is: 3.2's `style: cookie`.
pub fn is_plain_cookie(parameter: &openapiv3::ParameterData) -> bool {
    parameter.extensions.contains_key(PLAIN_COOKIE)
}

/// Whether a path parameter keeps reserved characters.
pub fn keeps_reserved(parameter: &openapiv3::ParameterData) -> bool {
    parameter.extensions.contains_key(RESERVED_IN_PATH)
}

/// The component that a reference leads to, for example `Page` for `#/components/parameters/Page`.
pub fn component_key<T>(reference: &openapiv3::ReferenceOr<T>) -> Option<String> {
    match reference {
        openapiv3::ReferenceOr::Reference { reference } => {
            let key = reference.rsplit('/').next()?;
            Some(key.replace("~1", "/").replace("~0", "~"))
        }
        openapiv3::ReferenceOr::Item(_) => None,
    }
}

/// What `openapiv3` keeps extensions in.
pub type Extensions = indexmap::IndexMap<String, serde_json::Value>;

/// Holds the number of the node.
pub(crate) const ORIGIN: &str = "x-origin";
/// Holds the reference of an `itemSchema`.
pub(crate) const ITEM_SCHEMA: &str = "x-item-schema";
/// Marks `in: querystring`.
pub(crate) const WHOLE_QUERY: &str = "x-whole-query";
/// Marks 3.2's `style: cookie`.
pub(crate) const PLAIN_COOKIE: &str = "x-plain-cookie";
/// Marks an `encoding` of which nothing says a style: content types decide.
pub(crate) const WITHOUT_STYLE: &str = "x-without-style";
/// Marks an `encoding` whose style counts in `application/x-www-form-urlencoded` alone, as 3.0 says.
pub(crate) const STYLE_OF_FORMS: &str = "x-style-of-forms";
/// Marks `allowReserved` of a path parameter, which came with 3.2.
pub(crate) const RESERVED_IN_PATH: &str = "x-reserved-in-path";
/// What a schema's reference starts with.
pub(crate) const SCHEMA_REFERENCE: &str = "#schema/";

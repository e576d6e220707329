//! The language-neutral model of an API: what `lower` makes and every later stage reads.
//!
//! Types are interned and referred to by id; there is no `$ref`, no `allOf` and no OpenAPI version left. Nothing here
//! knows Rust. `optional` (not required) and `nullable` (null is a value) are two facts until `plan`.

mod accessor;
mod body;
mod security;
mod webhook;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::tree::NodeId;

pub use self::accessor::{Accessor, NUMBER_OR_STRING};
pub use self::body::{Body, Codec, Content, Encoding, PartHeader, WholeQuery};
pub use self::security::{SecurityKind, SecurityScheme, SecurityUse};
pub use self::webhook::Webhook;

/// A whole API.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Api {
    /// `info` of the document.
    pub info: Info,
    /// `servers` of the document; each URL is a template over its variables.
    pub servers: Vec<Server>,
    /// Every type, by [`TypeId`].
    pub types: Vec<Type>,
    /// Every operation, in document order.
    pub operations: Vec<Operation>,
    /// Messages that the API sends: `webhooks`, then the `callbacks` of operations.
    pub webhooks: Vec<Webhook>,
    /// The headers that these messages declare, as one object; a member is required that all of them require.
    pub webhook_headers: Option<TypeId>,
    /// `components.securitySchemes`.
    pub security_schemes: Vec<SecurityScheme>,
    /// `tags`, with their descriptions.
    pub tags: Vec<Tag>,
    /// What the document declares beyond OpenAPI at its root.
    pub facts: crate::facts::RootFacts,
}

impl Api {
    /// Whether clients fetch tokens themselves.
    pub fn issues_tokens(&self) -> bool {
        let issued = |scheme: &SecurityScheme| matches!(scheme.kind, SecurityKind::ClientCredentials { .. });
        self.facts.token.is_some() || self.security_schemes.iter().any(issued)
    }
}

impl Api {
    /// The scopes that OAuth2 schemes declare, with their descriptions. Where several schemes have the same one, the first
    /// description counts.
    pub fn scopes(&self) -> BTreeMap<&str, &str> {
        let mut all = BTreeMap::new();
        for scheme in &self.security_schemes {
            let (SecurityKind::ClientCredentials { scopes, .. } | SecurityKind::CallerToken { scopes }) = &scheme.kind
            else {
                continue;
            };
            for (scope, description) in scopes.iter().filter(|(scope, _)| !scope.trim().is_empty()) {
                all.entry(scope.as_str()).or_insert(description.as_str());
            }
        }
        all
    }
}

/// Index into [`Api::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct TypeId(pub u32);

/// `info` of the document.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Info {
    /// Title.
    pub title: String,
    /// The API's version.
    pub version: String,
    /// Markdown.
    pub description: Option<String>,
}

/// One server.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Server {
    /// Template, for example `https://{region}.example.com/v1`.
    pub url: String,
    /// Markdown.
    pub description: Option<String>,
    /// Its variables.
    pub variables: Vec<ServerVariable>,
}

/// A variable of a server URL.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ServerVariable {
    /// As in the template.
    pub name: String,
    /// Used when the caller says nothing.
    pub default: String,
    /// The values the document allows; empty is any.
    pub values: Vec<String>,
}

/// One tag.
#[derive(Clone, Debug, Serialize)]
pub struct Tag {
    /// As operations name it.
    pub name: String,
    /// Markdown.
    pub description: Option<String>,
}

/// Where an item stands in the document.
pub type Origin = NodeId;

/// One type.
#[derive(Clone, Debug, Serialize)]
pub struct Type {
    /// The schema that it was made of.
    #[serde(skip)]
    pub origin: Origin,
    /// JSON pointer of that schema, for example `#/components/schemas/Creator`; `api.txt` shows it.
    pub pointer: String,
    /// What the name stage goes by.
    pub naming: Naming,
    /// Description, deprecation, example.
    pub docs: Docs,
    /// What it is.
    pub shape: Shape,
    /// Methods that find something in its values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accessors: Vec<Accessor>,
    /// Whether answers carry it.
    pub in_answers: bool,
    /// Whether requests carry it.
    pub in_requests: bool,
}

/// Description and what else the reader of the docs is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Docs {
    /// `summary` or `title`.
    pub summary: Option<String>,
    /// `description`, Markdown.
    pub description: Option<String>,
    /// `deprecated: true`.
    pub deprecated: bool,
    /// Constraints that are documented but not checked, one sentence each.
    pub notes: Vec<String>,
}

/// What may name a type, in falling rank.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Naming {
    /// `x-typewright: { name: … }`: taken as it stands.
    pub explicit: Option<String>,
    /// Key below `components.schemas`.
    pub component: Option<String>,
    /// `title` of an inline schema.
    pub title: Option<String>,
    /// Where an inline schema stands: the path of contexts from the nearest named thing, for example
    /// `[Operation(3), Answer("200"), Property("items"), Item]`.
    pub context: Vec<Context>,
}

/// One step from a named thing to an inline schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Context {
    /// Below this type.
    Type(TypeId),
    /// Below this operation (index into [`Api::operations`], and behind their end into [`Api::webhooks`]).
    Operation(usize),
    /// Below a component that has no type of its own, by its key: a schema that is an array or a map, or a shared
    /// answer, body, parameter or header.
    Component(String),
    /// The body of its request.
    RequestBody,
    /// The body of its answer: `200`, `4XX`, `default`; empty for a shared answer.
    Answer(String),
    /// One content type of several that are not JSON; follows `RequestBody` or `Answer`, and is worth naming only when
    /// the rest collides.
    Content(String),
    /// A parameter, or a header of an answer; empty for a shared one, whose key says it.
    Parameter(String),
    /// A property.
    Property(String),
    /// Items of an array.
    Item,
    /// The item of an array at this index, which has a schema of its own.
    Place(usize),
    /// Values of a map.
    Value,
    /// A member of a union: its place, and its title or `const` when it has one.
    Variant(usize, Option<String>),
}

/// What a type is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum Shape {
    /// Any JSON value, and why nothing more is known of it.
    Any(Raw),
    /// Only `null` (or an empty body).
    Null,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer {
        /// `format`, as a row of the table of formats knows it.
        format: Option<String>,
        /// Bounds.
        limits: Limits,
    },
    /// Any number.
    Number {
        /// `format`.
        format: Option<String>,
        /// Bounds.
        limits: Limits,
    },
    /// A string that is no enum.
    String {
        /// `format`, for example `date-time`; unknown formats are kept.
        format: Option<String>,
        /// Length and pattern.
        limits: Limits,
        /// Whether its values never show in logs: `format: password` or declared.
        sensitive: bool,
    },
    /// A closed list of values in the document; open in Rust.
    Enum(Enum),
    /// A list.
    Array {
        /// Every item.
        items: Use,
        /// `minItems`, `maxItems`, `uniqueItems`.
        limits: Limits,
    },
    /// A list of which every item has a type of its own.
    Tuple {
        /// Its items, as many as there are.
        places: Vec<Use>,
    },
    /// An object whose members are all alike.
    Map {
        /// Every value.
        values: Use,
        /// `minProperties`, `maxProperties`.
        limits: Limits,
        /// Declared: it travels as it is written.
        verbatim: bool,
    },
    /// An object with known members.
    Object(Object),
    /// One of several types.
    Union(Union),
}

/// Why values are carried as raw JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Raw {
    /// The document allows any value: an empty schema, or none at all.
    Declared,
    /// This keyword says what no type of ours can.
    Beyond(&'static str),
}

/// A type where it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Use {
    /// The type.
    pub ty: TypeId,
    /// Whether `null` is a value too.
    pub nullable: bool,
}

/// Constraints, and the document's own words for their violation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Limits {
    /// In the order in which they are checked.
    pub checks: Vec<Check>,
}

/// One constraint.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Check {
    /// What must hold.
    pub rule: Rule,
    /// Follows the member's name in the error, for example `must be a valid UUID.`; `None` is the runtime's wording.
    pub message: Option<String>,
}

/// What must hold. Numbers keep the document's text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum Rule {
    /// `minimum`.
    Minimum(String),
    /// `exclusiveMinimum`.
    ExclusiveMinimum(String),
    /// `maximum`.
    Maximum(String),
    /// `exclusiveMaximum`.
    ExclusiveMaximum(String),
    /// `multipleOf`.
    MultipleOf(String),
    /// `minLength`, in characters.
    MinLength(u64),
    /// `maxLength`, in characters.
    MaxLength(u64),
    /// `pattern`, already known to be one the runtime's engine takes (others become a note in the docs).
    Pattern(String),
    /// `minItems` or `minProperties`.
    MinCount(u64),
    /// `maxItems` or `maxProperties`.
    MaxCount(u64),
    /// `uniqueItems: true`.
    Unique,
    /// `enum` or `const` of numbers, or of strings beside a `format`: JSON texts.
    OneOf(Vec<String>),
    /// At least one of these sets of members must be present (`anyOf` of `required`).
    AnyRequired(Vec<Vec<String>>),
    /// `type: object`, where the Rust type takes any JSON.
    Object,
    /// `max_bytes`, in UTF-8.
    MaxBytes(u64),
    /// `reserved_keys`.
    ReservedKeys(Vec<String>),
    /// `named_members`.
    NamedMembers,
}

/// An enum.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Enum {
    /// What its values are.
    pub kind: EnumKind,
    /// In the document's order, without `null` (that makes the use nullable) and without duplicates.
    pub values: Vec<EnumValue>,
    /// [`Rule::OneOf`] where the document has words for a wrong value; otherwise a value that is not listed may be sent.
    pub limits: Limits,
}

/// What the values of an enum are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum EnumKind {
    /// Strings.
    String,
    /// Whole numbers that fit `i64`.
    Integer,
}

/// One value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct EnumValue {
    /// Strings as they are, integers as decimal digits.
    pub wire: String,
    /// `x-typewright: { values: { WIRE: { name, description } } }`, or `x-enum-varnames`.
    pub name: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// Where it stands.
    #[serde(skip)]
    pub origin: Origin,
}

/// An object with known members.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Object {
    /// In the document's order, inherited ones first.
    pub properties: Vec<Property>,
    /// Names of members that must be there and that nothing describes.
    pub undeclared: Vec<String>,
    /// The other members.
    pub additional: Additional,
    /// The types whose `allOf` merged into this one.
    pub parents: Vec<TypeId>,
    /// `minProperties`, `anyOf` of `required`, …
    pub limits: Limits,
}

/// Members that have no name in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum Additional {
    /// Nothing is said, or anything goes, or `false` (servers add all the same): kept raw.
    Kept,
    /// All of this type.
    Typed(Use),
}

/// A known member.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Property {
    /// On the wire.
    pub wire_name: String,
    /// `x-typewright: { name: … }`.
    pub name: Option<String>,
    /// Its type.
    pub of: Use,
    /// Listed in `required`.
    pub required: bool,
    /// Travels in answers only.
    pub read_only: bool,
    /// Travels in requests only.
    pub write_only: bool,
    /// JSON text of a default that fits the type.
    pub default: Option<String>,
    /// JSON text of the one whole number or truth that it may be: `true` for `const: true`.
    pub only: Option<String>,
    /// Description, deprecation.
    pub docs: Docs,
    /// What is sent where the caller sets nothing: JSON text, a string with its placeholders.
    pub fill: Option<String>,
    /// Sent without white space around it.
    pub trim: bool,
    /// Declared sensitive: redacted in `Debug`.
    pub sensitive: bool,
    /// A text that breaks its format is no value.
    pub well_formed: bool,
    /// Where it stands.
    #[serde(skip)]
    pub origin: Origin,
}

/// One of several types.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Union {
    /// In the document's order.
    pub variants: Vec<Variant>,
    /// The member that tells them apart.
    pub discriminator: Option<String>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Variant {
    /// Its type.
    pub of: Use,
    /// Values of the discriminator that select it (explicit mapping, else the component's key, else its `const`).
    pub tags: Vec<String>,
    /// Whether it is what values are that no tag selects.
    pub fallback: bool,
    /// What its name goes by: a component key, a `title`, a tag.
    pub hint: Option<String>,
    /// Where it stands.
    #[serde(skip)]
    pub origin: Origin,
}

/// One operation.
#[derive(Clone, Debug, Serialize)]
pub struct Operation {
    /// `operationId`, when it is unique.
    pub operation_id: Option<String>,
    /// Declared resource and method: `x-typewright: { resource: creators, method: list }`.
    pub facts: crate::facts::OperationFacts,
    /// Upper case, for example `GET`.
    pub method: String,
    /// Template, for example `/orders/{id}`.
    pub path: String,
    /// First tag, if any.
    pub tag: Option<String>,
    /// Summary, description, deprecation.
    pub docs: Docs,
    /// Path parameters in the template's order, then the others in the document's.
    pub parameters: Vec<Parameter>,
    /// The request's body.
    pub body: Option<Body>,
    /// Every declared answer.
    pub answers: Vec<Answer>,
    /// Alternatives, each a set of schemes that are needed together. Empty: none needed. An empty set: optional.
    pub security: Vec<Vec<SecurityUse>>,
    /// Servers of its own; empty: the API's.
    pub servers: Vec<Server>,
    /// Content types that a parameter `Accept` lists; empty: whatever the answers have.
    pub asks_for: Vec<AskedFor>,
    /// The operation's node.
    #[serde(skip)]
    pub origin: Origin,
    /// JSON pointer of the operation.
    pub pointer: String,
}

/// A content type that a document says to ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AskedFor {
    /// As it stands in the header.
    pub media_type: String,
    /// How an answer of it is read.
    pub codec: Codec,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
    /// A member of a flat body.
    Body,
    /// A header of a part of a multipart body.
    Part,
}

/// How a value becomes text; the names are the specification's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Style {
    /// `simple`.
    Simple,
    /// `label`.
    Label,
    /// `matrix`.
    Matrix,
    /// `form`.
    Form,
    /// `spaceDelimited`.
    SpaceDelimited,
    /// `pipeDelimited`.
    PipeDelimited,
    /// `deepObject`.
    DeepObject,
    /// `cookie`: nothing is encoded.
    Cookie,
    /// `content`: one JSON text.
    Json,
}

/// One parameter.
#[derive(Clone, Debug, Serialize)]
pub struct Parameter {
    /// On the wire.
    pub wire_name: String,
    /// `x-typewright: { name: … }`.
    pub name: Option<String>,
    /// Where it travels.
    pub location: Location,
    /// Its type.
    pub of: Use,
    /// Whether a call must give it.
    pub required: bool,
    /// How it becomes text.
    pub style: Style,
    /// One pair per member or item.
    pub explode: bool,
    /// Whether reserved characters stay as they are.
    pub allow_reserved: bool,
    /// Of a path parameter: whether its slashes separate segments.
    pub segments: bool,
    /// Of a query parameter: whether it takes conditions, where the document says so itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter: Option<bool>,
    /// Of a query parameter: whether it is the whole query, and how it is written then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub whole: Option<WholeQuery>,
    /// Of a part's header: which part's, and what becomes of it when the caller says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<PartHeader>,
    /// Whether its value is made for each call when the caller gives none.
    pub generated: bool,
    /// Description, deprecation.
    pub docs: Docs,
    /// Where it stands.
    #[serde(skip)]
    pub origin: Origin,
    /// JSON pointer.
    pub pointer: String,
}

/// One declared answer.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// Which statuses it speaks of.
    pub status: Status,
    /// Markdown.
    pub description: String,
    /// Content types in the document's order; empty: no body.
    pub contents: Vec<Content>,
    /// Declared headers.
    pub headers: Vec<Parameter>,
    /// Where it stands.
    #[serde(skip)]
    pub origin: Origin,
}

/// Which statuses an answer speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Status {
    /// One status.
    Code(u16),
    /// `4XX` is 4.
    Range(u8),
    /// Whatever no other answer speaks of.
    Default,
}

/// `200`, `4XX`, `default`.
impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(class) => write!(f, "{class}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// Whether answers of this status tell a client to go elsewhere: RFC 9110, section 15.4.
pub(crate) fn is_redirect(status: Status) -> bool {
    matches!(status, Status::Code(301 | 302 | 303 | 307 | 308) | Status::Range(3))
}

/// Whether answers of this status are a call's output.
pub(crate) fn is_success(status: Status) -> bool {
    match status {
        Status::Code(code) => (200..300).contains(&code),
        Status::Range(range) => range == 2,
        Status::Default => false,
    }
}

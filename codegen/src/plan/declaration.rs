//! The declarations that `plan` makes and `emit` spells.

mod accessor;
mod function;
mod output;
mod signature;
mod stream;
mod webhook;

pub use self::accessor::{AccessorDecl, Arm, DefaultDecl, DefaultValue, Step};
pub use super::attributes::{AttributeDecl, AttributesDecl};
use crate::api;
use crate::facts::Declared;

pub use self::function::{CallDoes, CallFunction, ClientDoes, ClientFunction, WebhookDoes, WebhookFunction};
pub use self::output::{OutputDecl, SuccessDecl};
pub use self::signature::{Argument, ConversionDecl, Generic, Qualifier, Receiver, Signature, SignatureType};
pub use self::stream::{EventForm, HeaderDecl, StreamDecl};
pub use self::webhook::{HeaderRead, WebhookDecl, WebhooksDecl};
pub use super::definition::Definition;

/// A whole crate.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// File name of the document, for the header of every file.
    pub document: String,
    /// Client, environments, credentials.
    pub client: ClientDecl,
    /// What every call can do; those of one operation have its setters beside.
    pub call: Vec<CallFunction>,
    /// What the crate's root re-exports of the runtime, in the order of the source.
    pub exports: Vec<&'static str>,
    /// Every public type, sorted by module and ident.
    pub types: Vec<TypeDecl>,
    /// Resources, sorted by path; operations sorted by ident.
    pub resources: Vec<ResourceDecl>,
    /// What lists can be filtered and ordered by, sorted by module.
    pub attributes: Vec<AttributesDecl>,
    /// `ApiError`.
    pub error: ErrorDecl,
    /// Cargo features that gate modules; empty: none.
    pub features: Vec<FeatureDecl>,
    /// Messages that the API sends; `None`: there are none.
    pub webhooks: Option<WebhooksDecl>,
    /// Every place that is raw JSON.
    pub raw: Vec<RawPlace>,
}

/// A place of the crate that is raw JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawPlace {
    /// What it is.
    pub site: crate::output::Site,
    /// As the crate calls it: `Pet.name`, `pets.list`.
    pub item: String,
    /// Why it is raw.
    pub why: api::Raw,
    /// Where it stands in the document.
    pub origin: api::Origin,
}

/// A cargo feature.
#[derive(Clone, Debug)]
pub struct FeatureDecl {
    /// Its name.
    pub name: String,
    /// Features that it needs.
    pub needs: Vec<String>,
    /// Gates what is not stable yet, so it is off by default.
    pub preview: bool,
}

/// The client's type.
#[derive(Clone, Debug, Default)]
pub struct ClientDecl {
    /// For example `Petstore`.
    pub ident: String,
    /// Clean rustdoc lines.
    pub docs: Vec<String>,
    /// Environments: ident, wire name, base URL; the first tuple's index of the default is `default_environment`.
    pub environments: Vec<EnvironmentDecl>,
    /// Index into `environments`; without one something has to be said.
    pub default_environment: Option<usize>,
    /// Base URL when there are no environments (the first server, variables at their defaults; may be empty).
    pub base_url: String,
    /// The path of a server whose host the document does not name, for example `/api/v1`; else empty.
    pub server_path: String,
    /// That server, where its URL has variables.
    pub server: Option<api::Server>,
    /// Servers with variables that operations have for themselves.
    pub operation_servers: Vec<api::Server>,
    /// Variable that selects an environment, and the others: option to variable.
    pub variables: Vec<(String, String)>,
    /// Security schemes in the order in which facts number them.
    pub security: Vec<api::SecurityScheme>,
    /// Root facts, written into the client's facts.
    pub facts: crate::facts::RootFacts,
    /// Path and id of the operation that renews the session, if there is one.
    pub renewal: Option<(String, String)>,
    /// Call headers that become methods of a call: method ident and header.
    pub call_headers: Vec<(String, String)>,
    /// Scopes that OAuth2 schemes declare, as an enum at the crate's root.
    pub scopes: Option<ScopesDecl>,
    /// Cookies that carry an id, as constants.
    pub cookies: Vec<ConstantDecl>,
    /// Names of headers that the document gives a meaning, as constants.
    pub headers: Vec<ConstantDecl>,
    /// What the client can do beside its resources, in the order of the source.
    pub functions: Vec<ClientFunction>,
    /// Whether there is a token endpoint, so that the client has `auth()`.
    pub has_auth: bool,
    /// Methods on the client itself (operations whose resource is the client).
    pub operations: Vec<OperationDecl>,
}

/// The scopes of an API: an open enum.
#[derive(Clone, Debug)]
pub struct ScopesDecl {
    /// The scopes, at least one.
    pub values: Vec<ValueDecl>,
    /// `as_str(&self)`.
    pub view: Signature,
}

/// The name of a header or cookie as a constant.
#[derive(Clone, Debug)]
pub struct ConstantDecl {
    /// For example `HEADER_X_REQUEST_ID`.
    pub ident: String,
    /// For example `x-request-id`.
    pub wire_name: String,
    /// Clean rustdoc lines.
    pub docs: Vec<String>,
}

/// A named base URL.
#[derive(Clone, Debug)]
pub struct EnvironmentDecl {
    /// Variant, for example `Staging`.
    pub ident: String,
    /// For example `staging`.
    pub wire_name: String,
    /// For example `https://staging.example.com`.
    pub url: String,
}

/// A public type.
#[derive(Clone, Debug)]
pub struct TypeDecl {
    /// Rust name.
    pub ident: String,
    /// File below `types/` and `codec/`: the module of a resource of the client, or `shared`.
    pub module: String,
    /// Feature that gates it (the module's).
    pub feature: Option<String>,
    /// Clean rustdoc lines.
    pub docs: Vec<String>,
    /// `#[deprecated]`.
    pub deprecated: bool,
    /// JSON pointer, for `api.txt`.
    pub origin: String,
    /// Beyond `Clone, Debug, PartialEq`.
    pub extra_derives: Vec<String>,
    /// Where its definition stands.
    pub definition: Definition,
    /// What it is.
    pub body: TypeBody,
    /// Methods that find something at one of several places.
    pub accessors: Vec<AccessorDecl>,
    /// Methods that give it as something else: `as_str` of an open enum; `json` of a raw union, then one per variant.
    pub views: Vec<Signature>,
    /// What it is made from.
    pub conversions: Vec<ConversionDecl>,
    /// Traits that it has beyond `Clone`, `Debug` and `PartialEq`, and that are not derived.
    pub traits: Vec<&'static str>,
}

/// What a declared type is.
#[derive(Clone, Debug)]
pub enum TypeBody {
    /// A model.
    Struct(StructDecl),
    /// An open enum of strings.
    StringEnum(Vec<ValueDecl>),
    /// An open enum of whole numbers.
    IntegerEnum(Vec<ValueDecl>),
    /// An open enum over types.
    Union(UnionDecl),
    /// A raw value with views, where no rule tells the variants apart.
    RawUnion(Vec<VariantDecl>),
}

/// A model.
#[derive(Clone, Debug)]
pub struct StructDecl {
    /// In the document's order.
    pub members: Vec<MemberDecl>,
    /// Ident of the field for all other members: `extra`, or another name where the document has `extra`.
    pub extra_ident: String,
    /// `None`: raw (`Extra`); else the type of each value (`Others<T>`).
    pub extra_type: Option<RustType>,
    /// How a caller makes one; `None` for types that only answers carry.
    pub constructor: Option<Box<ConstructorDecl>>,
    /// Whether `Debug` is written by hand because a member is sensitive.
    pub redacted: bool,
}

/// How a caller makes a model.
#[derive(Clone, Debug)]
pub struct ConstructorDecl {
    /// `new(required…)`, or `new(required: XRequired)`.
    pub new: Signature,
    /// The plain struct that `new` takes where there are more required members than a caller can keep in order.
    pub record: Option<RecordDecl>,
}

/// A plain struct of required members.
#[derive(Clone, Debug)]
pub struct RecordDecl {
    /// For example `CreateOrderRequired`.
    pub ident: String,
    /// Clean rustdoc lines.
    pub docs: Vec<String>,
}

/// A member of a model.
#[derive(Clone, Debug)]
pub struct MemberDecl {
    /// Field and setter.
    pub ident: String,
    /// On the wire.
    pub wire_name: String,
    /// The value's type, without what `presence` adds.
    pub ty: RustType,
    /// How absence and null show.
    pub presence: Presence,
    /// Boxed because it holds a struct.
    pub boxed: bool,
    /// The field's type: the value's, with what `presence` and `boxed` add.
    pub field: RustType,
    /// The method that sets it; `None` where `new` takes it, or nobody makes the model.
    pub setter: Option<Signature>,
    /// Clean rustdoc lines.
    pub docs: Vec<String>,
    /// `#[deprecated]`.
    pub deprecated: bool,
    /// Redacted in `Debug`.
    pub sensitive: bool,
    /// Reading it checks its format.
    pub well_formed: bool,
    /// Of a required member that has one: applied when the member is absent on reading, JSON text. Optional members stay
    /// absent, so that what is read is written back as it was; `or_default` gives theirs.
    pub default: Option<String>,
    /// The method that gives an optional member's default where an answer has no such member.
    pub or_default: Option<DefaultDecl>,
    /// JSON pointer, for `api.txt`.
    pub origin: String,
}

impl MemberDecl {
    /// Whether a constructor asks for it.
    pub(crate) fn is_required(&self) -> bool {
        matches!(self.presence, Presence::Required | Presence::RequiredNullable)
    }

    /// Whether its value is a text in disguise: callers write a literal, and whatever it stands for takes it. A file is one
    /// too.
    pub(crate) fn is_text(&self) -> bool {
        use Scalar::{Date, DateTime, Decimal, DecimalText, File, NumberOrString, String, Uuid};
        let RustType::Scalar(scalar) = self.ty else { return false };
        matches!(scalar, String | DateTime | Date | Uuid | File | Decimal | DecimalText | NumberOrString)
    }

    /// Its type where a constructor takes it: nothing is boxed, because it stands nowhere yet.
    pub(crate) fn given(&self) -> RustType {
        match self.presence {
            Presence::RequiredNullable => RustType::Nullable(Box::new(self.ty.clone())),
            _ => self.ty.clone(),
        }
    }
}

/// How absence and null of a member show in Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// `T`.
    Required,
    /// `Option<T>`: null is a value, absence a fault.
    RequiredNullable,
    /// `Option<T>`: absent or a value.
    Optional,
    /// `Field<T>`.
    OptionalNullable,
}

/// A Rust type as it is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RustType {
    /// A type of this crate: index into [`Plan::types`].
    Declared(usize),
    /// A row of the table of scalar types: see [`Scalar`].
    Scalar(Scalar),
    /// `Vec<T>`.
    List(Box<RustType>),
    /// `(T, U)`.
    Tuple(Vec<RustType>),
    /// `rt::Map<T>`.
    Map(Box<RustType>),
    /// `Option<T>`: an item or value that may be null.
    Nullable(Box<RustType>),
    /// `rt::Field<T>`: a member of a flat body that may be absent or null.
    Field(Box<RustType>),
    /// `rt::Lines<T>`: a body of records.
    Lines(Box<RustType>),
    /// `Box<T>`.
    Boxed(Box<RustType>),
    /// A path that the user gave.
    Replaced(String),
    /// `()`.
    Unit,
}

/// Types that the standard library or the runtime bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scalar {
    /// `bool`
    Bool,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `f64`
    F64,
    /// `String`
    String,
    /// `rt::Decimal`, a number on the wire.
    Decimal,
    /// `rt::Decimal`, a string on the wire.
    DecimalText,
    /// `rt::DateTime`
    DateTime,
    /// `rt::Date`
    Date,
    /// `rt::Uuid`
    Uuid,
    /// `rt::Base64`
    Base64,
    /// `rt::Bytes`
    Bytes,
    /// `rt::FilePart`: a member of a multipart body.
    File,
    /// `rt::Upload`: a body of bytes.
    Upload,
    /// `rt::Json`
    Json,
    /// `rt::NumberOrString`
    NumberOrString,
}

/// A value of an enum.
#[derive(Clone, Debug)]
pub struct ValueDecl {
    /// Variant.
    pub ident: String,
    /// On the wire; digits for integers.
    pub wire: String,
    /// Clean rustdoc lines.
    pub docs: Vec<String>,
}

/// An open enum over types.
#[derive(Clone, Debug)]
pub struct UnionDecl {
    /// In the document's order.
    pub variants: Vec<VariantDecl>,
    /// How the variants are told apart.
    pub choice: Choice,
}

/// How the variants of a union are told apart.
#[derive(Clone, Debug)]
pub enum Choice {
    /// By the value of this member.
    Tag(String),
    /// By shape: kind of JSON value, required and known members, constant members.
    Shape,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct VariantDecl {
    /// Variant.
    pub ident: String,
    /// Its type.
    pub ty: RustType,
    /// Boxed in the enum.
    pub boxed: bool,
    /// Tags that select it.
    pub tags: Vec<String>,
    /// Whether objects are it that no tag selects.
    pub fallback: bool,
    /// What its values look like, for [`Choice::Shape`].
    pub shape: VariantShape,
    /// Whether `From<T>` is unambiguous.
    pub from: bool,
    /// Clean rustdoc lines.
    pub docs: Vec<String>,
}

impl VariantDecl {
    /// Its type as the enum holds it.
    pub(crate) fn held(&self) -> RustType {
        if self.boxed { RustType::Boxed(Box::new(self.ty.clone())) } else { self.ty.clone() }
    }
}

/// What the values of a variant look like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VariantShape {
    /// An object with these members.
    Object {
        /// Required ones.
        required: Vec<String>,
        /// All known ones.
        known: Vec<String>,
        /// Members with a fixed set of string values.
        constants: Vec<(String, Vec<String>)>,
        /// Members that are always one whole number or truth, each with its JSON text.
        literals: Vec<(String, String)>,
    },
    /// An array.
    Array,
    /// A string.
    String,
    /// A string out of these.
    Strings(Vec<String>),
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// A boolean.
    Boolean,
    /// Anything.
    Any,
}

/// A resource.
#[derive(Clone, Debug)]
pub struct ResourceDecl {
    /// Struct, for example `Creators`.
    pub ident: String,
    /// Method on the client or the parent that gives it, for `orders.fulfillments` this is `fulfillments`. It takes path
    /// parameters that belong to the resource above.
    pub accessor: Signature,
    /// File below `resources/` and `op/`, unique in the crate: for `orders.fulfillments` this is `orders_fulfillments`.
    pub module: String,
    /// Index of the parent resource; `None`: the client.
    pub parent: Option<usize>,
    /// Feature that gates it.
    pub feature: Option<String>,
    /// Clean rustdoc lines.
    pub docs: Vec<String>,
    /// The wire names of what its accessor takes.
    pub arguments: Vec<String>,
    /// How many path parameters it holds: `arguments`, and before them what the resources above it hold.
    pub held: usize,
    /// Its operations.
    pub operations: Vec<OperationDecl>,
}

/// An operation.
#[derive(Clone, Debug)]
pub struct OperationDecl {
    /// Method on the resource, for example `list`.
    pub method: MethodDecl,
    /// Methods that send a body of another content type, in the order of `other_bodies`.
    pub others: Vec<MethodDecl>,
    /// Marker below `op`, for example `ListCreators`.
    pub marker_ident: String,
    /// `creators.list`: in errors, events and `api.txt`.
    pub id: String,
    /// `GET`.
    pub http_method: String,
    /// Template.
    pub path: String,
    /// `#[deprecated]`.
    pub deprecated: bool,
    /// All parameters as facts number them. The first `held` are held by the resource.
    pub parameters: Vec<ParameterDecl>,
    /// How many parameters the method does not take, because the resource holds them.
    pub held: usize,
    /// The body that is sent, whoever gives it.
    pub body: Option<BodyDecl>,
    /// Bodies of other content types.
    pub other_bodies: Vec<BodyDecl>,
    /// What a call gives.
    pub output: OutputDecl,
    /// The `accept` header, where it is not the client's.
    pub accept: Option<String>,
    /// Headers of its successes.
    pub headers: Vec<HeaderDecl>,
    /// What of it can be read while it arrives.
    pub streams: Vec<StreamDecl>,
    /// Answers, for the facts.
    pub answers: Vec<AnswerDecl>,
    /// Alternatives of schemes with scopes.
    pub security: Vec<Vec<api::SecurityUse>>,
    /// Paging, with the item's type and the field path to the items.
    pub paging: Option<PagingDecl>,
    /// A retry policy of its own.
    pub retry: Option<crate::facts::RetryPolicy>,
    /// What it does to the session of its client.
    pub session: Option<crate::facts::SessionRole>,
    /// Idempotency keys of its own.
    pub idempotency: Declared<crate::facts::Idempotency>,
    /// A server of its own.
    pub server: Option<OperationServer>,
    /// JSON pointers to what a success must hold.
    pub expects: Vec<String>,
    /// Nobody has documented what answers hold.
    pub unverified: bool,
    /// Feature that gates it because it is not stable yet.
    pub preview: Option<String>,
    /// The same in the provider's own SDK, for the README.
    pub official: Option<String>,
    /// JSON pointer, for `api.txt`.
    pub origin: String,
}

/// A method that starts a call.
#[derive(Clone, Debug)]
pub struct MethodDecl {
    /// Its docs are description, HTTP line, scopes, and what it answers.
    pub signature: Signature,
    /// Which parameters its arguments are, in their order.
    pub parameters: Vec<usize>,
    /// The body that its last argument is.
    pub body: Option<MethodBody>,
}

/// A body that a method takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MethodBody {
    /// [`OperationDecl::body`].
    Chosen,
    /// An index into [`OperationDecl::other_bodies`].
    Other(usize),
}

impl OperationDecl {
    /// The method's name.
    pub(crate) fn name(&self) -> &str {
        &self.method.signature.name
    }

    /// The setter that adds conditions.
    pub(crate) fn filter_setter(&self) -> Option<&str> {
        self.parameters.iter().find(|one| one.given == SignatureType::Filter).map(|one| one.ident.as_str())
    }

    /// The setter that adds to the order.
    pub(crate) fn sort_setter(&self) -> Option<&str> {
        self.parameters.iter().find(|one| one.given.is_sort()).map(|one| one.ident.as_str())
    }

    /// The body that a method takes.
    pub(crate) fn body_of(&self, method: &MethodDecl) -> Option<&BodyDecl> {
        match method.body? {
            MethodBody::Chosen => self.body.as_ref(),
            MethodBody::Other(at) => self.other_bodies.get(at),
        }
    }

    /// The parameters that a method takes, with their numbers.
    pub(crate) fn taken<'o>(&'o self, method: &'o MethodDecl) -> impl Iterator<Item = (usize, &'o ParameterDecl)> {
        method.parameters.iter().filter_map(|at| Some((*at, self.parameters.get(*at)?)))
    }
}

/// A server that an operation has for itself.
#[derive(Clone, Debug)]
pub enum OperationServer {
    /// Its URL, which nothing in it changes.
    Url(String),
    /// An index into the client's `operation_servers`, whose URLs have variables.
    Place(usize),
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct ParameterDecl {
    /// Argument or setter.
    pub ident: String,
    /// On the wire.
    pub wire_name: String,
    /// Where it travels and how it becomes text.
    pub location: api::Location,
    /// `style`.
    pub style: api::Style,
    /// `explode`.
    pub explode: bool,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// Of a path parameter: whether its slashes separate segments.
    pub segments: bool,
    /// Of a query parameter: how it is written as the whole query.
    pub whole: Option<api::WholeQuery>,
    /// Of a part's header: which part's, and what becomes of it when the caller says nothing.
    pub part: Option<api::PartHeader>,
    /// Who gives it its value.
    pub role: ParameterRole,
    /// Its type.
    pub ty: RustType,
    /// How its setter or argument takes it.
    pub given: SignatureType,
    /// Method that reads back what the call will send, where that is made for each call.
    pub reader: Option<Signature>,
    /// Checks before sending.
    pub rules: RuleTree,
    /// Clean rustdoc lines.
    pub docs: Vec<String>,
    /// `#[deprecated]`.
    pub deprecated: bool,
    /// JSON pointer, for `api.txt`.
    pub origin: String,
}

/// Who gives a parameter its value.
#[derive(Clone, Debug, PartialEq)]
pub enum ParameterRole {
    /// The resource, whose accessors took it.
    Held,
    /// The methods of the operation; for a part's header those that send the part.
    Argument,
    /// This setter of a call.
    Setter(Signature),
}

/// Checks of a value and of what is in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuleTree {
    /// Of the value itself.
    pub checks: Vec<api::Check>,
    /// Of its members (`*` for items and other values), only where there are checks below; recursion is cut.
    pub members: Vec<(String, RuleTree)>,
}

/// A request's body.
#[derive(Clone, Debug)]
pub struct BodyDecl {
    /// Content type as sent.
    pub media_type: String,
    /// How it is written.
    pub codec: api::Codec,
    /// Its type.
    pub ty: RustType,
    /// An argument, or a setter `body` when the document says that it is optional.
    pub required: bool,
    /// How it is handed to the call.
    pub form: BodyForm,
    /// How a method takes it.
    pub given: SignatureType,
    /// Argument's name: `body`, or another name where a parameter has it.
    pub ident: String,
    /// The setter of a body that the document does not require.
    pub setter: Option<Signature>,
    /// `encoding` of form and multipart bodies, by member.
    pub encoding: Vec<(String, api::Encoding)>,
    /// Members of a multipart body that are files.
    pub files: Vec<String>,
    /// Checks before sending.
    pub rules: RuleTree,
    /// What the client itself changes in it before that.
    pub adjustments: Vec<AdjustmentDecl>,
    /// Its members are parameters of the operation; the method takes no body.
    pub flat: bool,
}

/// How a body is handed to the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyForm {
    /// A value that is encoded.
    Value,
    /// Bytes that travel as they are.
    Upload,
    /// Records that are encoded while they are sent.
    Lines,
}

/// A change that the client makes to a body before it is checked and sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdjustmentDecl {
    /// Members from the body inwards; `*` is every item of a list or value of a map.
    pub path: Vec<String>,
    /// What is done there.
    pub change: Change,
}

/// What a client does to a member of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Sends this JSON where the caller set nothing.
    Fill(String),
    /// Takes white space off a text.
    Trim,
}

/// An answer, for the facts.
#[derive(Clone, Debug)]
pub struct AnswerDecl {
    /// Which statuses.
    pub status: api::Status,
    /// For a refusal: index into [`ErrorDecl::variants`]; `None` for a success or an undeclared body.
    pub error: Option<usize>,
    /// Whether it counts as success.
    pub success: bool,
}

/// Paging of an operation.
#[derive(Clone, Debug)]
pub struct PagingDecl {
    /// Facts.
    pub facts: crate::facts::Pagination,
    /// Type of an item.
    pub item: RustType,
    /// Field idents from the output to the items, each with its presence.
    pub items_path: Vec<(String, Presence)>,
}

/// `ApiError`.
#[derive(Clone, Debug, Default)]
pub struct ErrorDecl {
    /// One per distinct error schema: variant, type, boxed.
    pub variants: Vec<(String, RustType)>,
    /// Type of `Error::code()`: a declared string enum; `None`: `String`.
    pub code: Option<RustType>,
    /// Methods of the trait that tells what errors hold beside, each with the JSON pointer to it.
    pub values: Vec<(Signature, String)>,
}

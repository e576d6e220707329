//! The vocabulary of `x-typewright`, typed: facts about an API that OpenAPI cannot say.
//!
//! Owns the types and nothing else; `extension` reads them from the tree, `specs/x-typewright.schema.json` describes them to editors.

mod session;
mod webhook;

use std::collections::BTreeMap;

use serde::Serialize;

pub use self::session::{SessionFacts, SessionRole};
pub use self::webhook::{MacEncoding, Part, SignatureFacts, WebhookFacts};

/// Formats whose texts can be held to them: those that have a value type.
pub(crate) const WELL_FORMED: &[&str] = &["byte", "date", "date-time", "uuid"];

/// At the root of a document.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RootFacts {
    /// `client: Petstore`: the client's type; else made of the title.
    pub client: Option<String>,
    /// `environments`: named base URLs.
    pub environments: Option<Environments>,
    /// `variables`: what `from_env` reads; key is the option (`base_url`, `timeout_ms`, `client_id`, `client_secret`, `scope`,
    /// `token`, `api_key`, `username`, `password`, `rate_limit`), value is the variable. `token` and `api_key` may be followed by
    /// a dot and the key of a security scheme.
    pub variables: BTreeMap<String, String>,
    /// `headers`: constant headers of every request.
    pub headers: BTreeMap<String, String>,
    /// `user_agent`: product name; the crate's version follows it. Default: the crate's name.
    pub user_agent: Option<String>,
    /// `call_headers`: headers that a call sets by name, for example `request_id: x-request-id`. `idempotency_key` is known
    /// to the runtime; every other one becomes a method of a call.
    pub call_headers: BTreeMap<String, String>,
    /// `reserved_headers`: refused as constant, default or call header.
    pub reserved_headers: Vec<String>,
    /// `timeouts`.
    pub timeouts: Timeouts,
    /// `retry`.
    pub retry: RetryFacts,
    /// `idempotency`: keys by which the server recognises a repetition.
    pub idempotency: Option<Idempotency>,
    /// `locking: optimistic`: a 409 says that the thing has changed meanwhile.
    pub optimistic_locking: bool,
    /// `errors`.
    pub errors: ErrorFacts,
    /// `token`: the token endpoint, by security scheme.
    pub token: Option<TokenFacts>,
    /// `validate: requests`: constraints are checked before sending.
    pub validate_requests: bool,
    /// `query: form`: queries are spelled as forms are, a space as `+`.
    pub form_query: bool,
    /// `session`: people log in, and a cookie renews their token.
    pub session: Option<SessionFacts>,
    /// `webhooks`: what all messages that the API sends have in common.
    pub webhooks: Option<WebhookFacts>,
    /// `cookies`: `click_id: _cid` makes a constant that finds the id which this cookie carries in a request.
    pub cookies: BTreeMap<String, String>,
    /// `official_sdk`: for readers who come from it.
    pub official_sdk: Option<OfficialSdk>,
    /// `signing`: how requests are signed.
    pub signing: Option<SigningFacts>,
    /// `filters`: for every operation that has the named parameters.
    pub filters: Option<Filters>,
    /// `pagination`: for every operation that has the named parameters and members.
    pub pagination: Option<Pagination>,
    /// `credentials: required`: without credentials there is no client.
    pub credentials_required: bool,
    /// `base_url`: how people write it.
    pub base_url: BaseUrl,
    /// `rate_limit`: how often the API may be called.
    pub rate_limit: Option<RateLimit>,
}

/// What people write as a base URL, and what of it is one.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct BaseUrl {
    /// `cut: [v1, api]`: it ends before the first of these path segments, in whatever case.
    pub cut: Vec<String>,
    /// `scheme: https`: of a URL that is written without one.
    pub scheme: Option<String>,
}

/// How often an API may be called.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RateLimit {
    /// Requests within a window.
    pub requests: u32,
    /// The window, which slides.
    pub window_s: u64,
    /// `{limit}` and `{seconds}` stand for the number and for what is left of the window.
    pub message: Option<String>,
    /// `shared: process`: clients of one process share it as far as server and credentials are the same.
    pub shared: bool,
}

/// Named base URLs.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Environments {
    /// Selects one in `from_env`.
    pub variable: Option<String>,
    /// Used when nothing is said; without it something has to be said.
    pub default: Option<String>,
    /// Name to base URL, in the document's order.
    pub values: Vec<(String, String)>,
}

/// Time limits, in milliseconds. `Some(0)` is none.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Timeouts {
    /// `connect_ms`.
    pub connect_ms: Option<u64>,
    /// `attempt_ms`: one attempt, its answer's body included.
    pub attempt_ms: Option<u64>,
    /// `total_ms`: a call with all its attempts.
    pub total_ms: Option<u64>,
    /// `stall_ms`: a body of which nothing comes.
    pub stall_ms: Option<u64>,
}

/// Retry policies by kind of request.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RetryFacts {
    /// GET and HEAD.
    pub read: Option<RetryPolicy>,
    /// Requests to the token endpoint.
    pub token: Option<RetryPolicy>,
    /// Everything else.
    pub write: Option<RetryPolicy>,
}

/// One policy.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RetryPolicy {
    /// `enabled: false`: off until the application switches it on; the other members then say what "on" means. Default true.
    pub enabled: bool,
    /// First try included.
    pub attempts: Option<u32>,
    /// Before the first retry; doubled each time.
    pub base_delay_ms: Option<u64>,
    /// Cap of every delay, `Retry-After` included.
    pub max_delay_ms: Option<u64>,
    /// Statuses, `429` or `5XX`.
    pub statuses: Option<Vec<String>>,
    /// Whether transport faults are retried.
    pub network: Option<bool>,
    /// How delays are spread; default: anything from nothing to the whole delay.
    pub jitter: Option<Jitter>,
}

/// How the delays of a policy are spread.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub enum Jitter {
    /// Uniform factor, for example `[0.75, 1.25]`.
    Factor(f64, f64),
    /// `added`: each delay and anything up to the first one.
    Added,
}

/// Keys by which the server recognises a repetition.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Idempotency {
    /// The header of the key.
    pub header: String,
    /// Methods with which the server looks at it. Default: POST, PUT, PATCH, DELETE.
    pub methods: Vec<String>,
    /// How a key is made for a call that brings none: `pets-{uuid}`.
    pub value: Option<String>,
    /// Statuses of answers that the server keeps under the key, so that a repetition after them needs a new one.
    pub renew: Vec<String>,
    /// How requests with a key are repeated. Default: as writes are.
    pub retry: Option<RetryPolicy>,
    /// The server recognises a repetition while the first request is still running.
    pub marks_running: bool,
}

/// How the API tells its faults.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ErrorFacts {
    /// JSON pointers into the body, first hit wins.
    pub code: Vec<String>,
    /// JSON pointers into the body.
    pub message: Vec<String>,
    /// JSON pointers into the body.
    pub details: Vec<String>,
    /// Key of the component that lists the codes; its enum becomes the type of `Error::code()`.
    pub codes: Option<String>,
    /// Headers in order of preference.
    pub request_id: Vec<String>,
    /// Headers in order of preference.
    pub trace_id: Vec<String>,
    /// `validation`: statuses that say that the input was refused. Default `400`.
    pub validation: Vec<String>,
    /// `unreadable`: the code of the error for a success that cannot be read.
    pub unreadable: Option<String>,
    /// `bad_input`: the code of the error for input that is refused before anything is sent.
    pub bad_input: Option<String>,
    /// `bad_setup`: the code of the error for a client that cannot be set up.
    pub bad_setup: Option<String>,
    /// `status`: JSON pointers to the status that the body tells.
    pub status: Vec<String>,
    /// `in_success`: by what a body shows that it is an error although its status says success.
    pub in_success: Vec<ErrorSign>,
    /// `rate_limit`: headers that tell of it.
    pub rate_limit: Option<RateLimitHeaders>,
    /// `values`: what else errors tell, by the name of the method that gives it; JSON pointers.
    pub values: Vec<(String, String)>,
}

/// A sign that a body is an error.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ErrorSign {
    /// JSON pointer.
    pub at: String,
    /// `is: false`: this truth value is there.
    pub is: Option<bool>,
    /// `at_least: 400`: a number is there that is not below this. Without `is` and `at_least`: anything is there.
    pub at_least: Option<u64>,
}

/// Headers in order of preference that tell of a rate limit.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RateLimitHeaders {
    /// `limit`: how many requests are allowed.
    pub limit: Vec<String>,
    /// `remaining`: how many of them are left.
    pub remaining: Vec<String>,
    /// `reset`: when that starts anew.
    pub reset: Vec<String>,
}

/// How requests are signed. Digests are SHA-256, MACs HMAC-SHA256.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SigningFacts {
    /// Key of the security scheme whose credential signs.
    pub scheme: String,
    /// Methods that are signed; empty: all.
    pub methods: Vec<String>,
    /// What is signed, with words in braces.
    pub template: String,
    /// `encoding: base64` instead of hexadecimal digits.
    pub base64: bool,
    /// Headers that go along, with words in braces.
    pub headers: Vec<(String, String)>,
}

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

/// The provider's own SDK, for the README.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct OfficialSdk {
    /// Its name and version.
    pub name: String,
    /// What is written with it, and what is written with the client.
    pub calls: Vec<(String, String)>,
    /// `operations: "client.{operation_id}"`: its counterpart of every operation, over the operation's id.
    pub operations: Option<String>,
    /// What the client does differently, on purpose.
    pub differences: Vec<String>,
}

/// A token endpoint.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TokenFacts {
    /// Key of the security scheme that it serves.
    pub scheme: String,
    /// Path below the base URL, or a whole URL; default: the scheme's `tokenUrl`.
    pub url: Option<String>,
    /// How the credentials travel: `basic` or `form`.
    pub credentials: TokenCredentials,
    /// Form fields of the request in order: name to value; a value may be `{client_id}`, `{client_secret}`, `{scope}`, and a
    /// field whose placeholder is unset is left out. Default: `grant_type: client_credentials`, `scope: "{scope}"`.
    pub fields: Vec<(String, String)>,
    /// `form: component`: fields are percent-encoded as JavaScript's `encodeURIComponent` does it, a space as `%20`.
    pub component_form: bool,
    /// Members of the answer that hold the token, first hit wins. Default `access_token`.
    pub access_token: Vec<String>,
    /// Default `token_type`.
    pub token_type: Vec<String>,
    /// Default `expires_in`.
    pub expires_in: Vec<String>,
    /// Lifetime in seconds when the answer names none.
    pub default_lifetime: Option<u64>,
    /// Seconds before its end at which a token is no longer used; settable in the builder.
    pub refresh_margin: Option<u64>,
    /// `keep_on_unauthorized: true`: a 401 is the answer; the token is neither forgotten nor fetched anew because of it.
    pub keep_on_unauthorized: bool,
    /// `repeat: reads`: after a 401 only GET and HEAD are repeated with a new token; else the 401 is the answer.
    pub repeat_reads_only: bool,
    /// `shared: process`: a new token ends the one before, so clients of one process share theirs.
    pub shared: bool,
    /// Headers that carry the token and their templates over `{token_type}`, `{access_token}` and `{client_id}`, default
    /// `authorization: "{token_type} {access_token}"`.
    pub headers: Vec<(String, String)>,
}

/// How client credentials travel to a token endpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum TokenCredentials {
    /// `authorization: Basic`.
    #[default]
    Basic,
    /// As form fields.
    Form,
}

/// How an operation pages. Query names and JSON pointers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Pagination {
    /// `style: page`: a counted page.
    Page {
        /// Query parameter of the page's number.
        page: String,
        /// Number of the first page.
        first: u64,
        /// Query parameter of the page's size, if any.
        size: Option<String>,
        /// Pointer to the items.
        items: String,
        /// Pointer to the number of pages, if the answer tells.
        total_pages: Option<String>,
    },
    /// `style: offset`.
    Offset {
        /// Query parameter of the offset.
        offset: String,
        /// Query parameter of the limit.
        limit: String,
        /// Pointer to the items.
        items: String,
        /// Pointer to the total, if the answer tells.
        total: Option<String>,
    },
    /// `style: cursor`.
    Cursor {
        /// Query parameter of the cursor.
        cursor: String,
        /// Pointer to the items.
        items: String,
        /// Where the next cursor is.
        next: NextCursor,
        /// Pointer to a flag that says whether there is more, if the answer tells.
        more: Option<String>,
    },
    /// `style: link`: the answer names the URL of the next page.
    Link {
        /// Pointer to the items.
        items: String,
        /// Pointer to the URL; without one the header has it, `Link: <…>; rel="next"`.
        next: Option<String>,
    },
}

/// Where the next cursor is. JSON pointers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum NextCursor {
    /// `next: /next_cursor`: in the answer.
    Answer(String),
    /// `last_item: /id`: in the last item of the answer.
    LastItem(String),
}

/// At an operation.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct OperationFacts {
    /// `resource: creators`; dots nest.
    pub resource: Option<String>,
    /// `method: list`.
    pub method: Option<String>,
    /// `scopes`: shown in the docs.
    pub scopes: Vec<String>,
    /// `pagination`, or `pagination: none` against the root's.
    pub pagination: Option<Option<Pagination>>,
    /// `retry`: a policy of its own.
    pub retry: Option<RetryPolicy>,
    /// `idempotency`, or `idempotency: none` against the root's.
    pub idempotency: Option<Option<Idempotency>>,
    /// `expects`: JSON pointers into a success; an answer in which one is missing, null or empty is an error.
    pub expects: Vec<String>,
    /// `projections`: operations that ask the same and give a member of the answer, by method.
    pub projections: Vec<(String, ProjectionFacts)>,
    /// Of a projection, once it stands for itself: where the member is.
    pub projection: Option<String>,
    /// `variants`: operations that send the same with some members filled in, by method.
    pub variants: Vec<(String, VariantFacts)>,
    /// Of a variant, once it stands for itself: members of the body and their JSON.
    pub fill: Vec<(String, String)>,
    /// `preview: customer-stream`: not stable yet, and only there with this cargo feature.
    pub preview: Option<String>,
    /// `answers: unverified`: nobody has documented what they hold.
    pub unverified: bool,
    /// `body: flat`: required members of the body are arguments of the method, optional ones setters of the call.
    pub flat_body: bool,
    /// `session`: what it does to the session.
    pub session: Option<SessionRole>,
    /// `events`: at the operation of a webhook or callback, the names that its deliveries have; `*` stands for any text.
    /// Default: the key of the webhook.
    pub events: Vec<String>,
    /// `token_endpoint: true`: typed for the record, but called by the credentials, not by a method.
    pub token_endpoint: bool,
    /// `official_sdk: client.pets.find`: its counterpart in the provider's own SDK, or `official_sdk: none`.
    pub official_sdk: Option<Option<String>>,
}

/// An operation that gives a member of another one's answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ProjectionFacts {
    /// JSON pointer to the member.
    pub member: String,
    /// One line.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
}

/// An operation that sends what another one sends, with some members filled in.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct VariantFacts {
    /// Members of the body and their JSON.
    pub fill: Vec<(String, String)>,
    /// One line.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
}

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

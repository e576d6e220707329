//! One operation: its request line, parameters, body, answers and what it needs.
//!
//! Does not own styles and rules of values (the codec's side), nor how a request is put together (`call`).

use super::{Adjustment, IdempotencyFacts, Need, Pagination, PartFacts, RetryFacts, SessionRole};
use crate::text::rules::{MemberRules, Rule};
use crate::text::style::{FormField, StyleFacts};

/// One operation.
#[derive(Debug)]
pub struct OperationFacts {
    pub(crate) name: &'static str,
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) parameters: &'static [Parameter],
    pub(crate) body: Option<BodyFacts>,
    pub(crate) other_bodies: &'static [BodyFacts],
    pub(crate) accept: Option<&'static str>,
    pub(crate) security: &'static [&'static [Need]],
    pub(crate) answers: &'static [Answer],
    pub(crate) pagination: Option<Pagination>,
    pub(crate) retry: Option<RetryFacts>,
    pub(crate) session: Option<SessionRole>,
    pub(crate) repeatable_with_key: bool,
    /// Instead of the client's; `Some(None)`: the server looks at no key.
    pub(crate) idempotency: Option<Option<IdempotencyFacts>>,
    pub(crate) base_url: Option<&'static str>,
    /// Index into the client's `operation_servers`.
    pub(crate) server: Option<usize>,
    pub(crate) expects: &'static [&'static str],
    pub(crate) unverified: bool,
}

impl OperationFacts {
    /// An operation by its name (`pets.list`), method and path template (`/pets/{id}`).
    #[must_use]
    pub const fn new(name: &'static str, method: &'static str, path: &'static str) -> Self {
        Self {
            name,
            method,
            path,
            parameters: &[],
            body: None,
            other_bodies: &[],
            accept: None,
            security: &[],
            answers: &[],
            pagination: None,
            retry: None,
            session: None,
            repeatable_with_key: false,
            idempotency: None,
            base_url: None,
            server: None,
            expects: &[],
            unverified: false,
        }
    }

    /// The parameters; calls name them by index. The query keeps this order.
    #[must_use]
    pub const fn parameters(mut self, parameters: &'static [Parameter]) -> Self {
        self.parameters = parameters;
        self
    }

    /// The body.
    #[must_use]
    pub const fn body(mut self, body: BodyFacts) -> Self {
        self.body = Some(body);
        self
    }

    /// Bodies of other content types, among which the caller chooses by index.
    #[must_use]
    pub const fn other_bodies(mut self, bodies: &'static [BodyFacts]) -> Self {
        self.other_bodies = bodies;
        self
    }

    /// The `accept` header, where it is not the client's.
    #[must_use]
    pub const fn accept(mut self, accept: &'static str) -> Self {
        self.accept = Some(accept);
        self
    }

    /// Alternatives, each a list of schemes that are needed together; an empty one means that none is needed.
    #[must_use]
    pub const fn security(mut self, alternatives: &'static [&'static [Need]]) -> Self {
        self.security = alternatives;
        self
    }

    /// The declared answers. Every other 2xx is a success too, every other status an error.
    #[must_use]
    pub const fn answers(mut self, answers: &'static [Answer]) -> Self {
        self.answers = answers;
        self
    }

    /// How the answer is cut into pages.
    #[must_use]
    pub const fn pagination(mut self, pagination: Pagination) -> Self {
        self.pagination = Some(pagination);
        self
    }

    /// A retry policy of its own.
    #[must_use]
    pub const fn retry(mut self, retry: RetryFacts) -> Self {
        self.retry = Some(retry);
        self
    }

    /// What it does to the session of its client.
    #[must_use]
    pub const fn session(mut self, role: SessionRole) -> Self {
        self.session = Some(role);
        self
    }

    /// A server of its own. A base URL that the application or the environment chose goes before it, unless it is a path of
    /// whatever host is asked.
    #[must_use]
    pub const fn base_url(mut self, url: &'static str) -> Self {
        self.base_url = Some(url);
        self
    }

    /// A server of its own whose URL has variables: the index of one of the client's `operation_servers`.
    #[must_use]
    pub const fn server(mut self, index: usize) -> Self {
        self.server = Some(index);
        self
    }

    /// Nobody has documented what the answers hold: they are read tolerantly, an empty one as an empty object.
    #[must_use]
    pub const fn unverified(mut self) -> Self {
        self.unverified = true;
        self
    }

    /// JSON pointers to what a success must hold: not missing, not null, not empty.
    #[must_use]
    pub const fn expects(mut self, pointers: &'static [&'static str]) -> Self {
        self.expects = pointers;
        self
    }

    /// Keys of its own, by which the server recognises a repetition.
    #[must_use]
    pub const fn idempotency(mut self, idempotency: IdempotencyFacts) -> Self {
        self.idempotency = Some(Some(idempotency));
        self
    }

    /// The server looks at no key, whatever holds for the other operations.
    #[must_use]
    pub const fn no_idempotency(mut self) -> Self {
        self.idempotency = Some(None);
        self
    }

    /// With an idempotency key the call may be repeated although its outcome is unknown.
    #[must_use]
    pub const fn repeatable_with_key(mut self) -> Self {
        self.repeatable_with_key = true;
        self
    }
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// As a header.
    Header,
    /// As a cookie.
    Cookie,
    /// As a member of the body.
    Body,
    /// As a header of a part of the body.
    Part,
}

/// One parameter.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    pub(crate) wire_name: &'static str,
    pub(crate) location: Location,
    pub(crate) style: StyleFacts,
    /// It is the whole query, written as a body of this kind.
    pub(crate) whole: Option<BodyKind>,
    pub(crate) fields: &'static [FormField],
    /// The member of the body whose part has it as a header.
    pub(crate) part: &'static str,
    /// What that part has where the call says nothing, as JSON.
    pub(crate) usual: Option<&'static str>,
    /// That part cannot be sent without it.
    pub(crate) needed: bool,
    pub(crate) sensitive: bool,
    pub(crate) rules: &'static [Rule],
    pub(crate) members: &'static [MemberRules],
}

impl Parameter {
    const fn with(wire_name: &'static str, location: Location, style: StyleFacts) -> Self {
        Self {
            wire_name,
            location,
            style,
            whole: None,
            fields: &[],
            part: "",
            usual: None,
            needed: false,
            sensitive: false,
            rules: &[],
            members: &[],
        }
    }

    /// A path parameter, `style: simple`.
    #[must_use]
    pub const fn path(wire_name: &'static str) -> Self {
        Self::with(wire_name, Location::Path, StyleFacts::path())
    }

    /// A query parameter, `style: form`, exploded.
    #[must_use]
    pub const fn query(wire_name: &'static str) -> Self {
        Self::with(wire_name, Location::Query, StyleFacts::query())
    }

    /// A header, `style: simple`.
    #[must_use]
    pub const fn header(wire_name: &'static str) -> Self {
        Self::with(wire_name, Location::Header, StyleFacts::header())
    }

    /// A cookie, `style: form`.
    #[must_use]
    pub const fn cookie(wire_name: &'static str) -> Self {
        Self::with(wire_name, Location::Cookie, StyleFacts::cookie())
    }

    /// A member of a flat body. Members are put together in the order of the parameters.
    #[must_use]
    pub const fn body(wire_name: &'static str) -> Self {
        Self::with(wire_name, Location::Body, StyleFacts::path())
    }

    /// A header of a part of a multipart body, `style: simple`. Only bodies in parts have it, and only where they have the part.
    #[must_use]
    pub const fn part(part: &'static str, wire_name: &'static str) -> Self {
        Self { part, ..Self::with(wire_name, Location::Part, StyleFacts::header()) }
    }

    /// What a part's header is where the call says nothing: JSON text.
    #[must_use]
    pub const fn usual(mut self, json: &'static str) -> Self {
        self.usual = Some(json);
        self
    }

    /// A part's header without which the part cannot be sent.
    #[must_use]
    pub const fn needed(mut self) -> Self {
        self.needed = true;
        self
    }

    /// How the value is written, where that is not the default of its place.
    #[must_use]
    pub const fn style(mut self, style: StyleFacts) -> Self {
        self.style = style;
        self
    }

    /// The value is the whole query, written as a body of this kind would be: a form, JSON or text.
    #[must_use]
    pub const fn whole_query(mut self, kind: BodyKind) -> Self {
        self.whole = Some(kind);
        self
    }

    /// How members of a whole query that is a form are written, where they do not follow the default.
    #[must_use]
    pub const fn fields(mut self, fields: &'static [FormField]) -> Self {
        self.fields = fields;
        self
    }

    /// The value appears in no event and no span.
    #[must_use]
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// Rules of the value.
    #[must_use]
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// Rules of what is inside the value.
    #[must_use]
    pub const fn members(mut self, members: &'static [MemberRules]) -> Self {
        self.members = members;
        self
    }
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyKind {
    /// JSON text.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    Multipart,
    /// Text as it is.
    Text,
    /// Bytes as they are.
    Bytes,
}

/// The body of a request.
#[derive(Clone, Copy, Debug)]
pub struct BodyFacts {
    pub(crate) kind: BodyKind,
    pub(crate) content_type: &'static str,
    pub(crate) own_rules: &'static [Rule],
    pub(crate) rules: &'static [MemberRules],
    pub(crate) fields: &'static [FormField],
    pub(crate) parts: &'static [PartFacts],
    pub(crate) adjustments: &'static [Adjustment],
    pub(crate) optional: bool,
}

impl BodyFacts {
    const fn with(kind: BodyKind, content_type: &'static str) -> Self {
        Self {
            kind,
            content_type,
            own_rules: &[],
            rules: &[],
            fields: &[],
            parts: &[],
            adjustments: &[],
            optional: false,
        }
    }

    /// A JSON body with its content type.
    #[must_use]
    pub const fn json(content_type: &'static str) -> Self {
        Self::with(BodyKind::Json, content_type)
    }

    /// A form.
    #[must_use]
    pub const fn form(content_type: &'static str) -> Self {
        Self::with(BodyKind::Form, content_type)
    }

    /// Parts, files among them.
    #[must_use]
    pub const fn multipart(content_type: &'static str) -> Self {
        Self::with(BodyKind::Multipart, content_type)
    }

    /// Text.
    #[must_use]
    pub const fn text(content_type: &'static str) -> Self {
        Self::with(BodyKind::Text, content_type)
    }

    /// Bytes.
    #[must_use]
    pub const fn bytes(content_type: &'static str) -> Self {
        Self::with(BodyKind::Bytes, content_type)
    }

    /// Rules of its members.
    #[must_use]
    pub const fn rules(mut self, rules: &'static [MemberRules]) -> Self {
        self.rules = rules;
        self
    }

    /// Rules of the body as a whole.
    #[must_use]
    pub const fn own_rules(mut self, rules: &'static [Rule]) -> Self {
        self.own_rules = rules;
        self
    }

    /// What the client changes in the body before it is checked.
    #[must_use]
    pub const fn adjustments(mut self, adjustments: &'static [Adjustment]) -> Self {
        self.adjustments = adjustments;
        self
    }

    /// A flat body of which nothing is set is not sent.
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// What the document says of members that are parts.
    #[must_use]
    pub const fn parts(mut self, parts: &'static [PartFacts]) -> Self {
        self.parts = parts;
        self
    }

    /// How members of a form are written that do not follow the default.
    #[must_use]
    pub const fn fields(mut self, fields: &'static [FormField]) -> Self {
        self.fields = fields;
        self
    }
}

/// A status, a class of them, or all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Status {
    /// `404`.
    Exact(u16),
    /// `4XX`: the first digit.
    Class(u16),
    /// `default`.
    Default,
}

impl Status {
    /// Whether a status is meant.
    #[must_use]
    pub const fn matches(self, status: u16) -> bool {
        match self {
            Self::Exact(exact) => exact == status,
            Self::Class(class) => status / 100 == class,
            Self::Default => true,
        }
    }

    /// The more exact of two matching ones wins.
    const fn rank(self) -> u8 {
        match self {
            Self::Exact(_) => 2,
            Self::Class(_) => 1,
            Self::Default => 0,
        }
    }
}

impl From<u16> for Status {
    fn from(status: u16) -> Self {
        Self::Exact(status)
    }
}

/// A declared answer.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    pub(crate) status: Status,
    pub(crate) error: Option<usize>,
}

impl Answer {
    /// A success with this status.
    #[must_use]
    pub const fn success(status: u16) -> Self {
        Self { status: Status::Exact(status), error: None }
    }

    /// Success with every status of a class or with all others.
    #[must_use]
    pub const fn successes(status: Status) -> Self {
        Self { status, error: None }
    }

    /// An error, and the index of its schema in the client's error enum.
    #[must_use]
    pub const fn error(status: Status, schema: usize) -> Self {
        Self { status, error: Some(schema) }
    }

    /// The declared answer that describes a status best. `default` never describes a success.
    pub(crate) fn find(answers: &'static [Self], status: u16) -> Option<&'static Self> {
        let fits = |answer: &&Self| {
            answer.status.matches(status)
                && !(answer.status == Status::Default && answer.error.is_some() && status / 100 == 2)
        };
        answers.iter().filter(fits).max_by_key(|answer| answer.status.rank())
    }
}

//! What the table is made of: objects, rows and kinds, and the units in which a document can do without something.
//!
//! Owns how a row is written; which rows there are is the table's.

use super::super::structure::Version;
use Version::{V30, V32};

/// An object of the specification.
#[derive(Debug)]
pub(in crate::normalise) struct Object {
    /// As messages call it: `an operation`.
    pub(in crate::normalise) name: &'static str,
    /// What it has.
    pub(in crate::normalise) members: &'static [Row],
    /// What other keys mean.
    pub(in crate::normalise) others: Others,
    /// What a plain table cannot say.
    pub(in crate::normalise) rules: &'static [Rule],
    /// What is left out when something inside makes no sense.
    pub(in crate::normalise) unit: Option<Unit>,
}

/// A part of a document that it can do without as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::normalise) enum Unit {
    /// A path with all its operations.
    Path,
    /// An operation.
    Operation,
    /// A callback, which no request needs.
    Callback,
    /// A component. Inside an operation it is no unit: a parameter without its name spoils the operation.
    Component(&'static str),
}

impl Unit {
    /// As the recovery calls it.
    pub(in crate::normalise) fn name(self) -> &'static str {
        match self {
            Self::Path => "the path",
            Self::Operation => "the operation",
            Self::Callback => "the callback",
            Self::Component(name) => name,
        }
    }

    /// Whether a fault in it is its own affair, and not that of the unit around it.
    pub(in crate::normalise) fn stands_alone_in(self, outer: Option<Self>) -> bool {
        match outer {
            None => true,
            Some(Self::Path) => self == Self::Operation,
            Some(Self::Operation) => self == Self::Callback,
            Some(Self::Callback | Self::Component(_)) => false,
        }
    }
}

/// What a key means that the table does not list.
#[derive(Debug)]
pub(in crate::normalise) enum Others {
    /// A mistake.
    Unknown,
    /// Annotations are allowed since 3.1, so only near misses of known keywords are mistakes.
    Annotations,
    /// Any key, each with a value of this kind.
    Map(Kind),
    /// Keys that begin with a slash.
    Paths(Kind),
    /// Statuses: `200`, `4XX`, `default`.
    Statuses(Kind),
}

/// What depends on more than one member.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::normalise) enum Rule {
    /// Where the first member has this value, the second must be there.
    When(&'static str, &'static str, &'static str),
    /// A parameter of a path is always required.
    PathParameterIsRequired,
    /// One of the two must be there; the first is assumed, empty.
    OneOf(&'static str, &'static str),
    /// The two exclude each other; the second is left out.
    NotBoth(&'static str, &'static str),
    /// A 3.0 array needs `items`.
    ArrayNeedsItems,
    /// A parameter's style is one that its place has.
    StyleOfPlace,
    /// A server's URL names a host, or a path of the host that the client asks.
    ServerUrl,
    /// `paths` may be missing since 3.1, where webhooks or components suffice.
    Paths,
    /// The name of a parameter that is the whole query is not sent, so that one can be made up.
    WholeQueryHasName,
}

/// One member.
#[derive(Clone, Copy, Debug)]
pub(in crate::normalise) struct Row {
    pub(in crate::normalise) key: &'static str,
    pub(in crate::normalise) kind: Kind,
    pub(in crate::normalise) need: Need,
    /// Whether a mistyped value makes what holds it meaningless.
    pub(in crate::normalise) vital: bool,
    pub(in crate::normalise) since: Version,
    pub(in crate::normalise) until: Version,
}

/// Whether a member must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::normalise) enum Need {
    Optional,
    /// Without it the object means nothing.
    Required,
    /// Without it the object can be left out.
    OrDropped,
    /// Without it this is taken.
    Assumed(Assume),
}

/// What is taken for a missing member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::normalise) enum Assume {
    Text(&'static str),
    EmptyObject,
    /// A title made of the file's name.
    Title,
    /// `info` with that title.
    Info,
}

/// The type of a value.
#[derive(Clone, Copy, Debug)]
pub(in crate::normalise) enum Kind {
    Any,
    /// A string; a number or boolean is read as its text.
    Text,
    /// A string and nothing else.
    StrictText,
    /// One of these strings, each since a version.
    Word(&'static [(&'static str, Version)]),
    Bool,
    Number,
    /// A whole number that is not negative.
    Count,
    Object(&'static Object),
    /// The object, or a reference to one.
    OrReference(&'static Object),
    List(&'static Kind),
    Map(&'static Kind),
    /// An object, or a boolean (since 3.1).
    Schema,
    /// `additionalProperties`: a boolean in every version.
    SchemaOrBool,
    /// `type`: a word, or a list of words since 3.1.
    Types,
    /// `exclusiveMinimum`: a boolean in 3.0, a number since.
    Exclusive,
}

impl Kind {
    /// Whether its JSON form is an object.
    pub(in crate::normalise) fn is_object(&self) -> bool {
        matches!(self, Self::Object(_) | Self::OrReference(_) | Self::Map(_) | Self::Schema | Self::SchemaOrBool)
    }

    /// Whether OpenAPI lets no reference stand in its place, so that a `$ref` in it can only be meant as one.
    pub(in crate::normalise) fn is_never_reference(&self) -> bool {
        match self {
            Self::Object(object) => {
                !matches!(object.others, Others::Map(_)) && object.members.iter().all(|row| row.key != "$ref")
            }
            Self::Map(kind) => kind.is_object(),
            Self::List(_) => true,
            _ => false,
        }
    }
}

/// A row that says nothing but its key, for what a rule finds missing.
pub(in crate::normalise) const fn plain(key: &'static str) -> Row {
    row(key, Kind::Any)
}

pub(super) const fn row(key: &'static str, kind: Kind) -> Row {
    Row { key, kind, need: Need::Optional, vital: false, since: V30, until: V32 }
}

impl Row {
    pub(super) const fn vital(mut self) -> Self {
        self.vital = true;
        self
    }

    pub(super) const fn required(mut self) -> Self {
        self.need = Need::Required;
        self.vital()
    }

    pub(super) const fn or_dropped(mut self) -> Self {
        self.need = Need::OrDropped;
        self
    }

    pub(super) const fn assumed(mut self, assume: Assume) -> Self {
        self.need = Need::Assumed(assume);
        self
    }

    pub(super) const fn since(mut self, version: Version) -> Self {
        self.since = version;
        self
    }

    pub(super) const fn until(mut self, version: Version) -> Self {
        self.until = version;
        self
    }
}

pub(super) const fn object(name: &'static str, members: &'static [Row]) -> Object {
    Object { name, members, others: Others::Unknown, rules: &[], unit: None }
}

//! What the tables of OpenAPI's objects are made of.
//!
//! One table drives all that looks at a document: the structure check judges members by it, the pass `references` walks
//! along it, and the lift reads by it. Owns how a row is written; which rows there are is each noun's own business.

use super::{
    callback, components, encoding, example, header, link, media_type, operation, parameter, path_item, request_body,
    response, root, schema, security,
};
use crate::tree::{NodeId, Tree, Value};
use Version::{V30, V32};

/// A version of the specification; patch releases do not differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// 3.0
    V30,
    /// 3.1
    V31,
    /// 3.2
    V32,
}

impl Version {
    /// `3.0`, `3.1` or `3.2`.
    pub fn name(self) -> &'static str {
        match self {
            Self::V30 => "3.0",
            Self::V31 => "3.1",
            Self::V32 => "3.2",
        }
    }
}

/// An object that references lead to, or that holds such objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Noun {
    Document,
    Components,
    PathItem,
    Operation,
    Callback,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Response,
    Header,
    Example,
    Link,
    SecurityScheme,
    Schema,
}

impl Noun {
    /// Its table.
    pub(crate) fn object(self) -> &'static Object {
        match self {
            Self::Document => &root::DOCUMENT,
            Self::Components => &components::COMPONENTS,
            Self::PathItem => &path_item::PATH_ITEM,
            Self::Operation => &operation::OPERATION,
            Self::Callback => &callback::CALLBACK,
            Self::Parameter => &parameter::PARAMETER,
            Self::RequestBody => &request_body::REQUEST_BODY,
            Self::MediaType => &media_type::MEDIA_TYPE,
            Self::Encoding => &encoding::ENCODING,
            Self::Response => &response::RESPONSE,
            Self::Header => &header::HEADER,
            Self::Example => &example::EXAMPLE,
            Self::Link => &link::LINK,
            Self::SecurityScheme => &security::SECURITY_SCHEME,
            Self::Schema => &schema::SCHEMA,
        }
    }

    /// The section of `components` that holds it; `None` where no reference may stand in its place.
    pub(crate) fn section(self) -> Option<&'static str> {
        let holds = |row: &&Row| matches!(row.holds, Holds::Map(entry) if entry.noun() == Some(self));
        components::COMPONENTS.rows.iter().find(holds).map(|row| row.key)
    }

    /// What stands where a reference to it may stand; `None` where none may.
    pub(crate) fn position(self) -> Option<Holds> {
        let row = components::COMPONENTS.rows.iter().find(|row| Some(row.key) == self.section())?;
        match row.holds {
            Holds::Map(entry) => Some(*entry),
            _ => None,
        }
    }

    /// For messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Document => "a document",
            Self::Components => "components",
            other => other.object().name,
        }
    }

    /// The objects directly below one that stands at `node`, in the document's order.
    pub(crate) fn children(self, tree: &Tree, node: NodeId) -> Vec<(Self, NodeId)> {
        let mut found = Vec::new();
        self.object().children(tree, node, &mut found);
        found
    }
}

/// An object of the specification.
#[derive(Debug)]
pub(crate) struct Object {
    /// As messages call it: `an operation`.
    pub(crate) name: &'static str,
    /// What references know it as, if they lead to it or into it.
    pub(crate) noun: Option<Noun>,
    /// What it has.
    pub(crate) rows: &'static [Row],
    /// What other keys mean.
    pub(crate) others: Others,
    /// What a row cannot say.
    pub(crate) rules: &'static [Rule],
    /// What is left out when something inside makes no sense.
    pub(crate) unit: Option<Unit>,
    /// Members that authors write and OpenAPI 3 does not have, mostly from Swagger 2.0, with what to do about them.
    pub(crate) hints: &'static [(&'static str, &'static str)],
}

impl Object {
    /// The row of a member.
    pub(crate) fn row(&self, key: &str) -> Option<&'static Row> {
        self.rows.iter().find(|row| row.key == key)
    }

    fn children(&self, tree: &Tree, node: NodeId, found: &mut Vec<(Noun, NodeId)>) {
        for member in tree.as_mapping(node).unwrap_or_default() {
            if let Some(row) = self.row(&member.key) {
                if row.is_read {
                    row.holds.below(tree, member.value, found);
                }
            } else if let Some(holds) = self.others.entries()
                && !is_extension(&member.key)
                && &*member.key != "$ref"
            {
                holds.entry(tree, member.value, found);
            }
        }
    }
}

/// Whether a key is an extension's.
pub(crate) fn is_extension(key: &str) -> bool {
    key.starts_with("x-")
}

/// A part of a document that it can do without as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
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
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Path => "the path",
            Self::Operation => "the operation",
            Self::Callback => "the callback",
            Self::Component(name) => name,
        }
    }

    /// Whether a fault in it is its own affair, and not that of the unit around it.
    pub(crate) fn stands_alone_in(self, outer: Option<Self>) -> bool {
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
pub(crate) enum Others {
    /// A mistake.
    Unknown,
    /// Annotations are allowed since 3.1, so only near misses of known keywords are mistakes.
    Annotations,
    /// Any key, each with a value of this kind.
    Map(Holds),
    /// Keys that begin with a slash.
    Paths(Holds),
    /// Statuses: `200`, `4XX`, `default`.
    Statuses(Holds),
}

impl Others {
    fn entries(&self) -> Option<&Holds> {
        match self {
            Self::Unknown | Self::Annotations => None,
            Self::Map(holds) | Self::Paths(holds) | Self::Statuses(holds) => Some(holds),
        }
    }
}

/// What depends on more than one member.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Rule {
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
pub(crate) struct Row {
    pub(crate) key: &'static str,
    pub(crate) holds: Holds,
    pub(crate) need: Need,
    /// Whether a mistyped value makes what holds it meaningless.
    pub(crate) vital: bool,
    pub(crate) since: Version,
    pub(crate) until: Version,
    /// Whether references in it are followed. What no stage reads is checked and nothing else.
    pub(crate) is_read: bool,
}

/// Whether a member must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
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
pub(crate) enum Assume {
    Text(&'static str),
    EmptyObject,
    /// A title made of the file's name.
    Title,
    /// `info` with that title.
    Info,
}

/// Strings that a member may be.
#[derive(Debug)]
pub(crate) struct Words {
    /// Each since a version.
    pub(crate) known: &'static [(&'static str, Version)],
    /// Words that authors write and OpenAPI 3 does not have, with what to do about them.
    pub(crate) hints: &'static [(&'static str, &'static str)],
}

/// What a member holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Holds {
    Any,
    /// A string; a number or boolean is read as its text.
    Text,
    /// A string and nothing else.
    StrictText,
    /// One of these strings.
    Word(&'static Words),
    Bool,
    Number,
    /// A whole number that is not negative.
    Count,
    Object(&'static Object),
    /// The object, or a reference to one.
    OrReference(&'static Object),
    List(&'static Holds),
    Map(&'static Holds),
    /// An object, or a boolean (since 3.1).
    Schema,
    /// `additionalProperties`: a boolean in every version.
    SchemaOrBool,
    /// `type`: a word, or a list of words since 3.1.
    Types,
    /// `exclusiveMinimum`: a boolean in 3.0, a number since.
    Exclusive,
}

impl Holds {
    /// Whether its JSON form is an object.
    pub(crate) fn is_object(&self) -> bool {
        matches!(self, Self::Object(_) | Self::OrReference(_) | Self::Map(_) | Self::Schema | Self::SchemaOrBool)
    }

    /// Whether OpenAPI lets no reference stand in its place, so that a `$ref` in it can only be meant as one.
    pub(crate) fn is_never_reference(&self) -> bool {
        match self {
            Self::Object(object) => {
                !matches!(object.others, Others::Map(_)) && object.rows.iter().all(|row| row.key != "$ref")
            }
            Self::Map(entry) => entry.is_object(),
            Self::List(_) => true,
            _ => false,
        }
    }

    /// What references know it as.
    pub(super) fn noun(&self) -> Option<Noun> {
        match self {
            Self::Object(object) | Self::OrReference(object) => object.noun,
            Self::Schema | Self::SchemaOrBool => Some(Noun::Schema),
            _ => None,
        }
    }

    /// The objects that a member's value is or holds.
    fn below(&self, tree: &Tree, node: NodeId, found: &mut Vec<(Noun, NodeId)>) {
        match (self, tree.value(node)) {
            (Self::List(item), Value::Sequence(items)) => items.iter().for_each(|at| item.entry(tree, *at, found)),
            (Self::Map(entry), Value::Mapping(members)) => {
                members.iter().for_each(|member| entry.entry(tree, member.value, found));
            }
            (Self::Schema | Self::SchemaOrBool, Value::Bool(_)) | (_, Value::Mapping(_)) => {
                self.entry(tree, node, found);
            }
            _ => {}
        }
    }

    /// One object, whatever stands in its place: what was left out keeps its kind.
    fn entry(&self, tree: &Tree, node: NodeId, found: &mut Vec<(Noun, NodeId)>) {
        match (self.noun(), self) {
            (Some(noun), _) => found.push((noun, node)),
            (None, Self::Object(object)) => object.children(tree, node, found),
            _ => {}
        }
    }
}

/// A row that says nothing but its key, for what a rule finds missing.
pub(crate) const fn plain(key: &'static str) -> Row {
    row(key, Holds::Any)
}

/// An optional member of every version that the document can do without: a mistyped value is left out in the lenient profile.
pub(super) const fn row(key: &'static str, holds: Holds) -> Row {
    Row { key, holds, need: Need::Optional, vital: false, since: V30, until: V32, is_read: true }
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

    /// No stage reads it.
    pub(super) const fn unread(mut self) -> Self {
        self.is_read = false;
        self
    }
}

pub(super) const fn object(name: &'static str, rows: &'static [Row]) -> Object {
    Object { name, noun: None, rows, others: Others::Unknown, rules: &[], unit: None, hints: &[] }
}

impl Object {
    pub(super) const fn noun(mut self, noun: Noun) -> Self {
        self.noun = Some(noun);
        self
    }

    pub(super) const fn unit(mut self, unit: Unit) -> Self {
        self.unit = Some(unit);
        self
    }

    pub(super) const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    pub(super) const fn hints(mut self, hints: &'static [(&'static str, &'static str)]) -> Self {
        self.hints = hints;
        self
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const NOUNS: &[Noun] = &[
        Noun::Document,
        Noun::Components,
        Noun::PathItem,
        Noun::Operation,
        Noun::Callback,
        Noun::Parameter,
        Noun::RequestBody,
        Noun::MediaType,
        Noun::Encoding,
        Noun::Response,
        Noun::Header,
        Noun::Example,
        Noun::Link,
        Noun::SecurityScheme,
        Noun::Schema,
    ];

    #[test]
    fn every_member_has_one_row() {
        for noun in NOUNS {
            let object = noun.object();
            assert_eq!(object.noun, Some(*noun), "{}", object.name);
            let keys: BTreeSet<&str> = object.rows.iter().map(|row| row.key).collect();
            assert_eq!(keys.len(), object.rows.len(), "{}", object.name);
            assert!(object.rows.iter().all(|row| row.since <= row.until), "{}", object.name);
            let hinted = object.hints.iter().find(|(key, _)| keys.contains(key));
            assert_eq!(hinted, None, "{} has this member", object.name);
        }
    }

    #[test]
    fn what_references_lead_to_has_a_section() {
        let without = NOUNS.iter().filter(|noun| noun.section().is_none() || noun.position().is_none());
        let expected = [Noun::Document, Noun::Components, Noun::Operation, Noun::Encoding];
        assert_eq!(without.copied().collect::<Vec<_>>(), expected);
        assert_eq!((Noun::RequestBody.section(), Noun::Schema.section()), (Some("requestBodies"), Some("schemas")));
    }
}

//! The structure check: the tree against the table of OpenAPI's objects.
//!
//! Before: anything that YAML or JSON can say. After: every object has the members that its table requires, every member
//! has its type; what was mistyped and harmless is mended or gone (an error in the strict profile). Every unknown, missing
//! and mistyped member is reported at once. References are not followed, `x-*` members are not looked at, and members
//! that a version does not have stay where they are.
//!
//! What later stages may meet all the same, because its meaning is clear: lists of types, numeric exclusive bounds and
//! boolean schemas in 3.0; boolean exclusive bounds and `nullable` in 3.1.

mod reference;
mod report;
mod versions;

use std::collections::BTreeMap;

use super::document::{self, Assume, Holds, Need, Noun, Object, Others, Row, Rule, Unit, Words};
use crate::diagnostic::{Collector, codes};
use crate::read::Documents;
use crate::source::{FileId, Place, Sources};
use crate::tree::{NodeId, Tree, Value};

pub use super::document::Version;

/// What the check found out about a root document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Which specification the document follows.
    pub version: Version,
    /// What makes no sense.
    pub left_out: LeftOut,
}

/// Operations, paths and components that make no sense. `null` stands in their places, so that whoever refers to one can tell
/// what was left out, and reported as such, from what was never there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// How many operations that makes.
    pub operations: usize,
    /// By node: how many operations it was.
    parts: BTreeMap<NodeId, usize>,
}

impl LeftOut {
    /// Whether the node was left out.
    pub fn contains(&self, node: NodeId) -> bool {
        self.parts.contains_key(&node)
    }

    pub(super) fn insert(&mut self, node: NodeId, operations: usize) {
        self.operations += operations;
        self.parts.insert(node, operations);
    }
}

/// Checks a root document. `None`: it is no OpenAPI document that this crate knows, which is reported.
pub fn check_structure(documents: &mut Documents, sources: &Sources, collector: &mut Collector) -> Option<Checked> {
    let root = documents.root(FileId(0))?;
    let version = report::version_of(&mut documents.tree, root, collector)?;
    let mut left_out = LeftOut::default();
    let mut check = Check::new((documents, sources), version, &mut left_out, collector);
    check.value(root, &Holds::Object(&document::DOCUMENT), &Context { name: "the document", vital: true, at: None });
    Some(Checked { version, left_out })
}

/// Checks what a reference leads to outside the places that [`check_structure`] looks at: another file, an `x-*` member.
/// What is not usable is left out.
pub(super) fn check_part(
    (documents, sources): (&mut Documents, &Sources),
    (noun, node): (Noun, NodeId),
    checked: &mut Checked,
    collector: &mut Collector,
) {
    let Some(holds) = noun.position() else { return };
    let Checked { version, left_out } = checked;
    let mut check = Check::new((documents, sources), *version, left_out, collector);
    let context = Context { name: "the target of a reference", vital: true, at: None };
    if check.value(node, &holds, &context) == Verdict::Drop {
        check.leave_out(node, 0);
    }
}

/// What a value is to the object around it.
struct Context<'c> {
    /// As messages call it: `` `paths` of the document ``.
    name: &'c str,
    vital: bool,
    /// Its key, where missing members are reported.
    at: Option<Place>,
}

/// Whether the value may stay.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Keep,
    /// It was reported, and whoever holds it lets it go.
    Drop,
}

struct Check<'c> {
    tree: &'c mut Tree,
    sources: &'c Sources,
    roots: &'c [Option<NodeId>],
    collector: &'c mut Collector,
    version: Version,
    /// What is left out when a fault spoils it; without one the document is refused.
    unit: Option<Unit>,
    /// Whether such a fault was found in the unit.
    spoilt: bool,
    left_out: &'c mut LeftOut,
    /// How deep the walk is.
    depth: usize,
    /// Values that references out of place stand for.
    spread: usize,
}

impl<'c> Check<'c> {
    fn new(
        (documents, sources): (&'c mut Documents, &'c Sources),
        version: Version,
        left_out: &'c mut LeftOut,
        collector: &'c mut Collector,
    ) -> Self {
        let Documents { tree, roots } = documents;
        Self { tree, sources, roots, collector, version, unit: None, spoilt: false, left_out, depth: 0, spread: 0 }
    }
}

impl Check<'_> {
    fn value(&mut self, id: NodeId, holds: &Holds, context: &Context<'_>) -> Verdict {
        // What an alias shares stands in several places.
        if let Some(operations) = self.left_out.parts.get(&id) {
            self.left_out.operations += operations;
            return Verdict::Keep;
        }
        self.depth += 1;
        if holds.is_never_reference() {
            self.spread_reference(id, holds, context);
        }
        let verdict = self.judge(id, holds, context);
        self.depth -= 1;
        verdict
    }

    /// Notes that a part is not usable. Whoever holds it keeps the place of it.
    fn leave_out(&mut self, id: NodeId, operations: usize) {
        self.left_out.insert(id, operations);
        self.tree.set_value(id, Value::Null);
    }

    fn judge(&mut self, id: NodeId, holds: &Holds, context: &Context<'_>) -> Verdict {
        match self.tree.value(id) {
            Value::Null if !matches!(holds, Holds::Any) => return self.null(id, holds, context),
            Value::Sequence(items) if items.is_empty() && holds.is_object() => {
                return self.empty(id, Value::Mapping(Vec::new()), holds, context);
            }
            Value::Mapping(members) if members.is_empty() && matches!(holds, Holds::List(_)) => {
                return self.empty(id, Value::Sequence(Vec::new()), holds, context);
            }
            _ => {}
        }
        match holds {
            Holds::Any => Verdict::Keep,
            Holds::Text => self.text(id, context),
            Holds::StrictText => self.expect(self.tree.as_str(id).is_some(), id, "a string", context),
            Holds::Word(words) => self.word(id, words, context),
            Holds::Bool => self.boolean(id, context),
            Holds::Number => self.number(id, "a number", |_| true, context),
            Holds::Count => self.number(id, "a whole number", |text| !text.starts_with('-'), context),
            Holds::Object(object) => self.object(id, object, context),
            Holds::OrReference(object) => match self.tree.entry(id, "$ref") {
                Some(_) => self.object(id, &document::REFERENCE, context),
                None => self.object(id, object, context),
            },
            Holds::List(holds) => self.list(id, holds, context),
            Holds::Map(holds) => self.map(id, holds, context),
            Holds::Schema => self.schema(id, Version::V31, context),
            Holds::SchemaOrBool => self.schema(id, Version::V30, context),
            Holds::Types => self.types(id, context),
            Holds::Exclusive => self.exclusive(id, context),
        }
    }

    /// `null` where something else belongs: YAML authors leave values empty, and mean nothing by it.
    fn null(&mut self, id: NodeId, holds: &Holds, context: &Context<'_>) -> Verdict {
        let empty = match holds {
            holds if holds.is_object() => Some((Value::Mapping(Vec::new()), "an empty object")),
            Holds::List(_) => Some((Value::Sequence(Vec::new()), "an empty list")),
            _ => None,
        };
        let place = self.tree.place(id);
        let report = self.collector.report(&codes::WRONG_TYPE_IGNORED, place);
        let report = report.message(format!("{} is null", context.name)).label("nothing stands here");
        // `$ref: #/components/…`: what begins with a hash is a comment in YAML, and this is its usual victim.
        let help = if context.name.starts_with("`$ref`") {
            "write the reference in quotes: in YAML a `#` begins a comment"
        } else {
            "remove it, or give it a value"
        };
        let report = report.help(help);
        match empty {
            Some((value, words)) => {
                report.recovery(format!("it is read as {words}"));
                self.tree.set_value(id, value);
                self.value(id, holds, context)
            }
            None => {
                report.recovery("it is left out");
                Verdict::Drop
            }
        }
    }

    /// `[]` for `{}` and the other way round: some languages have one empty thing for both.
    fn empty(&mut self, id: NodeId, value: Value, holds: &Holds, context: &Context<'_>) -> Verdict {
        let (wanted, empty) = match value {
            Value::Mapping(_) => ("an object", "{}"),
            _ => ("a list", "[]"),
        };
        self.reread(id, wanted, [format!("it is read as `{empty}`"), format!("write `{empty}`")], context);
        self.tree.set_value(id, value);
        self.value(id, holds, context)
    }

    fn text(&mut self, id: NodeId, context: &Context<'_>) -> Verdict {
        let text = match self.tree.value(id) {
            Value::String(_) => return Verdict::Keep,
            Value::Number(text) => text.clone(),
            Value::Bool(value) => value.to_string().into(),
            _ => return self.expect(false, id, "a string", context),
        };
        let help = format!("write `\"{text}\"`");
        self.reread(id, "a string", [format!("it is read as the text `{text}`"), help], context);
        self.tree.set_value(id, Value::String(text));
        Verdict::Keep
    }

    fn word(&mut self, id: NodeId, words: &Words, context: &Context<'_>) -> Verdict {
        let Some(word) = self.tree.as_str(id) else { return self.expect(false, id, "a string", context) };
        match words.known.iter().find(|(known, _)| *known == word) {
            Some((_, since)) if *since <= self.version => Verdict::Keep,
            Some((known, since)) => self.word_too_new(id, known, *since),
            None => {
                if let Some((meant, _)) = words.known.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)) {
                    let texts = [format!("it is read as `{meant}`"), format!("write `{meant}`")];
                    self.reread(id, &format!("`{meant}`"), texts, context);
                    self.tree.set_value(id, Value::String((*meant).into()));
                    return Verdict::Keep;
                }
                self.unknown_word(id, words, context)
            }
        }
    }

    fn boolean(&mut self, id: NodeId, context: &Context<'_>) -> Verdict {
        let value = match self.tree.value(id) {
            Value::Bool(_) => return Verdict::Keep,
            Value::String(text) => match text.to_ascii_lowercase().as_str() {
                "true" => true,
                "false" => false,
                _ => return self.expect(false, id, "`true` or `false`", context),
            },
            _ => return self.expect(false, id, "`true` or `false`", context),
        };
        let help = format!("write `{value}`, without quotes");
        self.reread(id, "`true` or `false`", [format!("it is read as `{value}`"), help], context);
        self.tree.set_value(id, Value::Bool(value));
        Verdict::Keep
    }

    fn number(&mut self, id: NodeId, wanted: &str, fine: fn(&str) -> bool, context: &Context<'_>) -> Verdict {
        let whole = wanted != "a number";
        let fits = |text: &str| fine(text) && (!whole || is_whole(text));
        match self.tree.value(id) {
            Value::Number(text) => {
                let fits = fits(text);
                self.expect(fits, id, wanted, context)
            }
            Value::String(text) if is_json_number(text) && fits(text) => {
                let text = text.clone();
                let help = format!("write `{text}`, without quotes");
                self.reread(id, wanted, [format!("it is read as {text}"), help], context);
                self.tree.set_value(id, Value::Number(text));
                Verdict::Keep
            }
            _ => self.expect(false, id, wanted, context),
        }
    }

    fn list(&mut self, id: NodeId, holds: &Holds, context: &Context<'_>) -> Verdict {
        let Some(items) = self.tree.as_sequence(id) else { return self.expect(false, id, "a list", context) };
        let name = format!("an item of {}", context.name);
        let context = Context { name: &name, vital: context.vital, at: None };
        let mut dropped = Vec::new();
        for index in 0..items.len() {
            let item = self.tree.as_sequence(id).and_then(|items| items.get(index)).copied();
            if item.is_some_and(|item| self.value(item, holds, &context) == Verdict::Drop) {
                dropped.push(index);
            }
        }
        self.tree.remove_children(id, &dropped);
        Verdict::Keep
    }

    fn map(&mut self, id: NodeId, holds: &Holds, context: &Context<'_>) -> Verdict {
        let Some(members) = self.tree.as_mapping(id) else { return self.expect(false, id, "an object", context) };
        let mut dropped = Vec::new();
        for index in 0..members.len() {
            if self.entry(id, index, holds, context.name, context.vital) == Verdict::Drop {
                dropped.push(index);
            }
        }
        self.tree.remove_children(id, &dropped);
        Verdict::Keep
    }

    /// One entry of a map: its key is the author's, so it is part of the name in messages.
    fn entry(&mut self, id: NodeId, index: usize, holds: &Holds, of: &str, vital: bool) -> Verdict {
        let Some(member) = self.tree.as_mapping(id).and_then(|members| members.get(index)) else {
            return Verdict::Keep;
        };
        let (value, at) = (member.value, Some(member.key_place));
        if matches!(holds, Holds::Any) {
            return Verdict::Keep;
        }
        let name = format!("`{}` of {of}", member.key);
        self.value(value, holds, &Context { name: &name, vital, at })
    }

    /// An object; one that is a unit of its own takes the faults inside upon itself.
    fn object(&mut self, id: NodeId, object: &'static Object, context: &Context<'_>) -> Verdict {
        let Some(unit) = object.unit.filter(|unit| unit.stands_alone_in(self.unit)) else {
            return self.members(id, object, context);
        };
        let outer = (self.unit.replace(unit), std::mem::replace(&mut self.spoilt, false));
        let verdict = self.members(id, object, context);
        let spoilt = std::mem::replace(&mut self.spoilt, outer.1);
        self.unit = outer.0;
        if !spoilt {
            return verdict;
        }
        let operations = match unit {
            Unit::Operation => 1,
            Unit::Path => document::operations(self.tree, self.tree.as_mapping(id).unwrap_or_default()),
            Unit::Callback | Unit::Component(_) => 0,
        };
        self.leave_out(id, operations);
        Verdict::Keep
    }

    fn members(&mut self, id: NodeId, object: &'static Object, context: &Context<'_>) -> Verdict {
        let Some(members) = self.tree.as_mapping(id) else { return self.expect(false, id, "an object", context) };
        let mut dropped = Vec::new();
        for index in 0..members.len() {
            if self.member(id, index, object) == Verdict::Drop {
                dropped.push(index);
            }
        }
        if object.rules.contains(&Rule::WholeQueryHasName) {
            self.whole_query_name(id, context);
        }
        // What is there but mistyped is not missing too, so members go only after this.
        let verdict = self.missing_members(id, object, context);
        for rule in object.rules {
            self.rule(id, rule, object, context);
        }
        self.tree.remove_children(id, &dropped);
        for rule in object.rules {
            match rule {
                Rule::PathParameterIsRequired => self.path_parameter(id, context),
                Rule::NotBoth(first, second) => self.not_both(id, first, second),
                Rule::StyleOfPlace => self.style_of_place(id),
                Rule::ServerUrl => self.server_url(id),
                _ => {}
            }
        }
        if !dropped.is_empty() {
            self.assume(id, object);
        }
        verdict
    }

    fn missing_members(&mut self, id: NodeId, object: &'static Object, context: &Context<'_>) -> Verdict {
        let mut verdict = Verdict::Keep;
        for row in object.rows.iter().filter(|row| row.need != Need::Optional) {
            let missing = self.tree.entry(id, row.key).is_none();
            if missing && self.missing(id, row, object, context) == Verdict::Drop {
                verdict = Verdict::Drop;
            }
        }
        verdict
    }

    /// Puts what is assumed where a mistyped member was taken away.
    fn assume(&mut self, id: NodeId, object: &'static Object) {
        for row in object.rows {
            if let Need::Assumed(assume) = row.need
                && self.tree.entry(id, row.key).is_none()
            {
                let place = self.tree.place(id);
                let value = self.assumed(assume, place);
                let node = self.tree.push(place, value);
                self.tree.set_member(id, row.key, place, node);
            }
        }
    }

    fn member(&mut self, id: NodeId, index: usize, object: &'static Object) -> Verdict {
        let Some(member) = self.tree.as_mapping(id).and_then(|members| members.get(index)) else {
            return Verdict::Keep;
        };
        let (value, key_place) = (member.value, member.key_place);
        let row = object.rows.iter().find(|row| *row.key == *member.key);
        if let Some(row) = row.or_else(|| self.in_other_case(id, index, object)) {
            if row.since > self.version || row.until < self.version {
                self.other_version(key_place, row, object);
            }
            let name = format!("`{}` of {}", row.key, object.name);
            return self.value(value, &row.holds, &Context { name: &name, vital: row.vital, at: Some(key_place) });
        }
        let extension = self.tree.as_mapping(id).and_then(|members| members.get(index));
        if extension.is_some_and(|member| member.key.starts_with("x-")) {
            return Verdict::Keep;
        }
        match &object.others {
            Others::Unknown | Others::Annotations => self.unknown_member(id, index, object),
            Others::Map(holds) => self.entry(id, index, holds, object.name, true),
            Others::Paths(holds) => {
                self.path_key(id, index);
                self.entry(id, index, holds, object.name, true)
            }
            Others::Statuses(holds) => match self.status_key(id, index) {
                Verdict::Keep => self.entry(id, index, holds, object.name, true),
                Verdict::Drop => Verdict::Drop,
            },
        }
    }

    fn schema(&mut self, id: NodeId, boolean_since: Version, context: &Context<'_>) -> Verdict {
        match self.tree.value(id) {
            Value::Bool(_) => {
                if self.version < boolean_since {
                    let help = "write `{}` for anything; OpenAPI 3.0 has no boolean schemas".to_owned();
                    self.reread(id, "an object", [read_as("3.1"), help], context);
                }
                Verdict::Keep
            }
            Value::Mapping(_) => {
                self.tuple_items(id);
                self.object(id, &document::SCHEMA, context)
            }
            _ => {
                let help = "write a schema here".to_owned();
                self.reread(id, "a schema", ["it is any value".to_owned(), help], context);
                self.tree.set_value(id, Value::Mapping(Vec::new()));
                Verdict::Keep
            }
        }
    }

    fn rule(&mut self, id: NodeId, rule: &Rule, object: &'static Object, context: &Context<'_>) {
        match rule {
            Rule::When(key, value, wanted) => {
                let applies = self.tree.member_str(id, key) == Some(value);
                if applies && self.tree.entry(id, wanted).is_none() {
                    let row = Row { need: Need::Required, ..document::plain(wanted) };
                    self.missing(id, &row, object, context);
                }
            }
            Rule::OneOf(first, second) => {
                if self.tree.entry(id, first).is_none() && self.tree.entry(id, second).is_none() {
                    let row = Row { need: Need::Assumed(Assume::EmptyObject), ..document::plain(first) };
                    self.missing(id, &row, object, context);
                }
            }
            Rule::ArrayNeedsItems => {
                let array = self.tree.member_str(id, "type") == Some("array");
                let bare = array && ["items", "prefixItems"].iter().all(|key| self.tree.entry(id, key).is_none());
                if bare && self.version == Version::V30 {
                    let row = Row { need: Need::Assumed(Assume::EmptyObject), ..document::plain("items") };
                    self.missing(id, &row, object, context);
                }
            }
            Rule::Paths => self.paths(id, object, context),
            // These look at what is left; the last one at what is there.
            Rule::PathParameterIsRequired | Rule::NotBoth(..) | Rule::StyleOfPlace | Rule::ServerUrl => {}
            Rule::WholeQueryHasName => {}
        }
    }

    fn paths(&mut self, id: NodeId, object: &'static Object, context: &Context<'_>) {
        let has = |key: &str| self.tree.entry(id, key).is_some();
        if has("paths") {
            return;
        }
        if self.version == Version::V30 || !(has("webhooks") || has("components")) {
            let row = Row { need: Need::Assumed(Assume::EmptyObject), ..document::plain("paths") };
            self.missing(id, &row, object, context);
        } else {
            // Later stages need not ask whether there are paths.
            let place = self.tree.place(id);
            let node = self.tree.push(Place { end: place.start, ..place }, Value::Mapping(Vec::new()));
            self.tree.set_member(id, "paths", Place { end: place.start, ..place }, node);
        }
    }
}

fn read_as(version: &str) -> String {
    format!("it is read as OpenAPI {version} does")
}

fn is_whole(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole.trim_start_matches('-')) && fraction.bytes().all(|byte| byte == b'0')
}

fn is_json_number(text: &str) -> bool {
    text.starts_with(|letter: char| letter == '-' || letter.is_ascii_digit())
        && matches!(serde_json::from_str::<serde_json::Value>(text), Ok(serde_json::Value::Number(_)))
}

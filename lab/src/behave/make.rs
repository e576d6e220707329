//! Instances of schemas, by seed: what a server that keeps to its document may answer.
//!
//! Notes where an instance can be changed, and what follows from the change. Patterns are not looked at, for answers are not
//! checked against them, nor is what `schema` passes over.

use serde_json::Value as Schema;

use super::schema::{Flat, flatten, without_null};
use super::texts;
use super::value::{Step, Value};
use super::variants::Way;
use crate::mutate::Dice;

/// How much of what may be left out is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    Least,
    All,
    Some,
}

/// An instance, and where it can be changed.
#[derive(Clone, Debug)]
pub(super) struct Made {
    pub(super) value: Value,
    pub(super) sites: Vec<Site>,
}

/// A place that can be changed.
#[derive(Clone, Debug)]
pub(super) struct Site {
    pub(super) path: Vec<Step>,
    pub(super) what: What,
}

/// What can be changed there. `wrong` is a value of another type.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// An object: what a member that nobody named has.
    Object { unknown: Value },
    /// One of an enum's values: what another one looks like.
    Enum { unknown: Value },
    /// A union: what a variant that nobody named looks like.
    Union { unknown: Value },
    /// A member that must be there, and its default.
    Required { default: Option<Value>, wrong: Value },
    /// A member that may be left out.
    Optional { wrong: Value },
    /// An item of a list, or a member that nobody named: in an object that names others, a raw value has a place.
    Entry { wrong: Value, kept: bool },
}

/// The variant that an instance of a union is made of, instead of any.
#[derive(Clone, Copy, Debug)]
pub(super) struct Forced<'d> {
    /// The variants, as the document lists them.
    pub(super) listed: &'d [Schema],
    pub(super) branch: &'d Schema,
}

/// Optional members this deep are left out, so that what holds itself has an end.
const DEEP: usize = 5;
/// What is required this deep has no end.
const ENDLESS: usize = 14;
/// From so many values on an instance has only what must be there.
const LARGE: usize = 300;

/// Makes one instance.
pub(super) struct Maker<'d> {
    root: &'d Schema,
    dice: Dice,
    amount: Amount,
    /// At the root only: what is inside chooses anew.
    forced: Option<Forced<'d>>,
    /// Whether answers carry the type, where only one direction does.
    in_answers: Option<bool>,
    path: Vec<Step>,
    sites: Vec<Site>,
    /// Whether a value of the wrong type is a fault here: not where several types are tried, or anything goes.
    certain: bool,
    values: usize,
}

/// An instance of the schema; `None` if there is none that ends.
pub(super) fn make(
    root: &Schema,
    schema: &Schema,
    amount: Amount,
    in_answers: Option<bool>,
    dice: Dice,
) -> Option<Made> {
    let mut maker = Maker::new(root, amount, in_answers, dice);
    let value = maker.value(vec![schema])?;
    Some(Made { value, sites: maker.sites })
}

/// An instance that is the variant which the way leads to, if that is an object.
pub(super) fn make_variant(
    root: &Schema,
    way: &Way<'_>,
    amount: Amount,
    in_answers: Option<bool>,
    dice: Dice,
) -> Option<Value> {
    let mut maker = Maker { forced: way.forced, ..Maker::new(root, amount, in_answers, dice) };
    let mut value = maker.value(vec![way.schema])?;
    if let Some((name, tag)) = &way.tag {
        value.set(name, Value::Text(tag.clone()));
    }
    matches!(value, Value::Object(_)).then_some(value)
}

impl<'d> Maker<'d> {
    fn new(root: &'d Schema, amount: Amount, in_answers: Option<bool>, dice: Dice) -> Self {
        let (path, sites) = (Vec::new(), Vec::new());
        Self { root, dice, amount, forced: None, in_answers, path, sites, certain: true, values: 0 }
    }

    /// A value for which all of the schemas hold.
    fn value(&mut self, mut schemas: Vec<&'d Schema>) -> Option<Value> {
        self.values += 1;
        let flat = flatten(self.root, &schemas);
        if flat.nullable && self.amount == Amount::Some && !self.path.is_empty() && self.dice.below(6) == 0 {
            return Some(Value::Null);
        }
        let certain = self.certain;
        // What has a discriminator may be one of the types that it tells apart.
        let one = flat.unions.is_empty() && flat.discriminator.is_none() && flat.kind().is_some();
        self.certain &= one && !flat.vague;
        self.note_union(&flat);
        let made = self.choose(&mut schemas).and_then(|(flat, mut tags)| {
            let mut value = self.plain(&flat)?;
            tags.extend(self.tag_of_nobody(&flat).filter(|_| tags.is_empty()));
            tags.iter().for_each(|(name, tag)| value.set(name, Value::Text(tag.clone())));
            Some(value)
        });
        self.certain = certain;
        made
    }

    /// A parent that lists the tags of its children must not bear one of them by chance: it lacks what that child needs.
    fn tag_of_nobody(&self, flat: &Flat<'d>) -> Option<(String, String)> {
        let (name, schemas) = flat.properties.iter().find(|(name, _)| Some(*name) == flat.discriminator)?;
        let listed = flatten(self.root, schemas).values.is_some();
        listed.then(|| ((*name).to_owned(), "zz-unknown".to_owned()))
    }

    /// A union that says nothing beside its variants.
    fn note_union(&mut self, flat: &Flat<'d>) {
        let objects = |(branches, _): &(&'d [Schema], Option<&Schema>)| {
            branches.iter().any(|branch| flatten(self.root, &[branch]).kind() == Some("object"))
        };
        // Variants that all have a member are one type, and so would be those that nobody named. A map whose entries have a
        // type has room for every name, so that every object without a tag is that map.
        let maps = |(branches, discriminator): &(&'d [Schema], Option<&Schema>)| {
            discriminator.is_none()
                && branches.iter().any(|branch| {
                    let branch = flatten(self.root, &[branch]);
                    branch.required.is_empty() && !branch.additional.is_empty()
                })
        };
        // A choice of one is that one, unless others are to come.
        let single = |(branches, told): &(&'d [Schema], Option<&Schema>)| {
            let others = without_null(self.root, branches);
            let only = others.first().filter(|_| others.len() == 1);
            only.is_some_and(|(_, only)| told.is_none() || only.get("$ref").is_none())
        };
        let known =
            |union: &(&'d [Schema], Option<&'d Schema>)| single(union) || maps(union) || self.have_one_member(union);
        if !flat.unions.iter().any(objects) || flat.unions.iter().any(known) {
            return;
        }
        let bare = flat.types.is_none() && flat.properties.is_empty() && flat.values.is_none() && !flat.vague;
        if let ([(_, discriminator)], true) = (flat.unions.as_slice(), bare && flat.required.is_empty()) {
            // A variant that all others are leaves none unknown.
            if discriminator.is_some_and(|discriminator| discriminator.get("defaultMapping").is_some()) {
                return;
            }
            let tag = discriminator.and_then(|discriminator| discriminator.get("propertyName")?.as_str());
            let member = match tag {
                Some(tag) => (tag.to_owned(), Value::Text("zz-unknown".to_owned())),
                None => ("zz-unknown".to_owned(), Value::List(vec![Value::Boolean(true)])),
            };
            self.note(What::Union { unknown: Value::Object(vec![member]) });
        }
    }

    /// Whether there is a member that every variant must have; a discriminator needs none.
    fn have_one_member(&self, (branches, discriminator): &(&'d [Schema], Option<&'d Schema>)) -> bool {
        let mut branches = branches.iter().map(|branch| flatten(self.root, &[branch]).required);
        let first = branches.next().unwrap_or_default();
        let others: Vec<Vec<&str>> = branches.collect();
        discriminator.is_none() && first.iter().any(|name| others.iter().all(|other| other.contains(name)))
    }

    fn note(&mut self, what: What) {
        self.sites.push(Site { path: self.path.clone(), what });
    }

    /// Adds one variant of every union, and gives the members that say which it is.
    fn choose(&mut self, schemas: &mut Vec<&'d Schema>) -> Option<(Flat<'d>, Vec<(String, String)>)> {
        let (mut chosen, mut tags) = (0, Vec::new());
        loop {
            let flat = flatten(self.root, schemas);
            let Some((branches, discriminator)) = flat.unions.get(chosen).copied() else { return Some((flat, tags)) };
            let forced = self.forced.filter(|forced| self.path.is_empty() && std::ptr::eq(forced.listed, branches));
            let branches = without_null(self.root, branches);
            let branches: Vec<&Schema> = branches.into_iter().map(|(_, branch)| branch).collect();
            let branch = branches.get(self.dice.below(branches.len())).copied()?;
            let branch = forced.map_or_else(|| self.number_beside(&branches, branch), |forced| forced.branch);
            tags.extend(discriminator.and_then(|discriminator| tag(discriminator, branch)));
            schemas.push(branch);
            chosen += 1;
            if chosen > ENDLESS {
                return None;
            }
        }
    }

    /// Whole numbers or any numbers are any numbers, which have no more digits than a `f64` keeps.
    fn number_beside(&self, branches: &[&'d Schema], branch: &'d Schema) -> &'d Schema {
        let is = |branch: &'d Schema, kind| flatten(self.root, &[branch]).kind() == Some(kind);
        let number = branches.iter().copied().find(|other| is(branch, "integer") && is(other, "number"));
        number.unwrap_or(branch)
    }

    /// A value of a schema without unions.
    fn plain(&mut self, flat: &Flat<'d>) -> Option<Value> {
        if self.path.len() > ENDLESS || flat.unreadable {
            return None;
        }
        if let Some(values) = &flat.values {
            let values = &fitting(values, flat.kind());
            let value = values.get(self.dice.below(values.len()))?;
            if let Some(unknown) = unknown_value(values).map(|unknown| match unknown {
                Value::Number(text) if flat.kind() == Some("string") => Value::Text(text),
                Value::Text(_) if flat.kind() == Some("integer") && values.iter().all(|value| is_quoted(value)) => {
                    Value::Number("987654".to_owned())
                }
                other => other,
            }) {
                self.note(What::Enum { unknown });
            }
            return Some(match (flat.kind(), value) {
                // A list of strings whose quotes were forgotten.
                (Some("string"), Schema::Number(_) | Schema::Bool(_)) => Value::Text(value.to_string()),
                // A list of whole numbers that stand in quotes.
                (Some("integer"), Schema::String(text)) if is_quoted(value) => Value::Number(text.clone()),
                _ => Value::of(value),
            });
        }
        let kind = match (flat.kind(), flat.types.as_deref()) {
            (Some(kind), _) => kind,
            (None, Some([])) => return flat.nullable.then_some(Value::Null),
            (None, Some(several)) => several.get(self.dice.below(several.len())).copied()?,
            // The variant that was chosen has members.
            (None, None) if !flat.properties.is_empty() => "object",
            (None, None) => return Some(texts::anything(&mut self.dice)),
        };
        match kind {
            "object" => self.object(flat),
            "array" => self.list(flat),
            "integer" => Some(texts::integer(flat, &mut self.dice)),
            "number" => Some(texts::number(flat, &mut self.dice)),
            "boolean" => Some(Value::Boolean(self.dice.below(2) == 0)),
            _ => Some(texts::text(flat, &mut self.dice)),
        }
    }

    /// Whether something that may be left out is there.
    fn wants(&mut self) -> bool {
        let room = self.path.len() < DEEP && self.values < LARGE;
        room && match self.amount {
            Amount::Least => false,
            Amount::All => true,
            Amount::Some => self.dice.below(2) == 0,
        }
    }

    fn object(&mut self, flat: &Flat<'d>) -> Option<Value> {
        let mut members = Vec::new();
        for (name, schemas) in &flat.properties {
            let required = flat.required.contains(name);
            if !required && !self.wants() {
                continue;
            }
            // What does not travel this way would be one of the others, which have another type.
            if !flat.additional.is_empty() && !self.shows(schemas) {
                continue;
            }
            let sites = self.sites.len();
            self.path.push(Step::Member((*name).to_owned()));
            let certain = self.certain;
            // In a type that has no such member it is one of the others, and nothing in it has a type.
            self.certain &= self.shows(schemas);
            self.note_member(schemas, required);
            let value = self.value(schemas.clone());
            self.certain = certain;
            self.path.pop();
            match value {
                Some(value) => members.push(((*name).to_owned(), value)),
                None if required => return None,
                None => self.sites.truncate(sites),
            }
        }
        let named = |name: &&&str| !flat.properties.iter().any(|(known, _)| known == *name);
        for name in flat.required.iter().filter(named) {
            let value = self.unknown(flat)?;
            members.push(((*name).to_owned(), value));
        }
        if !flat.additional.is_empty() && self.wants() {
            members.extend(self.entry(flat));
        }
        let unknown = self.unknown(flat)?;
        self.note(What::Object { unknown });
        Some(Value::Object(members))
    }

    /// Whether a member travels the way of the type.
    fn shows(&self, schemas: &[&'d Schema]) -> bool {
        let flat = flatten(self.root, schemas);
        match self.in_answers {
            Some(true) => !flat.write_only,
            Some(false) => !flat.read_only,
            None => !flat.write_only && !flat.read_only,
        }
    }

    fn note_member(&mut self, schemas: &[&'d Schema], required: bool) {
        let flat = flatten(self.root, schemas);
        let Some(wrong) = wrong(&flat).filter(|_| self.certain && schemas.len() == 1) else { return };
        match (required, flat.default) {
            (true, Some(default)) if texts::is_of(default, &flat) => {
                self.note(What::Required { default: Some(Value::of(default)), wrong });
            }
            (true, Some(_)) => {}
            (true, None) => self.note(What::Required { default: None, wrong }),
            (false, _) => self.note(What::Optional { wrong }),
        }
    }

    /// One member of an object whose other members have a type.
    fn entry(&mut self, flat: &Flat<'d>) -> Option<(String, Value)> {
        let name = format!("zzKey{}", self.dice.below(3));
        let sites = self.sites.len();
        self.path.push(Step::Member(name.clone()));
        self.note_entry(&flat.additional, !flat.properties.is_empty());
        let value = self.value(flat.additional.clone());
        self.path.pop();
        if value.is_none() {
            self.sites.truncate(sites);
        }
        Some((name, value?))
    }

    fn note_entry(&mut self, schemas: &[&'d Schema], kept: bool) {
        let flat = flatten(self.root, schemas);
        if let Some(wrong) = wrong(&flat).filter(|_| self.certain && schemas.len() == 1) {
            self.note(What::Entry { wrong, kept });
        }
    }

    /// What a member that nobody named may be; nothing in it is changed.
    fn unknown(&mut self, flat: &Flat<'d>) -> Option<Value> {
        if flat.additional.is_empty() {
            return Some(texts::anything(&mut self.dice));
        }
        let sites = self.sites.len();
        self.path.push(Step::Member(String::new()));
        let value = self.value(flat.additional.clone());
        self.path.pop();
        self.sites.truncate(sites);
        value
    }

    /// Items of which each has a schema of its own: crates may keep them raw, so nothing in them is a place for a change.
    fn first_items(&mut self, flat: &Flat<'d>) -> Option<Value> {
        let sites = self.sites.len();
        let is_closed = flat.items.contains(&&Schema::Bool(false));
        let mut items = Vec::new();
        for (index, schema) in flat.first_items.iter().enumerate() {
            self.path.push(Step::Item(index));
            let item = self.value(vec![schema]);
            self.path.pop();
            match item {
                Some(item) => items.push(item),
                None if index < flat.min_items || is_closed => return None,
                None => break,
            }
        }
        self.sites.truncate(sites);
        Some(Value::List(items))
    }

    fn list(&mut self, flat: &Flat<'d>) -> Option<Value> {
        if !flat.first_items.is_empty() {
            return self.first_items(flat);
        }
        let more = if self.wants() { 1 + self.dice.below(2) } else { 0 };
        let count = flat.max_items.map_or(more, |most| more.min(most)).max(flat.min_items.min(10));
        let mut items = Vec::new();
        for index in 0..count {
            let sites = self.sites.len();
            self.path.push(Step::Item(index));
            self.note_entry(&flat.items, false);
            let item = self.value(flat.items.clone());
            self.path.pop();
            match item {
                Some(item) => items.push(item),
                None if index < flat.min_items => return None,
                None => {
                    self.sites.truncate(sites);
                    break;
                }
            }
        }
        Some(Value::List(items))
    }
}

/// The member that says which variant it is, and what it says: the mapping's words, or else the component's key.
fn tag(discriminator: &Schema, branch: &Schema) -> Option<(String, String)> {
    let member = discriminator.get("propertyName")?.as_str()?;
    let reference = branch.get("$ref")?.as_str()?;
    let key = reference.rsplit('/').next()?;
    let mapping = discriminator.get("mapping").and_then(Schema::as_object);
    let leads = |target: &Schema| target.as_str().is_some_and(|target| target == reference || target == key);
    let mapped = mapping.and_then(|mapping| mapping.iter().find(|(_, target)| leads(target)));
    Some((member.to_owned(), mapped.map_or(key, |(value, _)| value).to_owned()))
}

/// The values of an enum without objects and lists that its type refuses, unless it refuses all of them.
fn fitting<'d>(values: &[&'d Schema], kind: Option<&str>) -> Vec<&'d Schema> {
    let plain = |value: &&&Schema| !value.is_object() && !value.is_array();
    let number = |value: &&&Schema| value.is_i64() || is_quoted(value);
    let fitting: Vec<&Schema> = match kind {
        Some("object" | "array") | None => Vec::new(),
        Some("integer") if values.iter().any(|value| is_quoted(value)) => {
            values.iter().filter(number).copied().collect()
        }
        Some(_) => values.iter().filter(plain).copied().collect(),
    };
    if fitting.is_empty() { values.to_vec() } else { fitting }
}

/// Whether a value is a whole number in quotes.
fn is_quoted(value: &Schema) -> bool {
    value.as_str().is_some_and(|text| text.parse::<i64>().is_ok_and(|number| number.to_string() == text))
}

/// A value that the enum does not list; `None` where its values are of several kinds.
fn unknown_value(values: &[&Schema]) -> Option<Value> {
    match values {
        values if values.iter().all(|value| value.is_string()) => Some(Value::Text("zz-unknown".to_owned())),
        values if values.iter().all(|value| value.is_i64()) => Some(Value::Number("987654".to_owned())),
        _ => None,
    }
}

/// A value that is of another type for sure; `None` where anything might go.
fn wrong(flat: &Flat<'_>) -> Option<Value> {
    let listed = || Value::List(vec![Value::Number("1".to_owned())]);
    if flat.vague || !flat.unions.is_empty() || flat.discriminator.is_some() {
        return None;
    }
    if let Some(values) = &flat.values {
        // Values that deny the type are read beside it, and so is what is neither.
        let quoted = flat.kind() == Some("integer") && values.iter().all(|value| is_quoted(value));
        let kind = if values.iter().all(|value| value.is_string()) && !quoted { "string" } else { "integer" };
        return unknown_value(values).filter(|_| flat.kind().is_none_or(|said| said == kind)).map(|_| listed());
    }
    match flat.kind()? {
        "array" => Some(Value::Number("7".to_owned())),
        // What says nothing of its members may be kept as it came.
        "object" if flat.properties.is_empty() && flat.additional.is_empty() => None,
        "object" | "string" | "integer" | "number" | "boolean" => Some(listed()),
        _ => None,
    }
}

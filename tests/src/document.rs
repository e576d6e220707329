//! Documents as values: read, changed at one place, and written again.
//!
//! Owns places and changes; what a changed document must give is said by the tests. Members are kept sorted by key.

use serde_json::{Map, Value};
use typewright_codegen::source::{FileId, Sources};

/// One step from a value to a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The member with this key.
    Member(String),
    /// The item at this index.
    Item(usize),
}

/// A string of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The way to the value, or to the member whose key it is.
    pub path: Vec<Step>,
    /// What of it.
    pub part: Part,
}

/// Which string of a member is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The key that the path ends with.
    Key,
    /// The value that the path leads to.
    Value,
}

/// The value of a document's text.
///
/// # Panics
///
/// When the text is no YAML: it is the test's own.
pub fn parse(text: &str) -> Value {
    let mut sources = Sources::default();
    sources.add("openapi.yaml", text);
    let mut collector = typewright_codegen::diagnostic::Collector::new(Default::default());
    let documents = typewright_codegen::read::read(&sources, &mut collector);
    let text = documents.json(FileId(0)).expect("the document is YAML");
    serde_json::from_str(&text).expect("every tree is a value")
}

/// Every string of a document: keys and values.
pub fn slots(value: &Value) -> Vec<Slot> {
    let mut found = Vec::new();
    let mut path = Vec::new();
    collect(value, &mut path, &mut found);
    found
}

fn collect(value: &Value, path: &mut Vec<Step>, found: &mut Vec<Slot>) {
    match value {
        Value::String(_) => found.push(Slot { path: path.clone(), part: Part::Value }),
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                path.push(Step::Item(at));
                collect(item, path, found);
                path.pop();
            }
        }
        Value::Object(members) => {
            for (key, value) in members {
                path.push(Step::Member(key.clone()));
                found.push(Slot { path: path.clone(), part: Part::Key });
                collect(value, path, found);
                path.pop();
            }
        }
        _ => {}
    }
}

/// The part of a value that a path leads to.
pub fn part<'v>(value: &'v mut Value, path: &[Step]) -> Option<&'v mut Value> {
    path.iter().try_fold(value, |value, step| match step {
        Step::Member(key) => value.get_mut(key),
        Step::Item(at) => value.get_mut(at),
    })
}

/// The object that a path leads to.
pub fn object<'v>(value: &'v mut Value, path: &[Step]) -> Option<&'v mut Map<String, Value>> {
    part(value, path)?.as_object_mut()
}

/// The document with another text in this slot.
pub fn with(value: &Value, slot: &Slot, text: &str) -> Value {
    let mut changed = value.clone();
    match (slot.part, slot.path.split_last()) {
        (Part::Value, _) => {
            if let Some(value) = part(&mut changed, &slot.path) {
                *value = Value::String(text.to_owned());
            }
        }
        (Part::Key, Some((Step::Member(key), above))) => {
            if let Some(members) = object(&mut changed, above)
                && let Some(value) = members.remove(key)
            {
                members.insert(text.to_owned(), value);
            }
        }
        (Part::Key, _) => {}
    }
    changed
}

/// A path as people write it: `paths./pets.get.tags.0`.
pub fn shown(path: &[Step]) -> String {
    let steps: Vec<String> = path
        .iter()
        .map(|step| match step {
            Step::Member(key) => key.clone(),
            Step::Item(at) => at.to_string(),
        })
        .collect();
    steps.join(".")
}

//! Suggestions as the parts of an OpenAPI Overlay, with their reasons. Whoever prints them writes the reasons as comments.

use std::fmt::Write as _;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::pagination::Found;
use crate::normalise::{KEY, pagination_members};

/// What is offered.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestions {
    /// Title of the document.
    pub title: String,
    /// Nothing in it: there is nothing to offer.
    pub groups: Vec<Group>,
}

impl Suggestions {
    /// How many operations it is about.
    pub fn operations(&self) -> usize {
        self.groups.iter().map(|group| group.pointers.len()).sum()
    }

    /// The members of the overlay before its actions.
    pub fn head(&self) -> Head {
        Head { overlay: "1.1.0", info: Info { title: format!("Pagination of {}", self.title), version: "1" } }
    }
}

/// The members of an overlay before its actions.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Head {
    overlay: &'static str,
    info: Info,
}

#[derive(Clone, Debug, PartialEq, serde::Serialize)]
struct Info {
    title: String,
    version: &'static str,
}

/// Operations for which the same is offered, for the same reasons.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// On what it is founded, and what is not certain about it: a sentence each.
    pub reasons: Vec<&'static str>,
    pub(super) found: Found,
    /// JSON pointers, `#/paths/~1pets/get`.
    pub(super) pointers: Vec<String>,
}

impl Group {
    /// One action per operation, so that each can be taken out by itself.
    pub fn actions(&self) -> Vec<Action> {
        let facts = pagination_members(&self.found.facts).into_iter().map(|(name, value)| (name, Scalar(value)));
        let facts = Members(facts.collect());
        let update = Members(vec![(KEY, Members(vec![("pagination", facts)]))]);
        let actions = self.pointers.iter().map(|pointer| Action { target: path(pointer), update: update.clone() });
        actions.collect()
    }
}

/// An action of the overlay.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Action {
    target: String,
    update: Members<Members<Members<Scalar>>>,
}

/// An object whose members keep their order.
#[derive(Clone, Debug, PartialEq)]
struct Members<T>(Vec<(&'static str, T)>);

impl<T: Serialize> Serialize for Members<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        self.0.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))?;
        map.end()
    }
}

/// A text, or a number that is written as one.
#[derive(Clone, Debug, PartialEq)]
struct Scalar(String);

impl Serialize for Scalar {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.parse::<u64>() {
            Ok(number) if number.to_string() == self.0 => serializer.serialize_u64(number),
            _ => serializer.serialize_str(&self.0),
        }
    }
}

/// `#/paths/~1pets/get` as JSONPath: `$.paths['/pets'].get`.
fn path(pointer: &str) -> String {
    let mut path = "$".to_owned();
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        let plain =
            step.starts_with(|c: char| c.is_ascii_alphabetic()) && step.chars().all(|c| c.is_ascii_alphanumeric());
        if plain {
            let _ = write!(path, ".{step}");
            continue;
        }
        path.push_str("['");
        for c in step.chars() {
            match c {
                '\'' | '\\' => path.extend(['\\', c]),
                c if c.is_control() => {
                    let _ = write!(path, "\\u{:04x}", c as u32);
                }
                c => path.push(c),
            }
        }
        path.push_str("']");
    }
    path
}

//! What the answer of an operation holds that matters for pagination: lists, and members that may say how it goes on.
//!
//! Finds what is there. What it means is for `pagination.rs` to say.

use super::signs::{self, key};
use crate::api::{Api, Content, Object, Operation, Property, Shape, TypeId, is_success};

/// Deeper than `/meta/pagination/next/cursor` nobody says how a list goes on.
const DEEPEST: usize = 4;

/// What a member holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// A text; whether the document says that it is a URL.
    Text { url: bool },
    /// A whole number.
    Number,
    /// Yes or no.
    Flag,
    /// A list.
    List,
}

/// A member of an answer.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// Where it is, `/meta/next_cursor`.
    pub(super) pointer: String,
    /// The names on the way, as [`key`] spells them.
    keys: Vec<String>,
    /// What it holds.
    pub(super) holds: Holds,
}

impl Spot {
    fn name(&self) -> &str {
        self.keys.last().map_or("", String::as_str)
    }

    /// Whether it has this name; what stands in front of a dot is the name of the object that it stands in.
    fn is(&self, sign: &str) -> bool {
        match sign.split_once('.') {
            None => self.name() == sign,
            Some((object, name)) => {
                let above = self.keys.iter().rev().nth(1);
                self.name() == name && above.is_some_and(|above| above == object)
            }
        }
    }
}

/// The answer of an operation.
pub(super) struct Answer {
    /// Where the items are.
    pub(super) items: String,
    /// Members that hold something plain.
    spots: Vec<Spot>,
    /// Whether it has the header `Link`.
    pub(super) links: bool,
}

impl Answer {
    /// `None` if there is no list in it, or several that may be meant.
    pub(super) fn of(api: &Api, operation: &Operation) -> Option<Self> {
        let mut successes: Vec<_> = operation.answers.iter().filter(|answer| is_success(answer.status)).collect();
        successes.sort_by_key(|answer| answer.status);
        let (answer, content) =
            successes.into_iter().find_map(|answer| Some((answer, Content::choose(&answer.contents)?)))?;
        let links = answer.headers.iter().any(|header| header.wire_name.eq_ignore_ascii_case("link"));
        let mut spots = Vec::new();
        let items = match shape(api, content.of.ty)? {
            Shape::Array { .. } => String::new(),
            Shape::Object(object) => {
                look(api, object, ("", &[]), &mut spots);
                items(&spots, &operation.path)?.to_owned()
            }
            _ => return None,
        };
        Some(Self { items, spots, links })
    }

    /// The member that has one of these names and holds such a thing; a name that stands earlier counts more.
    pub(super) fn find(&self, signs: &[&str], holds: impl Fn(Holds) -> bool) -> Option<&str> {
        let mut fits = self.spots.iter().filter(|spot| holds(spot.holds)).collect::<Vec<_>>();
        fits.sort_by_key(|spot| spot.keys.len());
        signs.iter().find_map(|sign| fits.iter().find(|spot| spot.is(sign))).map(|spot| spot.pointer.as_str())
    }

    /// Whether the list is no mere part of the answer: it is all of it, it is called as items are, or the path does not lead
    /// to a single thing.
    pub(super) fn is_list(&self, path: &str) -> bool {
        let name = key(self.items.rsplit('/').next().unwrap_or_default());
        self.items.is_empty() || signs::ITEMS.contains(&name.as_str()) || !path.ends_with('}')
    }

    /// Whether the answer itself has one of these members, whatever they hold.
    pub(super) fn has(&self, signs: &[&str]) -> bool {
        self.spots.iter().any(|spot| spot.keys.len() == 1 && signs.contains(&spot.name()))
    }
}

fn shape(api: &Api, ty: TypeId) -> Option<&Shape> {
    api.types.get(ty.0 as usize).map(|ty| &ty.shape)
}

/// Collects the members of an object, and of those in it that say something about pages or hold the items.
fn look(api: &Api, object: &Object, (pointer, keys): (&str, &[String]), spots: &mut Vec<Spot>) {
    for property in &object.properties {
        let name = key(&property.wire_name);
        let mut keys = keys.to_vec();
        keys.push(name.clone());
        let pointer = format!("{pointer}/{}", property.wire_name.replace('~', "~0").replace('/', "~1"));
        let Some(shape) = shape(api, property.of.ty) else { continue };
        if let Some(holds) = holds(shape, property, &keys) {
            spots.push(Spot { pointer, keys, holds });
        } else if let Shape::Object(inner) = shape
            && keys.len() < DEEPEST
            && (signs::CONTAINERS.contains(&name.as_str()) || signs::WRAPPERS.contains(&name.as_str()))
        {
            look(api, inner, (&pointer, &keys), spots);
        }
    }
}

fn holds(shape: &Shape, property: &Property, keys: &[String]) -> Option<Holds> {
    match shape {
        Shape::String { format, .. } => {
            let format = format.as_deref().unwrap_or_default();
            let words = property.docs.description.as_deref().unwrap_or_default().to_ascii_lowercase();
            let url = keys.iter().any(|key| key == "links")
                || ["uri", "url", "uri-reference"].contains(&format)
                || words.split(|c: char| !c.is_ascii_alphabetic()).any(|word| ["url", "uri", "link"].contains(&word));
            Some(Holds::Text { url })
        }
        Shape::Integer { .. } => Some(Holds::Number),
        Shape::Boolean => Some(Holds::Flag),
        Shape::Array { .. } => Some(Holds::List),
        _ => None,
    }
}

/// The list of an answer; one within an object counts only if there is none beside it.
fn items<'s>(spots: &'s [Spot], path: &str) -> Option<&'s str> {
    let lists = |depth: usize| {
        let lists = spots.iter().filter(move |spot| spot.holds == Holds::List && spot.keys.len() == depth);
        lists.filter(|spot| !signs::BESIDE.contains(&spot.name())).collect::<Vec<_>>()
    };
    let outer = lists(1);
    if !outer.is_empty() {
        return one(&outer, path);
    }
    let wrapped = |spot: &&Spot| spot.keys.first().is_some_and(|above| signs::WRAPPERS.contains(&above.as_str()));
    one(&lists(2).into_iter().filter(wrapped).collect::<Vec<_>>(), path)
}

/// The only one, the one that is called as items are, or the one that is called as the path is.
fn one<'s>(lists: &[&'s Spot], path: &str) -> Option<&'s str> {
    let only = |names: &[&str]| {
        let mut named = lists.iter().filter(|spot| names.contains(&spot.name()));
        named.next().filter(|_| named.next().is_none())
    };
    let last = path.rsplit('/').find(|segment| !segment.contains('{')).map(key).unwrap_or_default();
    let found = match lists {
        [list] => Some(list),
        _ => only(signs::ITEMS).or_else(|| only(&[&last])),
    };
    found.map(|list| list.pointer.as_str())
}

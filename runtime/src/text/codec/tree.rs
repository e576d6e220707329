//! A JSON text as a tree that borrows from it, for code that walks values: rules, styles, equality.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::error::{DecodeError, Kind};
use super::number::Number;
use super::{Encode, Encoder, Scanner};

/// One value.
#[derive(Clone, Debug)]
pub(crate) enum Tree<'a> {
    Null,
    Boolean(bool),
    /// Its text.
    Number(&'a str),
    String(Cow<'a, str>),
    Array(Vec<Tree<'a>>),
    /// In the text's order.
    Object(Vec<(Cow<'a, str>, Tree<'a>)>),
}

impl<'a> Tree<'a> {
    /// Parses a whole text.
    pub(crate) fn parse(text: &'a str) -> Result<Self, DecodeError> {
        let mut scan = Scanner::new(text);
        let tree = parse(&mut scan)?;
        scan.end().map(|()| tree)
    }

    /// A number or string or boolean as plain text; `None` for containers and null.
    pub(crate) fn scalar(&self) -> Option<&str> {
        match self {
            Self::Boolean(true) => Some("true"),
            Self::Boolean(false) => Some("false"),
            Self::Number(text) => Some(text),
            Self::String(text) => Some(text),
            Self::Null | Self::Array(_) | Self::Object(_) => None,
        }
    }
}

fn parse<'a>(scan: &mut Scanner<'a>) -> Result<Tree<'a>, DecodeError> {
    match scan.kind()? {
        Kind::Null => scan.literal("null").map(|()| Tree::Null),
        Kind::Boolean if scan.peek() == Some(b't') => scan.literal("true").map(|()| Tree::Boolean(true)),
        Kind::Boolean => scan.literal("false").map(|()| Tree::Boolean(false)),
        Kind::Number => scan.number().map(Tree::Number),
        Kind::String => scan.string().map(Tree::String),
        Kind::Array => {
            let mut items = Vec::new();
            container(scan, b']', &mut |scan| {
                items.push(parse(scan)?);
                Ok(())
            })?;
            Ok(Tree::Array(items))
        }
        Kind::Object => {
            let mut members = Vec::new();
            container(scan, b'}', &mut |scan| {
                members.push((scan.key()?, parse(scan)?));
                Ok(())
            })?;
            Ok(Tree::Object(members))
        }
    }
}

fn container<'a>(
    scan: &mut Scanner<'a>,
    close: u8,
    each: &mut dyn FnMut(&mut Scanner<'a>) -> Result<(), DecodeError>,
) -> Result<(), DecodeError> {
    scan.eat(if close == b']' { b'[' } else { b'{' });
    scan.enter()?;
    if !scan.eat(close) {
        loop {
            each(scan)?;
            if !scan.more(close)? {
                break;
            }
        }
    }
    scan.depth -= 1;
    Ok(())
}

/// JSON equality: numbers by value, members in any order, the last of equal names counts.
impl PartialEq for Tree<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Boolean(left), Self::Boolean(right)) => left == right,
            (Self::Number(left), Self::Number(right)) => left == right || Number::parse(left) == Number::parse(right),
            (Self::String(left), Self::String(right)) => left == right,
            (Self::Array(left), Self::Array(right)) => left == right,
            (Self::Object(left), Self::Object(right)) => by_name(left) == by_name(right),
            _ => false,
        }
    }
}

fn by_name<'t>(members: &'t [(Cow<'_, str>, Tree<'t>)]) -> BTreeMap<&'t str, &'t Tree<'t>> {
    members.iter().map(|(name, value)| (&**name, value)).collect()
}

impl Encode for Tree<'_> {
    fn encode(&self, e: &mut Encoder) {
        match self {
            Self::Null => e.null(),
            Self::Boolean(value) => e.boolean(*value),
            Self::Number(text) => e.raw(text),
            Self::String(text) => e.string(text),
            Self::Array(items) => items.encode(e),
            Self::Object(members) => {
                e.begin_object();
                for (name, value) in members {
                    e.other_member(name, value);
                }
                e.end_object();
            }
        }
    }
}

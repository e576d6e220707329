//! Accessors as declarations: what they find, the way there, and what stands in for what is absent.

use super::{RustType, Signature, SignatureType};

/// A method that finds something at one of several places of a value.
#[derive(Clone, Debug)]
pub struct AccessorDecl {
    /// The method.
    pub signature: Signature,
    /// What it finds.
    pub output: RustType,
    /// Where it looks: one arm for a model, one per variant for a union.
    pub arms: Vec<Arm>,
}

impl AccessorDecl {
    /// How a found value is handed out.
    pub(crate) fn given(&self) -> Option<&SignatureType> {
        match &self.signature.output {
            SignatureType::Optional(given) => Some(given),
            _ => None,
        }
    }
}

/// The places of a model, or of one variant of a union.
#[derive(Clone, Debug)]
pub struct Arm {
    /// The variant; `None`: a model.
    pub variant: Option<String>,
    /// Ways to the places, in their order.
    pub ways: Vec<Vec<Step>>,
}

/// One step towards a place.
#[derive(Clone, Debug)]
pub enum Step {
    /// A field; where it may be absent, the method that makes an `Option` of a reference of it.
    Member(String, Option<&'static str>),
    /// Out of the box that the last field is.
    Unbox,
    /// An item of a list.
    Item(usize),
}

/// A method beside an optional member: its value, or the document's default.
#[derive(Clone, Debug)]
pub struct DefaultDecl {
    /// `level_or_default(&self)`.
    pub signature: Signature,
    /// The default.
    pub value: DefaultValue,
}

/// A default that needs no code to be made.
#[derive(Clone, Debug)]
pub enum DefaultValue {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i128),
    /// Any other number.
    Number(f64),
    /// A text.
    Text(String),
    /// A variant of the member's enum.
    Variant(String),
    /// A list without items.
    NoItems,
}

//! Models: their members, and how a caller makes one.

use super::{DefaultDecl, RustType, Signature, SignatureType};

/// A model.
#[derive(Clone, Debug)]
pub struct StructDecl {
    /// In the document's order.
    pub fields: Vec<FieldDecl>,
    /// Ident of the field for all other members: `extra`, or another name where the document has `extra`.
    pub extra_ident: String,
    /// `None`: raw (`Extra`); else the type of each value (`Others<T>`).
    pub extra_type: Option<RustType>,
    /// How a caller makes one; `None` for types that only answers carry.
    pub constructor: Option<Box<ConstructorDecl>>,
    /// Whether `Debug` is written by hand because a member is sensitive.
    pub redacted: bool,
}

/// How a caller makes a model.
#[derive(Clone, Debug)]
pub struct ConstructorDecl {
    /// `new(required…)`, or `new(required: XRequired)`.
    pub new: Signature,
    /// The plain struct that `new` takes where there are more required members than a caller can keep in order.
    pub record: Option<RecordDecl>,
}

/// A plain struct of required members.
#[derive(Clone, Debug)]
pub struct RecordDecl {
    /// For example `CreateOrderRequired`.
    pub ident: String,
    /// Clean rustdoc lines.
    pub docs: Vec<String>,
}

/// A member of a model.
#[derive(Clone, Debug)]
pub struct FieldDecl {
    /// Field and setter.
    pub ident: String,
    /// On the wire.
    pub wire_name: String,
    /// The value's type, without what `presence` adds.
    pub ty: RustType,
    /// How absence and null show.
    pub presence: Presence,
    /// Boxed because it holds a struct.
    pub boxed: bool,
    /// The field's type: the value's, with what `presence` and `boxed` add.
    pub written: RustType,
    /// How a constructor or setter takes the value.
    pub taken: SignatureType,
    /// The method that sets it; `None` where `new` takes it, or nobody makes the model.
    pub setter: Option<Signature>,
    /// Clean rustdoc lines.
    pub docs: Vec<String>,
    /// `#[deprecated]`.
    pub deprecated: bool,
    /// Redacted in `Debug`.
    pub sensitive: bool,
    /// Reading it checks its format.
    pub well_formed: bool,
    /// Of a required member that has one: applied when the member is absent on reading, JSON text. Optional members stay
    /// absent, so that what is read is written back as it was; `or_default` gives theirs.
    pub default: Option<String>,
    /// The method that gives an optional member's default where an answer has no such member.
    pub or_default: Option<DefaultDecl>,
    /// JSON pointer, for `api.txt`.
    pub origin: String,
}

impl StructDecl {
    /// The twin of a member's setter that takes an `Option`.
    pub(crate) fn maybe(&self, member: &FieldDecl) -> Option<Signature> {
        let defaults = self.fields.iter().filter_map(|one| one.or_default.as_ref()).map(|one| &one.signature.name);
        let others = self.fields.iter().map(|one| &one.ident).chain(defaults);
        member.setter.as_ref()?.maybe(others.map(String::as_str))
    }
}

impl FieldDecl {
    /// Whether a constructor asks for it.
    pub(crate) fn is_required(&self) -> bool {
        matches!(self.presence, Presence::Required | Presence::RequiredNullable)
    }

    /// Its type where a constructor takes it: nothing is boxed, because it stands nowhere yet.
    pub(crate) fn given(&self) -> RustType {
        match self.presence {
            Presence::RequiredNullable => RustType::Nullable(Box::new(self.ty.clone())),
            _ => self.ty.clone(),
        }
    }
}

/// How absence and null of a member show in Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// `T`.
    Required,
    /// `Option<T>`: null is a value, absence a fault.
    RequiredNullable,
    /// `Option<T>`: absent or a value.
    Optional,
    /// `Field<T>`.
    OptionalNullable,
}

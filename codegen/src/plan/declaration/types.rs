//! The public types: models, enums, unions.

use super::{AccessorDecl, ConversionDecl, Definition, RustType, Signature, StructDecl};

/// A public type.
#[derive(Clone, Debug)]
pub struct TypeDecl {
    /// Rust name.
    pub ident: String,
    /// File below `types/` and `codec/`: the module of a resource of the client, or `shared`.
    pub module: String,
    /// Feature that gates it (the module's).
    pub feature: Option<String>,
    /// Clean rustdoc lines.
    pub docs: Vec<String>,
    /// `#[deprecated]`.
    pub deprecated: bool,
    /// JSON pointer, for `api.txt`.
    pub origin: String,
    /// Beyond `Clone, Debug, PartialEq`.
    pub extra_derives: Vec<String>,
    /// Where its definition stands.
    pub definition: Definition,
    /// What it is.
    pub body: TypeBody,
    /// Methods that find something at one of several places.
    pub accessors: Vec<AccessorDecl>,
    /// Methods that give it as something else: `as_str` of an open enum; `json` of a raw union, then one per variant.
    pub views: Vec<Signature>,
    /// What it is made from.
    pub conversions: Vec<ConversionDecl>,
    /// Traits that it has beyond `Clone`, `Debug` and `PartialEq`, and that are not derived.
    pub traits: Vec<&'static str>,
}

impl TypeDecl {
    /// File below `types/` and `codec/`, and the feature that gates it.
    pub(crate) fn file(&self) -> (&str, Option<&str>) {
        match self.definition {
            Definition::Common => (crate::plan::SHARED, None),
            Definition::Own | Definition::Alias(_) => (&self.module, self.feature.as_deref()),
        }
    }

    /// Whether it is defined under its own name.
    pub(crate) fn is_defined(&self) -> bool {
        !matches!(self.definition, Definition::Alias(_))
    }
}

/// What a declared type is.
#[derive(Clone, Debug)]
pub enum TypeBody {
    /// A model.
    Struct(StructDecl),
    /// An open enum of strings.
    StringEnum(Vec<ValueDecl>),
    /// An open enum of whole numbers.
    IntegerEnum(Vec<ValueDecl>),
    /// An open enum over types.
    Union(UnionDecl),
    /// A raw value with views, where no rule tells the variants apart.
    RawUnion(Vec<VariantDecl>),
}

/// A value of an enum.
#[derive(Clone, Debug)]
pub struct ValueDecl {
    /// Variant.
    pub ident: String,
    /// On the wire; digits for integers.
    pub wire: String,
    /// Clean rustdoc lines.
    pub docs: Vec<String>,
}

/// An open enum over types.
#[derive(Clone, Debug)]
pub struct UnionDecl {
    /// In the document's order.
    pub variants: Vec<VariantDecl>,
    /// How the variants are told apart.
    pub choice: Choice,
}

/// How the variants of a union are told apart.
#[derive(Clone, Debug)]
pub enum Choice {
    /// By the value of this member.
    Tag(String),
    /// By shape: kind of JSON value, required and known members, constant members.
    Shape,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct VariantDecl {
    /// Variant.
    pub ident: String,
    /// Its type.
    pub ty: RustType,
    /// Boxed in the enum.
    pub boxed: bool,
    /// Tags that select it.
    pub tags: Vec<String>,
    /// Whether objects are it that no tag selects.
    pub fallback: bool,
    /// What its values look like, for [`Choice::Shape`].
    pub shape: VariantShape,
    /// Whether `From<T>` is unambiguous.
    pub from: bool,
    /// Clean rustdoc lines.
    pub docs: Vec<String>,
}

impl VariantDecl {
    /// Its type as the enum holds it.
    pub(crate) fn held(&self) -> RustType {
        if self.boxed { RustType::Boxed(Box::new(self.ty.clone())) } else { self.ty.clone() }
    }
}

/// What the values of a variant look like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VariantShape {
    /// An object with these members.
    Object {
        /// Required ones.
        required: Vec<String>,
        /// All known ones.
        known: Vec<String>,
        /// Members with a fixed set of string values.
        constants: Vec<(String, Vec<String>)>,
        /// Members that are always one whole number or truth, each with its JSON text.
        literals: Vec<(String, String)>,
    },
    /// An array.
    Array,
    /// A string.
    String,
    /// A string out of these.
    Strings(Vec<String>),
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// A boolean.
    Boolean,
    /// Anything.
    Any,
}

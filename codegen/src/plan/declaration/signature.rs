//! Public functions as they are written: what `emit` puts before a body, and what `api.txt` lists.

use super::RustType;

/// A public function.
#[derive(Clone, Debug, PartialEq)]
pub struct Signature {
    /// For example `display_name`; a keyword is raw: `r#type`.
    pub name: String,
    /// What stands before `fn`.
    pub qualifier: Qualifier,
    /// Type parameters.
    pub generics: Vec<Generic>,
    /// `self`, where it is a method.
    pub receiver: Receiver,
    /// What it takes beside `self`.
    pub arguments: Vec<Argument>,
    /// What it gives.
    pub output: SignatureType,
    /// Clean rustdoc lines.
    pub docs: Vec<String>,
    /// `#[deprecated]`.
    pub deprecated: bool,
    /// `#[must_use]`.
    pub must_use: bool,
}

/// `From<T>`, or `TryFrom<T>` where it may fail.
#[derive(Clone, Debug, PartialEq)]
pub struct ConversionDecl {
    /// `from(value: T)` or `try_from(value: T)`.
    pub signature: Signature,
    /// The variant that it makes, where it makes always the same one.
    pub variant: Option<usize>,
}

impl ConversionDecl {
    /// What is converted.
    pub(crate) fn source(&self) -> Option<&SignatureType> {
        self.signature.arguments.first().map(|argument| &argument.ty)
    }

    /// Whether it is `TryFrom`.
    pub(crate) fn may_fail(&self) -> bool {
        matches!(self.signature.output, SignatureType::Fallible(..))
    }
}

impl Signature {
    /// A plain function without attributes.
    pub(crate) fn new(name: impl Into<String>, receiver: Receiver, output: SignatureType, docs: Vec<String>) -> Self {
        Self {
            name: name.into(),
            qualifier: Qualifier::None,
            generics: Vec::new(),
            receiver,
            arguments: Vec::new(),
            output,
            docs,
            deprecated: false,
            must_use: false,
        }
    }

    /// With one more argument.
    pub(crate) fn taking(mut self, name: impl Into<String>, ty: SignatureType) -> Self {
        self.arguments.push(Argument { name: name.into(), ty });
        self
    }

    /// The twin of a setter that takes an `Option`, unless something else has its name.
    pub(crate) fn maybe<'n>(&self, mut others: impl Iterator<Item = &'n str>) -> Option<Self> {
        let plain = self.name.trim_start_matches("r#");
        let name = format!("maybe_{plain}");
        let argument = self.arguments.first().filter(|_| others.all(|other| other != name))?;
        let docs = vec![format!("Sets `{plain}`; `None` leaves it as it is.")];
        let ty = SignatureType::Optional(Box::new(argument.ty.clone()));
        let twin = Self::new(name, Receiver::Value, self.output.clone(), docs).taking(&argument.name, ty);
        Some(Self { deprecated: self.deprecated, must_use: self.must_use, ..twin })
    }
}

/// What stands before `fn`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Qualifier {
    /// Nothing.
    #[default]
    None,
    /// `const`.
    Const,
    /// `async`.
    Async,
}

/// A type parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generic {
    /// For example `F`.
    pub name: &'static str,
    /// For example `Future<Output = T>`.
    pub bound: Option<&'static str>,
}

/// How a function takes `self`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// Not at all.
    None,
    /// `self`.
    Value,
    /// `mut self`, which callers do not see.
    Changed,
    /// `&self`.
    Reference,
}

/// An argument of a function.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// For example `order_id`.
    pub name: String,
    /// How it is taken.
    pub ty: SignatureType,
}

impl SignatureType {
    /// `impl Into<T>`.
    pub(crate) fn into(ty: RustType) -> Self {
        Self::Into(Box::new(Self::Value(ty)))
    }

    /// `impl IntoIterator<Item = T>`.
    pub(crate) fn items(item: Self) -> Self {
        Self::Items(Box::new(item))
    }

    /// Whether it is `impl Into<rt::Sort>`.
    pub(crate) fn is_sort(&self) -> bool {
        matches!(self, Self::Into(inner) if **inner == Self::Sort)
    }
}

/// A type where a function takes or gives it.
#[derive(Clone, Debug, PartialEq)]
pub enum SignatureType {
    /// `T`.
    Value(RustType),
    /// `&T`.
    Reference(RustType),
    /// `&str`.
    Text,
    /// `&[T]`.
    Slice(RustType),
    /// `impl Into<T>`.
    Into(Box<SignatureType>),
    /// `impl AsRef<str>`.
    AsText,
    /// `impl IntoIterator<Item = impl AsRef<str>>`.
    AsTexts,
    /// `impl IntoIterator<Item = T>`.
    Items(Box<SignatureType>),
    /// `impl IntoIterator<Item = (impl Into<String>, T)>`.
    Pairs(Box<SignatureType>),
    /// `rt::Filter`: adds a condition.
    Filter,
    /// `rt::Sort`: adds an attribute to the order.
    Sort,
    /// `Option<T>`.
    Optional(Box<SignatureType>),
    /// `Result<T, E>`: the error as it is written.
    Fallible(Box<SignatureType>, &'static str),
    /// `Call<op::ListOrders>`: the marker's name.
    Call(String),
    /// `rt::Attribute<T>`.
    Attribute(RustType),
    /// A resource by the name of its struct.
    Resource(String),
    /// The plain struct of required members that `new` takes, by its name.
    Record(String),
    /// A type of the runtime or of the crate's root that no document has a say in: `rt::Events<'_>`, `Self`.
    Fixed(&'static str),
}

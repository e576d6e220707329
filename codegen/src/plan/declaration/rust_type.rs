//! Types of values, as Rust has them.

/// A Rust type as it is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RustType {
    /// A type of this crate: index into [`Plan::types`].
    Declared(usize),
    /// A row of the table of scalar types: see [`Scalar`].
    Scalar(Scalar),
    /// `Vec<T>`.
    List(Box<RustType>),
    /// `(T, U)`.
    Tuple(Vec<RustType>),
    /// `rt::Map<T>`.
    Map(Box<RustType>),
    /// `Option<T>`: an item or value that may be null.
    Nullable(Box<RustType>),
    /// `rt::Field<T>`: a member of a flat body that may be absent or null.
    Field(Box<RustType>),
    /// `rt::Lines<T>`: a body of records.
    Lines(Box<RustType>),
    /// `Box<T>`.
    Boxed(Box<RustType>),
    /// A path that the user gave.
    Replaced(String),
    /// `()`.
    Unit,
}

/// Types that the standard library or the runtime bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scalar {
    /// `bool`
    Bool,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `f64`
    F64,
    /// `String`
    String,
    /// `rt::Decimal`, a number on the wire.
    Decimal,
    /// `rt::Decimal`, a string on the wire.
    DecimalText,
    /// `rt::DateTime`
    DateTime,
    /// `rt::Date`
    Date,
    /// `rt::Uuid`
    Uuid,
    /// `rt::Base64`
    Base64,
    /// `rt::Bytes`
    Bytes,
    /// `rt::FilePart`: a member of a multipart body.
    File,
    /// `rt::Upload`: a body of bytes.
    Upload,
    /// `rt::Json`
    Json,
    /// `rt::NumberOrString`
    NumberOrString,
}

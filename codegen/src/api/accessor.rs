//! Methods that find something in a value, and the one format that is not the document's own.

use serde::Serialize;

/// Format of a string that may be a number as well.
pub const NUMBER_OR_STRING: &str = "number-or-string";

/// A method that finds something in a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Accessor {
    /// Its name in Rust.
    pub name: String,
    /// JSON pointers into the value, first hit wins.
    pub pointers: Vec<String>,
}

//! Callbacks: requests that the API sends because of an operation.

use super::path_item::PATH_ITEM;
use super::row::{Holds, Noun, Object, Others, Unit, object};

/// Every key is an expression of the URL.
pub(super) static CALLBACK: Object =
    Object { others: Others::Map(Holds::Object(&PATH_ITEM)), ..object("a callback", &[]) }
        .noun(Noun::Callback)
        .unit(Unit::Callback);

pub(super) static A_CALLBACK: Holds = Holds::OrReference(&CALLBACK);

//! Reference objects, where another object may stand.

use super::row::{Holds, Object, object, row};
use super::{DESCRIPTION, SUMMARY};

pub(crate) static REFERENCE: Object =
    object("a reference", &[row("$ref", Holds::StrictText).required(), SUMMARY, DESCRIPTION]);

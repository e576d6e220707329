//! Changes that the client makes to a body before checking it: generated fields and trimmed texts.
//!
//! `call` generates the values.

/// A change at one place of a body.
#[derive(Clone, Copy, Debug)]
pub struct Adjustment {
    pub(crate) path: &'static [&'static str],
    pub(crate) change: Change,
}

/// The change.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Change {
    Fill(&'static str),
    Trim,
}

impl Adjustment {
    /// Sends this JSON where a member is not set. A string may hold `{uuid}`, `{hex32}` and `{now}`. The path names members
    /// from the body inwards; `*` is every item of a list or value of a map.
    #[must_use]
    pub const fn fill(path: &'static [&'static str], json: &'static str) -> Self {
        Self { path, change: Change::Fill(json) }
    }

    /// Takes white space off a text.
    #[must_use]
    pub const fn trim(path: &'static [&'static str]) -> Self {
        Self { path, change: Change::Trim }
    }

    /// The source of a generated field.
    pub(crate) fn fills(&self, member: &str) -> Option<&'static str> {
        match self.change {
            Change::Fill(json) if self.path == [member] => Some(json),
            _ => None,
        }
    }
}

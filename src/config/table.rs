//! Reading tables of TOML member by member, with every fault collected and placed.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use typewright_codegen::diagnostic::{Code, Collector, Diagnostic, Report, nearest};
use typewright_codegen::source::{FileId, Place};

use crate::codes;

/// The faults found so far.
#[derive(Default)]
pub(super) struct Faults(Collector);

impl Faults {
    /// Reports a fault at these bytes of the file.
    pub(super) fn report(&mut self, code: &'static Code, at: Range<usize>) -> Report<'_> {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.0.report(code, Place { file: FileId(0), start: offset(at.start), end: offset(at.end) })
    }

    /// `value` if there was no fault.
    pub(super) fn finish<T>(self, value: T) -> Result<T, Vec<Diagnostic>> {
        if self.0.has_errors() { Err(self.0.finish()) } else { Ok(value) }
    }
}

/// A table, and the text that it was read from.
#[derive(Clone)]
pub(super) struct Table<'t> {
    members: Option<&'t DeTable<'t>>,
    text: &'t str,
    span: Range<usize>,
}

impl<'t> Table<'t> {
    pub(super) fn new(members: &'t DeTable<'t>, text: &'t str, span: Range<usize>) -> Self {
        Self { members: Some(members), text, span }
    }

    /// A table without members, for one that the file leaves out.
    pub(super) fn empty() -> Self {
        Self { members: None, text: "", span: 0..0 }
    }

    /// Where the table's key stands.
    pub(super) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Reports every member that is not among `known`.
    pub(super) fn only(&self, known: &[&str], faults: &mut Faults) {
        for (key, _) in self.members.into_iter().flatten() {
            if !known.contains(&key.get_ref().as_ref()) {
                let help = match nearest(key.get_ref(), known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("known here: {}", known.join(", ")),
                };
                let report = faults.report(&codes::CONFIG_MEMBER, key.span());
                report.message(format!("unknown member `{}`", key.get_ref())).label("nothing reads this").help(help);
            }
        }
    }

    /// A string.
    pub(super) fn string(&self, key: &str, faults: &mut Faults) -> Option<(String, Range<usize>)> {
        let value = self.get(key)?;
        match value.get_ref().as_str() {
            Some(text) => Some((text.to_owned(), value.span())),
            None => wrong(key, "a string", value, faults),
        }
    }

    /// A list of strings.
    pub(super) fn strings(&self, key: &str, faults: &mut Faults) -> Option<Vec<String>> {
        Some(self.placed_strings(key, faults)?.into_iter().map(|(text, _)| text).collect())
    }

    /// A list of strings, each with its place.
    pub(super) fn placed_strings(&self, key: &str, faults: &mut Faults) -> Option<Vec<(String, Range<usize>)>> {
        let value = self.get(key)?;
        let placed = |item: &Spanned<DeValue<'_>>| Some((item.get_ref().as_str()?.to_owned(), item.span()));
        match value.get_ref().as_array().and_then(|items| items.iter().map(placed).collect()) {
            Some(items) => Some(items),
            None => wrong(key, "a list of strings", value, faults),
        }
    }

    /// A table.
    pub(super) fn table(&self, key: &str, faults: &mut Faults) -> Option<Self> {
        let (name, value) = self.members?.iter().find(|(name, _)| name.get_ref() == key)?;
        match value.get_ref().as_table() {
            Some(members) => Some(Self { members: Some(members), text: self.text, span: name.span() }),
            None => wrong(key, "a table", value, faults),
        }
    }

    /// The names of the members.
    pub(super) fn keys(&self) -> Vec<String> {
        self.members.into_iter().flatten().map(|(key, _)| key.get_ref().to_string()).collect()
    }

    /// The text of a member's value, as it stands in the file.
    pub(super) fn raw(&self, key: &str) -> Option<String> {
        self.text.get(self.get(key)?.span()).map(str::to_owned)
    }

    fn get(&self, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.members?.get(key)
    }
}

fn wrong<T>(key: &str, expected: &str, value: &Spanned<DeValue<'_>>, faults: &mut Faults) -> Option<T> {
    let found = value.get_ref().type_str();
    let report = faults.report(&codes::CONFIG_VALUE, value.span());
    report
        .message(format!("`{key}` is not {expected}"))
        .label(format!("expected {expected}, found {found}"))
        .help(format!("write {expected}"));
    None
}

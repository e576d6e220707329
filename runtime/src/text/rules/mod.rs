//! Constraints that are checked before anything is sent.
//!
//! Owns the facts ([`Rule`], [`MemberRules`]) and the words of a violation. The walk is in `check`, patterns in `pattern`.
//! Types are not checked here: what is encoded has the right ones.

mod check;
mod pattern;

use std::fmt;

use crate::text::codec::{EncodeError, Written};

/// What must hold of a value. `null` passes every rule: whether it is allowed is a matter of the type.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    test: Test,
    message: Option<&'static str>,
}

/// The keyword, with its operand. Numbers keep the document's text.
#[derive(Clone, Copy, Debug)]
enum Test {
    Minimum(&'static str),
    ExclusiveMinimum(&'static str),
    Maximum(&'static str),
    ExclusiveMaximum(&'static str),
    MultipleOf(&'static str),
    MinLength(u64),
    MaxLength(u64),
    Pattern(&'static str),
    MinCount(u64),
    MaxCount(u64),
    Unique,
    OneOf(&'static [&'static str]),
    AnyRequired(&'static [&'static [&'static str]]),
    Object,
    MaxBytes(u64),
    ReservedKeys(&'static [&'static str]),
    NamedMembers,
}

impl Rule {
    const fn new(test: Test) -> Self {
        Self { test, message: None }
    }

    /// The document's own words. They follow the member's name, for example `must be a valid UUID.`, unless they hold
    /// `{member}` or `{key}`: then they are the whole sentence.
    #[must_use]
    pub const fn message(mut self, message: &'static str) -> Self {
        self.message = Some(message);
        self
    }

    /// `minimum`, as its text.
    pub const fn minimum(bound: &'static str) -> Self {
        Self::new(Test::Minimum(bound))
    }

    /// `exclusiveMinimum`, as its text.
    pub const fn exclusive_minimum(bound: &'static str) -> Self {
        Self::new(Test::ExclusiveMinimum(bound))
    }

    /// `maximum`, as its text.
    pub const fn maximum(bound: &'static str) -> Self {
        Self::new(Test::Maximum(bound))
    }

    /// `exclusiveMaximum`, as its text.
    pub const fn exclusive_maximum(bound: &'static str) -> Self {
        Self::new(Test::ExclusiveMaximum(bound))
    }

    /// `multipleOf`, as its text.
    pub const fn multiple_of(divisor: &'static str) -> Self {
        Self::new(Test::MultipleOf(divisor))
    }

    /// `minLength`, in characters.
    pub const fn min_length(length: u64) -> Self {
        Self::new(Test::MinLength(length))
    }

    /// `maxLength`, in characters.
    pub const fn max_length(length: u64) -> Self {
        Self::new(Test::MaxLength(length))
    }

    /// `pattern`; one that the engine does not take is not checked.
    pub const fn pattern(pattern: &'static str) -> Self {
        Self::new(Test::Pattern(pattern))
    }

    /// `minItems` or `minProperties`.
    pub const fn min_count(count: u64) -> Self {
        Self::new(Test::MinCount(count))
    }

    /// `maxItems` or `maxProperties`.
    pub const fn max_count(count: u64) -> Self {
        Self::new(Test::MaxCount(count))
    }

    /// `uniqueItems`.
    pub const fn unique() -> Self {
        Self::new(Test::Unique)
    }

    /// `enum` or `const`, as JSON texts.
    pub const fn one_of(values: &'static [&'static str]) -> Self {
        Self::new(Test::OneOf(values))
    }

    /// `type: object`, for a value that may be any JSON in Rust.
    pub const fn object() -> Self {
        Self::new(Test::Object)
    }

    /// The most bytes that the text may have in UTF-8.
    pub const fn max_bytes(bytes: u64) -> Self {
        Self::new(Test::MaxBytes(bytes))
    }

    /// Names that members may not have, whatever their letter case.
    pub const fn reserved_keys(keys: &'static [&'static str]) -> Self {
        Self::new(Test::ReservedKeys(keys))
    }

    /// No member has an empty name, here and further in.
    pub const fn named_members() -> Self {
        Self::new(Test::NamedMembers)
    }

    /// At least one of these sets of members must be there.
    pub const fn any_required(sets: &'static [&'static [&'static str]]) -> Self {
        Self::new(Test::AnyRequired(sets))
    }
}

/// Rules of a member, and of what is in it.
#[derive(Clone, Copy, Debug)]
pub struct MemberRules {
    name: &'static str,
    rules: &'static [Rule],
    members: &'static [MemberRules],
}

impl MemberRules {
    /// Rules of the member `name`; `*` is every item of an array, and every member of an object that has no rules of its own.
    pub const fn new(name: &'static str, rules: &'static [Rule]) -> Self {
        Self { name, rules, members: &[] }
    }

    /// Rules of what is in it.
    #[must_use]
    pub const fn members(mut self, members: &'static [Self]) -> Self {
        self.members = members;
        self
    }
}

/// A value that may not be sent: `<member> <message>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    path: String,
    message: String,
    sentence: bool,
}

impl Violation {
    /// Of the member at `path` (empty: the value itself), with words that follow its name.
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { path: path.into(), message: message.into(), sentence: false }
    }

    /// The same, seen from outside: the value is called `name`, for example that of a parameter.
    #[must_use]
    pub fn below(self, name: &str) -> Self {
        let joint = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        Self { path: format!("{name}{joint}{}", self.path), ..self }
    }

    /// The member, for example `items[3].price`; empty for the value itself.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong with it, for example `must be greater than or equal to 0.`
    pub fn message(&self) -> &str {
        &self.message
    }
}

/// In the words of a rule: the member's name.
pub(crate) const MEMBER: &str = "{member}";

/// In the words of a rule: the name that a member may not have.
pub(crate) const KEY: &str = "{key}";

impl Violation {
    /// Words of the document's own, which are a whole sentence where they say so.
    pub(crate) fn worded(words: &str, key: &str) -> Self {
        let sentence = words.contains(MEMBER) || words.contains(KEY);
        Self { sentence, ..Self::new("", words.replace(KEY, key)) }
    }

    /// Whether its words do not follow the member's name.
    pub(crate) fn is_sentence(&self) -> bool {
        self.sentence
    }

    /// The sentence, behind the list item that it is about.
    fn sentence(&self) -> String {
        let member = self.path.rsplit('.').next().unwrap_or_default();
        let message = self.message.replace(MEMBER, member);
        match self.path.rfind(']').and_then(|end| self.path.get(..=end)) {
            Some(item) => format!("{item}: {message}"),
            None => message,
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_sentence() {
            return f.write_str(&self.sentence());
        }
        match self.path.as_str() {
            "" => f.write_str(&self.message),
            path => write!(f, "{path} {}", self.message),
        }
    }
}

impl std::error::Error for Violation {}

impl From<EncodeError> for Violation {
    fn from(error: EncodeError) -> Self {
        Self::new(error.path(), error.message())
    }
}

/// Checks an encoded value: its own rules first, then its members in the order in which they stand. The first violation is
/// the one that is told.
pub(crate) fn check(json: &str, rules: &[Rule], members: &[MemberRules]) -> Result<(), Violation> {
    if rules.is_empty() && members.is_empty() {
        return Ok(());
    }
    check::check(json, rules, members)
}

/// The same of a parameter, whose value is a scalar most of the time.
pub(crate) fn check_written(value: &Written, rules: &[Rule], members: &[MemberRules]) -> Result<(), Violation> {
    if rules.is_empty() && members.is_empty() {
        return Ok(());
    }
    check::check_written(value, rules, members)
}

/// Whether the value at the first path stands before the one at the second.
pub(crate) fn comes_first(json: &str, path: &str, other: &str) -> bool {
    check::comes_first(json, path, other)
}

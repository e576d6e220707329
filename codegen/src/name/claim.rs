//! Gives out the identifiers of one scope: who keeps a plain name, and how the others are told apart.
//!
//! The order of the document has no say: only rank, and the wire names themselves. So adding an item renames nothing
//! unless it collides. Knows nothing of what the items are.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hasher as _;

use fnv::FnvHasher;

use super::reserved::{self, IdentKind};
use super::words::{self, Spell};
use crate::api::Origin;

/// An item that wants a name.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    /// Lower ranks first.
    pub(super) rank: usize,
    /// What it is called in the document.
    pub(super) wire: String,
    /// The name it should have.
    pub(super) plain: String,
    /// Where it stands; `None` for what is no item of the document.
    pub(super) origin: Option<Origin>,
}

/// Two items that wanted one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Collision {
    /// What both wanted.
    pub(super) wanted: String,
    /// What the lower one is called.
    pub(super) given: String,
    /// The lower one, as the document calls it.
    pub(super) wire: String,
    /// The lower one.
    pub(super) origin: Option<Origin>,
    /// The higher one, as the document calls it.
    pub(super) winner_wire: String,
    /// The higher one; `None` where the name was given out before.
    pub(super) winner: Option<Origin>,
    /// What sort of name it is.
    pub(super) kind: IdentKind,
}

/// One scope while its names are given out.
pub(super) struct Scope {
    kind: IdentKind,
    taken: BTreeMap<String, (String, Option<Origin>)>,
    /// Collisions so far.
    pub(super) collisions: Vec<Collision>,
}

impl Scope {
    pub(super) fn new(kind: IdentKind) -> Self {
        Self { kind, taken: BTreeMap::new(), collisions: Vec::new() }
    }

    pub(super) fn kind(&self) -> IdentKind {
        self.kind
    }

    /// Keeps a name from being given out.
    pub(super) fn reserve(&mut self, ident: &str, by: &str) {
        self.taken.insert(ident.to_owned(), (by.to_owned(), None));
    }

    /// Whether a name was given out.
    pub(super) fn holds(&self, ident: &str) -> bool {
        self.taken.contains_key(ident)
    }

    /// Names every claim. `qualify` gives what a loser is called instead, best first; what casing lost and the wire
    /// name's hex come after these by themselves.
    pub(super) fn give(&mut self, claims: &[Claim], qualify: &dyn Fn(usize) -> Vec<String>) -> Vec<String> {
        let mut order: Vec<usize> = (0..claims.len()).collect();
        order.sort_by_cached_key(|index| claims.get(*index).map(precedence));
        let mut given = vec![None; claims.len()];
        let mut losers = Vec::new();
        for index in order {
            let Some(claim) = claims.get(index) else { continue };
            if self.holds(&claim.plain) {
                losers.push(index);
            } else {
                self.take(&claim.plain, claim);
                set(&mut given, index, claim.plain.clone());
            }
        }
        self.settle(claims, losers, qualify, &mut given);
        given.into_iter().map(Option::unwrap_or_default).collect()
    }

    /// Every loser tries its next form; one that only one loser wants and nobody has is given out.
    fn settle(
        &mut self,
        claims: &[Claim],
        mut losers: Vec<usize>,
        qualify: &dyn Fn(usize) -> Vec<String>,
        given: &mut [Option<String>],
    ) {
        let mut forms: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for index in &losers {
            let Some(claim) = claims.get(*index) else { continue };
            let mut all = qualify(*index);
            all.extend(self.spelled(claim));
            forms.insert(*index, all);
        }
        let rounds = forms.values().map(Vec::len).max().unwrap_or(0);
        for round in 0..rounds {
            let mut left = Vec::new();
            let form =
                |index: &usize| forms.get(index).and_then(|forms| forms.get(round.min(forms.len().saturating_sub(1))));
            let mut wanted: BTreeMap<&String, usize> = BTreeMap::new();
            losers.iter().filter_map(form).for_each(|form| *wanted.entry(form).or_default() += 1);
            let alone: BTreeSet<String> =
                wanted.into_iter().filter(|(_, n)| *n == 1).map(|(form, _)| form.clone()).collect();
            for index in losers {
                match (form(&index), claims.get(index)) {
                    (Some(form), Some(claim)) if alone.contains(form) && !self.holds(form) => {
                        self.lose(claim, form);
                        set(given, index, form.clone());
                    }
                    _ => left.push(index),
                }
            }
            losers = left;
        }
        for index in losers {
            self.settle_twin(claims, index, given);
        }
    }

    /// The same wire name in the same place twice: nothing is left to tell them apart by.
    fn settle_twin(&mut self, claims: &[Claim], index: usize, given: &mut [Option<String>]) {
        let Some(claim) = claims.get(index) else { return };
        let mut form = claim.plain.clone();
        while self.holds(&form) {
            form.push_str(if form.contains('_') || form.starts_with(char::is_lowercase) { "_again" } else { "Again" });
        }
        self.lose(claim, &form);
        set(given, index, form);
    }

    fn spelled(&self, claim: &Claim) -> Vec<String> {
        let mut words = words::words(&claim.wire, Spell::Everything);
        let spelled = reserved::ident(self.kind, &words, &[]);
        words.push(case_of(&claim.wire).to_owned());
        let cased = reserved::ident(self.kind, &words, &[]);
        let mut words = reserved::shortened(words::words(&claim.wire, Spell::Plain));
        words.push(hex(&claim.wire));
        vec![spelled, cased, reserved::ident(self.kind, &words, &[])]
    }

    fn take(&mut self, ident: &str, claim: &Claim) {
        self.taken.insert(ident.to_owned(), (claim.wire.clone(), claim.origin));
    }

    fn lose(&mut self, claim: &Claim, given: &str) {
        let (winner_wire, winner) = self.taken.get(&claim.plain).cloned().unwrap_or_default();
        self.take(given, claim);
        self.collisions.push(Collision {
            wanted: claim.plain.clone(),
            given: given.to_owned(),
            wire: claim.wire.clone(),
            origin: claim.origin,
            winner_wire,
            winner,
            kind: self.kind,
        });
    }
}

/// Rank first; among equals whoever is written as the identifier is, then whoever has less to spell.
fn precedence(claim: &Claim) -> (usize, bool, usize, String) {
    let exact = claim.plain == claim.wire || claim.plain.strip_prefix("r#") == Some(claim.wire.as_str());
    (claim.rank, !exact, claim.wire.len(), claim.wire.clone())
}

fn set(given: &mut [Option<String>], index: usize, ident: String) {
    if let Some(slot) = given.get_mut(index) {
        *slot = Some(ident);
    }
}

/// What casing lost, as a word.
fn case_of(wire: &str) -> &'static str {
    let has_upper = wire.contains(char::is_uppercase);
    let has_lower = wire.contains(char::is_lowercase);
    match (has_upper, has_lower) {
        (true, false) => "upper",
        (false, _) => "lower",
        (true, true) if wire.starts_with(char::is_lowercase) => "camel",
        (true, true) => "pascal",
    }
}

/// The wire name in hex; a long one by its digest.
pub(super) fn hex(wire: &str) -> String {
    if wire.len() <= 12 {
        return wire.bytes().fold("x".to_owned(), |text, byte| format!("{text}{byte:02x}"));
    }
    // It only has to be the same everywhere and for ever.
    let mut hasher = FnvHasher::default();
    hasher.write(wire.as_bytes());
    let digest = hasher.finish();
    format!("x{digest:016x}")
}

#[cfg(test)]
mod tests {
    use super::{Claim, Scope};
    use crate::name::reserved::{self, IdentKind};
    use crate::name::words::{Spell, words};

    fn give(kind: IdentKind, wires: &[&str]) -> Vec<String> {
        let claim = |wire: &&str| Claim {
            rank: 0,
            wire: (*wire).to_owned(),
            plain: reserved::ident(kind, &words(wire, Spell::Plain), &[]),
            origin: None,
        };
        let claims: Vec<Claim> = wires.iter().map(claim).collect();
        Scope::new(kind).give(&claims, &|_| Vec::new())
    }

    #[test]
    fn what_casing_lost_is_spelled_out() {
        let check = |kind, wires: &[&str], expected: &[&str]| assert_eq!(give(kind, wires), expected, "{wires:?}");
        check(IdentKind::Type, &["FooBar", "Foo_bar"], &["FooBar", "FooUnderscoreBar"]);
        check(IdentKind::Type, &["Foo_bar", "FooBar"], &["FooUnderscoreBar", "FooBar"]);
        check(IdentKind::Type, &["foo-bar", "foo_bar"], &["FooBar", "FooUnderscoreBar"]);
        check(IdentKind::Value, &["asc", "ASC", "Asc"], &["AscLower", "AscUpper", "Asc"]);
        check(IdentKind::Field, &["filter", "$filter"], &["filter", "dollar_filter"]);
        check(IdentKind::Field, &["ids[]", "ids"], &["ids_open_bracket_close_bracket", "ids"]);
        check(IdentKind::Field, &["fooBar", "foo_bar", "FooBar"], &["foo_bar_camel", "foo_bar", "foo_bar_pascal"]);
        check(IdentKind::Field, &["a", "a\u{200b}"], &["a", "a_u200b"]);
        check(IdentKind::Value, &["n", "ｎ"], &["N", "NLower"]);
        check(IdentKind::Field, &["a", "a"], &["a", "a_lower"]);
        check(IdentKind::Value, &["ab", "aB", "Ab", "AB"], &["AbLower", "AB", "Ab", "AbUpper"]);
    }

    #[test]
    fn the_order_of_the_document_has_no_say() {
        let wires = ["FooBar", "fooBar", "foo_bar", "Foo-Bar", "foo bar", "FOO_BAR"];
        let expected = give(IdentKind::Type, &wires);
        for turn in 0..wires.len() {
            let mut turned = wires.to_vec();
            turned.rotate_left(turn);
            let mut named = give(IdentKind::Type, &turned);
            named.rotate_right(turn);
            assert_eq!(named, expected);
        }
    }
}

//! Cases: an instance, or one that was changed at one place, and what must come of it.

use super::make::{Made, Site, What};
use super::value::{Step, Value, shown};
use crate::mutate::Dice;

/// What must come of a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expect {
    /// It is read and written again, with nothing passed over.
    Same,
    /// It is read, and written as this.
    Becomes(Value),
    /// It is refused, and the error names this path.
    Error(String),
    /// It is refused; in tolerant mode it is read and written as this, and the path is told.
    Drift(String, Value),
}

/// A text and what must come of it.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) text: Value,
    pub(super) expect: Expect,
}

impl Case {
    /// As a line that `judge` reads, behind the type's name.
    pub(super) fn line(&self) -> String {
        let Self { text, expect } = self;
        match expect {
            Expect::Same => format!("same\t\t{text}\t{text}"),
            Expect::Becomes(then) => format!("becomes\t\t{text}\t{then}"),
            Expect::Error(path) => format!("error\t{path}\t{text}\t"),
            Expect::Drift(path, then) => format!("drift\t{path}\t{text}\t{then}"),
        }
    }
}

/// The instance itself, and one change of each kind that it has a place for.
pub(super) fn cases(made: &Made, dice: &mut Dice) -> Vec<Case> {
    let mut cases = vec![Case { text: made.value.clone(), expect: Expect::Same }];
    for kind in 0..KINDS {
        let sites: Vec<&Site> = made.sites.iter().filter(|site| kind_of(&site.what) == kind).collect();
        if let Some(site) = sites.get(dice.below(sites.len())) {
            cases.extend(change(&made.value, site));
        }
    }
    cases
}

const KINDS: usize = 6;

fn kind_of(what: &What) -> usize {
    match what {
        What::Object { .. } => 0,
        What::Enum { .. } => 1,
        What::Union { .. } => 2,
        What::Required { .. } => 3,
        What::Optional { .. } => 4,
        What::Entry { .. } => 5,
    }
}

fn change(value: &Value, site: &Site) -> Vec<Case> {
    let path = site.path.as_slice();
    let with = |new: &Value| {
        let mut changed = value.clone();
        changed.at(path).into_iter().for_each(|place| *place = new.clone());
        changed
    };
    let without = || {
        let mut changed = value.clone();
        changed.remove(path);
        changed
    };
    let same = |text: Value| vec![Case { text, expect: Expect::Same }];
    match &site.what {
        What::Object { unknown } => {
            let mut changed = value.clone();
            changed.at(path).into_iter().for_each(|object| object.set("zz-unknown", unknown.clone()));
            same(changed)
        }
        What::Enum { unknown } | What::Union { unknown } => same(with(unknown)),
        What::Required { default, wrong } => {
            let expect = match default {
                None => Expect::Error(shown(path)),
                Some(default) => Expect::Becomes(defaulted(value, path, default)),
            };
            let wrong = Case { text: with(wrong), expect: Expect::Error(shown(path)) };
            vec![Case { text: without(), expect }, wrong]
        }
        // Whether the document allows null there or not: what a server sends is sent back.
        What::Optional { wrong } => {
            let text = with(wrong);
            let null = Case { expect: Expect::Same, text: with(&Value::Null) };
            vec![Case { expect: Expect::Drift(shown(path), text.clone()), text }, null]
        }
        What::Entry { wrong, kept: true } => {
            let text = with(wrong);
            vec![Case { expect: Expect::Drift(shown(path), text.clone()), text }]
        }
        What::Entry { wrong, kept: false } => {
            vec![Case { text: with(wrong), expect: Expect::Drift(shown(path), without()) }]
        }
    }
}

fn defaulted(value: &Value, path: &[Step], default: &Value) -> Value {
    let mut changed = value.clone();
    changed.at(path).into_iter().for_each(|place| *place = default.clone());
    changed
}

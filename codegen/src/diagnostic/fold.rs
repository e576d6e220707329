//! Which diagnostics are shown, and in which order.
//!
//! A document's generator makes one mistake and writes it at every operation, so warnings that say the same are one, with the
//! places of the others. Errors come first, as they stand in the document; warnings by what their reader loses: an operation, a
//! type, a detail, nothing. The collector keeps all of them, and what is counted is not changed.

use std::collections::BTreeMap;

use super::{Diagnostic, Severity};
use crate::source::Place;

/// A diagnostic, and the others that say the same.
#[derive(Clone, Debug)]
pub struct Folded<'d> {
    /// The first of them.
    pub first: &'d Diagnostic,
    /// Where the others stand.
    pub again: Vec<Place>,
}

impl Folded<'_> {
    /// How many diagnostics these are.
    pub fn count(&self) -> usize {
        1 + self.again.len()
    }
}

/// What is lost where a warning stands, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Loss {
    Operation,
    Type,
    Detail,
    Nothing,
}

fn loss(diagnostic: &Diagnostic) -> Loss {
    match diagnostic.code.id {
        // A part that is left out: an operation with its path, or something that it can be called without.
        "TW0214" | "TW0508" if diagnostic.recovery.ends_with("is left out") => {
            let operation = ["the operation", "the path"].iter().any(|unit| diagnostic.recovery.starts_with(unit));
            if operation { Loss::Operation } else { Loss::Type }
        }
        "TW0301" | "TW0304" | "TW0305" | "TW0306" | "TW0322" | "TW0404" | "TW0406" | "TW0510" => Loss::Type,
        "TW0120" | "TW0205" | "TW0207" | "TW0220" | "TW0320" | "TW0321" | "TW0508" | "TW0601" => Loss::Nothing,
        _ => Loss::Detail,
    }
}

/// Folds and orders diagnostics that the collector has put into the order of their places.
pub fn fold(diagnostics: &[Diagnostic]) -> Vec<Folded<'_>> {
    let (errors, warnings): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        diagnostics.iter().partition(|diagnostic| diagnostic.severity == Severity::Error);
    let mut folded: Vec<Folded<'_>> = Vec::new();
    let mut known: BTreeMap<[&str; 4], usize> = BTreeMap::new();
    for warning in warnings {
        let says = [warning.code.id, &warning.message, &warning.label, &warning.recovery];
        match known.get(&says).and_then(|at| folded.get_mut(*at)) {
            Some(same) => same.again.extend(warning.place),
            None => {
                known.insert(says, folded.len());
                folded.push(Folded { first: warning, again: Vec::new() });
            }
        }
    }
    folded.sort_by_key(|folded| loss(folded.first));
    errors.into_iter().map(|first| Folded { first, again: Vec::new() }).chain(folded).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Collector, Profile, codes};
    use crate::source::FileId;

    fn shown(profile: Profile, reports: &[(&'static Code, &str, &str)]) -> Vec<(&'static str, usize)> {
        let mut collector = Collector::new(profile);
        for (at, (code, message, recovery)) in (0..).zip(reports) {
            let place = Place { file: FileId(0), start: at, end: at };
            collector.report(code, place).message(*message).recovery(*recovery);
        }
        fold(&collector.finish()).iter().map(|folded| (folded.first.code.id, folded.count())).collect()
    }

    #[test]
    fn warnings_are_ordered_by_what_is_lost_and_folded() {
        let reports = [
            (&codes::UNKNOWN_MEMBER, "unknown", ""),
            (&codes::BAD_DEFAULT, "default", "it is ignored"),
            (&codes::LEFT_OUT, "no name", "the operation is left out"),
            (&codes::UNKNOWN_MEMBER, "unknown", ""),
            (&codes::DANGLING_REF, "nowhere", "the value is opaque"),
            (&codes::LEFT_OUT, "no name", "the response is left out"),
            (&codes::UNKNOWN_MEMBER, "other", ""),
            (&codes::LEFT_OUT, "no name", "the operation is left out"),
        ];
        let lenient = [("TW0214", 2), ("TW0301", 1), ("TW0214", 1), ("TW0401", 1), ("TW0205", 2), ("TW0205", 1)];
        assert_eq!(shown(Profile::Lenient, &reports), lenient);
        // Each error has to be mended, so each is shown, and before all warnings.
        let strict =
            [("TW0401", 1), ("TW0214", 1), ("TW0301", 1), ("TW0214", 1), ("TW0214", 1), ("TW0205", 2), ("TW0205", 1)];
        assert_eq!(shown(Profile::Strict, &reports), strict);
    }
}

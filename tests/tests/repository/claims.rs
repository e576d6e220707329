//! What READMEs claim is held by tests: each row of the tables of official SDKs, and each difference that is on purpose, names
//! one or more in `tests/claims/<crate>.txt`.
//!
//! A claim that changes has no row any more, so that somebody looks whether the test still holds it. Whether it does, no
//! program can tell.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::{assert_none, files, root};

/// Claim to the tests that hold it: a file and a function.
type Claims = BTreeMap<String, Vec<(String, String)>>;

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What a README claims: `| call of the official SDK`, `- difference`.
fn claimed(readme: &str) -> BTreeSet<String> {
    let mut claims = BTreeSet::new();
    let section = readme.split("\n## ").find(|section| section.starts_with("Coming from ")).unwrap_or_default();
    let (calls, differences) = section.split_once("Different on purpose:").unwrap_or((section, ""));
    // A table of hundreds of methods is one claim: one test reads all of its rows.
    let (calls, methods) = calls.split_once("Methods by name:").unwrap_or((calls, ""));
    claims.extend((!methods.is_empty()).then(|| "| Methods by name".to_owned()));
    let cells = calls.lines().filter_map(|line| line.strip_prefix("| `")).filter_map(|line| line.split_once("` | "));
    claims.extend(cells.map(|(theirs, _)| format!("| {}", plain(theirs))));
    claims.extend(differences.lines().filter(|line| line.starts_with("- ")).map(plain));
    claims
}

/// Without the backslashes of Markdown.
fn plain(text: &str) -> String {
    text.replace("\\\\", "\u{0}").replace('\\', "").replace('\u{0}', "\\")
}

fn rows(text: &str) -> Claims {
    let mut claims = Claims::new();
    let mut open = String::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        match line.strip_prefix("    ").and_then(|line| line.split_once(' ')) {
            Some((file, test)) => {
                claims.entry(open.clone()).or_default().push((file.to_owned(), test.to_owned()));
            }
            None => {
                line.clone_into(&mut open);
                claims.entry(open.clone()).or_default();
            }
        }
    }
    claims
}

/// Whether the file has a test of this name.
fn is_test(file: &str, name: &str) -> bool {
    let Ok(text) = fs::read_to_string(root().join(file)) else { return false };
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let at = lines.iter().position(|line| line.contains(&format!("fn {name}(")));
    at.is_some_and(|at| {
        let attributes = lines.get(..at).unwrap_or_default().iter().rev().take_while(|line| line.starts_with("#["));
        attributes.into_iter().any(|line| matches!(*line, "#[test]") || line.starts_with("#[tokio::test"))
    })
}

fn crates() -> Vec<String> {
    let readmes = files("generated", &|path| path.ends_with("/README.md"));
    let name = |path: String| path.split('/').nth(1).map(str::to_owned);
    readmes.into_iter().filter(|path| path.matches('/').count() == 2).filter_map(name).collect()
}

#[test]
fn every_claim_of_a_readme_names_a_test() {
    let mut broken = Vec::new();
    for name in crates() {
        let claimed = claimed(&read(&format!("generated/{name}/README.md")));
        let rows = rows(&fs::read_to_string(root().join(format!("tests/claims/{name}.txt"))).unwrap_or_default());
        broken.extend(
            claimed.iter().filter(|claim| !rows.contains_key(*claim)).map(|claim| format!("{name}: no row: {claim}")),
        );
        for (claim, tests) in rows {
            if !claimed.contains(&claim) {
                broken.push(format!("{name}: not in the README: {claim}"));
            }
            if tests.is_empty() {
                broken.push(format!("{name}: no test: {claim}"));
            }
            let missing = tests.iter().filter(|(file, test)| !is_test(file, test));
            broken.extend(missing.map(|(file, test)| format!("{name}: no test {test} in {file}: {claim}")));
        }
    }
    assert_none(broken, "claims of READMEs and tests/claims/ differ:");
}

#[test]
fn claims_are_read_from_the_page() {
    let page = "# x\n\n## Coming from y\n\n| official SDK | this crate |\n|---|---|\n| `a(b)` | `c` |\n\n\
                Different on purpose:\n\n- It has a\\_b.\n\n## Next\n\n- no claim\n";
    assert_eq!(claimed(page).into_iter().collect::<Vec<_>>(), ["- It has a_b.", "| a(b)"]);
    assert!(is_test("tests/tests/repository/claims.rs", "claims_are_read_from_the_page"));
    assert!(!is_test("tests/tests/repository/claims.rs", "plain"));
}

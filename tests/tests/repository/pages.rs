//! Rules about the pages that people read: what they name is there, and what they must name is in them.

use std::fs;

use serde_json::Value;

use super::{assert_none, files, root};

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Pages written by hand, below the repository.
fn pages() -> Vec<String> {
    files("", &|path| path.ends_with(".md") && !path.contains("golden/"))
        .into_iter()
        .filter(|path| !path.starts_with("generated/") || path == "generated/README.md")
        .collect()
}

#[test]
fn every_member_of_the_vocabulary_has_its_row() {
    let schema: Value = serde_json::from_str(&read("specs/x-typewright.schema.json")).expect("the schema is JSON");
    let page = read("docs/x-typewright.md");
    let mut broken = Vec::new();
    for (object, definition) in schema["$defs"].as_object().expect("definitions") {
        for (member, what) in definition["properties"].as_object().into_iter().flatten() {
            let says = what["description"].as_str().unwrap_or_default();
            let row = |line: &str| line.starts_with(&format!("| `{member}`")) && line.ends_with(&format!("| {says} |"));
            if !page.lines().any(row) {
                broken.push(format!("{object}.{member}: {says}"));
            }
        }
    }
    assert_none(broken, "docs/x-typewright.md tells each member in the words of the schema:");
}

#[test]
fn links_lead_somewhere() {
    let mut broken = Vec::new();
    for page in pages() {
        let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
        for link in read(&page).split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()) {
            let ours = !link.is_empty() && !link.contains("://") && !link.contains(char::is_whitespace);
            if ours && !root().join(folder).join(link).exists() {
                broken.push(format!("{page}: {link}"));
            }
        }
    }
    assert_none(broken, "a link in a page leads to nothing:");
}

#[test]
fn paths_in_the_guides_exist() {
    let mut broken = Vec::new();
    let records = files("docs", &|path| path.ends_with(".md"));
    for page in ["ARCHITECTURE.md", "CONTRIBUTING.md"].map(str::to_owned).into_iter().chain(records) {
        let text = read(&page);
        for name in text.split('`').skip(1).step_by(2) {
            let below =
                ["codegen/", "runtime/", "src/", "tests/", "xtask/", "lab/", "benches/", "fuzz/", "docs/", "specs/"];
            let template = name.contains(['<', '*', '…', ' ']);
            let local = name.starts_with("src/types/") || name.starts_with("src/op/") || name.starts_with("src/codec/");
            let path = below.iter().any(|folder| name.starts_with(folder)) && !template && !local;
            if path && !root().join(name).exists() {
                broken.push(format!("{page}: {name}"));
            }
        }
    }
    assert_none(broken, "a path in a guide is not there:");
}

//! Rules about packages: which way dependencies point, and under which licences they come.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::{assert_none, root};

/// What a user of Typewright or of a generated client can live with.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// What `cargo metadata` knows of this machine's dependencies; it asks no network.
fn packages() -> Vec<Value> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(&cargo)
        .args(["metadata", "--format-version=1", "--locked", "--offline", "--filter-platform", &host()])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    metadata["packages"].as_array().expect("packages").clone()
}

fn host() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("-vV").output().expect("rustc runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc tells its host").to_owned()
}

fn text<'v>(value: &'v Value, member: &str) -> &'v str {
    value[member].as_str().unwrap_or_default()
}

#[test]
fn licences_are_ones_that_everybody_can_live_with() {
    let broken = packages().into_iter().filter_map(|package| {
        let licence = text(&package, "license").replace('/', " OR ");
        let fine = allows(&licence);
        (!fine).then(|| format!("{} {}: {licence:?}", text(&package, "name"), text(&package, "version")))
    });
    assert_none(broken.collect(), "a dependency's licence is not in the list of this test:");
}

#[test]
fn cargo_deny_judges_by_the_same_licences() {
    let text = std::fs::read_to_string(root().join("deny.toml")).expect("deny.toml");
    let deny: toml::Table = text.parse().expect("deny.toml is TOML");
    let allowed = deny["licenses"]["allow"].as_array().expect("a list").iter();
    assert_eq!(allowed.filter_map(toml::Value::as_str).collect::<Vec<_>>(), ALLOWED);
}

#[test]
fn what_every_client_carries_is_there_once() {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock");
    let deny = std::fs::read_to_string(root().join("deny.toml")).expect("deny.toml");
    let broken = ["base64", "http", "rustls"].into_iter().filter(|name| {
        let locked = lock.matches(&format!("\nname = \"{name}\"\n")).count();
        locked != 1 || !deny.contains(&format!("{{ crate = \"{name}\", deny-multiple-versions = true }}"))
    });
    assert_none(broken.map(str::to_owned).collect(), "twice in Cargo.lock, or not held to once in deny.toml:");
}

/// Whether an SPDX expression can be met with the allowed licences. `AND` binds closer than `OR`.
fn allows(expression: &str) -> bool {
    let expression = expression.trim();
    for (operator, all) in [(" OR ", false), (" AND ", true)] {
        let parts = split(expression, operator);
        if parts.len() > 1 {
            let mut verdicts = parts.into_iter().map(allows);
            return if all { verdicts.all(|fine| fine) } else { verdicts.any(|fine| fine) };
        }
    }
    match expression.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => allows(inner),
        None => ALLOWED.contains(&expression),
    }
}

/// Splits at the operator, outside parentheses.
fn split<'e>(expression: &'e str, operator: &str) -> Vec<&'e str> {
    let (mut parts, mut start) = (Vec::new(), 0);
    for (at, _) in expression.match_indices(operator) {
        let before = &expression[..at];
        if before.matches('(').count() == before.matches(')').count() {
            parts.push(&expression[start..at]);
            start = at + operator.len();
        }
    }
    parts.push(&expression[start..]);
    parts
}

#[test]
fn expressions_are_read_as_spdx_says() {
    for (expression, expected) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("GPL-3.0 OR MIT", true),
        ("GPL-3.0 AND MIT", false),
        ("(MIT OR GPL-3.0) AND Unicode-3.0", true),
        ("GPL-3.0 AND Unicode-3.0 OR MIT", true),
        ("", false),
    ] {
        assert_eq!(allows(expression), expected, "{expression}");
    }
}

#[test]
fn dependencies_point_one_way() {
    let packages = packages();
    let mut broken = Vec::new();
    for package in &packages {
        let folder = folder(text(package, "manifest_path"));
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let Some(path) = dependency["path"].as_str() else { continue };
            let target = folder_of(Path::new(path));
            let dev = text(dependency, "kind") == "dev";
            if !may_use(&folder, &target, dev) {
                broken.push(format!("{folder} uses {target}"));
            }
        }
    }
    assert_none(broken, "xtask, lab -> root -> codegen, generated/* -> runtime, tests -> all; nothing else:");
}

fn may_use(folder: &str, target: &str, dev: bool) -> bool {
    match folder {
        "" => target == "codegen",
        "xtask" => target.is_empty(),
        "lab" => target.is_empty() || target == "codegen",
        "codegen" | "runtime" => false,
        _ if folder.starts_with("generated/") => target == "runtime" || dev && target.starts_with("generated/"),
        _ => true,
    }
}

fn folder(manifest: &str) -> String {
    folder_of(Path::new(manifest).parent().unwrap_or(Path::new("")))
}

/// Relative to the repository, with `/`; the repository itself is empty.
fn folder_of(path: &Path) -> String {
    let below = path.strip_prefix(root()).unwrap_or(path);
    below.to_string_lossy().replace('\\', "/")
}

#[test]
fn the_root_package_does_not_reach_generated_code() {
    let packages = packages();
    let broken =
        reached(&packages, "typewright").into_iter().filter(|folder| folder.starts_with("generated")).collect();
    assert_none(broken, "a broken output must never stop the tool that mends it:");
}

#[test]
fn neither_the_program_nor_a_first_generation_builds_the_laboratory() {
    let packages = packages();
    let broken = ["typewright", "xtask"].into_iter().filter(|name| reached(&packages, name).contains("lab"));
    assert_none(broken.map(str::to_owned).collect(), "what tries typewright is no part of it:");
}

/// The folders of our own packages that this one is built from, itself included.
fn reached(packages: &[Value], package: &str) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut open = vec![package.to_owned()];
    while let Some(name) = open.pop() {
        let Some(package) = packages.iter().find(|package| text(package, "name") == name) else { continue };
        if reached.insert(folder(text(package, "manifest_path"))) {
            let inside = package["dependencies"].as_array().into_iter().flatten().filter(|d| d["path"].is_string());
            open.extend(inside.map(|dependency| text(dependency, "name").to_owned()));
        }
    }
    reached
}

//! Which modules and files use which: the layers of the generator, and that no files use each other in a circle.

use std::collections::{BTreeMap, BTreeSet};

use super::scan::{Source, words};
use super::{assert_none, libraries, sources};

/// The modules of the generator, each with those that it may use: itself and what stands before it.
const STAGES: &[&str] = &[
    "arena",
    "source",
    "tree",
    "diagnostic",
    "selection",
    "output",
    "read",
    "overlay",
    "facts",
    "normalise",
    "api",
    "lower",
    "name",
    "plan",
    "emit",
];

/// They stand above the stages and may use all of them.
const ABOVE_STAGES: &[&str] = &["lib", "stages", "builder", "bundle", "explain", "suggest"];

#[test]
fn stages_use_only_earlier_stages() {
    let broken = looks_ahead("codegen/src/", STAGES, ABOVE_STAGES);
    assert_none(broken, "each stage loses a concern and never gets it back, so none looks ahead:");
}

/// What `plan` has decided about: whatever `emit` has to know of it stands in the declarations.
const DECIDED_BY_PLAN: &[&str] =
    &["tree", "diagnostic", "selection", "read", "overlay", "normalise", "api", "lower", "name"];

#[test]
fn emit_knows_declarations_only() {
    let mut broken = Vec::new();
    for (path, source) in libraries().into_iter().filter(|(path, _)| path.starts_with("codegen/src/emit/")) {
        let uses = DECIDED_BY_PLAN.iter().filter(|module| uses_module(&source.code, module));
        broken.extend(uses.map(|module| format!("{path}: uses crate::{module}")));
    }
    assert_none(broken, "after `plan` nobody decides anything:");
}

/// The modules of the runtime, in the same way: texts and values, what a document says, what surrounds a call, the call, what is
/// made of several calls, and how a client is set up.
const LAYERS: &[&str] = &[
    "text",
    "facts",
    "event",
    "time",
    "headers",
    "url",
    "process",
    "transport",
    "error",
    "upload",
    "reply",
    "redirect",
    "retry",
    "limit",
    "signing",
    "credentials",
    "hook",
    "client",
    "call",
    "auth",
    "page",
    "stream",
    "filter",
    "webhook",
    "builder",
];

/// The doors of the runtime: nothing inside looks out through them.
const DOORS: &[&str] = &["lib", "codegen", "testing"];

#[test]
fn layers_of_the_runtime_use_only_what_is_below() {
    let broken = looks_ahead("runtime/src/", LAYERS, DOORS);
    assert_none(broken, "a layer knows nothing of what is built on it:");
}

/// Where a module in this folder uses one that comes later, or one above all of them.
fn looks_ahead(folder: &str, order: &[&str], above: &[&str]) -> Vec<String> {
    let mut broken = Vec::new();
    for (path, source) in libraries() {
        let Some(file) = path.strip_prefix(folder) else { continue };
        let module = file.split(['/', '.']).next().unwrap_or_default();
        if above.contains(&module) {
            continue;
        }
        let Some(rank) = order.iter().position(|known| *known == module) else {
            broken.push(format!("{path}: give the module `{module}` its place in the list"));
            continue;
        };
        let later = order[rank + 1..].iter().chain(above);
        let uses = later.filter(|other| uses_module(&source.code, other));
        broken.extend(uses.map(|other| format!("{path}: uses crate::{other}")));
    }
    broken
}

fn uses_module(code: &str, module: &str) -> bool {
    paths(code).iter().any(|path| matches!(path.as_slice(), [top, used, ..] if top == "crate" && used == module))
}

/// What a program sees of the generator.
#[test]
fn the_generator_has_few_public_modules() {
    const MOST: usize = 8;
    let source = &sources("codegen/src", &|path| path == "codegen/src/lib.rs")["codegen/src/lib.rs"];
    let public = source.code.matches("\npub mod ").count();
    assert!((1..=MOST).contains(&public), "{public} public modules; a stage is private");
}

/// Folders whose files are one thing in pieces: the objects of OpenAPI hold each other, and so do the declarations of the plan;
/// references lead to objects and are lifted with them; the tables of the vocabulary hold the rows that are written with them.
const RECURSIVE: &[&[&str]] = &[
    &["codegen/src/normalise/document", "codegen/src/normalise/references"],
    &["codegen/src/normalise/extension"],
    &["codegen/src/plan/declaration"],
];

#[test]
fn no_files_use_each_other_in_a_circle() {
    let mut broken = Vec::new();
    for folder in ["codegen/src", "src"] {
        let circles = Files::new(folder).circles();
        broken.extend(circles.into_iter().filter(|circle| {
            !RECURSIVE
                .iter()
                .any(|folders| circle.iter().all(|file| folders.iter().any(|folder| file.starts_with(folder))))
        }));
    }
    let broken = broken.into_iter().map(|circle| circle.join(" "));
    assert_none(broken.collect(), "take out what both need into a file of its own:");
}

/// The files of a crate by module path, with the modules that each uses.
struct Files {
    uses: BTreeMap<Vec<String>, BTreeSet<Vec<String>>>,
    paths: BTreeMap<Vec<String>, String>,
}

impl Files {
    fn new(folder: &str) -> Self {
        let all = sources(folder, &|path| {
            !path.ends_with("tests.rs")
                && !path.ends_with("testing.rs")
                && !path.contains("/tests/")
                && !path.contains("/testing/")
        });
        let module = |path: &str| {
            let below = path.trim_start_matches(folder).trim_start_matches('/').trim_end_matches(".rs");
            let mut module: Vec<String> = below.split('/').map(str::to_owned).collect();
            module.pop_if(|last| matches!(last.as_str(), "mod" | "lib" | "main"));
            module
        };
        let texts: BTreeMap<Vec<String>, &Source> = all.iter().map(|(path, source)| (module(path), source)).collect();
        let paths = all.keys().map(|path| (module(path), path.clone())).collect();
        let again = texts.iter().map(|(module, source)| (module.clone(), reexports(&texts, module, &source.code)));
        let again: BTreeMap<Vec<String>, BTreeMap<String, Vec<String>>> = again.collect();
        let uses = texts.iter().map(|(module, source)| {
            let code = without_reexports(&source.code);
            let used = self::paths(&code).into_iter().map(|path| {
                let (mut target, mut item) = resolve(&texts, module, &path);
                // A name that a module only hands on belongs to the file that it comes from.
                while let Some(origin) = item.as_ref().and_then(|name| again.get(&target)?.get(name)) {
                    (target, item) = (origin.clone(), item);
                }
                target
            });
            // What stands in a folder's `mod.rs` is shared by its files; it may call them, and they may use it.
            let used = used.filter(|target| !module.starts_with(target) && texts.contains_key(target));
            (module.clone(), used.collect())
        });
        Self { uses: uses.collect(), paths }
    }

    /// Sets of files each of which can be reached from each other one.
    fn circles(&self) -> Vec<Vec<String>> {
        let reached: BTreeMap<&Vec<String>, BTreeSet<&Vec<String>>> =
            self.uses.keys().map(|module| (module, self.reached(module))).collect();
        let mut circles: BTreeSet<Vec<String>> = BTreeSet::new();
        for (module, all) in &reached {
            let circle: BTreeSet<&Vec<String>> =
                all.iter().copied().filter(|other| reached[other].contains(module)).collect();
            if circle.len() > 1 {
                circles.insert(circle.into_iter().filter_map(|module| self.paths.get(module).cloned()).collect());
            }
        }
        circles.into_iter().collect()
    }

    fn reached<'a>(&'a self, module: &'a Vec<String>) -> BTreeSet<&'a Vec<String>> {
        let mut reached = BTreeSet::new();
        let mut open = vec![module];
        while let Some(module) = open.pop() {
            open.extend(self.uses.get(module).into_iter().flatten().filter(|other| reached.insert(*other)));
        }
        reached
    }
}

/// The file that a path leads to, and the first name behind it.
fn resolve(
    files: &BTreeMap<Vec<String>, &Source>,
    module: &[String],
    path: &[String],
) -> (Vec<String>, Option<String>) {
    let mut at = module.to_vec();
    let mut rest = path.iter();
    while let Some(step) = rest.as_slice().first() {
        match step.as_str() {
            "crate" => at.clear(),
            "self" => {}
            "super" => drop(at.pop()),
            _ => break,
        }
        rest.next();
    }
    let mut last = rest.next();
    while let Some(step) = last {
        let inner = [at.as_slice(), std::slice::from_ref(step)].concat();
        if !files.contains_key(&inner) {
            break;
        }
        at = inner;
        last = rest.next();
    }
    (at, last.cloned())
}

/// What a module hands on: name to the module that has it.
fn reexports(files: &BTreeMap<Vec<String>, &Source>, module: &[String], code: &str) -> BTreeMap<String, Vec<String>> {
    let statements = statements(code).filter(|statement| is_reexport(code, statement.0)).map(|(_, text)| text);
    let paths = statements.flat_map(|text| expand(&[], text));
    let named = paths.filter_map(|path| Some((path.last()?.clone(), resolve(files, module, &path).0)));
    named.filter(|(_, origin)| origin != module).collect()
}

/// Whether `pub` or `pub(…)` stands before the `use` at this place.
fn is_reexport(code: &str, at: usize) -> bool {
    let before = code[..at].trim_end();
    before.ends_with("pub") || before.ends_with(')')
}

fn without_reexports(code: &str) -> String {
    let mut rest = code.to_owned();
    for (at, text) in statements(code).filter(|(at, _)| is_reexport(code, *at)) {
        let end = at + "use".len() + text.len();
        rest.replace_range(at..end, &" ".repeat(end - at));
    }
    rest
}

/// Every `use …;` with its place and what stands in it.
fn statements(code: &str) -> impl Iterator<Item = (usize, &str)> {
    words(code, "use").filter_map(|at| Some((at, &code[at + 3..at + code[at..].find(';')?])))
}

/// Every path from `crate`, `super` or `self` in the code, in `use` and elsewhere.
fn paths(code: &str) -> Vec<Vec<String>> {
    let mut found: Vec<Vec<String>> = statements(code).flat_map(|(_, text)| expand(&[], text)).collect();
    let mut rest = code.to_owned();
    for (at, text) in statements(code) {
        rest.replace_range(at..at + 3 + text.len(), &" ".repeat(3 + text.len()));
    }
    for first in ["crate", "super", "self"] {
        for at in words(&rest, first).filter(|at| !rest[..*at].ends_with("::")) {
            let path = rest[at..].split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).next();
            let steps = path.unwrap_or_default().split("::").map(str::to_owned);
            found.push(steps.filter(|step| !step.is_empty()).collect());
        }
    }
    found.retain(|path| path.len() > 1 && matches!(path[0].as_str(), "crate" | "super" | "self"));
    found
}

/// `crate::{a::{b, c as d}, e}` as its paths.
fn expand(before: &[String], text: &str) -> Vec<Vec<String>> {
    let (mut paths, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, c) in text.char_indices().chain([(text.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let part = text[start..at].trim();
                start = at + 1;
                let (head, group) = part.split_once('{').unwrap_or((part, ""));
                let head = head.split(" as ").next().unwrap_or_default();
                let steps = head.split("::").map(|step| step.trim().to_owned()).filter(|step| !step.is_empty());
                let path: Vec<String> = before.iter().cloned().chain(steps).collect();
                match group.strip_suffix('}') {
                    Some(group) => paths.extend(expand(&path, group)),
                    None if !part.is_empty() => paths.push(path),
                    None => {}
                }
            }
            _ => {}
        }
    }
    paths
}

#[test]
fn paths_are_read_from_uses_and_from_code() {
    let code = "use crate::{a::{b, c as d}, e};\npub use self::f::G;\nfn h() { super::i::j(crate::k::L) }";
    let found: Vec<String> = paths(code).into_iter().map(|path| path.join("::")).collect();
    assert_eq!(found, ["crate::a::b", "crate::a::c", "crate::e", "self::f::G", "crate::k::L", "super::i::j"]);
    assert!(!without_reexports(code).contains("self::f"));
}

#[test]
fn what_files_use_is_seen() {
    let files = Files::new("codegen/src");
    let module = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
    let uses = |one: &str, other: &str| files.uses[&module(one)].contains(&module(other));
    assert!(uses("lower/schema", "lower/subject") && !uses("lower/subject", "lower/schema"));
    assert!(uses("bundle/select", "normalise/references/links"), "through two modules that hand it on");
    assert!(!files.circles().is_empty(), "the objects of OpenAPI hold each other");
}

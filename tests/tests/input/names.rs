//! Names that stay: whatever is added to a document, what was there before keeps its name and its form.
//!
//! `api.txt` says both, so its lines may only become more. An addition that really collides may change them, but then the
//! collision is reported with the line that settles it. By default a sample of the places is tried, with `TYPEWRIGHT_THOROUGH=1`
//! every third; `TYPEWRIGHT_NAMES=all` tries all of them, also in ten documents of a corpus beside the repository.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use typewright_codegen::diagnostic::Diagnostic;
use typewright_tests::document::{Step, object, parse, part, shown};
use typewright_tests::fuzz::generate;

const EVERYTHING: &str = include_str!("../../golden/everything/openapi.yaml");
const QREDEX: &str = include_str!("../../../specs/qredex.yaml");

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// What is added, and where.
#[derive(Clone, Debug)]
struct Addition {
    path: Vec<Step>,
    what: What,
}

#[derive(Clone, Copy, Debug)]
enum What {
    /// To `properties`.
    Property,
    /// To `enum`.
    Value,
    /// To an operation.
    Parameter,
    /// To a path.
    Operation,
    /// To `paths`.
    Path,
    /// To `components.schemas`.
    Schema,
    /// To the document's `tags`.
    Tag,
}

/// Every place of a document where something can be added.
fn additions(document: &Value) -> Vec<Addition> {
    let mut found = Vec::new();
    for (member, what) in [("paths", What::Path), ("tags", What::Tag)] {
        if document.get(member).is_some() {
            found.push(Addition { path: vec![Step::Member(member.to_owned())], what });
        }
    }
    if document.pointer("/components/schemas").is_some() {
        let path = ["components", "schemas"].map(|member| Step::Member(member.to_owned()));
        found.push(Addition { path: path.to_vec(), what: What::Schema });
    }
    collect(document, &mut Vec::new(), &mut found);
    found
}

fn collect(value: &Value, path: &mut Vec<Step>, found: &mut Vec<Addition>) {
    let depth = path.len();
    if let (Some(Step::Member(first)), Value::Object(members)) = (path.first(), value)
        && first == "paths"
    {
        let what = match depth {
            2 => Some(What::Operation),
            3 if members.contains_key("responses") => Some(What::Parameter),
            _ => None,
        };
        found.extend(what.map(|what| Addition { path: path.clone(), what }));
    }
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                // Examples and facts look like schemas here and there, and are none.
                if ["example", "examples", "default", "const", "x-typewright"].contains(&key.as_str()) {
                    continue;
                }
                path.push(Step::Member(key.clone()));
                let strings = |items: &Vec<Value>| items.len() > 1 && items.iter().all(Value::is_string);
                let what = match (key.as_str(), member) {
                    ("properties", Value::Object(properties)) if !properties.is_empty() => Some(What::Property),
                    ("enum", Value::Array(items)) if strings(items) => Some(What::Value),
                    _ => None,
                };
                found.extend(what.map(|what| Addition { path: path.clone(), what }));
                collect(member, path, found);
                path.pop();
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                path.push(Step::Item(at));
                collect(item, path, found);
                path.pop();
            }
        }
        _ => {}
    }
}

impl Addition {
    /// The document with something called `name` in this place; `None` if there is no room for it.
    fn to(&self, document: &Value, name: &str) -> Option<Value> {
        let mut changed = document.clone();
        let answers = json!({ "204": { "description": "Nothing." } });
        let place = part(&mut changed, &self.path)?;
        match self.what {
            What::Property => insert(place, name, json!({ "type": "string" })),
            What::Schema => {
                let properties =
                    json!({ "id": { "type": "string" }, "kind": { "type": "string", "enum": ["a", "b"] } });
                insert(place, name, json!({ "type": "object", "properties": properties }))
            }
            What::Path => {
                let operation = json!({ "operationId": name, "responses": answers });
                insert(place, &format!("/{name}"), json!({ "get": operation }))
            }
            What::Operation => {
                let free = METHODS.into_iter().find(|method| place.get(method).is_none())?;
                insert(place, free, json!({ "operationId": name, "responses": answers }))
            }
            What::Value => place.as_array_mut().map(|values| values.push(name.into())),
            What::Tag => place.as_array_mut().map(|tags| tags.push(json!({ "name": name }))),
            What::Parameter => {
                let members = object(&mut changed, &self.path)?;
                let parameters = members.entry("parameters").or_insert_with(|| json!([]));
                let parameter = json!({ "name": name, "in": "query", "schema": { "type": "string" } });
                parameters.as_array_mut().map(|parameters| parameters.push(parameter))
            }
        }?;
        Some(changed)
    }

    /// A name that is spelled as one that is there and differs in what casing loses.
    fn look_alike(&self, document: &Value) -> Option<String> {
        let mut document = document.clone();
        let place = part(&mut document, &self.path)?;
        let there = match self.what {
            What::Property | What::Schema => place.as_object()?.keys().next()?.clone(),
            What::Value => place.as_array()?.first()?.as_str()?.to_owned(),
            _ => return None,
        };
        Some(format!("{there}_"))
    }
}

fn insert(place: &mut Value, key: &str, value: Value) -> Option<()> {
    place
        .as_object_mut()
        .filter(|members| !members.contains_key(key))
        .map(|members| drop(members.insert(key.into(), value)))
}

/// The lines of `api.txt`. Which feature a shared type belongs to may change with who shares it.
fn lines(document: &Value) -> Option<(BTreeSet<String>, Vec<Diagnostic>)> {
    let (files, faults) = generate("openapi.json", document.to_string().as_bytes());
    let api = files?.files.remove("api.txt")?;
    let plain = |line: &str| {
        let words = line.split(' ').filter(|word| !word.starts_with("feature=") && !word.starts_with("needs="));
        words.collect::<Vec<_>>().join(" ")
    };
    Some((api.lines().filter(|line| !line.starts_with("feature ")).map(plain).collect(), faults))
}

/// How many additions gave a client that could be compared.
fn check(name: &str, document: &Value, step: usize, failures: &mut Vec<String>) -> usize {
    let Some((before, _)) = lines(document) else { return 0 };
    let mut compared = 0;
    for (number, addition) in additions(document).iter().enumerate().step_by(step) {
        // One sorts before everything that is there, the other behind it.
        let plain = ["aa_added", "zz_added"].get(number / step % 2).map(|name| (*name).to_owned());
        for (added, may_collide) in [(plain, false), (addition.look_alike(document), true)] {
            let Some(added) = added else { continue };
            let Some((after, faults)) = addition.to(document, &added).as_ref().and_then(lines) else { continue };
            let collides =
                may_collide && faults.iter().any(|fault| fault.code.id == "TW0601" && !fault.help.is_empty());
            compared += usize::from(after.len() > before.len());
            let gone: Vec<&String> = before.difference(&after).collect();
            if !gone.is_empty() && !collides {
                let place = shown(&addition.path);
                failures.push(format!("{name}: {added:?} as {:?} in {place} took away {gone:#?}", addition.what));
            }
        }
    }
    compared
}

fn all() -> bool {
    std::env::var("TYPEWRIGHT_NAMES").is_ok_and(|value| value == "all")
}

#[test]
fn an_addition_renames_nothing() {
    let mut failures = Vec::new();
    for (name, text) in [("everything", EVERYTHING), ("qredex", QREDEX)] {
        let step = match (all(), typewright_tests::thorough()) {
            (true, _) => 1,
            (false, true) => 3,
            (false, false) => 17,
        };
        let compared = check(name, &parse(text), step, &mut failures);
        assert!(compared > 30 / step, "only {compared} additions to {name} added anything");
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

/// Ten documents that people wrote, small enough to be generated hundreds of times.
#[test]
fn an_addition_renames_nothing_in_real_documents() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let mut paths: Vec<PathBuf> = Vec::new();
    for folder in std::fs::read_dir(corpus).into_iter().flatten().flatten() {
        let files = std::fs::read_dir(folder.path()).into_iter().flatten().flatten().map(|file| file.path());
        paths.extend(files.filter(|path| path.metadata().is_ok_and(|it| (20_000..200_000).contains(&it.len()))));
    }
    paths.sort();
    let few = paths.len().div_ceil(10).max(1);
    if paths.is_empty() || !all() {
        println!("skipped: needs a corpus beside the repository and TYPEWRIGHT_NAMES=all");
        return;
    }
    let mut failures = Vec::new();
    for path in paths.iter().step_by(few) {
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        let document = parse(&text);
        let step = additions(&document).len().div_ceil(200).max(1);
        check(&path.to_string_lossy(), &document, step, &mut failures);
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

//! `typewright.toml`: which document feeds which crate.
//!
//! One table per crate, `[crate.<name>]`, and `[defaults]` for what they share. Every fault of the file is reported,
//! with its place, before anything is generated.

mod table;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use toml::de::DeTable;
use typewright_codegen::diagnostic::{Diagnostic, Profile};
use typewright_codegen::output::Target;
use typewright_codegen::selection::{Pattern, Selection};

use self::table::{Faults, Table};
use crate::codes;

/// Name of the file, at the root of the repository.
pub(crate) const CONFIG_FILE: &str = "typewright.toml";

/// One crate of `typewright.toml`.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The document, relative to the file's folder.
    pub(crate) document: PathBuf,
    /// Overlays of the document, relative to the file's folder.
    pub(crate) overlays: Vec<PathBuf>,
    /// Folders that references of the document may lead into, relative to the file's folder.
    pub(crate) roots: Vec<PathBuf>,
    /// The crate's folder, relative to the file's folder.
    pub(crate) out: PathBuf,
    /// The crate.
    pub(crate) target: Target,
}

const TOP: &[&str] = &["crate", "defaults"];
const DEFAULTS: &[&str] = &["version", "license", "repository", "keywords", "categories"];
const ENTRY: &[&str] = &[
    "document",
    "overlays",
    "roots",
    "include",
    "exclude",
    "out",
    "version",
    "license",
    "repository",
    "keywords",
    "categories",
    "description",
    "types",
    "derives",
    "dependencies",
];

/// Reads the text of the file: its crates in order of their names, or every fault in it. Places are in file 0.
pub(crate) fn read(text: &str) -> Result<Vec<Entry>, Vec<Diagnostic>> {
    let mut faults = Faults::default();
    let (root, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let at = error.span().unwrap_or(0..0);
        faults.report(&codes::CONFIG_SYNTAX, at).message(error.message()).help("https://toml.io tells the syntax");
    }
    if !errors.is_empty() {
        // What the parser guesses after an error would only be blamed for it once more.
        return faults.finish(Vec::new());
    }
    let root = Table::new(root.get_ref(), text, 0..0);
    root.only(TOP, &mut faults);
    let defaults = root.table("defaults", &mut faults).unwrap_or(Table::empty());
    defaults.only(DEFAULTS, &mut faults);
    let crates = root.table("crate", &mut faults).unwrap_or(Table::empty());

    let mut entries: Vec<Entry> = Vec::new();
    for name in crates.keys() {
        let Some(table) = crates.table(&name, &mut faults) else { continue };
        let Some(entry) = read_entry(&name, &table, &defaults, &mut faults) else { continue };
        if let Some(other) = entries.iter().find(|other| overlap(&other.out, &entry.out)) {
            let other = &other.target.crate_name;
            let report = faults.report(&codes::CONFIG_CLASH, table.span());
            report
                .message(format!("`{name}` would be written into the folder of `{other}`"))
                .label(format!("wants {}", entry.out.display()))
                .help("give one of them another `out`");
        }
        entries.push(entry);
    }
    faults.finish(entries)
}

/// Two crates clash in one folder, or when one stands inside the other.
fn overlap(one: &Path, other: &Path) -> bool {
    one.starts_with(other) || other.starts_with(one)
}

fn read_entry(name: &str, table: &Table<'_>, defaults: &Table<'_>, faults: &mut Faults) -> Option<Entry> {
    table.only(ENTRY, faults);
    let document = read_path(table, "document", faults);
    if document.is_none() && !table.keys().iter().any(|key| key == "document") {
        let report = faults.report(&codes::CONFIG_VALUE, table.span());
        report
            .message(format!("`{name}` has no `document`"))
            .label("expected a document")
            .help(format!("add `document = \"specs/{name}.yaml\"`"));
    }
    let mut paths = |key| {
        let paths = table.placed_strings(key, faults).unwrap_or_default();
        paths.into_iter().filter_map(|(text, at)| below(&text, at, key, faults)).collect::<Vec<_>>()
    };
    let (overlays, roots) = (paths("overlays"), paths("roots"));
    let out = read_path(table, "out", faults).unwrap_or_else(|| Path::new("generated").join(name));
    let mut shared = |key| table.string(key, faults).or_else(|| defaults.string(key, faults)).map(|(text, _)| text);
    let (version, license, repository) = (shared("version"), shared("license"), shared("repository"));
    let mut list = |key| table.strings(key, faults).or_else(|| defaults.strings(key, faults)).unwrap_or_default();
    let (keywords, categories) = (list("keywords"), list("categories"));
    let selection = Selection {
        include: read_patterns(table, "include", faults),
        exclude: read_patterns(table, "exclude", faults),
    };
    let target = Target {
        crate_name: name.to_owned(),
        selection,
        version: version.unwrap_or_else(|| "0.1.0".to_owned()),
        license,
        keywords,
        categories,
        description: table.string("description", faults).map(|(text, _)| text),
        repository,
        profile: Profile::Strict,
        type_replacements: read_strings(table, "types", faults),
        extra_derives: read_lists(table, "derives", faults),
        extra_dependencies: read_raw(table, "dependencies", faults),
        ..Target::default()
    };
    Some(Entry { document: document?, overlays, roots, out, target })
}

/// A path below the repository.
fn read_path(table: &Table<'_>, key: &str, faults: &mut Faults) -> Option<PathBuf> {
    let (text, at) = table.string(key, faults)?;
    below(&text, at, key, faults)
}

fn below(text: &str, at: Range<usize>, key: &str, faults: &mut Faults) -> Option<PathBuf> {
    let path = Path::new(text);
    if !text.is_empty() && path.components().all(|part| matches!(part, Component::Normal(_))) {
        return Some(path.to_path_buf());
    }
    let report = faults.report(&codes::CONFIG_VALUE, at);
    report
        .message(format!("`{key}` leads out of the repository"))
        .label("expected a path below this file's folder")
        .help("write it relative to that folder, without `..`");
    None
}

/// Patterns over operations.
fn read_patterns(table: &Table<'_>, key: &str, faults: &mut Faults) -> Vec<Pattern> {
    let mut patterns = Vec::new();
    for (text, at) in table.placed_strings(key, faults).unwrap_or_default() {
        match text.parse() {
            Ok(pattern) => patterns.push(pattern),
            Err(expected) => {
                let report = faults.report(&codes::CONFIG_VALUE, at);
                report.message(format!("`{text}` is no pattern for operations")).label("not understood").help(expected);
            }
        }
    }
    patterns
}

fn read_strings(table: &Table<'_>, key: &str, faults: &mut Faults) -> BTreeMap<String, String> {
    let inner = table.table(key, faults).unwrap_or(Table::empty());
    inner.keys().into_iter().filter_map(|name| Some((name.clone(), inner.string(&name, faults)?.0))).collect()
}

fn read_lists(table: &Table<'_>, key: &str, faults: &mut Faults) -> BTreeMap<String, Vec<String>> {
    let inner = table.table(key, faults).unwrap_or(Table::empty());
    inner.keys().into_iter().filter_map(|name| Some((name.clone(), inner.strings(&name, faults)?))).collect()
}

/// Dependencies are copied into the manifest as they are written, whatever form they take.
fn read_raw(table: &Table<'_>, key: &str, faults: &mut Faults) -> BTreeMap<String, String> {
    let inner = table.table(key, faults).unwrap_or(Table::empty());
    inner.keys().into_iter().filter_map(|name| Some((name.clone(), inner.raw(&name)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let faults = read(text).err().unwrap_or_default();
        let found: Vec<_> = faults
            .iter()
            .map(|fault| {
                let place = fault.place.map(|place| place.start as usize..place.end as usize).unwrap_or_default();
                (fault.code.id, &text[place])
            })
            .collect();
        assert_eq!(found, expected, "{text}\n{faults:#?}");
    }

    #[test]
    fn every_fault_is_found_at_its_place() {
        check("[crate.pets]\ndocument = 'pets.yaml'", &[]);
        check("[crate.pets]\ndocument = 3\n[crat]", &[("TW0903", "3"), ("TW0902", "crat")]);
        check("[crate.pets]", &[("TW0903", "pets")]);
        check("[crate.pets]\ndocument = '../x.yaml'", &[("TW0903", "'../x.yaml'")]);
        check("[crate.pets]\ndocument = 'a'\ncolor = 1\nkeywords = [1]", &[("TW0902", "color"), ("TW0903", "[1]")]);
        check("[crate.a]\ndocument = 'a'\nout = 'x'\n[crate.b]\ndocument = 'b'\nout = 'x/y'", &[("TW0904", "b")]);
        check("[crate.pets]\ndocument = 'a'\noverlays = ['b', '/c']", &[("TW0903", "'/c'")]);
        check("[crate.pets]\ndocument = 'a'\nroots = ['b', '../c']", &[("TW0903", "'../c'")]);
        check("[crate.pets]\ndocument = 'a'\ninclude = ['tag:a', 'pets']", &[("TW0903", "'pets'")]);
        check("[crate.pets\ndocument = 'pets.yaml'", &[("TW0901", "")]);
    }

    #[test]
    fn defaults_apply_where_the_crate_says_nothing() {
        let text = "[defaults]\nlicense = 'MIT'\nversion = '1.0.0'\n[crate.pets]\ndocument = 'specs/pets.yaml'\nversion = '2.0.0'\n\
                    [crate.pets.types]\nMoney = 'money::Money'\n[crate.pets.dependencies]\nmoney = { version = '1' }";
        let entries = read(text).unwrap();
        let Entry { document, out, target, .. } = &entries[0];
        assert_eq!((document.as_path(), out.as_path()), (Path::new("specs/pets.yaml"), Path::new("generated/pets")));
        assert_eq!((target.license.as_deref(), target.version.as_str()), (Some("MIT"), "2.0.0"));
        assert_eq!(target.type_replacements["Money"], "money::Money");
        assert_eq!(target.extra_dependencies["money"], "{ version = '1' }");
    }
}

//! Which files a document names and the set does not have yet.
//!
//! Reads nothing itself: the caller brings the texts. So a build script, the command line and a test can each say where
//! files come from and which ones may be read.

use std::collections::BTreeSet;

use crate::diagnostic::Collector;
use crate::source::{FileFault, FileId, SourceFile, Sources, resolve_name};
use crate::tree::{Tree, Value};

/// Most files of one document set; the largest known one has 2,900.
const MAX_FILES: usize = 10_000;

/// Adds every file that references name, directly or through one another. `load` gets the name as
/// [`resolve_name`] spells it and gives the bytes, or the reason why it does not (an outside folder, a missing file): the
/// references to such a file are then reported as leading nowhere.
pub fn load_referenced<E: Into<FileFault>>(sources: &mut Sources, load: &mut dyn FnMut(&str) -> Result<Vec<u8>, E>) {
    let mut scanned = 0;
    while scanned < sources.files.len() {
        let missing = missing_files(sources, scanned);
        scanned = sources.files.len();
        for name in missing {
            if sources.files.len() >= MAX_FILES {
                sources.add_unreadable(name, format!("a document set has at most {MAX_FILES} files"));
                return;
            }
            match load(&name) {
                Ok(bytes) => sources.add(name, bytes),
                Err(fault) => sources.add_faulty(name, fault.into()),
            };
        }
    }
}

/// Names of files that the files from index `scanned` on refer to and that are not in the set; sorted, each once.
pub fn missing_files(sources: &Sources, scanned: usize) -> Vec<String> {
    let mut names = BTreeSet::new();
    for (index, file) in sources.files.iter().enumerate().skip(scanned) {
        // Parsing is spared for the usual document, which is all in one file.
        if file.fault.is_none() && names_other_files(&file.text) {
            let id = FileId(u32::try_from(index).unwrap_or(u32::MAX));
            collect_names(id, file, sources.name(sources.home(id)), &mut names);
        }
    }
    names.into_iter().filter(|name| sources.find(name).is_none()).collect()
}

/// Whether anything but `#/` follows a `$ref`. An anchor or an escape may hide one, hence the doubt in favour of parsing.
fn names_other_files(text: &str) -> bool {
    if text.contains("\\u0024ref") {
        return true;
    }
    text.match_indices("$ref").any(|(at, key)| {
        let rest = text.get(at + key.len()..).unwrap_or_default();
        let value = rest.trim_start_matches(['"', '\'', ' ', ':', '\t', '\r', '\n', '>', '|', '-']);
        !value.starts_with("#/")
    })
}

/// `home` is the file that the references are relative to.
fn collect_names(id: FileId, file: &SourceFile, home: &str, names: &mut BTreeSet<String>) {
    // Faults are reported when the set is read.
    let mut tree = Tree::default();
    let _ = super::read_file(id, file, &mut tree, &mut Collector::default());
    for (_, node) in tree.nodes() {
        let Value::Mapping(members) = &node.value else { continue };
        let reference =
            members.iter().find(|member| &*member.key == "$ref").and_then(|member| tree.as_str(member.value));
        let Some((name, _)) = reference.and_then(|reference| resolve_name(home, reference)) else { continue };
        if name != home {
            names.insert(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_loaded_until_none_is_missing() {
        let mut sources = Sources::default();
        sources.add("specs/pets.yaml", "a: {$ref: 'parts/a.json#/x'}\nb:\n  $ref: parts/gone.yaml\nc: {$ref: '#/a'}\n");
        load_referenced(&mut sources, &mut |name| match name {
            "specs/parts/a.json" => {
                Ok(br#"{"x": {"$ref": "../b.yaml"}, "y": {"$ref": "https://example.com/z.yaml"}}"#.to_vec())
            }
            "specs/b.yaml" => Ok(b"$ref: pets.yaml#/a".to_vec()),
            _ => Err("no such file".to_owned()),
        });
        let names: Vec<&str> = sources.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["specs/pets.yaml", "specs/parts/a.json", "specs/parts/gone.yaml", "specs/b.yaml"]);
    }

    #[test]
    fn a_document_in_one_file_is_not_parsed() {
        let check = |text: &str, expected: bool| assert_eq!(names_other_files(text), expected, "{text}");
        check(r##"{"$ref": "#/components"}"##, false);
        check("a: {$ref: '#/components'}", false);
        check("$ref: b.yaml", true);
        check("$ref:\n  b.yaml", true);
        check(r#"{"\u0024ref": "b.yaml"}"#, true);
    }
}

//! What a generated folder does on a real file system.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Folder, HEADER, Trouble};
use crate::lock::LOCK_FILE;

/// An empty place that goes away with the test.
struct Place(PathBuf);

impl Place {
    fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("typewright-folder-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path.canonicalize().unwrap())
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Everything below, with what it says.
    fn tree(&self) -> BTreeMap<String, String> {
        let (mut found, mut open) = (BTreeMap::new(), vec![self.0.clone()]);
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    let name = path.strip_prefix(&self.0).unwrap().to_string_lossy().into_owned();
                    found.insert(name, fs::read_to_string(&path).unwrap());
                }
            }
        }
        found
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn generated(text: &str) -> String {
    format!("// {HEADER} from pets.yaml. Do not edit.\n{text}\n")
}

fn set(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    let mut set: BTreeMap<_, _> = files.iter().map(|(name, text)| (name.to_string(), generated(text))).collect();
    set.insert(LOCK_FILE.to_owned(), generated("lock"));
    set
}

fn write(path: &Path, files: &BTreeMap<String, String>) -> (usize, usize, usize) {
    let folder = Folder::compare(path, files).unwrap();
    folder.write().unwrap();
    (folder.written(), folder.unchanged, folder.removed())
}

#[test]
fn only_what_changed_is_written_and_stale_files_go() {
    let place = Place::new();
    let out = place.0.join("pets");
    assert_eq!(write(&out, &set(&[("src/lib.rs", "a"), ("src/deep/old.rs", "b")])), (3, 0, 0));
    place.put("pets/src/deep/mine.txt", "by hand");
    let lib = out.join("src/lib.rs");
    let before = fs::metadata(&lib).unwrap().modified().unwrap();
    assert_eq!(write(&out, &set(&[("src/lib.rs", "a"), ("src/new.rs", "c")])), (1, 2, 1));
    assert_eq!(fs::metadata(&lib).unwrap().modified().unwrap(), before);
    let tree = place.tree();
    let names: Vec<&str> = tree.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        ["pets/src/deep/mine.txt", "pets/src/lib.rs", "pets/src/new.rs", &format!("pets/{LOCK_FILE}")],
        "nothing else is left, temporary files least of all"
    );
}

#[test]
fn folders_that_become_empty_go_too() {
    let place = Place::new();
    write(&place.0, &set(&[("src/a/b/c.rs", "")]));
    write(&place.0, &set(&[("src/lib.rs", "")]));
    assert!(!place.0.join("src/a").exists());
}

#[test]
fn another_output_inside_is_left_alone() {
    let place = Place::new();
    write(&place.0.join("inner"), &set(&[("src/lib.rs", "inner")]));
    assert_eq!(write(&place.0, &set(&[("src/lib.rs", "outer")])), (2, 0, 0));
    assert_eq!(place.tree()["inner/src/lib.rs"], generated("inner"));
}

#[test]
fn files_of_others_are_not_replaced() {
    let place = Place::new();
    place.put("Cargo.toml", "[package]");
    let trouble = Folder::compare(&place.0, &set(&[("Cargo.toml", "x"), ("src/lib.rs", "y")])).unwrap_err();
    assert_eq!(trouble, Trouble::InTheWay(vec!["Cargo.toml".to_owned()]));
    assert_eq!(place.tree().len(), 1);
}

#[test]
fn a_generated_file_that_was_edited_is_written_again() {
    let place = Place::new();
    write(&place.0, &set(&[("src/lib.rs", "a")]));
    place.put("src/lib.rs", "edited, header and all");
    assert_eq!(write(&place.0, &set(&[("src/lib.rs", "a")])), (1, 1, 0));
}

#[test]
fn a_set_that_leads_out_writes_nothing() {
    let place = Place::new();
    for name in ["../evil.rs", "/evil.rs", "src/../../evil.rs"] {
        let trouble = Folder::compare(&place.0.join("pets"), &set(&[(name, "x")])).unwrap_err();
        assert!(matches!(trouble, Trouble::Escape(_)), "{name}: {trouble:?}");
    }
    assert_eq!(place.tree().len(), 0);
}

#[cfg(unix)]
#[test]
fn links_below_the_folder_are_not_followed() {
    let place = Place::new();
    place.put("elsewhere/lib.rs", &generated("theirs"));
    let out = place.0.join("pets");
    write(&out, &set(&[("Cargo.toml", "x")]));
    std::os::unix::fs::symlink(place.0.join("elsewhere"), out.join("src")).unwrap();
    let trouble = Folder::compare(&out, &set(&[("src/lib.rs", "ours")])).unwrap_err();
    assert!(matches!(trouble, Trouble::Escape(_)), "{trouble:?}");
    assert_eq!(write(&out, &set(&[("Cargo.toml", "x")])), (0, 2, 0), "what a link leads to is never stale");
    assert_eq!(place.tree()["elsewhere/lib.rs"], generated("theirs"));
}

#[test]
fn the_difference_is_bounded_and_names_every_file() {
    let place = Place::new();
    let long: String = (0..500).map(|line| format!("line {line}\n")).collect();
    write(&place.0, &set(&[("a.rs", "one"), ("b.rs", "two")]));
    let folder = Folder::compare(&place.0, &set(&[("a.rs", "1"), ("c.rs", &long), ("d.rs", "")])).unwrap();
    let diff = super::diff::unified(&folder, "pets");
    assert!(diff.contains("--- a/pets/a.rs\n+++ b/pets/a.rs\n"), "{diff}");
    assert!(diff.contains("-one\n+1\n"), "{diff}");
    assert!(diff.contains("--- a/pets/b.rs\n+++ /dev/null\n"), "{diff}");
    assert!(diff.contains("more lines in pets/c.rs\n… and 1 more files: d.rs\n"), "{diff}");
    assert!(diff.lines().count() < 210);
}

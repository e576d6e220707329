//! What a generated folder does on a real file system.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
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
    folder.write(&mut || {}).unwrap();
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

/// A `target` on a disk that is not mounted.
#[cfg(unix)]
#[test]
fn a_target_that_is_a_broken_link_is_passed_over() {
    let place = Place::new();
    place.put("Cargo.toml", "[workspace]\nmembers = ['generated/*']\n");
    std::os::unix::fs::symlink(place.0.join("nowhere/target"), place.0.join("target")).unwrap();
    let out = place.0.join("generated/pets");
    assert_eq!(write(&out, &set(&[("Cargo.toml", "x")])), (2, 0, 0));
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

/// Set in the process that is killed.
const KILLED: &str = "TYPEWRIGHT_TEST_KILLED_FOR";

/// The packages that Cargo finds in the workspace of a place.
fn members(place: &Place) -> Vec<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["metadata", "--offline", "--no-deps", "--format-version=1"];
    let said = Command::new(cargo).args(arguments).current_dir(&place.0).output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let said: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap();
    let packages = said["packages"].as_array().unwrap().iter();
    packages.map(|package| package["name"].as_str().unwrap().to_owned()).collect()
}

fn manifest(name: &str) -> String {
    format!("# {HEADER}\n[package]\nname = '{name}'\nversion = '0.1.0'\nedition = '2024'\n")
}

#[test]
fn what_a_killed_run_leaves_is_no_member_and_goes_with_the_next_run() {
    if let Some(out) = std::env::var_os(KILLED) {
        let staging = super::staging::enter(Path::new(&out), &mut || {}).unwrap();
        fs::create_dir_all(staging.folder().join("crate")).unwrap();
        fs::write(staging.folder().join("crate/Cargo.toml"), manifest("half")).unwrap();
        println!("staged");
        // Nothing comes: this process is killed.
        let _ = std::io::stdin().read_line(&mut String::new());
        return;
    }
    let place = Place::new();
    place.put("Cargo.toml", "[workspace]\nresolver = '3'\nmembers = ['generated/*']\n");
    place.put("generated/a/Cargo.toml", &manifest("a"));
    place.put("generated/a/src/lib.rs", "");
    let out = place.0.join("generated/pets");
    let name = "folder::tests::what_a_killed_run_leaves_is_no_member_and_goes_with_the_next_run";
    let mut run = Command::new(std::env::current_exe().unwrap());
    run.args(["--exact", name, "--nocapture"]).env(KILLED, &out).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut run = run.spawn().unwrap();
    let said = BufReader::new(run.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert!(said.into_iter().any(|line| line.contains("staged")));
    run.kill().unwrap();
    run.wait().unwrap();

    let left = |place: &Place| place.tree().into_keys().filter(|name| name.contains("staging")).collect::<Vec<_>>();
    assert!(left(&place).iter().any(|name| name.ends_with("Cargo.toml")), "{:?}", left(&place));
    assert_eq!(members(&place), ["a"], "Cargo still loads the workspace");
    let mut files = set(&[("src/lib.rs", "")]);
    files.insert("Cargo.toml".to_owned(), manifest("pets"));
    assert_eq!(write(&out, &files), (3, 0, 0));
    assert_eq!(left(&place), Vec::<String>::new());
    assert_eq!(members(&place), ["a", "pets"]);
}

#[test]
fn two_first_runs_at_once_both_succeed() {
    let place = Place::new();
    let out = place.0.join("generated/pets");
    let texts = [set(&[("src/lib.rs", "a"), ("src/one.rs", "")]), set(&[("src/lib.rs", "b"), ("src/two.rs", "")])];
    // Both have looked before either writes.
    let runs = texts.each_ref().map(|files| Folder::compare(&out, files).unwrap());
    std::thread::scope(|scope| runs.each_ref().map(|run| scope.spawn(|| run.write(&mut || {}))).map(|run| run.join()))
        .into_iter()
        .for_each(|written| assert_eq!(written.unwrap(), Ok(())));
    let tree = place.tree();
    let is = |files: &BTreeMap<String, String>| {
        files.iter().all(|(name, text)| tree[&format!("generated/pets/{name}")] == *text)
    };
    assert!(texts.iter().any(is), "one of them wrote last, and wrote all of it: {tree:#?}");
    assert_eq!(tree.len(), 3, "{tree:#?}");
}

#[test]
fn an_empty_folder_is_a_new_one() {
    let place = Place::new();
    fs::create_dir(place.0.join("pets")).unwrap();
    assert_eq!(write(&place.0.join("pets"), &set(&[("src/lib.rs", "a")])), (2, 0, 0));
    assert_eq!(place.tree().len(), 2);
}

#[test]
fn files_of_others_that_cargo_makes_targets_of_are_told() {
    let place = Place::new();
    let ours = set(&[("src/lib.rs", "a"), ("examples/ours.rs", "b")]);
    write(&place.0, &ours);
    for name in [
        "build.rs",
        "src/main.rs",
        "src/bin/tool.rs",
        "src/bin/other/main.rs",
        "tests/pets.rs",
        "tests/deep/main.rs",
        "examples/theirs.rs",
        "benches/speed.rs",
        "src/notes.rs",
        "src/bin/other/part.rs",
        "tests/deep/support.rs",
        "main.rs",
    ] {
        place.put(name, "// by hand\n");
    }
    let folder = Folder::compare(&place.0, &ours).unwrap();
    let told: Vec<(&str, &str)> = folder.foreign.iter().map(|(name, target)| (name.as_str(), *target)).collect();
    let expected = [
        ("benches/speed.rs", "a benchmark"),
        ("build.rs", "the build script"),
        ("examples/theirs.rs", "an example"),
        ("src/bin/other/main.rs", "a program"),
        ("src/bin/tool.rs", "a program"),
        ("src/main.rs", "a program"),
        ("tests/deep/main.rs", "a test"),
        ("tests/pets.rs", "a test"),
    ];
    assert_eq!(told, expected);
    assert!(folder.is_current(), "they are told, and left alone");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_read() {
    let place = Place::new();
    write(&place.0, &set(&[("src/lib.rs", "a")]));
    fs::remove_file(place.0.join("src/lib.rs")).unwrap();
    assert!(Command::new("mkfifo").arg(place.0.join("src/lib.rs")).status().unwrap().success());
    let trouble = Folder::compare(&place.0, &set(&[("src/lib.rs", "a")])).unwrap_err();
    assert!(matches!(&trouble, Trouble::System(why) if why.contains("no regular file")), "{trouble:?}");
}

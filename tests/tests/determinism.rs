//! The same documents give the same bytes: in every folder, locale and time zone, and whatever else is generated beside them.

#![forbid(unsafe_code)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use support::Place;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ stands in the repository").to_path_buf()
}

/// The real program. Cargo builds it where it is not there yet; tests of this package have no other way to it.
fn program() -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--quiet", "--offline", "--workspace", "--bin", "typewright", "--message-format=json"])
        .current_dir(repository())
        .output()
        .expect("cargo runs");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let told = String::from_utf8(built.stdout).expect("JSON is UTF-8");
    let messages = told.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut paths = messages.filter_map(|message| message["executable"].as_str().map(PathBuf::from));
    paths.next_back().expect("cargo names what it built")
}

/// Runs the program in a folder with nothing in its environment but these; gives what it printed.
fn run(program: &Path, folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .envs(environment.iter().copied())
        .output()
        .expect("the program runs");
    let told = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(output.status.success(), "{told}");
    let results = String::from_utf8(output.stdout).expect("UTF-8");
    let (results, took) = results.lines().partition::<Vec<_>, _>(|line| !line.ends_with(" s"));
    // The line of a crate ends with the time that it took.
    let took = took.iter().map(|line| line.rsplit_once(", ").map_or(*line, |(result, _)| result));
    told + &took.chain(results).collect::<Vec<_>>().join("\n")
}

#[test]
fn folders_locales_and_time_zones_change_nothing() {
    let program = program();
    let document = fs::read_to_string(repository().join("tests/golden/everything/openapi.yaml")).expect("a document");
    let arguments = ["generate", "api/openapi.yaml", "--out", "client", "--name", "everything", "--runtime", "0.1.0"];
    let here: [(&str, &str); 3] = [("LANG", "C"), ("LC_ALL", "C"), ("TZ", "UTC")];
    let there: [(&str, &str); 6] = [
        ("LANG", "tr_TR.UTF-8"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("TZ", "Pacific/Kiritimati"),
        ("HOME", "/nowhere"),
        ("USER", "somebody"),
        ("SOURCE_DATE_EPOCH", "1"),
    ];
    let place = Place::new();
    let mut outputs = Vec::new();
    for (folder, environment) in [("a", &here[..]), ("deep/below/ä ö", &there)] {
        place.put(&format!("{folder}/api/openapi.yaml"), &document);
        let told = run(&program, &place.path.join(folder), &arguments, environment);
        outputs.push((told, place.tree(&format!("{folder}/client"))));
    }
    let [first, second] = outputs.as_slice() else { panic!("two runs") };
    assert!(first.1.len() > 20, "{:?}", first.1.keys());
    assert_eq!(first.0, second.0);
    for (name, text) in &first.1 {
        assert_eq!(Some(text), second.1.get(name), "{name}");
    }
    assert_eq!(first.1.len(), second.1.len());
}

/// A copy of everything that `cargo xtask generate` reads, with only these crates in the list, in this order.
fn copy(crates: &[&str]) -> Place {
    let place = Place::new();
    let list = fs::read_to_string(repository().join("typewright.toml")).expect("the list");
    let (defaults, tables) = list.split_once("\n[crate.").expect("crates are listed");
    let tables: Vec<&str> = tables.split("\n[crate.").collect();
    let mut kept = defaults.to_owned();
    for name in crates {
        let table = tables.iter().find(|table| table.starts_with(&format!("{name}]"))).expect("a crate of the list");
        kept.push_str(&format!("\n[crate.{table}"));
    }
    place.put("typewright.toml", &kept);
    for entry in fs::read_dir(repository().join("specs")).expect("documents").flatten() {
        let text = fs::read_to_string(entry.path()).expect("a document");
        place.put(&format!("specs/{}", entry.file_name().to_string_lossy()), &text);
    }
    place
}

#[test]
fn a_crate_does_not_depend_on_the_others_in_the_list() {
    let together = copy(&["qredex", "refport"]);
    together.repository(&[]).assert_fine();
    let turned = copy(&["refport", "qredex"]);
    turned.repository(&[]).assert_fine();
    for name in ["qredex", "refport"] {
        let alone = copy(&[name]);
        alone.repository(&[]).assert_fine();
        let folder = format!("generated/{name}");
        assert!(alone.tree(&folder).len() > 10, "{name}");
        assert_eq!(alone.tree(&folder), together.tree(&folder), "{name}");
        assert_eq!(alone.tree(&folder), turned.tree(&folder), "{name}");
    }
    // Nor on whether the others are asked for.
    let asked = copy(&["qredex", "refport"]);
    asked.repository(&["refport"]).assert_fine();
    assert_eq!(asked.tree("generated/refport"), together.tree("generated/refport"));
    assert!(!asked.has("generated/qredex"));
}

//! Hostile texts in every string of a document that has everything: keys and values alike.
//!
//! A text may be refused, or be spelled otherwise, but it never adds an item, an attribute or a doc test to the output.
//! By default a few strings get all texts in one and two of them alone; `TYPEWRIGHT_THOROUGH=1` tries every eighth string
//! so, and `TYPEWRIGHT_HOSTILE=all` each string with each text, which takes an hour.
//! `TYPEWRIGHT_HOSTILE_OUT=FOLDER` writes a sample of the outputs as packages, to be compiled.

use std::path::Path;

use serde_json::Value;
use typewright_codegen::output::FileSet;
use typewright_lab::mutate::HOSTILE;
use typewright_tests::document::{Part, Slot, Step, parse, shown, slots, with};
use typewright_tests::fuzz::{Counts, count, generate};

const EVERYTHING: &str = include_str!("../../golden/everything/openapi.yaml");

/// Texts beyond those of the mutator: what breaks out of Rust, TOML, Markdown and file names.
const MORE: &[&str] = &[
    "\u{200b}zero\u{200d}width\u{feff}",
    "line\r\n\r/// still?\r#![allow(warnings)]",
    "\u{2028}pub fn owned() {}\u{2029}",
    "~~~\nfn owned() {}\n~~~",
    "- x\n\n      fn owned() {}\n",
    "> ```\n> owned!()\n",
    "1. ```rust\n   owned!()\n   ```\n",
    "    indented: owned!()",
    "\t#[test] fn owned() {}",
    "`````\n`` ` ```rust,no_run\n",
    "\"\n[dependencies]\nowned = \"1\"\n#",
    "'''\n[profile.release]\n'''",
    "]]>\"></code><img src=x onerror=owned()>",
    "[x]: javascript:owned()\n[`crate::owned`] [Owned](struct.Owned.html)",
    "|a|b|\n|-|-|\n|`|`|",
    "/*! /** //! /// */ /*",
    "r\"#\"# b'\\'' '\\u{110000}",
    "{x:?} {0} {} }} {{ $crate %s ${HOME} $(id)",
    "..\\..\\owned",
    "/../../{x}/..//./%2e%2e/\u{0}",
    "COM1",
    "con.txt",
    "trailing. ",
    "r#self",
    "_",
    "__",
    "1",
    "é\u{301}\u{1F468}\u{200d}\u{1F469}",
    "µ\u{130}\u{131}ﬁ",
];

fn texts() -> Vec<String> {
    let mut texts: Vec<String> = HOSTILE.iter().chain(MORE).map(|text| (*text).to_owned()).collect();
    texts.push("long_".repeat(2_000));
    texts.push("`".repeat(3_000));
    texts.push("[".repeat(3_000));
    texts
}

/// All of them in one.
fn together() -> String {
    let mut all = String::new();
    for text in HOSTILE.iter().chain(MORE) {
        all.push_str(text);
        all.push('\n');
    }
    all
}

fn made(document: &Value) -> Option<FileSet> {
    generate("openapi.json", document.to_string().as_bytes()).0
}

/// What may differ from a harmless text: counted only where the text is a text and not a word of the vocabulary.
fn judged(document: &Value, slot: &Slot, text: &str, harmless: Option<Counts>, failures: &mut Vec<String>) {
    let changed = with(document, slot, text);
    let Some(files) = made(&changed) else { return };
    let counts = count(&files);
    for (path, content) in files.files.iter().filter(|(path, _)| path.ends_with(".rs") || path.ends_with(".toml")) {
        if content.contains(['\u{202e}', '\u{2066}', '\0', '\r', '\u{200b}', '\u{feff}', '\u{2028}']) {
            failures.push(format!("{} = {text:?}: {path} shows a character that is not to be seen", shown(&slot.path)));
        }
    }
    // The dots of a declared resource nest it: that is what they are for. A word of the vocabulary means what it means.
    let meant = shown(&slot.path).ends_with(".resource") || ["default", "null"].contains(&text);
    let Some(harmless) = harmless.filter(|_| !meant) else { return };
    let fewer = counts.items <= harmless.items
        && counts.attributes <= harmless.attributes
        && counts.doc_tests <= harmless.doc_tests;
    if counts != harmless && !(fewer && may_be_left_out(slot, text)) {
        let text: String = text.chars().take(60).collect();
        failures.push(format!("{} ({:?}) = {text:?}: {harmless:?} became {counts:?}", shown(&slot.path), slot.part));
    }
}

/// Whether a text cannot be what stands at this place, so that there may be less of the output: braces of a path that do not
/// pair, no name of a header, no content type, a tag without a letter.
fn may_be_left_out(slot: &Slot, text: &str) -> bool {
    let Some(Step::Member(around)) = slot.path.len().checked_sub(2).and_then(|at| slot.path.get(at)) else {
        return false;
    };
    let is_token = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    match (slot.part, around.as_str()) {
        (Part::Key, "paths") => text.contains(['{', '}']),
        (Part::Key, "headers") => !is_token(text) || text.contains(['"', '(', ')', ',', '/', ':', '<', '=', '{', '}']),
        (Part::Key, "content") => !is_token(text) || !text.contains('/'),
        (Part::Value, "tags") => !text.contains(|letter: char| letter.is_ascii_alphanumeric()),
        _ => false,
    }
}

#[test]
fn no_text_breaks_out_of_its_place() {
    let document = parse(EVERYTHING);
    assert!(made(&document).is_some(), "{:#?}", generate("openapi.json", document.to_string().as_bytes()).1);
    let all = std::env::var("TYPEWRIGHT_HOSTILE").is_ok_and(|value| value == "all");
    let (texts, together) = (texts(), together());
    let mut failures = Vec::new();
    let step = match (all, typewright_tests::thorough()) {
        (true, _) => 1,
        (false, true) => 8,
        (false, false) => 61,
    };
    for (at, slot) in slots(&document).iter().enumerate().step_by(step) {
        let harmless = made(&with(&document, slot, "harmless")).map(|files| count(&files));
        judged(&document, slot, &together, harmless, &mut failures);
        let few = [at / step % texts.len(), (at / step * 7 + 3) % texts.len()];
        for (_, text) in texts.iter().enumerate().filter(|(index, _)| all || few.contains(index)) {
            judged(&document, slot, text, harmless, &mut failures);
        }
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

/// Twenty outputs, each with one text in many strings at once, for a compiler to look at.
#[test]
fn a_sample_for_the_compiler() {
    let Some(folder) = std::env::var_os("TYPEWRIGHT_HOSTILE_OUT") else { return };
    let document = parse(EVERYTHING);
    let texts = texts();
    let all = slots(&document);
    for number in 0..20 {
        let mut changed = document.clone();
        for (at, slot) in all.iter().enumerate().filter(|(at, _)| at % 20 == number) {
            let next = with(&changed, slot, &texts[(at / 20 + number) % texts.len()]);
            if made(&next).is_some() {
                changed = next;
            }
        }
        let files = made(&changed).expect("what was refused was left as it was");
        for (name, text) in &files.files {
            let path = Path::new(&folder).join(format!("hostile_{number}")).join(name);
            std::fs::create_dir_all(path.parent().expect("below the folder")).expect("writable");
            std::fs::write(path, text).expect("writable");
        }
    }
}

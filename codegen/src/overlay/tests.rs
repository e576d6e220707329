//! Overlays against a small document: what comes out as JSON, or which faults.

use super::*;
use crate::diagnostic::Profile;
use crate::read::read;

const SHOP: &str = "openapi: 3.1.0\ninfo: { title: Shop, version: '1' }\ntags: [{ name: a }]\npaths:\n  /a: &a { get: { tags: [x, y], \
                    summary: Old. } }\n  /b: *a\n";

fn applied(actions: &str) -> Result<String, Vec<(&'static str, String)>> {
    let mut sources = Sources::default();
    sources.add("shop.yaml", SHOP);
    sources.add_overlay(
        "change.yaml",
        format!("overlay: 1.1.0\ninfo: {{ title: Change, version: '1' }}\nactions:\n{actions}"),
    );
    let mut collector = Collector::new(Profile::Strict);
    let mut documents = read(&sources, &mut collector);
    apply(&mut documents, &sources, &mut collector);
    let root = documents.root(FileId(0)).map(|root| documents.tree.json_text(root)).unwrap_or_default();
    let faults: Vec<_> = collector.finish().into_iter().map(|fault| (fault.code.id, fault.message)).collect();
    if faults.is_empty() { Ok(root) } else { Err(faults) }
}

fn check(actions: &str, expected: &str) {
    let found = applied(actions).unwrap_or_else(|faults| panic!("{actions}: {faults:#?}"));
    assert!(found.contains(expected), "{actions}\n{found}");
}

fn refuse(actions: &str, code: &str, words: &str) {
    let faults = applied(actions).expect_err(actions);
    assert!(matches!(&faults[..], [(id, message)] if *id == code && message.contains(words)), "{actions}\n{faults:#?}");
}

#[test]
fn objects_are_merged_lists_joined_and_scalars_replaced() {
    check(
        "- target: $\n  update: { info: { title: New }, tags: [{ name: b }], x-a: 1 }",
        r#"{"title":"New","version":"1"}"#,
    );
    check("- target: $\n  update: { tags: [{ name: b }] }", r#""tags":[{"name":"a"},{"name":"b"}]"#);
    check("- target: $.tags\n  update: [{ name: b }, { name: c }]", r#"[{"name":"a"},{"name":"b"},{"name":"c"}]"#);
    check("- target: $.tags\n  update: { name: b }", r#"[{"name":"a"},{"name":"b"}]"#);
    check("- target: $.info.title\n  update: New", r#""title":"New""#);
}

#[test]
fn each_node_that_is_found_gets_a_value_of_its_own() {
    let twice = r#""/a":{"get":{"tags":["x","y"],"summary":"Old.","x-l":[1,2]}},"/b":{"get":{"tags":["x","y"],"summary":"Old.","x-l":[1,2]}}"#;
    check("- target: $.paths.*.get\n  update: { x-l: [1] }\n- target: $.paths.*.get['x-l']\n  update: 2", twice);
}

#[test]
fn a_change_of_an_alias_leaves_its_anchor_alone() {
    check(
        "- target: $.paths['/b'].get.summary\n  update: New.",
        r#""summary":"Old."}},"/b":{"get":{"tags":["x","y"],"summary":"New.""#,
    );
}

#[test]
fn nodes_are_removed_from_lists_and_objects() {
    check("- target: $.paths.*.get.tags[?@ == 'x']\n  remove: true", r#""/b":{"get":{"tags":["y"]"#);
    check("- target: $.paths['/b'].get.tags[0, 1]\n  remove: true", r#""/b":{"get":{"tags":[]"#);
    check("- target: $.paths['/a']\n  remove: true", r#""paths":{"/b""#);
    check("- target: $.paths['/a']\n  remove: false\n  update: { x-a: 1 }", r#""x-a":1"#);
}

#[test]
fn a_node_is_copied() {
    check("- target: $.paths['/b']\n  copy: $.info", r#""title":"Shop","version":"1"}}"#);
    check("- target: $.tags\n  copy: $.paths['/a'].get.tags", r#""tags":[{"name":"a"},"x","y"]"#);
}

#[test]
fn actions_see_what_those_before_them_did() {
    let actions = "- target: $.paths['/a'].get.tags\n  remove: true\n- target: $.paths['/a'].get\n  update: { tags: { none: 1 } }";
    check(actions, r#""summary":"Old.","tags":{"none":1}"#);
}

#[test]
fn what_makes_no_sense_is_refused() {
    refuse("- target: $.paths['/c']\n  update: {}", "TW0211", "`$.paths['/c']` is not in the document");
    refuse("- target: $.paths./a\n  update: {}", "TW0212", "`$.paths./a` is no JSONPath");
    refuse("- target: $.info\n  update: [1]", "TW0213", "a list cannot be merged into an object");
    refuse("- target: $\n  update: { info: { title: [1] } }", "TW0213", "a list cannot be merged into a string");
    refuse("- target: $.paths.*\n  copy: $.paths.*", "TW0213", "finds 2 nodes");
    refuse("- target: $\n  remove: true", "TW0213", "the document itself");
    refuse("- target: $.info", "TW0213", "one thing to do");
    refuse("- target: $.info\n  update: {}\n  copy: $.tags", "TW0213", "one thing to do");
    refuse("- target: $.info\n  updates: {}\n  remove: true", "TW0205", "`updates`");
    refuse("- update: {}", "TW0204", "`target`");
    refuse("- target: 3\n  update: {}", "TW0203", "`target` is a number");
    refuse("- target: $\n  remove: 1", "TW0203", "`remove` is a number");
    refuse("  {}", "TW0203", "`actions` is an object");
    refuse("  []", "TW0213", "no actions");
}

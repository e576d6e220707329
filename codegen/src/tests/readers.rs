//! What the readers make of texts: values, places, limits, and that nothing makes them panic.

use crate::diagnostic::{Collector, Profile, Style, render_all};
use crate::normalise::structure::check_structure;
use crate::read::{Documents, read};
use crate::source::{FileId, Sources};
use crate::tree::{MAX_DEPTH, NodeId, Tree, Value};

fn sources(name: &str, bytes: impl Into<Vec<u8>>) -> Sources {
    let mut sources = Sources::default();
    sources.add(name, bytes);
    sources
}

fn read_all(sources: &Sources) -> (Documents, String) {
    let mut collector = Collector::new(Profile::Lenient);
    let documents = read(sources, &mut collector);
    (documents, render_all(sources, &collector.finish(), Style::Plain))
}

/// Reads a text as the format that the name says and compares it, written as JSON.
#[track_caller]
fn check(name: &str, text: &str, expected: &str) {
    let sources = sources(name, text);
    let (documents, faults) = read_all(&sources);
    let root = documents.root(FileId(0)).unwrap_or_else(|| panic!("{text}\n{faults}"));
    assert_eq!(documents.tree.json_text(root), expected, "{text}\n{faults}");
    assert_eq!(faults, "", "{text}");
}

/// The text that each node and key stands on, in the order of the document.
fn stretches(tree: &Tree, sources: &Sources, id: NodeId, out: &mut Vec<String>) {
    let text = |place: crate::source::Place| sources.files[0].text[place.start as usize..place.end as usize].to_owned();
    out.push(text(tree.place(id)));
    match tree.value(id) {
        Value::Sequence(items) => items.iter().for_each(|item| stretches(tree, sources, *item, out)),
        Value::Mapping(members) => {
            for member in members {
                out.push(text(member.key_place));
                stretches(tree, sources, member.value, out);
            }
        }
        _ => {}
    }
}

#[track_caller]
fn check_places(name: &str, text: &str, expected: &[&str]) {
    let sources = sources(name, text);
    let (documents, faults) = read_all(&sources);
    let root = documents.root(FileId(0)).unwrap_or_else(|| panic!("{faults}"));
    let mut found = Vec::new();
    stretches(&documents.tree, &sources, root, &mut found);
    assert_eq!(found, expected, "{text}");
}

#[test]
fn json_keeps_what_was_written() {
    check(
        "a.json",
        r#" {"a": [1, -0.50, 1E+5, 123456789012345678901234567890]} "#,
        r#"{"a":[1,-0.50,1E+5,123456789012345678901234567890]}"#,
    );
    check("a.json", r#"[true, false, null, "", {}, []]"#, r#"[true,false,null,"",{},[]]"#);
    check("a.json", r#"["\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"]"#, "[\"\\\"\\\\/\\b\\f\\n\\r\\té😀\"]");
    check("a.json", "\u{feff}{\r\n\"a\"\t:\r\n1}\r\n", r#"{"a":1}"#);
    check("a.json", "\"text\"", "\"text\"");
}

#[test]
fn yaml_keeps_what_was_written() {
    check("a.yaml", "a: 1\nb: yes\nc: \"1\"\nd: 2024-01-31\n", r#"{"a":1,"b":"yes","c":"1","d":"2024-01-31"}"#);
    check(
        "a.yaml",
        "200: ok\n4XX: no\ntrue: t\n1.50: n\n~: z\n",
        r#"{"200":"ok","4XX":"no","true":"t","1.50":"n","~":"z"}"#,
    );
    check(
        "a.yaml",
        "a: |\n  one\n   two\n\nb: >-\n  one\n  two\nc: 'it''s'\nd: \"a\\nb\"\ne: one\n  two\n",
        r#"{"a":"one\n two\n","b":"one two","c":"it's","d":"a\nb","e":"one two"}"#,
    );
    check("a.yaml", "\u{feff}a: b # c\r\nd:\r\n  - e\r\n  -\r\n", r#"{"a":"b","d":["e",null]}"#);
    check("a.yaml", "---\na: !!str 5\nb: !custom 5\nc: ! 5\nd: !!float 5\n...\n", r#"{"a":"5","b":5,"c":"5","d":5}"#);
    check("a.yaml", "{a: [1, 2], 'b': {c: d}, e}", r#"{"a":[1,2],"b":{"c":"d"},"e":null}"#);
    check("a.yaml", "a:\n- b:\n  - c\n", r#"{"a":[{"b":["c"]}]}"#);
    check("a.yaml", "? a\n: b\n", r#"{"a":"b"}"#);
}

#[test]
fn aliases_share_their_node_and_merges_give_way() {
    check("a.yaml", "a: &x {b: 1}\nc: *x\nd: [*x, *x]\n", r#"{"a":{"b":1},"c":{"b":1},"d":[{"b":1},{"b":1}]}"#);
    check("a.yaml", "a: &x {b: 1, c: 2}\nd: {c: 3, <<: *x, e: 4}\n", r#"{"a":{"b":1,"c":2},"d":{"c":3,"b":1,"e":4}}"#);
    check(
        "a.yaml",
        "a: &x {b: 1}\nc: &y {b: 2, d: 3}\ne: {<<: [*x, *y]}\n",
        r#"{"a":{"b":1},"c":{"b":2,"d":3},"e":{"b":1,"d":3}}"#,
    );
    check("a.yaml", "a: {'<<': {b: 1}}\n", r#"{"a":{"<<":{"b":1}}}"#);
    check("a.yaml", "a: &x key\n*x : value\n", r#"{"a":"key","key":"value"}"#);
    check("a.yaml", "&k a: 1\nb: *k\n", r#"{"a":1,"b":"a"}"#);

    let (documents, _) = read_all(&sources("a.yaml", "a: &x {b: 1}\nc: *x\n"));
    let root = documents.root(FileId(0)).expect("a document");
    assert_eq!(documents.tree.member(root, "a"), documents.tree.member(root, "c"));
}

#[test]
fn flow_style_may_be_indented_too_little() {
    check("a.yaml", "a:\n  b: {\n    \"c\": 1\n  }\nd: 2\n", r#"{"a":{"b":{"c":1}},"d":2}"#);
    check(
        "a.yaml",
        "a:\n  b:\n    c: [\n  1,\n{d: # it's ]\n\"}\"}\n]\ne: \"x\ny\"\n",
        r#"{"a":{"b":{"c":[1,{"d":"}"}]}},"e":"x y"}"#,
    );
    check_places(
        "a.yaml",
        "a:\n  b: {\n\"é\": ü\n}\nd: 2\n",
        &["a:\n  b: {\n\"é\": ü\n}\nd: 2", "a", "b: {\n\"é\": ü\n}", "b", "{\n\"é\": ü\n}", "\"é\"", "ü", "d", "2"],
    );
}

#[test]
fn places_are_the_bytes_of_values_and_keys() {
    check_places(
        "a.json",
        "{\"é\": [1, \"ü\"], \"b\": {}}",
        &["{\"é\": [1, \"ü\"], \"b\": {}}", "\"é\"", "[1, \"ü\"]", "1", "\"ü\"", "\"b\"", "{}"],
    );
    check_places(
        "a.yaml",
        "é: [1, 'ü']\nb:\n  c: |\n    text\n\n  d:\ne: f\n",
        &[
            "é: [1, 'ü']\nb:\n  c: |\n    text\n\n  d:\ne: f",
            "é",
            "[1, 'ü']",
            "1",
            "'ü'",
            "b",
            "c: |\n    text\n\n  d",
            "c",
            "text",
            "d",
            "",
            "e",
            "f",
        ],
    );
    // More than one step of the table that turns characters into bytes.
    let long = format!("a: {}\nb: é\n", "ö".repeat(1_000));
    let sources = sources("a.yaml", long.clone());
    let (documents, _) = read_all(&sources);
    let place = documents
        .tree
        .place(documents.tree.pointer(documents.root(FileId(0)).expect("a root"), "/b").expect("a member"));
    assert_eq!(&long[place.start as usize..place.end as usize], "é");
}

#[test]
fn the_format_is_told_by_name_or_by_the_first_character() {
    check("openapi", " {\"a\": 1}", r#"{"a":1}"#);
    check("openapi", "a: 1", r#"{"a":1}"#);
    check("a.YML", "{a: 1}", r#"{"a":1}"#);
    assert!(read_all(&sources("a.json", "a: 1")).1.contains("TW0105"));
}

#[test]
fn pointers_lead_through_escapes() {
    let (documents, _) = read_all(&sources("a.json", r#"{"a/b": {"c~d": [1, {"e f": 2, "%20": 3}]}}"#));
    let root = documents.root(FileId(0)).expect("a document");
    let check = |pointer: &str, expected: Option<&str>| {
        let found = documents.tree.pointer(root, pointer).map(|node| documents.tree.json_text(node));
        assert_eq!(found.as_deref(), expected, "{pointer}");
    };
    check("/a~1b/c~0d/0", Some("1"));
    check("#/a~1b/c~0d/1/e%20f", Some("2"));
    check("/a~1b/c~0d/1/%20", Some("3"));
    check("/a~1b/c~0d/2", None);
    check("a", None);
}

#[test]
fn the_deepest_document_needs_little_stack() {
    let json = format!("{}1{}", "[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH));
    let yaml = (0..MAX_DEPTH).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect::<String>();
    // As much as a thread of a test has would hide what a build script's thread has.
    let thread = std::thread::Builder::new().stack_size(512 << 10).spawn(move || {
        for (name, text) in [("a.json", json.clone()), ("b.yaml", json), ("c.yaml", yaml)] {
            let sources = sources(name, text);
            let (mut documents, faults) = read_all(&sources);
            let root = documents.root(FileId(0)).unwrap_or_else(|| panic!("{faults}"));
            assert_eq!(documents.tree.depth(root), MAX_DEPTH);
            let text = documents.tree.json_text(root);
            assert!(text.len() > MAX_DEPTH);
            let _ = check_structure(&mut documents, &sources, &mut Collector::default());
        }
        let schema = format!("{}{{}}{}", r#"{"items": "#.repeat(MAX_DEPTH - 4), "}".repeat(MAX_DEPTH - 4));
        let text = format!(r#"{{"openapi": "3.1.0", "info": {{}}, "components": {{"schemas": {{"A": {schema}}}}}}}"#);
        let sources = sources("a.json", text);
        let mut documents = read_all(&sources).0;
        let mut collector = Collector::default();
        assert!(check_structure(&mut documents, &sources, &mut collector).is_some());
        assert!(!collector.has_errors());
    });
    thread.expect("a thread").join().expect("no overflow");
}

#[test]
fn nesting_without_end_is_refused() {
    for (name, text) in [
        ("a.json", "[".repeat(1_000_000)),
        ("a.json", "{\"a\":".repeat(1_000_000)),
        ("a.yaml", "[".repeat(1_000_000)),
        ("a.yaml", "{a: ".repeat(30_000)),
        ("a.yaml", "- ".repeat(30_000)),
        ("a.yaml", "? ".repeat(30_000)),
    ] {
        let (documents, faults) = read_all(&sources(name, text));
        assert!(documents.root(FileId(0)).is_none() && faults.starts_with("error[TW01"), "{faults}");
    }
}

/// A generator of numbers that is the same everywhere (xorshift).
struct Seed(u64);

impl Seed {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or_default() % below.max(1)
    }
}

/// Changes a few bytes: replaced, removed, doubled, or by something that means something.
fn mutated(text: &[u8], seed: &mut Seed) -> Vec<u8> {
    const WORDS: &[&str] = &[
        "{", "}", "[", "]", ":", ",", "\"", "'", "\\u", "\\", "\n", "\t", "- ", "&a ", "*a", "<<: ", "!!int ", "|",
        ">", "#", "%", "---\n", "null", "0x", "1e", "\u{feff}", "\u{202e}", "\u{0}", "é", "x-", "$ref", "@", "`", "? ",
        "...\n", "\r",
    ];
    let mut bytes = text.to_vec();
    for _ in 0..=seed.next(4) {
        let at = seed.next(bytes.len());
        let end = (at + seed.next(9)).min(bytes.len());
        match seed.next(5) {
            0 => bytes.insert(at, u8::try_from(seed.next(256)).unwrap_or_default()),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let copy = bytes[at..end].to_vec();
                let to = seed.next(bytes.len());
                bytes.splice(to..to, copy);
            }
            _ => drop(bytes.splice(at..at, WORDS[seed.next(WORDS.len())].bytes())),
        }
    }
    bytes
}

const SMALL_JSON: &str = r##"{"openapi": "3.0.3", "info": {"title": "P\u00e9ts", "version": "1"}, "paths": {"/pets/{id}": {"get": {
  "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "integer", "minimum": 0.5e1}}],
  "responses": {"200": {"description": "é", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}}}}},
  "components": {"schemas": {"Pet": {"type": "object", "properties": {"name": {"type": "string", "nullable": true}}}}}}"##;

const SMALL_YAML: &str = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths:\n  /pets/{id}:\n    get: &get\n      summary: |\n        é\n      \
    parameters:\n      - {name: id, in: path, required: true, schema: {type: [integer, 'null']}}\n      responses:\n        200: {description: >-\n          \
    all}\n    put:\n      <<: *get\n      operationId: 'put'\ncomponents:\n  schemas:\n    Pet:\n      type: object\n      properties:\n        name: !!str {}\n";

#[test]
fn mutated_documents_never_panic() {
    let mut seed = Seed(0x9e37_79b9_7f4a_7c15);
    for round in 0..6_000 {
        let (name, text) = if round % 2 == 0 { ("a.json", SMALL_JSON) } else { ("a.yaml", SMALL_YAML) };
        let bytes = mutated(text.as_bytes(), &mut seed);
        let sources = sources(name, bytes);
        let mut collector = Collector::new(Profile::Lenient);
        let mut documents = read(&sources, &mut collector);
        if let Some(root) = documents.root(FileId(0)) {
            let _ = check_structure(&mut documents, &sources, &mut collector);
            let _ = documents.tree.json_text(root);
        } else {
            assert!(collector.has_errors(), "{name} gave nothing and said nothing: {:?}", sources.files[0].text);
        }
        let _ = render_all(&sources, &collector.finish(), Style::Ansi);
    }
}

/// Each of these took minutes when some step was quadratic in it.
#[test]
fn large_hostile_documents_are_read_in_linear_time() {
    let head = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\n";
    let members = (0..30_000).map(|index| format!("k{index}: 1, ")).collect::<String>();
    let cases = [
        format!("{head}paths: {{}}\ncomponents: {{{members}}}\n"),
        format!("{head}paths: {{}}\nx-a: &a {{{members}}}\nx-b: {{<<: *a, {members}}}\n"),
        format!("{head}paths: {{}}\nx-a: &a {{b: 1}}\nx-b: {{{}}}\n", "<<: *a, c: 1, ".repeat(30_000)),
        format!("{head}paths: {{}}\nsecurity: [{}]\n", "1, ".repeat(50_000)),
        format!("{head}paths: {{}}\ntags: [{}]\n", "{}, ".repeat(30_000)),
        format!("{head}paths: {{{members}}}\n"),
        format!("{{{}}}", "a: 1, ".repeat(30_000)),
        format!("{head}x-a:\n{}", "  b: {\n}\n".repeat(300)),
    ];
    for text in cases {
        let sources = sources("a.yaml", text);
        let mut collector = Collector::new(Profile::Lenient);
        let mut documents = read(&sources, &mut collector);
        let _ = check_structure(&mut documents, &sources, &mut collector);
        let text = render_all(&sources, &collector.finish(), Style::Plain);
        assert!(text.len() < 4 << 20, "{}", text.len());
    }
}

#[test]
fn of_equal_keys_the_last_counts() {
    // Short objects and long ones are compared in different ways.
    let long: String = (0..20).map(|key| format!("\"k{key}\": 0, ")).collect();
    for text in [
        "{\"a\": 1, \"b\": 2, \"a\": 3, \"a\": 4}".to_owned(),
        format!("{{\"a\": 1, {long}\"a\": 3, \"b\": 2, \"a\": 4}}"),
    ] {
        let mut sources = Sources::default();
        sources.add("pets.json", text);
        let documents = read(&sources, &mut Collector::default());
        let root = documents.root(FileId(0)).expect("a document");
        let members = documents.tree.as_mapping(root).expect("an object");
        let of_a: Vec<_> = members.iter().filter(|member| &*member.key == "a").collect();
        assert_eq!(of_a.len(), 1);
        assert!(matches!(documents.tree.value(of_a[0].value), Value::Number(text) if &**text == "4"));
        assert!(documents.tree.member(root, "b").is_some());
    }
}

//! `typewright bundle`: a bundle gives the same crate as the files that it was made of, byte for byte.

#![forbid(unsafe_code)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use support::{PETS, Place};
use typewright::Exit;
use typewright_codegen::builder::{read_documents, read_overlays};
use typewright_codegen::diagnostic::Severity;
use typewright_codegen::output::Target;
use typewright_codegen::selection::Selection;

/// What the crate of a document is made of; without files it has errors.
struct Input<'a> {
    document: &'a Path,
    overlays: &'a [PathBuf],
    roots: &'a [PathBuf],
    include: &'a [&'a str],
}

impl<'a> Input<'a> {
    fn of(document: &'a Path) -> Self {
        Self { document, overlays: &[], roots: &[], include: &[] }
    }

    /// The files of the crate.
    fn files(&self) -> Option<BTreeMap<String, String>> {
        let folder = self.document.parent().expect("a file stands in a folder");
        let mut sources = read_documents(folder, self.document, self.roots);
        read_overlays(folder, self.overlays, self.roots, &mut sources);
        let include = self.include.iter().map(|pattern| pattern.parse().expect("a pattern")).collect();
        let selection = Selection { include, exclude: Vec::new() };
        let name = "bundled".to_owned();
        let target = Target { crate_name: name, version: "0.1.0".to_owned(), selection, ..Target::default() };
        let (files, diagnostics) = typewright_codegen::generate(&sources, &target);
        assert_eq!(files.is_none(), diagnostics.iter().any(|found| found.severity == Severity::Error));
        files.map(|files| files.files)
    }

    /// Bundles as YAML and as JSON, and compares the crates.
    fn check(&self) {
        let Some(expected) = self.files() else { return };
        self.check_against(&expected, &[]);
    }

    /// The same; `include` is what is asked for of the bundle.
    fn check_against(&self, expected: &BTreeMap<String, String>, include: &[&str]) {
        let name = self.document.file_name().expect("a name").to_string_lossy();
        let place = Place::new();
        let path = |path: &Path| path.to_string_lossy().into_owned();
        // The name of the document is a part of the crate, so both stand in folders of their own.
        for (out, format) in [("yaml", format!("{name}.yaml")), ("json", format!("{name}.json"))] {
            let written = format!("{out}/{format}");
            let mut arguments = vec!["bundle".to_owned(), path(self.document), "--out".to_owned(), written.clone()];
            arguments.extend(self.overlays.iter().flat_map(|overlay| ["--overlay".to_owned(), path(overlay)]));
            arguments.extend(self.roots.iter().flat_map(|root| ["--root".to_owned(), path(root)]));
            arguments.extend(self.include.iter().flat_map(|pattern| ["--include".to_owned(), (*pattern).to_owned()]));
            place.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>()).assert_fine();
            let named = place.path.join(out).join(&*name);
            fs::rename(place.path.join(&written), &named).expect("a file");
            // The reader takes JSON for YAML where the name says so.
            let found = Input { include, ..Input::of(&named) }.files().expect("a bundle has no errors");
            compare(expected, &found, &format!("{} as {out}", self.document.display()));
        }
    }
}

fn compare(expected: &BTreeMap<String, String>, found: &BTreeMap<String, String>, what: &str) {
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(found), names(expected), "{what}");
    for (name, text) in expected {
        let other = &found[name];
        let differs = text.lines().zip(other.lines()).find(|(one, other)| one != other);
        assert!(text == other, "{what}: {name}: {differs:?}");
    }
}

/// A document whose references lead to whole files, into files, from file to file and back, and out of place.
const SHOP: &[(&str, &str)] = &[
    (
        "shop.yaml",
        r##"openapi: 3.1.0
info: { title: Shop, version: 1.10, description: "Sells\n\n- pets\n- toys: 'all' of # them\n" }
servers: [{ url: https://shop.example.com }]
paths:
  /pets/{pet}:
    $ref: paths/pet.yaml
  /orders:
    get:
      operationId: listOrders
      tags: [orders]
      parameters: [{ $ref: 'parts/parameters.json#/size' }]
      responses: { '200': { description: "Yes: no.", content: { application/json: { schema: { $ref: 'parts/order list.yaml' } } } } }
components:
  schemas:
    Money: { type: object, properties: { amount: { type: number, minimum: 0.10, maximum: 18446744073709551616 }, unit: { $ref: 'parts/types.yaml#/Unit' } } }
    Unused: { type: object, properties: { money: { $ref: '#/components/schemas/Money' } } }
"##,
    ),
    (
        "paths/pet.yaml",
        r##"get:
  operationId: getPet
  tags: [pets]
  parameters: [{ name: pet, in: path, required: true, schema: { $ref: '../parts/types.yaml#id' } }]
  responses:
    '200': { description: The pet., content: { application/json: { schema: { $ref: '../parts/types.yaml#/Pet' } } } }
    default: { $ref: '../parts/responses.yaml#/a~1b' }
"##,
    ),
    (
        "parts/parameters.json",
        r##"{ "size": { "name": "size", "in": "query", "schema": { "type": "integer", "default": 20 } } }"##,
    ),
    (
        "parts/order list.yaml",
        "type: array\nitems:\n  type: object\n  properties:\n    total: { $ref: '../shop.yaml#/components/schemas/Money' }\n    pet: { $ref: types.yaml#/Pet }\n",
    ),
    (
        "parts/types.yaml",
        r##"Id: { $anchor: id, type: string, format: uuid }
Unit: { type: string, enum: [EUR, "010", "null", "yes", "1e3", ""] }
Pet:
  oneOf: [{ $ref: '#/Cat' }, { $ref: '#/Dog' }]
  discriminator: { propertyName: kind, mapping: { cat: '#/Cat', dog: 'types.yaml#/Dog' } }
Cat: { type: object, required: [kind], properties: { kind: { type: string }, id: { $ref: '#id' }, friends: { type: array, items: { $ref: '#/Pet' } } } }
Dog: { type: object, required: [kind], properties: { kind: { type: string }, owner: { $ref: '#/Dog/$defs/Owner' }, gone: { $ref: '#/Gone' } }, $defs: { Owner: { type: object, properties: { name: { type: string } } } } }
"##,
    ),
    (
        "parts/responses.yaml",
        "a/b: { description: It failed., content: { $ref: '#/content' } }\ncontent: { application/json: { schema: { type: object, properties: { code: { type: string }, pet: { $ref: 'types.yaml#/Cat' } } } } }\n",
    ),
];

fn shop() -> Place {
    let place = Place::new();
    SHOP.iter().for_each(|(name, text)| place.put(name, text));
    place
}

#[test]
fn a_bundle_gives_the_same_crate_as_its_files() {
    let place = shop();
    let document = place.path.join("shop.yaml");
    Input::of(&document).check();
    place.put(
        "overlay.yaml",
        "overlay: 1.0.0\ninfo: { title: More, version: '1' }\nactions:\n  - target: $.paths['/orders'].get\n    update: { parameters: [{ $ref: 'parts/parameters.json#/size', x-new: 1 }, { name: pet, in: query, schema: { $ref: 'parts/types.yaml#/Id' } }] }\n  - target: $.components.schemas.Unused\n    remove: true\n",
    );
    let overlays = [place.path.join("overlay.yaml")];
    Input { overlays: &overlays, ..Input::of(&document) }.check();
    for include in [&["/orders"][..], &["tag:pets"], &["/pets/*", "/orders"]] {
        Input { overlays: &overlays, include, ..Input::of(&document) }.check();
    }
}

#[test]
fn every_reference_of_a_bundle_leads_into_it() {
    let place = shop();
    place.run(&["bundle", "shop.yaml", "--out", "all/shop.json"]).assert_fine();
    let text = place.text("all/shop.json");
    let references: Vec<&str> = text.lines().filter(|line| line.contains("\"$ref\": ")).collect();
    assert!(references.len() > 10, "{text}");
    let elsewhere: Vec<&&str> = references.iter().filter(|line| !line.contains("\"$ref\": \"#/")).collect();
    assert_eq!(elsewhere, Vec::<&&str>::new());
    assert!(text.contains("\"dog\": \"#/x-files/parts~1types.yaml/Dog\""), "{text}");
    assert!(text.contains("\"#/x-files/parts~1order%20list.yaml\""), "{text}");
    assert!(text.contains("\"version\": 1.10"), "numbers keep their text\n{text}");
    // What was a file of its own is still called by its name.
    place.run(&["generate", "all/shop.json", "--out", "client"]).assert_fine();
    assert!(place.text("client/api.txt").contains("origin=parts/types.yaml#/Cat"), "{}", place.text("client/api.txt"));
}

#[test]
fn a_bundle_can_be_bundled_again() {
    let place = shop();
    place.run(&["bundle", "shop.yaml", "--out", "one/shop.yaml"]).assert_fine();
    place.run(&["bundle", "one/shop.yaml", "--out", "two/shop.yaml"]).assert_fine();
    assert_eq!(place.text("two/shop.yaml"), place.text("one/shop.yaml"));
    for pattern in ["/pets/**", "/orders"] {
        place.run(&["bundle", "shop.yaml", "--include", pattern, "--out", "three/shop.yaml"]).assert_fine();
        place.run(&["bundle", "one/shop.yaml", "--include", pattern, "--out", "four/shop.yaml"]).assert_fine();
        assert_eq!(place.text("four/shop.yaml"), place.text("three/shop.yaml"), "{pattern}");
    }
}

/// Texts that a reader of YAML could take for something else, or that its line breaks could change.
const TEXTS: &[&str] = &[
    "",
    " ",
    " a",
    "a ",
    "~",
    "-",
    "- a",
    "?",
    "? a",
    ":",
    "a:",
    "a: b",
    "a #b",
    "#",
    "# a",
    "=",
    "<<",
    "*a",
    "&a",
    "!a",
    "%a",
    "@a",
    "`a",
    "'",
    "\"",
    "a'b",
    "'a'",
    "\"a\"",
    "\\",
    "\\n",
    "[",
    "]",
    "{}",
    "[]",
    "{",
    ",",
    "|",
    "|-",
    ">",
    "---",
    "--- a",
    "...",
    "yes",
    "Yes",
    "NO",
    "no",
    "on",
    "Off",
    "y",
    "N",
    "true",
    "FALSE",
    "null",
    "Null",
    ".inf",
    "-.INF",
    ".nan",
    "nan",
    "2020-01-01",
    "2020-01-01T10:00:00Z",
    "12:30:45",
    "190:20:30",
    "1_000",
    "0x1F",
    "0o7",
    "017",
    "0b1",
    "1e3",
    "1.",
    ".5",
    "+1",
    "-0",
    "1.10",
    "1.2.3",
    "3.1.0",
    "200",
    "1,000",
    "\t",
    "a\tb",
    "\ta",
    "\n",
    "\n\n",
    "a\n",
    "a\n\n",
    "\na",
    " a\nb",
    "a\n b\n",
    "a\n  \nb",
    "a\n\n\nb",
    "a \nb",
    "a\r\nb",
    "a\rb",
    "a\n# b\n",
    "a\n---\nb",
    "a\n\tb",
    "a: b\nc: d\n",
    "\u{85}",
    "a\u{85}b",
    "a\u{2028}b",
    "a\n\u{2028}b",
    "\u{2029}",
    "\u{feff}",
    "a\u{feff}",
    "\u{7f}",
    "\u{1}",
    "a\u{0}b",
    "\u{a0}",
    "\u{fffd}",
    "\u{1f980} crab",
    "na\u{ef}ve",
    "http://a.example/b?c=d#e",
    "https://a:80/",
    "/pets/{pet}",
    "a{b",
    "number",
    "x-a",
    "$ref-a",
];

#[test]
fn every_text_is_the_same_after_a_bundle_was_read() {
    let place = Place::new();
    let mut list = Vec::new();
    let mut keyed = serde_json::Map::new();
    for text in TEXTS {
        list.push(serde_json::json!({ "value": text, "nested": [[text]], "deep": { "map": text } }));
        keyed.insert((*text).to_owned(), serde_json::json!({ *text: [], "in": { *text: text } }));
    }
    let long = "a key that is longer than readers look for its colon ".repeat(40);
    keyed.insert(long.clone(), serde_json::json!({ "a": [1], "b": { long.clone(): long.clone() } }));
    keyed.insert(format!("{long}\n"), serde_json::json!([{ format!("{long}:"): "after the dash" }]));
    let document = serde_json::json!({
        "openapi": "3.1.0",
        "info": { "title": "Texts", "version": "1" },
        "paths": {},
        "x-list": list,
        "x-keyed": keyed,
        "x-empty": [{}, [], null, true, [[], {}], [[1, [2]], { "a": { "b": [{ "c": 3 }] } }]],
    });
    place.put("texts.json", &document.to_string());
    place.run(&["bundle", "texts.json", "--out", "one/texts.yaml"]).assert_fine();
    place.run(&["bundle", "one/texts.yaml", "--out", "two/texts.yaml"]).assert_fine();
    assert_eq!(place.text("two/texts.yaml"), place.text("one/texts.yaml"));
    place.run(&["bundle", "one/texts.yaml", "--out", "two/texts.json"]).assert_fine();
    let found: serde_json::Value = serde_json::from_str(&place.text("two/texts.json")).expect("a bundle is JSON");
    for (index, text) in TEXTS.iter().enumerate() {
        assert_eq!(found["x-list"][index], document["x-list"][index], "{text:?}");
        assert_eq!(found["x-keyed"][text], document["x-keyed"][text], "{text:?}");
    }
    assert_eq!(found, document);
}

#[test]
fn only_a_text_that_no_reader_mistakes_is_plain() {
    let place = Place::new();
    let check = |text: &str, expected: &str| {
        let info = serde_json::json!({ "title": "T", "version": "1" });
        let document = serde_json::json!({ "openapi": "3.1.0", "info": info, "paths": {}, "x-text": text, "x-z": 1 });
        let yaml = place.run_with(&["bundle", "-"], &document.to_string()).out;
        assert!(yaml.contains(&format!("\nx-text: {expected}\nx-z: 1\n")), "{expected}\n{yaml}");
    };
    for text in ["Pet shop", "/pets/{pet}", "https://pets.example/a", "1.2.3", "application/json", "it's", "na\u{ef}ve"]
    {
        check(text, text);
    }
    for text in ["no", "On", "Y", "<<", "=", "2020-01-01", "12:30:45", "1_000", "1.10", "a: b", "a #b", ""] {
        check(text, &format!("'{text}'"));
    }
    check("'a'", "'''a'''");
    check("a\u{2028}\tb", "\"a\\u2028\\tb\"");
    check("a\n\nb: c", "|-\n  a\n\n  b: c");
    check("a\n b\n", "|\n  a\n   b");
    check("a \nb", "|-\n  a \n  b");
    check("a\n\n", "\"a\\n\\n\"");
}

#[test]
fn descriptions_keep_their_words_and_numbers_their_text() {
    let place = Place::new();
    let check = |members: &str, lines: &[&str]| {
        let head = r#""openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}"#;
        let yaml = place.run_with(&["bundle", "-"], &format!("{{{head}, {members}}}")).out;
        let found: Vec<&str> = yaml.lines().skip_while(|line| !line.starts_with("x-")).collect();
        assert!(found == lines, "{members:.60}");
    };
    check(
        r#""x-text": "the n\u0075mber of pets", "x-key": {"n\u0075mber": 1}"#,
        &["x-text: the number of pets", "x-key:", "  number: 1"],
    );
    check(
        r#""x-all": [1.10, 18446744073709551616, -0, 1e3]"#,
        &["x-all:", "- 1.10", "- 18446744073709551616", "- -0", "- 1e3"],
    );
    let many = format!("number{}", "-n".repeat(100_000));
    check(&format!(r#""x-many": "{many}""#), &[&format!("x-many: {many}")]);
}

/// A document with operations at every place that a path item may have them.
const ITEMS: &str = r##"openapi: 3.2.0
info: { title: Items, version: '1' }
servers: [{ url: https://a.example }]
paths:
  /a: { get: { operationId: getA, responses: { '204': { description: Done. } } } }
  /c:
    $ref: '#/x-ops/item'
    put: { operationId: putC, responses: { '204': { description: Done. } } }
    post: { $ref: '#/x-ops/post' }
components:
  schemas:
    Code: { type: string, enum: [gone, late] }
    Pet:
      type: object
      required: [kind]
      properties: { kind: { type: string } }
      discriminator: { propertyName: kind, mapping: { cat: Cat }, defaultMapping: Other }
    Cat: { type: object, properties: { kind: { type: string }, lives: { type: integer } } }
    Other: { type: object, properties: { kind: { type: string } } }
    Unused: { type: string, enum: [a] }
x-ops:
  item:
    get: { operationId: getC, responses: { '200': { description: A pet., content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } } }
    delete: { operationId: deleteC, responses: { '204': { description: Done. } } }
  post: { operationId: postC, responses: { '204': { description: Done. } } }
x-typewright: { errors: { code: /code, codes: Code } }
"##;

#[test]
fn operations_are_chosen_wherever_a_path_item_has_them() {
    let place = Place::new();
    place.put("items.yaml", ITEMS);
    let document = place.path.join("items.yaml");
    let all = [("getA", "getA"), ("putC", "putC"), ("postC", "    post:\n"), ("getC", "getC"), ("deleteC", "deleteC")];
    for include in [&["getA"][..], &["putC"], &["postC"], &["getC"], &["deleteC", "putC"], &["postC", "getC"]] {
        let patterns: Vec<String> = include.iter().map(|id| format!("operation:{id}")).collect();
        let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
        let input = Input { include: &patterns, ..Input::of(&document) };
        input.check_against(&input.files().expect("a crate"), input.include);
        let patterns = patterns.iter().flat_map(|pattern| ["--include", *pattern]);
        let arguments = ["bundle", "items.yaml", "--out", "out/items.yaml"].into_iter().chain(patterns);
        let said = place.run(&arguments.collect::<Vec<_>>()).out;
        assert!(said.contains(&format!(": {} operation", include.len())), "{said}");
        let text = place.text("out/items.yaml");
        for (id, shown) in all {
            assert_eq!(text.contains(shown), include.contains(&id), "{include:?} {id}\n{text}");
        }
    }
}

#[test]
fn components_that_are_named_by_key_stay() {
    let place = Place::new();
    place.put("items.yaml", ITEMS);
    let document = place.path.join("items.yaml");
    // What only a mapping names is no type of the crate, and yet the mapping leads somewhere.
    let input = Input { include: &["operation:getC"], ..Input::of(&document) };
    input.check_against(&input.files().expect("a crate"), input.include);
    let bundle = |document: &str, out: &str| {
        place.run(&["bundle", document, "--include", "operation:getC", "--strict", "--out", out])
    };
    place.put("items.yaml", &ITEMS.replace("{ $ref: '#/x-ops/post' }", "{ responses: {} }"));
    bundle("items.yaml", "one/items.yaml").assert_fine();
    let again = bundle("one/items.yaml", "two/items.yaml");
    again.assert_fine();
    assert_eq!(again.err, "", "every name leads somewhere");
    let kept = |pattern: &str| {
        let out = place.run(&["bundle", "items.yaml", "--include", &format!("operation:{pattern}")]).out;
        let names = ["Code", "Pet", "Cat", "Other", "Unused"].into_iter();
        names.filter(|name| out.contains(&format!("\n    {name}:\n"))).collect::<Vec<_>>()
    };
    assert_eq!(kept("getC"), ["Code", "Pet", "Cat", "Other"]);
    assert_eq!(kept("getA"), ["Code"]);
}

#[test]
fn only_what_was_asked_for_is_in_a_bundle() {
    let place = shop();
    let said = place.run(&["bundle", "shop.yaml", "--include", "/pets/**"]);
    said.assert_fine();
    for (text, expected) in
        [("/pets/{pet}", true), ("/orders", false), ("Unused", false), ("parts/order list.yaml", false)]
    {
        assert_eq!(said.out.contains(text), expected, "{text}\n{}", said.out);
    }
}

#[test]
fn the_format_is_that_of_the_file() {
    let place = Place::new();
    place.put("pets.yaml", PETS);
    let said = place.run(&["bundle", "pets.yaml", "--out", "deep/er/pets.json"]);
    assert_eq!((said.exit, said.out.as_str()), (Exit::Fine, "deep/er/pets.json: 1 operation of 1 file\n"));
    let json = place.text("deep/er/pets.json");
    assert!(json.starts_with("{\n  \"openapi\": \"3.1.0\","), "{json}");
    assert_eq!(place.run(&["bundle", "deep/er/pets.json"]).out, json);
    let yaml = place.run(&["bundle", "pets.yaml"]).out;
    assert!(yaml.starts_with("openapi: 3.1.0\ninfo:\n  title: Pet shop\n"), "{yaml}");
    assert_eq!(place.run_with(&["bundle", "-"], PETS).out, yaml);
}

#[test]
fn mistakes_are_told_and_nothing_is_written() {
    let place = shop();
    let check = |arguments: &[&str], exit: Exit, expected: &str| {
        let said = place.run(&[&["bundle", "shop.yaml"], arguments].concat());
        assert_eq!(said.exit, exit, "{}", said.err);
        assert!(said.err.contains(expected), "{expected}\n{}", said.err);
        assert_eq!(said.out, "");
    };
    check(
        &["--out", "parts/types.yaml"],
        Exit::Usage,
        "error: --out parts/types.yaml: this file is a part of the document",
    );
    check(&["--out", "./shop.yaml"], Exit::Usage, "error: --out shop.yaml: this file is a part");
    check(&["--include", "tag:pet", "--out", "x.yaml"], Exit::Faults, "did you mean `tag:pets`?");
    check(&["--strict", "--out", "x.yaml"], Exit::Faults, "nothing was written");
    check(&["--overlay", "gone.yaml", "--out", "x.yaml"], Exit::Faults, "gone.yaml");
    check(&["--out", "shop.yaml/x.yaml"], Exit::Faults, "cannot write `shop.yaml/x.yaml`");
    check(&["--out", "parts"], Exit::Faults, "cannot write `parts`");
    assert!(!place.has("x.yaml"));
    let gone = place.run(&["bundle", "gone.yaml"]);
    assert!(gone.exit == Exit::Faults && gone.err.contains("cannot read `gone.yaml`"), "{}", gone.err);
}

#[test]
fn a_member_in_the_place_of_the_files_is_an_error() {
    let place = shop();
    for member in ["[a]", "text", "1"] {
        place.put("shop.yaml", &format!("{}x-files: {member}\n", SHOP[0].1));
        for include in [&[][..], &["--include", "/orders"]] {
            let said = place.run(&[&["bundle", "shop.yaml", "--out", "x.yaml"], include].concat());
            assert_eq!(said.exit, Exit::Faults, "{}", said.err);
            for text in ["error[TW0203]: `x-files` is a", "shop.yaml:17:10", "rename it", "nothing was written"] {
                assert!(said.err.contains(text), "{text}\n{}", said.err);
            }
            assert!(!place.has("x.yaml"));
        }
    }
    // Without files to put in, it is an extension like any other.
    place.put("pets.yaml", &format!("{PETS}x-files: text\n"));
    for include in [&[][..], &["--include", "/**"]] {
        let said = place.run(&[&["bundle", "pets.yaml"], include].concat());
        said.assert_fine();
        assert!(said.out.ends_with("x-files: text\n"), "{}", said.out);
    }
}

#[cfg(unix)]
#[test]
fn an_input_behind_a_symbolic_link_is_not_overwritten() {
    use std::os::unix::fs::symlink;
    let place = shop();
    symlink(&place.path, place.path.join("link")).expect("links");
    symlink("shop.yaml", place.path.join("other.yaml")).expect("links");
    for (input, out) in
        [("shop.yaml", "link/shop.yaml"), ("link/shop.yaml", "parts/types.yaml"), ("other.yaml", "shop.yaml")]
    {
        let said = place.run(&["bundle", input, "--out", out]);
        assert_eq!(said.exit, Exit::Usage, "{input} {out} {}", said.err);
        assert!(said.err.contains("this file is a part of the document"), "{}", said.err);
    }
    assert_eq!(place.text("shop.yaml"), SHOP[0].1);
    place.run(&["bundle", "shop.yaml", "--out", "link/new.yaml"]).assert_fine();
}

#[test]
fn documents_of_one_file_stay_what_they_are() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden");
    let mut documents: Vec<PathBuf> = fs::read_dir(golden)
        .expect("the golden cases")
        .map(|case| case.expect("a case").path().join("openapi.yaml"))
        .filter(|path| path.is_file())
        .collect();
    documents.sort();
    assert!(documents.len() > 20);
    for document in &documents {
        let overlay = document.with_file_name("overlay.yaml");
        let overlays: &[PathBuf] = if overlay.is_file() { &[overlay] } else { &[] };
        Input { overlays, ..Input::of(document) }.check();
    }
}

#[test]
fn real_documents_of_several_files_give_the_same_crate() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let folder = std::env::var_os("TYPEWRIGHT_CORPUS").map_or(beside, PathBuf::from);
    let Ok(index) = fs::read_to_string(folder.join("index.csv")) else {
        eprintln!("no corpus beside the repository: nothing was checked");
        return;
    };
    let head: Vec<&str> = index.lines().next().unwrap_or_default().split(',').collect();
    let column = |name: &str| head.iter().position(|cell| *cell == name).expect("a column of the index");
    let (file, external) = (column("file"), column("external_refs"));
    let rows = index.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    let several = rows.filter(|row| row.get(external).is_some_and(|refs| !matches!(*refs, "" | "0")));
    let documents: Vec<PathBuf> = several.map(|row| folder.join(row[file])).collect();
    assert!(!documents.is_empty());
    let roots = [folder.canonicalize().expect("it was read a moment ago")];
    for document in documents {
        let document = document.canonicalize().expect("the index names files");
        Input { roots: &roots, ..Input::of(&document) }.check();
    }
}

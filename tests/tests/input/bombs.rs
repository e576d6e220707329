//! Documents that are made to cost: depth, size, references, aliases, compositions. Every one ends, on a small stack, in
//! files or in an error that says where it is.
//!
//! Here they only have to end. Without optimisation they are a tenth as large; `cargo test --release -p typewright-tests
//! --test input bombs` runs them in full.

use std::fmt::Write as _;
use std::thread;

use typewright_codegen::diagnostic::{Profile, Severity};
use typewright_codegen::explain::{ExplainError, explain};
use typewright_codegen::output::Target;
use typewright_codegen::source::Sources;
use typewright_tests::fuzz::generate;

/// Less than a thread gets by default: recursion that follows a document's size does not fit.
const STACK: usize = 256 << 10;

/// How large a bomb is.
const fn size(full: usize) -> usize {
    if cfg!(debug_assertions) { full / 10 } else { full }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Files,
    Refused,
    Either,
}

/// Generates on a small stack, and holds the outcome to what is expected.
fn check(what: &'static str, name: &'static str, text: String, expected: End) {
    let run = move || {
        let (files, diagnostics) = generate(name, text.as_bytes());
        let errors: Vec<_> = diagnostics.into_iter().filter(|one| one.severity == Severity::Error).collect();
        let fits = expected == End::Either || (expected == End::Files) == files.is_some();
        let first = errors.first().map(|error| format!("{} {}", error.code.id, error.message));
        assert!(fits, "{what}: expected {expected:?}, first error {first:?}");
        assert!(errors.iter().all(|error| error.place.is_some()), "{what}: {first:?} has no place");
        first
    };
    let thread = thread::Builder::new().name(what.to_owned()).stack_size(STACK).spawn(run).expect("a thread");
    let first = thread.join().expect(what);
    println!("{what}: {}", first.unwrap_or_else(|| "files".to_owned()));
}

/// A document whose one operation answers with `Root`, with these schemas (YAML, indented by four).
fn document(schemas: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{ title: Bombs, version: \"1\" }}\npaths:\n  /bombs:\n    get:\n      operationId: getBombs\n      \
         tags: [bombs]\n      responses:\n        \"200\":\n          description: Boom.\n          content:\n            \
         application/json:\n              schema: {{ $ref: \"#/components/schemas/Root\" }}\ncomponents:\n  schemas:\n{schemas}"
    )
}

/// `count` lines, each made of its number.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for at in 0..count {
        let _ = writeln!(text, "{}", line(at));
    }
    text
}

#[test]
fn depth() {
    let nested = |open: &str, close: &str| format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
    check("nested arrays, JSON", "openapi.json", nested("[", "]"), End::Refused);
    check("nested objects, JSON", "openapi.json", nested("{\"a\":", "}"), End::Refused);
    check("nested arrays, YAML", "openapi.yaml", nested("[", "]"), End::Refused);
    check("nested dashes, YAML", "openapi.yaml", "- ".repeat(50_000), End::Refused);
    let indented = lines(3_000, |at| format!("{}a:", " ".repeat(at)));
    check("nested members, YAML", "openapi.yaml", indented, End::Refused);
    check("open brackets", "openapi.json", "[".repeat(100_000), End::Refused);
    let items = format!("    Root: {}{{ type: string }}{}\n", "{ type: array, items: ".repeat(50), " }".repeat(50));
    check("arrays of arrays", "openapi.yaml", document(&items), End::Files);
}

#[test]
fn aliases() {
    let laughs = lines(30, |at| match at {
        0 => "a0: &a0 [x, x, x, x, x, x, x, x, x]".to_owned(),
        at => format!("a{at}: &a{at} [{}]", vec![format!("*a{}", at - 1); 9].join(", ")),
    });
    check("billion laughs", "openapi.yaml", laughs, End::Refused);
    let deep = lines(2_000, |at| match at {
        0 => "a0: &a0 [x]".to_owned(),
        at => format!("a{at}: &a{at} [*a{}]", at - 1),
    });
    check("a chain of aliases", "openapi.yaml", deep, End::Refused);
    check("an alias of itself", "openapi.yaml", "a: &a [*a]".to_owned(), End::Refused);
    let merges = lines(40, |at| match at {
        0 => "a0: &a0 { x0: 1 }".to_owned(),
        at => format!("a{at}: &a{at} {{ <<: [*a{}, *a{}], x{at}: 1 }}", at - 1, at - 1),
    });
    check("merges of merges", "openapi.yaml", merges, End::Refused);
}

#[test]
fn references() {
    const COUNT: usize = size(100_000);
    let chain = |last: &str| {
        let link = |at: usize| match at {
            0 => "    Root: { $ref: \"#/components/schemas/S1\" }".to_owned(),
            at if at + 1 == COUNT => format!("    S{at}: {last}"),
            at => format!("    S{at}: {{ $ref: \"#/components/schemas/S{}\" }}", at + 1),
        };
        document(&lines(COUNT, link))
    };
    check("a chain of references", "openapi.yaml", chain("{ type: string }"), End::Either);
    let steps = format!("{{ $ref: \"#{}\" }}", "/a".repeat(COUNT));
    check("a reference of many steps", "openapi.yaml", document(&format!("    Root: {steps}\n")), End::Files);
    check("a ring of references", "openapi.yaml", chain("{ $ref: \"#/components/schemas/S1\" }"), End::Refused);
    let properties = |at: usize| {
        let name = if at == 0 { "Root".to_owned() } else { format!("S{at}") };
        format!(
            "    {name}: {{ type: object, properties: {{ next: {{ $ref: \"#/components/schemas/S{}\" }} }} }}",
            at + 1
        )
    };
    let mut objects = lines(COUNT / 5, properties);
    objects.push_str(&format!(
        "    S{}: {{ type: object, properties: {{ next: {{ $ref: \"#/components/schemas/Root\" }} }} }}\n",
        COUNT / 5
    ));
    check("a ring of objects", "openapi.yaml", document(&objects), End::Files);
    let refs = |at: usize| {
        let name = if at == 0 { "Root".to_owned() } else { format!("S{at}") };
        format!("    {name}: {{ type: array, items: {{ $ref: \"#/components/schemas/S{}\" }} }}", at + 1)
    };
    let mut arrays = lines(COUNT / 5, refs);
    arrays.push_str(&format!("    S{}: {{ type: string }}\n", COUNT / 5));
    check("a chain of arrays", "openapi.yaml", document(&arrays), End::Either);
    arrays = lines(2_000, refs);
    arrays.push_str("    S2000: { $ref: \"#/components/schemas/Root\" }\n");
    check("arrays of themselves", "openapi.yaml", document(&arrays), End::Either);
    let fragments = format!("    Root: {{ $ref: \"#/components/schemas/Root{}\" }}\n", "/items".repeat(10_000));
    check("a reference into itself", "openapi.yaml", document(&fragments), End::Either);
}

/// Every schema is composed of the next one, twice.
fn lattice(keyword: &str, depth: usize, last: &str) -> String {
    let level = |at: usize| {
        let name = if at == 0 { "Root".to_owned() } else { format!("S{at}") };
        let next = at + 1;
        format!(
            "    {name}: {{ {keyword}: [{{ $ref: \"#/components/schemas/S{next}\" }}, {{ $ref: \"#/components/schemas/S{next}\" }}, \
             {{ type: object, properties: {{ p{at}: {{ type: string }} }} }}] }}"
        )
    };
    document(&format!("{}    S{depth}: {last}\n", lines(depth, level)))
}

#[test]
fn compositions() {
    let object = "{ type: object, properties: { id: { type: string } } }";
    check("a lattice of allOf", "openapi.yaml", lattice("allOf", 60, object), End::Either);
    check("a lattice of anyOf", "openapi.yaml", lattice("anyOf", 60, object), End::Either);
    check("a lattice of oneOf", "openapi.yaml", lattice("oneOf", 60, object), End::Either);
    check("a deep lattice of allOf", "openapi.yaml", lattice("allOf", 5_000, object), End::Either);
    check("a deep lattice of oneOf", "openapi.yaml", lattice("oneOf", size(5_000), object), End::Either);
    let root = "{ $ref: \"#/components/schemas/Root\" }";
    check("allOf of itself", "openapi.yaml", lattice("allOf", 10, root), End::Refused);
    check("oneOf of itself", "openapi.yaml", lattice("oneOf", 10, root), End::Either);
    for keyword in ["oneOf", "anyOf", "allOf"] {
        let member = |at: usize| {
            format!("        - {{ type: object, required: [p{at}], properties: {{ p{at}: {{ type: string }} }} }}")
        };
        let text = document(&format!("    Root:\n      {keyword}:\n{}", lines(size(10_000), member)));
        check(keyword, "openapi.yaml", text, End::Either);
        let member = |at: usize| {
            format!("        - {{ type: array, items: {{ type: array, maxItems: {at}, items: {{ type: string }} }} }}")
        };
        let text = document(&format!("    Root:\n      {keyword}:\n{}", lines(size(10_000), member)));
        check(keyword, "openapi.yaml", text, End::Either);
    }
    let not = format!("    Root: {}{{ type: string }}{}\n", "{ not: ".repeat(60), " }".repeat(60));
    check("not of not", "openapi.yaml", document(&not), End::Either);
}

#[test]
fn sizes() {
    let values = format!(
        "    Root:\n      type: string\n      enum:\n{}",
        lines(size(100_000), |at| format!("        - value-{at}"))
    );
    check("an enum of 100,000", "openapi.yaml", document(&values), End::Either);
    let alike = format!(
        "    Root:\n      type: string\n      enum:\n{}",
        lines(size(10_000), |at| { format!("        - \"a{}b{}\"", "-".repeat(at % 100), "_".repeat(at / 100)) })
    );
    check("an enum of names that are alike", "openapi.yaml", document(&alike), End::Either);
    let members = format!(
        "    Root:\n      type: object\n      properties:\n{}",
        lines(size(50_000), |at| format!("        property_{at}: {{ type: string }}"))
    );
    check("50,000 properties", "openapi.yaml", document(&members), End::Either);
    let words =
        document(&format!("    Root: {{ type: string, description: \"{}\" }}\n", "lorem *ipsum* [`x` ".repeat(60_000)));
    check("a description of 1 MB", "openapi.yaml", words, End::Files);
    for mark in ["`", "*_", "[", "<", "> ", "![", "&", "\\n- ", "|", "~~~\\n", "\\n    ", "\\\\", "$", "http://a "] {
        let words = format!("    Root: {{ type: object, description: \"{}\" }}\n", mark.repeat(200_000 / mark.len()));
        check("marks without end", "openapi.yaml", document(&words), End::Files);
    }
    let long = "Identifier".repeat(20_000);
    let name =
        format!("    {long}: {{ type: object, properties: {{ {long}: {{ type: string, enum: [{long}] }} }} }}\n");
    let text = document(&format!("{name}    Root: {{ $ref: \"#/components/schemas/{long}\" }}\n"));
    check("identifiers of 200 kB", "openapi.yaml", text.replace("[bombs]", &format!("[{long}]")), End::Either);
    let number = format!("    Root: {{ type: integer, maximum: {}, minimum: 1e999999999 }}\n", "9".repeat(500_000));
    check("a number of 500,000 digits", "openapi.yaml", document(&number), End::Either);
    let pattern =
        format!("    Root: {{ type: string, pattern: \"{}a{}\" }}\n", "(".repeat(50_000), "){1,1000}".repeat(50_000));
    check("a pattern of 50,000 groups", "openapi.yaml", document(&pattern), End::Either);
    let operations = lines(size(5_000), |at| {
        format!("  /p{at}: {{ get: {{ operationId: \"op{at}\", responses: {{ default: {{ description: d }} }} }} }}")
    });
    let text = format!("openapi: 3.1.0\ninfo: {{ title: Bombs, version: \"1\" }}\npaths:\n{operations}");
    check("5,000 operations", "openapi.yaml", text, End::Files);
    let braces = format!(
        "openapi: 3.1.0\ninfo: {{ title: Bombs, version: \"1\" }}\npaths:\n  \"/{}\": {{ get: {{ responses: {{}} }} }}\n",
        "{a}".repeat(20_000)
    );
    check("a path of 20,000 parameters", "openapi.yaml", braces, End::Either);
}

/// `explain` walks over the same documents, and starts on no larger a stack.
#[test]
fn explaining() {
    let items = format!("    Root: {}{{ type: string }}{}\n", "{ type: array, items: ".repeat(50), " }".repeat(50));
    let not = format!("    Root: {}{{ type: string }}{}\n", "{ not: ".repeat(60), " }".repeat(60));
    let words = format!("    Root: {{ type: string, description: \"{}\" }}\n", "lorem *ipsum* [`x` ".repeat(6_000));
    let values = format!(
        "    Root: {{ type: string, enum: [{}] }}\n",
        lines(2_000, |at| format!("value-{at},")).replace('\n', "")
    );
    let object = "{ type: object, properties: { id: { type: string } } }";
    let composed = ["allOf", "anyOf", "oneOf"].map(|keyword| lattice(keyword, 60, object));
    for text in [items, not, words, values].iter().map(|schemas| document(schemas)).chain(composed) {
        let run = move || {
            let mut sources = Sources::default();
            sources.add("openapi.yaml", text);
            let target = Target { crate_name: "bombs".to_owned(), profile: Profile::Lenient, ..Target::default() };
            explain(&sources, &target, "#/components/schemas/Root")
        };
        let thread = thread::Builder::new().stack_size(STACK).spawn(run).expect("a thread");
        match thread.join().expect("no panic") {
            Ok(told) => assert!(told.contains("emit"), "{told}"),
            Err(ExplainError::Document(faults)) => assert!(!faults.is_empty()),
            Err(ExplainError::Pointer(told)) => panic!("{told}"),
        }
    }
}

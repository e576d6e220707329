//! One document (`.overlay.yaml`: one overlay) per fault, beside the text that it prints.
//!
//! `tests/diagnostics/TW0106_yaml.yaml` is a document, `TW0106_yaml.expected` the whole text of all stages in the lenient
//! profile; the name begins with the code that must be in it. What the crate's configuration says stands in the first line:
//! `# types: Pat` or `# include: tag:dogs`. `UPDATE_EXPECTED=1 cargo test` writes the texts anew: read the diff.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Class, Collector, Profile, Style, codes, render_all};
use crate::generate;
use crate::normalise::normalise;
use crate::output::Target;
use crate::read::read;
use crate::source::{MAX_FILE_BYTES, Sources};

/// What overlays change.
const PETS: &str = "\
openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets:
    get: { operationId: listPets, tags: [pets], responses: { '204': { description: None. } } }
";

/// What a document set prints.
fn printed(sources: &Sources, profile: Profile) -> String {
    let (_, faults) = generate(sources, &target(sources, profile));
    render_all(sources, &faults, Style::Plain)
}

/// What reading and normalising alone print, in the strict profile: later stages warn of what they do not generate yet.
fn normalised(sources: &Sources) -> String {
    let mut collector = Collector::new(Profile::Strict);
    let mut documents = read(sources, &mut collector);
    let _ = normalise(&mut documents, sources, &mut collector);
    render_all(sources, &collector.finish(), Style::Plain)
}

/// What stands in the first line beside what every crate has.
fn target(sources: &Sources, profile: Profile) -> Target {
    let mut target = Target { crate_name: "pets".to_owned(), profile, ..Target::default() };
    let first = sources.files.first().and_then(|file| file.text.lines().next()).unwrap_or_default();
    if let Some(schema) = first.strip_prefix("# types: ") {
        target.type_replacements.insert(schema.to_owned(), "crate::Own".to_owned());
    }
    if let Some(pattern) = first.strip_prefix("# include: ") {
        target.selection.include.push(pattern.parse().expect("a pattern"));
    }
    target
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

/// The documents, by name, with their content.
fn cases() -> Vec<(PathBuf, Vec<u8>)> {
    let entries = fs::read_dir(folder()).expect("the folder of the cases");
    let paths = entries.map(|entry| entry.expect("a case").path());
    let mut paths: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|it| it != "expected")).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), fs::read(path).expect("a document"))).collect()
}

fn sources(path: &Path, bytes: Vec<u8>) -> Sources {
    let mut sources = Sources::default();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if name.contains(".overlay.") {
        sources.add("pets.yaml", PETS);
        sources.add_overlay(name, bytes);
    } else {
        sources.add(name, bytes);
    }
    sources
}

#[test]
fn every_fault_prints_as_expected() {
    let mut wrong = Vec::new();
    for (path, bytes) in cases() {
        let found = printed(&sources(&path, bytes), Profile::Lenient);
        let expected_path = path.with_extension("expected");
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            fs::write(&expected_path, &found).expect("a writable folder");
        }
        let expected = fs::read_to_string(&expected_path).unwrap_or_default();
        let code = path.file_name().unwrap_or_default().to_string_lossy()[..6].to_owned();
        if found != expected || !found.contains(&format!("[{code}]")) {
            wrong.push(format!("{}:\n{found}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_has_a_case() {
    let names: BTreeSet<String> = cases()
        .iter()
        .map(|(path, _)| path.file_name().unwrap_or_default().to_string_lossy()[..6].to_owned())
        .collect();
    // Files that no repository can hold; they have a test of their own below.
    let elsewhere = ["TW0101", "TW0102", "TW0103"];
    let ours = codes::ALL.iter().map(|code| code.id).filter(|id| !elsewhere.contains(id));
    let missing: Vec<&str> = ours.filter(|id| !names.contains(*id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_fault_has_a_help_line() {
    for (path, bytes) in cases() {
        let sources = sources(&path, bytes);
        for fault in generate(&sources, &target(&sources, Profile::Lenient)).1 {
            let says = !fault.label.is_empty() || fault.code.class == Class::Warning;
            assert!(says && !fault.help.is_empty(), "{}: {fault:?}", path.display());
        }
    }
}

#[test]
fn recoverable_faults_are_errors_in_the_strict_profile() {
    for (path, bytes) in cases() {
        let text = printed(&sources(&path, bytes), Profile::Strict);
        for line in text.lines().filter(|line| line.starts_with("warning[")) {
            let warns = codes::ALL.iter().any(|code| code.class == Class::Warning && line.contains(code.id));
            assert!(warns, "{}: {line}", path.display());
        }
        assert!(!text.contains("recovered:"), "{}", path.display());
    }
}

#[test]
fn files_that_cannot_be_read() {
    let mut unreadable = Sources::default();
    unreadable.add_unreadable("specs/pets.yaml", "No such file or directory");
    let expected = "\
error[TW0101]: cannot read `specs/pets.yaml`: No such file or directory
  = help: check the path and its permissions

";
    assert_eq!(printed(&unreadable, Profile::Lenient), expected);

    let mut remote = Sources::default();
    remote.add_unreadable("https://api.example.com/pets.yaml", "No such file or directory");
    let text = printed(&remote, Profile::Lenient);
    assert!(text.contains("= help: nothing is downloaded: save the document as a file first"), "{text}");

    let mut latin = Sources::default();
    latin.add("pets.yaml", b"openapi: 3.0.3\ninfo: {title: Caf\xe9s, version: '1'}\n".to_vec());
    let expected = "\
error[TW0102]: `pets.yaml` is not UTF-8
 --> pets.yaml:2:18
  |
2 | info: {title: Caf\u{fffd}s, version: '1'}
  |                  ^ this byte belongs to no character
  |
  = help: save the file as UTF-8

";
    assert_eq!(printed(&latin, Profile::Lenient), expected);

    let mut large = Sources::default();
    large.add("pets.yaml", vec![b' '; MAX_FILE_BYTES + 1]);
    let expected = "\
error[TW0103]: `pets.yaml` has more than 48 MiB, which is the limit
 --> pets.yaml:1:1
  |
1 | 
  | ^
  |
  = help: split the document, or leave out what the client does not need

";
    assert_eq!(printed(&large, Profile::Lenient), expected);
}

#[test]
fn a_file_with_a_fault_does_not_hide_those_of_the_others() {
    let mut sources = Sources::default();
    sources.add("a.json", "{");
    sources.add("b.yaml", "a: 1\na: 2\n");
    sources.add_unreadable("c.yaml", "only references name it");
    let text = printed(&sources, Profile::Lenient);
    assert!(text.contains("error[TW0105]") && text.contains("warning[TW0106]") && !text.contains("TW0101"), "{text}");
}

/// Every object and nearly every member of 3.2; what came later than 3.0 and 3.1 stands on lines that end in `#2` and `#1`.
const EVERYTHING: &str = r##"openapi: VERSION
$self: https://example.com/pets #2
info:
  title: Pets
  summary: All pets #1
  description: Pets
  termsOfService: https://example.com
  contact: {name: Ann, url: https://example.com, email: ann@example.com}
  license:
    name: MIT
    identifier: MIT #1
  version: 1.0.0
jsonSchemaDialect: https://spec.openapis.org/oas/3.1/dialect/base #1
servers:
  - url: https://{region}.example.com
    name: main #2
    description: Main
    variables: {region: {enum: [eu, us], default: eu, description: Region}}
tags:
  - name: pets
    summary: Pets #2
    kind: nav #2
    description: Pets
    externalDocs: {description: More, url: https://example.com}
externalDocs: {url: https://example.com}
security: [{}, {key: []}, {login: [read]}]
webhooks: #1
  bought: {post: {responses: {default: {description: Fine}}}} #1
paths:
  x-note: anything
  /pets/{id}:
    summary: A pet
    description: A pet
    servers: [{url: /}]
    parameters:
      - {$ref: "#/components/parameters/id"}
    query: {parameters: [{name: raw, in: querystring, content: {text/plain: {}}}], responses: {}} #2
    additionalOperations: {COPY: {responses: {}}} #2
    get:
      tags: [pets]
      summary: Get
      description: Get
      externalDocs: {url: https://example.com}
      operationId: pets.get
      deprecated: false
      security: []
      servers: []
      parameters:
        - name: filter
          in: query
          description: Filter
          required: false
          deprecated: true
          allowEmptyValue: true
          style: deepObject
          explode: true
          allowReserved: true
          schema: {type: object}
          example: {a: 1}
      responses:
        200:
          summary: A pet #2
          description: A pet
          headers: {ETag: {description: Tag, required: true, schema: {type: string}}}
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Pet"}
              examples: {rex: {summary: Rex, description: Rex, value: null}, tom: {externalValue: tom.json}}
            application/jsonl: #2
              itemSchema: {type: object} #2
              itemEncoding: {contentType: text/plain} #2
          links: {self: {operationId: pets.get, parameters: {id: $response.body#/id}, description: Self, server: {url: /}}}
        4XX: {$ref: "#/components/responses/Fault"}
        default: {description: Else}
    post:
      requestBody:
        description: A pet
        required: true
        content:
          multipart/form-data:
            schema: {}
            encoding: {photo: {contentType: image/png, headers: {X: {schema: {}}}, style: form, explode: false, allowReserved: false}}
      callbacks:
        done: {"{$request.query.url}": {post: {responses: {}}}}
      responses: {}
components:
  parameters: {id: {name: id, in: path, required: true, schema: {type: string}}}
  responses: {Fault: {description: Fault}}
  requestBodies: {Pet: {content: {}}}
  headers: {X: {schema: {}}}
  examples: {rex: {value: 1}}
  links: {self: {operationRef: "#/paths", requestBody: 1}}
  callbacks: {done: {}}
  pathItems: {pet: {}} #1
  mediaTypes: {json: {}} #2
  securitySchemes:
    key: {type: apiKey, name: key, in: header, description: Key}
    basic: {type: http, scheme: bearer, bearerFormat: JWT}
    open: {type: openIdConnect, openIdConnectUrl: https://example.com}
    tls: {type: mutualTLS} #1
    login:
      type: oauth2
      deprecated: true #2
      oauth2MetadataUrl: https://example.com #2
      flows:
        implicit: {authorizationUrl: /a, scopes: {read: Read}}
        password: {tokenUrl: /t, refreshUrl: /r, scopes: {}}
        clientCredentials: {tokenUrl: /t, scopes: {}}
        authorizationCode: {authorizationUrl: /a, tokenUrl: /t, scopes: {}}
        deviceAuthorization: {deviceAuthorizationUrl: /d, tokenUrl: /t, scopes: {}} #2
  schemas:
    Pet:
      title: Pet
      type: object
      description: A pet
      required: [name]
      minProperties: 1
      maxProperties: 9
      additionalProperties: {type: string}
      discriminator: {propertyName: kind, mapping: {dog: "#/components/schemas/Dog"}}
      externalDocs: {url: https://example.com}
      xml: {name: pet, namespace: urn:p, prefix: p, attribute: false, wrapped: false}
      properties:
        name: {type: string, format: name, pattern: a, minLength: 1, maxLength: 9, default: a, example: b, enum: [a, null]}
        age: {type: integer, minimum: 0, maximum: 9, multipleOf: 3, readOnly: true, deprecated: true}
        tags: {type: array, items: {}, minItems: 0, maxItems: 9, uniqueItems: true, writeOnly: true}
    Dog: {allOf: [{}], oneOf: [{}], anyOf: [{}], not: {}, additionalProperties: false}
    New: #1
      type: ["null", array] #1
      const: [1] #1
      examples: [1] #1
      exclusiveMinimum: 1 #1
      exclusiveMaximum: 9 #1
      prefixItems: [true] #1
      items: false #1
      contains: {} #1
      minContains: 1 #1
      maxContains: 9 #1
      patternProperties: {a: {}} #1
      propertyNames: {} #1
      unevaluatedProperties: false #1
      unevaluatedItems: false #1
      dependentSchemas: {a: {}} #1
      dependentRequired: {a: [b]} #1
      if: {} #1
      then: {} #1
      else: {} #1
      contentEncoding: base64 #1
      contentMediaType: text/plain #1
      contentSchema: {} #1
      $defs: {A: true} #1
      $id: https://example.com/new #1
      $schema: https://json-schema.org/draft/2020-12/schema #1
      $anchor: new #1
      $dynamicAnchor: new #1
      properties: {self: {$dynamicRef: "#new"}} #1
      $comment: Nothing #1
      favouriteColour: green #1
"##;

#[test]
fn what_the_specification_has_is_no_fault() {
    let check = |version: &str, without: &[&str]| {
        let lines = EVERYTHING.lines().filter(|line| !without.iter().any(|mark| line.ends_with(mark)));
        let text = lines.map(|line| format!("{}\n", line.replace("VERSION", version))).collect::<String>();
        assert_eq!(normalised(&sources(Path::new("pets.yaml"), text.into_bytes())), "", "{version}");
    };
    check("3.0.4", &["#1", "#2"]);
    check("3.1.1", &["#2"]);
    check("3.2.0", &[]);
}

//! The command line: exit codes, what is said, and what is left on disk.

#![forbid(unsafe_code)]

mod support;

use support::{PETS, Place, Said};
use typewright::Exit;
use typewright::commands::repository;

/// Generates `specs/pets.yaml`.
fn generate_in(place: &Place, more: &[&str]) -> Said {
    let mut arguments = vec!["generate", "specs/pets.yaml", "--out", "client"];
    arguments.extend(more);
    place.run(&arguments)
}

/// A second operation for [`PETS`].
const ORDERS: &str = "  /orders:
    get:
      operationId: listOrders
      tags: [orders]
      responses: { \"204\": { description: Nothing. } }
";

fn pets_and_orders() -> String {
    PETS.replace("components:\n", &format!("{ORDERS}components:\n"))
}

fn generate(place: &Place, more: &[&str]) -> Said {
    let arguments: Vec<&str> = ["generate", "pets.yaml", "--out", "client"].iter().chain(more).copied().collect();
    place.run(&arguments)
}

/// The text without its last number, which is a time.
fn untimed(line: &str) -> &str {
    line.rsplit_once(", ").map_or(line, |(rest, _)| rest)
}

#[test]
fn help_tells_the_commands_and_wrong_usage_is_told_apart() {
    let place = Place::new();
    let help = place.run(&["--help"]);
    assert_eq!((help.exit, help.err.as_str()), (Exit::Fine, ""));
    for word in ["generate", "lint", "explain", "bundle", "codes", "Examples:", "Exit codes: 0 fine, 1 faults"] {
        assert!(help.out.contains(word), "{word}\n{}", help.out);
    }
    for wrong in [&["generte"][..], &["generate"], &["generate", "a.yaml"], &["codes", "TW9999"]] {
        let said = place.run(wrong);
        assert_eq!((said.exit, said.out.as_str()), (Exit::Usage, ""), "{wrong:?}");
        assert!(said.err.starts_with("error: "), "{}", said.err);
    }
    for name in ["fn", "3d", "a b", ""] {
        assert_eq!(generate(&place, &["--name", name]).exit, Exit::Usage, "{name:?}");
    }
    assert_eq!(generate(&place, &["--runtime", "no/such/folder"]).exit, Exit::Usage);
}

/// A list that counts pages, and tells how many there are.
const PAGED: &str = "openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      operationId: listPets
      parameters: [{ name: page, in: query, schema: { type: integer, default: 1 } }]
      responses: { '200': { description: Some., content: { application/json: { schema: { $ref: '#/components/schemas/Page' } } } } }
components:
  schemas:
    Page: { type: object, properties: { pets: { type: array, items: { type: string } }, total_pages: { type: integer } } }
";

#[test]
fn suggestions_are_an_overlay_that_is_ready_to_be_used() {
    let place = Place::new();
    place.put("pets.yaml", PAGED);
    let offered = place.run(&["lint", "pets.yaml", "--suggest"]);
    assert_eq!((offered.exit, offered.err.as_str()), (Exit::Fine, "pets.yaml: suggestions for 1 operation\n"));
    assert!(offered.out.contains("- target: $.paths['/pets'].get\n"), "{}", offered.out);

    place.put("paging.yaml", &offered.out);
    place.run(&["generate", "pets.yaml", "--overlay", "paging.yaml", "--strict", "--out", "client"]).assert_fine();
    assert!(place.text("client/api.txt").contains("\npaged op::ListPets String "));

    let nothing = place.run(&["lint", "pets.yaml", "--overlay", "paging.yaml", "--suggest"]);
    assert_eq!((nothing.exit, nothing.out.as_str()), (Exit::Fine, ""));
    assert_eq!(nothing.err, "pets.yaml: nothing to suggest\n");

    place.put("pets.yaml", &PAGED.replace("openapi: 3.1.0", "openapi: 9.9.9"));
    let refused = place.run(&["lint", "pets.yaml", "--suggest"]);
    assert_eq!((refused.exit, refused.out.as_str()), (Exit::Faults, ""));
    assert!(refused.err.ends_with("1 error, 0 warnings\n"), "{}", refused.err);
}

#[test]
fn codes_are_listed() {
    let all = Place::new().run(&["codes"]);
    let lines: Vec<&str> = all.out.lines().collect();
    assert!(lines.is_sorted() && lines.len() > 20, "{}", all.out);
    let one = Place::new().run(&["codes", "tw0902"]);
    assert_eq!(one.out, "TW0902  fatal        unknown member in typewright.toml\n");
}

#[test]
fn a_run_writes_what_changed_and_says_so() {
    let place = Place::new();
    place.put("pets.yaml", PETS);
    let first = generate(&place, &[]);
    first.assert_fine();
    let files = place.tree("client").len();
    assert_eq!(
        untimed(&first.out),
        format!("client: 1 operation, 1 type, {files} files written, 0 unchanged, 0 removed")
    );
    assert!(first.out.ends_with(" s\n") && first.err.is_empty(), "{first:?}");

    let second = generate(&place, &[]);
    assert_eq!(
        untimed(&second.out),
        format!("client: 1 operation, 1 type, 0 files written, {files} unchanged, 0 removed")
    );

    place.put("pets.yaml", &pets_and_orders());
    place.put("client/notes.txt", "by hand");
    generate(&place, &[]).assert_fine();
    let more = place.tree("client");
    place.put("pets.yaml", PETS);
    let fewer = generate(&place, &[]);
    let removed = more.len() - 1 - files;
    assert!(removed > 0 && fewer.out.contains(&format!(", {removed} removed, ")), "{}", fewer.out);
    assert_eq!(place.text("client/notes.txt"), "by hand");
    assert_eq!(place.tree("").len(), files + 2, "nothing is left beside the crate");
}

#[test]
fn check_shows_the_difference_and_the_command_and_writes_nothing() {
    let place = Place::new();
    place.put("pets.yaml", PETS);
    generate(&place, &["--name", "pets"]).assert_fine();
    let fine = generate(&place, &["--name", "pets", "--check"]);
    fine.assert_fine();
    assert!(fine.out.contains("0 files to write, "), "{}", fine.out);

    place.put("pets.yaml", &pets_and_orders());
    let before = place.tree("client");
    let stale = generate(&place, &["--name", "pets", "--check"]);
    assert_eq!(stale.exit, Exit::Faults);
    assert_eq!(stale.err, "client is stale, run: typewright generate pets.yaml --out client --name pets\n");
    assert!(stale.out.contains("--- a/client/api.txt\n+++ b/client/api.txt\n@@"), "{}", stale.out);
    assert_eq!(place.tree("client"), before);
}

#[test]
fn a_faulty_document_leaves_the_folder_alone() {
    let place = Place::new();
    place.put("pets.yaml", &PETS.replace("openapi: 3.1.0", "openapi: 9.9.9"));
    let said = generate(&place, &[]);
    assert_eq!((said.exit, said.out.as_str()), (Exit::Faults, ""));
    assert!(said.err.contains("pets.yaml:1:10"), "{}", said.err);
    assert!(said.err.ends_with("; nothing was written\n"), "{}", said.err);
    assert!(!place.has("client"));
    assert_eq!(place.run(&["lint", "pets.yaml"]).exit, Exit::Faults);
    assert_eq!(place.run(&["lint", "gone.yaml"]).exit, Exit::Faults);
}

#[test]
fn a_file_where_the_folder_belongs_is_told() {
    let place = Place::new();
    place.put("pets.yaml", PETS);
    place.put("client", "a file");
    for out in ["client", "client/below"] {
        let said = place.run(&["generate", "pets.yaml", "--out", out]);
        assert_eq!(said.exit, Exit::Faults);
        assert!(said.err.contains("client is a file, not a folder"), "{}", said.err);
    }
    assert_eq!(place.text("client"), "a file");
}

#[test]
fn json_messages_are_one_object_a_line() {
    let place = Place::new();
    place.put("pets.yaml", PETS);
    place.put("bad.yaml", "openapi: 3.1.0\n");
    for document in ["pets.yaml", "bad.yaml"] {
        let said = place.run(&["generate", document, "--out", "client", "--message-format", "json"]);
        assert!(said.err.is_empty() && !said.out.is_empty(), "{said:?}");
        for line in said.out.lines() {
            let value: serde_json::Value = serde_json::from_str(line).expect(line);
            assert!(value.is_object());
        }
    }
}

#[test]
fn output_depends_on_the_documents_alone() {
    let (one, other) = (Place::new(), Place::new());
    one.put("pets.yaml", PETS);
    other.put("deep/er/pets.yaml", PETS);
    let common = ["--name", "pets", "--runtime", "0.1.0"];
    generate(&one, &common).assert_fine();
    let mut arguments = vec!["generate", "deep/er/pets.yaml", "--out", "./x/../out/pets"];
    arguments.extend(common);
    other.run(&arguments).assert_fine();
    assert_eq!(other.tree("out/pets"), one.tree("client"));
}

#[test]
fn a_document_comes_from_standard_input_too() {
    let place = Place::new();
    place.run_with(&["generate", "-", "--out", "client"], PETS).assert_fine();
    assert!(place.has("client/Cargo.toml"));
    let said = place.run_with(&["lint", "-"], "openapi: 2.0.0\n");
    assert!(said.exit == Exit::Faults && said.err.contains("<stdin>:1:1"), "{}", said.err);
}

#[test]
fn a_crate_stands_alone_unless_a_workspace_lists_it() {
    let place = Place::new();
    place.put("Cargo.toml", "[workspace]\nmembers = ['clients/*']\n");
    place.put("pets.yaml", PETS);
    for (out, alone) in [("clients/pets", false), ("elsewhere/pets", true)] {
        place.run(&["generate", "pets.yaml", "--out", out]).assert_fine();
        assert_eq!(place.text(&format!("{out}/Cargo.toml")).contains("[workspace]"), alone, "{out}");
    }
}

#[test]
fn one_faulty_document_of_a_repository_stops_all_of_it() {
    let place = Place::new();
    place.put(
        "typewright.toml",
        "[crate.pets]\ndocument = 'specs/pets.yaml'\n[crate.orders]\ndocument = 'specs/orders.yaml'\n",
    );
    place.put("specs/pets.yaml", PETS);
    place.put("specs/orders.yaml", "openapi: 3.1.0\n");
    let said = place.repository(&[]);
    assert_eq!(said.exit, Exit::Faults);
    assert!(said.err.contains("specs/orders.yaml:1:1"), "{}", said.err);
    assert!(!place.has("generated"));

    place.repository(&["pets"]).assert_fine();
    assert!(place.has("generated/pets/src/lib.rs"));
    place.chore(repository::check, &["pets"]).assert_fine();
    assert_eq!(place.chore(repository::lint, &[]).exit, Exit::Faults);

    let unknown = place.repository(&["cats"]);
    assert_eq!(unknown.exit, Exit::Usage);
    assert_eq!(unknown.err, "error: no such crate: cats; typewright.toml has: orders, pets\n");
}

#[test]
fn a_crate_of_a_repository_carries_its_licence_texts() {
    let place = Place::new();
    place.put("typewright.toml", "[defaults]\nlicense = 'MIT'\n[crate.pets]\ndocument = 'specs/pets.yaml'\n");
    place.put("specs/pets.yaml", PETS);
    place.put("LICENSE-MIT", "Do what you like.\n");
    place.repository(&[]).assert_fine();
    assert_eq!(place.text("generated/pets/LICENSE-MIT"), "Do what you like.\n");
    assert!(place.text("generated/pets/Cargo.toml").contains("\"/api.txt\", \"/LICENSE-MIT\"]"));
    place.put("LICENSE-MIT", "Do what you must.\n");
    assert_eq!(place.chore(repository::check, &[]).exit, Exit::Faults, "the text is a part of the output");
}

#[test]
fn faults_of_the_configuration_are_placed() {
    let place = Place::new();
    place.put("typewright.toml", "[crate.pets]\ndocment = 'specs/pets.yaml'\n");
    let said = place.repository(&[]);
    assert_eq!(said.exit, Exit::Faults);
    for words in ["TW0902", "typewright.toml:2:1", "did you mean `document`?", "TW0903", "typewright.toml:1:8"] {
        assert!(said.err.contains(words), "{words}\n{}", said.err);
    }
}

#[test]
fn references_lead_into_other_folders_where_they_are_allowed_to() {
    let place = Place::new();
    place.put(
        "specs/pets.yaml",
        &PETS.replace("  schemas:\n", "  schemas:\n    Color: { $ref: '../shared/colors.yaml#/Color' }\n"),
    );
    place.put("shared/colors.yaml", "Color: { type: string, enum: [red], description: As painted. }\n");
    let refused = place.run(&["lint", "specs/pets.yaml"]);
    assert!(refused.err.contains("allow its folder: `--root shared`"), "{}", refused.err);
    let allowed = place.run(&["lint", "specs/pets.yaml", "--root", "shared", "--strict"]);
    allowed.assert_fine();
    assert_eq!(allowed.err, "");
    place.run(&["generate", "specs/pets.yaml", "--root", "shared", "--out", "client"]).assert_fine();
    let api = place.text("client/api.txt");
    assert!(api.contains("type Color string enum feature=- origin=../shared/colors.yaml#/Color\n"), "{api}");
    let lock = place.text("client/typewright.lock");
    assert!(lock.contains("document ../shared/colors.yaml\n"), "{lock}");
    let pointer = "#/components/schemas/Color";
    let said = place.run(&["explain", "specs/pets.yaml", pointer, "--root", "shared"]);
    said.assert_fine();
    assert!(said.out.contains("../shared/colors.yaml#/Color"), "{}", said.out);

    place.put("typewright.toml", "[crate.pets]\ndocument = 'specs/pets.yaml'\nroots = ['shared']\n");
    place.repository(&[]).assert_fine();
    assert_eq!(place.text("generated/pets/api.txt"), api);
}

#[test]
fn overlays_apply_in_their_order_and_count_as_a_part_of_the_document() {
    const OVERLAY: &str = "overlay: 1.0.0\ninfo: { title: Change, version: '1' }\nactions:\n";
    let place = Place::new();
    place.put("specs/pets.yaml", PETS);
    place.put("specs/parts.yaml", "Color: { type: string, enum: [red] }\n");
    let color =
        "  - target: $.components.schemas.Pet.properties\n    update: { color: { $ref: 'parts.yaml#/Color' } }\n";
    place.put("overlays/color.yaml", &format!("{OVERLAY}{color}"));
    let maker =
        "  - target: $.components.schemas.Pet.properties.color\n    update: { description: Set by the last. }\n";
    place.put("overlays/words.json.yaml", &format!("{OVERLAY}{maker}"));
    let overlays = ["--overlay", "overlays/color.yaml", "--overlay", "overlays/words.json.yaml"];
    generate_in(&place, &overlays).assert_fine();
    assert!(place.text("client/api.txt").contains("field Pet.color"), "{}", place.text("client/api.txt"));
    assert!(place.text("client/src/types/pets.rs").contains("Set by the last."));
    let lock = place.text("client/typewright.lock");
    assert!(lock.contains("document ../overlays/color.yaml\n") && lock.contains("document parts.yaml\n"), "{lock}");

    // The other way round the second finds nothing to change.
    let reversed = ["--overlay", "overlays/words.json.yaml", "--overlay", "overlays/color.yaml"];
    let said = generate_in(&place, &reversed);
    assert_eq!(said.exit, Exit::Faults);
    assert!(said.err.contains("TW0211") && said.err.contains("overlays/words.json.yaml:4:13"), "{}", said.err);
    let gone = generate_in(&place, &["--overlay", "gone.yaml"]);
    assert!(gone.exit == Exit::Faults && gone.err.contains("cannot read `gone.yaml`"), "{}", gone.err);

    let config = "[crate.pets]\ndocument = 'specs/pets.yaml'\noverlays = ['overlays/color.yaml']\n";
    place.put("typewright.toml", config);
    place.repository(&[]).assert_fine();
    assert!(place.text("generated/pets/api.txt").contains("field Pet.color"));
    let pointer = "#/components/schemas/Pet/properties/color";
    let said = place.run(&["explain", "specs/pets.yaml", pointer, "--overlay", "overlays/color.yaml"]);
    said.assert_fine();
    assert!(said.out.contains("overlays/color.yaml:5:22") && said.out.contains("field Pet.color"), "{}", said.out);
}

#[test]
fn operations_are_chosen_and_types_that_none_of_them_needs_are_left_out() {
    let place = Place::new();
    place.put("specs/pets.yaml", &pets_and_orders());
    generate_in(&place, &[]).assert_fine();
    let everything = place.text("client/api.txt");
    assert!(everything.contains("type Pet ") && everything.contains("op orders.list"), "{everything}");

    for more in [&["--include", "GET /ord*"][..], &["--exclude", "tag:pets"], &["--include", "operation:list*"]] {
        generate_in(&place, more).assert_fine();
        let api = place.text("client/api.txt");
        assert!(!api.contains("type Pet ") && !api.contains("pets.get"), "{more:?}\n{api}");
        assert!(api.contains("op orders.list"), "{more:?}\n{api}");
    }
    // The command that is shown for a stale folder makes the same choice.
    let said = generate_in(&place, &["--exclude", "GET /pets/**", "--include", "/**", "--check", "--strict"]);
    assert_eq!(said.exit, Exit::Fine, "{}{}", said.out, said.err);
    let said = generate_in(&place, &["--exclude", "/orders", "--check"]);
    assert!(said.exit == Exit::Faults && said.err.contains("--exclude /orders --out client"), "{}", said.err);

    let slip = generate_in(&place, &["--exclude", "tag:pet"]);
    assert!(slip.exit == Exit::Faults && slip.err.contains("TW0803"), "{}", slip.err);
    assert!(slip.err.contains("did you mean `tag:pets`?"), "{}", slip.err);
    let none = generate_in(&place, &["--include", "pets"]);
    assert!(none.exit == Exit::Usage && none.err.contains("write `tag:pets` for a tag"), "{}", none.err);

    place.put("typewright.toml", "[crate.pets]\ndocument = 'specs/pets.yaml'\nexclude = ['tag:pets']\n");
    place.repository(&[]).assert_fine();
    assert!(!place.text("generated/pets/api.txt").contains("type Pet "));
}

#[test]
fn an_item_is_explained_stage_by_stage() {
    let place = Place::new();
    place.put("pets.yaml", PETS);
    let said = place.run(&["explain", "pets.yaml", "#/components/schemas/Pet/properties/id"]);
    said.assert_fine();
    let stages: Vec<&str> = said.out.lines().filter(|line| !line.is_empty() && !line.starts_with(' ')).collect();
    assert_eq!(stages, ["name", "read", "normalise", "lower", "plan", "emit"]);
    assert!(said.out.starts_with("name\n  field `Pet.id`: the document calls it `id`\n"), "{}", said.out);
    assert!(said.out.contains("pets.yaml:29:13") && said.out.contains("field Pet.id"), "{}", said.out);
    assert!(said.out.contains("plan\n  `Pet.id` is "), "{}", said.out);

    let nowhere = place.run(&["explain", "pets.yaml", "#/components/schemas/Pat"]);
    assert_eq!(nowhere.exit, Exit::Usage);
    assert_eq!(nowhere.err, "error: `#/components/schemas` has no `Pat`; did you mean `#/components/schemas/Pet`?\n");
    assert_eq!(place.run(&["explain", "gone.yaml", "#/info"]).exit, Exit::Faults);
}

/// Two fields of which no type is known, for two reasons.
const UNTYPED: &str = "openapi: 3.1.0
info: { title: Pets, version: '1' }
paths: {}
components:
  schemas:
    Pet: { type: object, properties: { any: {}, odd: { not: { type: string } }, name: { type: string } } }
";

#[test]
fn what_is_raw_json_is_listed_by_its_reason() {
    let place = Place::new();
    place.put("pets.yaml", UNTYPED);
    let said = place.run(&["lint", "pets.yaml", "--untyped"]);
    let expected = "pets.yaml: 2 places are raw JSON

1, because the document allows any value
  field Pet.any  pets.yaml:6:45

1, because `not` is not typed
  field Pet.odd  pets.yaml:6:54
";
    assert_eq!((said.exit, said.out.as_str(), said.err.as_str()), (Exit::Fine, expected, ""));

    let json = place.run(&["lint", "pets.yaml", "--untyped", "--message-format", "json"]);
    let lines: Vec<serde_json::Value> =
        json.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let told: Vec<_> =
        lines.iter().map(|line| (&line["kind"], &line["item"], &line["reason"], &line["line"])).collect();
    let line = serde_json::json!(["untyped", "Pet.any", "any", 6, "Pet.odd", "not"]);
    assert_eq!(told, [(&line[0], &line[1], &line[2], &line[3]), (&line[0], &line[4], &line[5], &line[3])]);

    let made = place.run(&["generate", "pets.yaml", "--out", "client"]);
    let summary = "client: raw JSON: 1 because the document allows any value, 1 because `not` is not typed\n";
    assert!(made.out.ends_with(summary), "{}", made.out);
    assert_eq!(place.run(&["lint", "pets.yaml", "--untyped", "--suggest"]).exit, Exit::Usage);

    place.put("pets.yaml", PETS);
    assert_eq!(place.run(&["lint", "pets.yaml", "--untyped"]).out, "pets.yaml: 0 places are raw JSON\n");
}

#[cfg(unix)]
#[test]
fn a_pipe_as_the_document_is_told_and_not_waited_for() {
    let place = Place::new();
    let made = std::process::Command::new("mkfifo").arg(place.path.join("pets.yaml")).status();
    assert!(made.expect("mkfifo runs").success());
    let said = place.run(&["lint", "pets.yaml"]);
    assert_eq!(said.exit, Exit::Faults);
    assert!(said.err.contains("it is a pipe or a device, no regular file"), "{}", said.err);
}

#[test]
fn a_program_of_somebody_else_in_the_folder_is_told() {
    let place = Place::new();
    place.put("pets.yaml", PETS);
    generate(&place, &[]).assert_fine();
    place.put("client/src/main.rs", "fn main() {}\n");
    let said = generate(&place, &["--strict"]);
    said.assert_fine();
    assert!(said.err.contains("warning[TW0954]: typewright did not write `src/main.rs`"), "{}", said.err);
    assert!(place.has("client/src/main.rs"));
}

#[test]
fn near_words_are_offered_for_slips_on_the_command_line() {
    let place = Place::new();
    place.put("pets.yaml", PETS);
    for (arguments, offered) in [
        (&["generate", "pets.yaml", "--outt", "client"][..], "'--out'"),
        (&["lint", "pets.yaml", "--untypd"], "'--untyped'"),
        (&["lint", "pets.yaml", "--include", "tags:pets"], "did you mean `tag:pets`?"),
        (&["lint", "pets.yaml", "--exclude", "pets"], "write `tag:pets` for a tag"),
        (&["explain", "pets.yaml", "getPets"], "did you mean `#/paths/~1pets~1{pet_id}/get`?"),
    ] {
        let said = place.run(arguments);
        assert_eq!(said.exit, Exit::Usage, "{arguments:?}");
        assert!(said.err.contains(offered), "{offered}\n{}", said.err);
    }
    for (pattern, offered) in [("operation:getPets", "operation:getPet"), ("/pet/{pet_id}", "/pets/{pet_id}")] {
        let said = place.run(&["lint", "pets.yaml", "--include", pattern]);
        assert_eq!(said.exit, Exit::Faults);
        assert!(said.err.contains(&format!("did you mean `{offered}`?")), "{}", said.err);
    }
}

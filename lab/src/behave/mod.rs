//! `cargo xtask corpus --behave`: whether a generated crate loses anything.
//!
//! Makes instances of every type from the document's own schemas, changes some of them, and writes a program that reads
//! and writes each by the crate. Goes by `api.txt` for which types there are, and of which schemas the variants of unions are;
//! nothing else of the generator is asked.

mod make;
mod schema;
mod texts;
mod value;
mod variants;
mod vary;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value as Schema;

use self::make::{Amount, make, make_variant};
use crate::mutate::Dice;

/// What judges a crate, as text: the program is put together of it.
pub const JUDGE: &str = include_str!("judge.rs");

/// A type of a crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Below `types`.
    pub ident: String,
    /// JSON pointer of its schema.
    pub origin: String,
    /// Whether answers carry it, where two types were made of one schema.
    in_answers: Option<bool>,
    /// Of a union that tells its variants apart: their names, each with the pointer of the schema of what it holds.
    variants: Vec<(String, String)>,
}

/// What a crate must keep to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cases {
    /// One case on each line, as `judge` reads them.
    pub lines: String,
    /// How many values of unions must be read as the variant that the document names.
    pub told: usize,
    /// What was left alone: values whose variant has no name in the crate, and variants of which the document does not say
    /// clearly which values they are.
    pub untold: Vec<String>,
}

/// The types that `api.txt` lists, without those that never travel as JSON: the headers of messages, and bodies with files; and
/// without those that are a part of a union of the same schema, as the texts of an enum of texts and numbers are.
pub fn subjects(api: &str) -> Vec<Subject> {
    let lines = api.lines().filter_map(|line| line.strip_prefix("type "));
    let types = lines.filter(|line| !line.contains(" record feature=")).filter_map(|line| {
        let (ident, _) = line.split_once(' ')?;
        Some((ident, line.split_once(" origin=")?.1))
    });
    let types: Vec<(&str, &str)> = types.collect();
    let is_union = |ident: &str| {
        let starts = [format!("type {ident} union "), format!("type {ident} raw union ")];
        api.lines().any(|line| starts.iter().any(|start| line.starts_with(start)))
    };
    let places: BTreeSet<&str> = types.iter().filter(|(ident, _)| is_union(ident)).map(|(_, origin)| *origin).collect();
    let is_part = |ident: &str, origin: &str| places.contains(origin) && !is_union(ident);
    let of_files = |ident: &str| {
        let fields = format!("field {ident}.");
        api.lines().any(|line| line.starts_with(&fields) && line.split([' ', '<', '>']).any(|word| word == "FilePart"))
    };
    let headers = api.lines().find_map(|line| line.strip_prefix("webhook Delivery.headers types::")?.split(' ').next());
    let travels = |ident: &str| Some(ident) != headers && !of_files(ident);
    let wholes = types.iter().filter(|(ident, origin)| travels(ident) && !is_part(ident, origin));
    let subjects = wholes.map(|(ident, origin)| {
        let is_twin = |other: &str, of: &str| other.strip_prefix(of).is_some_and(|rest| rest.starts_with("Input"));
        let mut twins = types.iter().filter(|(_, place)| place == origin).filter_map(|(other, _)| {
            let (answers, requests) = (is_twin(other, ident), is_twin(ident, other));
            (answers || requests).then_some(answers)
        });
        let in_answers = twins.next();
        let variants = variants(api, ident, &types);
        Subject { ident: (*ident).to_owned(), origin: (*origin).to_owned(), in_answers, variants }
    });
    subjects.collect()
}

/// The variants of a union that hold one of the types.
fn variants(api: &str, union: &str, types: &[(&str, &str)]) -> Vec<(String, String)> {
    let start = format!("variant {union}::");
    let lines = api.lines().filter_map(|line| line.strip_prefix(&start));
    let held = lines.filter_map(|line| {
        let (name, rest) = line.split_once(" (")?;
        let ty = rest.split_once(") feature=")?.0;
        let ty = ty.strip_prefix("Box<").and_then(|ty| ty.strip_suffix('>')).unwrap_or(ty).strip_prefix("types::")?;
        let (_, origin) = types.iter().find(|(ident, _)| *ident == ty)?;
        Some((name.to_owned(), origin.strip_prefix('#')?.to_owned()))
    });
    held.collect()
}

/// How much of an instance is there, one after the other.
const AMOUNTS: [Amount; 5] = [Amount::Least, Amount::All, Amount::Some, Amount::Some, Amount::Some];

/// The cases of these types.
pub fn cases(document: &Schema, subjects: &[Subject], seed: u64) -> Cases {
    let mut cases = Cases::default();
    for subject in subjects {
        let pointer = subject.origin.strip_prefix('#').unwrap_or(&subject.origin);
        let Some(schema) = document.pointer(pointer).filter(|schema| schema.is_object()) else { continue };
        if is_partial(pointer) {
            continue;
        }
        for (number, amount) in (seed..).zip(AMOUNTS) {
            let mut dice = Dice::new(number);
            let Some(made) = make(document, schema, amount, subject.in_answers, dice.clone()) else { continue };
            for case in vary::cases(&made, &mut dice) {
                // Writing to a string cannot fail.
                let _ = writeln!(cases.lines, "{}\t{}", subject.ident, case.line());
            }
        }
        tell_variants(document, (subject, pointer), seed, &mut cases);
    }
    cases
}

/// Adds values of a union whose variant the document names.
fn tell_variants(document: &Schema, (subject, pointer): (&Subject, &str), seed: u64, cases: &mut Cases) {
    let mut reached = BTreeSet::new();
    for way in variants::ways(document, pointer) {
        let held = subject.variants.iter().filter(|(_, origin)| way.places.contains(origin));
        let names: Vec<&str> = held.map(|(name, _)| name.as_str()).collect();
        if names.is_empty() {
            cases.untold.push(format!("{}: {:?} of {}", subject.ident, way.tag, way.places.join(", ")));
            continue;
        }
        for (number, amount) in (seed..).zip([Amount::Least, Amount::All]) {
            let made = make_variant(document, &way, amount, subject.in_answers, Dice::new(number));
            if let Some(text) = made {
                cases.told += 1;
                let _ = writeln!(cases.lines, "{}\tvariant\t{}\t{text}\t{text}", subject.ident, names.join("|"));
                reached.extend(names.iter().copied());
            }
        }
    }
    let others = subject.variants.iter().filter(|(name, _)| !reached.contains(name.as_str()));
    cases.untold.extend(others.map(|(name, origin)| format!("{}::{name} of {origin}", subject.ident)));
}

/// Whether a schema may say but a part of what its type is, as variants do, and what stands below a member of `allOf`, which
/// other members may say more of. Such types are made as part of those around them anyway.
fn is_partial(pointer: &str) -> bool {
    let keyword = pointer.rsplit('/').nth(1);
    let variant = keyword.is_some_and(|keyword| ["oneOf", "anyOf"].contains(&keyword));
    variant || pointer.split('/').any(|keyword| keyword == "allOf")
}

/// The features of a crate that hold types.
pub fn features(api: &str) -> String {
    let features = api.lines().filter_map(|line| line.strip_prefix("feature ")?.split(' ').next());
    features.collect::<Vec<_>>().join(",")
}

/// The program that judges a crate by the cases in the file that is its argument.
pub fn program(library: &str, subjects: &[Subject]) -> String {
    let mut text = format!("#![allow(deprecated)]\nmod judge {{\n{}}}\n", JUDGE.replace("//!", "//"));
    text += "static TYPES: &[(&str, judge::Reader)] = &[\n";
    for Subject { ident, .. } in subjects {
        let name = ident.strip_prefix("r#").unwrap_or(ident);
        let _ = writeln!(text, "    (\"{name}\", judge::read::<{library}::types::{ident}>),");
    }
    text += "];\n\nfn main() {\n    let cases = std::env::args().nth(1).expect(\"a file\");\n";
    text += "    let faults = judge::judge(TYPES, &std::fs::read_to_string(cases).expect(\"cases\"));\n";
    text += "    faults.iter().for_each(|fault| println!(\"{fault}\"));\n}\n";
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const API: &str = "type Pet struct feature=- origin=#/components/schemas/Pet\n\
        type PetInput struct feature=- origin=#/components/schemas/Pet\n\
        type PetRequired record feature=- origin=-\n\
        type Upload struct feature=- origin=#/components/schemas/Pet\n\
        field Upload.photo \"photo\" Option<Vec<FilePart>> feature=- origin=-\n";

    #[test]
    fn types_that_travel_as_json_are_subjects() {
        let found = subjects(API);
        let found: Vec<_> = found.iter().map(|subject| (subject.ident.as_str(), subject.in_answers)).collect();
        assert_eq!(found, [("Pet", Some(true)), ("PetInput", Some(false))]);
    }

    /// What is expected of the cases of one schema: expectations and paths.
    fn check(schema: &Schema, expected: &[&str]) {
        let document = serde_json::json!({ "components": { "schemas": { "Pet": schema } } });
        let subject = Subject {
            ident: "Pet".to_owned(),
            origin: "#/components/schemas/Pet".to_owned(),
            in_answers: None,
            variants: Vec::new(),
        };
        let text: String = (0..20).map(|seed| cases(&document, std::slice::from_ref(&subject), seed).lines).collect();
        let found: BTreeSet<String> =
            text.lines().map(|line| line.split('\t').skip(1).take(2).collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(found.iter().map(|line| line.trim_end()).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn every_promise_has_its_case() {
        let schema = serde_json::json!({
            "allOf": [{ "type": "object", "required": ["id"], "properties": { "id": { "type": "integer" } } }],
            "properties": { "tags": { "type": "array", "items": { "type": "string" } }, "any": {} }
        });
        check(&schema, &["drift $.tags", "drift $.tags[0]", "drift $.tags[1]", "error $.id", "same"]);
    }

    #[test]
    fn null_of_a_member_is_sent_back() {
        let name = serde_json::json!({ "type": "string" });
        let pet = serde_json::json!({ "type": "object", "properties": { "name": name } });
        let subject =
            Subject { ident: "Pet".to_owned(), origin: "#/pet".to_owned(), in_answers: None, variants: Vec::new() };
        let text: String = (0..20)
            .map(|seed| cases(&serde_json::json!({ "pet": pet }), std::slice::from_ref(&subject), seed).lines)
            .collect();
        assert!(text.contains("same\t\t{\"name\":null}\t{\"name\":null}"), "{text}");
    }

    #[test]
    fn nullable_alone_and_quoted_numbers_are_read_as_meant() {
        let name = serde_json::json!({ "type": "object", "required": ["n"], "properties": { "n": { "type": "integer", "enum": ["1", "2"] } } });
        let branches = serde_json::json!([{ "$ref": "#/name" }, { "type": "object", "nullable": true }]);
        let pet = serde_json::json!({ "type": "object", "required": ["name"], "properties": { "name": { "anyOf": branches } } });
        let document = serde_json::json!({ "pet": pet, "name": name });
        let subject =
            Subject { ident: "Pet".to_owned(), origin: "#/pet".to_owned(), in_answers: None, variants: Vec::new() };
        let text: String = (0..20).map(|seed| cases(&document, std::slice::from_ref(&subject), seed).lines).collect();
        assert!(text.contains(r#"{"name":{"n":1}}"#) && !text.contains(r#""n":"1""#), "{text}");
        assert!(!text.contains("same\t\t{\"name\":{}}"), "{text}");
    }

    #[test]
    fn defaults_are_filled_in() {
        let age = serde_json::json!({ "type": "integer", "default": 1 });
        let schema = serde_json::json!({ "type": "object", "required": ["age"], "properties": { "age": age } });
        check(&schema, &["becomes", "error $.age", "same"]);
    }

    #[test]
    fn what_may_be_several_types_is_never_wrong() {
        let either = serde_json::json!({ "oneOf": [{ "type": "string" }, { "type": "object" }] });
        check(&serde_json::json!({ "type": "object", "properties": { "either": either } }), &["same"]);
        check(
            &serde_json::json!({ "type": "object", "properties": { "far": { "$ref": "other.yaml#/a" } } }),
            &["same"],
        );
    }

    #[test]
    fn every_object_is_a_map_and_no_variant_that_nobody_named() {
        let text = serde_json::json!({ "type": "string" });
        let map = serde_json::json!({ "type": "object", "additionalProperties": text });
        let schema = serde_json::json!({ "oneOf": [text, map] });
        let document = serde_json::json!({ "components": { "schemas": { "Pet": schema } } });
        let origin = "#/components/schemas/Pet".to_owned();
        let subject = Subject { ident: "Pet".to_owned(), origin, in_answers: None, variants: Vec::new() };
        let text: String = (0..20).map(|seed| cases(&document, std::slice::from_ref(&subject), seed).lines).collect();
        assert!(!text.is_empty() && !text.contains("true"), "{text}");
    }

    #[test]
    fn what_is_required_beside_a_reference_is_there() {
        let name = serde_json::json!({ "type": "string" });
        let named = serde_json::json!({ "type": "object", "properties": { "name": name } });
        let schema = serde_json::json!({ "$ref": "#/named", "required": ["name"] });
        let document = serde_json::json!({ "named": named, "pet": schema });
        let subject =
            Subject { ident: "Pet".to_owned(), origin: "#/pet".to_owned(), in_answers: None, variants: Vec::new() };
        let text = cases(&document, &[subject], 0).lines;
        assert!(text.contains("error\t$.name") && !text.contains("drift"), "{text}");
    }

    #[test]
    fn null_may_be_the_default_of_what_is_required() {
        let null_or_number = serde_json::json!([{ "type": "integer" }, { "type": "null" }]);
        let age = serde_json::json!({ "anyOf": null_or_number, "default": null });
        let schema = serde_json::json!({ "type": "object", "required": ["age"], "properties": { "age": age } });
        check(&schema, &["becomes", "error $.age", "same"]);
    }

    #[test]
    fn what_stands_beside_a_reference_says_which_way_it_travels() {
        let paid = serde_json::json!({ "$ref": "#/price", "readOnly": true });
        let price = serde_json::json!({ "type": "object", "properties": { "value": { "type": "string" } } });
        let pet = serde_json::json!({ "type": "object", "properties": { "paid": paid } });
        let document = serde_json::json!({ "price": price, "pet": pet });
        let drifts = |in_answers| {
            let subject =
                Subject { ident: "Pet".to_owned(), origin: "#/pet".to_owned(), in_answers, variants: Vec::new() };
            let cases = |seed| cases(&document, std::slice::from_ref(&subject), seed).lines;
            (0..20).map(cases).collect::<String>().contains("drift\t$.paid")
        };
        assert!(drifts(Some(true)) && !drifts(Some(false)));
    }

    #[test]
    fn lists_of_what_must_be_there_are_no_types() {
        let one_of_two = serde_json::json!([{ "required": ["a"] }, { "type": "object", "required": ["b"] }]);
        let text = serde_json::json!({ "type": "string" });
        let schema =
            serde_json::json!({ "properties": { "pet": { "anyOf": one_of_two, "properties": { "a": text } } } });
        check(&schema, &["drift $.pet", "drift $.pet.a", "same"]);
    }

    #[test]
    fn a_choice_of_one_is_that_one_unless_others_are_to_come() {
        let check = |variant: serde_json::Value, told: bool, unknown: bool| {
            let name = serde_json::json!({ "type": "string" });
            let mut schema = serde_json::json!({ "oneOf": [variant] });
            if told {
                schema["discriminator"] = serde_json::json!({ "propertyName": "kind" });
            }
            let named = serde_json::json!({ "required": ["name"], "properties": { "name": name } });
            let document = serde_json::json!({ "pet": schema, "named": named });
            let subject =
                Subject { ident: "Pet".to_owned(), origin: "#/pet".to_owned(), in_answers: None, variants: Vec::new() };
            let text: String =
                (0..20).map(|seed| cases(&document, std::slice::from_ref(&subject), seed).lines).collect();
            assert_eq!(
                (text.contains(r#""name":"#), text.contains(r#"{"kind":"zz-unknown"}"#)),
                (true, unknown),
                "{text}"
            );
        };
        let named = || serde_json::json!({ "$ref": "#/named" });
        check(named(), true, true);
        check(named(), false, false);
        let inline = serde_json::json!({ "required": ["name"], "properties": { "name": { "type": "string" } } });
        check(inline, true, false);
    }

    #[test]
    fn lists_that_hold_themselves_come_to_an_end() {
        let schema = serde_json::json!({ "type": "array", "prefixItems": [true, { "$ref": "#/pet" }] });
        let document = serde_json::json!({ "pet": schema });
        let subject =
            Subject { ident: "Pet".to_owned(), origin: "#/pet".to_owned(), in_answers: None, variants: Vec::new() };
        let text: String = (0..20).map(|seed| cases(&document, std::slice::from_ref(&subject), seed).lines).collect();
        assert!(text.contains("\tsame\t"), "{text}");
    }

    #[test]
    fn a_parent_bears_no_tag_of_a_child() {
        let kind = serde_json::json!({ "type": "string", "enum": ["cat", "dog"] });
        let told = serde_json::json!({ "propertyName": "kind" });
        let pet = serde_json::json!({ "discriminator": told, "required": ["kind"], "properties": { "kind": kind } });
        let subject =
            Subject { ident: "Pet".to_owned(), origin: "#/pet".to_owned(), in_answers: None, variants: Vec::new() };
        let text = cases(&serde_json::json!({ "pet": pet }), &[subject], 0).lines;
        assert!(text.contains(r#"{"kind":"zz-unknown"}"#) && !text.contains("cat"), "{text}");
    }

    #[test]
    fn what_a_type_refuses_is_no_value() {
        let numbers = serde_json::json!({ "anyOf": [{ "type": "integer" }, { "type": "number" }] });
        let listed = serde_json::json!({ "type": "string", "enum": [{ "a": true }, "b"] });
        let schema = serde_json::json!({ "required": ["a", "b"], "properties": { "a": numbers, "b": listed } });
        let document = serde_json::json!({ "pet": schema });
        let subject =
            Subject { ident: "Pet".to_owned(), origin: "#/pet".to_owned(), in_answers: None, variants: Vec::new() };
        let text: String = (0..20).map(|seed| cases(&document, std::slice::from_ref(&subject), seed).lines).collect();
        assert!(
            text.contains(r#""b":"b""#) && !text.contains("900719925474099") && !text.contains(r#"{"a":true}"#),
            "{text}"
        );
    }

    #[test]
    fn what_may_be_a_part_is_made_with_the_rest() {
        let below = "/components/schemas/Pet/allOf/1/properties/owner";
        assert!([below, "/a/allOf/0", "/a/oneOf/0", "/a/anyOf/0"].into_iter().all(is_partial));
        assert!(!["/components/schemas/Pet", "/a/oneOf/0/properties/owner"].into_iter().any(is_partial));
    }

    #[test]
    fn what_has_no_end_has_no_instance() {
        let own = serde_json::json!({ "$ref": "#/components/schemas/Pet" });
        check(&serde_json::json!({ "type": "object", "required": ["own"], "properties": { "own": own } }), &[]);
    }
}

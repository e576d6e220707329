//! What the tests of the passes share: one text in, faults or schemas as compact text out.

mod corpus;

use super::model::{JsonType, Model, SchemaId, SchemaNode};
use super::normalise;
use crate::diagnostic::codes::MISSING_MEMBER_ASSUMED;
use crate::diagnostic::{Collector, Diagnostic, Profile};
use crate::read::read;
use crate::source::Sources;

/// Runs the stage on a set of files.
pub(crate) fn run(files: &[(&str, &str)], profile: Profile) -> (Option<Model>, Vec<Diagnostic>, Sources) {
    let mut sources = Sources::default();
    for (name, text) in files {
        sources.add(*name, *text);
    }
    let mut collector = Collector::new(profile);
    let mut documents = read(&sources, &mut collector);
    let model = normalise(&mut documents, &sources, &mut collector);
    (model, collector.finish(), sources)
}

/// Each fault as `line:column code message | help | recovery`.
pub(crate) fn faults(diagnostics: &[Diagnostic], sources: &Sources) -> Vec<String> {
    let one = |fault: &Diagnostic| {
        let place = fault.place.map_or(String::new(), |place| {
            let position = sources.position(place);
            format!("{}:{}", position.line, position.column)
        });
        format!("{place} {} {} | {} | {}", fault.code.id, fault.message, fault.help, fault.recovery)
    };
    diagnostics.iter().map(one).collect()
}

/// The faults of one document in the lenient profile. What is missing is not told: that is the structure check's, and the
/// texts are shorter without it.
#[track_caller]
pub(crate) fn check_faults(text: &str, expected: &[&str]) {
    let (_, mut diagnostics, sources) = run(&[("pets.yaml", text)], Profile::Lenient);
    diagnostics.retain(|fault| fault.code != &MISSING_MEMBER_ASSUMED);
    assert_eq!(faults(&diagnostics, &sources), expected);
}

/// The model of a document without errors.
#[track_caller]
pub(crate) fn model_of(text: &str) -> Model {
    let (model, diagnostics, sources) = run(&[("pets.yaml", text)], Profile::Lenient);
    model.unwrap_or_else(|| panic!("{:#?}", faults(&diagnostics, &sources)))
}

/// The schemas at some pointers, as [`dump`] writes them.
#[track_caller]
pub(crate) fn check_dump(text: &str, expected: &[(&str, &str)]) {
    let model = model_of(text);
    for (pointer, dumped) in expected {
        let schema = model.document.schemas.values().find(|schema| schema.pointer == *pointer);
        let schema = schema.unwrap_or_else(|| panic!("no schema {pointer}"));
        let mut documents_text = dump(&model, schema, text);
        if documents_text.is_empty() {
            documents_text.push_str("any");
        }
        assert_eq!(documents_text, *dumped, "{pointer}");
    }
}

/// One schema on one line; what it does not say is not there.
fn dump(model: &Model, schema: &SchemaNode, text: &str) -> String {
    let mut sources = Sources::default();
    sources.add("pets.yaml", text);
    let tree = read(&sources, &mut Collector::new(Profile::Lenient)).tree;
    let at = |id: &SchemaId| {
        let pointer = &model.document.schemas.get(*id).pointer;
        pointer.strip_prefix(&schema.pointer).unwrap_or(pointer).to_owned()
    };
    let named = |list: &[(String, SchemaId)]| {
        let entries: Vec<String> = list.iter().map(|(name, id)| format!("{name}: {}", at(id))).collect();
        format!("{{{}}}", entries.join(", "))
    };
    let listed = |list: &[SchemaId]| list.iter().map(at).collect::<Vec<_>>().join(", ");
    let mut out: Vec<String> = Vec::new();
    let mut say = |condition: bool, text: String| out.extend(condition.then_some(text));
    say(schema.boolean.is_some(), format!("{}", schema.boolean.unwrap_or_default()));
    say(schema.reference.is_some(), format!("ref {}", schema.reference.as_ref().map(at).unwrap_or_default()));
    let types: Vec<&str> = schema.types.iter().map(|ty| type_name(*ty)).collect();
    say(!types.is_empty(), types.join("|"));
    say(schema.nullable, "nullable".to_owned());
    let texts = [("format", &schema.format), ("title", &schema.title), ("description", &schema.description)];
    for (name, value) in texts {
        say(value.is_some(), format!("{name}={}", value.as_deref().unwrap_or_default()));
    }
    let flags = [
        (schema.deprecated, "deprecated"),
        (schema.read_only, "readOnly"),
        (schema.write_only, "writeOnly"),
        (schema.unique_items, "unique"),
    ];
    let values =
        schema.enum_values.as_ref().map(|values| values.iter().map(|node| tree.json_text(*node)).collect::<Vec<_>>());
    say(values.is_some(), format!("enum=[{}]", values.unwrap_or_default().join(", ")));
    say(
        schema.const_value.is_some(),
        format!("const={}", schema.const_value.map(|node| tree.json_text(node)).unwrap_or_default()),
    );
    say(!schema.value_names.is_empty(), format!("names=[{}]", schema.value_names.join(", ")));
    say(!schema.properties.is_empty(), named(&schema.properties));
    say(!schema.required.is_empty(), format!("required=[{}]", schema.required.join(", ")));
    say(!schema.pattern_properties.is_empty(), format!("patterns {}", named(&schema.pattern_properties)));
    let singles = [("additional", &schema.additional), ("names", &schema.property_names), ("items", &schema.items)];
    for (name, id) in singles {
        say(id.is_some(), format!("{name}={}", id.as_ref().map(at).unwrap_or_default()));
    }
    let lists = [
        ("prefix", &schema.prefix_items),
        ("allOf", &schema.all_of),
        ("oneOf", &schema.one_of),
        ("anyOf", &schema.any_of),
    ];
    for (name, list) in lists {
        say(!list.is_empty(), format!("{name}=[{}]", listed(list)));
    }
    if let Some(discriminator) = &schema.discriminator {
        let entry =
            |(value, id): &(String, Option<SchemaId>)| format!("{value}: {}", id.as_ref().map_or("-".to_owned(), at));
        let mapping: Vec<String> = discriminator.mapping.iter().map(entry).collect();
        say(true, format!("discriminator={} {{{}}}", discriminator.property, mapping.join(", ")));
    }
    for (keyword, bound) in &schema.bounds {
        say(true, format!("{keyword}={bound}"));
    }
    for (flag, name) in flags {
        say(flag, name.to_owned());
    }
    for note in &schema.noted {
        say(true, format!("note: {note}"));
    }
    out.join(" ")
}

fn type_name(ty: JsonType) -> &'static str {
    match ty {
        JsonType::Null => "null",
        JsonType::Boolean => "boolean",
        JsonType::Integer => "integer",
        JsonType::Number => "number",
        JsonType::String => "string",
        JsonType::Array => "array",
        JsonType::Object => "object",
    }
}

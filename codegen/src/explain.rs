//! What each stage made of one item of a document: for whoever asks why the output is as it is.
//!
//! Prints what the stages hand to each other, for people; nothing reads this text again. Decides nothing.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Serialize;
use serde_json::Value as Json;

use crate::api::{Api, Shape, TypeId};
use crate::diagnostic::{Collector, Diagnostic, nearest};
use crate::emit::api_text;
use crate::name::Names;
use crate::normalise::model::Model;
use crate::output::Target;
use crate::plan::declaration::{OperationDecl, Plan, RawPlace, TypeBody, TypeDecl};
use crate::plan::reason;
use crate::read::Documents;
use crate::source::{FileId, Sources};
use crate::stages::{Analysis, analyse, declare, on_large_stack};
use crate::tree::{NodeId, Tree};

/// More lines than this of one stage hide the next stage.
const MOST_LINES: usize = 120;

/// What is longer than this is spread over lines.
const WIDTH: usize = 100;

/// Why nothing can be explained.
#[derive(Clone, Debug)]
pub enum ExplainError {
    /// The document has errors.
    Document(Vec<Diagnostic>),
    /// The pointer leads nowhere; the text tells how far it leads.
    Pointer(String),
}

/// Explains the item that a JSON pointer into the first file leads to, for example `#/components/schemas/Pet`.
pub fn explain(sources: &Sources, target: &Target, pointer: &str) -> Result<String, ExplainError> {
    on_large_stack(&|| explain_here(sources, target, pointer))
}

fn explain_here(sources: &Sources, target: &Target, pointer: &str) -> Result<String, ExplainError> {
    let mut collector = Collector::new(target.profile);
    let Some(analysis) = analyse(sources, target, &mut collector) else {
        return Err(ExplainError::Document(collector.finish()));
    };
    let Analysis { documents, model, api, names } = &analysis;
    let item = find(documents, pointer).map_err(ExplainError::Pointer)?;
    let places = Places::of(api, item);
    let mut text = String::new();
    section(&mut text, "name", &explain_names(api, names, &places));
    section(&mut text, "read", &explain_tree(sources, &documents.tree, item));
    section(&mut text, "normalise", &explain_model(model, item));
    let mut lowered = explain_api(api, &places);
    lowered.push_str(&explain_uses(api, &places));
    section(&mut text, "lower", &lowered);
    let plan = declare(sources, target, &analysis, &mut collector);
    section(&mut text, "plan", &explain_plan(&plan, api, &places, item));
    section(&mut text, "emit", &explain_items(&api_text(&plan), &documents.tree, documents.root(FileId(0)), item));
    Ok(text)
}

/// The node, or how far the pointer leads and what it might have meant.
fn find(documents: &Documents, pointer: &str) -> Result<NodeId, String> {
    let tree = &documents.tree;
    let Some(root) = documents.root(FileId(0)) else { return Err("the document cannot be read".to_owned()) };
    if let Some(item) = tree.pointer(root, pointer) {
        return Ok(item);
    }
    if !pointer.starts_with('/') && !pointer.starts_with("#/") {
        let near = named(tree, root, pointer);
        let help = near.map_or_else(
            || "one looks like `#/components/schemas/Pet`".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        return Err(format!("`{pointer}` is no JSON pointer; {help}"));
    }
    let ends = pointer.match_indices('/').map(|(end, _)| end).chain([pointer.len()]);
    let prefixes = ends.filter_map(|end| pointer.get(..end)).map(|prefix| (prefix, tree.pointer(root, prefix)));
    let mut reached = ("#", root);
    let mut missing = pointer;
    for (prefix, node) in prefixes {
        match node {
            Some(node) => reached = (prefix, node),
            None => {
                missing = prefix.rsplit('/').next().unwrap_or_default();
                break;
            }
        }
    }
    let known = tree.as_mapping(reached.1).unwrap_or_default().iter().map(|member| &*member.key);
    let shown = format!("#{}", reached.0.trim_start_matches('#'));
    let near = nearest(missing, known);
    // A path of the API looks like a pointer.
    if let (None, "#", Some(near)) = (near, shown.as_str(), named(tree, root, pointer)) {
        return Err(format!("`{pointer}` leads nowhere; did you mean `{near}`?"));
    }
    let help = near.map_or_else(String::new, |near| {
        let rest = pointer.get(reached.0.len() + 1 + missing.len()..).unwrap_or_default();
        format!("; did you mean `{shown}/{near}{rest}`?")
    });
    Err(format!("`{shown}` has no `{missing}`{help}"))
}

/// The pointer of a component or an operation that is called like this, or nearly.
fn named(tree: &Tree, root: NodeId, name: &str) -> Option<String> {
    let escaped = |key: &str| key.replace('~', "~0").replace('/', "~1");
    let mut known: Vec<(String, String)> = Vec::new();
    let sections = tree.member(root, "components").and_then(|components| tree.as_mapping(components));
    for section in sections.unwrap_or_default() {
        for member in tree.as_mapping(section.value).unwrap_or_default() {
            let pointer = format!("#/components/{}/{}", section.key, escaped(&member.key));
            known.push((member.key.to_string(), pointer));
        }
    }
    let paths = tree.member(root, "paths").and_then(|paths| tree.as_mapping(paths)).unwrap_or_default();
    for path in paths {
        known.push((path.key.to_string(), format!("#/paths/{}", escaped(&path.key))));
        for method in tree.as_mapping(path.value).unwrap_or_default() {
            if let Some(id) = tree.member(method.value, "operationId").and_then(|id| tree.as_str(id)) {
                known.push((id.to_owned(), format!("#/paths/{}/{}", escaped(&path.key), method.key)));
            }
        }
    }
    let alike =
        known.iter().map(|(known, _)| known.as_str()).filter(|known| known.starts_with('/') == name.starts_with('/'));
    let near = nearest(name, alike)?;
    known.iter().find(|(name, _)| name == near).map(|(_, pointer)| pointer.clone())
}

/// Where an item turns up in the API.
struct Places {
    types: Vec<TypeId>,
    properties: Vec<(TypeId, usize)>,
    operations: Vec<usize>,
    parameters: Vec<(usize, usize)>,
}

impl Places {
    fn of(api: &Api, item: NodeId) -> Self {
        let ids = || (0u32..).map(TypeId).zip(&api.types);
        let properties = ids().flat_map(|(id, ty)| {
            let Shape::Object(object) = &ty.shape else { return Vec::new() };
            let here = object.properties.iter().enumerate().filter(|(_, property)| property.origin == item);
            here.map(|(index, _)| (id, index)).collect()
        });
        let parameters = api.operations.iter().enumerate().flat_map(|(index, operation)| {
            let here = operation.parameters.iter().enumerate().filter(|(_, parameter)| parameter.origin == item);
            here.map(move |(at, _)| (index, at))
        });
        Self {
            types: ids().filter(|(_, ty)| ty.origin == item).map(|(id, _)| id).collect(),
            properties: properties.collect(),
            operations: (0..)
                .zip(&api.operations)
                .filter(|(_, operation)| operation.origin == item)
                .map(|(index, _)| index)
                .collect(),
            parameters: parameters.collect(),
        }
    }
}

/// The text as it stands, below its place.
fn explain_tree(sources: &Sources, tree: &Tree, item: NodeId) -> String {
    let place = tree.place(item);
    let position = sources.position(place);
    let mut text =
        format!("{}:{}:{}, {}\n", sources.name(place.file), position.line, position.column, tree.kind_name(item));
    let whole = sources.file(place.file).map_or("", |file| file.text.as_str());
    let before = whole.get(..place.start as usize).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    // Whole lines: a flow mapping shares its last one with what follows.
    let after = whole.get(place.end as usize..).unwrap_or_default();
    let end = place.end as usize + after.find('\n').unwrap_or(after.len());
    let excerpt = whole.get(start..end).unwrap_or_default();
    text.push_str(excerpt.trim_end());
    text.push('\n');
    text
}

fn explain_model(model: &Model, item: NodeId) -> String {
    let mut text = String::new();
    for (id, schema) in model.document.schemas.iter() {
        if schema.at == item {
            text.push_str(&outline(&format!("schema {}", id.number()), schema));
        }
    }
    for (origin, facts) in &model.operation_facts {
        if *origin == item {
            text.push_str(&outline("facts", facts));
        }
    }
    text
}

fn explain_api(api: &Api, places: &Places) -> String {
    let mut text = String::new();
    for id in &places.types {
        if let Some(ty) = api.types.get(id.0 as usize) {
            text.push_str(&outline(&format!("type {}", id.0), ty));
        }
    }
    for (id, index) in &places.properties {
        if let Some(Shape::Object(object)) = api.types.get(id.0 as usize).map(|ty| &ty.shape)
            && let Some(property) = object.properties.get(*index)
        {
            text.push_str(&outline(&format!("property of type {}", id.0), property));
        }
    }
    for index in &places.operations {
        if let Some(operation) = api.operations.get(*index) {
            text.push_str(&outline(&format!("operation {index}"), operation));
        }
    }
    for (index, at) in &places.parameters {
        if let Some(parameter) = api.operations.get(*index).and_then(|operation| operation.parameters.get(*at)) {
            text.push_str(&outline(&format!("parameter of operation {index}"), parameter));
        }
    }
    text
}

/// What the numbers of types stand for that the outlines of [`explain_api`] mention.
fn explain_uses(api: &Api, places: &Places) -> String {
    let types = places.types.iter().filter_map(|id| api.types.get(id.0 as usize)).map(value);
    let owners = places.properties.iter().filter_map(|(id, _)| api.types.get(id.0 as usize)).map(value);
    let operations = places.operations.iter().filter_map(|index| api.operations.get(*index)).map(value);
    let callers = places.parameters.iter().filter_map(|(index, _)| api.operations.get(*index)).map(value);
    let mut used = BTreeSet::new();
    for value in types.chain(owners).chain(operations).chain(callers) {
        find_uses(&value, &mut used);
    }
    let lines = used.into_iter().filter_map(|id| api.types.get(usize::try_from(id).ok()?).map(|ty| (id, ty)));
    lines.fold(String::new(), |mut text, (id, ty)| {
        let shape = value(&ty.shape);
        let kind = shape.as_object().and_then(|shape| shape.keys().next().cloned());
        let kind = kind.or_else(|| shape.as_str().map(str::to_owned)).unwrap_or_default();
        let _ = writeln!(text, "ty {id} is {kind} of {}", ty.pointer);
        text
    })
}

fn find_uses(value: &Json, used: &mut BTreeSet<u64>) {
    match value {
        Json::Object(members) => {
            used.extend(members.get("ty").and_then(Json::as_u64));
            members.values().for_each(|value| find_uses(value, used));
        }
        Json::Array(items) => items.iter().for_each(|item| find_uses(item, used)),
        _ => {}
    }
}

fn explain_names(api: &Api, all: &Names, places: &Places) -> String {
    let mut text = String::new();
    for id in &places.types {
        if let Some(names) = all.type_names(*id) {
            let _ = writeln!(text, "type `{}`: {}", names.ident, all.rule_of_type(api, *id));
            if !names.members.is_empty() {
                let _ = writeln!(text, "  with {}", names.members.join(", "));
            }
        }
    }
    for (id, index) in &places.properties {
        if let Some(names) = all.type_names(*id)
            && let Some(member) = names.members.get(*index)
        {
            let _ = writeln!(text, "field `{}.{member}`: {}", names.ident, all.rule_of_member(api, *id, *index));
        }
    }
    for index in &places.operations {
        if let Some(names) = all.operations.get(*index) {
            let _ = writeln!(text, "method `{}`: {}", names.id, all.rule_of_operation(api, *index));
            let _ = writeln!(text, "  marker `op::{}`", names.marker);
        }
    }
    for (index, at) in &places.parameters {
        if let Some(names) = all.operations.get(*index)
            && let Some(parameter) = names.parameters.get(*at)
        {
            let _ =
                writeln!(text, "argument `{parameter}` of `{}`: {}", names.id, all.rule_of_parameter(api, *index, *at));
        }
    }
    text
}

/// What was decided about the Rust that is written, and by which rule.
fn explain_plan(plan: &Plan, api: &Api, places: &Places, item: NodeId) -> String {
    let declared = |id: TypeId| {
        let origin = api.types.get(id.0 as usize).map_or("", |ty| ty.pointer.as_str());
        plan.types.iter().filter(move |decl| decl.origin == origin)
    };
    let types: Vec<&TypeDecl> = places.types.iter().copied().flat_map(declared).collect();
    let mut lines: Vec<String> = types.iter().flat_map(|decl| reason::of_type(plan, decl)).collect();
    for (id, index) in &places.properties {
        let Some(Shape::Object(object)) = api.types.get(id.0 as usize).map(|ty| &ty.shape) else { continue };
        let Some(property) = object.properties.get(*index) else { continue };
        for decl in declared(*id) {
            let TypeBody::Struct(body) = &decl.body else { continue };
            let fields = body.fields.iter().filter(|field| field.wire_name == property.wire_name);
            lines.extend(fields.map(|field| reason::of_field(decl, field)));
        }
    }
    let operations = places.operations.iter().filter_map(|index| api.operations.get(*index));
    let operations: Vec<&OperationDecl> = operations
        .filter_map(|operation| plan.operations().find(|planned| planned.origin == operation.pointer))
        .collect();
    lines.extend(operations.iter().flat_map(|operation| reason::of_operation(operation)));
    let owners = types.iter().map(|decl| decl.ident.as_str()).chain(operations.iter().map(|one| one.id.as_str()));
    let owners: Vec<&str> = owners.collect();
    let is_below = |raw: &RawPlace| {
        owners
            .iter()
            .filter_map(|owner| raw.item.strip_prefix(owner))
            .any(|rest| rest.is_empty() || rest.starts_with(['.', ':', ' ']))
    };
    let raw = plan.raw.iter().filter(|raw| raw.origin == item || is_below(raw));
    lines.extend(raw.map(|raw| reason::of_raw(&raw.item, raw.why)));
    lines.dedup();
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// The public items that say that they come from the item or from below it.
fn explain_items(public: &str, tree: &Tree, root: Option<NodeId>, item: NodeId) -> String {
    let from_here = |line: &&str| {
        let origin = line.rsplit_once(" origin=").map_or("", |(_, origin)| origin);
        let mut ends = origin.match_indices('/').map(|(end, _)| end).chain([origin.len()]);
        ends.any(|end| origin.get(..end).and_then(|start| tree.pointer(root?, start)) == Some(item))
    };
    public.lines().filter(from_here).fold(String::new(), |text, line| text + line + "\n")
}

fn section(text: &mut String, stage: &str, content: &str) {
    let _ = writeln!(text, "{stage}");
    if content.is_empty() {
        let _ = writeln!(text, "  nothing of its own: it is part of what stands around it\n");
        return;
    }
    let lines = content.lines().count();
    for line in content.lines().take(MOST_LINES) {
        let _ = writeln!(text, "  {line}");
    }
    if lines > MOST_LINES {
        let _ = writeln!(text, "  … {} more lines", lines - MOST_LINES);
    }
    text.push('\n');
}

/// The value as an outline: what says nothing is left out, and what fits on a line is on one.
fn outline(title: &str, value: &impl Serialize) -> String {
    let mut text = format!("{title}\n");
    write_outline(&spoken(self::value(value)), 1, &mut text);
    text
}

fn value(value: &impl Serialize) -> Json {
    serde_json::to_value(value).unwrap_or_default()
}

/// Without `null`, `false`, and what is empty.
fn spoken(value: Json) -> Json {
    let silent = |value: &Json| match value {
        Json::Null | Json::Bool(false) => true,
        Json::String(text) => text.is_empty(),
        Json::Array(items) => items.is_empty(),
        Json::Object(members) => members.is_empty(),
        _ => false,
    };
    match value {
        Json::Array(items) => items.into_iter().map(spoken).collect(),
        Json::Object(members) => {
            members.into_iter().map(|(key, value)| (key, spoken(value))).filter(|(_, value)| !silent(value)).collect()
        }
        scalar => scalar,
    }
}

fn write_outline(value: &Json, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    let parts: Vec<(String, &Json)> = match value {
        Json::Object(members) => members.iter().map(|(key, value)| (format!("{key}:"), value)).collect(),
        Json::Array(items) => items.iter().map(|item| ("-".to_owned(), item)).collect(),
        scalar => vec![(String::new(), scalar)],
    };
    for (label, part) in parts {
        let line = flow(part);
        // A long text has no parts to be spread over lines.
        if line.len() <= WIDTH || !(part.is_array() || part.is_object()) {
            let _ = writeln!(text, "{indent}{label} {line}");
        } else {
            let _ = writeln!(text, "{indent}{label}");
            write_outline(part, depth + 1, text);
        }
    }
}

/// The value on one line.
fn flow(value: &Json) -> String {
    match value {
        Json::Object(members) => {
            let members: Vec<String> = members.iter().map(|(key, value)| format!("{key}: {}", flow(value))).collect();
            format!("{{{}}}", members.join(", "))
        }
        Json::Array(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Json::String(text) => text.replace('\n', " "),
        scalar => scalar.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PETS: &str = "openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      operationId: listPets
      responses: { '200': { description: All., content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
components: { schemas: { Pet: { type: object, properties: { name: { type: string } } } } }
";

    fn check(pointer: &str, expected: &[&str]) {
        let mut sources = Sources::default();
        sources.add("pets.yaml", PETS);
        let text = match explain(&sources, &Target::default(), pointer) {
            Ok(text) => text,
            Err(ExplainError::Pointer(text)) => text,
            Err(ExplainError::Document(faults)) => format!("{faults:#?}"),
        };
        for words in expected {
            assert!(text.contains(words), "{words}\n{text}");
        }
    }

    #[test]
    fn every_stage_tells_what_it_made() {
        check(
            "#/components/schemas/Pet",
            &[
                "pets.yaml:8:31",
                "schema 1",
                "types: [Object]",
                "naming: {component: Pet}",
                "type `Pet`: the component is called `Pet`",
            ],
        );
        check(
            "#/components/schemas/Pet/properties/name",
            &[
                "property of type",
                "wire_name: name",
                "field `Pet.name`: the document calls it `name`",
                "field Pet.name",
            ],
        );
        check(
            "/paths/~1pets/get",
            &[
                "operation 0",
                "method `pets.list`: its `operationId` is `listPets`",
                "method: GET",
                "is Object of #/components/schemas/Pet",
                "op::",
            ],
        );
        check("#/info", &["pets.yaml:2:7", "part of what stands around it"]);
    }

    #[test]
    fn the_plan_tells_its_rules() {
        let check = |schema: &str, pointer: &str, expected: &str| {
            let mut sources = Sources::default();
            sources.add("pets.yaml", PETS.replace("{ name: { type: string } }", &format!("{{ name: {schema} }}")));
            let text = explain(&sources, &Target::default(), pointer).expect("an item");
            assert!(text.contains(expected), "{expected}\n{text}");
        };
        let pet = "#/components/schemas/Pet";
        let name = "#/components/schemas/Pet/properties/name";
        check("{ type: string }", pet, "`Pet` is a model without a constructor: only responses carry it");
        check("{ type: string }", name, "`Pet.name` is not required, so an `Option`");
        check("{ type: [object, 'null'], properties: { a: { type: string } } }", name, "so a `Field`, boxed");
        check("{ }", pet, "`Pet.name` is raw JSON: the document allows any value");
        check("{ oneOf: [{ type: string }, { type: string, format: date }] }", name, "nothing tells `");
        check("{ oneOf: [{ type: string }, { type: integer }] }", name, "told apart by shape");
        check("{ type: string }", "#/paths/~1pets/get", "`pets.list` gives one type: its successes agree on it");
    }

    #[test]
    fn a_long_text_stays_on_its_line() {
        let long = "It barks. ".repeat(50);
        let mut sources = Sources::default();
        let text =
            PETS.replace("{ name: { type: string } }", &format!("{{ name: {{ type: string, description: {long} }} }}"));
        sources.add("pets.yaml", text);
        let text = explain(&sources, &Target::default(), "#/components/schemas/Pet/properties/name").expect("an item");
        assert!(text.contains(long.trim_end()), "{text}");
    }

    #[test]
    fn a_pointer_that_leads_nowhere_tells_how_far_it_leads() {
        check(
            "#/components/schemas/Pett",
            &["`#/components/schemas` has no `Pett`; did you mean `#/components/schemas/Pet`?"],
        );
        check(
            "#/components/schemas/Pett/properties/name",
            &["did you mean `#/components/schemas/Pet/properties/name`?"],
        );
        check("/path/~1pets", &["`#` has no `path`; did you mean `#/paths/~1pets`?"]);
        check("Pett", &["`Pett` is no JSON pointer; did you mean `#/components/schemas/Pet`?"]);
        check("listPet", &["did you mean `#/paths/~1pets/get`?"]);
        check("/pet", &["`/pet` leads nowhere; did you mean `#/paths/~1pets`?"]);
        check("something", &["is no JSON pointer; one looks like"]);
    }
}

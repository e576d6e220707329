//! Plans of whole documents: what must hold for every plan, and small documents with what becomes of them.

mod invariants;

use std::fmt::Write as _;

use super::declaration::{BodyForm, OutputDecl, Plan, Presence, RustType, TypeBody, TypeDecl};
use crate::diagnostic::{Collector, Diagnostic, Profile};
use crate::output::Target;
use crate::source::Sources;
use crate::stages::analyse;

/// The plan of a text and what was reported; `None` where the document is refused.
fn plan_of(text: impl Into<Vec<u8>>, profile: Profile, target: &Target) -> (Option<Plan>, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    sources.add("api.yaml", text.into());
    let mut collector = Collector::new(profile);
    let plan = analyse(&sources, target, &mut collector).map(|analysis| {
        let input = super::Input {
            api: &analysis.api,
            names: &analysis.names,
            target,
            document: "api.yaml",
            tree: &analysis.documents.tree,
        };
        super::plan(&input, &mut collector)
    });
    (plan, collector.finish())
}

/// A document around these paths and components.
fn document(rest: &str) -> String {
    let paths = if rest.contains("\npaths:") || rest.starts_with("paths:") { "" } else { "paths: {}\n" };
    format!("openapi: 3.1.0\ninfo: {{ title: Shop, version: '1' }}\n{paths}{rest}")
}

pub(super) fn planned(rest: &str) -> Plan {
    let text = document(rest);
    let (plan, faults) = plan_of(text.as_str(), Profile::Lenient, &Target::default());
    let plan = plan.unwrap_or_else(|| panic!("{faults:#?}\n{text}"));
    invariants::check(&plan).unwrap_or_else(|broken| panic!("{broken}\n{text}"));
    plan
}

/// A type as Rust would write it.
fn spell(plan: &Plan, ty: &RustType) -> String {
    match ty {
        RustType::Declared(place) => plan.types[*place].ident.clone(),
        RustType::Scalar(scalar) => format!("{scalar:?}"),
        RustType::List(item) => format!("Vec<{}>", spell(plan, item)),
        RustType::Tuple(items) => {
            let items: Vec<String> = items.iter().map(|item| spell(plan, item)).collect();
            format!("({})", items.join(", "))
        }
        RustType::Map(value) => format!("Map<{}>", spell(plan, value)),
        RustType::Nullable(inner) => format!("Option<{}>", spell(plan, inner)),
        RustType::Field(inner) => format!("Field<{}>", spell(plan, inner)),
        RustType::Lines(inner) => format!("Lines<{}>", spell(plan, inner)),
        RustType::Boxed(inner) => format!("Box<{}>", spell(plan, inner)),
        RustType::Replaced(path) => path.clone(),
        RustType::Unit => "()".to_owned(),
    }
}

/// A type declaration in a few words.
fn spell_decl(plan: &Plan, decl: &TypeDecl) -> String {
    let mut text = format!("{}/{}", decl.module, decl.ident);
    match &decl.body {
        TypeBody::Struct(body) => {
            let constructor = match &body.constructor {
                None => "-".to_owned(),
                Some(made) => made.record.as_ref().map_or("new".to_owned(), |record| record.ident.clone()),
            };
            let _ = write!(text, " {constructor}");
            for member in &body.fields {
                let ty = spell(plan, &member.ty);
                let ty = if member.boxed { format!("Box<{ty}>") } else { ty };
                let ty = match member.presence {
                    Presence::Required => ty,
                    Presence::RequiredNullable => format!("Null<{ty}>"),
                    Presence::Optional => format!("Option<{ty}>"),
                    Presence::OptionalNullable => format!("Field<{ty}>"),
                };
                let _ = write!(text, " {}:{ty}", member.ident);
            }
            if let Some(extra) = &body.extra_type {
                let _ = write!(text, " {}:{}*", body.extra_ident, spell(plan, extra));
            }
        }
        TypeBody::StringEnum(values) | TypeBody::IntegerEnum(values) => {
            values.iter().for_each(|value| {
                let _ = write!(text, " {}", value.ident);
            });
        }
        TypeBody::Union(body) => {
            let _ = write!(text, " {:?}", body.choice);
            for variant in &body.variants {
                let boxed = if variant.boxed { "Box " } else { "" };
                let _ = write!(text, " {}({boxed}{})", variant.ident, spell(plan, &variant.ty));
            }
        }
        TypeBody::RawUnion(variants) => {
            text.push_str(" raw");
            for variant in variants {
                let _ = write!(text, " {}({})", variant.ident, spell(plan, &variant.ty));
            }
        }
    }
    text
}

fn types(rest: &str) -> Vec<String> {
    let plan = planned(rest);
    plan.types.iter().map(|decl| spell_decl(&plan, decl)).collect()
}

/// The documents of the corpus that lies beside the repository, smallest first.
fn corpus() -> Vec<std::path::PathBuf> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/files");
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<std::path::PathBuf> = entries.filter(|path| path.is_file()).collect();
    files.sort_by_key(|path| std::fs::metadata(path).map_or(0, |meta| meta.len()));
    files
}

#[test]
fn plans_of_real_documents_hold_together() {
    // The rest says nothing new and takes its time.
    let most: u64 = std::env::var("TYPEWRIGHT_CORPUS_BYTES").ok().and_then(|text| text.parse().ok()).unwrap_or(300_000);
    let files = corpus();
    if files.is_empty() {
        eprintln!("no corpus beside the repository: nothing was planned");
    }
    for path in files.iter().filter(|path| std::fs::metadata(path).is_ok_and(|meta| meta.len() <= most)) {
        let (plan, _) = plan_of(std::fs::read(path).unwrap_or_default(), Profile::Lenient, &Target::default());
        if let Some(plan) = plan {
            invariants::check(&plan).unwrap_or_else(|broken| panic!("{}: {broken}", path.display()));
        }
    }
}

#[test]
fn presence_is_what_required_and_null_say() {
    let check = |members: &str, expected: &str| {
        let text = format!("components: {{ schemas: {{ A: {{ type: object, {members} }} }} }}");
        assert_eq!(types(&text), [expected], "{members}");
    };
    check("properties: { a: { type: string } }", "shared/A new a:Option<String>");
    check("required: [a], properties: { a: { type: string } }", "shared/A new a:String");
    check("properties: { a: { type: [string, 'null'] } }", "shared/A new a:Field<String>");
    check("required: [a], properties: { a: { type: [string, 'null'] } }", "shared/A new a:Null<String>");
    check("properties: { a: {} }", "shared/A new a:Field<Json>");
    check("required: [a], properties: { a: {} }", "shared/A new a:Json");
    check(
        "properties: { a: { type: array, items: { type: [integer, 'null'] } } }",
        "shared/A new a:Option<Vec<Option<I64>>>",
    );
    check("properties: { type: { type: string } }", "shared/A new r#type:Option<String>");
    check(
        "properties: { a: {type: string} }, additionalProperties: { type: integer }",
        "shared/A new a:Option<String> extra:I64*",
    );
    check(
        "required: [a,b,c,d,e], properties: { a: {type: string}, b: {type: string}, c: {type: string}, d: {type: string}, e: {type: string} }",
        "shared/A ARequired a:String b:String c:String d:String e:String",
    );
}

#[test]
fn structs_in_members_are_boxed() {
    let check = |schemas: &str, expected: &[&str]| {
        let text = format!("components:\n  schemas:\n{schemas}");
        assert_eq!(types(&text), expected, "{schemas}");
    };
    check(
        "    Tree: { type: object, properties: { left: { $ref: '#/components/schemas/Tree' }, all: { type: array, items: { $ref: '#/components/schemas/Tree' } } } }\n",
        &["shared/Tree new left:Option<Box<Tree>> all:Option<Vec<Tree>>"],
    );
    check(
        "    B: { type: object, properties: { a: { $ref: '#/components/schemas/A' } } }\n    A: { type: object, properties: { b: { $ref: '#/components/schemas/B' } } }\n    Z: { type: object, properties: { b: { $ref: '#/components/schemas/B' } } }\n",
        &["shared/A new b:Option<Box<B>>", "shared/B new a:Option<Box<A>>", "shared/Z new b:Option<Box<B>>"],
    );
}

#[test]
fn unions_are_told_apart_by_tag_or_shape_or_not() {
    let check = |schema: &str, expected: &str| {
        let text = format!(
            "components:\n  schemas:\n    Cat: {{ type: object, required: [meow], properties: {{ kind: {{ type: string }}, meow: {{ type: string }} }} }}\n    Dog: {{ type: object, required: [bark], properties: {{ kind: {{ type: string }}, bark: {{ type: string }} }} }}\n    Any: {{ type: object, properties: {{ kind: {{ type: string }} }} }}\n    Pet: {schema}\n"
        );
        let found = types(&text);
        assert_eq!(
            found.iter().find(|line| line.starts_with("shared/Pet ")).map(String::as_str),
            Some(expected),
            "{schema}"
        );
    };
    let both = "oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]";
    check(
        &format!("{{ {both}, discriminator: {{ propertyName: kind }} }}"),
        "shared/Pet Tag(\"kind\") Cat(Box Cat) Dog(Box Dog)",
    );
    check(&format!("{{ {both} }}"), "shared/Pet Shape Cat(Box Cat) Dog(Box Dog)");
    check(
        "{ oneOf: [{ $ref: '#/components/schemas/Cat' }, { type: string }, { type: array, items: { type: integer } }] }",
        "shared/Pet Shape Cat(Box Cat) String(String) List(Vec<I64>)",
    );
    check(
        "{ oneOf: [{ $ref: '#/components/schemas/Any' }, { type: object, properties: { other: { type: string } } }] }",
        "shared/Pet raw Any(Any) Other(PetOther)",
    );
}

#[test]
fn types_split_where_they_travel_both_ways() {
    let found = types(
        "paths:
  /orders:
    post:
      operationId: createOrder
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Parcel' } } } }
      responses: { '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Parcel' } } } } }
components:
  schemas:
    Parcel: { type: object, properties: { order: { $ref: '#/components/schemas/Order' }, plain: { $ref: '#/components/schemas/Plain' } } }
    Order: { type: object, required: [id, name], properties: { id: { type: string, readOnly: true }, name: { type: string }, secret: { type: string, writeOnly: true, format: password } } }
    Plain: { type: object, properties: { a: { type: string } } }
",
    );
    assert_eq!(
        found,
        [
            "orders/Order - id:String name:String",
            "orders/OrderInput new name:String secret:Option<String>",
            "orders/Parcel - order:Option<Box<Order>> plain:Option<Box<Plain>>",
            "orders/ParcelInput new order:Option<Box<OrderInput>> plain:Option<Box<Plain>>",
            "orders/Plain new a:Option<String>",
        ]
    );
}

#[test]
fn what_only_merges_into_others_is_no_type() {
    let found = types(
        "components:\n  schemas:\n    Base: { type: object, properties: { id: { type: string } } }\n    A: { allOf: [{ $ref: '#/components/schemas/Base' }], type: object, properties: { a: { type: string } } }\n",
    );
    assert_eq!(found, ["shared/A new id:Option<String> a:Option<String>"]);
}

/// One operation with these members, and what its call gives.
fn operation(members: &str) -> (Plan, String) {
    let text = format!(
        "x-typewright: {{ validate: requests }}\npaths:\n  /orders:\n    post:\n      operationId: createOrder\n      tags: [orders]\n      {members}\ncomponents:\n  schemas:\n    Order: {{ type: object, properties: {{ name: {{ type: string, maxLength: 3 }} }} }}\n    Fault: {{ type: object, properties: {{ code: {{ type: string, enum: [a] }} }} }}\n"
    );
    let plan = planned(&text);
    let output = match &plan.resources[0].operations[0].output {
        OutputDecl::Json(ty) => spell(&plan, ty),
        OutputDecl::OptionalJson(ty) => format!("Option<{}>", spell(&plan, ty)),
        OutputDecl::OneOf { ident, variants, other } => {
            let idents = variants.iter().map(|variant| variant.ident.as_str()).chain(other.as_deref());
            format!("{ident}: {}", idents.collect::<Vec<_>>().join(" "))
        }
        other => format!("{other:?}"),
    };
    (plan, output)
}

#[test]
fn an_output_is_what_the_successes_have_in_common() {
    let order = "content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } }";
    let text = "content: { text/plain: { schema: { type: string } } }";
    let check = |responses: &str, expected: &str| {
        assert_eq!(operation(&format!("responses: {{ {responses} }}")).1, expected, "{responses}");
    };
    check("'204': { description: none }", "Empty");
    check(&format!("'200': {{ description: ok, {order} }}"), "Order");
    check(&format!("'200': {{ description: ok, {order} }}, '201': {{ description: ok, {order} }}"), "Order");
    check(&format!("'200': {{ description: ok, {order} }}, '204': {{ description: none }}"), "Option<Order>");
    check(&format!("'200': {{ description: ok, {text} }}"), "Text");
    check(
        &format!("'200': {{ description: ok, {order} }}, '202': {{ description: ok, {text} }}"),
        "CreateOrderOutput: Ok Accepted Other",
    );
    check(&format!("default: {{ description: ok, {order} }}"), "Order");
    let json = "application/json: { schema: { $ref: '#/components/schemas/Order' } }";
    let both = |other: &str| format!("'200': {{ description: ok, content: {{ {json}, {other} }} }}");
    check(&both("text/csv: {}"), "CreateOrderOutput: Ok OkCsv Other");
    check(&both("image/png: {}, image/gif: {}"), "CreateOrderOutput: Ok OkPng OkGif Other");
    check(&both("text/csv: {}, application/csv: {}"), "CreateOrderOutput: Ok OkTextCsv OkApplicationCsv Other");
    check(&both("a/b+json: { schema: { type: integer } }"), "CreateOrderOutput: Ok OkBJson Other");
    check(
        &both("text/csv: {} }, headers: {} }, '204': { description: none, content: {"),
        "CreateOrderOutput: Ok OkCsv NoContent Other",
    );
    for same in [
        "text/json: { schema: { $ref: '#/components/schemas/Order' } }",
        "application/xml: {}, text/plain: {}, a/b+xml: {}",
        "text/event-stream: {}, application/x-ndjson: {}",
        "'*/*': {}, 'image/*': {}, 'ü': {}",
    ] {
        check(&both(same), "Order");
    }
    check("'200': { description: ok, content: { image/png: {}, image/gif: {} } }", "Bytes");
    check("'200': { description: ok, content: { application/pdf: {} } }", "Bytes");
    check(
        "'200': { description: ok, content: { application/json: { schema: { anyOf: [{ $ref: '#/components/schemas/Order' }, { type: 'null' }] } } } }",
        "Option<Order>",
    );
}

#[test]
fn refusals_are_variants_and_bodies_are_arguments() {
    let (plan, _) = operation(
        "requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
      responses: { '204': { description: none }, '4XX': { description: no, content: { application/json: { schema: { $ref: '#/components/schemas/Fault' } } } } }",
    );
    let operation = &plan.resources[0].operations[0];
    assert_eq!(plan.error.variants.iter().map(|(ident, _)| ident.as_str()).collect::<Vec<_>>(), ["Fault"]);
    let answers: Vec<(Option<usize>, bool)> =
        operation.answers.iter().map(|answer| (answer.error, answer.success)).collect();
    assert_eq!(answers, [(None, true), (Some(0), false)]);
    let body = operation.body.as_ref().expect("a body");
    assert_eq!((body.ident.as_str(), body.required, body.form), ("body", true, BodyForm::Value));
    assert_eq!(body.rules.members.len(), 1);
    assert_eq!(
        operation.method.signature.docs,
        ["Calls `orders.create`.", "", "`POST /orders`", "", "Answers:", "", "- `204`: none", "- `4XX`: no"]
    );
    let modules: Vec<String> = plan.types.iter().map(|decl| format!("{}/{}", decl.module, decl.ident)).collect();
    assert_eq!(modules, ["orders/Order", "shared/Fault", "shared/FaultCode"]);
}

#[test]
fn paging_fits_or_is_reported() {
    let text = |pagination: &str| {
        document(&format!(
            "paths:\n  /orders:\n    get:\n      operationId: listOrders\n      tags: [orders]\n      x-typewright: {{ pagination: {pagination} }}\n      parameters: [{{ name: page, in: query, schema: {{ type: integer }} }}]\n      responses: {{ '200': {{ description: ok, content: {{ application/json: {{ schema: {{ type: object, required: [items], properties: {{ items: {{ type: array, items: {{ type: string }} }} }} }} }} }} }} }}\n"
        ))
    };
    let (plan, faults) =
        plan_of(text("{ style: page, page: page, items: /items }"), Profile::Lenient, &Target::default());
    let plan = plan.unwrap_or_else(|| panic!("{faults:#?}"));
    let pagination = plan.resources[0].operations[0].pagination.as_ref().expect("paging");
    assert_eq!(pagination.items_path, [("items".to_owned(), Presence::Required)]);
    assert_eq!(spell(&plan, &pagination.item), "String");
    let (_, faults) = plan_of(text("{ style: page, page: page, items: /rows }"), Profile::Lenient, &Target::default());
    assert!(faults.iter().any(|fault| fault.label.contains("`/rows` leads to no list")), "{faults:#?}");
    let last = |member: &str| format!("{{ style: cursor, cursor: page, items: /items, last_item: {member} }}");
    let (plan, faults) = plan_of(text(&last("''")), Profile::Strict, &Target::default());
    assert!(plan.is_some_and(|plan| plan.resources[0].operations[0].pagination.is_some()), "{faults:#?}");
    let (_, faults) = plan_of(text(&last("/id")), Profile::Lenient, &Target::default());
    assert!(faults.iter().any(|fault| fault.label.contains("`/id` leads to no text or number in its items")));
}

//! The stages in their order, each with what it hands to the next. What a stage does is its module's business.

use std::collections::BTreeSet;
use std::panic::resume_unwind;
use std::thread;

use crate::api::{Api, Raw};
use crate::diagnostic::{Collector, Diagnostic, codes, nearest};
use crate::lower::lower;
use crate::name::{Names, name};
use crate::normalise::model::{Document, Model, Operation};
use crate::normalise::normalise;
use crate::output::{FileSet, Target, Untyped};
use crate::overlay;
use crate::plan::declaration::Plan;
use crate::plan::{Input, plan};
use crate::read::{Documents, read};
use crate::selection::{Candidate, Pattern, Selection};
use crate::source::{FileId, Place, Sources};
use crate::tree::NodeId;

/// What is known of a document before a target is looked at.
pub(crate) struct Analysis {
    pub(crate) documents: Documents,
    pub(crate) model: Model,
    pub(crate) api: Api,
    pub(crate) names: Names,
}

/// Runs the stages that find faults in a document. A stage collects all faults that it can; the next one starts only if
/// none of them is an error, so that nobody is told what follows from a fault as if it were one.
pub(crate) fn analyse(sources: &Sources, target: &Target, collector: &mut Collector) -> Option<Analysis> {
    let mut documents = read(sources, collector);
    if !overlay::apply(&mut documents, sources, collector) {
        return None;
    }
    let mut model = normalise(&mut documents, sources, collector)?;
    choose(&mut model, &target.selection, documents.root(FileId(0)).map(|root| documents.tree.place(root)), collector);
    mark_replaced(&mut model, target);
    check_target(&model, target, &documents, collector);
    let api = lower(&model, &documents.tree, collector);
    let names = name(&api, &documents.tree, collector);
    (!collector.has_errors()).then_some(Analysis { documents, model, api, names })
}

/// A document set with its overlays applied, and which of its operations were asked for. All faults that its own passes find
/// are reported.
pub(crate) fn bundled(
    sources: &Sources,
    target: &Target,
    collector: &mut Collector,
) -> Option<(Documents, Option<BTreeSet<NodeId>>)> {
    let mut documents = read(sources, collector);
    if !overlay::apply(&mut documents, sources, collector) {
        return None;
    }
    let mut checked = documents.clone();
    let mut model = normalise(&mut checked, sources, collector)?;
    let place = documents.root(FileId(0)).map(|root| documents.tree.place(root));
    choose(&mut model, &target.selection, place, collector);
    (!collector.has_errors()).then_some((documents, model.chosen))
}

/// Notes which operations were asked for. A pattern that matches none is a slip, and would silently do nothing.
fn choose(model: &mut Model, selection: &Selection, root: Option<Place>, collector: &mut Collector) {
    if selection.is_everything() {
        return;
    }
    let mut chosen = BTreeSet::new();
    let mut unused: Vec<&Pattern> = selection.include.iter().chain(&selection.exclude).collect();
    let mut all = Vec::new();
    for (method, path, operation) in candidates(model) {
        let id = operation.operation_id.as_deref();
        let candidate = Candidate { tags: &operation.tags, operation_id: id, method, path };
        unused.retain(|pattern| !pattern.matches(candidate));
        if selection.chooses(candidate) {
            chosen.insert(operation.at);
        }
        all.push(candidate);
    }
    for pattern in unused {
        let near = pattern.nearest(&all);
        let help = near.map_or_else(|| "mend or remove it".to_owned(), |near| format!("did you mean `{near}`?"));
        collector
            .report(&codes::SELECTION_WITHOUT_TARGET, root)
            .message(format!("`{pattern}` matches no operation of this document"))
            .label("no operation matches")
            .help(help);
    }
    model.chosen = Some(chosen);
}

/// Every operation with its method and path; one of a webhook has no path.
fn candidates(model: &Model) -> impl Iterator<Item = (&str, Option<&str>, &Operation)> {
    let paths = model.document.paths.iter().map(|(path, item)| (Some(path.as_str()), item));
    let webhooks = model.document.webhooks.iter().map(|(_, item)| (None, item));
    paths.chain(webhooks).flat_map(|(path, item)| {
        item.operations.iter().map(move |(method, operation)| (method.as_str(), path, operation))
    })
}

/// Marks the components for which the application brings its own type.
fn mark_replaced(model: &mut Model, target: &Target) {
    let Document { components, schemas, .. } = &mut model.document;
    for (key, schema) in &components.schemas {
        if target.type_replacements.contains_key(key) {
            schemas.get_mut(*schema).replaced = true;
        }
    }
}

/// A replacement or derive for a component that the document does not have would silently do nothing.
fn check_target(model: &Model, target: &Target, documents: &Documents, collector: &mut Collector) {
    let Some(root) = documents.root(FileId(0)) else { return };
    let keys: Vec<&str> = model.document.components.schemas.iter().map(|(key, _)| key.as_str()).collect();
    let wanted = target.type_replacements.keys().chain(target.extra_derives.keys().filter(|key| *key != "*"));
    for key in wanted.filter(|key| !keys.contains(&key.as_str())) {
        let near = nearest(key, keys.iter().copied()).map(|near| format!("did you mean `{near}`?"));
        collector
            .report(&codes::CONFIGURATION_WITHOUT_TARGET, documents.tree.place(root))
            .message(format!("the crate's `types` or `derives` name the schema `{key}`, and this document has none"))
            .label("no such key under `components.schemas`")
            .help(near.unwrap_or_else(|| "mend or remove it in `typewright.toml`".to_owned()));
    }
}

/// Enough for a document that is nested as deep as the readers allow, in a build without optimisation. Address space, not
/// memory: what is not used costs nothing.
const STACK_BYTES: usize = 64 << 20;

/// Runs all stages, on a stack of a known size: stages recurse over a document's nesting, and the caller may be a test or a
/// build script with little left of its own. There are files unless an error is among the diagnostics.
pub(crate) fn run(
    sources: &Sources,
    target: &Target,
    emit: fn(&Plan, &Target) -> FileSet,
) -> (Option<FileSet>, Vec<Diagnostic>) {
    on_large_stack(&|| run_here(sources, target, emit))
}

/// Does the work on a thread of its own, or here where there are no threads.
pub(crate) fn on_large_stack<T: Send>(work: &(impl Fn() -> T + Sync)) -> T {
    thread::scope(|scope| match thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, work) {
        Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
        Err(_) => work(),
    })
}

fn run_here(
    sources: &Sources,
    target: &Target,
    emit: fn(&Plan, &Target) -> FileSet,
) -> (Option<FileSet>, Vec<Diagnostic>) {
    let mut collector = Collector::new(target.profile);
    let files = analyse(sources, target, &mut collector).and_then(|analysis| {
        let plan = declare(sources, target, &analysis, &mut collector);
        let untyped = untyped(&plan, &analysis.documents);
        (!collector.has_errors()).then(|| FileSet { left_out: analysis.model.left_out, untyped, ..emit(&plan, target) })
    });
    (files, collector.finish())
}

/// The raw places of a plan, where the document has them.
fn untyped(plan: &Plan, documents: &Documents) -> Vec<Untyped> {
    let places = plan.raw.iter().map(|raw| Untyped {
        place: documents.tree.place(raw.origin),
        site: raw.site,
        item: raw.item.clone(),
        keyword: match raw.why {
            Raw::Declared => None,
            Raw::Beyond(keyword) => Some(keyword),
        },
    });
    let mut places: Vec<Untyped> = places.collect();
    places.sort();
    places
}

/// Plans the declarations of what was analysed.
pub(crate) fn declare(sources: &Sources, target: &Target, analysis: &Analysis, collector: &mut Collector) -> Plan {
    let name = sources.name(FileId(0));
    let document = name.rsplit('/').next().unwrap_or(name);
    let Analysis { documents, api, names, .. } = analysis;
    plan(&Input { api, names, target, document, tree: &documents.tree }, collector)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Profile;

    const DOCUMENT: &str = "openapi: 3.1.0\ninfo: { title: Shop, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n    \
        Money: { type: string, format: decimal }\n    \
        Order: { type: object, required: [total], properties: { total: { $ref: '#/components/schemas/Money' } } }\n";

    fn made(text: &str, target: &Target) -> (Option<FileSet>, Vec<Diagnostic>) {
        let mut sources = Sources::default();
        sources.add("shop.yaml", text);
        run(&sources, target, crate::emit::emit)
    }

    fn shop() -> Target {
        Target {
            crate_name: "shop".to_owned(),
            version: "1.0.0".to_owned(),
            profile: Profile::Strict,
            ..Target::default()
        }
    }

    #[test]
    fn a_scalar_component_can_be_replaced() {
        let types = [("Money".to_owned(), "money::Money".to_owned())].into();
        let (files, faults) = made(DOCUMENT, &Target { type_replacements: types, ..shop() });
        let files = files.unwrap_or_else(|| panic!("{faults:#?}")).files;
        assert!(files.values().any(|text| text.contains("pub total: money::Money,")), "{files:#?}");
    }

    #[test]
    fn a_replacement_without_a_target_is_a_fault() {
        let types = [("Mony".to_owned(), "money::Money".to_owned())].into();
        let (files, faults) = made(DOCUMENT, &Target { type_replacements: types, ..shop() });
        assert!(files.is_none());
        let fault = faults.first().map(|fault| (fault.code.id, fault.message.as_str(), fault.help.as_str()));
        let message = "the crate's `types` or `derives` name the schema `Mony`, and this document has none";
        assert_eq!(fault, Some(("TW0802", message, "did you mean `Money`?")));
    }

    #[test]
    fn what_a_document_only_names_reaches_the_client() {
        let document = "openapi: 3.1.0\ninfo: { title: Shop, version: '1' }\npaths:\n  /a:\n    get:\n      security: [{ X-Key: [] }]\n      \
            parameters: [{ name: Accept, in: header, schema: { enum: [application/vnd.shop+json] } }]\n      \
            responses: { '200': { description: ok, content: { application/json: { schema: { type: object } } } } }\n";
        let (files, faults) = made(document, &Target { profile: Profile::Lenient, ..shop() });
        let files = files.unwrap_or_else(|| panic!("{faults:#?}")).files;
        let all: String = files.values().map(|text| text.split_whitespace().collect::<String>()).collect();
        assert!(all.contains(r#"rt::SecurityScheme::undeclared("X-Key","x-key")"#), "{files:#?}");
        assert!(all.contains(r#".accept("application/vnd.shop+json")"#), "{files:#?}");
        let readme = &files["README.md"];
        let row = "| `X-Key` | `Credentials::bearer(…)`, `Credentials::basic(…)`, or `Credentials::api_key(…)` in the header `x-key`";
        assert!(readme.contains(row), "{readme}");
    }

    #[test]
    fn an_explicit_name_must_be_one() {
        let named = DOCUMENT.replace("type: object,", "type: object, x-typewright: { name: order-line },");
        let (files, faults) = made(&named, &shop());
        assert!(files.is_none());
        let fault = faults.first().map(|fault| (fault.code.id, fault.message.as_str(), fault.help.as_str()));
        assert_eq!(fault, Some(("TW0602", "`order-line` cannot be the name of a type", "write `OrderLine`")));
    }

    #[test]
    fn every_raw_place_has_its_reason() {
        let text = "openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /orders:
    get:
      operationId: listOrders
      parameters: [{ name: by, in: query, content: { application/json: {} } }]
      responses: { '200': { description: All., content: { application/json: { schema: {} } } } }
components:
  schemas:
    Order:
      type: object
      properties:
        any: {}
        free: { type: object }
        list: { type: array }
        nothing: { type: 'null' }
        lost: { $ref: '#/components/schemas/Gone' }
        not: { not: { type: string } }
        pair: { type: array, prefixItems: [{ type: number }, { type: string }] }
        keyed: { type: object, patternProperties: { ^a: { type: string }, ^b: { type: number } } }
        both: { allOf: [{ oneOf: [{ type: string }, { type: number }] }, { anyOf: [{ type: string }, { type: boolean }] }] }
        never: { allOf: [false, { type: string }] }
        typed: { type: array, items: { type: string } }
";
        let (files, _) = made(text, &Target { profile: Profile::Lenient, ..shop() });
        let untyped = files.expect("files").untyped;
        let said = |one: &Untyped| format!("{} {} {}", one.site.noun(), one.item, one.keyword.unwrap_or("any"));
        let expected = [
            "parameter orders.list by any",
            "response orders.list any",
            "field Order.any any",
            "field Order.free any",
            "field Order.list any",
            "field Order.nothing any",
            "field Order.lost $ref",
            "field Order.not not",
            "field Order.pair prefixItems",
            "field Order.keyed patternProperties",
            "field Order.both oneOf",
            "field Order.never false",
        ];
        assert_eq!(untyped.iter().map(said).collect::<Vec<_>>(), expected);
    }
}

//! Pass: operations.
//!
//! Before: operations as the document has them. After: no operationId stands twice, every `{name}` of a path has its
//! parameter and every path parameter its `{name}`, no parameter stands twice, and every security requirement names
//! schemes that are declared or known not to be. Two operations that no server could tell apart are refused.

use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use super::document::{
    Component, Document, Format, JsonType, Operation, Parameter, Place as In, Routed, SchemaId, SchemaNode,
    SecurityRequirement, Slot,
};
use super::model::Model;
use crate::arena::Arena;
use crate::diagnostic::Collector;
use crate::diagnostic::codes::{
    AMBIGUOUS_ROUTE, BAD_PATH, DUPLICATE_OPERATION_ID, DUPLICATE_PARAMETER, DUPLICATE_ROUTE, QUERY_BESIDE_QUERYSTRING,
    UNDECLARED_PATH_PARAMETER, UNKNOWN_SECURITY_SCHEME, UNUSED_PATH_PARAMETER,
};
use crate::source::Place;
use crate::tree::NodeId;

/// Runs the pass.
pub(crate) fn check(context: &Context<'_>, model: &mut Model, collector: &mut Collector) {
    check_paths(context, model, collector);
    check_routes(context, model, collector);
    check_ids(context, model, collector);
    check_parameters(context, model, collector);
    check_security(context, model, collector);
}

fn key_place(context: &Context<'_>, path: &str) -> Option<Place> {
    let paths = context.tree.member(context.root, "paths")?;
    context.tree.entry(paths, path).map(|member| member.key_place)
}

fn member_place(context: &Context<'_>, node: NodeId, key: &str) -> Place {
    context.tree.place(context.tree.member(node, key).unwrap_or(node))
}

/// Names between braces, in the template's order; `Err` if the braces do not pair.
pub(crate) fn template_names(path: &str) -> Result<Vec<&str>, ()> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some(at) = rest.find(['{', '}']) {
        let (_, after) = rest.split_at(at);
        let inner = after.strip_prefix('{').ok_or(())?;
        let (name, behind) = inner.split_once('}').ok_or(())?;
        if name.is_empty() || name.contains('{') {
            return Err(());
        }
        names.push(name);
        rest = behind;
    }
    Ok(names)
}

/// `/a/{x}/b` and `/a/{y}/b` are the same route.
fn route(path: &str) -> String {
    template_names(path)
        .unwrap_or_default()
        .iter()
        .fold(path.to_owned(), |route, name| route.replacen(&format!("{{{name}}}"), "{}", 1))
}

/// Braces must pair; what cannot be sent is left out. That a path begins with a slash is the structure check's business.
fn check_paths(context: &Context<'_>, model: &mut Model, collector: &mut Collector) {
    let broken = |path: &str| template_names(path).is_err();
    let mut left_out = 0;
    model.document.paths.retain(|(path, item)| {
        if broken(path) {
            collector
                .report(&BAD_PATH, key_place(context, path))
                .message(format!("`{path}` is no path"))
                .label("its braces do not pair")
                .help("write each parameter as `{name}`")
                .recovery("the path is left out");
            left_out += item.operations.len();
        }
        !broken(path)
    });
    model.left_out += left_out;
}

/// Two operations on one method and path. Paths that differ in the names of their parameters only are the same path to a
/// server, but a client can call both: their ids, or else the names of their parameters, tell them apart.
fn check_routes(context: &Context<'_>, model: &Model, collector: &mut Collector) {
    let mut routes: BTreeMap<(&str, String), Vec<Routed<'_>>> = BTreeMap::new();
    for routed in model.document.operations() {
        routes.entry((routed.method, route(routed.path))).or_default().push(routed);
    }
    for operations in routes.values() {
        for (index, second) in operations.iter().enumerate().skip(1) {
            let before = operations.get(..index).unwrap_or_default();
            report_route(context, before, *second, collector);
        }
    }
}

fn report_route(context: &Context<'_>, before: &[Routed<'_>], again: Routed<'_>, collector: &mut Collector) {
    let Routed { path, method, operation, .. } = again;
    let exact = before.iter().any(|other| other.path == path);
    let place = key_place(context, path).unwrap_or_else(|| context.tree.place(operation.at));
    let report = collector
        .report(if exact { &DUPLICATE_ROUTE } else { &AMBIGUOUS_ROUTE }, place)
        .message(format!("`{method} {path}` stands twice"))
        .label(if exact { "again here" } else { "the same path with other names of its parameters" })
        .help("remove one of the two operations, or change its path")
        .recovery("both are generated");
    if let Some(place) = before.first().and_then(|first| key_place(context, first.path)) {
        let _ = report.related(place, "first here");
    }
}

/// An operationId that stands twice names neither: which one came first says nothing.
fn check_ids(context: &Context<'_>, model: &mut Model, collector: &mut Collector) {
    let mut origins: BTreeMap<String, Vec<NodeId>> = BTreeMap::new();
    for Routed { operation, .. } in model.document.operations() {
        if let Some(id) = &operation.operation_id {
            origins.entry(id.clone()).or_default().push(operation.at);
        }
    }
    origins.retain(|_, nodes| nodes.len() > 1);
    for (id, nodes) in &origins {
        let mut places = nodes.iter().map(|node| member_place(context, *node, "operationId"));
        let Some(first) = places.next() else { continue };
        for place in places {
            collector
                .report(&DUPLICATE_OPERATION_ID, place)
                .message(format!("the operationId `{id}` stands twice"))
                .label("again here")
                .help("give each operation an id of its own")
                .recovery("both operations are named by method and path")
                .related(first, "first here");
        }
    }
    let items = model.document.paths.iter_mut().map(|(_, item)| item);
    for (_, operation) in items.flat_map(|item| &mut item.operations) {
        operation.operation_id = operation.operation_id.take().filter(|id| !id.is_empty() && !origins.contains_key(id));
    }
}

type Shared = Arena<Component<Parameter>>;

/// Place and name of a parameter.
fn identity(parameter: &Parameter) -> (&'static str, &str) {
    (parameter.place.word(), &parameter.name)
}

struct Parameters<'a> {
    context: &'a Context<'a>,
    collector: &'a mut Collector,
    components: &'a Shared,
    schemas: &'a mut Arena<SchemaNode>,
    /// The schema of parameters that nothing declares.
    text: Option<SchemaId>,
    /// Parameters that were told to stand beside a whole query: those of a path are many operations'.
    beside: BTreeSet<NodeId>,
}

fn check_parameters(context: &Context<'_>, model: &mut Model, collector: &mut Collector) {
    let Document { paths, components, schemas, .. } = &mut model.document;
    let components = &components.parameters;
    let mut pass = Parameters { context, collector, components, schemas, text: None, beside: BTreeSet::new() };
    for (path, item) in paths.iter_mut() {
        pass.clean(path, &mut item.parameters);
    }
    for (path, item) in paths {
        for (_, operation) in &mut item.operations {
            pass.clean(path, &mut operation.parameters);
            pass.whole_query(operation, &item.parameters);
            pass.declare(path, operation, &item.parameters);
        }
    }
}

impl<'a> Parameters<'a> {
    fn get<'p>(&self, parameter: &'p Slot<Parameter>) -> &'p Parameter
    where
        'a: 'p,
    {
        parameter.get(self.components).0
    }

    /// Takes out what stands twice, and path parameters that the path does not have.
    fn clean(&mut self, path: &str, parameters: &mut Vec<Slot<Parameter>>) {
        let names = template_names(path).unwrap_or_default();
        let mut seen: Vec<(&'static str, String)> = Vec::new();
        parameters.retain(|parameter| {
            let parameter = self.get(parameter);
            let (location, name) = identity(parameter);
            let key = (location, name.to_owned());
            let place = self.context.tree.place(parameter.at);
            if seen.contains(&key) {
                self.collector
                    .report(&DUPLICATE_PARAMETER, place)
                    .message(format!("the {location} parameter `{name}` stands twice"))
                    .label("again here")
                    .help("remove one of the two")
                    .recovery("the first one counts");
                return false;
            }
            if matches!(parameter.place, In::Path { .. }) && !names.contains(&name) {
                self.collector
                    .report(&UNUSED_PATH_PARAMETER, place)
                    .message(format!("`{path}` has no `{{{name}}}`"))
                    .label("this path parameter has no place in the path")
                    .help(format!("put `{{{name}}}` into the path, or remove the parameter"))
                    .recovery("the parameter is ignored");
                return false;
            }
            seen.push(key);
            true
        });
    }

    /// A parameter that is the whole query is the only one of the query.
    fn whole_query(&mut self, operation: &Operation, shared: &[Slot<Parameter>]) {
        let mut all: Vec<&Parameter> = Vec::new();
        for parameter in operation.parameters.iter().chain(shared).map(|parameter| self.get(parameter)) {
            let of_query = matches!(parameter.place, In::Query { .. } | In::WholeQuery { .. });
            if of_query && !all.iter().any(|other| identity(other) == identity(parameter)) {
                all.push(parameter);
            }
        }
        let is_whole = |parameter: &&Parameter| matches!(parameter.place, In::WholeQuery { .. });
        let Some(at) = all.iter().position(is_whole) else { return };
        let whole = all.remove(at);
        for parameter in all {
            if !self.beside.insert(parameter.at) {
                continue;
            }
            let (location, name) = identity(parameter);
            let whole_name = &whole.name;
            self.collector
                .report(&QUERY_BESIDE_QUERYSTRING, self.context.tree.place(parameter.at))
                .message(format!(
                    "the {location} parameter `{name}` stands beside `{whole_name}`, which is the whole query"
                ))
                .label("part of the same query")
                .help(format!("describe `{name}` in the schema of `{whole_name}`, or remove one of the two"))
                .recovery("both are sent, joined by `&`")
                .related(self.context.tree.place(whole.at), "the whole query");
        }
    }

    /// Adds a string for each `{name}` that nothing declares.
    fn declare(&mut self, path: &str, operation: &mut Operation, shared: &[Slot<Parameter>]) {
        for name in template_names(path).unwrap_or_default() {
            let mut declared = operation.parameters.iter().chain(shared).map(|parameter| self.get(parameter));
            if declared.any(|parameter| identity(parameter) == ("path", name)) {
                continue;
            }
            let place = key_place(self.context, path).unwrap_or_else(|| self.context.tree.place(operation.at));
            self.collector
                .report(&UNDECLARED_PATH_PARAMETER, place)
                .message(format!("`{{{name}}}` of `{path}` is not declared"))
                .label(format!("no parameter `{name}` with `in: path`"))
                .help(format!("declare it: `{{ name: {name}, in: path, required: true, schema: {{ type: string }} }}`"))
                .recovery("it is a string");
            let parameter = self.string_parameter(name, operation);
            operation.parameters.push(Slot::Own(parameter));
        }
    }

    fn string_parameter(&mut self, name: &str, operation: &Operation) -> Parameter {
        let root = self.context.root;
        let schema = *self.text.get_or_insert_with(|| {
            self.schemas.push(SchemaNode { types: vec![JsonType::String], ..SchemaNode::new(root, String::new()) })
        });
        Parameter {
            at: operation.at,
            pointer: operation.pointer.clone(),
            name: name.to_owned(),
            place: In::Path { style: openapiv3::PathStyle::Simple, allow_reserved: false },
            description: None,
            required: true,
            deprecated: false,
            explode: None,
            format: Format::Schema(schema),
        }
    }
}

/// A scheme that a requirement names and nothing declares.
struct Undeclared {
    /// What names it first.
    node: NodeId,
    /// How many requirements name it.
    uses: usize,
}

/// A scheme that is not declared still says that credentials are needed; what they are, the caller knows. It is told once, since
/// frameworks write such requirements at every operation.
fn check_security(context: &Context<'_>, model: &mut Model, collector: &mut Collector) {
    let document = &model.document;
    let mut unknown: BTreeMap<String, Undeclared> = BTreeMap::new();
    let mut note = |requirements: Option<&Vec<SecurityRequirement>>, node: NodeId| {
        let needs = requirements.into_iter().flatten().flat_map(|requirement| &requirement.needs);
        let keys: BTreeSet<&String> = needs.map(|(key, _)| key).collect();
        for key in keys.into_iter().filter(|key| !document.components.scheme_keys().any(|known| known == key.as_str()))
        {
            unknown.entry(key.clone()).or_insert(Undeclared { node, uses: 0 }).uses += 1;
        }
    };
    note(document.security.as_ref(), context.root);
    for Routed { operation, .. } in document.operations() {
        note(operation.security.as_ref(), operation.at);
    }
    for (key, Undeclared { node, uses }) in &unknown {
        // One that makes no sense was told where it stands.
        if !is_left_out(context, key) {
            let others = if *uses > 1 { format!(", and in {} more places", uses - 1) } else { String::new() };
            collector
                .report(&UNKNOWN_SECURITY_SCHEME, member_place(context, *node, "security"))
                .message(format!("the security scheme `{key}` is not declared"))
                .label(format!("it is needed here{others}"))
                .help(format!("declare `components.securitySchemes.{key}`"))
                .recovery("the client takes a bearer token, a user and password, or an API key for it");
        }
    }
    model.undeclared_schemes = unknown.into_iter().map(|(key, unknown)| (key, unknown.node)).collect();
}

fn is_left_out(context: &Context<'_>, scheme: &str) -> bool {
    let components = context.tree.member(context.root, "components");
    let schemes = components.and_then(|at| context.tree.member(at, "securitySchemes"));
    schemes.and_then(|at| context.tree.member(at, scheme)).is_some_and(|node| context.left_out.contains(node))
}

#[cfg(test)]
mod tests {
    use super::{route, template_names};
    use crate::normalise::testing::{check_faults, model_of};

    const HEAD: &str = "openapi: 3.2.0\ninfo: {title: t, version: '1'}\npaths:\n";

    #[track_caller]
    fn check(paths: &str, expected: &[&str]) {
        check_faults(&format!("{HEAD}{paths}"), expected);
    }

    #[test]
    fn templates_are_taken_apart() {
        assert_eq!(template_names("/a/{b}.{c}"), Ok(vec!["b", "c"]));
        assert_eq!(template_names("/a/{b"), Err(()));
        assert_eq!(template_names("/a/b}"), Err(()));
        assert_eq!(route("/a/{b}/{c}"), "/a/{}/{}");
    }

    #[test]
    fn two_operations_on_one_method_and_path_are_told() {
        let parameter = |name: &str| format!("parameters: [{{name: {name}, in: path, required: true, schema: {{}}}}]");
        let two = |first: &str, second: &str| {
            format!(
                "  /a/{{x}}: {{get: {{{first}{}}}}}\n  /a/{{y}}: {{get: {{{second}{}}}}}\n",
                parameter("x"),
                parameter("y")
            )
        };
        let help = "remove one of the two operations, or change its path";
        for (first, second) in [("", ""), ("operationId: a, ", ""), ("operationId: a, ", "operationId: b, ")] {
            let fault = format!("5:3 TW0509 `GET /a/{{y}}` stands twice | {help} | both are generated");
            check(&two(first, second), &[&fault]);
        }
        check(
            "  /a: {get: {}, additionalOperations: {GET: {}}}",
            &[&format!("4:3 TW0501 `GET /a` stands twice | {help} | ")],
        );
    }

    #[test]
    fn a_duplicate_operation_id_names_neither() {
        let paths = "  /a: {get: {operationId: x}}\n  /b: {get: {operationId: x}}\n";
        check(
            paths,
            &[
                "5:27 TW0502 the operationId `x` stands twice | give each operation an id of its own | both operations are named by method and path",
            ],
        );
        let model = model_of(&format!("{HEAD}{paths}"));
        assert!(model.document.operations().all(|routed| routed.operation.operation_id.is_none()));
    }

    #[test]
    fn path_parameters_and_templates_agree() {
        check(
            "  /a/{b}: {get: {parameters: [{name: c, in: path, required: true, schema: {}}]}}",
            &[
                "4:3 TW0503 `{b}` of `/a/{b}` is not declared | declare it: `{ name: b, in: path, required: true, schema: { type: string } }` | it is a string",
                "4:31 TW0504 `/a/{b}` has no `{c}` | put `{c}` into the path, or remove the parameter | the parameter is ignored",
            ],
        );
        let model = model_of(&format!("{HEAD}  /a/{{b}}: {{get: {{}}}}"));
        let operation = model.document.operations().next().unwrap().operation;
        let (parameter, _) = operation.parameters[0].get(&model.document.components.parameters);
        assert_eq!((parameter.name.as_str(), parameter.required), ("b", true));
    }

    #[test]
    fn broken_paths_and_parameters_are_told() {
        check(
            "  /a/{b: {get: {}}\n",
            &["4:3 TW0508 `/a/{b` is no path | write each parameter as `{name}` | the path is left out"],
        );
        check(
            "  /a: {get: {parameters: [{name: c, in: query, schema: {}}, {name: c, in: query, schema: {}}]}}",
            &["4:61 TW0505 the query parameter `c` stands twice | remove one of the two | the first one counts"],
        );
        check(
            "  /a: {get: {security: [{key: []}, {}]}}",
            &[
                "4:24 TW0507 the security scheme `key` is not declared | declare `components.securitySchemes.key` | the client takes a bearer token, a user and password, or an API key for it",
            ],
        );
    }
}

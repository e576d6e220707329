//! Pass: operations.
//!
//! Before: operations as the document has them. After: no operationId stands twice, every `{name}` of a path has its
//! parameter and every path parameter its `{name}`, no parameter stands twice, and every security requirement names
//! schemes that are declared or known not to be. Two operations that no server could tell apart are refused.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{Operation, Parameter, PathItem, ReferenceOr};

use super::Context;
use super::model::{JsonType, Model, ORIGIN, SCHEMA_REFERENCE, SchemaNode, component_key, is_whole_query, origin};
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

/// Every operation of the document that a client calls: path, method in upper case, and the operation.
pub(crate) fn each(model: &Model) -> impl Iterator<Item = (&str, String, &Operation)> {
    let own = model.openapi.operations().map(|(path, method, operation)| (path, method.to_uppercase(), operation));
    own.chain(model.extra_operations.iter().map(|extra| (extra.path.as_str(), extra.method.clone(), &extra.operation)))
}

/// The same, to change them.
fn each_mut(model: &mut Model) -> impl Iterator<Item = (&str, &mut Operation)> {
    let own = model.openapi.paths.paths.iter_mut().flat_map(|(path, item)| {
        let operations = match item {
            ReferenceOr::Item(item) => operations_mut(item),
            ReferenceOr::Reference { .. } => Vec::new(),
        };
        operations.into_iter().map(move |operation| (path.as_str(), operation))
    });
    own.chain(model.extra_operations.iter_mut().map(|extra| (extra.path.as_str(), &mut extra.operation)))
}

fn operations_mut(item: &mut PathItem) -> Vec<&mut Operation> {
    let PathItem { get, put, post, delete, options, head, patch, trace, .. } = item;
    [get, put, post, delete, options, head, patch, trace].into_iter().flatten().collect()
}

fn key_place(context: &Context<'_>, path: &str) -> Option<Place> {
    let paths = context.tree.member(context.root, "paths")?;
    context.tree.entry(paths, path).map(|member| member.key_place)
}

fn member_place(context: &Context<'_>, node: Option<NodeId>, key: &str) -> Option<Place> {
    let node = node?;
    Some(context.tree.place(context.tree.member(node, key).unwrap_or(node)))
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
    model.openapi.paths.paths.retain(|path, item| {
        if broken(path) {
            let count = item.as_item().map_or(0, |item| item.iter().count());
            collector
                .report(&BAD_PATH, key_place(context, path))
                .message(format!("`{path}` is no path"))
                .label("its braces do not pair")
                .help("write each parameter as `{name}`")
                .recovery("the path is left out");
            left_out += count;
        }
        !broken(path)
    });
    let extra = model.extra_operations.len();
    model.extra_operations.retain(|extra| !broken(&extra.path));
    model.left_out += left_out + extra - model.extra_operations.len();
}

/// Two operations on one method and path. Paths that differ in the names of their parameters only are the same path to a
/// server, but a client can call both: their ids, or else the names of their parameters, tell them apart.
fn check_routes(context: &Context<'_>, model: &Model, collector: &mut Collector) {
    let mut routes: BTreeMap<(String, String), Vec<(&str, &Operation)>> = BTreeMap::new();
    for (path, method, operation) in each(model) {
        routes.entry((method, route(path))).or_default().push((path, operation));
    }
    for ((method, _), operations) in routes {
        for (index, second) in operations.iter().enumerate().skip(1) {
            let before = operations.get(..index).unwrap_or_default();
            report_route(context, &method, (before, *second), collector);
        }
    }
}

type Routed<'m> = (&'m str, &'m Operation);

fn report_route(
    context: &Context<'_>,
    method: &str,
    (before, (path, operation)): (&[Routed<'_>], Routed<'_>),
    collector: &mut Collector,
) {
    let exact = before.iter().any(|(other, _)| *other == path);
    let place = origin(&operation.extensions).map(|node| context.tree.place(node));
    let report = collector
        .report(if exact { &DUPLICATE_ROUTE } else { &AMBIGUOUS_ROUTE }, key_place(context, path).or(place))
        .message(format!("`{method} {path}` stands twice"))
        .label(if exact { "again here" } else { "the same path with other names of its parameters" })
        .help("remove one of the two operations, or change its path")
        .recovery("both are generated");
    if let Some(place) = before.first().and_then(|(first, _)| key_place(context, first)) {
        let _ = report.related(place, "first here");
    }
}

/// An operationId that stands twice names neither: which one came first says nothing.
fn check_ids(context: &Context<'_>, model: &mut Model, collector: &mut Collector) {
    let mut origins: BTreeMap<String, Vec<Option<NodeId>>> = BTreeMap::new();
    for (_, _, operation) in each(model) {
        if let Some(id) = &operation.operation_id {
            origins.entry(id.clone()).or_default().push(origin(&operation.extensions));
        }
    }
    origins.retain(|_, nodes| nodes.len() > 1);
    for (id, nodes) in &origins {
        let mut places = nodes.iter().map(|node| member_place(context, *node, "operationId"));
        let first = places.next().flatten();
        for place in places {
            let report = collector
                .report(&DUPLICATE_OPERATION_ID, place)
                .message(format!("the operationId `{id}` stands twice"))
                .label("again here")
                .help("give each operation an id of its own")
                .recovery("both operations are named by method and path");
            if let Some(first) = first {
                let _ = report.related(first, "first here");
            }
        }
    }
    for (_, operation) in each_mut(model) {
        operation.operation_id = operation.operation_id.take().filter(|id| !id.is_empty() && !origins.contains_key(id));
    }
}

/// Place and name of a parameter, its component's where it is a reference.
fn identity<'m>(
    components: &'m BTreeMap<String, (&'static str, String)>,
    parameter: &'m ReferenceOr<Parameter>,
) -> Option<(&'static str, &'m str)> {
    match parameter {
        ReferenceOr::Item(item) => Some((location(item), item.parameter_data_ref().name.as_str())),
        ReferenceOr::Reference { .. } => {
            let (location, name) = components.get(&component_key(parameter)?)?;
            Some((location, name))
        }
    }
}

fn location(parameter: &Parameter) -> &'static str {
    match parameter {
        Parameter::Query { parameter_data, .. } if is_whole_query(parameter_data) => "querystring",
        Parameter::Query { .. } => "query",
        Parameter::Header { .. } => "header",
        Parameter::Path { .. } => "path",
        Parameter::Cookie { .. } => "cookie",
    }
}

struct Parameters<'a> {
    context: &'a Context<'a>,
    collector: &'a mut Collector,
    components: BTreeMap<String, (&'static str, String)>,
    origins: BTreeMap<String, NodeId>,
    /// Parameters that were told to stand beside a whole query: those of a path are many operations'.
    beside: BTreeSet<NodeId>,
}

fn check_parameters(context: &Context<'_>, model: &mut Model, collector: &mut Collector) {
    let mut pass = Parameters {
        context,
        collector,
        components: BTreeMap::new(),
        origins: BTreeMap::new(),
        beside: BTreeSet::new(),
    };
    for (key, parameter) in model.openapi.components.iter().flat_map(|components| &components.parameters) {
        if let ReferenceOr::Item(item) = parameter {
            let data = item.parameter_data_ref();
            pass.components.insert(key.clone(), (location(item), data.name.clone()));
            pass.origins.extend(origin(&data.extensions).map(|node| (key.clone(), node)));
        }
    }
    let mut shared: BTreeMap<String, Vec<ReferenceOr<Parameter>>> = BTreeMap::new();
    for (path, item) in &mut model.openapi.paths.paths {
        if let ReferenceOr::Item(item) = item {
            pass.clean(path, &mut item.parameters);
            shared.insert(path.clone(), item.parameters.clone());
        }
    }
    let schema = SCHEMA_REFERENCE.to_owned() + &model.schemas.len().to_string();
    let mut added = false;
    for (path, operation) in each_mut(model) {
        pass.clean(path, &mut operation.parameters);
        let own = shared.get(path).map(Vec::as_slice).unwrap_or_default();
        pass.whole_query(operation, own);
        added |= pass.declare(path, operation, own, &schema);
    }
    if added {
        model.schemas.push(SchemaNode {
            types: vec![JsonType::String],
            origin: Some(context.root),
            ..SchemaNode::default()
        });
    }
}

impl Parameters<'_> {
    /// Takes out what stands twice, and path parameters that the path does not have.
    fn clean(&mut self, path: &str, parameters: &mut Vec<ReferenceOr<Parameter>>) {
        let names = template_names(path).unwrap_or_default();
        let mut seen: Vec<(&'static str, String)> = Vec::new();
        let mut kept = Vec::new();
        for parameter in parameters.drain(..) {
            let Some((location, name)) = identity(&self.components, &parameter) else { continue };
            let key = (location, name.to_owned());
            let place = self.origin(&parameter).map(|node| self.context.tree.place(node));
            if seen.contains(&key) {
                self.collector
                    .report(&DUPLICATE_PARAMETER, place)
                    .message(format!("the {location} parameter `{name}` stands twice"))
                    .label("again here")
                    .help("remove one of the two")
                    .recovery("the first one counts");
            } else if location == "path" && !names.contains(&name) {
                self.collector
                    .report(&UNUSED_PATH_PARAMETER, place)
                    .message(format!("`{path}` has no `{{{name}}}`"))
                    .label("this path parameter has no place in the path")
                    .help(format!("put `{{{name}}}` into the path, or remove the parameter"))
                    .recovery("the parameter is ignored");
            } else {
                seen.push(key);
                kept.push(parameter);
            }
        }
        *parameters = kept;
    }

    /// A parameter that is the whole query is the only one of the query.
    fn whole_query(&mut self, operation: &Operation, shared: &[ReferenceOr<Parameter>]) {
        let mut all: Vec<(&str, &str, Option<NodeId>)> = Vec::new();
        for parameter in operation.parameters.iter().chain(shared) {
            let Some((location, name)) = identity(&self.components, parameter) else { continue };
            let overridden = all.iter().any(|(place, other, _)| (*place, *other) == (location, name));
            if location.starts_with("query") && !overridden {
                all.push((location, name, self.origin(parameter)));
            }
        }
        let Some(at) = all.iter().position(|(location, ..)| *location == "querystring") else { return };
        let (_, whole, first) = all.remove(at);
        for (location, name, node) in all {
            if !node.is_none_or(|node| self.beside.insert(node)) {
                continue;
            }
            let report =
                self.collector.report(&QUERY_BESIDE_QUERYSTRING, node.map(|node| self.context.tree.place(node)));
            let report = report
                .message(format!("the {location} parameter `{name}` stands beside `{whole}`, which is the whole query"))
                .label("part of the same query")
                .help(format!("describe `{name}` in the schema of `{whole}`, or remove one of the two"))
                .recovery("both are sent, joined by `&`");
            if let Some(first) = first {
                let _ = report.related(self.context.tree.place(first), "the whole query");
            }
        }
    }

    fn origin(&self, parameter: &ReferenceOr<Parameter>) -> Option<NodeId> {
        match parameter {
            ReferenceOr::Item(item) => origin(&item.parameter_data_ref().extensions),
            ReferenceOr::Reference { .. } => self.origins.get(&component_key(parameter)?).copied(),
        }
    }

    /// Adds a string for each `{name}` that nothing declares. Returns whether there was one.
    fn declare(
        &mut self,
        path: &str,
        operation: &mut Operation,
        shared: &[ReferenceOr<Parameter>],
        schema: &str,
    ) -> bool {
        let mut added = false;
        for name in template_names(path).unwrap_or_default() {
            let mut declared = operation.parameters.iter().chain(shared);
            if declared.any(|parameter| identity(&self.components, parameter) == Some(("path", name))) {
                continue;
            }
            let node = origin(&operation.extensions);
            let place = key_place(self.context, path).or(node.map(|node| self.context.tree.place(node)));
            self.collector
                .report(&UNDECLARED_PATH_PARAMETER, place)
                .message(format!("`{{{name}}}` of `{path}` is not declared"))
                .label(format!("no parameter `{name}` with `in: path`"))
                .help(format!("declare it: `{{ name: {name}, in: path, required: true, schema: {{ type: string }} }}`"))
                .recovery("it is a string");
            operation.parameters.push(string_parameter(name, schema, node));
            added = true;
        }
        added
    }
}

fn string_parameter(name: &str, schema: &str, node: Option<NodeId>) -> ReferenceOr<Parameter> {
    let extensions = node.map(|node| (ORIGIN.to_owned(), serde_json::Value::from(node.0)));
    let parameter_data = openapiv3::ParameterData {
        name: name.to_owned(),
        description: None,
        required: true,
        deprecated: None,
        format: openapiv3::ParameterSchemaOrContent::Schema(ReferenceOr::ref_(schema)),
        example: None,
        examples: indexmap::IndexMap::new(),
        explode: None,
        extensions: extensions.into_iter().collect(),
    };
    ReferenceOr::Item(Parameter::Path { parameter_data, style: openapiv3::PathStyle::Simple })
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
    let declared = model.openapi.components.as_ref().map(|components| &components.security_schemes);
    let mut unknown: BTreeMap<String, Undeclared> = BTreeMap::new();
    let mut note = |requirements: Option<&Vec<openapiv3::SecurityRequirement>>, node: NodeId| {
        let keys: BTreeSet<&String> = requirements.into_iter().flatten().flat_map(|needs| needs.keys()).collect();
        for key in keys.into_iter().filter(|key| !declared.is_some_and(|schemes| schemes.contains_key(*key))) {
            unknown.entry(key.clone()).or_insert(Undeclared { node, uses: 0 }).uses += 1;
        }
    };
    note(model.openapi.security.as_ref(), context.root);
    for (_, _, operation) in each(model) {
        note(operation.security.as_ref(), origin(&operation.extensions).unwrap_or(context.root));
    }
    for (key, Undeclared { node, uses }) in &unknown {
        // One that makes no sense was told where it stands.
        if !is_left_out(context, key) {
            let others = if *uses > 1 { format!(", and in {} more places", uses - 1) } else { String::new() };
            collector
                .report(&UNKNOWN_SECURITY_SCHEME, member_place(context, Some(*node), "security"))
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
        assert!(model.openapi.operations().all(|(_, _, operation)| operation.operation_id.is_none()));
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
        let (_, _, operation) = model.openapi.operations().next().unwrap();
        let data = operation.parameters[0].as_item().unwrap().parameter_data_ref();
        assert_eq!((data.name.as_str(), data.required), ("b", true));
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

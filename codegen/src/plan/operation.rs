//! Operations: what a method takes, what it gives, and what its docs tell.

use super::declaration::{ErrorDecl, OperationDecl, OutputDecl, PaginationDecl, StreamDecl};
use super::index::Index;
use super::nested::Nested;
use super::server::Servers;
use super::{body, docs, error, header, method, output, pagination, parameter, stream};
use crate::api::{Body, Content, Location, Operation, Status, is_redirect};
use crate::diagnostic::Collector;
use crate::facts::Declared;
use crate::name::OperationNames;
use crate::tree::Tree;

/// All operations by their position in the API; `None` for those that the credentials call.
pub(super) fn plan_operations(
    index: &Index<'_>,
    error: &ErrorDecl,
    (nested, servers): (&Nested, &Servers),
    (tree, collector): (&Tree, &mut Collector),
) -> Vec<Option<OperationDecl>> {
    let plan = |(operation, names): (&Operation, &OperationNames)| {
        if operation.facts.token_endpoint {
            return None;
        }
        let chosen = output::plan_output(index, operation, names, output::Contents::Chosen);
        let pagination = pagination::plan_pagination(index, operation, &chosen).unwrap_or_else(|misfit| {
            pagination::report(operation, &misfit, tree, collector);
            None
        });
        // What looks into the body needs one type of it.
        let looked_into = pagination.is_some() || !operation.facts.expects.is_empty() || operation.facts.unverified;
        let output = match looked_into || operation.facts.session.is_some() {
            true => chosen,
            false => output::plan_output(index, operation, names, output::Contents::All),
        };
        let held = names.resource.map(|resource| nested.held(&index.names.resources, resource)).unwrap_or_default();
        let held: Vec<&str> = held.iter().map(|parameter| parameter.wire_name.as_str()).collect();
        let given = Given { error, servers, held: &held, output, pagination };
        Some(plan_operation(index, (operation, names), given))
    };
    index.api.operations.iter().zip(&index.names.operations).map(plan).collect()
}

/// What is known of an operation before it is put together.
struct Given<'a> {
    error: &'a ErrorDecl,
    servers: &'a Servers,
    /// Wire names of the path parameters that its resource holds.
    held: &'a [&'a str],
    output: OutputDecl,
    pagination: Option<PaginationDecl>,
}

fn plan_operation(
    index: &Index<'_>,
    (operation, names): (&Operation, &OperationNames),
    Given { error, servers, held, output, pagination }: Given<'_>,
) -> OperationDecl {
    let parameters = parameter::held_first(parameter::plan_parameters(index, operation, names), held);
    let (body, other_bodies) = (body::plan_body(index, operation, names), body::plan_others(index, operation, names));
    let streams = stream::plan_streams(index, operation);
    let mut docs = operation_docs(index, (operation, names), held, (&output, &streams));
    if pagination.is_some() {
        docs::append(&mut docs, pagination::WORDS.to_owned());
    }
    let deprecated = operation.docs.deprecated;
    let mut methods = method::Methods { names, parameters: &parameters, docs, deprecated };
    let method = methods.method(body.as_ref());
    OperationDecl {
        others: methods.others(&method, &other_bodies),
        method,
        marker_ident: names.marker.clone(),
        id: names.id.clone(),
        http_method: operation.method.clone(),
        path: operation.path.clone(),
        deprecated,
        parameters,
        held: held.len(),
        body,
        other_bodies,
        accept: stream::plan_accept(operation, &output),
        output,
        streams,
        headers: header::plan_headers(index, operation),
        answers: error::plan_answers(index, error, operation),
        security: operation.security.clone(),
        pagination,
        retry: operation.facts.retry.clone(),
        session: operation.facts.session,
        idempotency: operation.facts.idempotency.clone(),
        server: servers.of_operation(&operation.servers),
        expects: operation.facts.expects.clone(),
        unverified: operation.facts.unverified,
        preview: operation.facts.preview.clone(),
        official: plan_official(index, operation),
        origin: operation.pointer.clone(),
    }
}

/// What the operation says, or else what the document says of all operations.
fn plan_official(index: &Index<'_>, operation: &Operation) -> Option<String> {
    let sdk = index.api.facts.official_sdk.as_ref()?;
    match &operation.facts.official_sdk {
        Declared::Own(name) => Some(name.clone()),
        Declared::Off => None,
        Declared::Inherit => {
            let (template, id) = (sdk.operations.as_ref()?, operation.operation_id.as_ref()?);
            Some(template.replace("{operation_id}", id))
        }
    }
}

fn operation_docs(
    index: &Index<'_>,
    (operation, names): (&Operation, &OperationNames),
    held: &[&str],
    (output, streams): (&OutputDecl, &[StreamDecl]),
) -> Vec<String> {
    let mut lines = docs::lines(&operation.docs);
    if lines.is_empty() {
        lines.push(format!("Calls {}.", docs::code(&names.id)));
    }
    if let Some(feature) = &operation.facts.preview {
        let feature = docs::code(feature);
        docs::append(
            &mut lines,
            format!("A preview, which any version may change: it is there with the cargo feature {feature}."),
        );
    }
    let http = docs::code(&format!("{} {}", operation.method, operation.path));
    docs::append(&mut lines, format!("{http}{}", scopes(operation)));
    docs::extend(&mut lines, argument_docs(operation, names, held));
    if let Some(body) = operation.body.as_ref().and_then(|body| body.description.as_deref()) {
        let line = docs::clean_line(body);
        if !line.is_empty() {
            docs::append(&mut lines, format!("Body: {line}"));
        }
    }
    if let Some(line) = body::words(index, operation) {
        docs::append(&mut lines, line);
    }
    docs::extend(&mut lines, answer_docs(index, operation, output));
    if *output == OutputDecl::Redirect {
        docs::append(
            &mut lines,
            "Awaited, the call gives where the server redirects to, and does not go there.".to_owned(),
        );
    }
    for stream in streams {
        docs::append(&mut lines, stream::words(output, stream).to_owned());
    }
    lines
}

fn scopes(operation: &Operation) -> String {
    let mut scopes: Vec<&String> = Vec::new();
    let needed = operation.security.iter().flatten().flat_map(|needed| &needed.scopes);
    for scope in operation.facts.scopes.iter().chain(needed) {
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    let list: Vec<String> = scopes.iter().map(|scope| docs::code(scope)).collect();
    match list.as_slice() {
        [] => String::new(),
        [only] => format!(", scope {only}"),
        _ => format!(", scopes {}", list.join(", ")),
    }
}

/// What the arguments mean; setters have docs of their own, and what the resource holds is told by its accessor.
fn argument_docs(operation: &Operation, names: &OperationNames, held: &[&str]) -> Vec<String> {
    let mut lines = Vec::new();
    let in_parts = operation.body.as_ref().and_then(Body::chosen).is_some_and(Content::is_form_data);
    for (parameter, ident) in operation.parameters.iter().zip(&names.parameters) {
        let words = docs::parameter_words(parameter);
        let is_held = parameter.location == Location::Path && held.contains(&parameter.wire_name.as_str());
        let is_taken = parameter.required && (in_parts || parameter.location != Location::Part);
        if is_taken && !is_held && !words.is_empty() {
            lines.push(format!("- {}: {words}", docs::code(ident)));
        }
    }
    lines
}

fn answer_docs(index: &Index<'_>, operation: &Operation, output: &OutputDecl) -> Vec<String> {
    let mut lines = Vec::new();
    for answer in &operation.answers {
        let words = docs::clean_line(&answer.description);
        let words = if words.is_empty() { error::type_words(index, answer) } else { words };
        let kinds = output::words(output, answer.status).or_else(|| followed(operation, output, answer.status));
        let words = match (words.is_empty(), kinds) {
            (_, None) => words,
            (true, Some(kinds)) => kinds,
            (false, Some(kinds)) => format!("{} {kinds}", docs::sentence(&words)),
        };
        let words = if words.is_empty() { String::new() } else { format!(": {words}") };
        lines.push(format!("- {}{words}", docs::code(&answer.status.to_string())));
    }
    if !lines.is_empty() {
        lines.splice(0..0, ["Answers:".to_owned(), String::new()]);
    }
    lines
}

/// What becomes of a redirect beside another success.
fn followed(operation: &Operation, output: &OutputDecl, status: Status) -> Option<String> {
    let is_read = matches!(operation.method.as_str(), "GET" | "HEAD");
    let follows = is_read && *output != OutputDecl::Redirect && is_redirect(status);
    follows.then(|| "Followed, unless `.redirect(…)` says otherwise.".to_owned())
}

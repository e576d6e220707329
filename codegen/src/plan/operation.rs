//! Operations: what a method takes, what it gives, and what its docs tell.

use super::declaration::{ErrorDecl, OperationDecl, OutputDecl};
use super::index::Index;
use super::nested::Nested;
use super::server::Servers;
use super::{body, docs, error, header, output, paging, parameter, stream};
use crate::api::{Body, Content, Location, Operation, Status, is_redirect};
use crate::diagnostic::Collector;
use crate::name::OperationNames;
use crate::tree::Tree;

/// All operations by their position in the API; `None` for those that the credentials call.
pub(super) fn plan_operations(
    index: &Index<'_>,
    error: &ErrorDecl,
    (nested, servers): (&Nested, &Servers),
    (tree, collector): (&Tree, &mut Collector),
) -> Vec<Option<OperationDecl>> {
    let mut plan = |(operation, names): (&Operation, &OperationNames)| {
        if operation.facts.token_endpoint {
            return None;
        }
        let held = names.resource.map(|resource| nested.held(&index.names.resources, resource)).unwrap_or_default();
        let held: Vec<&str> = held.iter().map(|parameter| parameter.wire_name.as_str()).collect();
        let mut planned = plan_operation(index, error, (operation, names), &held);
        planned.paging = paging::plan_paging(index, operation, &planned.output).unwrap_or_else(|misfit| {
            paging::report(operation, &misfit, tree, collector);
            None
        });
        // What looks into the body needs one type of it.
        let looked_into = planned.paging.is_some() || !operation.facts.expects.is_empty() || operation.facts.unverified;
        if !looked_into && operation.facts.session.is_none() {
            planned.output = output::plan_output(index, operation, names, output::Contents::All);
        }
        planned.docs = operation_docs(index, (operation, names), &held, &planned.output);
        if planned.paging.is_some() {
            docs::append(&mut planned.docs, paging::WORDS.to_owned());
        }
        planned.server = servers.of_operation(&operation.servers);
        planned.accept = stream::plan_accept(operation, &planned.output);
        Some(planned)
    };
    index.api.operations.iter().zip(&index.names.operations).map(&mut plan).collect()
}

fn plan_operation(
    index: &Index<'_>,
    error: &ErrorDecl,
    (operation, names): (&Operation, &OperationNames),
    held: &[&str],
) -> OperationDecl {
    OperationDecl {
        method_ident: names.method.clone(),
        marker_ident: names.marker.clone(),
        id: names.id.clone(),
        http_method: operation.method.clone(),
        path: operation.path.clone(),
        docs: Vec::new(),
        deprecated: operation.docs.deprecated,
        parameters: parameter::held_first(parameter::plan_parameters(index, operation, names), held),
        held: held.len(),
        body: body::plan_body(index, operation, names),
        other_bodies: body::plan_others(index, operation, names),
        output: output::plan_output(index, operation, names, output::Contents::Chosen),
        accept: None,
        streams: stream::plan_streams(index, operation),
        headers: header::plan_headers(index, operation),
        answers: error::plan_answers(index, error, operation),
        security: operation.security.clone(),
        paging: None,
        retry: operation.facts.retry.clone(),
        session: operation.facts.session,
        idempotency: operation.facts.idempotency.clone(),
        server: None,
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
    operation.facts.official_sdk.clone().unwrap_or_else(|| {
        let (template, id) = (sdk.operations.as_ref()?, operation.operation_id.as_ref()?);
        Some(template.replace("{operation_id}", id))
    })
}

fn operation_docs(
    index: &Index<'_>,
    (operation, names): (&Operation, &OperationNames),
    held: &[&str],
    output: &OutputDecl,
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
    for stream in stream::plan_streams(index, operation) {
        docs::append(&mut lines, stream::words(output, &stream).to_owned());
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
        lines.push(format!("- {}{words}", docs::code(&status_text(answer.status))));
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

/// `200`, `4XX`, `default`.
pub(super) fn status_text(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(range) => format!("{range}XX"),
        Status::Default => "default".to_owned(),
    }
}

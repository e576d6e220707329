//! `api.txt`: every public item in a line, for reviewers and for tools.
//!
//! The grammar, which stays: `<kind> <path> <rest> feature=<feature or -> origin=<JSON pointer or ->`, one item per line,
//! lines sorted as bytes, so that what is added to a document adds lines. The lines are enough to write a program that uses
//! everything, and a test writes one. In types, names without a path are at the crate's root or in the prelude; so are
//! `ApiError`, `Call`, the client, `Environment` and what is exported. `<Type>` is below `types`. Types that share a
//! definition are listed as if each had its own, because that is all that callers may rely on. The kinds:
//!
//! ```text
//! attribute    attributes::<model>.<function> "<wire name>" fn() -> Attribute<<type of its values>>
//! call         Call struct  or  Call.<method> fn(…) -> …        on every call; `items`, `pages` on those that are `paged`
//! call_header  <method> "<header>" fn(self, …) -> Self          on every call
//! client       <Client> struct  or  <Client>.<method> fn(…) -> …  or  <Client>.<CONSTANT> "<cookie>" CookieId
//!              or  <Client>.HEADER_<CONSTANT> "<header>" &'static str
//! ctor         <Type> fn new(…) -> Self
//! env          Environment enum  or  Environment::<Variant> "<name>" <base URL>
//! error        ApiError enum  or  ApiError::<Variant> (<type>)  or  Error = <type>
//! error_code   <type of Error::code()> -
//! error_value  ErrorValues.<method> fn(&self) -> Option<String>  on `Error`, by the trait
//! export       <name of the runtime> -                          at the crate's root
//! feature      <name> needs=<features or ->
//! field        <Type>.<field> "<wire name>" <type>              `*` in place of a name: all members without a field
//! from         <Type> <source type>                             `(fallible)` after it: `TryFrom`
//! header       op::<Marker>.<CONSTANT> "<wire name>" Header<<type>>   of an answer
//! impl         <Type> <trait>                                   beyond `Clone`, `Debug` and `PartialEq`
//! op           <resource>.<method> <METHOD> <path> fn(&self, …) -> Call<op::<Marker>> = <output>
//! paged        op::<Marker> <item>
//! param        op::<Marker>.<setter or argument> <place> "<wire name>" <how it is given>: `accessor` takes it for a resource; `part "<part>"` is a place
//! reader       op::<Marker>.<method> fn(&self) -> String         what the call sends in a generated member
//! record       <Type>.<field> <type>                            the plain struct that `new` takes
//! resource     <accessor path> fn(&self, …) -> resources::<Struct>
//! scope        Scope enum  or  Scope::<Variant> "<scope>"  or  Scope.as_str fn(&self) -> &str
//! setter       <Type>.<method> fn(self, …) -> Self              with a twin `maybe_<method>` that takes an `Option` of it, unless
//!              another item has that name; so have setters among the `param`s
//! status       op::<Enum>::<Variant> <status>[,<content type>…] <type>
//! stream       op::<Marker>.<`stream`, `records` or `events`> <what comes>
//! type         <Type> struct|string enum|integer enum|union|raw union|record
//! variant      <Type>::<Variant> "<wire value>"  or  (<type>)
//! view         <Type>.<method> fn(&self) -> …
//! webhook      webhooks::Webhook::<Variant> "<name>" (<payload>)  or  webhooks::Webhook.<function> fn(…) -> …
//!              or  Delivery.headers <type>
//! ```

mod line;

use std::collections::BTreeSet;

use self::line::{Lines, quoted, squeezed};
use crate::emit::markdown::one_line;
use crate::emit::op::output_type;
use crate::emit::scope::Scope;
use crate::emit::webhook;
use crate::plan::declaration::{
    CallDoes, OperationDecl, OutputDecl, ParameterPlace, ParameterRole, Plan, StreamDecl, StructDecl, TypeBody,
    TypeDecl, ValueDecl,
};

/// The text.
pub(crate) fn api_text(plan: &Plan) -> String {
    let mut list = Lines::new(Scope::outside(plan, BTreeSet::new()));
    list_client(&mut list, plan);
    list_errors(&mut list, plan);
    list_webhooks(&mut list, plan);
    plan.types.iter().for_each(|decl| list_type(&mut list, decl));
    for table in &plan.attributes {
        list.at(table.feature.as_deref(), plan.types.get(table.ty).map_or("", |decl| &decl.origin));
        for one in &table.attributes {
            let rest = format!("{} {}", quoted(&one.wire_name), list.signature(&one.signature));
            list.add("attribute", format_args!("attributes::{}.{}", table.module, one.signature.name), rest);
        }
    }
    plan.client.operations.iter().for_each(|operation| list_operation(&mut list, "client", None, operation));
    for (at, resource) in plan.resources.iter().enumerate() {
        let (path, feature, accessor) = (path(plan, at), resource.feature.as_deref(), &resource.accessor);
        let given = list.at(feature, "").signature(accessor);
        list.add("resource", &path, given);
        resource.operations.iter().for_each(|operation| list_operation(&mut list, &path, feature, operation));
    }
    list.sorted()
}

/// `orders.fulfillments`.
fn path(plan: &Plan, at: usize) -> String {
    let mut path = Vec::new();
    let mut next = Some(at);
    while let Some(resource) = next.and_then(|at| plan.resources.get(at)) {
        path.push(resource.accessor.name.as_str());
        next = resource.parent.filter(|_| path.len() <= plan.resources.len());
    }
    path.reverse();
    path.join(".")
}

fn list_client(list: &mut Lines<'_>, plan: &Plan) {
    let (client, name) = (&plan.client, &plan.client.ident);
    list.add("call", "Call", "struct");
    list.add("client", name, "struct");
    plan.exports.iter().for_each(|export| list.add("export", export, "-"));
    for function in &plan.call {
        match &function.does {
            CallDoes::Named(header) => {
                let rest = format!("{} {}", quoted(header), list.signature(&function.signature));
                list.add("call_header", &function.signature.name, rest);
            }
            _ => list.function("call", "Call", &function.signature),
        }
    }
    client.functions.iter().for_each(|function| list.function("client", name, &function.signature));
    let cookies = client.cookies.iter().map(|cookie| (cookie, "CookieId<'static>"));
    for (constant, ty) in cookies.chain(client.headers.iter().map(|header| (header, "&'static str"))) {
        let rest = format!("{} {ty}", quoted(&constant.wire_name));
        list.add("client", format_args!("{name}.{}", constant.ident), rest);
    }
    if let Some(scopes) = &client.scopes {
        list.add("scope", "Scope", "enum");
        list.function("scope", "Scope", &scopes.view);
        list_values(list, "scope", "Scope", &scopes.values, "UnknownValue");
    }
    if !client.environments.is_empty() {
        list.add("env", "Environment", "enum");
    }
    for one in &client.environments {
        let rest = format!("{} {}", quoted(&one.wire_name), one_line(&one.url));
        list.add("env", format_args!("Environment::{}", one.ident), rest);
    }
    for feature in &plan.features {
        let needs = if feature.needs.is_empty() { "-".to_owned() } else { feature.needs.join(",") };
        list.add("feature", &feature.name, format_args!("needs={needs}"));
    }
}

fn list_errors(list: &mut Lines<'_>, plan: &Plan) {
    let error = &plan.error;
    list.add("error", "ApiError", "enum");
    list.add("error", "Error", "= typewright_runtime::Error<ApiError>");
    for (variant, ty) in &error.variants {
        let rest = format!("(Box<{}>)", list.ty(ty));
        list.add("error", format_args!("ApiError::{variant}"), rest);
    }
    list.add("error", "ApiError::Unknown", "(Json)");
    let code = error.code.as_ref().map_or("String".to_owned(), |code| list.ty(code));
    list.add("error_code", code, "-");
    error.values.iter().for_each(|(method, _)| list.function("error_value", "ErrorValues", method));
}

fn list_webhooks<'a>(list: &mut Lines<'a>, plan: &'a Plan) {
    let Some(webhooks) = &plan.webhooks else { return };
    let feature = webhooks.feature.as_deref();
    for webhook in &webhooks.variants {
        let payload = webhook::payload_type(&list.scope, webhook).map(squeezed).unwrap_or_default();
        let names: Vec<String> = webhook.events.iter().map(|name| quoted(name)).collect();
        list.at(feature, &webhook.origin);
        list.add(
            "webhook",
            format_args!("webhooks::Webhook::{}", webhook.ident),
            format_args!("{} ({payload})", names.join(" ")),
        );
    }
    list.at(feature, "").add("webhook", "webhooks::Webhook", "enum");
    list.add("webhook", "webhooks::Webhook::Unknown", "* (Json)");
    webhooks.functions.iter().for_each(|function| list.function("webhook", "webhooks::Webhook", &function.signature));
    let headers = webhooks.headers.as_ref().map_or("()".to_owned(), |(ty, _)| list.ty(ty));
    list.add("webhook", "Delivery.headers", headers);
}

fn list_type<'a>(list: &mut Lines<'a>, decl: &'a TypeDecl) {
    let (ident, feature) = (&decl.ident, decl.feature.as_deref());
    list.at(feature, &decl.origin);
    decl.accessors.iter().for_each(|accessor| list.function("accessor", ident, &accessor.signature));
    decl.views.iter().for_each(|view| list.function("view", ident, view));
    for conversion in &decl.conversions {
        let source = conversion.source().map(|source| list.shown(source)).unwrap_or_default();
        list.add("from", ident, format_args!("{source}{}", if conversion.may_fail() { " (fallible)" } else { "" }));
    }
    decl.traits.iter().for_each(|name| list.add("impl", ident, name));
    let kind = match &decl.body {
        TypeBody::Struct(_) => "struct",
        TypeBody::StringEnum(_) => "string enum",
        TypeBody::IntegerEnum(_) => "integer enum",
        TypeBody::Union(_) => "union",
        TypeBody::RawUnion(_) => "raw union",
    };
    list.add("type", ident, kind);
    match &decl.body {
        TypeBody::Struct(body) => list_model(list, decl, body),
        TypeBody::StringEnum(values) => list_values(list, "variant", ident, values, "UnknownValue"),
        TypeBody::IntegerEnum(values) => list_values(list, "variant", ident, values, "UnknownNumber"),
        TypeBody::Union(union) => {
            list.add("variant", format_args!("{ident}::Unknown"), "(Json)");
            for variant in &union.variants {
                let rest = format!("({})", list.ty(&variant.held()));
                list.add("variant", format_args!("{ident}::{}", variant.ident), rest);
            }
        }
        TypeBody::RawUnion(_) => {}
    }
}

fn list_model<'a>(list: &mut Lines<'a>, decl: &'a TypeDecl, body: &'a StructDecl) {
    let (ident, feature) = (&decl.ident, decl.feature.as_deref());
    let extra = body.extra_type.as_ref().map_or("* Extra".to_owned(), |ty| format!("* Others<{}>", list.ty(ty)));
    list.add("field", format_args!("{ident}.{}", body.extra_ident), extra);
    let made = body.constructor.as_ref();
    if let Some(made) = made {
        let new = list.signature(&made.new);
        list.add("ctor", ident, new.replacen("fn(", "fn new(", 1));
    }
    let record = made.and_then(|made| made.record.as_ref());
    record.iter().for_each(|record| list.add("type", &record.ident, "record"));
    for member in &body.fields {
        let rest = format!("{} {}", quoted(&member.wire_name), list.ty(&member.written));
        list.at(feature, &member.origin).add("field", format_args!("{ident}.{}", member.ident), rest);
        member.setter.iter().for_each(|setter| list.function("setter", ident, setter));
        member.or_default.iter().for_each(|method| list.function("accessor", ident, &method.signature));
        if let Some(record) = record.filter(|_| member.is_required()) {
            let ty = list.ty(&member.given());
            list.add("record", format_args!("{}.{}", record.ident, member.ident), ty);
        }
    }
}

/// The values of an open enum, and what it keeps of others.
fn list_values(list: &mut Lines<'_>, kind: &str, ident: &str, values: &[ValueDecl], unknown: &str) {
    values.iter().for_each(|one| list.add(kind, format_args!("{ident}::{}", one.ident), quoted(&one.wire)));
    list.add(kind, format_args!("{ident}::Unknown"), format_args!("({unknown})"));
}

fn list_operation<'a>(list: &mut Lines<'a>, path: &str, feature: Option<&'a str>, operation: &'a OperationDecl) {
    let (output, marker) = (shown_output(list, &operation.output), format!("op::{}", operation.marker_ident));
    let feature = operation.preview.as_deref().or(feature);
    let http = format!("{} {}", operation.http_method, one_line(&operation.path));
    list.at(feature, &operation.origin);
    for method in std::iter::once(&operation.method).chain(&operation.others) {
        let rest = format!("{http} {} = {output}", list.signature(&method.signature));
        list.add("op", format_args!("{path}.{}", method.signature.name), rest);
    }
    if let Some((body, setter)) = operation.body.as_ref().and_then(|body| Some((body, body.setter.as_ref()?))) {
        let rest = format!("body {} {}", quoted(&body.media_type), list.signature(setter));
        list.add("param", format_args!("{marker}.{}", body.ident), rest);
    }
    if let Some(pagination) = &operation.pagination {
        let item = list.ty(&pagination.item);
        list.add("paged", &marker, item);
    }
    for stream in &operation.streams {
        let (method, ty) = match stream {
            StreamDecl::Bytes { .. } => ("stream", "Bytes".to_owned()),
            StreamDecl::Records { item, .. } => ("records", list.ty(item)),
            StreamDecl::Events { data, .. } => ("events", list.ty(data)),
        };
        list.add("stream", format_args!("{marker}.{method}"), ty);
    }
    if let OutputDecl::OneOf { ident, variants, other } = &operation.output {
        for variant in variants {
            let told = std::iter::once(variant.status.to_string()).chain(variant.content_types.iter().cloned());
            let rest = format!("{} {}", told.collect::<Vec<_>>().join(","), shown_output(list, &variant.output));
            list.add("status", format_args!("op::{ident}::{}", variant.ident), rest);
        }
        other.iter().for_each(|other| list.add("status", format_args!("op::{ident}::{other}"), "other Bytes"));
    }
    for header in &operation.headers {
        let rest = format!("{} Header<{}>", quoted(&header.wire_name), list.ty(&header.ty));
        list.at(feature, &header.origin).add("header", format_args!("{marker}.{}", header.ident), rest);
    }
    list_parameters(list, feature, &marker, operation);
}

fn list_parameters<'a>(list: &mut Lines<'a>, feature: Option<&'a str>, marker: &str, operation: &'a OperationDecl) {
    for parameter in &operation.parameters {
        let given = match &parameter.role {
            ParameterRole::Held => format!("accessor {}", list.shown(&parameter.given)),
            ParameterRole::Argument => format!("argument {}", list.shown(&parameter.given)),
            ParameterRole::Setter(setter) => list.signature(setter),
        };
        let part = match &parameter.place {
            ParameterPlace::Part(header) => format!("{} ", quoted(&header.part)),
            _ => String::new(),
        };
        let rest = format!("{} {part}{} {given}", parameter.place.word(), quoted(&parameter.wire_name));
        list.at(feature, &parameter.origin).add("param", format_args!("{marker}.{}", parameter.ident), rest);
        parameter.reader.iter().for_each(|reader| list.function("reader", marker, reader));
    }
}

fn shown_output(list: &Lines<'_>, output: &OutputDecl) -> String {
    match output {
        OutputDecl::OneOf { ident, .. } => format!("op::{ident}"),
        other => squeezed(output_type(&list.scope, other)),
    }
}

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
//! setter       <Type>.<method> fn(self, …) -> Self
//! status       op::<Enum>::<Variant> <status>[,<content type>…] <type>
//! stream       op::<Marker>.<`stream`, `records` or `events`> <what comes>
//! type         <Type> struct|string enum|integer enum|union|raw union|record
//! variant      <Type>::<Variant> "<wire value>"  or  (<type>)
//! view         <Type>.<method> fn(&self) -> …
//! webhook      webhooks::Webhook::<Variant> "<name>" (<payload>)  or  webhooks::Webhook.<function> fn(…) -> …
//!              or  Delivery.headers <type>
//! ```

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use crate::api::{Location, Status};
use crate::emit::markdown::one_line;
use crate::emit::op::output_type;
use crate::emit::scope::Scope;
use crate::emit::signature::{emit_arguments, emit_bounds, emit_generics, emit_type};
use crate::emit::webhook;
use crate::plan::declaration::{
    AttributesDecl, CallDoes, OperationDecl, OutputDecl, ParameterRole, Plan, Qualifier, Signature, SignatureType,
    StreamDecl, StructDecl, TypeBody, TypeDecl, ValueDecl, VariantDecl,
};

/// The text.
pub(crate) fn api_text(plan: &Plan) -> String {
    let mut list = Lines { scope: Scope::outside(plan, BTreeSet::new()), lines: Vec::new() };
    list.client();
    for decl in &plan.types {
        list.ty(decl);
    }
    for table in &plan.attributes {
        list.attributes(table);
    }
    for operation in &plan.client.operations {
        list.operation("client", None, operation);
    }
    list.webhooks();
    for (at, resource) in plan.resources.iter().enumerate() {
        let (path, feature) = (path(plan, at), resource.feature.as_deref());
        list.add("resource", &path, &list.signature(&resource.accessor), feature, "-");
        for operation in &resource.operations {
            list.operation(&path, feature, operation);
        }
    }
    list.lines.sort_unstable();
    list.lines.dedup();
    list.lines.concat()
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

struct Lines<'a> {
    scope: Scope<'a>,
    /// Each with its newline, which sorts before all that a line holds.
    lines: Vec<String>,
}

impl Lines<'_> {
    fn add(&mut self, kind: &str, path: &str, rest: &str, feature: Option<&str>, origin: &str) {
        let origin = if origin.is_empty() { "-" } else { origin };
        let (feature, origin) = (feature.unwrap_or("-"), one_line(origin));
        self.lines.push([kind, " ", path, " ", rest, " feature=", feature, " origin=", &origin, "\n"].concat());
    }

    fn client(&mut self) {
        let plan = self.scope.plan;
        let (client, name) = (&plan.client, &plan.client.ident);
        self.add("call", "Call", "struct", None, "-");
        self.add("client", name, "struct", None, "-");
        for export in &plan.exports {
            self.add("export", export, "-", None, "-");
        }
        for function in &plan.call {
            match &function.does {
                CallDoes::Named(header) => {
                    let rest = format!("{} {}", quoted(header), self.signature(&function.signature));
                    self.add("call_header", &function.signature.name, &rest, None, "-");
                }
                _ => self.function("call", "Call", &function.signature, None, "-"),
            }
        }
        for function in &client.functions {
            self.function("client", name, &function.signature, None, "-");
        }
        let cookies = client.cookies.iter().map(|cookie| (cookie, "CookieId<'static>"));
        for (constant, ty) in cookies.chain(client.headers.iter().map(|header| (header, "&'static str"))) {
            let rest = format!("{} {ty}", quoted(&constant.wire_name));
            self.add("client", &format!("{name}.{}", constant.ident), &rest, None, "-");
        }
        if let Some(scopes) = &client.scopes {
            self.add("scope", "Scope", "enum", None, "-");
            self.function("scope", "Scope", &scopes.view, None, "-");
            self.add("scope", "Scope::Unknown", "(UnknownValue)", None, "-");
            for scope in &scopes.values {
                self.add("scope", &format!("Scope::{}", scope.ident), &quoted(&scope.wire), None, "-");
            }
        }
        if !client.environments.is_empty() {
            self.add("env", "Environment", "enum", None, "-");
        }
        for one in &client.environments {
            let rest = format!("{} {}", quoted(&one.wire_name), one_line(&one.url));
            self.add("env", &format!("Environment::{}", one.ident), &rest, None, "-");
        }
        for feature in &plan.features {
            let needs = if feature.needs.is_empty() { "-".to_owned() } else { feature.needs.join(",") };
            self.add("feature", &feature.name, &format!("needs={needs}"), None, "-");
        }
        self.errors();
    }

    fn errors(&mut self) {
        let error = &self.scope.plan.error;
        self.add("error", "ApiError", "enum", None, "-");
        self.add("error", "Error", "= typewright_runtime::Error<ApiError>", None, "-");
        for (variant, ty) in &error.variants {
            let rest = format!("(Box<{}>)", squeezed(self.scope.ty(ty)));
            self.add("error", &format!("ApiError::{variant}"), &rest, None, "-");
        }
        self.add("error", "ApiError::Unknown", "(Json)", None, "-");
        let code = error.code.as_ref().map_or("String".to_owned(), |code| squeezed(self.scope.ty(code)));
        self.add("error_code", &code, "-", None, "-");
        for (method, _) in &error.values {
            self.function("error_value", "ErrorValues", method, None, "-");
        }
    }

    fn webhooks(&mut self) {
        let Some(webhooks) = &self.scope.plan.webhooks else { return };
        let feature = webhooks.feature.as_deref();
        for webhook in &webhooks.variants {
            let payload = webhook::payload_type(&self.scope, webhook).map(squeezed);
            let names: Vec<String> = webhook.events.iter().map(|name| quoted(name)).collect();
            let rest = format!("{} ({})", names.join(" "), payload.unwrap_or_default());
            self.add("webhook", &format!("webhooks::Webhook::{}", webhook.ident), &rest, feature, &webhook.origin);
        }
        self.add("webhook", "webhooks::Webhook", "enum", feature, "-");
        self.add("webhook", "webhooks::Webhook::Unknown", "* (Json)", feature, "-");
        for function in &webhooks.functions {
            self.function("webhook", "webhooks::Webhook", &function.signature, feature, "-");
        }
        let headers = webhooks.headers.as_ref().map(|(ty, _)| squeezed(self.scope.ty(ty)));
        self.add("webhook", "Delivery.headers", headers.as_deref().unwrap_or("()"), feature, "-");
    }

    fn attributes(&mut self, table: &AttributesDecl) {
        let origin = self.scope.plan.types.get(table.ty).map_or("-", |decl| decl.origin.as_str());
        for one in &table.attributes {
            let rest = format!("{} {}", quoted(&one.wire_name), self.signature(&one.signature));
            let path = format!("attributes::{}.{}", table.module, one.signature.name);
            self.add("attribute", &path, &rest, table.feature.as_deref(), origin);
        }
    }

    fn ty(&mut self, decl: &TypeDecl) {
        let kind = match &decl.body {
            TypeBody::Struct(_) => "struct",
            TypeBody::StringEnum(_) => "string enum",
            TypeBody::IntegerEnum(_) => "integer enum",
            TypeBody::Union(_) => "union",
            TypeBody::RawUnion(_) => "raw union",
        };
        self.add("type", &decl.ident, kind, decl.feature.as_deref(), &decl.origin);
        let (ident, feature, origin) = (&decl.ident, decl.feature.as_deref(), decl.origin.as_str());
        for accessor in &decl.accessors {
            self.function("accessor", ident, &accessor.signature, feature, origin);
        }
        for view in &decl.views {
            self.function("view", ident, view, feature, origin);
        }
        for conversion in &decl.conversions {
            let source = conversion.source().map(|source| self.shown(source)).unwrap_or_default();
            let fallible = if conversion.may_fail() { " (fallible)" } else { "" };
            self.add("from", ident, &format!("{source}{fallible}"), feature, origin);
        }
        for name in &decl.traits {
            self.add("impl", ident, name, feature, origin);
        }
        match &decl.body {
            TypeBody::Struct(body) => self.model(decl, body),
            TypeBody::StringEnum(values) => self.values(decl, values, "UnknownValue"),
            TypeBody::IntegerEnum(values) => self.values(decl, values, "UnknownNumber"),
            TypeBody::Union(union) => self.variants(decl, &union.variants),
            TypeBody::RawUnion(_) => {}
        }
    }

    fn model(&mut self, decl: &TypeDecl, body: &StructDecl) {
        let (ident, feature) = (&decl.ident, decl.feature.as_deref());
        for member in &body.members {
            let rest = format!("{} {}", quoted(&member.wire_name), squeezed(self.scope.ty(&member.field)));
            self.add("field", &format!("{ident}.{}", member.ident), &rest, feature, &member.origin);
            if let Some(setter) = &member.setter {
                self.function("setter", ident, setter, feature, &member.origin);
            }
            if let Some(method) = &member.or_default {
                self.function("accessor", ident, &method.signature, feature, &member.origin);
            }
        }
        let extra = body.extra_type.as_ref().map(|ty| format!("Others<{}>", squeezed(self.scope.ty(ty))));
        let extra = format!("* {}", extra.as_deref().unwrap_or("Extra"));
        self.add("field", &format!("{ident}.{}", body.extra_ident), &extra, feature, &decl.origin);
        let Some(made) = &body.constructor else { return };
        let new = format!("fn {}{}", made.new.name, self.signature(&made.new).trim_start_matches("fn"));
        self.add("ctor", ident, &new, feature, &decl.origin);
        let Some(record) = &made.record else { return };
        self.add("type", &record.ident, "record", feature, &decl.origin);
        for member in body.members.iter().filter(|member| member.is_required()) {
            let ty = squeezed(self.scope.ty(&member.given()));
            self.add("record", &format!("{}.{}", record.ident, member.ident), &ty, feature, &member.origin);
        }
    }

    /// The values of an open enum, and what it keeps of others.
    fn values(&mut self, decl: &TypeDecl, values: &[ValueDecl], unknown: &str) {
        let feature = decl.feature.as_deref();
        for value in values {
            let path = format!("{}::{}", decl.ident, value.ident);
            self.add("variant", &path, &quoted(&value.wire), feature, &decl.origin);
        }
        self.add("variant", &format!("{}::Unknown", decl.ident), &format!("({unknown})"), feature, &decl.origin);
    }

    fn variants(&mut self, decl: &TypeDecl, variants: &[VariantDecl]) {
        let unknown = format!("{}::Unknown", decl.ident);
        self.add("variant", &unknown, "(Json)", decl.feature.as_deref(), &decl.origin);
        for variant in variants {
            let ty = squeezed(self.scope.ty(&variant.ty));
            let shown = if variant.boxed { format!("(Box<{ty}>)") } else { format!("({ty})") };
            let path = format!("{}::{}", decl.ident, variant.ident);
            self.add("variant", &path, &shown, decl.feature.as_deref(), &decl.origin);
        }
    }

    /// A method or function of a type: `<kind> <owner>.<name> fn(…) -> …`.
    fn function(&mut self, kind: &str, owner: &str, signature: &Signature, feature: Option<&str>, origin: &str) {
        let rest = self.signature(signature);
        self.add(kind, &format!("{owner}.{}", signature.name), &rest, feature, origin);
    }

    /// `fn(self, name: impl AsRef<str>) -> Self`.
    fn signature(&self, signature: &Signature) -> String {
        let qualifier = if signature.qualifier == Qualifier::Async { "async " } else { "" };
        let generics = emit_generics(signature).map(squeezed).unwrap_or_default();
        let arguments = squeezed(emit_arguments(&self.scope, signature)).replace("mut self", "self");
        let bounds = emit_bounds(signature).map(|bounds| format!(" {}", squeezed(bounds))).unwrap_or_default();
        format!("{qualifier}fn{generics}({arguments}) -> {}{bounds}", self.shown(&signature.output))
    }

    fn shown(&self, ty: &SignatureType) -> String {
        squeezed(emit_type(&self.scope, ty))
    }

    fn operation(&mut self, path: &str, feature: Option<&str>, operation: &OperationDecl) {
        let feature = operation.preview.as_deref().or(feature);
        let output = self.output(&operation.output);
        let (http, target, marker) = (&operation.http_method, one_line(&operation.path), &operation.marker_ident);
        for method in std::iter::once(&operation.method).chain(&operation.others) {
            let rest = format!("{http} {target} {} = {output}", self.signature(&method.signature));
            self.add("op", &format!("{path}.{}", method.signature.name), &rest, feature, &operation.origin);
        }
        self.parameters(feature, operation);
        if let Some(paging) = &operation.paging {
            let item = squeezed(self.scope.ty(&paging.item));
            self.add("paged", &format!("op::{marker}"), &item, feature, &operation.origin);
        }
        for header in &operation.headers {
            let rest = format!("{} Header<{}>", quoted(&header.wire_name), squeezed(self.scope.ty(&header.ty)));
            self.add("header", &format!("op::{marker}.{}", header.ident), &rest, feature, &header.origin);
        }
        for stream in &operation.streams {
            let (method, ty) = match stream {
                StreamDecl::Bytes { .. } => ("stream", "Bytes".to_owned()),
                StreamDecl::Records { item, .. } => ("records", squeezed(self.scope.ty(item))),
                StreamDecl::Events { data, .. } => ("events", squeezed(self.scope.ty(data))),
            };
            self.add("stream", &format!("op::{marker}.{method}"), &ty, feature, &operation.origin);
        }
        if let OutputDecl::OneOf { ident, variants, other } = &operation.output {
            for variant in variants {
                let told = std::iter::once(status_text(variant.status)).chain(variant.content_types.iter().cloned());
                let rest = format!("{} {}", told.collect::<Vec<_>>().join(","), self.output(&variant.output));
                self.add("status", &format!("op::{ident}::{}", variant.ident), &rest, feature, &operation.origin);
            }
            if let Some(other) = other {
                self.add("status", &format!("op::{ident}::{other}"), "other Bytes", feature, &operation.origin);
            }
        }
    }

    fn parameters(&mut self, feature: Option<&str>, operation: &OperationDecl) {
        let marker = format!("op::{}", operation.marker_ident);
        for parameter in &operation.parameters {
            let place = match parameter.location {
                Location::Path => "path",
                Location::Query => "query",
                Location::Header => "header",
                Location::Cookie => "cookie",
                Location::Body => "body",
                Location::Part => "part",
            };
            let given = match &parameter.role {
                ParameterRole::Held => format!("accessor {}", self.shown(&parameter.given)),
                ParameterRole::Argument => format!("argument {}", self.shown(&parameter.given)),
                ParameterRole::Setter(setter) => self.signature(setter),
            };
            let part = parameter.part.as_ref().map(|of_part| format!("{} ", quoted(&of_part.part))).unwrap_or_default();
            let rest = format!("{place} {part}{} {given}", quoted(&parameter.wire_name));
            self.add("param", &format!("{marker}.{}", parameter.ident), &rest, feature, &parameter.origin);
            if let Some(reader) = &parameter.reader {
                self.function("reader", &marker, reader, feature, &parameter.origin);
            }
        }
        if let Some((body, setter)) = operation.body.as_ref().and_then(|body| Some((body, body.setter.as_ref()?))) {
            let rest = format!("body {} {}", quoted(&body.media_type), self.signature(setter));
            self.add("param", &format!("{marker}.{}", body.ident), &rest, feature, &operation.origin);
        }
    }

    fn output(&self, output: &OutputDecl) -> String {
        match output {
            OutputDecl::OneOf { ident, .. } => format!("op::{ident}"),
            other => squeezed(output_type(&self.scope, other)),
        }
    }
}

fn status_text(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(class) => format!("{class}XX"),
        Status::Default => "default".to_owned(),
    }
}

/// A string in quotes, as Rust writes it, so that a line stays a line.
fn quoted(text: &str) -> String {
    crate::emit::token::string(text).to_string()
}

/// Tokens of a type as people write them. Names of the runtime are at the crate's root.
fn squeezed(tokens: TokenStream) -> String {
    let mut text = String::new();
    squeeze(tokens, &mut text);
    text
}

fn squeeze(tokens: TokenStream, text: &mut String) {
    use std::fmt::Write as _;
    for tree in tokens {
        match tree {
            TokenTree::Punct(punct) => match punct.as_char() {
                ',' => text.push_str(", "),
                '=' | '+' => text.extend([' ', punct.as_char(), ' ']),
                '-' => text.push_str(" -"),
                '>' if text.ends_with(" -") => text.push_str("> "),
                ':' if punct.spacing() == Spacing::Alone && !text.ends_with(':') => text.push_str(": "),
                other => text.push(other),
            },
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                squeeze(group.stream(), text);
                // A tuple of one has a comma and nothing behind it.
                text.truncate(if text.ends_with(", ") { text.len() - 1 } else { text.len() });
                text.push_str(close);
            }
            word => {
                if text.ends_with(is_part) {
                    text.push(' ');
                }
                let _ = write!(text, "{word}");
            }
        }
        if let Some(before) = text.strip_suffix("rt::")
            && !before.ends_with(is_part)
        {
            text.truncate(before.len());
        }
    }
}

/// Whether words touch here, and need a space between them.
fn is_part(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn types_read_as_people_write_them() {
        let check = |tokens: TokenStream, expected: &str| assert_eq!(squeezed(tokens), expected);
        check(quote!(impl Into<rt::Field<Vec<String>>>), "impl Into<Field<Vec<String>>>");
        check(quote!(&types::Creator), "&types::Creator");
        check(quote!(rt::Map<Option<i64>>), "Map<Option<i64>>");
        check(quote!(()), "()");
        check(quote!(attempts: u32, change: impl FnMut() -> F), "attempts: u32, change: impl FnMut() -> F");
        check(
            quote!(&'a mut impl Support<Item = support::Part> + Send),
            "&'a mut impl Support<Item = support::Part> + Send",
        );
    }
}

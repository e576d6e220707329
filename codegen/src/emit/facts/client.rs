//! Facts of the client.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::retry::{emit_idempotency, emit_retry, emit_statuses};
use super::{link, mark, pairs, strings};
use crate::emit::token::{ident, index, number, string};
use crate::facts::{
    ErrorFacts, ErrorSign, Filters, RateLimit, RateLimitHeaders, RootFacts, TokenCredentials, TokenFacts,
};
use crate::plan::declaration::{ClientDecl, SchemeDecl, SchemeKind, Server, SigningDecl};

/// `rt::ClientFacts::new(…)…`.
pub(crate) fn emit_client_facts(client: &ClientDecl, crate_name: &str) -> TokenStream {
    let (name, facts) = (string(crate_name), &client.facts);
    let user_agent = link("user_agent", facts.user_agent.as_deref().map(text));
    let servers = emit_servers(client);
    let own_servers = link("operation_servers", emit_operation_servers(&client.operation_servers));
    let variables = client.variables.iter().map(|(option, variable)| (option, variable));
    let variables = link("variables", (!client.variables.is_empty()).then(|| pairs(variables)));
    let headers = link("headers", (!facts.headers.is_empty()).then(|| pairs(&facts.headers)));
    let named = client.call_headers.iter().map(|(name, header)| (name, header));
    let call_headers = link("call_headers", (!client.call_headers.is_empty()).then(|| pairs(named)));
    let reserved = link("reserved_headers", some_strings(&facts.reserved_headers));
    let limits = emit_limits(facts);
    let filters = link("filters", facts.filters.as_ref().map(emit_filters));
    let errors = link("errors", emit_errors(&facts.errors));
    let schemes = client.security.iter().map(emit_scheme);
    let security = link("security", (!client.security.is_empty()).then(|| quote!(&[#(#schemes),*])));
    let signing = link("signing", emit_signing(client));
    let kept = facts.session.as_ref().and_then(|session| some_strings(&session.keep_unauthorized));
    let kept = link("keep_unauthorized", kept);
    let validate = mark("validate_requests", facts.validate_requests);
    let query = mark("form_query", facts.form_query);
    let required = mark("credentials_required", facts.credentials_required);
    let cut = link("base_url_cut", some_strings(&facts.base_url.cut));
    let scheme = link("base_url_scheme", facts.base_url.scheme.as_deref().map(text));
    let rate_limit = link("rate_limit", facts.rate_limit.as_ref().map(emit_rate_limit));
    quote! {
        rt::ClientFacts::new(#name, env!("CARGO_PKG_VERSION"))
            #user_agent #servers #own_servers #variables #headers #call_headers #reserved #limits #filters #errors #security #signing #kept #validate #query
            #required #cut #scheme #rate_limit
    }
}

/// Environments, or the one base URL under the name `default`.
fn emit_servers(client: &ClientDecl) -> TokenStream {
    if !client.environments.is_empty() {
        let default = client.default_environment.and_then(|at| client.environments.get(at));
        let default = string(default.map_or("", |default| default.wire_name.as_str()));
        let all = pairs(client.environments.iter().map(|one| (&one.wire_name, &one.url)));
        return quote!(.environments(#all, #default));
    }
    if client.base_url.is_empty() {
        return link("server_path", (!client.server_path.is_empty()).then(|| text(&client.server_path)));
    }
    let url = string(&client.base_url);
    let server = client.server.as_ref().map(emit_server);
    quote!(.environments(&[("default", #url)], "default") #server)
}

/// The template, with the variables that a client may set.
fn emit_server(server: &Server) -> TokenStream {
    let (url, variables) = emit_template(server);
    quote!(.server(#url, #variables))
}

/// Those of operations, which name them by index.
fn emit_operation_servers(servers: &[Server]) -> Option<TokenStream> {
    let all = servers.iter().map(emit_template).map(|(url, variables)| quote!(rt::ServerFacts::new(#url, #variables)));
    (!servers.is_empty()).then(|| quote!(&[#(#all),*]))
}

fn emit_template(server: &Server) -> (Literal, TokenStream) {
    let variables = server.variables.iter().map(|variable| {
        let (name, default, values) = (string(&variable.name), string(&variable.default), strings(&variable.values));
        quote!(rt::ServerVariable::new(#name, #default, #values))
    });
    (string(&server.url), quote!(&[#(#variables),*]))
}

fn emit_limits(facts: &RootFacts) -> TokenStream {
    let connect = link("connect_timeout_ms", facts.timeouts.connect_ms.map(literal));
    let attempt = link("attempt_timeout_ms", facts.timeouts.attempt_ms.map(literal));
    let total = link("total_timeout_ms", facts.timeouts.total_ms.map(literal));
    let stall = link("stall_timeout_ms", facts.timeouts.stall_ms.map(literal));
    let read = link("retry_read", facts.retry.read.as_ref().map(emit_retry));
    let token = link("retry_token", facts.retry.token.as_ref().map(emit_retry));
    let write = link("retry_write", facts.retry.write.as_ref().map(emit_retry));
    let idempotency = link("idempotency", facts.idempotency.as_ref().map(emit_idempotency));
    quote!(#connect #attempt #total #stall #read #token #write #idempotency)
}

fn emit_filters(facts: &Filters) -> TokenStream {
    let key = string(&facts.key);
    let predicates = pairs(facts.predicates.iter().map(|(name, spelled)| (name, spelled)));
    let descending = link("descending", facts.descending.as_deref().map(text));
    quote!(rt::FilterFacts::new(#key, #predicates) #descending)
}

fn emit_errors(facts: &ErrorFacts) -> Option<TokenStream> {
    if *facts == ErrorFacts::default() {
        return None;
    }
    let code = link("code", some_strings(&facts.code));
    let message = link("message", some_strings(&facts.message));
    let details = link("details", some_strings(&facts.details));
    let request_id = link("request_id", some_strings(&facts.request_id));
    let trace_id = link("trace_id", some_strings(&facts.trace_id));
    let validation = link("validation", emit_statuses(&facts.validation));
    let rate_limit = link("rate_limit", facts.rate_limit.as_ref().map(emit_limit_headers));
    let unreadable = link("unreadable", facts.unreadable.as_deref().map(text));
    let bad_input = link("bad_input", facts.bad_input.as_deref().map(text));
    let bad_setup = link("bad_setup", facts.bad_setup.as_deref().map(text));
    let status = link("status", some_strings(&facts.status));
    let signs = facts.in_success.iter().map(emit_sign);
    let in_success = link("in_success", (!facts.in_success.is_empty()).then(|| quote!(&[#(#signs),*])));
    Some(quote! {
        rt::ErrorFacts::new()
            #code #message #details #request_id #trace_id #validation #unreadable #bad_input #bad_setup
            #status #in_success #rate_limit
    })
}

fn emit_rate_limit(limit: &RateLimit) -> TokenStream {
    let (requests, window) = (number(limit.requests.into()), number(limit.window_s));
    let message = link("message", limit.message.as_deref().map(text));
    let shared = mark("shared_in_process", limit.shared);
    quote!(rt::RateLimitFacts::new(#requests, #window) #message #shared)
}

fn emit_sign(sign: &ErrorSign) -> TokenStream {
    let at = string(&sign.at);
    match (sign.is, sign.at_least) {
        (Some(value), _) => quote!(rt::ErrorSign::flag(#at, #value)),
        (None, Some(least)) => {
            let least = number(least);
            quote!(rt::ErrorSign::at_least(#at, #least))
        }
        (None, None) => quote!(rt::ErrorSign::there(#at)),
    }
}

fn emit_limit_headers(facts: &RateLimitHeaders) -> TokenStream {
    let (limit, remaining, reset) = (strings(&facts.limit), strings(&facts.remaining), strings(&facts.reset));
    quote!(#limit, #remaining, #reset)
}

fn emit_signing(client: &ClientDecl) -> Option<TokenStream> {
    let SigningDecl { scheme, facts: signing } = client.signing.as_ref()?;
    let scheme = index(*scheme);
    let template = string(&signing.template);
    let headers = pairs(signing.headers.iter().map(|(name, template)| (name, template)));
    let methods = link("methods", some_strings(&signing.methods));
    let base64 = mark("base64", signing.base64);
    Some(quote!(rt::SigningFacts::new(#scheme, #template, #headers) #methods #base64))
}

fn emit_scheme(scheme: &SchemeDecl) -> TokenStream {
    let key = string(&scheme.key);
    let named = |kind: &str, name: &str| {
        let (kind, name) = (ident(kind), string(name));
        quote!(rt::SecurityScheme::#kind(#key, #name))
    };
    match &scheme.kind {
        SchemeKind::HeaderKey(header) => named("header_key", header),
        SchemeKind::QueryKey(member) => named("query_key", member),
        SchemeKind::CookieKey(cookie) => named("cookie_key", cookie),
        SchemeKind::Http(name) => named("http", name),
        SchemeKind::Undeclared(header) => named("undeclared", header),
        SchemeKind::Basic => quote!(rt::SecurityScheme::basic(#key)),
        SchemeKind::Bearer => quote!(rt::SecurityScheme::bearer(#key)),
        SchemeKind::MutualTls => quote!(rt::SecurityScheme::mutual_tls(#key)),
        SchemeKind::Issued(issued) => {
            let url = string(&issued.url);
            let reference = mark("resolved_by_server", issued.resolved_by_server);
            let scope = link("scope", issued.scope.as_deref().map(text));
            let facts = issued.facts.as_ref().map(emit_token);
            quote!(rt::SecurityScheme::client_credentials(#key, rt::TokenFacts::new(#url) #reference #scope #facts))
        }
        SchemeKind::Session(session) => {
            let (path, id, cookie) = (string(&session.path), string(&session.operation), string(&session.cookie));
            let token = strings(&session.token);
            quote! {
                rt::SecurityScheme::client_credentials(
                    #key,
                    rt::TokenFacts::new(#path).access_token(#token).session(#cookie).operation(#id)
                )
            }
        }
    }
}

fn emit_token(token: &TokenFacts) -> TokenStream {
    let form = mark("form", token.credentials == TokenCredentials::Form);
    let fields = token.fields.iter().map(|(name, value)| (name, value));
    let fields = link("fields", (!token.fields.is_empty()).then(|| pairs(fields)));
    let component = mark("component_form", token.component_form);
    let access_token = link("access_token", some_strings(&token.access_token));
    let token_type = link("token_type", some_strings(&token.token_type));
    let expires_in = link("expires_in", some_strings(&token.expires_in));
    let lifetime = link("default_lifetime", token.default_lifetime.map(literal));
    let margin = link("refresh_margin", token.refresh_margin.map(literal));
    let headers = token.headers.iter().map(|(name, template)| (name, template));
    let headers = link("headers", (!token.headers.is_empty()).then(|| pairs(headers)));
    let reads = mark("repeat_reads_only", token.repeat_reads_only);
    let shared = mark("shared_in_process", token.shared);
    let keep = mark("keep_on_unauthorized", token.keep_on_unauthorized);
    quote!(#form #fields #component #access_token #token_type #expires_in #lifetime #margin #keep #reads #shared #headers)
}

fn some_strings(values: &[String]) -> Option<TokenStream> {
    (!values.is_empty()).then(|| strings(values))
}

fn text(text: &str) -> TokenStream {
    let text = string(text);
    quote!(#text)
}

fn literal(value: u64) -> TokenStream {
    let value = number(value);
    quote!(#value)
}

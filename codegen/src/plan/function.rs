//! The functions of calls, of the client and of webhooks. The runtime stands behind them; which of them a crate has, and
//! what their docs say, depends on the document.

use super::declaration::{
    CallDoes, CallFunction, ClientDoes, ClientFunction, Generic, OperationDecl, Qualifier, Receiver, RustType, Scalar,
    Signature, SignatureType, StreamDecl, WebhookDoes, WebhookFunction,
};
use super::docs;
use crate::facts::{Pagination, RootFacts};

/// `Self`.
const THIS: SignatureType = SignatureType::Fixed("Self");

/// Of calls, in the order of the source. `headers` are those that the document gives a method of their own.
pub(crate) fn of_calls(operations: &[&OperationDecl], headers: &[(String, String)]) -> Vec<CallFunction> {
    let mut functions = options();
    functions.extend(headers.iter().map(|(name, header)| {
        let docs = format!("Sets the header `{header}`.");
        option(CallDoes::Named(header.clone()), name, &docs, [("value", SignatureType::AsText)])
    }));
    functions.push(sending(
        CallDoes::WithResponse,
        "with_response",
        "Sends the call, and gives status and headers together with the value.",
        "rt::Pending<rt::Response<Op::Output>, Error>",
    ));
    functions.extend(of_pages(operations));
    functions.extend(of_streams(operations));
    functions.push(sending(CallDoes::IntoFuture, "into_future", "", "rt::Pending<Op::Output, Error>"));
    let clone = Signature::new("clone", Receiver::Reference, THIS, Vec::new());
    functions.push(CallFunction { does: CallDoes::Clone, signature: clone });
    functions
}

/// What every call can be told before it is sent.
fn options() -> Vec<CallFunction> {
    let fixed = SignatureType::Fixed;
    let text = || SignatureType::AsText;
    let into = |scalar| SignatureType::into(RustType::Scalar(scalar));
    let timeout = "Sets the maximum time for one attempt, including waiting for credentials and for the rate limit, and reading the\nbody.";
    let total = "Sets the maximum time for the call with all its attempts and the waiting between them.";
    let credentials = "Sets a bearer token, an API key, or a user and password for this call, in place of the client's credentials\nfor the same security scheme. The call fails if its operation does not take them.";
    let given = SignatureType::Into(Box::new(fixed("rt::Credentials")));
    let key = "The key under which the server recognises a repetition.";
    vec![
        option(CallDoes::Timeout, "timeout", timeout, [("timeout", fixed("Duration"))]),
        option(CallDoes::TotalTimeout, "total_timeout", total, [("timeout", fixed("Duration"))]),
        option(CallDoes::Credentials, "credentials", credentials, [("credentials", given)]),
        option(CallDoes::Header, "header", "A further header.", [("name", text()), ("value", text())]),
        option(CallDoes::Query, "query", "A further query member.", [("name", text()), ("value", text())]),
        option(
            CallDoes::Member,
            "member",
            "A further member of the body.",
            [("name", text()), ("value", into(Scalar::Json))],
        ),
        option(CallDoes::IdempotencyKey, "idempotency_key", key, [("key", into(Scalar::String))]),
        option(CallDoes::Retry, "retry", "A retry policy for this call alone.", [("policy", fixed("rt::RetryPolicy"))]),
        option(
            CallDoes::Redirect,
            "redirect",
            "What this call does with redirects.",
            [("policy", fixed("rt::RedirectPolicy"))],
        ),
    ]
}

/// Only where something pages, so that what is listed of a call is what a call can do.
fn of_pages(operations: &[&OperationDecl]) -> Vec<CallFunction> {
    let mut functions = Vec::new();
    let mut pagination = operations.iter().filter_map(|operation| operation.pagination.as_ref()).peekable();
    let pages = pagination.peek().is_some();
    if pagination.any(|pagination| matches!(pagination.facts, Pagination::Link { .. })) {
        let docs = "Allows links to further pages that lead to this origin; it is asked without credentials.";
        let origin = SignatureType::into(RustType::Scalar(Scalar::String));
        functions.push(option(CallDoes::PageOrigin, "page_origin", docs, [("origin", origin)]));
    }
    if pages {
        let items = "Every item of every page, as a stream that fetches a page when it needs one.";
        functions.push(sending(CallDoes::Items, "items", items, "rt::Items<Op, ApiError>"));
        functions.push(sending(CallDoes::Pages, "pages", "Every page, as a stream.", "rt::Pages<Op, ApiError>"));
    }
    functions
}

/// Only the kinds that the API has: the others would be weight without use.
fn of_streams(operations: &[&OperationDecl]) -> Vec<CallFunction> {
    let has = |kind: fn(&StreamDecl) -> bool| operations.iter().any(|operation| operation.streams.iter().any(kind));
    let bytes = || {
        let docs = "Sends the call, and gives the answer as bytes that are read while they arrive.";
        sending(CallDoes::Stream, "stream", docs, "rt::Pending<rt::Download<ApiError>, Error>")
    };
    let records = || {
        let docs = "Every value of the answer, as a stream that reads while they arrive.";
        sending(CallDoes::Records, "records", docs, "rt::Records<Op::Record, ApiError>")
    };
    let events = || {
        let docs = "The server's events, as a stream that comes back when its connection breaks.";
        sending(CallDoes::Events, "events", docs, "rt::EventStream<Op::Data, ApiError>")
    };
    let bytes = has(|one| matches!(one, StreamDecl::Bytes { .. })).then(bytes);
    let records = has(|one| matches!(one, StreamDecl::Records { .. })).then(records);
    let events = has(|one| matches!(one, StreamDecl::Events { .. })).then(events);
    bytes.into_iter().chain(records).chain(events).collect()
}

/// A function that sets something.
fn option<const N: usize>(
    does: CallDoes,
    name: &str,
    docs: &str,
    arguments: [(&str, SignatureType); N],
) -> CallFunction {
    let plain = Signature::new(name, Receiver::Changed, THIS, lines(docs));
    let signature = arguments.into_iter().fold(plain, |signature, (name, ty)| signature.taking(name, ty));
    CallFunction { does, signature }
}

/// A function that sends the call in some way.
fn sending(does: CallDoes, name: &str, docs: &str, output: &'static str) -> CallFunction {
    CallFunction { does, signature: Signature::new(name, Receiver::Value, SignatureType::Fixed(output), lines(docs)) }
}

fn lines(docs: &str) -> Vec<String> {
    docs.lines().map(str::to_owned).collect()
}

/// Of the client, in the order of the source; `variables` are what `from_env` reads, each with what it sets.
pub(crate) fn of_client(variables: &[(String, String)], facts: &RootFacts, has_auth: bool) -> Vec<ClientFunction> {
    let function = |does, name: &str, receiver, output: &'static str, docs: &str| ClientFunction {
        does,
        signature: Signature::new(name, receiver, SignatureType::Fixed(output), lines(docs)),
    };
    let variables: Vec<String> = variables.iter().map(|(_, variable)| docs::code(variable)).collect();
    let from_env = match variables.as_slice() {
        [] => "Creates a client from environment variables; this document declares none.".to_owned(),
        names => format!("Creates a client from environment variables: {}.", names.join(", ")),
    };
    let auth = "The tokens of this client.";
    let auth = function(ClientDoes::Auth, "auth", Receiver::Reference, "rt::Auth<'_, ApiError>", auth);
    let request = "A request that this crate has no method for, with the client's headers, credentials and retries. The path is\nbelow the base URL.";
    let mut request =
        function(ClientDoes::Request, "request", Receiver::Reference, "rt::RawRequest<ApiError>", request);
    request.signature = request.signature.taking("method", SignatureType::Text).taking("path", SignatureType::Text);
    let base_url = "Where requests go, without a slash at the end.";
    let events = "What the client and its clones report about their requests.";
    let mut functions = vec![
        function(ClientDoes::FromEnv, "from_env", Receiver::None, "Result<Self, Error>", &from_env),
        function(ClientDoes::Builder, "builder", Receiver::None, "rt::Builder<Self>", "Sets up a client."),
    ];
    functions.extend(has_auth.then_some(auth));
    functions.push(request);
    functions.push(function(ClientDoes::BaseUrl, "base_url", Receiver::Reference, "&str", base_url));
    functions.push(function(ClientDoes::Events, "events", Receiver::Reference, "rt::Events<'_>", events));
    functions.extend(facts.optimistic_locking.then(retry_conflict));
    functions
}

fn retry_conflict() -> ClientFunction {
    let docs = "Runs a change from its beginning, at most so many times, as long as it ends with a 409: what it was about has\nchanged meanwhile. Fetch what you change inside of `change`, so that each run sees it as it is then.";
    let output = SignatureType::Fixed("Result<T, Error>");
    let plain = Signature::new("retry_conflict", Receiver::Reference, output, lines(docs));
    let signature = plain
        .taking("attempts", SignatureType::Fixed("u32"))
        .taking("change", SignatureType::Fixed("impl FnMut() -> F"));
    let bound = "Future<Output = Result<T, Error>>";
    let generics = vec![Generic { name: "T", bound: None }, Generic { name: "F", bound: Some(bound) }];
    let signature = Signature { qualifier: Qualifier::Async, generics, ..signature };
    ClientFunction { does: ClientDoes::RetryConflict, signature }
}

/// Of webhooks. Where deliveries are signed, reading one without checking it says so in its name.
pub(crate) fn of_webhooks(signed: bool) -> Vec<WebhookFunction> {
    let (parse, parse_as) = if signed { ("parse_unverified", "parse_unverified_as") } else { ("parse", "parse_as") };
    let unchecked = if signed { " Nobody has checked its signature: see `verifier`." } else { "" };
    let function = |does, name: &str, output: &'static str, docs: String| WebhookFunction {
        does,
        signature: Signature::new(name, Receiver::None, SignatureType::Fixed(output), vec![docs]),
    };
    let verifier = "Checks the signatures of deliveries with these secrets, and reads what passes.";
    let mut verifier = function(WebhookDoes::Verifier, "verifier", "rt::WebhookVerifier<Self>", verifier.to_owned());
    let secrets = SignatureType::Fixed("impl IntoIterator<Item = impl Into<rt::Secret>>");
    verifier.signature = verifier.signature.taking("secrets", secrets);
    let delivery = "Result<rt::Delivery<Self>, rt::WebhookError>";
    let docs = format!("Reads a delivery by its headers and its body.{unchecked}");
    let mut by_itself = function(WebhookDoes::Parse, parse, delivery, docs);
    let docs = format!("Reads a delivery of this name, known by where it arrived.{unchecked}");
    let mut by_name = function(WebhookDoes::ParseAs, parse_as, delivery, docs);
    by_name.signature = by_name.signature.taking("name", SignatureType::Text);
    for one in [&mut by_itself, &mut by_name] {
        let plain = one.signature.clone().taking("headers", SignatureType::Fixed("&rt::HeaderMap"));
        one.signature = plain.taking("body", SignatureType::Fixed("&[u8]"));
    }
    signed.then_some(verifier).into_iter().chain([by_itself, by_name]).collect()
}

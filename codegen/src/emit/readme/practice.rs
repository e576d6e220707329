//! What applications need beside calls: features, tests, logs, and servers that stray from their document.

use crate::emit::markdown::code;
use crate::emit::token::ident;
use crate::output::Target;
use crate::plan::declaration::Plan;

/// Features that every crate has.
const FEATURES: &[(&str, &str, &str)] = &[
    ("rustls", "yes", "The default transport, reqwest, with TLS by rustls and ring"),
    ("rustls-aws-lc-rs", "no", "TLS by rustls with aws-lc-rs; needs a C compiler"),
    ("native-tls", "no", "TLS by the platform's own library"),
    ("serde", "yes", "`Serialize` and `Deserialize` for all models"),
    ("decimal", "no", "`Decimal` from and to `rust_decimal`"),
    ("chrono, time, jiff", "no", "`DateTime` from and to the types of that crate"),
];

/// A table of the features.
pub(super) fn features(plan: &Plan) -> String {
    let mut text = "## Features\n\n| feature | default | adds |\n|---|---|---|\n".to_owned();
    for (names, default, adds) in FEATURES {
        let names: Vec<String> = names.split(", ").map(code).collect();
        text.push_str(&format!("| {} | {default} | {adds} |\n", names.join(", ")));
    }
    let resources = plan.features.iter().filter(|feature| !feature.preview).count();
    if resources > 0 {
        text.push_str(&format!(
            "| {resources} features, one per resource | yes | The operations of that resource and the types that only they need |\n"
        ));
    }
    text.push_str("\nWithout any, bring a transport of your own: `.transport(…)` on the builder.\n\n");
    text
}

/// How an application tests its own code.
pub(super) fn testing(plan: &Plan, target: &Target) -> String {
    let root = ident(&target.crate_name.replace('-', "_"));
    let client = ident(&plan.client.ident);
    format!(
        "## Testing\n\nA transport in memory answers by method and route, and keeps what was sent:\n\n\
         ```rust,no_run\nuse {root}::testing::{{Answer, MemoryTransport}};\nuse {root}::{client};\n\n\
         fn client(transport: &MemoryTransport) -> Result<{client}, {root}::Error> {{\n    \
         transport.on(\"GET\", \"/orders/{{id}}\", Answer::json(200, \"{{}}\"));\n    \
         {client}::builder().transport(std::sync::Arc::new(transport.clone())).build()\n}}\n```\n\n\
         `transport.requests()` has the requests. Where the API needs credentials, give any. `testing::ManualTime` makes retries\n\
         and timeouts pass at once, and `testing::ErrorBuilder` makes errors to test your error handling with.\n\n"
    )
}

/// Spans, events and hooks.
pub(super) const TRACING: &str = "\
## Tracing and events

Each request is a `tracing` span with the field names of OpenTelemetry, in the target `typewright`. `on_event` on the
builder calls a function for each request, response, retry and error, on a thread of its own; `on_request` and
`on_response` call one around each attempt, where you can add headers and measure. None of them sees secrets.

";

/// What becomes of responses that do not fit.
pub(super) const STRAY: &str = "\
## When responses stray

A response that does not fit the document is an error that names the place: `is_decode()`, `json_path()`. With
`tolerant(true)` on the builder it is read where nothing needed is lost: an optional field of another type is left out
and kept in `extra`, an unreadable item of a list is skipped. Each such place is an `Event::Drift` and a line in the log.

";

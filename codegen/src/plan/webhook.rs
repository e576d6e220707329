//! Messages that the API sends: an enum of payloads, and how deliveries are told apart.

use super::declaration::{HeaderRead, OutputDecl, WebhookDecl, WebhooksDecl};
use super::feature::Features;
use super::index::Index;
use super::output::output_of;
use super::side::Side;
use super::{docs, function, module};
use crate::api::{EnumKind, Location, Shape, TypeId, Webhook};

/// Plans the module; `None` where the document has neither webhooks nor callbacks.
pub(super) fn plan_webhooks(index: &Index<'_>, features: Features) -> Option<WebhooksDecl> {
    let api = index.api;
    if api.webhooks.is_empty() {
        return None;
    }
    let facts = api.facts.webhooks.clone().unwrap_or_default();
    let named = api.webhooks.iter().zip(&index.names.webhooks);
    let variants: Vec<WebhookDecl> = named.map(|(webhook, ident)| plan_webhook(index, webhook, ident)).collect();
    Some(WebhooksDecl {
        events: events(&variants),
        variants,
        headers: api.webhook_headers.map(|id| (index.bare(id, Side::Answer), reads(index, id))),
        functions: function::of_webhooks(facts.signature.is_some()),
        facts,
        feature: features.of(module::webhooks(index.names)),
    })
}

/// Returns exact event names before patterns, and longer patterns before shorter ones, so that the most specific match wins.
fn events(variants: &[WebhookDecl]) -> Vec<(String, usize)> {
    let all = variants.iter().enumerate();
    let mut all: Vec<(String, usize)> =
        all.flat_map(|(at, webhook)| webhook.events.iter().map(move |name| (name.clone(), at))).collect();
    all.sort_by_key(|(name, at)| (name.contains('*'), std::cmp::Reverse(name.len()), *at));
    all
}

fn plan_webhook(index: &Index<'_>, webhook: &Webhook, ident: &str) -> WebhookDecl {
    let request = &webhook.request;
    let contents = request.body.as_ref().map(|body| body.contents.as_slice()).unwrap_or_default();
    let own = match caller(index, webhook) {
        // Operations may have callbacks of one key: the whole name tells them apart.
        Some(id) => vec![webhook.wire_name.clone(), format!("{id}.{}", webhook.wire_name)],
        None => vec![webhook.wire_name.clone()],
    };
    WebhookDecl {
        ident: ident.to_owned(),
        events: if request.facts.events.is_empty() { own } else { request.facts.events.clone() },
        payload: output_of(index, contents),
        docs: webhook_docs(index, webhook),
        deprecated: request.docs.deprecated,
        origin: request.pointer.clone(),
    }
}

fn webhook_docs(index: &Index<'_>, webhook: &Webhook) -> Vec<String> {
    let mut lines = docs::lines(&webhook.request.docs);
    if lines.is_empty() {
        lines.push(format!("The payload of {}.", docs::code(&webhook.wire_name)));
    }
    let callback = caller(index, webhook).map(|id| format!("A callback of {}.", docs::code(id)));
    docs::extend(&mut lines, callback.into_iter().collect());
    let elsewhere = webhook.request.parameters.iter().filter(|parameter| parameter.location != Location::Header);
    let elsewhere: Vec<String> = elsewhere.map(|parameter| docs::code(&parameter.wire_name)).collect();
    if !elsewhere.is_empty() {
        docs::append(&mut lines, format!("In its URL or its cookies it has {} too.", elsewhere.join(", ")));
    }
    lines
}

/// The operation that declares a callback: `pets.create`.
fn caller<'a>(index: &Index<'a>, webhook: &Webhook) -> Option<&'a str> {
    Some(&index.names.operations.get(webhook.called_by?)?.id)
}

/// Each header by its name on the wire.
fn reads(index: &Index<'_>, id: TypeId) -> Vec<(String, HeaderRead)> {
    let Some(Shape::Object(object)) = index.ty(id).map(|ty| &ty.shape) else { return Vec::new() };
    let read = |id: TypeId| match index.ty(id).map(|ty| &ty.shape) {
        Some(Shape::Integer { .. } | Shape::Number { .. } | Shape::Boolean) => HeaderRead::Json,
        Some(Shape::Enum(values)) if values.kind == EnumKind::Integer => HeaderRead::Json,
        Some(Shape::Object(_) | Shape::Map { .. } | Shape::Union(_)) => HeaderRead::Json,
        Some(Shape::Array { .. } | Shape::Tuple { .. }) => HeaderRead::List,
        _ => HeaderRead::Text,
    };
    object.properties.iter().map(|property| (property.wire_name.clone(), read(property.of.ty))).collect()
}

impl WebhookDecl {
    /// Whether the payload stands in a box: models are large, and one enum holds them all.
    pub(crate) fn is_boxed(&self) -> bool {
        matches!(self.payload, OutputDecl::Json(_))
    }
}

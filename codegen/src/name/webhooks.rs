//! Names of messages that the API sends: the variants of their enum, and the module of what they alone carry.

use super::claim::{Claim, Collision, Scope};
use super::fault::NameFault;
use super::reserved::{self, IdentKind};
use super::words::{self, Spell};
use super::{OperationNames, ResourceNames};
use crate::api::{Api, Webhook};

/// A variant for each message, called by its key or by the `method` that the document declares. Where keys meet, a webhook
/// goes before a callback, and a callback says which operation declares it.
pub(super) fn name_webhooks(api: &Api, operations: &[OperationNames], faults: &mut Vec<NameFault>) -> Vec<String> {
    let split = |text: &str| words::words(text, Spell::Plain);
    let claim = |webhook: &Webhook| {
        let declared = webhook.request.facts.method.as_deref();
        let wire = format!("{} {}", webhook.wire_name, webhook.request.pointer);
        let plain = reserved::ident(IdentKind::Webhook, &split(declared.unwrap_or(&webhook.wire_name)), &[]);
        let rank = usize::from(declared.is_none()) + usize::from(webhook.called_by.is_some());
        Claim { rank, wire, plain, origin: Some(webhook.request.origin) }
    };
    let qualified = |index: usize| {
        let Some(webhook) = api.webhooks.get(index) else { return Vec::new() };
        let by = webhook.called_by.and_then(|by| operations.get(by));
        let mut all = by.map(|names| split(&names.marker)).unwrap_or_default();
        all.extend(split(&webhook.wire_name));
        let with_method: Vec<String> = all.iter().cloned().chain(split(&webhook.request.method)).collect();
        let forms = by.map(|_| all).into_iter().chain([with_method]);
        forms.map(|words| reserved::ident(IdentKind::Webhook, &words, &[])).collect()
    };
    let claims: Vec<Claim> = api.webhooks.iter().map(claim).collect();
    let mut scope = Scope::new(IdentKind::Webhook);
    let given = scope.give(&claims, &qualified);
    faults.extend(scope.collisions.drain(..).filter(|one| !is_expected(one)).map(NameFault::Collision));
    given
}

/// Callbacks of one key, and two requests of one webhook: the operation and the method tell them apart, and nobody has to
/// settle anything.
fn is_expected(collision: &Collision) -> bool {
    let key = |wire: &str| wire.split_once(" #/").map(|(key, _)| key.to_owned());
    key(&collision.wire) == key(&collision.winner_wire) || collision.wire.contains("/callbacks/")
}

/// `webhooks`, unless a resource has that module.
pub(super) fn module(resources: &[ResourceNames]) -> String {
    let mut module = "webhooks".to_owned();
    while resources.iter().any(|names| names.module == module) {
        module.push_str("_sent");
    }
    module
}

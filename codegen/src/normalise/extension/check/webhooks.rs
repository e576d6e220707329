//! Facts about messages that the API sends, against the webhooks and callbacks of the document.

use super::{Check, near};
use crate::diagnostic::codes::{BAD_FACT, FACT_WITHOUT_TARGET};
use crate::normalise::operations::template_names;
use crate::tree::NodeId;

/// What a template of a signed message may hold.
const MESSAGE_PARTS: &[&str] = &["body", "timestamp", "id"];

impl Check<'_> {
    pub(super) fn webhooks(&mut self) {
        let model = self.model;
        let Some(facts) = &model.facts.webhooks else { return };
        let root = self.context.root;
        if model.document.webhooks.is_empty() && model.document.callbacks.is_empty() {
            let message = "the document has neither webhooks nor callbacks".to_owned();
            let help = "describe them under `webhooks`, or remove the fact".to_owned();
            let place = self.place(root, &["webhooks"]);
            self.report(&FACT_WITHOUT_TARGET, place, (message, help));
        }
        let Some(signature) = &facts.signature else { return };
        let template = signature.message.as_deref().unwrap_or("{body}");
        let place = self.place(root, &["webhooks", "signature", "message"]);
        let Ok(parts) = template_names(template) else {
            let help = "write each part as `{body}`".to_owned();
            return self.report(&BAD_FACT, place, (format!("the braces of `{template}` do not pair"), help));
        };
        for part in parts.iter().filter(|part| !MESSAGE_PARTS.contains(part)) {
            let help = near(part, MESSAGE_PARTS.iter().copied());
            self.report(&BAD_FACT, place, (format!("nothing is known as `{{{part}}}`"), help));
        }
        for (part, known, help) in [
            ("body", true, "add `{body}`: a signature of anything less says nothing about the payload"),
            ("timestamp", signature.timestamp.is_some(), "name the header that holds it: `timestamp`"),
            ("id", facts.id.is_some(), "say where it is: `webhooks: { id: … }`"),
        ] {
            if part == "body" && !parts.contains(&part) {
                self.report(&BAD_FACT, place, ("what is signed lacks the body".to_owned(), help.to_owned()));
            } else if parts.contains(&part) && !known {
                let message = format!("nothing says where a delivery has its `{part}`");
                self.report(&FACT_WITHOUT_TARGET, place, (message, help.to_owned()));
            }
        }
    }

    /// `events` belongs to what the API calls, not to what is called.
    pub(super) fn events(&mut self) {
        let model = self.model;
        let sent = model.document.sent().flat_map(|item| &item.operations);
        let sent: Vec<NodeId> = sent.map(|(_, operation)| operation.at).collect();
        for (node, facts) in &model.operation_facts {
            if !facts.events.is_empty() && !sent.contains(node) {
                let help = "remove it, or move it to the operation of a webhook or a callback".to_owned();
                let place = self.place(*node, &["events"]);
                let message = "this operation is no webhook and no callback".to_owned();
                self.report(&FACT_WITHOUT_TARGET, place, (message, help));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::normalise::testing::check_faults;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        check_faults(&format!("openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\n{text}"), expected);
    }

    #[test]
    fn deliveries_are_of_webhooks() {
        check(
            "x-typewright: {webhooks: {name: {header: x-event}}}",
            &[
                "3:26 TW0703 the document has neither webhooks nor callbacks | describe them under `webhooks`, or remove the fact | ",
            ],
        );
        check(
            "paths: {/a: {get: {x-typewright: {events: '*'}}}}",
            &[
                "3:43 TW0703 this operation is no webhook and no callback | remove it, or move it to the operation of a webhook or a callback | ",
            ],
        );
        check("webhooks: {a: {post: {x-typewright: {events: [a, 'b.*']}}}}", &[]);
    }

    #[test]
    fn a_part_is_one_of_two() {
        let help = "write `{ header: x-event }` or `{ pointer: /event }`";
        check(
            "x-typewright: {webhooks: {name: {}, id: {header: a, pointer: /b}}}\nwebhooks: {a: {post: {}}}",
            &[
                &format!("3:33 TW0702 a part of a message is a header or a member of the body | {help} | "),
                &format!("3:41 TW0702 a part of a message is a header or a member of the body | {help} | "),
            ],
        );
    }

    #[test]
    fn a_signature_signs_what_a_delivery_has() {
        check(
            "x-typewright: {webhooks: {signature: {header: x-signature, message: '{time}.{id}.{timestamp}'}}}\nwebhooks: {a: {post: {}}}",
            &[
                "3:69 TW0702 nothing is known as `{time}` | known are `body`, `timestamp`, `id` | ",
                "3:69 TW0702 what is signed lacks the body | add `{body}`: a signature of anything less says nothing about the payload | ",
                "3:69 TW0703 nothing says where a delivery has its `id` | say where it is: `webhooks: { id: … }` | ",
                "3:69 TW0703 nothing says where a delivery has its `timestamp` | name the header that holds it: `timestamp` | ",
            ],
        );
    }
}

//! The vocabulary of messages that the API sends.

use super::{needed, row};
use crate::facts::{MacEncoding, MessagePlace, SignatureFacts, WebhookFacts};
use crate::normalise::extension::reader::{Of, Reader, Table, Takes};
use crate::tree::NodeId;

/// `webhooks`.
pub(super) const WEBHOOKS: Table<WebhookFacts> = Table {
    name: "webhooks",
    rows: &[
        row("name", Takes::Object("part", |facts, reader, at| facts.name = part(reader, at))),
        row("id", Takes::Object("part", |facts, reader, at| facts.id = part(reader, at))),
        row(
            "signature",
            Takes::Object("signature", |facts, reader, at| {
                facts.signature = Some(reader.object(SIGNATURE, at, SignatureFacts::default()));
            }),
        ),
    ],
};

/// A part of a message, before it is known to be one.
#[derive(Default)]
pub(super) struct Draft {
    header: Option<String>,
    pointer: Option<String>,
}

/// A place in a message.
pub(super) const PART: Table<Draft> = Table {
    name: "part",
    rows: &[
        row("header", Takes::Text(Of::Header, |draft, text| draft.header = Some(text))),
        row("pointer", Takes::Text(Of::Pointer, |draft, text| draft.pointer = Some(text))),
    ],
};

/// `signature` of webhooks.
pub(super) const SIGNATURE: Table<SignatureFacts> = Table {
    name: "signature",
    rows: &[
        needed("header", Takes::Text(Of::Header, |facts, text| facts.header = text)),
        row("timestamp", Takes::Text(Of::Header, |facts, text| facts.timestamp = Some(text))),
        row("message", Takes::Text(Of::Any, |facts, text| facts.message = Some(text))),
        row("mac", Takes::Choice(&["hmac-sha256"], |_, _| ())),
        row(
            "encoding",
            Takes::Choice(&["hex", "base64"], |facts, text| {
                facts.encoding = if text == "base64" { MacEncoding::Base64 } else { MacEncoding::Hex };
            }),
        ),
        row("prefix", Takes::Text(Of::Any, |facts, text| facts.prefix = Some(text))),
        row("tolerance", Takes::Count(|facts, count| facts.tolerance = Some(count))),
    ],
};

fn part(reader: &mut Reader<'_>, at: NodeId) -> Option<MessagePlace> {
    let draft = reader.object(PART, at, Draft::default());
    match (draft.header, draft.pointer) {
        (Some(header), None) => Some(MessagePlace::Header(header)),
        (None, Some(pointer)) => Some(MessagePlace::Pointer(pointer)),
        _ => {
            let help = "write `{ header: x-event }` or `{ pointer: /event }`".to_owned();
            reader.bad(at, "a part of a message is a header or a member of the body".to_owned(), help);
            None
        }
    }
}

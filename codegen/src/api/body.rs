//! Bodies and their content types: what is in them, how it is written, and which one a call sends.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Origin, Style, Use};

/// A request's body.
#[derive(Clone, Debug, Serialize)]
pub struct Body {
    /// Whether a call must give it.
    pub required: bool,
    /// Content types in the document's order.
    pub contents: Vec<Content>,
    /// Markdown.
    pub description: Option<String>,
    /// Where it stands.
    #[serde(skip)]
    pub origin: Origin,
}

impl Body {
    /// The content type that a call's plain method sends.
    pub fn chosen(&self) -> Option<&Content> {
        Content::choose(&self.contents)
    }

    /// The other content types that a caller may choose. Another spelling of the same JSON is no choice.
    pub fn others(&self) -> Vec<&Content> {
        let Some(chosen) = self.chosen() else { return Vec::new() };
        let is_spelling = |content: &Content| {
            let essence = content.essence();
            let alike = content.codec == chosen.codec && content.of == chosen.of;
            alike && (essence.contains('*') || essence == "text/json" || essence == chosen.essence())
        };
        let others = self.contents.iter().filter(|content| !std::ptr::eq(*content, chosen) && !is_spelling(content));
        others.collect()
    }
}

impl Content {
    /// JSON before forms before everything else; among equals the document's first.
    pub fn choose(contents: &[Self]) -> Option<&Self> {
        let rank = |content: &&Self| match content.codec {
            Codec::Json => 0,
            Codec::Form => 1,
            Codec::Multipart => 2,
            Codec::Text => 3,
            Codec::JsonLines | Codec::Events => 4,
            Codec::Bytes => 5,
        };
        contents.iter().min_by_key(rank)
    }

    /// Whether the runtime writes its parts; those of other multipart types the caller writes.
    pub fn is_form_data(&self) -> bool {
        self.codec == Codec::Multipart && self.essence() == "multipart/form-data"
    }

    /// Whether it says what JSON says in other words: XML, plain text.
    pub fn is_other_words(&self) -> bool {
        let essence = self.essence();
        essence == "text/plain" || essence.ends_with("/xml") || essence.ends_with("+xml")
    }

    /// As a header has it: without white space. `None` for what no header can hold.
    pub fn header_text(&self) -> Option<String> {
        let text: String = self.media_type.chars().filter(|character| !character.is_whitespace()).collect();
        // A header holds visible ASCII; what does not, or has no slash, is no media type.
        (text.contains('/') && text.bytes().all(|byte| (0x21..0x7f).contains(&byte))).then_some(text)
    }

    /// The content type without its parameters, in lower case.
    pub fn essence(&self) -> String {
        self.media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }
}

/// One content type of a body or an answer.
#[derive(Clone, Debug, Serialize)]
pub struct Content {
    /// As written, for example `application/json; charset=utf-8`.
    pub media_type: String,
    /// How it is read and written.
    pub codec: Codec,
    /// Its type.
    pub of: Use,
    /// Per property: `encoding` of form and multipart bodies.
    pub encoding: BTreeMap<String, Encoding>,
}

/// How a content type is read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Codec {
    /// `application/json` and `+json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/*`.
    Multipart,
    /// `text/*`.
    Text,
    /// `text/event-stream`.
    Events,
    /// JSON lines.
    JsonLines,
    /// Everything else: bytes.
    Bytes,
}

/// How a parameter travels that is the whole query (3.2's `in: querystring`): as a body of this content type would.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WholeQuery {
    /// JSON, a form, or text.
    pub codec: Codec,
    /// Per property: `encoding` of a form.
    pub encoding: BTreeMap<String, Encoding>,
}

/// What a header of a part is beside a parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartHeader {
    /// The member of the body that is the part.
    pub part: String,
    /// What is sent where the caller says nothing, as JSON: the only value that there is, or the default of a required one.
    pub usual: Option<String>,
    /// Whether the part cannot be sent without it.
    pub needed: bool,
}

/// `encoding` of one property.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Encoding {
    /// `contentType`.
    pub content_type: Option<String>,
    /// Whether the document says one of the following; otherwise content types decide.
    pub styled: bool,
    /// `style`.
    pub style: Style,
    /// `explode`.
    pub explode: bool,
    /// `allowReserved`.
    pub allow_reserved: bool,
}

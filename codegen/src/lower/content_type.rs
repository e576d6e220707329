//! Content types: which codec reads and writes each.

use crate::api::Codec;

/// A content type without its parameters, in lower case.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// How a content type is read and written. A wildcard is taken for JSON, which is what servers mean by it.
pub(super) fn codec_of(media_type: &str) -> Codec {
    let essence = essence(media_type);
    match essence.as_str() {
        "application/json" | "text/json" | "*/*" | "application/*" => Codec::Json,
        "application/x-www-form-urlencoded" => Codec::Form,
        "text/event-stream" => Codec::Events,
        "application/jsonl" | "application/x-jsonl" | "application/jsonlines" | "application/x-jsonlines" => {
            Codec::JsonLines
        }
        "application/ndjson" | "application/x-ndjson" | "application/json-lines" => Codec::JsonLines,
        "application/json-seq" => Codec::JsonLines,
        "text/xml" => Codec::Bytes,
        other if other.ends_with("+json") => Codec::Json,
        other if other.ends_with("+json-seq") => Codec::JsonLines,
        other if other.starts_with("multipart/") => Codec::Multipart,
        other if other.starts_with("text/") => Codec::Text,
        _ => Codec::Bytes,
    }
}

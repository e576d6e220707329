//! The one table of names that an item may not have, and what it is called instead.
//!
//! Emitted code writes names of the runtime and of the standard library by path, so only real conflicts are listed:
//! keywords, the prelude's names where types are declared, and what the generated crate itself puts into the same scope.

use super::words::{pascal, snake};
use crate::source::floor_boundary;

/// Which scope a name goes into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum IdentKind {
    /// A type below `types`.
    Type,
    /// The client, at the crate's root.
    Client,
    /// The struct of a resource, in the file of its operations.
    Resource,
    /// A value of an enum, or an environment.
    Value,
    /// A variant of a union or of `ApiError`.
    Variant,
    /// A field, its setter and its argument.
    Field,
    /// An argument that is no setter.
    Argument,
    /// A setter of a call.
    Setter,
    /// A method of a resource.
    Method,
    /// A method of the client.
    ClientMethod,
    /// A module that is a file too.
    Module,
    /// A marker below `op`.
    Marker,
    /// A variant of the enum of messages that the API sends.
    Webhook,
}

impl IdentKind {
    /// Whether names of this kind are written `OrderLine`; the others are `order_line`.
    pub(super) fn is_pascal(self) -> bool {
        match self {
            Self::Type | Self::Client | Self::Resource | Self::Value | Self::Variant | Self::Marker | Self::Webhook => {
                true
            }
            Self::Field | Self::Argument | Self::Setter | Self::Method | Self::ClientMethod | Self::Module => false,
        }
    }
}

/// Keywords of every edition, reserved ones included.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords that cannot be written raw.
const NEVER_RAW: &[&str] = &["self", "crate", "super", "_"];

/// Names of the prelude that emitted declarations write plainly.
const PRELUDE: &[&str] = &[
    "Self",
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "Vec",
    "String",
    "Box",
    "From",
    "Into",
    "TryFrom",
    "TryInto",
    "AsRef",
    "AsMut",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "PartialEq",
    "Ord",
    "PartialOrd",
    "Hash",
    "Fn",
    "FnMut",
    "FnOnce",
    "Iterator",
    "IntoIterator",
    "Extend",
    "Send",
    "Sync",
    "Sized",
    "Unpin",
    "ToOwned",
    "ToString",
    "FromIterator",
    "Future",
    "IntoFuture",
    "DoubleEndedIterator",
    "ExactSizeIterator",
];

/// Names at the root of a generated crate.
const ROOT: &[&str] = &[
    "Error",
    "ErrorValues",
    "ApiError",
    "Call",
    "Environment",
    "Scope",
    // What the crate re-exports of the runtime.
    "Attribute",
    "Auth",
    "Base64",
    "Builder",
    "Bytes",
    "Credentials",
    "Date",
    "DateTime",
    "Decimal",
    "DecodeError",
    "Delivery",
    "Download",
    "ErrorKind",
    "Event",
    "EventStream",
    "EventType",
    "Events",
    "Extra",
    "Field",
    "FilePart",
    "Filter",
    "Header",
    "IssueToken",
    "Items",
    "HeaderMap",
    "Json",
    "Lines",
    "Map",
    "MemoryTokenCache",
    "NumberOrString",
    "Operation",
    "Others",
    "Paged",
    "Pages",
    "Pending",
    "RateLimitInfo",
    "RawReply",
    "RawRequest",
    "Records",
    "RedirectPolicy",
    "RedirectTarget",
    "Response",
    "RetryPolicy",
    "Secret",
    "ServerEvent",
    "Sort",
    "Subscription",
    "Token",
    "TokenCache",
    "UnknownNumber",
    "UnknownValue",
    "Upload",
    "Uuid",
    "WebhookError",
    "WebhookVerifier",
];

/// Methods of every call; call headers that the document declares come on top.
pub(super) const CALL: &[&str] = &[
    "new",
    "parameter",
    "text_of",
    "body",
    "below",
    "filtered",
    "sorted",
    "with_body",
    "with_content",
    "with_lines",
    "with_upload",
    "timeout",
    "total_timeout",
    "credentials",
    "header",
    "query",
    "member",
    "idempotency_key",
    "page_origin",
    "redirect",
    "retry",
    "items",
    "pages",
    "stream",
    "records",
    "events",
    "with_response",
    "into_future",
    "clone",
    "into",
    "try_into",
];

/// Methods of the client.
const CLIENT: &[&str] = &[
    "new",
    "builder",
    "from_env",
    "from_client",
    "auth",
    "base_url",
    "events",
    "request",
    "retry_conflict",
    "clone",
    "into",
    "try_into",
    "to_owned",
];

/// Modules beside those of the resources, and names that some file systems refuse.
const MODULES: &[&str] = &[
    "mod", "shared", "serde", "lib", "main", "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5",
    "com6", "com7", "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Longest identifier in bytes; longer ones are cut between words.
const MAX_LENGTH: usize = 160;

/// The identifier of these words in this scope. `more` are names that the document takes itself (call headers).
pub(super) fn ident<S: AsRef<str>>(kind: IdentKind, words: &[S], more: &[String]) -> String {
    let words = cut(words, MAX_LENGTH);
    let plain = if kind.is_pascal() { pascal(words) } else { snake(words) };
    let plain = lead_with_letter(kind, cut_word(plain));
    keep_off(kind, plain, more)
}

/// An identifier that stands as it is, but for what the scope reserves.
pub(super) fn keep_off(kind: IdentKind, plain: String, more: &[String]) -> String {
    if is_taken(kind, &plain) || more.contains(&plain) {
        return format!("{plain}{}", suffix(kind));
    }
    if NEVER_RAW.contains(&plain.as_str()) {
        return format!("{plain}_");
    }
    match (KEYWORDS.contains(&plain.as_str()), kind) {
        // A module is a file too, and `r#type.rs` is none.
        (true, IdentKind::Module) => format!("{plain}_"),
        (true, _) => format!("r#{plain}"),
        (false, _) => plain,
    }
}

fn is_taken(kind: IdentKind, plain: &str) -> bool {
    let lists: &[&[&str]] = match kind {
        IdentKind::Type => &[PRELUDE],
        IdentKind::Client => &[PRELUDE, ROOT],
        IdentKind::Resource => &[PRELUDE, &["Call"]],
        IdentKind::Value | IdentKind::Variant | IdentKind::Webhook => &[&["Self", "Unknown"]],
        IdentKind::Marker => &[&["Self"]],
        IdentKind::Field => &[&["new", "clone", "into"]],
        IdentKind::Setter => &[CALL],
        IdentKind::Method => &[&["new", "clone", "into", "try_into", "to_owned"]],
        IdentKind::ClientMethod => &[CLIENT],
        IdentKind::Module => &[MODULES],
        IdentKind::Argument => &[],
    };
    lists.iter().any(|list| list.contains(&plain))
}

fn suffix(kind: IdentKind) -> &'static str {
    match kind {
        IdentKind::Type => "Model",
        IdentKind::Client => "Client",
        IdentKind::Value => "Literal",
        IdentKind::Variant => "Variant",
        IdentKind::Webhook => "Webhook",
        IdentKind::Marker => "Operation",
        IdentKind::Field => "_field",
        IdentKind::Argument | IdentKind::Setter => "_param",
        IdentKind::Method => "_operation",
        IdentKind::Resource => "Resource",
        IdentKind::ClientMethod | IdentKind::Module => "_resource",
    }
}

/// What stands before a digit: `V2` reads well as a value, `n2fa` as a field.
fn lead_with_letter(kind: IdentKind, plain: String) -> String {
    if !plain.starts_with(|first: char| first.is_ascii_digit()) {
        return plain;
    }
    match kind {
        IdentKind::Value | IdentKind::Variant => format!("V{plain}"),
        IdentKind::Type | IdentKind::Client | IdentKind::Resource | IdentKind::Marker => format!("N{plain}"),
        _ => format!("n{plain}"),
    }
}

/// As many of the words as leave room for one more that tells a long name from another.
pub(super) fn shortened(words: Vec<String>) -> Vec<String> {
    cut(&words, MAX_LENGTH / 2).iter().cloned().map(cut_word).collect()
}

fn cut<S: AsRef<str>>(words: &[S], longest: usize) -> &[S] {
    let mut length = 0;
    let fits = words.iter().take_while(|word| {
        length += word.as_ref().len() + 1;
        length <= longest
    });
    let fits = fits.count().max(1);
    words.get(..fits).unwrap_or(words)
}

/// A word, or words that were joined before, no longer than an identifier may be: a module is a file too, and file
/// systems take no more than 255 bytes.
fn cut_word(mut word: String) -> String {
    if word.len() <= MAX_LENGTH {
        return word;
    }
    word.truncate(floor_boundary(&word, MAX_LENGTH / 2));
    word.truncate(word.trim_end_matches('_').len());
    word
}

#[cfg(test)]
mod tests {
    use super::{IdentKind, ident};
    use crate::name::words::{Spell, words};

    #[test]
    fn reserved_names_are_kept_off() {
        let check = |kind, text: &str, expected: &str| {
            let more = ["trace_id".to_owned()];
            let more: &[String] = if kind == IdentKind::Setter { &more } else { &[] };
            assert_eq!(ident(kind, &words(text, Spell::Plain), more), expected, "{kind:?} {text:?}");
        };
        for (kind, text, expected) in [
            (IdentKind::Type, "option", "OptionModel"),
            (IdentKind::Type, "String", "StringModel"),
            (IdentKind::Type, "self", "SelfModel"),
            (IdentKind::Type, "Error", "Error"),
            (IdentKind::Type, "2fa", "N2fa"),
            (IdentKind::Client, "error", "ErrorClient"),
            (IdentKind::Resource, "call", "CallResource"),
            (IdentKind::Resource, "error", "Error"),
            (IdentKind::Resource, "2fa", "N2fa"),
            (IdentKind::Value, "UNKNOWN", "UnknownLiteral"),
            (IdentKind::Value, "self", "SelfLiteral"),
            (IdentKind::Value, "2", "V2"),
            (IdentKind::Value, "-1", "Minus1"),
            (IdentKind::Value, "+1", "Plus1"),
            (IdentKind::Value, "1.0", "V1_0"),
            (IdentKind::Value, "", "Empty"),
            (IdentKind::Variant, "String", "String"),
            (IdentKind::Field, "type", "r#type"),
            (IdentKind::Field, "gen", "r#gen"),
            (IdentKind::Field, "self", "self_"),
            (IdentKind::Field, "Self", "self_"),
            (IdentKind::Field, "crate", "crate_"),
            (IdentKind::Field, "super", "super_"),
            (IdentKind::Field, "_", "underscore"),
            (IdentKind::Field, "new", "new_field"),
            (IdentKind::Field, "2fa", "n2fa"),
            (IdentKind::Field, "timeout", "timeout"),
            (IdentKind::Setter, "timeout", "timeout_param"),
            (IdentKind::Setter, "traceId", "trace_id_param"),
            (IdentKind::Setter, "type", "r#type"),
            (IdentKind::Argument, "timeout", "timeout"),
            (IdentKind::Method, "move", "r#move"),
            (IdentKind::Method, "new", "new_operation"),
            (IdentKind::ClientMethod, "auth", "auth_resource"),
            (IdentKind::Module, "type", "type_"),
            (IdentKind::Module, "mod", "mod_resource"),
            (IdentKind::Module, "aux", "aux_resource"),
            (IdentKind::Module, "shared", "shared_resource"),
            (IdentKind::Marker, "list orders", "ListOrders"),
        ] {
            check(kind, text, expected);
        }
    }

    #[test]
    fn long_names_are_cut_between_words() {
        let long = vec!["word"; 200];
        assert!(ident(IdentKind::Value, &long, &[]).len() <= 160);
        assert_eq!(ident(IdentKind::Module, &[long.join("_")], &[]), ["word"; 16].join("_"));
        assert_eq!(ident(IdentKind::Field, &["ü".repeat(200)], &[]), "ü".repeat(40));
    }
}

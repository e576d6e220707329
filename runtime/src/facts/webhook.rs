//! What holds for messages that an API sends.
//!
//! Owns the vocabulary; `webhook` reads deliveries by it.

/// What is known of the messages that an API sends.
#[derive(Debug)]
pub struct WebhookFacts {
    pub(crate) events: &'static [(&'static str, usize)],
    pub(crate) variants: usize,
    pub(crate) name: Option<Part>,
    pub(crate) id: Option<Part>,
    pub(crate) headers: &'static [(&'static str, HeaderRead)],
    pub(crate) signature: Option<WebhookSignature>,
}

impl WebhookFacts {
    /// How many kinds there are, and what they are called: the first name that fits counts, and `*` stands for any text.
    #[must_use]
    pub const fn new(variants: usize, events: &'static [(&'static str, usize)]) -> Self {
        Self { events, variants, name: None, id: None, headers: &[], signature: None }
    }

    /// Where a delivery says which kind it is.
    #[must_use]
    pub const fn name(mut self, part: Part) -> Self {
        self.name = Some(part);
        self
    }

    /// Where a delivery says which one it is.
    #[must_use]
    pub const fn id(mut self, part: Part) -> Self {
        self.id = Some(part);
        self
    }

    /// Declared headers, and how each is read.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [(&'static str, HeaderRead)]) -> Self {
        self.headers = headers;
        self
    }

    /// How deliveries are signed.
    #[must_use]
    pub const fn signature(mut self, signature: WebhookSignature) -> Self {
        self.signature = Some(signature);
        self
    }
}

/// A part of a message.
#[derive(Clone, Copy, Debug)]
pub enum Part {
    /// A header.
    Header(&'static str),
    /// A member of the body, by its JSON pointer.
    Pointer(&'static str),
}

/// How the text of a header becomes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderRead {
    /// As a string.
    Text,
    /// As JSON; as a string where it is none.
    Json,
    /// As a list with commas.
    List,
}

/// How bytes of a signature are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MacEncoding {
    /// Lower-case hexadecimal digits.
    Hex,
    /// Base64 with padding.
    Base64,
}

/// How deliveries are signed: HMAC-SHA256 with the secret's UTF-8 as the key.
#[derive(Debug)]
#[cfg_attr(not(feature = "signing"), allow(dead_code, reason = "only who checks signatures reads them"))]
pub struct WebhookSignature {
    pub(crate) header: &'static str,
    pub(crate) timestamp: Option<&'static str>,
    pub(crate) message: &'static str,
    pub(crate) encoding: MacEncoding,
    pub(crate) prefix: &'static str,
    pub(crate) tolerance: u64,
}

impl WebhookSignature {
    /// The header that holds the signature; of the body alone, in hexadecimal digits, where nothing else is said.
    #[must_use]
    pub const fn new(header: &'static str) -> Self {
        Self { header, timestamp: None, message: "{body}", encoding: MacEncoding::Hex, prefix: "", tolerance: 300 }
    }

    /// The header that holds the time of the signature in Unix seconds.
    #[must_use]
    pub const fn timestamp(mut self, header: &'static str) -> Self {
        self.timestamp = Some(header);
        self
    }

    /// What is signed: a template of `{body}`, `{timestamp}` and `{id}`.
    #[must_use]
    pub const fn message(mut self, template: &'static str) -> Self {
        self.message = template;
        self
    }

    /// How the signature is written.
    #[must_use]
    pub const fn encoding(mut self, encoding: MacEncoding) -> Self {
        self.encoding = encoding;
        self
    }

    /// What stands before the signature in its header.
    #[must_use]
    pub const fn prefix(mut self, prefix: &'static str) -> Self {
        self.prefix = prefix;
        self
    }

    /// Seconds that the time of the signature may differ, before and after. Default 300.
    #[must_use]
    pub const fn tolerance(mut self, seconds: u64) -> Self {
        self.tolerance = seconds;
        self
    }
}

//! The only module that generated code imports. Nothing is ever taken out of a version; what an older output names stays.

#[cfg(feature = "serde")]
mod serde;

/// Version 1.
pub mod v1 {
    // The codec, the values, and the facts of rules and styles.
    #[cfg(feature = "serde")]
    pub use super::serde::{serde_traits, serde_write};
    pub use crate::text::codec::{
        Decode, DecodeError, Decoder, Drift, Encode, EncodeError, EncodeRest, Encoder, Kind, Rest, ShapeFacts,
        WellFormed, from_json, from_json_bytes, to_json,
    };
    pub use crate::text::rules::{MemberRules, Rule};
    pub use crate::text::style::{FormField, Lists, Style, StyleFacts};
    pub use crate::text::values::{
        Base64, Date, DateTime, Decimal, Extra, Field, InvalidText, Json, Map, NumberOrString, Others, UnknownNumber,
        UnknownValue, Uuid, list, maybe, pairs,
    };
    #[cfg(feature = "serde")]
    pub use crate::text::values::{serde_deserialize, serde_serialize};
    #[cfg(feature = "serde")]
    pub use ::serde::{Deserialize, Deserializer, Serialize, Serializer};
    pub use bytes::Bytes;

    // Calls, and the facts of clients and operations.
    pub use crate::auth::{Auth, IssueToken};
    pub use crate::builder::Builder;
    pub use crate::call::RawRequest;
    pub use crate::call::wire::texts;
    pub use crate::call::{CallOptions, Parent, RawCall};
    pub use crate::call::{Operation, Paged, Pending, run, run_with_response};
    pub use crate::client::{ApiClient, Client, EnvironmentName, NoEnvironment};
    pub use crate::credentials::{Credentials, MemoryTokenCache, Token, TokenCache};
    pub use crate::error::{ApiErrorBody, Error, ErrorKind, RateLimitInfo};
    pub use crate::event::{Event, EventType, Events, Subscription};
    pub use crate::facts::{
        Adjustment, Answer, BodyFacts, BodyKind, ClientFacts, ErrorFacts, ErrorSign, FilterFacts, IdempotencyFacts,
        Location, Need, OperationFacts, Pagination, Parameter, PartFacts, RateLimitFacts, RetryFacts, SecurityScheme,
        SigningFacts, Status, TokenFacts,
    };
    pub use crate::facts::{ServerFacts, ServerVariable};
    pub use crate::filter::{Attribute, Filter, Sort};
    pub use crate::headers::CookieId;
    pub use crate::headers::Header;
    pub use crate::page::{Items, Pages};
    pub use crate::redirect::{RedirectPolicy, RedirectTarget};
    pub use crate::reply::{RawReply, Response};
    pub use crate::retry::RetryPolicy;
    pub use crate::stream::{Download, InBytes, InRecords, Records, download};
    #[cfg(feature = "sse")]
    pub use crate::stream::{EventForm, EventStream, InEvents, ServerEvent};
    pub use crate::text::secret::Secret;
    pub use crate::upload::{FilePart, Lines, Upload};
    pub use crate::{event, hook, testing, time, transport};

    // Sessions.
    pub use crate::facts::SessionRole;

    // Messages that an API sends.
    pub use crate::facts::{HeaderRead, MacEncoding, Part, WebhookFacts, WebhookSignature};
    #[cfg(feature = "signing")]
    pub use crate::webhook::WebhookVerifier;
    pub use crate::webhook::{Delivery, WebhookError, Webhooks, parse_webhook, parse_webhook_as};
    pub use http::HeaderMap;
}

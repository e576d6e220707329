//! The handwritten half of every client that typewright generates: codec, values, rules, parameter styles, transport.
//!
//! Applications meet it through a generated crate: its builder is [`Builder`], its error is [`Error`], its values are made
//! of [`Json`], [`Field`], [`DateTime`] and the like. [`testing`] has a transport in memory and time that needs no waiting,
//! for an application's own tests. [`codegen`] is for generated code only.
//!
//! # What a call does, in this order
//!
//! 1. The input is checked and the request put together. What is wrong is told before anything is sent.
//! 2. Per attempt: credentials are fetched anew (a token is cached and shared), the request is sent, the answer read up to
//!    the cap, and judged. Each attempt has its time limit, and the call may have one in all.
//! 3. A failure is repeated if the document, the [`RetryPolicy`] and the retry budget allow it. A write that the document
//!    forbids repeating is never repeated.
//! 4. The answer is decoded.
//!
//! Redirects are followed for GET and HEAD only, and another origin gets neither credentials nor the client's headers:
//! [`RedirectPolicy`]. [`Builder::page_origin`] lets lists go on at another origin.
//! Calls need a Tokio runtime with a timer and IO unless both transport and sleeper are the application's own; without one
//! they fail with a configuration error before anything is sent.
//!
//! # Tolerant reading
//!
//! With [`Builder::tolerant`] an optional member of the wrong type reads as absent (its raw value is kept with the other
//! members), and an unreadable item or map entry is left out; each is an event ([`event::DriftEvent`]) and written to the log,
//! with its path. A missing required member stays an error unless the document gives a default.
//!
//! # Features
//!
//! `reqwest` (default): the transport. `rustls` (default): TLS by rustls with ring; `rustls-aws-lc-rs`: with aws-lc-rs instead;
//! `native-tls`: the platform's own library. `serde` (default): both serde traits for models. `decimal`: conversions from and
//! to `rust_decimal`. `chrono`, `time`, `jiff`: conversions of [`DateTime`]. `signing`: digests and MACs, for signed requests and signed webhooks. `sse`: server-sent events. `files`: files on
//! disk as bodies and parts of bodies.

#![forbid(unsafe_code)]

mod auth;
mod builder;
mod call;
mod client;
pub mod codegen;
mod credentials;
mod error;
pub mod event;
mod facts;
mod filter;
mod headers;
pub mod hook;
mod limit;
mod page;
mod process;
mod redirect;
mod reply;
mod retry;
mod signing;
mod stream;
pub mod testing;
mod text;
pub mod time;
pub mod transport;
mod upload;
mod url;
mod webhook;

pub use bytes::Bytes;

pub use crate::auth::{Auth, IssueToken};
pub use crate::builder::Builder;
pub use crate::call::Pending;
pub use crate::call::RawRequest;
pub use crate::client::{ApiClient, Client, EnvironmentName, NoEnvironment};
pub use crate::credentials::{Credentials, IntoSecret, MemoryTokenCache, Token, TokenCache};
pub use crate::error::{ApiErrorBody, Error, ErrorKind, RateLimitInfo};
pub use crate::event::{Event, EventType, Events, Subscription};
pub use crate::filter::{Attribute, Filter, Operand, Ordered, Sort};
pub use crate::headers::CookieId;
pub use crate::headers::Header;
pub use crate::page::{Items, Pages};
pub use crate::redirect::{RedirectPolicy, RedirectTarget};
pub use crate::reply::{RawReply, Response};
pub use crate::retry::RetryPolicy;
pub use crate::stream::{Download, Records};
#[cfg(feature = "sse")]
pub use crate::stream::{EventStream, ServerEvent};
pub use crate::text::codec::{
    Decode, DecodeError, Decoder, Drift, Encode, EncodeError, Encoder, Kind, from_json, from_json_bytes, to_json,
};
pub use crate::text::rules::Violation;
pub use crate::text::secret::Secret;
pub use crate::text::values::{
    Base64, Date, DateTime, Decimal, Extra, Field, InvalidText, Json, Map, MapIter, NumberOrString, Others,
    UnknownNumber, UnknownValue, Uuid,
};
pub use crate::upload::{FilePart, Lines, Upload};
#[cfg(feature = "signing")]
pub use crate::webhook::WebhookVerifier;
pub use crate::webhook::{Delivery, WebhookError, Webhooks};

//! The handwritten half of every client that typewright generates: codec, values, rules, parameter styles, transport.

#![forbid(unsafe_code)]

mod auth;
mod base_url;
mod builder;
mod call;
mod client;
mod codec;
pub mod codegen;
mod credentials;
mod env;
mod error;
pub mod event;
mod facts;
mod headers;
mod operation;
mod page;
mod reply;
mod request;
mod retry;
mod rules;
mod secret;
mod style;
pub mod testing;
pub mod time;
mod trace;
pub mod transport;
mod values;
mod wire;

pub use bytes::Bytes;

pub use crate::auth::{Auth, IssueToken};
pub use crate::builder::Builder;
pub use crate::client::{ApiClient, Client, EnvironmentName, NoEnvironment};
pub use crate::codec::{
    Decode, DecodeError, Decoder, Drift, Encode, EncodeError, Encoder, Kind, from_json, from_json_bytes, to_json,
};
pub use crate::credentials::{Credentials, IntoSecret, MemoryTokenCache, Token, TokenCache};
pub use crate::error::{ApiErrorBody, Error, ErrorKind};
pub use crate::event::{Event, EventType, Events, Subscription};
pub use crate::operation::Pending;
pub use crate::page::{Items, Pages};
pub use crate::reply::{RawReply, Response};
pub use crate::request::RawRequest;
pub use crate::retry::RetryPolicy;
pub use crate::rules::Violation;
pub use crate::secret::Secret;
pub use crate::values::{
    Base64, Date, DateTime, Decimal, Extra, Field, InvalidText, Json, Map, UnknownNumber, UnknownValue, Uuid,
};

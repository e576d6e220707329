//! What applications test with: a transport in memory, time that needs no waiting, and dice that fall as told.
//!
//! Owns nothing that a client needs in production. Every generated client takes these through its builder:
//!
//! ```
//! use std::sync::Arc;
//! use typewright_runtime::testing::{Answer, ManualTime, MemoryTransport};
//! # use typewright_runtime::codegen::v1 as rt;
//! # #[derive(Debug)] struct Pets { client: rt::Client }
//! # #[derive(Debug)] struct ApiError;
//! # impl rt::ApiErrorBody for ApiError {
//! #     type Code = String;
//! #     fn decode(_: usize, d: &mut rt::Decoder<'_>) -> Result<Self, rt::DecodeError> { d.json().map(|_| Self) }
//! # }
//! # static PETS: rt::ClientFacts = rt::ClientFacts::new("pets", "1.0.0");
//! # impl rt::ApiClient for Pets {
//! #     type Error = ApiError;
//! #     type Environment = rt::NoEnvironment;
//! #     const FACTS: &'static rt::ClientFacts = &PETS;
//! #     fn from_client(client: rt::Client) -> Self { Self { client } }
//! # }
//! # impl Pets {
//! #     fn builder() -> rt::Builder<Self> { rt::Builder::new() }
//! #     fn request(&self, method: &str, path: &str) -> rt::RawRequest<ApiError> { self.client.request(method, path) }
//! # }
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
//! let transport = MemoryTransport::new();
//! transport.answer(Answer::new(503)).answer(Answer::json(200, r#"{"name":"Rex"}"#));
//! let time = ManualTime::new();
//! let pets = Pets::builder()
//!     .base_url("https://pets.example")
//!     .transport(Arc::new(transport.clone()))
//!     .clock(Arc::new(time.clone()))
//!     .sleeper(Arc::new(time.clone()))
//!     .build()?;
//!
//! let reply = pets.request("GET", "/pets/7").await?;
//! assert_eq!(reply.text()?, r#"{"name":"Rex"}"#);
//! // The 503 was retried, and nobody had to wait for it.
//! assert_eq!(transport.requests().len(), 2);
//! assert_eq!(transport.requests()[1].path(), "/pets/7");
//! # Ok::<(), Box<dyn std::error::Error>>(()) }).unwrap();
//! ```
//!
//! [`MemoryTransport::on`] answers by method and route, whatever the order of the requests. [`ErrorBuilder`] makes an error
//! for a test of your own error handling.

mod error;
mod manual;
mod memory;

pub use self::error::ErrorBuilder;
pub use self::manual::{ManualTime, SteadyRandom};
pub use self::memory::{Answer, MemoryTransport, Recorded};

//! How far answers may stray from the document, how large their values may become, and who is told when they stray.
//!
//! Owns the settings on their way from the client to the decoder, and the reports on their way back: to the log and to the
//! client's handlers. What may be passed over is the decoder's affair.

use std::sync::Arc;

use http::Method;

use crate::event::{DriftEvent, Event, EventHub};
use crate::text::codec::{Decode, DecodeError, Decoder, Drift};

/// Of one answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tolerance {
    tolerant: bool,
    /// The memory that decoded values may take; `None` is the decoder's own limit.
    max_decoded_bytes: Option<usize>,
    call: Option<Arc<Call>>,
}

/// The call that is told of.
#[derive(Debug)]
struct Call {
    events: EventHub,
    method: Method,
    path: String,
}

impl Tolerance {
    /// As the client is set, for an answer to this call.
    pub(crate) fn new(tolerant: bool, events: &EventHub, method: &Method, path: &str) -> Self {
        let (events, method, path) = (events.clone(), method.clone(), path.to_owned());
        Self { tolerant, max_decoded_bytes: None, call: Some(Arc::new(Call { events, method, path })) }
    }

    /// The same, with a limit for the memory of decoded values.
    pub(crate) fn max_decoded_bytes(self, bytes: usize) -> Self {
        Self { max_decoded_bytes: Some(bytes), ..self }
    }

    /// Nobody is told, for there was no call.
    pub(crate) const fn silent(tolerant: bool) -> Self {
        Self { tolerant, max_decoded_bytes: None, call: None }
    }

    /// The same call, read tolerantly.
    pub(crate) fn tolerant(&self) -> Self {
        Self { tolerant: true, ..self.clone() }
    }

    /// Reads a whole body.
    pub(crate) fn decode<T: Decode>(&self, body: &[u8]) -> Result<T, DecodeError> {
        self.decode_below(body, "")
    }

    /// Reads what stood at a JSON pointer of a body: paths begin where the body does.
    pub(crate) fn decode_below<T: Decode>(&self, body: &[u8], pointer: &str) -> Result<T, DecodeError> {
        let mut decoder = Decoder::from_bytes(body)?.tolerant(self.tolerant);
        if let Some(bytes) = self.max_decoded_bytes {
            decoder = decoder.max_decoded_bytes(bytes);
        }
        let value = decoder.document().map_err(|error| error.below(pointer))?;
        if self.tolerant {
            let (drift, more) = decoder.drift();
            drift.into_iter().for_each(|drift| self.tell(drift.below(pointer)));
            if more > 0 {
                tracing::warn!(target: "typewright", more, "an answer strays from the document in further places");
            }
        }
        Ok(value)
    }

    fn tell(&self, drift: Drift) {
        let Drift { path: json_path, message } = drift;
        tracing::warn!(target: "typewright", path = json_path, message, "an answer strays from the document");
        let Some(call) = &self.call else { return };
        call.events.emit(|| {
            Event::Drift(DriftEvent { method: call.method.to_string(), path: call.path.clone(), json_path, message })
        });
    }
}

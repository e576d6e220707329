//! Where nested resources start: a client, and the path parameters that belong to what is above them.

use std::fmt;

use super::RawCall;
use crate::client::Client;
use crate::facts::OperationFacts;
use crate::text::codec::{Encode, Written};
use crate::text::invalid::Invalid;

/// A client and the first path parameters of a nested resource's calls, in the order of the facts.
#[derive(Clone)]
pub struct Parent<'a> {
    client: &'a Client,
    values: Vec<Written>,
    fault: Option<Invalid>,
}

impl<'a> Parent<'a> {
    /// Holds nothing yet.
    #[must_use]
    pub fn new(client: &'a Client) -> Self {
        Self { client, values: Vec::new(), fault: None }
    }

    /// Holds one more. What cannot be written is the fault of every call below.
    #[must_use]
    pub fn with(mut self, value: &dyn Encode) -> Self {
        match Written::of(value) {
            Ok(value) => self.values.push(value),
            Err(error) => {
                self.values.push(Written::from_valid("null".to_owned()));
                self.fault.get_or_insert(error.into());
            }
        }
        self
    }

    /// A call below it, its first parameters set.
    #[must_use]
    pub fn call(&self, facts: &'static OperationFacts) -> RawCall {
        let mut call = RawCall::new(self.client, facts);
        for (index, value) in self.values.iter().enumerate() {
            call.put(index, Ok(value.clone()));
        }
        if let Some(fault) = &self.fault {
            call.refuse(fault.clone());
        }
        call
    }
}

/// Values are not printed: they may be anything.
impl fmt::Debug for Parent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parent").field("values", &self.values.len()).finish_non_exhaustive()
    }
}

//! What a document says about how the API tells its faults.

use serde::Serialize;

use super::{RateLimitHeaders, StatusFact};

/// How the API tells its faults.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ErrorFacts {
    /// JSON pointers into the body, first hit wins.
    pub code: Vec<String>,
    /// JSON pointers into the body.
    pub message: Vec<String>,
    /// JSON pointers into the body.
    pub details: Vec<String>,
    /// Key of the component that lists the codes; its enum becomes the type of `Error::code()`.
    pub codes: Option<String>,
    /// Headers in order of preference.
    pub request_id: Vec<String>,
    /// Headers in order of preference.
    pub trace_id: Vec<String>,
    /// `validation`: statuses that say that the input was refused. Default `400`.
    pub validation: Vec<StatusFact>,
    /// `unreadable`: the code of the error for a success that cannot be read.
    pub unreadable: Option<String>,
    /// `bad_input`: the code of the error for input that is refused before anything is sent.
    pub bad_input: Option<String>,
    /// `bad_setup`: the code of the error for a client that cannot be set up.
    pub bad_setup: Option<String>,
    /// `status`: JSON pointers to the status that the body tells.
    pub status: Vec<String>,
    /// `in_success`: by what a body shows that it is an error although its status says success.
    pub in_success: Vec<ErrorSign>,
    /// `rate_limit`: headers that tell of it.
    pub rate_limit: Option<RateLimitHeaders>,
    /// `values`: what else errors tell, by the name of the method that gives it; JSON pointers.
    pub values: Vec<(String, String)>,
}

/// A sign that a body is an error.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ErrorSign {
    /// JSON pointer.
    pub at: String,
    /// `is: false`: this truth value is there.
    pub is: Option<bool>,
    /// `at_least: 400`: a number is there that is not below this. Without `is` and `at_least`: anything is there.
    pub at_least: Option<u64>,
}

//! Raw tree to model: a visible list of passes, after which there is no OpenAPI version left.

pub mod facts;
pub mod model;

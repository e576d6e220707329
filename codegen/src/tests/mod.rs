//! Tests that see several stages at once.

mod corpus;
mod diagnostics;
mod readers;

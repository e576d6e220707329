//! Tests that see several stages at once.

mod corpus;
mod diagnostics;
mod oracle;
mod readers;

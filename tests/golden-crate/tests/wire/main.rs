//! What goes over a real connection, byte for byte.

mod answers;
mod queries;
mod server;
mod streams;
mod styles;

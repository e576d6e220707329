//! What goes over a real connection, byte for byte.

mod queries;
mod server;
mod streams;
mod styles;

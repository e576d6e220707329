//! What goes over a real connection, byte for byte.

mod server;
mod streams;
mod styles;

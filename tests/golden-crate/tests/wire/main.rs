//! What goes over a real connection, byte for byte.

mod answers;
mod bodies;
mod queries;
mod server;
mod streams;
mod styles;

//! What goes over a real connection, byte for byte.

mod answers;
mod bodies;
mod pages;
mod queries;
mod rules;
mod schemas;
mod security;
mod server;
mod servers;
mod streams;
mod styles;
mod tls;
mod tolerant;

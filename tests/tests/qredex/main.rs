//! The Qredex client against a server on loopback, one module per subject.

#![forbid(unsafe_code)]

mod answers;
mod application;
mod auth;
mod config;
mod delays;
mod errors;
mod events;
mod operations;
mod pages;
mod retries;
mod sweep;
mod validation;
mod wire;

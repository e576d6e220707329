//! The Spree Admin client against a server on loopback.

mod sweep;

//! Whole calls of a client as the generator would write it, against a transport in memory and with time that needs no
//! waiting. What only a real server can show is tested elsewhere.
#![allow(unreachable_pub, missing_docs, reason = "the client in `common` is written as generated code is")]

mod common;
mod events;
mod hooks;
mod hostile;
mod keys;
mod limits;
mod pages;
mod promises;
mod rate_limit;
mod redirects;
mod requests;
mod retries;
mod sessions;
mod setup;
mod shared_tokens;
mod spelling;
mod streams;
mod surroundings;
mod testing;
mod token_headers;
mod token_rounds;
mod tokens;
mod waiting;

//! The Spree Admin client against a server on loopback.

mod answers;
mod client;
mod errors;
mod examples;
mod filters;
mod idempotency;
mod nested;
mod operations;
mod session;
mod setters;
mod sweep;
mod webhooks;
mod wire;

use spree_admin::{Builder, Credentials, SpreeAdmin};
use typewright_tests::server::{Answer, Server};

/// A server with these answers, and a builder for it that has a key.
async fn scripted(answers: impl Into<Vec<Answer>>) -> (Server, Builder<SpreeAdmin>) {
    let server = Server::scripted(answers).await;
    let builder = SpreeAdmin::builder().base_url(server.url()).credentials(Credentials::api_key("sk_test"));
    (server, builder)
}

/// A server that says this with 200, and a client for it.
async fn answering(body: &str) -> (Server, SpreeAdmin) {
    let (server, builder) = scripted([Answer::json(200, body)]).await;
    (server, builder.build().expect("complete"))
}

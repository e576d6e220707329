//! Issues a token with which a browser shows a partner the referral portal.
//!
//! Runs against a server of its own, or against Refport when `REFPORT_API_KEY` is set:
//! `cargo run --example refport_embed_token`.

use refport::types::{CreateEmbedToken, Partner};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), refport::Error> {
    let demo = typewright_tests::refport_server::client().await?;
    let partner = Partner::new("partner@example.test").name("Alice");
    let token = demo.refport.embed_tokens().create(&CreateEmbedToken::new().partner(partner)).await?;
    println!("a token until {}", token.expires);
    Ok(())
}

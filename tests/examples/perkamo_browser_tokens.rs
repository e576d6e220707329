//! Issues both kinds of tokens for a browser.
//!
//! `cargo run --example perkamo_browser_tokens` starts a server of its own; with `PERKAMO_SECRET_KEY` set it talks to Perkamo.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), perkamo::Error> {
    let demo = typewright_tests::perkamo_server::client().await?;
    let token = demo.perkamo.create_browser_token("pk_1", "customer_123").ttl_seconds(900).await?;
    println!("acts for {} s", token.expires_in);
    let token = demo.perkamo.create_browser_stream_token("pk_1", "customer_123").await?;
    println!("follows for {} s", token.expires_in);
    Ok(())
}

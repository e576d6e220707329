//! Follows a customer with a stream token: a preview, behind the cargo feature `customer-stream` of the crate.
//!
//! `cargo run --example perkamo_customer_stream` starts a server of its own. The path of the real stream is not published.

use perkamo::{Credentials, Perkamo};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), perkamo::Error> {
    let demo = typewright_tests::perkamo_server::client().await?;
    let token = demo.perkamo.create_browser_stream_token("pk_1", "customer_123").await?;
    // Who follows has the token, never the key.
    let credentials = Credentials::bearer(token.token);
    let follower = Perkamo::builder().base_url(demo.perkamo.base_url()).credentials(credentials).build()?;
    let mut events = follower.subscribe_customer("stream").events();
    while let Some(event) = events.try_next().await? {
        println!("wallets {:?}", event.data.wallets.unwrap_or_default());
    }
    Ok(())
}

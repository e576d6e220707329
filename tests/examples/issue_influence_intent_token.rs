//! Issues an influence intent token (IIT) for a visit through a link.
//!
//! Runs against a server of its own, or against Qredex when `QREDEX_CLIENT_ID` and `QREDEX_CLIENT_SECRET` are set:
//! `cargo run --example issue_influence_intent_token`.

use qredex::types::IssueInfluenceIntentToken;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), qredex::Error> {
    let demo = typewright_tests::demo::client().await?;
    let visit =
        IssueInfluenceIntentToken::new("22222222-2222-4222-8222-222222222222").landing_path("/products/spring-launch");
    let intent = demo.qredex.intents().issue_influence_intent_token(&visit).await?;
    println!("the intent {} ends at {}", intent.token_id, intent.expires_at);
    Ok(())
}

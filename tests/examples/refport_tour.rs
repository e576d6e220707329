//! Everything of Refport: an embed token, a lead, a lead of an unlinked click, a sale, and a refusal.
//!
//! Starts a server of its own on loopback, so that it runs on a fresh machine without an account:
//! `cargo run --example refport_tour`. With `REFPORT_API_KEY` set it talks to Refport.

use refport::Refport;
use refport::types::{CreateEmbedToken, TrackLead, TrackSale};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), refport::Error> {
    let demo = typewright_tests::refport_server::client().await?;
    let refport = &demo.refport;

    let token = refport.embed_tokens().create(&CreateEmbedToken::new().tenant_id("user_123")).await?;
    println!("token      until {}", token.expires);

    let click = Refport::CLICK_ID.in_cookie("theme=dark; refp_id=clk_1").unwrap_or("clk_unlinked");
    println!("click      {click}");

    let lead = TrackLead::new(click, "Sign Up", "cus_123").customer_email("alice@example.test");
    let lead = refport.track().lead(&lead).await?;
    println!("lead       {}", lead.map_or("without a link".to_owned(), |lead| lead.link.url));

    let unlinked = refport.track().lead(&TrackLead::new("clk_unlinked", "Sign Up", "cus_124")).await?;
    println!("unlinked   {}", if unlinked.is_some() { "has a link" } else { "is no fault" });

    let sale = TrackSale::new(click, "cus_123", 4999).currency("usd").invoice_id("inv_1");
    let sale = refport.track().sale(&sale).await?.sale;
    println!("sale       {} of {} {}, {} of commission", sale.id, sale.amount, sale.currency, sale.commission_amount);

    match refport.track().sale(&TrackSale::new("clk_unknown", "cus_123", 4999)).await {
        Err(error) if error.is_validation() => println!("refused    {} {:?}", error.message(), error.code()),
        other => println!("unknown    {other:?}"),
    }
    Ok(())
}

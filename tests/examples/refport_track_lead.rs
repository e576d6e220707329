//! Reports a sign-up, with the id of the click from the cookie of the request.
//!
//! Runs against a server of its own, or against Refport when `REFPORT_API_KEY` is set:
//! `cargo run --example refport_track_lead`.

use refport::Refport;
use refport::types::TrackLead;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), refport::Error> {
    let demo = typewright_tests::refport_server::client().await?;
    let Some(click) = Refport::CLICK_ID.in_cookie("theme=dark; refp_id=clk_1") else { return Ok(()) };
    let lead = TrackLead::new(click, "Sign Up", "cus_123").customer_email("alice@example.test");
    match demo.refport.track().lead(&lead).await? {
        Some(lead) => println!("{} came by {}", lead.customer.external_id, lead.link.url),
        None => println!("the click belongs to no link"),
    }
    Ok(())
}

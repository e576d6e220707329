//! Everything of Perkamo: traits, events, a repeated event, a batch, a customer, the catalogue, tokens, and refusals.
//!
//! Starts a server of its own on loopback, so that it runs on a fresh machine without an account:
//! `cargo run --example perkamo_tour`. With `PERKAMO_SECRET_KEY` set it talks to Perkamo.

use perkamo::Json;
use perkamo::types::Event;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), perkamo::Error> {
    let demo = typewright_tests::perkamo_server::client().await?;
    let perkamo = &demo.perkamo;

    perkamo.identify("customer_123").traits(Json::object([("name", "Customer Test")])).await?;
    println!("identify   customer_123");

    let context = || Json::object([("order_id", Json::from("order_1092")), ("amount", 12900.into())]);
    let call = perkamo.emit("customer_123", "purchase.completed").context(context());
    let id = call.transaction_id();
    let result = call.await?;
    println!("emit       {id} applied {}, {} changes", result.applied, result.delta.len());

    let again = perkamo.emit("customer_123", "purchase.completed").context(context()).tx_id(&id).await?;
    println!("again      duplicate {}", again.duplicate);

    let events =
        [Event::new("customer_123", "app.opened", "open_1"), Event::new("customer_124", "app.opened", "open_2")];
    println!("batch      {} results", perkamo.batch(&events).await?.results.len());

    let customer = perkamo.customer("customer_123").await?;
    println!("customer   {:?}", customer.wallets.unwrap_or_default());

    let events = perkamo.event_catalog().await?;
    println!("catalogue  {}", events.into_iter().filter_map(|rule| rule.event).collect::<Vec<_>>().join(", "));

    let token = perkamo.create_browser_token("pk_1", "customer_123").await?;
    let stream = perkamo.create_browser_stream_token("pk_1", "customer_123").await?;
    println!("tokens     {} s and {} s", token.expires_in, stream.expires_in);

    match perkamo.emit("customer_123", "unknown.event").await {
        Err(error) if error.is_api() => println!("refused    {error}"),
        other => println!("unknown    {other:?}"),
    }
    match perkamo.emit("customer_123", "app.opened").context(Json::object([("xp", 1)])).await {
        Err(error) if error.is_validation() => println!("not sent   {}", error.message()),
        other => println!("reserved   {other:?}"),
    }
    Ok(())
}

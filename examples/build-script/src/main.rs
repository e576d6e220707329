//! Reads one pet through the client that the build script made, from a server in memory.

#![forbid(unsafe_code)]

use std::error::Error;
use std::sync::Arc;

use typewright_runtime::testing::{Answer, MemoryTransport};

/// The client of `openapi.yaml`.
pub mod api {
    include!(concat!(env!("OUT_DIR"), "/mod.rs"));
}

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(read_one_pet())
}

/// An application leaves the transport out: the default one talks to the server that the document names.
async fn read_one_pet() -> Result<(), Box<dyn Error>> {
    let transport = MemoryTransport::new();
    transport.answer(Answer::json(200, r#"{"id":"7","name":"Rex","kind":"dog"}"#));

    let shop = api::PetShop::builder().transport(Arc::new(transport.clone())).build()?;
    let pet = shop.pets().get("7").await?;

    for request in transport.requests() {
        println!("{} {}", request.method(), request.uri());
    }
    println!("{} is a {:?}", pet.name, pet.kind);
    Ok(())
}

//! Reads the program of a Space.
//!
//! `cargo run --example perkamo_program` starts a server of its own; with `PERKAMO_SECRET_KEY` set it talks to Perkamo.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), perkamo::Error> {
    let demo = typewright_tests::perkamo_server::client().await?;
    let program = demo.perkamo.program().await?;
    println!("{program:#?}");
    Ok(())
}

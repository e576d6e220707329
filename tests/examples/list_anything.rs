//! Collects whole lists with one function that takes a call of any operation that pages.
//!
//! Runs against a server of its own, or against Qredex when `QREDEX_CLIENT_ID` and `QREDEX_CLIENT_SECRET` are set:
//! `cargo run --example list_anything`.

use qredex::{Call, Error, Paged};

/// Every item of every page, up to a limit.
async fn at_most<Op: Paged>(limit: usize, call: Call<Op>) -> Result<Vec<Op::Item>, Error> {
    let mut items = call.items();
    let mut found = Vec::new();
    while found.len() < limit
        && let Some(item) = items.try_next().await?
    {
        found.push(item);
    }
    Ok(found)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let demo = typewright_tests::demo::client().await?;
    let creators = at_most(100, demo.qredex.creators().list().size(50)).await?;
    let links = at_most(100, demo.qredex.links().list().size(50)).await?;
    println!("{} creators, {} links", creators.len(), links.len());
    Ok(())
}

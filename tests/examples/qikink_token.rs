//! A token of Qikink, which calls fetch by themselves: `cargo run --example qikink_token`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), qikink::Error> {
    let demo = typewright_tests::qikink_server::client().await?;
    let token = demo.qikink.auth().issue_token().await?;
    println!("a token for {} seconds: {:?}", token.expires_in(), token.access_token);
    Ok(())
}

//! Signs a staff member in. The client keeps the token, and renews it with the cookie that came with it.
//!
//! Runs against a server of its own: `cargo run --example spree_login`.

use spree_admin::types::PasswordLogin;
use spree_admin::{Credentials, SpreeAdmin};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), spree_admin::Error> {
    let demo = typewright_tests::spree_admin_server::client().await?;
    let url = demo.spree.base_url().to_owned();
    let staff = SpreeAdmin::builder().base_url(url).credentials(Credentials::session()).build()?;
    let login = PasswordLogin::new("admin@example.test", "secret123").into();
    let session = staff.auth().login(&login).await?;
    println!("signed in as {}", session.user.email.unwrap_or_default());

    println!("{} orders", staff.orders().list().await?.meta.count);
    Ok(())
}

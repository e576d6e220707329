//! Clients for the tests of this binary.

use std::time::Duration;

use spree_admin::{Builder, Credentials, RetryPolicy, SpreeAdmin};
use typewright_tests::server::Server;

/// One page without anything on it.
pub(crate) const EMPTY_PAGE: &str = r#"{"data":[],"meta":{"page":1,"limit":25,"count":0,"pages":0,"from":0,"to":0,"in":0,"previous":null,"next":null}}"#;

/// A builder with a secret key that waits next to nothing before it repeats.
pub(crate) fn builder(server: &Server) -> Builder<SpreeAdmin> {
    let soon = RetryPolicy::new().base_delay(Duration::from_millis(1)).max_delay(Duration::from_millis(1));
    SpreeAdmin::builder()
        .base_url(server.url())
        .credentials(Credentials::api_key("sk_test"))
        .write_retry(soon.clone())
        .read_retry(soon)
}

/// The client of that builder.
pub(crate) fn client(server: &Server) -> SpreeAdmin {
    builder(server).build().expect("complete")
}

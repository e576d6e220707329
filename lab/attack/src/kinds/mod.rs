//! The kinds of attack, one file each, and what they share.

pub(crate) mod cancel;
pub(crate) mod faults;
pub(crate) mod hostile;
pub(crate) mod http2;
pub(crate) mod injections;
pub(crate) mod redirects;
pub(crate) mod secrets;
pub(crate) mod stampede;

use std::future::Future;

use crate::api::types::NewThing;
use crate::api::{Builder, Credentials, Error, Target};

/// The cap of a client under attack.
pub(crate) const CAP: usize = 1 << 20;

/// What a call does, as the retry rules see it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Read,
    /// Idempotent by its method.
    Replace,
    /// May be executed once at the most.
    Unsafe,
    /// May be sent again with the same key.
    Keyed,
}

impl Kind {
    pub(crate) const ALL: [Self; 4] = [Self::Read, Self::Replace, Self::Unsafe, Self::Keyed];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Replace => "idempotent write",
            Self::Unsafe => "unsafe write",
            Self::Keyed => "keyed write",
        }
    }
}

pub(crate) fn builder(url: &str) -> Builder<Target> {
    let credentials = Credentials::client_credentials("attack", "attack-secret");
    Target::builder().base_url(url).credentials(credentials).max_response_bytes(CAP)
}

/// Makes one call of a case; its value is the id that the server sent.
pub(crate) async fn call(client: &Target, kind: Kind, case: &str) -> Result<String, Error> {
    let body = NewThing::new("n");
    let thing = match kind {
        Kind::Read => client.things().get(case).header("x-case", case).await,
        Kind::Replace => client.things().replace(case, &body).header("x-case", case).await,
        Kind::Unsafe => client.things().create(&body).header("x-case", case).await,
        Kind::Keyed => client.orders().create(&body).header("x-case", case).await,
    };
    thing.map(|thing| thing.id)
}

/// Runs a future on a runtime of its own; a runtime that cannot be made is told as a violation.
pub(crate) fn on_runtime(run: impl Future<Output = Vec<crate::Row>>) -> Vec<crate::Row> {
    match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime.block_on(run),
        Err(error) => {
            let mut row = crate::Row::new("runtime");
            row.case(Some(format!("no runtime: {error}")));
            vec![row]
        }
    }
}

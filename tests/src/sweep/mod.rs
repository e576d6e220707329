//! What must hold of every client, whatever its API: no operation is forgotten, no secret shows, no write goes out twice.
//!
//! A provider's tests implement [`Provider`] and say `typewright_tests::sweep!(TheProvider);`, which makes the tests. What is
//! expected is read from the document and from `api.txt`, not from the client. Owns what the sweeps share; each sweep has
//! its file.

mod repeats;
mod secrets;

use std::error::Error;
use std::fmt::Debug;
use std::fmt::Write as _;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;
use typewright_runtime::{ApiClient, Builder, RetryPolicy};

pub use self::repeats::writes_go_out_as_often_as_the_document_allows;
pub use self::secrets::nothing_shows_a_secret;
use crate::document;
use crate::server::{Answer, Received};

/// A provider's client, as the sweeps need it.
pub trait Provider {
    /// The client.
    type Client: ApiClient + Debug + Clone;

    /// The text of `specs/<provider>.yaml`.
    const DOCUMENT: &'static str;
    /// The text of `generated/<provider>/api.txt`.
    const API: &'static str;

    /// A builder with credentials made of [`Setup::secret`]; [`Setup::client`] sets the rest.
    fn builder(setup: &Setup) -> Builder<Self::Client>;

    /// One call of every operation, in the order of `api.txt`, with [`Setup::mark`] in whatever a caller fills in freely.
    /// The macro `swept!` makes one.
    fn calls(client: &Self::Client, setup: &Setup) -> Vec<Swept>;

    /// Waits until all events were told: `client.events().flush()`.
    fn flush(client: &Self::Client);

    /// The answer to a request that belongs to no operation, a token request for example; `None` for all others. The token
    /// that it gives out is [`TOKEN`].
    fn beside(request: &Received) -> Option<Answer> {
        let _ = request;
        None
    }

    /// Successes with [`TOKEN`] in members that the document calls sensitive, and only there. What a client prints of
    /// values is judged by these.
    fn sensitive_successes() -> Vec<Answer> {
        Vec::new()
    }

    /// Whether the members of this one of [`Provider::sensitive_successes`] are members of what the operation gives, and so
    /// judged; a value prints members that nobody knows.
    fn has_members(operation: &str, success: usize) -> bool {
        let _ = (operation, success);
        true
    }
}

/// What servers give out and nobody may see.
pub const TOKEN: &str = "s3cret-of-the-server";

/// How a client and its calls are set up.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Where the server is.
    pub url: String,
    /// Credentials: a key, a client secret or a password.
    pub secret: &'static str,
    /// What the caller puts into bodies, headers, queries and keys.
    pub mark: &'static str,
    /// What the application asks for: more than a document grants.
    pub policy: RetryPolicy,
    /// Whether every call may carry a key, because the document names the header for it.
    pub keyed: bool,
    /// Everything that handlers were told.
    pub told: Arc<Mutex<String>>,
}

impl Setup {
    /// For the server at this URL.
    #[must_use]
    pub fn new<P: Provider>(url: String) -> Self {
        let keyed = document::parse(P::DOCUMENT).pointer("/x-typewright/call_headers/idempotency_key").is_some();
        let soon = Duration::from_millis(1);
        let policy = RetryPolicy::new().attempts(ATTEMPTS).base_delay(soon).max_delay(soon);
        let (secret, mark) = ("s3cret-of-the-client", "s3cret-of-the-caller");
        Self { url, secret, mark, policy, keyed, told: Arc::default() }
    }

    /// The provider's builder with everything that the sweeps set on it.
    #[must_use]
    pub fn client_builder<P: Provider>(&self) -> Builder<P::Client> {
        let told = Arc::clone(&self.told);
        P::builder(self)
            .base_url(self.url.clone())
            .header("x-app", self.secret)
            .read_retry(self.policy.clone())
            .write_retry(self.policy.clone())
            .timeout(Duration::from_secs(5))
            .on_event(move |event| told.lock().unwrap_or_else(PoisonError::into_inner).push_str(&format!("{event:?}")))
    }

    /// The client.
    ///
    /// # Panics
    ///
    /// When the provider's builder is not complete.
    #[must_use]
    pub fn client<P: Provider>(&self) -> P::Client {
        self.client_builder::<P>().build().expect("the builder is complete")
    }
}

/// How often the application asks for a request to be tried.
pub const ATTEMPTS: u32 = 4;

/// How a call ended: what is printed of its value, or everything that is printed of its error.
pub type Ending = Result<String, String>;

/// A call that is ready to be awaited.
pub struct Swept {
    /// As `api.txt` names it, for example `pets.list`.
    pub name: &'static str,
    /// What is printed of the call before it is sent.
    pub shown: String,
    /// Runs it.
    pub run: Pin<Box<dyn Future<Output = Ending> + Send>>,
}

impl Swept {
    /// A call by name.
    pub fn new<T, E>(
        name: &'static str,
        shown: String,
        call: impl Future<Output = Result<T, E>> + Send + 'static,
    ) -> Self
    where
        T: Debug,
        E: Error,
    {
        let run = async move {
            match call.await {
                Ok(value) => Ok(format!("{value:?}")),
                Err(error) => Err(printed(error)),
            }
        };
        Self { name, shown, run: Box::pin(run) }
    }
}

/// An operation as a [`Swept`]: `swept!(setup, "pets.get", client.pets().get("7"))`. The call asks for the setup's retries and
/// carries its mark in a header, in the query and, where the document names a header for it, as the key of a repetition.
#[macro_export]
macro_rules! swept {
    ($setup:expr, $name:literal, $call:expr) => {{
        let setup: &$crate::sweep::Setup = $setup;
        let call = $call.retry(setup.policy.clone()).header("x-mark", setup.mark).query("mark", setup.mark);
        let call = if setup.keyed { call.idempotency_key(setup.mark) } else { call };
        $crate::sweep::Swept::new($name, format!("{call:?} {call:#?}"), ::std::future::IntoFuture::into_future(call))
    }};
}

/// The tests of every sweep for one [`Provider`].
#[macro_export]
macro_rules! sweep {
    ($provider:ty) => {
        #[test]
        fn every_operation_is_swept() {
            $crate::sweep::every_operation_is_swept::<$provider>();
        }

        #[tokio::test]
        async fn writes_go_out_as_often_as_the_document_allows() {
            $crate::sweep::writes_go_out_as_often_as_the_document_allows::<$provider>().await;
        }

        #[tokio::test]
        async fn nothing_shows_a_secret() {
            $crate::sweep::nothing_shows_a_secret::<$provider>().await;
        }
    };
}

/// All that an application can print of an error. What `unwrap` panics with is its `Debug`.
fn printed(error: impl Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut source = error.source();
    while let Some(inner) = source {
        write!(text, " {inner} {inner:?}").expect("a string takes everything");
        source = inner.source();
    }
    text
}

/// An operation as the generator lists it, with what its document says of it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// For example `pets.list`.
    pub name: String,
    /// For example `GET`.
    pub method: String,
    /// The operation's object in the document.
    pub operation: Value,
}

/// The operations of `api.txt`, in its order.
///
/// # Panics
///
/// When a line has another shape than the grammar says, or leads to nothing in the document.
#[must_use]
pub fn listed<P: Provider>() -> Vec<Listed> {
    let root = document::parse(P::DOCUMENT);
    let one = |line: &str| {
        let mut words = line.split(' ');
        let (name, method) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let (_, origin) = line.rsplit_once(" origin=#").unwrap_or_else(|| panic!("no origin: {line}"));
        let operation = root.pointer(origin).unwrap_or_else(|| panic!("{origin} leads nowhere")).clone();
        Listed { name: name.to_owned(), method: method.to_owned(), operation }
    };
    P::API.lines().filter_map(|line| line.strip_prefix("op ")).map(one).collect()
}

/// Every line `op` of `api.txt` has its call, in the same order.
///
/// # Panics
///
/// When one is missing or too many.
pub fn every_operation_is_swept<P: Provider>() {
    let setup = Setup::new::<P>("http://127.0.0.1:1".to_owned());
    let here: Vec<String> =
        P::calls(&setup.client::<P>(), &setup).into_iter().map(|call| call.name.to_owned()).collect();
    assert_eq!(here, listed::<P>().into_iter().map(|one| one.name).collect::<Vec<_>>());
}

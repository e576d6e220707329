//! What an application does around every attempt, and what one call brings itself.

use std::sync::{Arc, Mutex};

use typewright_runtime::codegen::v1 as rt;
use typewright_runtime::testing::Answer;
use typewright_runtime::time::BoxFuture;
use typewright_runtime::transport::{RequestBody, ResponseBody, Transport, TransportError, TransportFault};
use typewright_runtime::{ApiClient, Credentials, ErrorKind, RetryPolicy};

use crate::common::{ApiError, Call, Environment, GetPet, Pets, Setup, ms, token};

/// What hooks were told, one line each.
type Log = Arc<Mutex<Vec<String>>>;

fn logged<C: ApiClient>(builder: rt::Builder<C>, log: &Log) -> rt::Builder<C> {
    let (requests, responses) = (Arc::clone(log), Arc::clone(log));
    builder
        .on_request(move |request| {
            let (attempt, headers) = (request.attempt(), format!("{:?}", request.headers()));
            assert!(!headers.contains("token-1") && !headers.contains("secret"), "{headers}");
            let line = format!("{} {} {}", attempt.number(), attempt.operation(), attempt.path());
            requests.lock().unwrap().push(line);
            request.header("traceparent", &format!("00-{}", attempt.number()));
        })
        .on_response(move |response| {
            let headers: Vec<&str> = response.headers().keys().map(|name| name.as_str()).collect();
            let (status, error) = (response.status(), response.error());
            let line = format!("{status:?} {error:?} {} {}", response.duration().as_millis(), headers.join(","));
            responses.lock().unwrap().push(line);
        })
}

#[tokio::test]
async fn hooks_are_called_around_every_attempt() {
    let setup = Setup::answers([
        Answer::fault(TransportFault::Broken),
        Answer::json(503, "{}")
            .header("set-cookie", "a=secret")
            .header("x-auth-token", "secret")
            .header("x-goog-upload-url", "/?id=secret")
            .header("x-next", "https://s.example/?sig=secret"),
        Answer::json(200, "{}").header("x-request-id", "r-1").header("location", "/?key=secret").delayed(ms(20)),
    ]);
    let log = Log::default();
    let retry = RetryPolicy::new().attempts(3);
    let pets = logged(setup.builder().header("x-gateway", "secret"), &log).read_retry(retry).build().unwrap();
    pets.get("7").await.unwrap();
    let lines = log.lock().unwrap().join("\n");
    let expected = "1 pets.get /pets/7\nNone Some(Network) 0 \n2 pets.get /pets/7\n\
                    Some(503) Some(Api) 0 content-type\n3 pets.get /pets/7\nSome(200) None 20 content-type,x-request-id";
    assert_eq!(lines, expected);
    let sent: Vec<_> =
        setup.requests().iter().map(|request| request.header("traceparent").unwrap().to_owned()).collect();
    assert_eq!(sent, ["00-1", "00-2", "00-3"]);
}

#[tokio::test]
async fn headers_of_hooks_go_to_the_api_only() {
    let setup = Setup::answers([token("issued", 60), Answer::json(200, "{}"), Answer::json(200, "{}")]);
    let log = Log::default();
    let credentials = Credentials::client_credentials("id", "secret");
    let pets: Pets = logged(setup.bare(), &log).credentials(credentials).build().unwrap();
    pets.get("7").await.unwrap();
    pets.client.request::<ApiError>("GET", "https://cdn.example/x").anonymous().await.unwrap();
    let sent = setup.requests();
    let paths: Vec<_> = sent.iter().map(|request| (request.path(), request.header("traceparent"))).collect();
    assert_eq!(paths, [("/auth/token", Some("00-1")), ("/pets/7", Some("00-1")), ("/x", None)]);
}

#[tokio::test]
async fn headers_of_hooks_stay_behind_at_a_redirect() {
    let to = |url: &str| Answer::new(302).header("location", url);
    let setup = Setup::answers([to("/near"), to("https://cdn.example/x"), Answer::json(200, "{}")]);
    let pets = logged(setup.builder(), &Log::default()).build().unwrap();
    pets.get("7").await.unwrap();
    let sent = setup.requests();
    let traced: Vec<_> = sent.iter().map(|request| request.header("traceparent")).collect();
    assert_eq!(traced, [Some("00-1"), Some("00-1"), None]);
}

#[tokio::test]
async fn hooks_cannot_override_reserved_headers() {
    let setup = Setup::new();
    let check = async |name: &'static str, expected: &str| {
        let builder = setup.builder().on_request(move |request| {
            request.header(name, "x");
        });
        let error = builder.build().unwrap().get("7").await.unwrap_err();
        assert_eq!((error.kind(), error.message()), (ErrorKind::Validation, expected));
    };
    check("Authorization", "hooks cannot override 'authorization': use `credentials` instead").await;
    check("x-pets-sdk", "hooks cannot override reserved header 'x-pets-sdk'").await;
    check("x y", "'x y' is not a header's name").await;
    assert_eq!(setup.count(), 0);
}

/// Counts what another transport sends.
#[derive(Debug)]
struct Counting(Arc<dyn Transport>, Arc<Mutex<Vec<&'static str>>>, &'static str);

impl Transport for Counting {
    fn send(
        &self,
        request: http::Request<RequestBody>,
    ) -> BoxFuture<Result<http::Response<ResponseBody>, TransportError>> {
        self.1.lock().unwrap().push(self.2);
        self.0.send(request)
    }
}

#[tokio::test]
async fn a_transport_is_wrapped() {
    let setup = Setup::answers([Answer::json(200, "{}")]);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let wrap = |name| {
        let seen = Arc::clone(&seen);
        move |inner| Arc::new(Counting(inner, seen, name)) as Arc<dyn Transport>
    };
    let pets = setup.builder().wrap_transport(wrap("inner")).wrap_transport(wrap("outer")).build().unwrap();
    pets.get("7").await.unwrap();
    assert_eq!(*seen.lock().unwrap(), ["outer", "inner"]);
}

/// Two schemes, of which an operation takes either, or both.
#[derive(Clone, Debug)]
struct Shop(rt::Client);

static SHOP: rt::ClientFacts = rt::ClientFacts::new("shop", "1")
    .environments(&[("live", "https://shop.example")], "live")
    .security(&[rt::SecurityScheme::header_key("key", "x-key"), rt::SecurityScheme::bearer("user")]);

impl ApiClient for Shop {
    type Error = ApiError;
    type Environment = Environment;
    const FACTS: &'static rt::ClientFacts = &SHOP;
    fn from_client(client: rt::Client) -> Self {
        Self(client)
    }
}

macro_rules! operation {
    ($name:ident, $facts:ident, $security:expr) => {
        #[derive(Debug)]
        enum $name {}
        static $facts: rt::OperationFacts = rt::OperationFacts::new("shop.cart", "GET", "/cart")
            .security($security)
            .answers(&[rt::Answer::success(200)]);
        impl rt::Operation for $name {
            type Output = ();
            const FACTS: &'static rt::OperationFacts = &$facts;
            fn decode(_: &rt::RawReply) -> Result<(), rt::DecodeError> {
                Ok(())
            }
        }
    };
}

const KEY: rt::Need = rt::Need::new(0, &[]);
const USER: rt::Need = rt::Need::new(1, &[]);
operation!(Either, EITHER, &[&[KEY], &[USER], &[]]);
operation!(Both, BOTH, &[&[KEY, USER]]);
operation!(KeyOnly, KEY_ONLY, &[&[KEY]]);
operation!(Open, OPEN, &[]);

#[tokio::test]
async fn a_call_brings_its_own_credentials() {
    let setup = Setup::new();
    setup.transport.otherwise(|_| Answer::new(200));
    let shop: Shop = setup.bare().credentials(Credentials::api_key("k-1")).build().unwrap();
    async fn sent<Op: rt::Operation<Output = ()>>(
        setup: &Setup,
        shop: &Shop,
        given: &[Credentials],
    ) -> Result<[Option<String>; 2], String> {
        let call = Call::<Op>::new(&shop.0);
        let call = given.iter().fold(call, |call, one| call.options(|options| options.credentials(one.clone())));
        call.await.map_err(|error| error.message().to_owned())?;
        let last = setup.requests().pop().unwrap();
        Ok(["x-key", "authorization"].map(|name| last.header(name).map(str::to_owned)))
    }
    let some = |text: &str| Some(text.to_owned());
    let (user, key) = (Credentials::bearer("u-1"), Credentials::api_key("k-2"));
    let both = [user.clone(), key.clone()];
    let user = std::slice::from_ref(&user);
    assert_eq!(sent::<Either>(&setup, &shop, &[]).await, Ok([some("k-1"), None]));
    assert_eq!(sent::<Either>(&setup, &shop, user).await, Ok([None, some("Bearer u-1")]), "not in the client's name");
    assert_eq!(sent::<Both>(&setup, &shop, user).await, Ok([some("k-1"), some("Bearer u-1")]));
    assert_eq!(sent::<Both>(&setup, &shop, &both).await, Ok([some("k-2"), some("Bearer u-1")]));
    let refused = "shop.cart needs credentials for `key` (API key): none that fit were given to the call";
    assert_eq!(sent::<KeyOnly>(&setup, &shop, user).await, Err(refused.to_owned()));
    assert_eq!(sent::<Open>(&setup, &shop, user).await, Err("this operation takes no credentials".to_owned()));
    let issued = [Credentials::client_credentials("a", "b")];
    let refused = "a call takes no client credentials: only a client keeps tokens";
    assert_eq!(sent::<Both>(&setup, &shop, &issued).await, Err(refused.to_owned()));
    assert_eq!(
        sent::<Both>(&setup, &shop, &[Credentials::bearer(" ")]).await,
        Err("the bearer token is empty".to_owned())
    );
    let request = || shop.0.request::<ApiError>("GET", "/x").credentials(user[0].clone());
    request().await.unwrap();
    let last = setup.requests().pop().unwrap();
    assert_eq!((last.header("x-key"), last.header("authorization")), (None, Some("Bearer u-1")));
    let error = request().anonymous().await.unwrap_err();
    assert_eq!(error.message(), "an anonymous request takes no credentials");
}

#[tokio::test]
async fn the_hook_for_a_401_is_not_asked_about_a_calls_own_credentials() {
    let setup = Setup::new();
    setup.transport.otherwise(|_| Answer::json(401, "{}"));
    let pets = setup.builder().on_unauthorized(|| async { true }).build().unwrap();
    let own = Call::<GetPet>::new(&pets.client).parameter(0, &"7");
    own.options(|options| options.credentials(Credentials::bearer("mine"))).await.unwrap_err();
    assert_eq!(setup.count(), 1);
    pets.get("7").await.unwrap_err();
    assert_eq!(setup.count(), 3);
}

#[tokio::test]
async fn a_request_has_a_time_limit_in_all() {
    let setup = Setup::new();
    setup.transport.otherwise(|_| Answer::never());
    let pets = setup.pets();
    let request = pets.client.request::<ApiError>("GET", "/x").total_timeout(ms(120));
    let error = request.await.unwrap_err();
    assert!(error.is_timeout() && error.message().contains("120"), "{}", error.message());
    // Also of requests that go elsewhere.
    for path in ["/x", "https://cdn.example/x"] {
        let request = pets.client.request::<ApiError>("GET", path).anonymous().total_timeout(ms(0));
        assert!(request.await.unwrap_err().is_validation());
    }
}

/// Its server looks at keys, and no header is reserved.
#[derive(Clone, Debug)]
struct Keyed(rt::Client);

static KEYED: rt::ClientFacts = rt::ClientFacts::new("keyed", "1")
    .environments(&[("live", "https://keyed.example")], "live")
    .idempotency(rt::IdempotencyFacts::new("idempotency-key").value("{uuid}"));
static SAVE: rt::OperationFacts =
    rt::OperationFacts::new("things.save", "POST", "/things").answers(&[rt::Answer::success(201)]);

impl ApiClient for Keyed {
    type Error = ApiError;
    type Environment = Environment;
    const FACTS: &'static rt::ClientFacts = &KEYED;
    fn from_client(client: rt::Client) -> Self {
        Self(client)
    }
}

#[derive(Debug)]
enum Save {}
impl rt::Operation for Save {
    type Output = ();
    const FACTS: &'static rt::OperationFacts = &SAVE;
    fn decode(_: &rt::RawReply) -> Result<(), rt::DecodeError> {
        Ok(())
    }
}

/// A key for each attempt would let the server execute a write twice; another content type would lose a body's boundary.
#[tokio::test]
async fn hooks_change_neither_the_key_nor_the_content_type() {
    for name in ["Idempotency-Key", "content-type"] {
        let setup = Setup::new();
        setup.transport.otherwise(|_| Answer::json(503, "{}"));
        let builder = setup.bare::<Keyed>().on_request(move |request| {
            request.header(name, "mine");
        });
        let error = Call::<Save>::new(&builder.build().unwrap().0).await.unwrap_err();
        let expected = format!("hooks cannot override reserved header '{}'", name.to_lowercase());
        assert_eq!((error.message(), setup.count()), (&*expected, 0));
    }
}

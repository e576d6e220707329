//! A small client as the generator would write it, and a set-up without network, waiting or chance.

use std::future::IntoFuture;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use typewright_runtime::codegen::v1 as rt;
use typewright_runtime::event::Event;
use typewright_runtime::testing::{Answer, ManualTime, MemoryTransport, Recorded, SteadyRandom};

#[derive(Clone, Debug)]
pub struct Pets {
    pub client: rt::Client,
}

pub type Error = rt::Error<ApiError>;

#[derive(Clone, Debug, PartialEq)]
pub enum ApiError {
    Problem(String),
    Unknown(rt::Json),
}

impl rt::ApiErrorBody for ApiError {
    type Code = String;
    fn decode(schema: usize, d: &mut rt::Decoder<'_>) -> Result<Self, rt::DecodeError> {
        match schema {
            0 => {
                let json = d.json()?;
                Ok(Self::Problem(
                    json.pointer("/message").and_then(|m| Some(m.as_str()?.into_owned())).unwrap_or_default(),
                ))
            }
            _ => Ok(Self::Unknown(d.json()?)),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Environment {
    Live,
    Test,
}

impl rt::EnvironmentName for Environment {
    fn name(&self) -> &str {
        match self {
            Self::Live => "live",
            Self::Test => "test",
        }
    }
}

pub static CLIENT: rt::ClientFacts = rt::ClientFacts::new("pets", "1.2.3")
    .environments(&[("live", "https://api.pets.example"), ("test", "http://localhost:8080/v1/")], "live")
    .variables(&[
        ("environment", "PETS_ENVIRONMENT"),
        ("client_id", "PETS_CLIENT_ID"),
        ("client_secret", "PETS_CLIENT_SECRET"),
        ("scope", "PETS_SCOPE"),
    ])
    .headers(&[("x-pets-sdk", "rust")])
    .call_headers(&[("request_id", "x-request-id"), ("trace_id", "x-trace-id"), ("idempotency_key", "idempotency-key")])
    .reserved_headers(&["accept", "authorization", "content-type", "x-request-id", "x-trace-id", "idempotency-key"])
    .attempt_timeout_ms(10_000)
    .retry_read(
        rt::RetryFacts::new()
            .off_by_default()
            .attempts(2)
            .base_delay_ms(250)
            .max_delay_ms(1000)
            .statuses(&[rt::Status::Exact(429), rt::Status::Class(5)])
            .network(true)
            .jitter(0.75, 1.25),
    )
    .retry_token(
        rt::RetryFacts::new()
            .attempts(2)
            .base_delay_ms(250)
            .max_delay_ms(1000)
            .statuses(&[rt::Status::Exact(429), rt::Status::Class(5)])
            .network(true)
            .jitter(0.75, 1.25),
    )
    .retry_write(rt::RetryFacts::never())
    .errors(
        rt::ErrorFacts::new()
            .code(&["/error_code"])
            .message(&["/message"])
            .details(&["/errors"])
            .request_id(&["x-request-id", "request-id"])
            .trace_id(&["x-trace-id", "traceparent"]),
    )
    .security(&[rt::SecurityScheme::client_credentials(
        "petsAuth",
        rt::TokenFacts::new("/auth/token").refresh_margin(30).keep_on_unauthorized(),
    )])
    .validate_requests();

impl Pets {
    pub fn list(&self) -> Call<ListPets> {
        Call::new(&self.client)
    }

    pub fn get(&self, id: &str) -> Call<GetPet> {
        Call::new(&self.client).parameter(0, &id)
    }

    pub fn create(&self, name: &str) -> Call<CreatePet> {
        Call::new(&self.client).body(&rt::Json::object([("name", rt::Json::from(name))]))
    }

    pub fn auth(&self) -> rt::Auth<'_, ApiError> {
        self.client.auth()
    }
}

impl rt::ApiClient for Pets {
    type Error = ApiError;
    type Environment = Environment;
    const FACTS: &'static rt::ClientFacts = &CLIENT;
    fn from_client(client: rt::Client) -> Self {
        Self { client }
    }
}

const AUTH: &[&[rt::Need]] = &[&[rt::Need::new(0, &["pets:read"])]];

#[derive(Debug)]
pub enum ListPets {}
impl rt::Operation for ListPets {
    type Output = rt::Json;
    const FACTS: &'static rt::OperationFacts = &LIST;
    fn decode(reply: &rt::RawReply) -> Result<Self::Output, rt::DecodeError> {
        reply.json()
    }
}
impl rt::Paged for ListPets {
    type Item = rt::Json;
    fn items(page: Self::Output) -> Vec<Self::Item> {
        page.pointer("/items").map(|items| items.items().collect()).unwrap_or_default()
    }
}
static LIST: rt::OperationFacts = rt::OperationFacts::new("pets.list", "GET", "/pets")
    .parameters(&[
        rt::Parameter::query("page").rules(&[rt::Rule::minimum("0").message("must be 0 or more.")]),
        rt::Parameter::query("size"),
    ])
    .security(AUTH)
    .answers(&[rt::Answer::success(200), rt::Answer::error(rt::Status::Default, 0)])
    .pagination(rt::Pagination::page("page", 0).size("size").items("/items").total_pages("/total_pages"));

#[derive(Debug)]
pub enum GetPet {}
impl rt::Operation for GetPet {
    type Output = rt::Json;
    const FACTS: &'static rt::OperationFacts = &GET;
    fn decode(reply: &rt::RawReply) -> Result<Self::Output, rt::DecodeError> {
        reply.json()
    }
}
static GET: rt::OperationFacts = rt::OperationFacts::new("pets.get", "GET", "/pets/{id}")
    .parameters(&[rt::Parameter::path("id")])
    .security(AUTH)
    .answers(&[rt::Answer::success(200), rt::Answer::error(rt::Status::Default, 0)]);

#[derive(Debug)]
pub enum CreatePet {}
impl rt::Operation for CreatePet {
    type Output = Option<rt::Json>;
    const FACTS: &'static rt::OperationFacts = &CREATE;
    fn decode(reply: &rt::RawReply) -> Result<Self::Output, rt::DecodeError> {
        reply.optional_json()
    }
}
static CREATE: rt::OperationFacts = rt::OperationFacts::new("pets.create", "POST", "/pets")
    .body(
        rt::BodyFacts::json("application/json")
            .rules(&[rt::MemberRules::new("name", &[rt::Rule::pattern(r"\S").message("must be a non-empty string.")])]),
    )
    .security(AUTH)
    .answers(&[rt::Answer::success(201), rt::Answer::error(rt::Status::Default, 0)]);

#[must_use]
#[derive(Debug)]
pub struct Call<Op> {
    pub raw: rt::RawCall,
    operation: PhantomData<fn() -> Op>,
}

impl<Op: rt::Operation> Call<Op> {
    pub fn new(client: &rt::Client) -> Self {
        Self { raw: rt::RawCall::new(client, Op::FACTS), operation: PhantomData }
    }
    pub fn parameter(mut self, index: usize, value: &dyn rt::Encode) -> Self {
        self.raw.parameter(index, value);
        self
    }
    pub fn body(mut self, body: &dyn rt::Encode) -> Self {
        self.raw.body(body);
        self
    }
    pub fn options(mut self, set: impl FnOnce(&mut rt::CallOptions) -> &mut rt::CallOptions) -> Self {
        set(self.raw.options());
        self
    }
    pub fn with_response(self) -> rt::Pending<rt::Response<Op::Output>, Error> {
        rt::run_with_response::<Op, ApiError>(self.raw)
    }
}

impl<Op: rt::Paged> Call<Op> {
    pub fn items(self) -> rt::Items<Op, ApiError> {
        rt::Items::new(self.raw)
    }
    pub fn pages(self) -> rt::Pages<Op, ApiError> {
        rt::Pages::new(self.raw)
    }
}

impl<Op: rt::Operation> IntoFuture for Call<Op> {
    type Output = Result<Op::Output, Error>;
    type IntoFuture = rt::Pending<Op::Output, Error>;
    fn into_future(self) -> Self::IntoFuture {
        rt::run::<Op, ApiError>(self.raw)
    }
}

/// No network, no waiting, no chance: dice fall on the middle, so that a factor from 0.75 to 1.25 is 1.
pub struct Setup {
    pub transport: MemoryTransport,
    pub time: ManualTime,
    pub events: Arc<Mutex<Vec<Event>>>,
}

impl Setup {
    pub fn new() -> Self {
        let time = ManualTime::new();
        let transport = MemoryTransport::new().sleeper(Arc::new(time.clone()));
        Self { transport, time, events: Arc::default() }
    }

    /// With a transport that gives these answers.
    pub fn answers(answers: impl IntoIterator<Item = Answer>) -> Self {
        let setup = Self::new();
        for answer in answers {
            setup.transport.answer(answer);
        }
        setup
    }

    /// A builder on this set-up, without credentials.
    pub fn bare<C: rt::ApiClient>(&self) -> rt::Builder<C> {
        let events = Arc::clone(&self.events);
        rt::Builder::new()
            .transport(Arc::new(self.transport.clone()))
            .clock(Arc::new(self.time.clone()))
            .sleeper(Arc::new(self.time.clone()))
            .random(Arc::new(SteadyRandom::new(0.5)))
            .on_event(move |event| events.lock().unwrap().push(event.clone()))
    }

    /// A builder with a bearer token.
    pub fn builder(&self) -> rt::Builder<Pets> {
        self.bare().credentials(rt::Credentials::bearer("token-1"))
    }

    /// A client with a bearer token.
    pub fn pets(&self) -> Pets {
        self.builder().build().unwrap()
    }

    /// A client with client credentials.
    pub fn issuing(&self) -> Pets {
        self.bare().credentials(rt::Credentials::client_credentials("id", "secret").scope(["a", "b"])).build().unwrap()
    }

    pub fn requests(&self) -> Vec<Recorded> {
        self.transport.requests()
    }

    pub fn count(&self) -> usize {
        self.requests().len()
    }

    /// The names of the events so far.
    pub fn event_names(&self, pets: &Pets) -> Vec<&'static str> {
        pets.client.events().flush();
        self.events.lock().unwrap().iter().map(|event| event.event_type().as_str()).collect()
    }

    /// Answers token requests with tokens of this lifetime, and everything else with `{}`.
    pub fn issues(&self, lifetime: u64) {
        let count = std::sync::atomic::AtomicU64::new(0);
        self.transport.otherwise(move |request| {
            if request.path() != "/auth/token" {
                return Answer::json(200, "{}");
            }
            let n = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
            token(&format!("issued-{n}"), lifetime)
        });
    }

    pub fn token_requests(&self) -> usize {
        self.requests().iter().filter(|request| request.path() == "/auth/token").count()
    }
}

pub fn token(token: &str, lifetime: u64) -> Answer {
    Answer::json(
        200,
        format!(r#"{{"access_token":"{token}","token_type":"Bearer","expires_in":{lifetime},"scope":"a b"}}"#),
    )
}

pub const fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

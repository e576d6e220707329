//! Whole answers through a client in memory: streams, headers, redirects, and the bodies that go out.

use std::sync::Arc;

use http::HeaderMap;
use typewright_runtime::codegen::v1 as rt;
use typewright_runtime::testing::{Answer, ManualTime, MemoryTransport};
use typewright_runtime::{CookieId, Json, Map, NumberOrString};

pub const EVENTS: &[&str] = &[
    "\u{1}id: 7\nevent: x\ndata: {\"a\":1}\n\n: comment\r\rdata: a\r\ndata: b\r\n\r\nretry: 15\n\n",
    "\u{3}\u{feff}data\n\ndata:\n\nid\ndata: [DONE]\n\nevent: gone\n\n",
];
pub const RECORDS: &[&str] = &["\u{1}{\"a\":1}\n\r\n[]\n\n\"x", "\u{2}\n\n\n7\n{\n\"no\"\n"];
pub const COOKIES: &[&str] = &["a=1; id=7; id=8", " id = \"x\" ;;;id=\nother=é; id", "id=a=b==\nid="];
pub const HEADERS: &[&str] = &[
    "attachment; filename=\"a/../b.csv\"; filename*=UTF-8''na%C3%AFve.txt\na=1,b=x,c=3",
    "inline; filename=C:\\x\\nul\na,1,b,2\n[1,2]\n\"etag\"",
];
pub const LOCATIONS: &[&str] = &["https://other.example:99999/x", "//h/../a?b#c", "../x", "http://[::1]:80/%2e%2e"];
pub const LINKS: &[&str] = &[
    "<https://pets.example/v1/pets?page=2>; rel=\"next\", <https://pets.example/v1/pets>; rel=prev",
    "</a>; title=\"rel=next, <\"; rel=first,  <?page=2>;rel=\"last next\"\n<https://other.example/>; rel=next",
];
pub const BODIES: &[&str] = &[
    r#"{"name":"Rex","file":"data","list":["a",1,null],"more":{"a":1}}"#,
    r#"{"a\"b\r\nc":"--boundary\r\ncontent-type: x","":""}"#,
    // Found: a form feed in the head of a part.
    r#"{"a\"b\r\fc":"--boundary\r\ncontent-type: x","":""}"#,
];

#[derive(Debug)]
struct Pets {
    client: rt::Client,
}

#[derive(Debug)]
struct ApiError;

impl rt::ApiErrorBody for ApiError {
    type Code = String;
    fn decode(_: usize, d: &mut rt::Decoder<'_>) -> Result<Self, rt::DecodeError> {
        d.json().map(|_| Self)
    }
}

static CLIENT: rt::ClientFacts = rt::ClientFacts::new("pets", "1")
    .environments(&[("live", "https://pets.example/v1")], "live")
    .security(&[rt::SecurityScheme::bearer("token")]);

impl rt::ApiClient for Pets {
    type Error = ApiError;
    type Environment = rt::NoEnvironment;
    const FACTS: &'static rt::ClientFacts = &CLIENT;
    fn from_client(client: rt::Client) -> Self {
        Self { client }
    }
}

static GET: rt::OperationFacts =
    rt::OperationFacts::new("pets.get", "GET", "/pets").security(&[&[rt::Need::new(0, &[])]]);
static PUT: rt::OperationFacts = rt::OperationFacts::new("pets.put", "PUT", "/pets").body(
    rt::BodyFacts::multipart("multipart/form-data")
        .parts(&[rt::PartFacts::new("file").file(), rt::PartFacts::new("more").content_type("application/json")]),
);

struct Setup {
    transport: MemoryTransport,
    pets: Pets,
}

impl Setup {
    fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        let (transport, time) = (MemoryTransport::new(), ManualTime::new());
        for answer in answers {
            transport.answer(answer);
        }
        let builder = rt::Builder::<Pets>::new()
            .transport(Arc::new(transport.clone()))
            .clock(Arc::new(time.clone()))
            .sleeper(Arc::new(time))
            .max_response_bytes(1 << 16)
            .credentials(rt::Credentials::bearer("s3cret-token"));
        Self { transport, pets: builder.build().expect("the set-up is complete") }
    }
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    thread_local! {
        static RUNTIME: tokio::runtime::Runtime =
            tokio::runtime::Builder::new_current_thread().build().expect("there is a runtime");
    }
    RUNTIME.with(|runtime| runtime.block_on(future))
}

/// The first byte says how small the chunks are, the rest is the body; in one piece, and in pieces.
fn pieces<'b>(bytes: &'b [u8], content_type: &str) -> Option<(&'b [u8], [Answer; 2])> {
    let (size, body) = bytes.split_first()?;
    let new = || Answer::new(200).header("content-type", content_type);
    let cut = body.chunks(usize::from(*size).max(1)).fold(new(), |answer, chunk| answer.chunk(chunk.to_vec()));
    Some((body, [new().chunk(body.to_vec()), cut]))
}

/// Wherever a stream of events is cut, its events are the same; and they are not larger than what came.
pub fn events(bytes: &[u8]) {
    let Some((body, answers)) = pieces(bytes, "text/event-stream") else { return };
    let read = |answer: Answer, form| {
        let pets = Setup::new([answer]).pets;
        let mut stream: rt::EventStream<Json, ApiError> =
            rt::EventStream::new(rt::RawCall::new(&pets.client, &GET), form).once();
        let mut found = Vec::new();
        wait(async {
            loop {
                match stream.try_next().await {
                    Ok(Some(event)) => found.push(format!("{:?} {:?} {}", event.id, event.event, event.data)),
                    Ok(None) => return,
                    Err(error) => {
                        found.push(error.to_string());
                        if !error.is_decode() {
                            return;
                        }
                    }
                }
            }
        });
        found
    };
    for form in [rt::EventForm::Text, rt::EventForm::Json, rt::EventForm::Whole] {
        let [whole, cut] = answers.clone();
        let found = read(whole, form);
        assert!(found.len() <= body.len(), "every event has a line");
        assert_eq!(found, read(cut, form));
    }
}

/// Wherever records are cut, they are the same.
pub fn records(bytes: &[u8]) {
    for content_type in ["application/x-ndjson", "application/json-seq"] {
        let Some((body, answers)) = pieces(bytes, content_type) else { return };
        let read = |answer: Answer| {
            let pets = Setup::new([answer]).pets;
            let mut records: rt::Records<Json, ApiError> =
                rt::Records::new(rt::RawCall::new(&pets.client, &GET), "application/x-ndjson");
            let mut found = Vec::new();
            wait(async {
                while let Some(one) = records.try_next().await.transpose() {
                    found.push(one.map_or_else(|error| error.to_string(), |json| json.as_text().to_owned()));
                    assert!(found.len() <= body.len() + 1, "every record has a byte");
                }
            });
            found
        };
        let [whole, cut] = answers.map(read);
        assert_eq!(whole, cut);
    }
}

/// An id is what stands behind the first cookie of its name.
pub fn cookies(bytes: &[u8]) {
    let mut headers = HeaderMap::new();
    for line in bytes.split(|byte| *byte == b'\n') {
        if let Ok(value) = http::HeaderValue::from_bytes(line) {
            headers.append(http::header::COOKIE, value);
        }
    }
    let id = CookieId::new("id");
    if let Some(found) = id.in_headers(&headers) {
        assert!(!found.is_empty() && found.trim() == found && !found.contains(';'));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let first = text.split(';').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        let first = first.map(|(name, value)| (name.trim(), value.trim())).find(|(name, _)| *name == "id");
        assert_eq!(id.in_cookie(text), first.map(|(_, value)| value).filter(|value| !value.is_empty()));
    }
}

/// File names are names, and headers of any type are read or refused.
pub fn headers(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut answer = Answer::new(200).header("content-type", "text/csv");
    for (index, line) in text.lines().enumerate() {
        answer = answer.header(if index == 0 { "content-disposition" } else { "x-value" }, line);
    }
    for name in ["retry-after", "x-ratelimit-limit", "content-length"] {
        answer = answer.header(name, text.lines().next().unwrap_or_default());
    }
    let pets = Setup::new([answer]).pets;
    let call = rt::RawCall::new(&pets.client, &GET);
    let download = wait(rt::download::<ApiError>(call, "text/csv")).expect("a success is one");
    if let Some(name) = download.file_name() {
        let is_name = !name.is_empty() && name != "." && name != ".." && !name.contains(['/', '\\']);
        assert!(is_name && !name.contains(char::is_control), "{name:?}");
    }
    let _ = download.header(rt::Header::<String>::new("x-value"));
    let _ = download.header(rt::Header::<i64>::new("x-value"));
    let _ = download.header(rt::Header::<Vec<String>>::new("x-value"));
    let _ = download.header(rt::Header::<Map<i64>>::new("x-value"));
    let _ = download.header(rt::Header::<Map<NumberOrString>>::new("x-value"));
}

/// Wherever a redirect leads, credentials do not leave the origin, and something that was sent is no fault of the set-up.
pub fn location(bytes: &[u8]) {
    let Ok(location) = std::str::from_utf8(bytes) else { return };
    let setup = Setup::new([Answer::new(302).header("location", location), Answer::new(200)]);
    let outcome = wait(setup.pets.client.request::<ApiError>("GET", "/x").into_future());
    if let Err(error) = outcome {
        assert!(error.is_api(), "{error}");
    }
    for request in setup.transport.requests().iter().skip(1) {
        let uri = request.uri();
        let own = uri.scheme_str() == Some("https")
            && uri.host().is_some_and(|host| host.eq_ignore_ascii_case("pets.example"))
            && matches!(uri.port_u16(), None | Some(443));
        assert!(own || request.header("authorization").is_none(), "{uri}");
    }
}

/// Wherever a `Link` header leads, credentials do not leave the origin, and the next page is one that stands in it.
pub fn link(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let page = || Answer::json(200, r#"{"items":[1]}"#);
    let first = text.lines().fold(page(), |answer, line| answer.header("link", line));
    let setup = Setup::new([first, page()]);
    let mut pages: rt::Pages<List, ApiError> = rt::Pages::new(rt::RawCall::new(&setup.pets.client, &LIST));
    let found = wait(async {
        let mut found = 0;
        while let Ok(Some(_)) = pages.try_next().await {
            found += 1;
        }
        found
    });
    let requests = setup.transport.requests();
    assert!(found <= 2 && requests.len() <= 2, "{found}");
    if let Some(next) = requests.get(1) {
        let own = next.uri().host().is_some_and(|host| host.eq_ignore_ascii_case("pets.example"));
        assert!(own || next.header("authorization").is_none(), "{}", next.uri());
        assert!(
            text.contains('<') && text.contains('>') && text.to_ascii_lowercase().contains("next"),
            "{}",
            next.uri()
        );
    }
}

/// A body in parts has the parts that it was given, and none that a text in it made up.
pub fn body(bytes: &[u8]) {
    let Ok(json) = Json::parse(&String::from_utf8_lossy(bytes)) else { return };
    let setup = Setup::new([Answer::new(200)]);
    let mut call = rt::RawCall::new(&setup.pets.client, &PUT);
    call.body(&json);
    let sent = wait(rt::run_with_response::<Put, ApiError>(call));
    let requests = setup.transport.requests();
    let (Ok(_), Some(request)) = (sent, requests.first()) else { return };
    let content_type = request.header("content-type").expect("a body has one").to_owned();
    let boundary = content_type.split_once("boundary=").expect("parts have one").1;
    let text = request.text();
    let sections: Vec<&str> = text.split(&format!("--{boundary}")).collect();
    assert_eq!(sections.last(), Some(&"--\r\n"), "{text}");
    let parts = &sections[1..sections.len() - 1];
    let names: std::collections::BTreeSet<String> = json.members().map(|(name, _)| name.into_owned()).collect();
    if names.len() == json.members().count() && !names.contains("more") && !json.as_text().contains('[') {
        let given = json.members().filter(|(_, value)| !value.is_null()).count();
        assert_eq!(parts.len(), given, "{text}");
    }
    for part in parts {
        let (head, _) = part.split_once("\r\n\r\n").expect("a part has a head");
        for line in head.split("\r\n").skip(1) {
            assert!(line.starts_with("content-disposition: ") || line.starts_with("content-type: "), "{line}");
            assert!(!line.contains(char::is_control), "{line:?}");
        }
    }
}

static LIST: rt::OperationFacts = rt::OperationFacts::new("pets.list", "GET", "/pets")
    .security(&[&[rt::Need::new(0, &[])]])
    .pagination(rt::Pagination::link().items("/items"));

#[derive(Debug)]
enum List {}

impl rt::Operation for List {
    type Output = Json;
    const FACTS: &'static rt::OperationFacts = &LIST;
    fn decode(reply: &rt::RawReply) -> Result<Json, rt::DecodeError> {
        reply.json()
    }
}

impl rt::Paged for List {
    type Item = Json;
    fn items(page: Json) -> Vec<Json> {
        page.get("items").map(|items| items.items().collect()).unwrap_or_default()
    }
}

#[derive(Debug)]
enum Put {}

impl rt::Operation for Put {
    type Output = ();
    const FACTS: &'static rt::OperationFacts = &PUT;
    fn decode(reply: &rt::RawReply) -> Result<(), rt::DecodeError> {
        reply.empty()
    }
}

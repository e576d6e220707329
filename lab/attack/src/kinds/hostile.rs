//! Responses that cost more than they weigh, as growth series: 1, 2 and 4 MB of each shape.
//!
//! Held: what a client spends grows with the size of what it reads and no faster, in time and in memory, or the response
//! is refused. Times are those of the processor and the best of three, and only their growth is judged: machines differ.

use std::sync::Arc;
use std::time::Duration;

use super::builder;
use crate::api::testing::{Answer, MemoryTransport};
use crate::api::{Error, Target};
use crate::{Plan, Row};

/// How a response of about so many bytes looks.
type Make = fn(usize) -> Answer;

/// Shapes: a name, what asks for it, how it is made.
const SHAPES: [(&str, Asks, Make); 12] = [
    ("empty objects", Asks::Holders, |size| list(size, "{}")),
    ("variants of a union", Asks::Pets, |size| list(size, r#"{"kind":"cat"}"#)),
    ("unknown variants", Asks::Pets, |size| list(size, r#"{"kind":"x"}"#)),
    ("a wide tree", Asks::Tree, |size| json(format!(r#"{{"children":[{}]}}"#, repeated(size, "{}")))),
    ("a bushy tree", Asks::Tree, |size| {
        json(format!(r#"{{"children":[{}]}}"#, repeated(size, r#"{"children":[{},{}]}"#)))
    }),
    ("unknown members", Asks::Thing, |size| json(format!(r#"{{"id":"x",{}}}"#, members(size)))),
    ("one member again and again", Asks::Bag, |size| json(format!("{{{}}}", repeated(size, r#""a":"b""#)))),
    ("keys of a map", Asks::Bag, |size| json(format!("{{{}}}", members(size)))),
    ("escapes", Asks::Thing, |size| json(format!(r#"{{"id":"{}"}}"#, r"\u00e4".repeat(size / 6)))),
    ("a long number", Asks::Thing, |size| json(format!(r#"{{"id":"x","n":{}}}"#, "7".repeat(size)))),
    ("a Link header", Asks::List, |size| json(r#"{"items":[]}"#).header("link", &", <".repeat(size / 12))),
    ("blanks", Asks::Thing, |size| json(format!("{}{{\"id\":\"x\"}}", " ".repeat(size)))),
];

/// What is called for a shape.
#[derive(Clone, Copy)]
enum Asks {
    Thing,
    List,
    Tree,
    Holders,
    Pets,
    Bag,
}

fn json(text: impl Into<String>) -> Answer {
    Answer::json(200, text.into())
}

fn repeated(size: usize, item: &str) -> String {
    vec![item; size / (item.len() + 1) + 1].join(",")
}

fn list(size: usize, item: &str) -> Answer {
    json(format!("[{}]", repeated(size, item)))
}

fn members(size: usize) -> String {
    (0..size / 14).map(|n| format!(r#""k{n:07}":"v""#)).collect::<Vec<_>>().join(",")
}

/// Below this nothing is judged: it is the noise of the machine.
const FLOOR: Duration = Duration::from_millis(20);
/// Four times the size may take four times as long, and twice that on a busy machine; squared growth is sixteen times.
const MOST: u32 = 9;
/// Bytes of memory for a byte of a response, at the most.
const WEIGHT: usize = 40;

pub(crate) fn run(plan: Plan) -> Vec<Row> {
    // A small run goes through the shapes at a sixteenth of the size: what ends at all ends quickly there.
    let unit = if plan.calls < 10_000 { 1 << 16 } else { 1 << 20 };
    SHAPES
        .iter()
        .flat_map(|(name, asks, make)| {
            let (asks, make) = (*asks, *make);
            // One thread, whose time on the processor is that of the call.
            match tokio::runtime::Builder::new_current_thread().enable_all().build() {
                Ok(runtime) => runtime.block_on(async move { vec![series(name, asks, make, unit).await] }),
                Err(_) => Vec::new(),
            }
        })
        .collect()
}

async fn series(name: &str, asks: Asks, make: Make, unit: usize) -> Row {
    let mut row = Row::new(format!("hostile/{name}"));
    let mut spent = Vec::new();
    for times in [1, 2, 4] {
        let answer = make(unit * times);
        let mut best = Duration::MAX;
        let mut peak = 0;
        for _ in 0..3 {
            let transport = MemoryTransport::new();
            let given = answer.clone();
            transport.otherwise(move |request| match request.path() {
                "/token" => Answer::json(200, r#"{"access_token":"token-1","expires_in":3600}"#),
                _ => given.clone(),
            });
            let client = builder("http://hostile.example").transport(Arc::new(transport)).max_response_bytes(64 << 20);
            let client = client.timeout(Duration::from_secs(120)).total_timeout(Duration::from_secs(120)).build();
            let Ok(client) = client else { continue };
            let before = Peak::reset();
            let begun = on_processor();
            let end = ask(&client, asks).await;
            best = best.min(on_processor().saturating_sub(begun));
            peak = peak.max(before.grown());
            drop(end);
        }
        row.tried += 1;
        spent.push((best, peak));
    }
    let [(first, _), .., (last, weight)] = spent.as_slice() else { return row };
    let (first, last) = ((*first).max(FLOOR / MOST), *last);
    if last > FLOOR && last > first * MOST {
        row.violations
            .push(format!("four times the size takes {:.1} times as long", last.as_secs_f64() / first.as_secs_f64()));
    }
    if *weight > WEIGHT * 4 * unit {
        row.violations.push(format!("{} times its size in memory", weight / (4 * unit)));
    }
    row.figures = spent
        .iter()
        .map(|(time, peak)| format!("{} ms {} MB", time.as_millis(), peak >> 20))
        .collect::<Vec<_>>()
        .join(", ");
    row
}

async fn ask(client: &Target, asks: Asks) -> Result<(), Error> {
    let shapes = client.shapes();
    match asks {
        Asks::Thing => client.things().get("7").await.map(drop),
        Asks::List => client.things().list().items().try_next().await.map(drop),
        Asks::Tree => shapes.tree().await.map(drop),
        Asks::Holders => shapes.holders().await.map(drop),
        Asks::Pets => shapes.pets().await.map(drop),
        Asks::Bag => shapes.bag().await.map(drop),
    }
}

/// How long this thread was on a processor, as Linux tells it; zero elsewhere.
fn on_processor() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(text.split(' ').next().and_then(|nanos| nanos.parse().ok()).unwrap_or_default())
}

/// The peak of resident memory, as Linux tells it; nothing elsewhere.
struct Peak(usize);

impl Peak {
    /// Lets the peak begin at what is resident now.
    fn reset() -> Self {
        let _ = std::fs::write("/proc/self/clear_refs", "5");
        Self(status("VmRSS:"))
    }

    fn grown(&self) -> usize {
        status("VmHWM:").saturating_sub(self.0)
    }
}

fn status(name: &str) -> usize {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    line.trim().trim_end_matches("kB").trim().parse::<usize>().unwrap_or_default() * 1024
}

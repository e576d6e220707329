//! Decode time of the codec against `serde_json` with derive, in one binary.
//!
//! Both read the same answer, a page of 500 objects of 12 members, into types that mean the same. Rounds alternate, so that
//! a busy machine slows both, and the fastest round counts. It prints figures and judges nothing.

#![allow(dead_code, reason = "the members are there to be read")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use typewright_runtime::codegen::v1 as rt;

/// The answer's objects as the generator writes them.
struct Order {
    id: rt::Uuid,
    number: String,
    status: Status,
    quantity: i32,
    total: f64,
    paid: bool,
    note: rt::Field<String>,
    coupon: Option<String>,
    created_at: rt::DateTime,
    updated_at: rt::DateTime,
    customer: Customer,
    tags: Vec<String>,
    extra: rt::Extra,
}

enum Status {
    Open,
    Shipped,
    Unknown(rt::UnknownValue),
}

struct Customer {
    id: i64,
    name: String,
    extra: rt::Extra,
}

struct Page {
    items: Vec<Order>,
    page: i64,
    extra: rt::Extra,
}

impl From<&str> for Status {
    fn from(value: &str) -> Self {
        match value {
            "OPEN" => Self::Open,
            "SHIPPED" => Self::Shipped,
            other => Self::Unknown(rt::UnknownValue::new(other)),
        }
    }
}

impl rt::Decode for Status {
    fn decode(d: &mut rt::Decoder<'_>) -> Result<Self, rt::DecodeError> {
        Ok(Self::from(&*d.text()?))
    }
}

impl rt::Decode for Order {
    fn decode(d: &mut rt::Decoder<'_>) -> Result<Self, rt::DecodeError> {
        static MEMBERS: &[&str] = &[
            "id",
            "number",
            "status",
            "quantity",
            "total",
            "paid",
            "note",
            "coupon",
            "created_at",
            "updated_at",
            "customer",
            "tags",
        ];
        let mut id = None;
        let mut number = None;
        let mut status = None;
        let mut quantity = None;
        let mut total = None;
        let mut paid = None;
        let mut note = rt::Field::Absent;
        let mut coupon = None;
        let mut created_at = None;
        let mut updated_at = None;
        let mut customer = None;
        let mut tags = None;
        let mut extra = rt::Extra::new();
        d.object(MEMBERS, &mut extra, &mut |index, d| match index {
            0 => d.required(&mut id),
            1 => d.required(&mut number),
            2 => d.required(&mut status),
            3 => d.required(&mut quantity),
            4 => d.required(&mut total),
            5 => d.required(&mut paid),
            6 => d.field(&mut note),
            7 => d.optional(&mut coupon),
            8 => d.required(&mut created_at),
            9 => d.required(&mut updated_at),
            10 => d.required(&mut customer),
            _ => d.required(&mut tags),
        })?;
        Ok(Self {
            id: d.take(id, "id")?,
            number: d.take(number, "number")?,
            status: d.take(status, "status")?,
            quantity: d.take(quantity, "quantity")?,
            total: d.take(total, "total")?,
            paid: d.take(paid, "paid")?,
            note,
            coupon,
            created_at: d.take(created_at, "created_at")?,
            updated_at: d.take(updated_at, "updated_at")?,
            customer: d.take(customer, "customer")?,
            tags: d.take(tags, "tags")?,
            extra,
        })
    }
}

impl rt::Decode for Customer {
    fn decode(d: &mut rt::Decoder<'_>) -> Result<Self, rt::DecodeError> {
        static MEMBERS: &[&str] = &["id", "name"];
        let mut id = None;
        let mut name = None;
        let mut extra = rt::Extra::new();
        d.object(MEMBERS, &mut extra, &mut |index, d| match index {
            0 => d.required(&mut id),
            _ => d.required(&mut name),
        })?;
        Ok(Self { id: d.take(id, "id")?, name: d.take(name, "name")?, extra })
    }
}

impl rt::Decode for Page {
    fn decode(d: &mut rt::Decoder<'_>) -> Result<Self, rt::DecodeError> {
        static MEMBERS: &[&str] = &["items", "page"];
        let mut items = None;
        let mut page = None;
        let mut extra = rt::Extra::new();
        d.object(MEMBERS, &mut extra, &mut |index, d| match index {
            0 => d.required(&mut items),
            _ => d.required(&mut page),
        })?;
        Ok(Self { items: d.take(items, "items")?, page: d.take(page, "page")?, extra })
    }
}

/// The same by hand with derive, as an application would write it: texts for times, closed enums, unknown members dropped.
mod derived {
    use serde::Deserialize;

    #[derive(Deserialize)]
    pub(crate) struct Order {
        id: String,
        number: String,
        status: Status,
        quantity: i32,
        total: f64,
        paid: bool,
        note: Option<String>,
        coupon: Option<String>,
        created_at: String,
        updated_at: String,
        customer: Customer,
        tags: Vec<String>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "UPPERCASE")]
    pub(crate) enum Status {
        Open,
        Shipped,
    }

    #[derive(Deserialize)]
    pub(crate) struct Customer {
        id: i64,
        name: String,
    }

    #[derive(Deserialize)]
    pub(crate) struct Page {
        pub(crate) items: Vec<Order>,
        page: i64,
    }
}

fn answer(items: usize) -> String {
    let order = |index: usize| {
        format!(
            r#"{{"id":"0f8fad5b-d9cb-469f-a165-{index:012x}","number":"A-{index}","status":"{}","quantity":{},"total":{}.25,
"paid":{},"note":{},"coupon":"SPRING","created_at":"2024-02-29T12:30:15.123Z","updated_at":"2024-03-01T08:00:00Z",
"customer":{{"id":{},"name":"Zoë \"Z\" Miller"}},"tags":["new","gift","express"]}}"#,
            if index.is_multiple_of(2) { "OPEN" } else { "SHIPPED" },
            index % 7,
            index * 13,
            index.is_multiple_of(3),
            if index.is_multiple_of(4) { "null" } else { "\"leave at the door, please\"" },
            1_000_000 + index,
        )
    };
    let items: Vec<String> = (0..items).map(order).collect();
    format!(r#"{{"items":[{}],"page":0}}"#, items.join(","))
}

fn time(run: &mut dyn FnMut()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

/// Measures and prints.
pub(crate) fn run() -> Result<(), Box<dyn std::error::Error>> {
    let text = answer(500);
    let bytes = text.as_bytes();
    assert_eq!(
        rt::from_json_bytes::<Page>(bytes)?.items.len(),
        serde_json::from_slice::<derived::Page>(bytes)?.items.len()
    );
    let (mut ours, mut theirs) = (Duration::MAX, Duration::MAX);
    for _ in 0..400 {
        ours = ours.min(time(&mut || drop(black_box(rt::from_json_bytes::<Page>(black_box(bytes))))));
        theirs = theirs.min(time(&mut || drop(black_box(serde_json::from_slice::<derived::Page>(black_box(bytes))))));
    }
    let rate = |time: Duration| bytes.len() as f64 / 1e6 / time.as_secs_f64();
    println!("{} bytes, 500 objects of 12 members, fastest of 400 rounds", bytes.len());
    println!("codec                   {:>8.1} us  {:>6.0} MB/s", ours.as_secs_f64() * 1e6, rate(ours));
    println!("serde_json with derive  {:>8.1} us  {:>6.0} MB/s", theirs.as_secs_f64() * 1e6, rate(theirs));
    println!("ratio                   {:>8.2}", ours.as_secs_f64() / theirs.as_secs_f64());
    Ok(())
}

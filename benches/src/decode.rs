//! Decoding and encoding of one answer: the generated codec against serde_json with derive.

use std::hint::black_box;

use qredex::types;
use typewright_runtime::codegen::v1 as rt;

use crate::{instructions, measure, model};

const REPEATS: u32 = 200;

pub(crate) fn run() {
    for items in [1, 50] {
        let text = model::page(items);
        measure::compare(
            &format!("decode {items} orders"),
            41,
            || each(|| drop(black_box(rt::from_json::<types::OrderPage>(&text).expect("it is well formed")))),
            || {
                each(|| {
                    drop(black_box(
                        serde_json::from_slice::<model::OrderPage>(text.as_bytes()).expect("it is well formed"),
                    ))
                })
            },
        );
        let ours: types::OrderPage = rt::from_json(&text).expect("it is well formed");
        let theirs: model::OrderPage = serde_json::from_str(&text).expect("it is well formed");
        measure::compare(
            &format!("encode {items} orders"),
            41,
            || each(|| drop(black_box(rt::to_json(&ours).expect("it has no odd numbers")))),
            || each(|| drop(black_box(serde_json::to_string(&theirs).expect("it has no odd numbers")))),
        );
        let many = items.to_string();
        for kind in ["decode", "encode"] {
            instructions::compare(
                &format!("{kind} {items} orders"),
                &[kind, &many],
                &[&format!("{kind}-serde"), &many],
            );
        }
    }
}

/// One of the four, so many times.
pub(crate) fn work(name: &str, items: usize, repeats: u32) {
    let text = model::page(items);
    let ours: types::OrderPage = rt::from_json(&text).expect("it is well formed");
    let theirs: model::OrderPage = serde_json::from_str(&text).expect("it is well formed");
    for _ in 0..repeats {
        match name {
            "decode" => drop(black_box(rt::from_json::<types::OrderPage>(&text).expect("it is well formed"))),
            "decode-serde" => {
                drop(black_box(
                    serde_json::from_slice::<model::OrderPage>(text.as_bytes()).expect("it is well formed"),
                ));
            }
            "encode" => drop(black_box(rt::to_json(&ours).expect("it has no odd numbers"))),
            _ => drop(black_box(serde_json::to_string(&theirs).expect("it has no odd numbers"))),
        }
    }
}

/// Seconds that `work` takes, on average over many.
fn each(work: impl Fn()) -> f64 {
    measure::seconds(|| (0..REPEATS).for_each(|_| work())) / f64::from(REPEATS)
}

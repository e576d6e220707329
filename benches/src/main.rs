//! Runs the benchmarks: `cargo xtask bench [name…]`, all of them without a name.
//!
//! Every figure is CPU time or a ratio of two things measured in turn in one run; wall time on a shared machine says little.
//! Where valgrind is installed, `decode` and `call` also print instructions and allocations, which depend on nothing else.
//! A benchmark is a file of its own and a row of [`BENCHMARKS`].

#![forbid(unsafe_code)]

mod call;
mod check;
mod decode;
mod generate;
mod instructions;
mod measure;
mod model;
mod server;
mod work;

type Benchmark = (&'static str, &'static str, fn());

const BENCHMARKS: &[Benchmark] = &[
    ("generate", "CPU time and peak memory of the generator, per document", generate::run),
    ("check", "CPU time of `cargo check` of a generated crate alone, incremental off", check::run),
    ("decode", "decoding and encoding against serde_json with derive, on the same answer", decode::run),
    ("call", "a call against hand-written reqwest and serde_json, on loopback", call::run),
];

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    if work::is_done(&wanted) {
        return;
    }
    if let Some(unknown) = wanted.iter().find(|name| !BENCHMARKS.iter().any(|(known, ..)| known == name)) {
        eprintln!("there is no benchmark `{unknown}`; there are:");
        BENCHMARKS.iter().for_each(|(name, about, _)| eprintln!("  {name:<10}{about}"));
        std::process::exit(2);
    }
    for (name, about, run) in BENCHMARKS {
        if wanted.is_empty() || wanted.iter().any(|wanted| wanted == name) {
            println!("\n{name}: {about}");
            run();
        }
    }
}

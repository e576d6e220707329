//! Runs the measurements that are named, or all: `cargo xtask bench`, `cargo xtask bench decode`.
//!
//! They print figures and judge nothing; what is promised about them stands in ARCHITECTURE.md.

#![forbid(unsafe_code)]

mod decode;

/// One measurement.
type Run = fn() -> Result<(), Box<dyn std::error::Error>>;

const MEASUREMENTS: &[(&str, Run)] = &[("decode", decode::run)];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    if let Some(unknown) = wanted.iter().find(|name| !MEASUREMENTS.iter().any(|(known, _)| known == name)) {
        let known: Vec<&str> = MEASUREMENTS.iter().map(|(name, _)| *name).collect();
        return Err(format!("there is no measurement `{unknown}`; there are: {}", known.join(", ")).into());
    }
    for (name, run) in MEASUREMENTS {
        if wanted.is_empty() || wanted.iter().any(|one| one == name) {
            println!("{name}");
            run()?;
        }
    }
    Ok(())
}

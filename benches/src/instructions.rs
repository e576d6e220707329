//! Instruction and allocation counts from valgrind, where it is installed. Unlike times, they do not depend on the machine's
//! load.
//!
//! Runs this program under valgrind twice, with different numbers of iterations, so that start-up costs cancel out.

use std::process::Command;

/// Repetitions of the two runs.
const FEW: u32 = 20;
const MANY: u32 = 120;

/// What one repetition costs.
#[derive(Clone, Copy)]
struct Cost {
    instructions: f64,
    allocations: f64,
}

/// Prints what `ours` and `theirs` cost, both names of work that [`crate::work`] knows, and their ratios.
pub(crate) fn compare(name: &str, ours: &[&str], theirs: &[&str]) {
    let (Some(ours), Some(theirs)) = (cost(ours), cost(theirs)) else {
        println!("  {name:<28} (no valgrind)");
        return;
    };
    println!(
        "  {name:<28}{:>9.0} instructions, other {:>9.0}, ratio {:.2}; {:.0} allocations, other {:.0}",
        ours.instructions,
        theirs.instructions,
        ours.instructions / theirs.instructions,
        ours.allocations,
        theirs.allocations
    );
}

fn cost(work: &[&str]) -> Option<Cost> {
    let per =
        |count: fn(&[&str], u32) -> Option<f64>| Some((count(work, MANY)? - count(work, FEW)?) / f64::from(MANY - FEW));
    Some(Cost { instructions: per(instructions)?, allocations: per(allocations)? })
}

/// `==7== Collected : 1234567`
fn instructions(work: &[&str], repeats: u32) -> Option<f64> {
    let told = valgrind(&["--tool=callgrind", "--callgrind-out-file=/dev/null"], work, repeats)?;
    number(told.split("Collected :").nth(1)?)
}

/// `==7==   total heap usage: 1,234 allocs, 1,234 frees, 123,456 bytes allocated`
fn allocations(work: &[&str], repeats: u32) -> Option<f64> {
    let told = valgrind(&["--leak-check=no"], work, repeats)?;
    number(told.split("total heap usage:").nth(1)?)
}

fn number(text: &str) -> Option<f64> {
    let digits: String = text.trim_start().chars().take_while(|c| c.is_ascii_digit() || *c == ',').collect();
    digits.replace(',', "").parse().ok()
}

/// What valgrind says of this program doing one piece of work.
fn valgrind(options: &[&str], work: &[&str], repeats: u32) -> Option<String> {
    let program = std::env::current_exe().ok()?;
    let mut command = Command::new("valgrind");
    command.args(options).arg(program).arg(crate::work::FLAG).arg(repeats.to_string()).args(work);
    let output = command.output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stderr).into_owned())
}

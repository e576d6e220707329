//! A small run of every kind of attack: what `cargo xtask attack` does at length.

use typewright_attack::{KINDS, Plan, table};

#[test]
fn a_small_attack_finds_nothing() {
    let plan = Plan { calls: 400, seed: 7 };
    // Memory and descriptors are those of the process, so the kinds that judge them run alone; the others mostly wait.
    let (alone, others): (Vec<_>, Vec<_>) = KINDS.iter().partition(|kind| ["hostile", "faults"].contains(&kind.name));
    let mut rows: Vec<_> = alone.iter().flat_map(|kind| (kind.run)(plan)).collect();
    let others: Vec<_> = others.into_iter().map(|kind| std::thread::spawn(move || (kind.run)(plan))).collect();
    rows.extend(others.into_iter().flat_map(|kind| kind.join().expect("a kind ends")));
    assert!(rows.iter().all(|row| row.tried > 0), "a test tried nothing:\n{}", table(&rows));
    assert!(rows.iter().all(|row| row.violations.is_empty()), "{}", table(&rows));
}

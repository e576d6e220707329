//! How time and memory are measured: CPU seconds and peak memory as Linux tells them, and medians of ratios.

use std::time::Instant;

/// CPU seconds of this process and of the children that it has waited for, user and system.
pub(crate) fn cpu_seconds() -> f64 {
    // Fields 14 to 17 of /proc/self/stat are utime, stime, cutime and cstime in ticks of 1/100 s; the second field may hold
    // spaces, so counting starts behind its closing parenthesis.
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default();
    fields.split_whitespace().skip(11).take(4).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Peak memory of this process in MB, or 0 where the system does not tell.
pub(crate) fn peak_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// Seconds that `work` takes.
pub(crate) fn seconds(work: impl FnOnce()) -> f64 {
    let started = Instant::now();
    work();
    started.elapsed().as_secs_f64()
}

/// Measures `ours` and `theirs` in turn, so that a change of the machine's speed hits both, and prints medians and their ratio.
pub(crate) fn compare(name: &str, rounds: usize, mut ours: impl FnMut() -> f64, mut theirs: impl FnMut() -> f64) {
    let (mut a, mut b, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        let (one, other) = (ours(), theirs());
        a.push(one);
        b.push(other);
        ratios.push(one / other);
    }
    println!(
        "  {name:<28}{:>9.1} µs   other {:>9.1} µs   ratio {:.2}",
        median(a) * 1e6,
        median(b) * 1e6,
        median(ratios)
    );
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

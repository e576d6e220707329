//! Which files Cargo makes targets of a package without being told.
//!
//! Generated crates are libraries. A foreign file in the folder may become a program, or a build script that runs with every
//! build, so it is reported.

/// What Cargo makes of the file with this name, relative to the package and with `/`.
pub(super) fn of(name: &str) -> Option<&'static str> {
    let steps: Vec<&str> = name.split('/').collect();
    match steps.as_slice() {
        ["build.rs"] => Some("the build script"),
        ["src", "main.rs"] => Some("a program"),
        ["src", "bin", rest @ ..] if is_root(rest) => Some("a program"),
        ["tests", rest @ ..] if is_root(rest) => Some("a test"),
        ["examples", rest @ ..] if is_root(rest) => Some("an example"),
        ["benches", rest @ ..] if is_root(rest) => Some("a benchmark"),
        _ => None,
    }
}

/// `x.rs` or `x/main.rs`.
fn is_root(steps: &[&str]) -> bool {
    match steps {
        [file] => file.ends_with(".rs"),
        [_, file] => *file == "main.rs",
        _ => false,
    }
}

//! `cargo xtask corpus`: what becomes of every document of a folder, one row each.
//!
//! Generates each document in a process of its own, so that a panic, a hang or a bomb of memory costs one row and no more,
//! and lets Cargo check the crates in one scratch workspace. Owns the order of the work; how a process is measured is
//! `measure`'s, what a row says is `row`'s.

mod documents;
mod measure;
mod mutants;
mod one;
mod row;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use typewright::Exit;
use typewright::exclusive::Exclusive;
use typewright::host::Host;

use self::documents::Entry;
use self::measure::measure;
pub use self::one::run as run_one;
use self::row::{Outcome, Row};
use crate::{behave, document};

/// Name of the chore that generates one document; the program calls itself with it.
pub const ONE: &str = "corpus-one";

/// What `cargo xtask corpus` takes.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// The folder of the documents, with or without an `index.csv` in it or above it.
    pub folder: PathBuf,
    /// Ids of documents, all of them if there is none.
    pub only: Vec<String>,
    /// Whether Cargo checks the crates.
    pub check: bool,
    /// Whether the crates are built, and held to instances of the document's schemas.
    pub behave: bool,
    /// How many mutations are tried instead of the documents themselves.
    pub mutate: Option<usize>,
    /// Seed of the first mutation; each next one has the next number.
    pub seed: u64,
    /// Whether rows are JSON objects.
    pub json: bool,
}

/// Longest generation of one document. The largest that is known takes five seconds.
const GENERATION: Duration = Duration::from_secs(60);
/// Longest check of one crate.
const CHECK: Duration = Duration::from_secs(900);

/// A document without anything: its crate has the dependencies that every other has, so they are built before anything is
/// measured.
const EMPTY: &str = "{\"openapi\":\"3.0.0\",\"info\":{\"title\":\"Empty\",\"version\":\"1\"},\"paths\":{}}";

/// Runs over the folder. `program` is what generates one document when it is called with [`ONE`].
pub fn run(corpus: &Corpus, program: &Path, host: &mut Host<'_>) -> Exit {
    let entries = documents::find(&host.path(&corpus.folder));
    let wanted = |entry: &&Entry| corpus.only.is_empty() || corpus.only.contains(&entry.id);
    let entries: Vec<&Entry> = entries.iter().filter(wanted).collect();
    if entries.is_empty() {
        host.warn(&format!("error: no document of that name in {}", host.shown(&corpus.folder)));
        return Exit::Usage;
    }
    let scratch = match Scratch::new(host) {
        Ok(scratch) => scratch,
        Err(error) => {
            host.warn(&format!("error: cannot write below target/corpus: {error}"));
            return Exit::Faults;
        }
    };
    if (corpus.check || corpus.behave) && !scratch.prepare(program) {
        host.warn("error: the crate of an empty document does not compile");
        return Exit::Faults;
    }
    if !corpus.json {
        host.say(&row::head());
    }
    let mut rows = Vec::new();
    let shown = |row: &Row| if corpus.json { row.json().to_string() } else { row.line() };
    if let Some(mutations) = corpus.mutate {
        mutants::run(&scratch, program, &entries, mutations, corpus, &mut |row: Row| {
            // Thousands of rows that say that all is well hide the one that does not.
            if matches!(row.outcome, Outcome::Fault(_)) {
                host.say(&shown(&row));
            }
            rows.push(row);
        });
    } else {
        for entry in entries {
            let mut row = scratch.generate(program, &entry.id, &entry.path);
            if corpus.check && row.outcome == Outcome::Generated {
                scratch.check(&mut row);
            }
            if corpus.behave && matches!(row.outcome, Outcome::Generated | Outcome::Compiles) {
                scratch.behave(&mut row, &entry.path, corpus.seed);
            }
            host.say(&shown(&row));
            rows.push(row);
        }
    }
    host.say(&if corpus.json { row::summary_json(&rows).to_string() } else { row::summary(&rows) });
    if rows.iter().any(|row| matches!(row.outcome, Outcome::Fault(_))) { Exit::Faults } else { Exit::Fine }
}

/// The workspace that the crates are written into: below `target` of the checkout that the run is about.
struct Scratch {
    folder: PathBuf,
    /// Two runs in one folder would remove each other's crates.
    _lock: Exclusive,
}

impl Scratch {
    /// Empties the crates of an earlier run, and keeps what was built for them.
    fn new(host: &mut Host<'_>) -> std::io::Result<Self> {
        let folder = host.path(Path::new("target/corpus"));
        let busy = format!("waiting for another run of the corpus, which uses {}", folder.display());
        let lock = Exclusive::enter(&folder, &mut || host.warn(&busy))?;
        let crates = folder.join("crates");
        if crates.exists() {
            fs::remove_dir_all(&crates)?;
        }
        fs::create_dir_all(&crates)?;
        fs::write(folder.join("Cargo.toml"), "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n")?;
        // The repository's own versions, so that nothing has to be looked up.
        let _ = fs::copy(host.path(Path::new("Cargo.lock")), folder.join("Cargo.lock"));
        Ok(Self { folder, _lock: lock })
    }

    /// Builds what all crates depend on.
    fn prepare(&self, program: &Path) -> bool {
        let document = self.folder.join("empty.json");
        let mut row = match fs::write(&document, EMPTY) {
            Ok(()) => self.generate(program, "empty-document", &document),
            Err(_) => return false,
        };
        self.check(&mut row);
        row.outcome == Outcome::Compiles
    }

    fn generate(&self, program: &Path, id: &str, document: &Path) -> Row {
        let package = package(id);
        let mut command = Command::new(program);
        command.arg(ONE).arg(document).arg(self.folder.join("crates").join(&package)).arg(&package);
        match measure(&mut command, GENERATION) {
            Ok(ran) => Row::generated(id, &ran),
            Err(error) => Row::fault(id, error.to_string()),
        }
    }

    /// Removes a crate, so that thousands do not fill the disk.
    fn forget(&self, id: &str) {
        let _ = fs::remove_dir_all(self.folder.join("crates").join(package(id)));
    }

    /// One crate at a time on one thread: the memory of a check is then the memory of one compiler.
    fn check(&self, row: &mut Row) {
        match measure(self.cargo("check", &row.id).args(["--jobs", "1"]), CHECK) {
            Ok(ran) => {
                // All that the compiler says, for whoever wants more than the row has.
                if ran.success != Some(true) {
                    let _ = fs::write(self.folder.join("crates").join(package(&row.id)).join("check.txt"), &ran.err);
                }
                row.checked(&ran);
            }
            Err(error) => row.outcome = Outcome::Fault(error.to_string()),
        }
    }

    fn cargo(&self, task: &str, id: &str) -> Command {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args([task, "--quiet", "--package", &package(id)]);
        command.current_dir(&self.folder).env("CARGO_INCREMENTAL", "0").env("CARGO_PROFILE_DEV_DEBUG", "0");
        command.env("CARGO_TARGET_DIR", self.folder.join("target"));
        command
    }

    /// Writes the cases and the program beside the crate, as an example of it, and runs it.
    fn behave(&self, row: &mut Row, document: &Path, seed: u64) {
        let folder = self.folder.join("crates").join(package(&row.id));
        let cases = folder.join("cases.txt");
        let features = match prepare_cases(&folder, &cases, document, &package(&row.id), seed) {
            Ok((features, told, untold)) => {
                row.unions(told, untold);
                features
            }
            Err(why) => return row.outcome = Outcome::Fault(why),
        };
        // Types need nothing of what carries requests, and linking that takes longer than all the rest.
        let mut command = self.cargo("run", &row.id);
        command.args(["--example", "behave", "--no-default-features", "--features", &features, "--"]).arg(&cases);
        match measure(&mut command, CHECK) {
            Ok(ran) => {
                let _ = fs::write(folder.join("faults.txt"), &ran.out);
                row.behaved(&ran);
            }
            Err(error) => row.outcome = Outcome::Fault(error.to_string()),
        }
    }
}

/// Makes the cases of a generated crate, and the program that judges it by them; gives the features that it needs, and how
/// many values of unions have a variant that the document names, and how many one without a name in the crate.
fn prepare_cases(
    folder: &Path,
    cases: &Path,
    document: &Path,
    name: &str,
    seed: u64,
) -> Result<(String, usize, usize), String> {
    let told = |error: std::io::Error| error.to_string();
    let api = fs::read_to_string(folder.join("api.txt")).map_err(told)?;
    let subjects = behave::subjects(&api);
    let document = document::value(document).ok_or("the document is not read as JSON values")?;
    fs::create_dir_all(folder.join("examples")).map_err(told)?;
    let made = behave::cases(&document, &subjects, seed);
    fs::write(cases, &made.lines).map_err(told)?;
    fs::write(folder.join("untold.txt"), made.untold.join("\n")).map_err(told)?;
    let program = behave::program(&name.replace('-', "_"), &subjects);
    fs::write(folder.join("examples/behave.rs"), program).map_err(told)?;
    Ok((behave::features(&api), made.told, made.untold.len()))
}

/// A package name made of an id. The prefix keeps it apart from words that Cargo refuses.
fn package(id: &str) -> String {
    let plain: String =
        id.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    format!("c-{plain}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use typewright::host::Terminal;

    /// What a second run says while a first one has the folder.
    #[test]
    fn two_runs_take_turns_and_the_second_says_so() {
        let folder = std::env::temp_dir().join(format!("typewright-corpus-lock-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let start = |first: &mut dyn FnMut()| {
            let (mut input, mut out, mut err) = (std::io::empty(), Vec::new(), Told { text: Vec::new(), then: first });
            let folder = folder.clone();
            let terminal = Terminal::None;
            let made = Scratch::new(&mut Host { folder, input: &mut input, out: &mut out, err: &mut err, terminal });
            (made.unwrap(), String::from_utf8(err.text).unwrap())
        };
        let (first, silent) = start(&mut || {});
        let mut first = Some(first);
        let (second, said) = start(&mut || drop(first.take()));
        assert!(second.folder.starts_with(&folder), "below the checkout that the run is about");
        drop(second);
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(silent, "");
        assert!(said.starts_with("waiting for another run of the corpus") && first.is_none(), "{said}");
    }

    /// A stream that does something when it is written to.
    struct Told<'a> {
        text: Vec<u8>,
        then: &'a mut dyn FnMut(),
    }

    impl std::io::Write for Told<'_> {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            (self.then)();
            self.text.extend(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
}

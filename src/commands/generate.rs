//! `typewright generate`: crates in their folders, written or compared.

use std::path::Path;
use std::time::Instant;

use typewright_codegen::diagnostic::{Code, Collector, Diagnostic, Profile};
use typewright_codegen::output::{FileSet, RuntimeSource, Target};
use typewright_codegen::selection::Pattern;

use crate::cli::{self, Generate};
use crate::codes;
use crate::document::{Document, Set};
use crate::exit::Exit;
use crate::folder::{Folder, Trouble, diff};
use crate::host::Host;
use crate::lock::{LOCK_FILE, Lock};
use crate::make::{Crate, make};
use crate::report::Report;
use crate::workspace;

/// Runs the command.
pub(super) fn run(arguments: &Generate, host: &mut Host<'_>) -> Exit {
    let out = workspace::normal(&host.path(&arguments.out));
    let runtime = match runtime(arguments.runtime.as_deref(), &out, host) {
        Ok(runtime) => runtime,
        Err(message) => {
            host.warn(&format!("error: {message}"));
            return Exit::Usage;
        }
    };
    let target = Target {
        crate_name: arguments.name.clone().unwrap_or_else(|| package_name(&out)),
        version: "0.1.0".to_owned(),
        runtime,
        profile: arguments.judgement.profile(),
        selection: arguments.operations.selection(),
        standalone: !workspace::is_member(&out),
        ..Target::default()
    };
    let name = target.crate_name.clone();
    let document = Document::new(&arguments.input, host);
    let one = [Crate { name, document, out, target, command: command(arguments) }];
    let mut report = Report::new(arguments.judgement.message_format);
    if arguments.check { check(&one, &mut report, host) } else { write(&one, &mut report, host) }
}

/// Brings the folders of the crates up to date.
pub(super) fn write(crates: &[Crate], report: &mut Report, host: &mut Host<'_>) -> Exit {
    let Some(made) = make(crates, compare, report, host) else {
        report.refused_to_write(host);
        return Exit::Faults;
    };
    let mut exit = Exit::Fine;
    for made in made {
        let (set, folder) = &made.result;
        let started = Instant::now();
        let shown = host.shown(&made.of.out);
        let busy = format!("waiting for another run of typewright, which writes beside {shown}");
        match folder.write(&mut || host.warn(&busy)) {
            Ok(()) => {
                let files =
                    [("written", folder.written()), ("unchanged", folder.unchanged), ("removed", folder.removed())];
                report.summary(&made.of.name, set, &files, made.spent + started.elapsed(), host);
            }
            Err(trouble) => {
                report.diagnostics(&Default::default(), &describe(&trouble), host);
                exit = Exit::Faults;
            }
        }
    }
    exit
}

/// Tells whether they are up to date, and the differences.
pub(super) fn check(crates: &[Crate], report: &mut Report, host: &mut Host<'_>) -> Exit {
    let Some(made) = make(crates, compare, report, host) else {
        report.refused(host);
        return Exit::Faults;
    };
    for made in &made {
        let (set, folder) = &made.result;
        let files = [("to write", folder.written()), ("unchanged", folder.unchanged), ("to remove", folder.removed())];
        report.summary(&made.of.name, set, &files, made.spent, host);
    }
    let mut exit = Exit::Fine;
    for made in made.iter().filter(|made| !made.result.1.is_current()) {
        let shown = host.shown(&made.of.out);
        report.stale(&shown, &diff::unified(&made.result.1, &shown), &made.of.command, host);
        exit = Exit::Faults;
    }
    exit
}

/// The files, the lock among them, against the crate's folder.
fn compare(of: &Crate, set: &Set, mut files: FileSet) -> (Option<(FileSet, Folder)>, Vec<Diagnostic>) {
    let lock = Lock { documents: &set.named_texts(), files: &files.files }.text();
    files.files.insert(LOCK_FILE.to_owned(), lock);
    match Folder::compare(&of.out, &files.files) {
        Ok(folder) => {
            let foreign = foreign(&folder);
            (Some((files, folder)), foreign)
        }
        Err(trouble) => (None, describe(&trouble)),
    }
}

/// Files of others that Cargo makes targets of the crate. They may be wanted, so nothing stops for them.
fn foreign(folder: &Folder) -> Vec<Diagnostic> {
    let mut collector = Collector::new(Profile::Lenient);
    for (name, target) in &folder.foreign {
        let message = format!("typewright did not write `{name}`, and Cargo makes it {target} of the crate");
        let help = "move it into a package of its own that depends on the crate";
        collector.report(&codes::OUTPUT_TARGET, None).message(message).help(help);
    }
    collector.finish()
}

/// A folder's trouble as a diagnostic. It has no place in a document.
fn describe(trouble: &Trouble) -> Vec<Diagnostic> {
    let (code, message, help): (&'static Code, String, &str) = match trouble {
        Trouble::Escape(message) => (&codes::OUTPUT_ESCAPE, message.clone(), "remove the link, or name another folder"),
        Trouble::InTheWay(names) => {
            let message =
                format!("typewright did not write these files and does not replace them: {}", names.join(", "));
            (&codes::OUTPUT_IN_THE_WAY, message, "name another folder, or remove the files")
        }
        Trouble::System(message) => {
            (&codes::OUTPUT_SYSTEM, message.clone(), "name a folder that can be read and written")
        }
    };
    let mut collector = Collector::new(Profile::Strict);
    collector.report(code, None).message(message).help(help);
    collector.finish()
}

/// What `--runtime` says: a folder that holds the runtime, or a version. Without it the runtime of the checkout that this
/// program was built from, as long as that is still there: a crate made by it then builds at once.
fn runtime(argument: Option<&str>, out: &Path, host: &Host<'_>) -> Result<RuntimeSource, String> {
    let version = env!("CARGO_PKG_VERSION").to_owned();
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR"));
    match argument {
        None if is_runtime(&checkout.join("runtime")) => {
            Ok(RuntimeSource::Path { version, path: path_from(out, &checkout.join("runtime"), checkout) })
        }
        None => Ok(RuntimeSource::Version(version)),
        Some(text) if is_version(text) => Ok(RuntimeSource::Version(text.to_owned())),
        Some(text) => {
            let path = workspace::normal(&host.path(Path::new(text)));
            if !is_runtime(&path) {
                return Err(format!("--runtime {text}: neither a version nor a folder that holds typewright-runtime"));
            }
            Ok(RuntimeSource::Path { version, path: workspace::slashed(&path) })
        }
    }
}

/// A relative path for a crate inside the checkout, so that the checkout can be moved; an absolute one elsewhere.
fn path_from(out: &Path, runtime: &Path, checkout: &Path) -> String {
    match out.strip_prefix(checkout) {
        Ok(_) => workspace::relative(out, runtime),
        Err(_) => workspace::slashed(runtime),
    }
}

fn is_runtime(folder: &Path) -> bool {
    std::fs::read_to_string(folder.join("Cargo.toml")).is_ok_and(|text| text.contains("name = \"typewright-runtime\""))
}

/// Whether the text reads as a version requirement: digits and dots, after an optional operator.
fn is_version(text: &str) -> bool {
    let version = text.trim_start_matches(['=', '^', '~']);
    let core = version.split(['-', '+']).next().unwrap_or_default();
    !core.is_empty() && core.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A package name made of the folder's.
fn package_name(out: &Path) -> String {
    let folder = out.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let plain: String = folder.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect();
    let plain = plain.trim_matches('-');
    if cli::parse_name(plain).is_ok() {
        plain.to_owned()
    } else {
        format!("client-{plain}").trim_matches('-').to_owned()
    }
}

/// The command as it was given, `--check` left out.
fn command(arguments: &Generate) -> String {
    let input = &arguments.input;
    let mut words = vec!["typewright".to_owned(), "generate".to_owned(), quoted(&input.document)];
    words.extend(input.overlay.iter().flat_map(|overlay| ["--overlay".to_owned(), quoted(overlay)]));
    words.extend(input.root.iter().flat_map(|root| ["--root".to_owned(), quoted(root)]));
    let mut patterns = |option: &str, patterns: &[Pattern]| {
        words.extend(patterns.iter().flat_map(|pattern| [option.to_owned(), quoted(Path::new(&pattern.to_string()))]));
    };
    patterns("--include", &arguments.operations.include);
    patterns("--exclude", &arguments.operations.exclude);
    words.extend(["--out".to_owned(), quoted(&arguments.out)]);
    words.extend(arguments.name.iter().flat_map(|name| ["--name".to_owned(), name.clone()]));
    words.extend(arguments.runtime.iter().flat_map(|runtime| ["--runtime".to_owned(), quoted(Path::new(runtime))]));
    words.extend(arguments.judgement.strict.then(|| "--strict".to_owned()));
    words.join(" ")
}

fn quoted(path: &Path) -> String {
    let text = path.to_string_lossy();
    let plain = |c: char| c.is_alphanumeric() || "-_./=^~".contains(c);
    if text.chars().all(plain) { text.into_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_named_after_its_folder() {
        for (folder, expected) in [
            ("/x/my-client", "my-client"),
            ("/x/My Client", "my-client"),
            ("/x/3d", "client-3d"),
            ("/x/fn", "client-fn"),
            ("/x/ü", "client"),
            ("/", "client"),
        ] {
            assert_eq!(package_name(Path::new(folder)), expected, "{folder}");
        }
    }

    #[test]
    fn versions_are_told_from_paths() {
        for (text, expected) in [
            ("0.1.0", true),
            ("=0.1.0-rc.1", true),
            ("1", true),
            ("../runtime", false),
            ("runtime", false),
            (".", false),
        ] {
            assert_eq!(is_version(text), expected, "{text}");
        }
    }
}

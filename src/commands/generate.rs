//! `typewright generate`: the client crate of one document.

use std::path::Path;

use typewright_codegen::output::{RuntimeSource, Target};
use typewright_codegen::selection::{Pattern, Selection};

use crate::cli::{self, Generate};
use crate::document::Document;
use crate::exit::Exit;
use crate::host::Host;
use crate::make::{self, Job, Mode};
use crate::report::Report;
use crate::workspace;

/// Runs the command.
pub(crate) fn run(arguments: &Generate, host: &mut Host<'_>) -> Exit {
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
        profile: cli::profile(arguments.strict),
        selection: Selection { include: arguments.include.clone(), exclude: arguments.exclude.clone() },
        standalone: !workspace::is_member(&out),
        ..Target::default()
    };
    let name = target.crate_name.clone();
    let job = Job {
        name,
        document: Document::new(&arguments.document, &arguments.overlay, &arguments.root, host),
        out,
        target,
        command: command(arguments),
    };
    let mode = if arguments.check { Mode::Check } else { Mode::Write };
    make::run(&[job], mode, &mut Report::new(arguments.message_format), host)
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
    let mut words = vec!["typewright".to_owned(), "generate".to_owned(), quoted(&arguments.document)];
    words.extend(arguments.overlay.iter().flat_map(|overlay| ["--overlay".to_owned(), quoted(overlay)]));
    words.extend(arguments.root.iter().flat_map(|root| ["--root".to_owned(), quoted(root)]));
    let mut patterns = |option: &str, patterns: &[Pattern]| {
        words.extend(patterns.iter().flat_map(|pattern| [option.to_owned(), quoted(Path::new(&pattern.to_string()))]));
    };
    patterns("--include", &arguments.include);
    patterns("--exclude", &arguments.exclude);
    words.extend(["--out".to_owned(), quoted(&arguments.out)]);
    words.extend(arguments.name.iter().flat_map(|name| ["--name".to_owned(), name.clone()]));
    words.extend(arguments.runtime.iter().flat_map(|runtime| ["--runtime".to_owned(), quoted(Path::new(runtime))]));
    words.extend(arguments.strict.then(|| "--strict".to_owned()));
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

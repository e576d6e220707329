//! The maintainer's commands, over the crates of `typewright.toml`; `cargo xtask` is their command line.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use typewright_codegen::output::RuntimeSource;
use typewright_codegen::source::Sources;

use crate::commands::{generate, lint};
use crate::config::{self, CONFIG_FILE, Entry};
use crate::document::{Document, Root};
use crate::exit::Exit;
use crate::host::Host;
use crate::make::Crate;
use crate::report::{MessageFormat, Report};
use crate::workspace;

/// The checkout that a chore is about: the one that Cargo runs it from, else the one around the current folder, else the one
/// that it was built in. `manifest` is `CARGO_MANIFEST_DIR` of the running process, `built` of the build.
pub fn checkout(manifest: Option<&Path>, current: Option<&Path>, built: &Path) -> PathBuf {
    let around = |folder: &Path| {
        let mut above = folder.ancestors();
        above.find(|above| above.join(CONFIG_FILE).is_file() && above.join("runtime").is_dir()).map(Path::to_path_buf)
    };
    let found = manifest.and_then(around).or_else(|| current.and_then(around)).or_else(|| around(built));
    found.unwrap_or_else(|| built.to_path_buf())
}

/// Writes the named crates, all of them if none is named. The host's folder is the repository's, here and below.
pub fn generate(crates: &[String], host: &mut Host<'_>) -> Exit {
    over(crates, generate::write, host)
}

/// Tells whether they are up to date.
pub fn check(crates: &[String], host: &mut Host<'_>) -> Exit {
    over(crates, generate::check, host)
}

/// Reports the faults of their documents.
pub fn lint(crates: &[String], host: &mut Host<'_>) -> Exit {
    over(crates, lint::faults, host)
}

/// Reports them, and prints overlays of the facts that the documents could declare.
pub fn suggest(crates: &[String], host: &mut Host<'_>) -> Exit {
    over(crates, lint::suggestions, host)
}

/// Reports them, and lists every place that is raw JSON.
pub fn untyped(crates: &[String], host: &mut Host<'_>) -> Exit {
    over(crates, lint::untyped, host)
}

fn over(names: &[String], command: fn(&[Crate], &mut Report, &mut Host<'_>) -> Exit, host: &mut Host<'_>) -> Exit {
    let mut report = Report::new(MessageFormat::Human);
    match chosen(names, &mut report, host) {
        Ok(crates) => command(&crates, &mut report, host),
        Err(exit) => exit,
    }
}

/// The named crates of `typewright.toml`.
fn chosen(names: &[String], report: &mut Report, host: &mut Host<'_>) -> Result<Vec<Crate>, Exit> {
    let entries = read_config(report, host)?;
    let unknown: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .filter(|name| !entries.iter().any(|entry| entry.target.crate_name == *name))
        .collect();
    if !unknown.is_empty() {
        let known: Vec<&str> = entries.iter().map(|entry| entry.target.crate_name.as_str()).collect();
        host.warn(&format!("error: no such crate: {}; {CONFIG_FILE} has: {}", unknown.join(", "), known.join(", ")));
        return Err(Exit::Usage);
    }
    let wanted = entries.into_iter().filter(|entry| names.is_empty() || names.contains(&entry.target.crate_name));
    Ok(wanted.map(|entry| of_entry(entry, &host.folder)).collect())
}

fn read_config(report: &mut Report, host: &mut Host<'_>) -> Result<Vec<Entry>, Exit> {
    let path = host.path(Path::new(CONFIG_FILE));
    let bytes = std::fs::read(&path).map_err(|error| {
        host.warn(&format!("error: cannot read {}: {error}", host.shown(&path)));
        Exit::Faults
    })?;
    let mut sources = Sources::default();
    sources.add(CONFIG_FILE, bytes);
    let text = sources.files.first().map(|file| file.text.as_str()).unwrap_or_default();
    config::read(text).map_err(|faults| {
        report.diagnostics(&sources, &faults, host);
        report.refused_to_write(host);
        Exit::Faults
    })
}

/// The texts of the licences that stand at the repository's top: a package carries its own.
fn license_files(repository: &Path) -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(repository).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let names = names.filter(|name| name.starts_with("LICENSE"));
    names.filter_map(|name| Some((name.clone(), std::fs::read_to_string(repository.join(&name)).ok()?))).collect()
}

fn of_entry(entry: Entry, repository: &Path) -> Crate {
    let out = repository.join(&entry.out);
    let mut target = entry.target;
    let runtime = repository.join("runtime");
    if runtime.join("Cargo.toml").is_file() {
        let (version, path) = (env!("CARGO_PKG_VERSION").to_owned(), workspace::relative(&out, &runtime));
        target.runtime = RuntimeSource::Path { version, path };
    }
    target.standalone = !workspace::is_member(&out);
    if target.license.is_some() {
        target.license_files = license_files(repository);
    }
    let command = format!("cargo xtask generate {}", target.crate_name);
    Crate {
        name: target.crate_name.clone(),
        document: Document {
            root: Root::File(repository.join(entry.document)),
            overlays: entry.overlays.iter().map(|overlay| repository.join(overlay)).collect(),
            roots: entry.roots.iter().map(|root| repository.join(root)).collect(),
        },
        out,
        target,
        command,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chore_is_about_the_checkout_that_it_runs_in() {
        let place = std::env::temp_dir().join(format!("typewright-checkout-{}", std::process::id()));
        for name in ["here", "there"] {
            for folder in ["runtime", "xtask", "docs"] {
                std::fs::create_dir_all(place.join(name).join(folder)).unwrap();
            }
            std::fs::write(place.join(name).join(CONFIG_FILE), "").unwrap();
        }
        let (here, there) = (place.join("here"), place.join("there"));
        let found = [
            checkout(Some(&here.join("xtask")), Some(&there), &there.join("xtask")),
            checkout(None, Some(&here.join("docs")), &there.join("xtask")),
            checkout(None, Some(&place), &there.join("xtask")),
            checkout(None, None, &there.join("xtask")),
        ];
        std::fs::remove_dir_all(&place).unwrap();
        assert_eq!(found, [here.clone(), here, there.clone(), there]);
    }
}

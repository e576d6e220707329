//! The process that generates one document for `cargo xtask corpus`: writes the crate, and says what is in it on one line.

use std::fs;
use std::path::Path;

use serde_json::json;
use typewright::Exit;
use typewright::host::Host;
use typewright_codegen::builder::read_documents;
use typewright_codegen::diagnostic::{Diagnostic, Severity};
use typewright_codegen::output::{FileSet, RuntimeSource, Site, Target};
use typewright_codegen::source::Sources;

/// Generates the document into the folder as a member of the scratch workspace. The host's folder is the repository's.
pub fn run(document: &Path, out: &Path, name: &str, host: &mut Host<'_>) -> Exit {
    let sources = read_documents(&host.folder, &host.path(document), &[]);
    let runtime = host.path(Path::new("runtime")).to_string_lossy().replace('\\', "/");
    let target = Target {
        crate_name: name.to_owned(),
        version: "0.1.0".to_owned(),
        runtime: RuntimeSource::Path { version: typewright::VERSION.to_owned(), path: runtime },
        ..Target::default()
    };
    let (files, diagnostics) = typewright_codegen::generate(&sources, &target);
    let Some(files) = files else {
        host.say(&json!({ "refused": refusal(&sources, &diagnostics) }).to_string());
        return Exit::Fine;
    };
    if let Err(error) = write(out, &files) {
        host.warn(&format!("cannot write below {}: {error}", out.display()));
        return Exit::Faults;
    }
    let fields =
        |any: bool| files.untyped.iter().filter(move |one| one.site == Site::Field && one.keyword.is_none() == any);
    let line = json!({ "operations": files.operations, "left_out": files.left_out, "opaque_any": fields(true).count(),
        "opaque_cannot": fields(false).count(), "warnings": diagnostics.len(), "lines": lines(&files),
        "omitted": omitted(&sources, &diagnostics) });
    host.say(&line.to_string());
    Exit::Fine
}

/// The folder is new: what an earlier run wrote is gone.
fn write(out: &Path, files: &FileSet) -> std::io::Result<()> {
    for (name, text) in &files.files {
        let path = out.join(name);
        fs::create_dir_all(path.parent().unwrap_or(out))?;
        fs::write(path, text)?;
    }
    Ok(())
}

/// Code and place of the first error.
fn refusal(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let Some(first) = diagnostics.iter().find(|fault| fault.severity == Severity::Error) else {
        return String::new();
    };
    let Some(place) = first.place else { return first.code.id.to_owned() };
    let position = sources.position(place);
    let file = sources.name(place.file).rsplit('/').next().unwrap_or_default();
    format!("{} {file}:{}:{}", first.code.id, position.line, position.column)
}

/// What was left out because of a fault, and the fault.
fn omitted(sources: &Sources, diagnostics: &[Diagnostic]) -> Vec<String> {
    let omitted = diagnostics.iter().filter(|fault| fault.recovery.contains("left out"));
    let told = omitted.map(|fault| {
        let at = fault.place.map(|place| (sources.name(place.file), sources.position(place)));
        let at = at.map(|(file, at)| format!(" {}:{}:{}", file.rsplit('/').next().unwrap_or(file), at.line, at.column));
        format!("{}{}: {}; {}", fault.code.id, at.unwrap_or_default(), fault.message, fault.recovery)
    });
    told.collect()
}

fn lines(files: &FileSet) -> usize {
    let code = files.files.iter().filter(|(name, _)| name.ends_with(".rs"));
    code.map(|(_, text)| text.lines().count()).sum()
}

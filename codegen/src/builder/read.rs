//! Reading a document from disk, with every file that it refers to. Owns the rule which files may be read.

use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use crate::read::load_referenced;
use crate::source::{FileFault, MAX_FILE_BYTES, Sources, is_below};

/// Reads a document and every file that its references lead to. Paths are relative to `folder`, and so are the names that
/// diagnostics show. A file that cannot be read is part of the set all the same, with the reason as its fault. `roots` are
/// folders that references may lead into beside the document's own.
pub fn read_documents(folder: &Path, document: &Path, roots: &[PathBuf]) -> Sources {
    let mut sources = Sources::default();
    let path = folder.join(document);
    let name = display_name(folder, &path);
    match read_file(&path) {
        Ok(bytes) => sources.add(name, bytes),
        Err(reason) => sources.add_unreadable(name, reason),
    };
    read_referenced(folder, roots, &mut sources);
    sources
}

/// Adds overlays in the order in which they apply, and the files that their references lead to: those are relative to the
/// document. The caller names the overlays, so they may stand anywhere.
pub fn read_overlays(folder: &Path, overlays: &[PathBuf], roots: &[PathBuf], sources: &mut Sources) {
    for overlay in overlays {
        let path = folder.join(overlay);
        let name = display_name(folder, &path);
        match read_file(&path) {
            Ok(bytes) => sources.add_overlay(name, bytes),
            Err(reason) => sources.add_unreadable_overlay(name, reason),
        };
    }
    if !overlays.is_empty() {
        read_referenced(folder, roots, sources);
    }
}

/// Adds the files that the references of a set lead to. They must stand in the folder of the first file, in one of `roots`, or
/// below: a document from elsewhere must not make its reader open whatever it likes.
pub fn read_referenced(folder: &Path, roots: &[PathBuf], sources: &mut Sources) {
    let root = sources.files.first().map(|file| file.name.clone()).unwrap_or_default();
    // `.` stands in for the empty path, which no system resolves.
    let beside = Path::new(".").join(folder).join(&root).parent().map(Path::to_path_buf);
    let roots: Vec<PathBuf> = roots.iter().map(|root| Path::new(".").join(folder).join(root)).collect();
    let resolved: Vec<PathBuf> = beside.iter().chain(&roots).filter_map(|path| path.canonicalize().ok()).collect();
    load_referenced(sources, &mut |name| {
        let named_inside = is_below(&root, name) || roots.iter().any(|root| is_inside(root, &folder.join(name)));
        let found = Path::new(".").join(folder).join(name).canonicalize();
        match found {
            Ok(path) if resolved.iter().any(|root| path.starts_with(root)) => {
                read_file(&path).map_err(FileFault::Unreadable)
            }
            Ok(_) if named_inside => {
                Err(FileFault::Unreadable("it is a link that leads out of the document's folder".to_owned()))
            }
            Err(error) if named_inside => Err(FileFault::Unreadable(error.to_string())),
            // Whether it exists is nobody's business.
            _ => Err(FileFault::Outside(name.rsplit_once('/').map_or(".", |(folder, _)| folder).to_owned())),
        }
    });
}

/// Whether a path stands below a folder by their names alone, links not followed.
fn is_inside(folder: &Path, path: &Path) -> bool {
    match (std::path::absolute(folder), std::path::absolute(path)) {
        (Ok(folder), Ok(path)) => plain(&path).starts_with(plain(&folder)),
        _ => false,
    }
}

/// An absolute path without `..`.
fn plain(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut plain, part| {
        match part {
            Component::ParentDir => drop(plain.pop()),
            part => plain.push(part),
        }
        plain
    })
}

/// Reads a regular file. Opening a pipe waits for its writer, and a device may never end, so neither is opened.
fn read_file(path: &Path) -> Result<Vec<u8>, String> {
    let told = |error: std::io::Error| error.to_string();
    let kind = fs::metadata(path).map_err(told)?;
    if kind.is_dir() {
        return Err("it is a folder".to_owned());
    }
    if !kind.is_file() {
        return Err("it is a pipe or a device, no regular file; `-` as the document reads standard input".to_owned());
    }
    read_bounded(&mut fs::File::open(path).map_err(told)?).map_err(told)
}

/// Reads to the end, or one byte past the size limit, so that the caller can report a document that is too large.
pub fn read_bounded(input: &mut dyn Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The path relative to `folder` when it is below, with `/`.
pub fn display_name(folder: &Path, path: &Path) -> String {
    let below = path.strip_prefix(folder).unwrap_or(path);
    let name = below.to_string_lossy().replace('\\', "/");
    match name.strip_prefix("./") {
        Some(rest) => rest.to_owned(),
        None if name.is_empty() => ".".to_owned(),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_relative_to_the_folder() {
        let folder = Path::new("/home/me");
        for (path, expected) in
            [("/home/me/specs/a.yaml", "specs/a.yaml"), ("/etc/a.yaml", "/etc/a.yaml"), ("./a", "a"), ("/home/me", ".")]
        {
            assert_eq!(display_name(folder, Path::new(path)), expected);
        }
    }

    #[test]
    fn references_lead_into_the_folder_only() {
        let folder = std::env::temp_dir().join(format!("typewright-read-{}", std::process::id()));
        fs::create_dir_all(folder.join("specs/parts")).unwrap();
        fs::write(folder.join("secret.yaml"), "a: 1").unwrap();
        fs::write(folder.join("specs/parts/b.yaml"), "b: 1").unwrap();
        let text = "a: {$ref: ../secret.yaml}\nb: {$ref: parts/b.yaml}\nc: {$ref: gone.yaml}\n";
        fs::write(folder.join("specs/pets.yaml"), text).unwrap();
        let sources = read_documents(&folder, Path::new("specs/pets.yaml"), &[]);
        let allowed = read_documents(&folder, Path::new("specs/pets.yaml"), &[PathBuf::from(".")]);
        let elsewhere = read_documents(&folder, Path::new("specs/pets.yaml"), &[folder.join("specs/parts")]);
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(allowed.files[1].fault, None);
        assert_eq!(elsewhere.files[1].fault, Some(FileFault::Outside(".".to_owned())));
        let found: Vec<_> = sources.files.iter().map(|file| (file.name.as_str(), file.fault.is_none())).collect();
        let expected = [
            ("specs/pets.yaml", true),
            ("secret.yaml", false),
            ("specs/gone.yaml", false),
            ("specs/parts/b.yaml", true),
        ];
        assert_eq!(found, expected);
        assert_eq!(sources.files[1].fault, Some(FileFault::Outside(".".to_owned())));
    }

    #[cfg(unix)]
    #[test]
    fn pipes_devices_and_folders_are_not_read() {
        let folder = std::env::temp_dir().join(format!("typewright-read-kinds-{}", std::process::id()));
        fs::create_dir_all(folder.join("parts")).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(folder.join("pipe.yaml")).status().unwrap().success());
        std::os::unix::fs::symlink("/dev/zero", folder.join("zero.yaml")).unwrap();
        fs::write(folder.join("pets.yaml"), "a: {$ref: pipe.yaml}\nb: {$ref: parts}\n").unwrap();
        let fault = |sources: &Sources, index: usize| match sources.files.get(index).and_then(|file| file.fault.clone())
        {
            Some(FileFault::Unreadable(why)) => why,
            other => format!("{other:?}"),
        };
        let referenced = read_documents(&folder, Path::new("pets.yaml"), &[]);
        let alone =
            ["pipe.yaml", "zero.yaml", "parts"].map(|name| fault(&read_documents(&folder, Path::new(name), &[]), 0));
        let mut overlaid = Sources::default();
        read_overlays(&folder, &[PathBuf::from("pipe.yaml")], &[], &mut overlaid);
        fs::remove_dir_all(&folder).unwrap();
        let pipe = "it is a pipe or a device, no regular file; `-` as the document reads standard input";
        assert_eq!(alone, [pipe, pipe, "it is a folder"]);
        // References are loaded in the order of their names.
        assert_eq!([fault(&referenced, 1), fault(&referenced, 2), fault(&overlaid, 0)], ["it is a folder", pipe, pipe]);
    }

    #[test]
    fn what_never_ends_is_read_up_to_the_cap() {
        let bytes = read_bounded(&mut std::io::repeat(b' ')).unwrap();
        assert_eq!(bytes.len(), MAX_FILE_BYTES + 1);
    }
}

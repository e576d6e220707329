//! Which documents a folder holds: those of its `index.csv`, or every file that says `openapi`.

use std::fs;
use std::path::{Path, PathBuf};

/// One document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// As `--only` and the row call it.
    pub(super) id: String,
    /// Its root file.
    pub(super) path: PathBuf,
}

/// The documents of a folder; with an index in it or beside it those that the index lists, in its order.
pub(super) fn find(folder: &Path) -> Vec<Entry> {
    let indexed = [Some(folder), folder.parent()].into_iter().flatten().find_map(|home| {
        let text = fs::read_to_string(home.join("index.csv")).ok()?;
        let entries: Vec<Entry> = listed(&text, home).into_iter().filter(|e| e.path.starts_with(folder)).collect();
        (!entries.is_empty()).then_some(entries)
    });
    indexed.unwrap_or_else(|| walked(folder, folder))
}

/// Columns `id` and `file`; what may be quoted stands behind them.
fn listed(text: &str, home: &Path) -> Vec<Entry> {
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let column = |name: &str| head.iter().position(|title| *title == name);
    let (Some(id), Some(file)) = (column("id"), column("file")) else { return Vec::new() };
    lines
        .filter_map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            Some(Entry { id: (*cells.get(id)?).to_owned(), path: home.join(cells.get(file)?) })
        })
        .collect()
}

/// Files that are parts of another document have no `openapi` member, so they are passed over.
fn walked(folder: &Path, at: &Path) -> Vec<Entry> {
    let mut paths: Vec<PathBuf> = fs::read_dir(at).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let entries = paths.into_iter().flat_map(|path| match path.is_dir() {
        true => walked(folder, &path),
        false if is_root(&path) => vec![Entry { id: id(folder, &path), path }],
        false => Vec::new(),
    });
    entries.collect()
}

fn id(folder: &Path, path: &Path) -> String {
    let below = path.strip_prefix(folder).unwrap_or(path).with_extension("");
    below.to_string_lossy().replace(['/', '\\'], "-")
}

fn is_root(path: &Path) -> bool {
    let known = path.extension().is_some_and(|end| ["yaml", "yml", "json"].iter().any(|known| end == *known));
    let says = |text: String| text.contains("\"openapi\"") || text.lines().any(|line| line.starts_with("openapi:"));
    known && fs::read(path).is_ok_and(|bytes| says(String::from_utf8_lossy(&bytes).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_names_documents_by_id() {
        let found = listed("id,kind,file,note\npets,real,files/pets.yaml,\"a, b\"\n", Path::new("/c"));
        assert_eq!(found, [Entry { id: "pets".to_owned(), path: PathBuf::from("/c/files/pets.yaml") }]);
        assert_eq!(listed("name\npets\n", Path::new("/c")), []);
    }

    #[test]
    fn without_an_index_every_root_file_is_a_document() {
        let folder = std::env::temp_dir().join(format!("typewright-corpus-{}", std::process::id()));
        fs::create_dir_all(folder.join("many")).unwrap();
        for (name, text) in [
            ("pets.json", "{\"openapi\":\"3.0.0\"}"),
            ("many/root.yaml", "openapi: 3.1.0\n"),
            ("many/part.yaml", "a: 1\n"),
        ] {
            fs::write(folder.join(name), text).unwrap();
        }
        let ids: Vec<String> = find(&folder).into_iter().map(|entry| entry.id).collect();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(ids, ["many-root", "pets"]);
    }
}

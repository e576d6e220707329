//! Bringing a compared folder to disk. Every file appears whole or not at all, and a new folder appears whole.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::{Change, Folder, Trouble, path, system};

impl Folder {
    /// Writes and removes what [`Folder::compare`] found; unchanged files are not touched, so they keep their time.
    pub(crate) fn write(&self) -> Result<(), Trouble> {
        if self.new { self.write_new() } else { self.write_changes(&self.path) }
    }

    /// A new folder is made beside its place and renamed into it: a run that is cut short leaves no half crate that
    /// a workspace would trip over.
    fn write_new(&self) -> Result<(), Trouble> {
        let staged = beside(&self.path);
        let made = fs::create_dir_all(&staged)
            .map_err(|error| system("create", &staged, &error))
            .and_then(|()| self.write_changes(&staged))
            .and_then(|()| fs::rename(&staged, &self.path).map_err(|error| system("create", &self.path, &error)));
        if made.is_err() {
            let _ = fs::remove_dir_all(&staged);
        }
        made
    }

    fn write_changes(&self, folder: &Path) -> Result<(), Trouble> {
        for (name, change) in &self.changes {
            let path = path::resolve(folder, name).map_err(Trouble::Escape)?;
            match change {
                Change::Add { text } | Change::Alter { text, .. } => write_whole(&path, text)?,
                Change::Remove { .. } => remove(folder, &path)?,
            }
        }
        Ok(())
    }
}

fn write_whole(path: &Path, text: &str) -> Result<(), Trouble> {
    let parent = path.parent().unwrap_or(path);
    fs::create_dir_all(parent).map_err(|error| system("create", parent, &error))?;
    let staged = beside(path);
    let written = fs::File::create_new(&staged)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .and_then(|()| fs::rename(&staged, path));
    if written.is_err() {
        let _ = fs::remove_file(&staged);
    }
    written.map_err(|error| system("write", path, &error))
}

/// Removes a file, and the folders that it leaves empty.
fn remove(folder: &Path, path: &Path) -> Result<(), Trouble> {
    fs::remove_file(path).map_err(|error| system("remove", path, &error))?;
    let emptied = path.ancestors().skip(1).take_while(|parent| *parent != folder);
    for parent in emptied {
        if fs::remove_dir(parent).is_err() {
            break;
        }
    }
    Ok(())
}

/// A name in the same folder, so that the rename stays on one file system. The process id keeps two runs apart.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.typewright-{}", std::process::id()))
}

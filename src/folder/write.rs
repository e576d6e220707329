//! Bringing a compared folder to disk. Every file appears whole or not at all, and a new folder appears whole.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::{Change, Folder, Trouble, path, staging, system};

impl Folder {
    /// Writes and removes what [`Folder::compare`] found; unchanged files are not touched, so they keep their time. Calls
    /// `busy` if another run is writing, which is waited for.
    pub(crate) fn write(&self, busy: &mut dyn FnMut()) -> Result<(), Trouble> {
        let staging = staging::enter(&self.path, busy).map_err(|error| system("write below", &self.path, &error))?;
        let staged = staging.folder();
        match self.new {
            true if is_new(&self.path) => self.write_new(staged),
            // Another run made the folder since it was looked for.
            true => Self::compare(&self.path, &self.texts())?.write_changes(&self.path, staged),
            false => self.write_changes(&self.path, staged),
        }
    }

    /// A new folder is made elsewhere and renamed into its place.
    fn write_new(&self, staging: &Path) -> Result<(), Trouble> {
        let staged = staging.join(format!("crate-{}", std::process::id()));
        let failed = |error| system("create", &self.path, &error);
        fs::create_dir_all(&staged).map_err(failed)?;
        self.write_changes(&staged, staging)?;
        fs::create_dir_all(self.path.parent().unwrap_or(&self.path)).map_err(failed)?;
        // An empty folder is in the way on some systems.
        let _ = fs::remove_dir(&self.path);
        fs::rename(&staged, &self.path).map_err(failed)
    }

    /// The contents of all files of a new folder.
    fn texts(&self) -> BTreeMap<String, String> {
        let texts = self.changes.iter().filter_map(|(name, change)| match change {
            Change::Add { text } | Change::Alter { text, .. } => Some((name.clone(), text.clone())),
            Change::Remove { .. } => None,
        });
        texts.collect()
    }

    fn write_changes(&self, folder: &Path, staging: &Path) -> Result<(), Trouble> {
        for (name, change) in &self.changes {
            let path = path::resolve(folder, name).map_err(Trouble::Escape)?;
            match change {
                Change::Add { text } | Change::Alter { text, .. } => write_whole(&path, text, staging)?,
                Change::Remove { .. } => remove(folder, &path)?,
            }
        }
        Ok(())
    }
}

/// Whether the folder is empty.
pub(super) fn is_new(path: &Path) -> bool {
    fs::read_dir(path).map_or(!path.exists(), |mut entries| entries.next().is_none())
}

fn write_whole(path: &Path, text: &str, staging: &Path) -> Result<(), Trouble> {
    let parent = path.parent().unwrap_or(path);
    fs::create_dir_all(parent).map_err(|error| system("create", parent, &error))?;
    let staged = staging.join(format!("file-{}", std::process::id()));
    let written = fs::write(&staged, text).and_then(|()| fs::rename(&staged, path));
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

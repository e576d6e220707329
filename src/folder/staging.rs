//! The folder in which files are written before they are moved into place. It is not beside any crate, so that an interrupted
//! run leaves nothing that Cargo takes for a workspace member or a file of a crate.
//!
//! A workspace's pattern (`generated/*`) matches every folder, hidden ones too, and Cargo then loads the workspace no more.

use std::fs;
use std::path::{Path, PathBuf};

use toml::de::DeTable;

use crate::exclusive::Exclusive;

/// The name of the folder.
const FOLDER: &str = "typewright-staging";

/// Takes the place where files for `out` are staged, and removes what earlier runs left there. `busy` is called if another run
/// holds it, which is waited for.
pub(super) fn enter(out: &Path, busy: &mut dyn FnMut()) -> std::io::Result<Exclusive> {
    let mut failed = None;
    for place in places(out) {
        match Exclusive::enter(&place, busy) {
            Ok(held) if is_near(held.folder(), out) => {
                held.clear()?;
                return Ok(held);
            }
            Ok(_) => {}
            Err(error) => failed = Some(error),
        }
    }
    Err(failed.unwrap_or_else(|| std::io::Error::other("no place on the same file system to write a new file first")))
}

/// Candidates, best first. In a workspace, no glob pattern finds anything under `target`.
fn places(out: &Path) -> Vec<PathBuf> {
    match out.ancestors().skip(1).find(|above| is_workspace(above)) {
        // The second one for a `target` that is a link to another disk.
        Some(root) => vec![root.join("target").join(FOLDER), root.join(format!(".{FOLDER}"))],
        None => vec![out.parent().unwrap_or(out).join(format!(".{FOLDER}"))],
    }
}

fn is_workspace(folder: &Path) -> bool {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    DeTable::parse(&manifest).is_ok_and(|manifest| manifest.get_ref().contains_key("workspace"))
}

/// Whether a file can be renamed from one to the other, as far as the system tells. The output may not exist yet.
#[cfg(unix)]
fn is_near(staging: &Path, out: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let device = |path: &Path| path.ancestors().find_map(|path| fs::metadata(path).ok()).map(|found| found.dev());
    device(staging) == device(out)
}

#[cfg(not(unix))]
fn is_near(_: &Path, _: &Path) -> bool {
    true
}

//! A folder that one process has to itself, however that process ends.
//!
//! The system releases a lock when its holder ends, even if it is killed. So if the lock can be taken, everything in the folder
//! is left from runs that are over. Owns the lock and its file; the holder owns everything beside it.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use fs4::{FileExt, TryLockError};

/// The name of the lock's file in its folder.
const LOCK: &str = "lock";

/// The lock of a folder, held until it is dropped.
#[derive(Debug)]
pub struct Exclusive {
    folder: PathBuf,
    /// Whether the file system has locks; some network file systems have none, and there everybody goes in.
    locked: bool,
    // Closed, and so released, after `Drop` has removed the file.
    _file: File,
}

impl Exclusive {
    /// Makes the folder if there is none, and waits for its lock. Calls `busy` first if another process holds it.
    pub fn enter(folder: &Path, busy: &mut dyn FnMut()) -> io::Result<Self> {
        loop {
            match fs::create_dir_all(folder) {
                Ok(()) => {}
                // The last holder removed the folder while it was made here.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && !is_blocked(folder) => continue,
                Err(error) => return Err(error),
            }
            let path = folder.join(LOCK);
            let file = match File::options().create(true).truncate(false).write(true).open(&path) {
                Ok(file) => file,
                // Whoever was last removed the folder after it was made here.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(error),
            };
            let locked = match FileExt::try_lock(&file) {
                Ok(()) => true,
                Err(TryLockError::WouldBlock) => {
                    busy();
                    FileExt::lock(&file)?;
                    true
                }
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => false,
                Err(TryLockError::Error(error)) => return Err(error),
            };
            // Whoever held it before may have removed the file that was opened here: that lock guards nothing.
            if is_the_file_at(&file, &path) {
                return Ok(Self { folder: folder.to_path_buf(), locked, _file: file });
            }
        }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Removes everything in the folder: with the lock held, it is left from runs that are over.
    pub fn clear(&self) -> io::Result<()> {
        if !self.locked {
            return Ok(());
        }
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            if entry.file_name() == LOCK {
                continue;
            }
            if entry.file_type()?.is_dir() { fs::remove_dir_all(entry.path())? } else { fs::remove_file(entry.path())? }
        }
        Ok(())
    }
}

impl Drop for Exclusive {
    /// Removes the lock's file, and the folder if it is empty.
    fn drop(&mut self) {
        let _ = fs::remove_file(self.folder.join(LOCK));
        let _ = fs::remove_dir(&self.folder);
    }
}

/// Whether something on the way to the folder is neither a folder nor a link to one.
fn is_blocked(folder: &Path) -> bool {
    let leads_on = |path: &Path| fs::metadata(path).is_ok_and(|found| found.is_dir());
    folder.ancestors().any(|path| fs::symlink_metadata(path).is_ok_and(|found| !found.is_dir() && !leads_on(path)))
}

#[cfg(unix)]
fn is_the_file_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let identity = |found: std::io::Result<fs::Metadata>| found.ok().map(|found| (found.dev(), found.ino()));
    let open = identity(file.metadata());
    open.is_some() && open == identity(fs::metadata(path))
}

/// Elsewhere a file that is open keeps its name.
#[cfg(not(unix))]
fn is_the_file_at(_: &File, path: &Path) -> bool {
    path.exists()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn one_at_a_time_holds_it_and_nothing_is_left() {
        let folder = std::env::temp_dir().join(format!("typewright-exclusive-{}", std::process::id()));
        let (inside, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..25 {
                        let held = Exclusive::enter(&folder, &mut || {}).unwrap();
                        most.fetch_max(1 + inside.fetch_add(1, Ordering::SeqCst), Ordering::SeqCst);
                        fs::write(held.folder().join("mine"), "").unwrap();
                        held.clear().unwrap();
                        inside.fetch_sub(1, Ordering::SeqCst);
                    }
                });
            }
        });
        assert_eq!((most.into_inner(), folder.exists()), (1, false));
    }

    #[test]
    fn who_waits_is_told() {
        let folder = std::env::temp_dir().join(format!("typewright-exclusive-told-{}", std::process::id()));
        let held = Exclusive::enter(&folder, &mut || panic!("nobody else is there")).unwrap();
        let mut held = Some(held);
        // A second handle waits as a second process does.
        let second = Exclusive::enter(&folder, &mut || drop(held.take())).unwrap();
        drop(second);
        assert!(held.is_none() && !folder.exists());
    }
}

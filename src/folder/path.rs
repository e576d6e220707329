//! Paths of generated files below their folder. Owns the rule that nothing is written or read outside it.

use std::path::{Component, Path, PathBuf};

/// The file's place below `folder`, or why it has none. No component below `folder` may be a symbolic link: a link
/// could lead anywhere, and nobody expects a generator to write there.
pub(super) fn resolve(folder: &Path, name: &str) -> Result<PathBuf, String> {
    let relative = Path::new(name);
    let plain = !name.is_empty()
        && !name.contains(['\\', '\0'])
        && relative.components().all(|part| matches!(part, Component::Normal(_)));
    if !plain {
        return Err(format!("the file name {name:?} does not stay inside the output folder"));
    }
    let mut path = folder.to_path_buf();
    for part in relative.components() {
        path.push(part);
        if path.symlink_metadata().is_ok_and(|data| data.file_type().is_symlink()) {
            return Err(format!("{} is a symbolic link, and links are not followed", path.display()));
        }
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_stay_inside_are_taken() {
        let folder = Path::new("/nowhere");
        for name in ["src/lib.rs", "Cargo.toml", "a/..b/c"] {
            assert_eq!(resolve(folder, name), Ok(folder.join(name)));
        }
        for name in ["", "/etc/passwd", "../x", "a/../../x", "./x", "a\\b", "a\0"] {
            assert!(resolve(folder, name).is_err(), "{name:?}");
        }
    }
}

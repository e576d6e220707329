//! Where a generated crate stands: paths to it and from it, and whether a Cargo workspace claims it.

use std::path::{Component, Path, PathBuf};

use toml::de::DeTable;
use typewright_codegen::selection::fits_path;

/// The path without `.` and `..`, by its text alone: the folder need not exist yet.
pub(crate) fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(normal.pop()),
            part => normal.push(part),
        }
    }
    normal
}

/// The path with `/`, as manifests want it.
pub(crate) fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The way from one folder to another, both absolute.
pub(crate) fn relative(from: &Path, to: &Path) -> String {
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(shared).map(|_| "..".to_owned());
    let down = to.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// Whether a workspace above the folder lists it as a member. Where it does not, Cargo refuses to build the crate unless
/// it says that it stands alone.
pub(crate) fn is_member(folder: &Path) -> bool {
    folder.ancestors().skip(1).any(|above| {
        let manifest = std::fs::read_to_string(above.join("Cargo.toml")).unwrap_or_default();
        folder.strip_prefix(above).is_ok_and(|below| lists(&manifest, &slashed(below)))
    })
}

/// Whether `workspace.members` of the manifest has the folder, and `workspace.exclude` has not.
fn lists(manifest: &str, folder: &str) -> bool {
    let Ok(manifest) = DeTable::parse(manifest) else { return false };
    let Some(workspace) = manifest.get_ref().get("workspace").and_then(|value| value.get_ref().as_table()) else {
        return false;
    };
    let any = |key: &str, test: &dyn Fn(&str) -> bool| {
        let items = workspace.get(key).and_then(|value| value.get_ref().as_array());
        items.is_some_and(|items| items.iter().filter_map(|item| item.get_ref().as_str()).any(test))
    };
    any("members", &|pattern| matches(pattern, folder)) && !any("exclude", &|path| Path::new(folder).starts_with(path))
}

/// Whether a folder fits one of Cargo's patterns.
fn matches(pattern: &str, folder: &str) -> bool {
    fits_path(pattern.trim_start_matches("./").trim_end_matches('/'), folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_told_from_strangers() {
        let manifest = "[workspace]\nmembers = ['codegen', 'generated/*', 'x-*-y']\nexclude = ['generated/old']";
        for (folder, expected) in [
            ("codegen", true),
            ("generated/pets", true),
            ("generated/old", false),
            ("generated/pets/deep", false),
            ("x-a-y", true),
            ("target/pets", false),
        ] {
            assert_eq!(lists(manifest, folder), expected, "{folder}");
        }
        assert!(!lists("[package]\nname = 'x'", "codegen"));
    }

    #[test]
    fn paths_lead_from_one_folder_to_the_other() {
        for (from, to, expected) in [
            ("/r/generated/pets", "/r/runtime", "../../runtime"),
            ("/r", "/r/runtime", "runtime"),
            ("/a/b", "/c", "../../c"),
        ] {
            assert_eq!(relative(Path::new(from), Path::new(to)), expected);
        }
        assert_eq!(normal(Path::new("/a/./b/../c")), Path::new("/a/c"));
    }
}

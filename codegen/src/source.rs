//! The texts a document is made of, and places in them.
//!
//! Owns file names and texts, and turns places into lines and columns. Does not read from disk: whoever calls brings the
//! bytes. What is wrong with the bytes is kept beside the text, so that `read` reports it with every other fault.

use std::collections::BTreeMap;

/// Longest file that is read. GitHub's document, the largest that is known, has 13 MB.
pub const MAX_FILE_BYTES: usize = 48 << 20;

/// Which file of the document set; index into [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A stretch of one file, in bytes. Line and column are computed when a diagnostic is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Place {
    /// Whether `other` stands in this stretch.
    pub(crate) fn holds(self, other: Self) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }
}

/// One text of the document set.
#[derive(Clone, Debug, Default)]
pub struct SourceFile {
    /// As diagnostics show it: relative to where the command ran, with `/`. For example `specs/pets.yaml`.
    pub name: String,
    /// Content. Where the bytes were no UTF-8 a replacement character stands, and `fault` says so.
    pub text: String,
    /// Why there is nothing to parse.
    pub fault: Option<FileFault>,
    /// Whether it changes the document instead of being a part of it.
    pub is_overlay: bool,
}

/// Why a file cannot be parsed at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileFault {
    /// It could not be opened or read; the reason as the system puts it.
    Unreadable(String),
    /// The first byte that is no UTF-8 stands at this offset.
    NotUtf8(usize),
    /// It has this many bytes, more than [`MAX_FILE_BYTES`].
    TooLarge(usize),
    /// It stands where references may not lead, in this folder.
    Outside(String),
}

impl From<String> for FileFault {
    fn from(reason: String) -> Self {
        Self::Unreadable(reason)
    }
}

/// The document set: the root document first, then the files its references name.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// All files, in the order in which they were added.
    pub files: Vec<SourceFile>,
}

/// A position as people count: both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Sources {
    /// Adds a file. Its faults (not UTF-8, too large) are reported when the set is read.
    pub fn add(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> FileId {
        self.push(Self::file_of(name.into(), bytes.into()))
    }

    /// Adds an overlay: a file that changes the first one. Overlays apply in the order in which they are added.
    pub fn add_overlay(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> FileId {
        self.push(SourceFile { is_overlay: true, ..Self::file_of(name.into(), bytes.into()) })
    }

    /// Adds an overlay that could not be read.
    pub fn add_unreadable_overlay(&mut self, name: impl Into<String>, reason: impl Into<String>) -> FileId {
        let fault = Some(FileFault::Unreadable(reason.into()));
        self.push(SourceFile { name: name.into(), fault, is_overlay: true, ..SourceFile::default() })
    }

    fn file_of(name: String, bytes: Vec<u8>) -> SourceFile {
        let length = bytes.len();
        let (text, fault) = if length > MAX_FILE_BYTES {
            (String::new(), Some(FileFault::TooLarge(length)))
        } else {
            match String::from_utf8(bytes) {
                Ok(text) => (text, None),
                Err(error) => {
                    let at = error.utf8_error().valid_up_to();
                    (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(FileFault::NotUtf8(at)))
                }
            }
        };
        SourceFile { name, text, fault, is_overlay: false }
    }

    /// Adds a file that is named by a reference or by the caller but could not be read.
    pub fn add_unreadable(&mut self, name: impl Into<String>, reason: impl Into<String>) -> FileId {
        self.add_faulty(name, FileFault::Unreadable(reason.into()))
    }

    /// Adds a file of which there is no text.
    pub fn add_faulty(&mut self, name: impl Into<String>, fault: FileFault) -> FileId {
        self.push(SourceFile { name: name.into(), fault: Some(fault), ..SourceFile::default() })
    }

    fn push(&mut self, file: SourceFile) -> FileId {
        self.files.push(file);
        FileId(u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX))
    }

    /// The file with this id.
    pub fn file(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// The file with this name, which is spelled as [`resolve_name`] spells names.
    pub fn find(&self, name: &str) -> Option<FileId> {
        let index = self.files.iter().position(|file| file.name == name)?;
        u32::try_from(index).ok().map(FileId)
    }

    /// The overlays, in the order in which they apply.
    pub fn overlays(&self) -> impl Iterator<Item = FileId> + '_ {
        let overlays = self.files.iter().enumerate().filter(|(_, file)| file.is_overlay);
        overlays.filter_map(|(index, _)| u32::try_from(index).ok().map(FileId))
    }

    /// The file that the contents of `file` belong to: those of an overlay to the document that it changes.
    pub(crate) fn home(&self, file: FileId) -> FileId {
        if self.file(file).is_some_and(|file| file.is_overlay) { FileId(0) } else { file }
    }

    /// Name of a file, for messages.
    pub fn name(&self, id: FileId) -> &str {
        self.file(id).map_or("", |file| &file.name)
    }

    /// Line and column of a place's first character. Whoever asks for many makes [`Positions`] once.
    pub fn position(&self, place: Place) -> Position {
        Positions::new(self).start(place)
    }
}

/// Turns places into lines and columns, fast for many of them: a minified document is one line of megabytes.
#[derive(Debug)]
pub struct Positions<'s> {
    sources: &'s Sources,
    /// Per file: where each [`Self::STEP`] bytes stand; made when the file is first asked for.
    checkpoints: BTreeMap<FileId, Vec<Checkpoint>>,
}

#[derive(Clone, Copy, Debug)]
struct Checkpoint {
    offset: usize,
    position: Position,
    line_start: usize,
}

impl<'s> Positions<'s> {
    const STEP: usize = 4_096;

    /// For the files of this set.
    pub fn new(sources: &'s Sources) -> Self {
        Self { sources, checkpoints: BTreeMap::new() }
    }

    /// Line and column of a place's first character.
    pub fn start(&mut self, place: Place) -> Position {
        self.locate(place.file, place.start).position
    }

    /// Line and column of one past a place's last character.
    pub fn end(&mut self, place: Place) -> Position {
        self.locate(place.file, place.end).position
    }

    /// The byte at which the line of a place's first character begins.
    pub fn line_start(&mut self, place: Place) -> usize {
        self.locate(place.file, place.start).line_start
    }

    fn locate(&mut self, file: FileId, offset: u32) -> Checkpoint {
        let text = self.sources.file(file).map_or("", |file| &file.text);
        let offset = floor_boundary(text, offset as usize);
        let checkpoints = self.checkpoints.entry(file).or_insert_with(|| checkpoints(text));
        let after = checkpoints.partition_point(|checkpoint| checkpoint.offset <= offset);
        let mut found = after.checked_sub(1).and_then(|at| checkpoints.get(at)).copied().unwrap_or_else(|| first(text));
        for byte in text.as_bytes().get(found.offset..offset).unwrap_or_default() {
            found.pass(*byte);
        }
        found
    }
}

impl Checkpoint {
    fn pass(&mut self, byte: u8) {
        self.offset += 1;
        match byte {
            b'\n' => {
                self.position = Position { line: self.position.line + 1, column: 1 };
                self.line_start = self.offset;
            }
            // Later bytes of a character.
            0x80..=0xbf => {}
            _ => self.position.column += 1,
        }
    }
}

/// A byte order mark takes no column: editors do not show it.
fn first(text: &str) -> Checkpoint {
    let offset = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    Checkpoint { offset, position: Position { line: 1, column: 1 }, line_start: offset }
}

fn checkpoints(text: &str) -> Vec<Checkpoint> {
    let mut at = first(text);
    let mut found = vec![at];
    for byte in text.as_bytes().get(at.offset..).unwrap_or_default() {
        at.pass(*byte);
        if at.offset.is_multiple_of(Positions::STEP) {
            found.push(at);
        }
    }
    found
}

/// The largest character boundary that is not behind `offset`.
pub(crate) fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// The name of the file that a reference in the file `base` leads to, and the fragment after `#` (empty: the whole file).
///
/// `./a/../b.yaml#/x` in `specs/pets.yaml` is `("specs/b.yaml", "/x")`. `None` for what is never loaded: a URL.
pub fn resolve_name<'r>(base: &str, reference: &'r str) -> Option<(String, &'r str)> {
    let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    if path.is_empty() {
        return Some((base.to_owned(), fragment));
    }
    let scheme = path.split_once(':').map(|(scheme, _)| scheme);
    if path.starts_with("//") || scheme.is_some_and(is_scheme) {
        return None;
    }
    let path = percent_decoded(path).replace('\\', "/");
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let joined =
        if path.starts_with('/') || base.is_empty() || !base.contains('/') { path } else { format!("{folder}/{path}") };
    Some((clean_path(&joined), fragment))
}

/// The name of a file as a reference in the file `base` would have it: `../b.yaml` for `b.yaml` in `specs/pets.yaml`.
pub(crate) fn relative_name(base: &str, name: &str) -> String {
    let folder: Vec<&str> = base.rsplit_once('/').map_or_else(Vec::new, |(folder, _)| folder.split('/').collect());
    let parts: Vec<&str> = name.split('/').collect();
    let common = folder.iter().zip(&parts).take_while(|(one, other)| one == other).count();
    let up = folder.get(common..).unwrap_or_default();
    // One way to say what is above a folder whose name is not known.
    if base.starts_with('/') != name.starts_with('/') || up.contains(&"..") {
        return name.to_owned();
    }
    let below = parts.get(common..).unwrap_or_default();
    up.iter().map(|_| "..").chain(below.iter().copied()).collect::<Vec<_>>().join("/")
}

/// The path without `.`, empty parts and the `..` that can be resolved.
fn clean_path(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let root = if path.starts_with('/') { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}

/// Decodes `%XX`; what is no escape, or would be no UTF-8, stays as it is.
pub(crate) fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let hex = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match (byte, hex(bytes.get(at + 1)), hex(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or_default());
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// Whether `file` stands in the folder of the root document or below it. Reads outside are refused unless they are allowed.
pub fn is_below(root: &str, file: &str) -> bool {
    let folder = root.rsplit_once('/').map_or(".", |(folder, _)| folder);
    let (folder, file) = (clean_path(folder), clean_path(file));
    let rest = match folder.as_str() {
        "" if root.starts_with('/') => file.strip_prefix('/'),
        "" if file.starts_with('/') => None,
        "" => Some(file.as_str()),
        folder => file.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')),
    };
    rest.is_some_and(|rest| rest != ".." && !rest.starts_with("../"))
}

/// A drive letter (`C:`) is no scheme.
fn is_scheme(text: &str) -> bool {
    text.len() > 1 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(start: u32, end: u32) -> Place {
        Place { file: FileId(0), start, end }
    }

    #[test]
    fn positions_count_characters_from_one() {
        let mut sources = Sources::default();
        sources.add("a.yaml", "\u{feff}é: 1\r\nb: ü\r\n");
        let check = |offset: u32, line: usize, column: usize| {
            assert_eq!(sources.position(place(offset, offset)), Position { line, column }, "at {offset}");
        };
        check(0, 1, 1);
        check(3, 1, 1);
        check(5, 1, 2);
        check(10, 2, 1);
        check(13, 2, 4);
        check(15, 2, 5);
        check(4_000, 3, 1);
        assert_eq!(Positions::new(&sources).line_start(place(13, 15)), 10);
    }

    #[test]
    fn positions_are_right_behind_a_checkpoint() {
        let mut sources = Sources::default();
        sources.add("a.json", format!("{}\n{}x", "é".repeat(5_000), "ab".repeat(9_000)));
        let mut positions = Positions::new(&sources);
        assert_eq!(positions.start(place(9_998, 9_998)), Position { line: 1, column: 5_000 });
        assert_eq!(positions.start(place(28_001, 28_001)), Position { line: 2, column: 18_001 });
    }

    #[test]
    fn faulty_files_keep_their_place_in_the_set() {
        let mut sources = Sources::default();
        sources.add("a.yaml", b"a: \xff\n".to_vec());
        sources.add_unreadable("b.yaml", "no such file");
        assert_eq!(sources.files[0].fault, Some(FileFault::NotUtf8(3)));
        assert_eq!(sources.files[1].fault, Some(FileFault::Unreadable("no such file".to_owned())));
        assert_eq!(sources.find("b.yaml"), Some(FileId(1)));
    }

    #[test]
    fn references_resolve_against_the_file_they_stand_in() {
        let check = |base: &str, reference: &str, expected: Option<(&str, &str)>| {
            let found = resolve_name(base, reference);
            assert_eq!(
                found.as_ref().map(|(name, fragment)| (name.as_str(), *fragment)),
                expected,
                "{reference} in {base}"
            );
        };
        check("specs/pets.yaml", "#/components/x", Some(("specs/pets.yaml", "/components/x")));
        check("specs/pets.yaml", "./a/../b.yaml#/x", Some(("specs/b.yaml", "/x")));
        check("specs/pets.yaml", "../b%20c.yaml", Some(("b c.yaml", "")));
        check("pets.yaml", "b.yaml#", Some(("b.yaml", "")));
        check("pets.yaml", "../b.yaml", Some(("../b.yaml", "")));
        check("/a/pets.yaml", "b.yaml", Some(("/a/b.yaml", "")));
        check("/pets.yaml", "b.yaml", Some(("/b.yaml", "")));
        check("pets.yaml", "/etc/b.yaml", Some(("/etc/b.yaml", "")));
        check("pets.yaml", "https://example.com/b.yaml", None);
        check("pets.yaml", "//example.com/b.yaml", None);
    }

    #[test]
    fn names_are_the_same_wherever_the_command_runs() {
        let check = |base: &str, name: &str, expected: &str| assert_eq!(relative_name(base, name), expected, "{base}");
        check("pets.yaml", "parts/b.yaml", "parts/b.yaml");
        check("specs/pets.yaml", "specs/parts/b.yaml", "parts/b.yaml");
        check("specs/v1/pets.yaml", "shared/b.yaml", "../../shared/b.yaml");
        check("pets.yaml", "../shared/b.yaml", "../shared/b.yaml");
        check("../specs/pets.yaml", "../shared/b.yaml", "../shared/b.yaml");
        check("/a/specs/pets.yaml", "/a/shared/b.yaml", "../shared/b.yaml");
        check("../specs/pets.yaml", "b.yaml", "b.yaml");
    }

    #[test]
    fn files_outside_the_roots_folder_are_told_apart() {
        let check =
            |root: &str, file: &str, inside: bool| assert_eq!(is_below(root, file), inside, "{file} below {root}");
        check("specs/pets.yaml", "specs/a/b.yaml", true);
        check("specs/pets.yaml", "other/b.yaml", false);
        check("./specs/pets.yaml", "specs/b.yaml", true);
        check("pets.yaml", "b.yaml", true);
        check("pets.yaml", "../b.yaml", false);
        check("pets.yaml", "/etc/passwd", false);
        check("/a/pets.yaml", "/a/b.yaml", true);
        check("/a/pets.yaml", "/ab.yaml", false);
    }
}

//! The texts a document is made of, and places in them.
//!
//! Owns file names and bytes. Does not read from disk: whoever calls brings the texts.

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

/// One text of the document set.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// As diagnostics show it: relative to where the command ran, with `/`. For example `specs/qredex.yaml`.
    pub name: String,
    /// Content, already checked to be UTF-8 and shorter than 4 GiB.
    pub text: String,
}

/// The document set: the root document first, then the files its references name.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// All files, in the order in which they were added.
    pub files: Vec<SourceFile>,
}

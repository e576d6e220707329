//! A file of a multipart body, as models hold it.
//!
//! Owns what an application says of a file. It has the codec's traits because models have them: among JSON a file leaves a
//! mark, and travels beside it.

use std::fmt;
use std::sync::Arc;

use super::Upload;
use crate::text::codec::{Attachment, Decode, DecodeError, Decoder, Encode, Encoder};

/// A file in a multipart body: bytes or a stream, a name, a content type, headers.
///
/// Everything that converts into an [`Upload`] converts into a file: `"text"`, bytes, `Upload::reader(…)`.
#[derive(Clone, Default, PartialEq)]
pub struct FilePart {
    pub(super) upload: Upload,
    pub(super) name: Option<String>,
    pub(super) headers: Vec<(String, String)>,
}

impl FilePart {
    /// A file with this content.
    pub fn new(content: impl Into<Upload>) -> Self {
        Self { upload: content.into(), name: None, headers: Vec::new() }
    }

    /// The name that the server is told. Without one it is the name of the member, because servers take only parts with a
    /// file's name for files.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The content type. Without one it is what the document says, or `application/octet-stream`.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.upload = self.upload.content_type(content_type);
        self
    }

    /// A further header of the part. It goes before one of the same name that the document declares and the call sets.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

impl<T: Into<Upload>> From<T> for FilePart {
    fn from(content: T) -> Self {
        Self::new(content)
    }
}

/// Values of headers may be anything.
impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilePart").field("upload", &self.upload).finish_non_exhaustive()
    }
}

/// Returns the files attached to a body. Bodies have no other attachments.
pub(crate) fn files_of(attachments: Vec<Attachment>) -> Vec<FilePart> {
    attachments.iter().filter_map(|attached| attached.downcast_ref::<FilePart>().cloned()).collect()
}

impl Encode for FilePart {
    fn encode(&self, e: &mut Encoder) {
        e.attach(Arc::new(self.clone()));
    }
}

impl Decode for FilePart {
    /// Where a model is read, its file is text.
    fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        String::decode(d).map(Self::new)
    }
}

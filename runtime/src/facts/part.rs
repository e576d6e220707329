//! Members of a multipart body.

use crate::text::style::StyleFacts;

/// How a multipart body writes one of its members.
#[derive(Clone, Copy, Debug)]
pub struct PartFacts {
    pub(crate) name: &'static str,
    pub(crate) file: bool,
    pub(crate) content_type: Option<&'static str>,
    pub(crate) style: Option<StyleFacts>,
}

impl PartFacts {
    /// The member `name`.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, file: false, content_type: None, style: None }
    }

    /// It is a file, or a list of files.
    #[must_use]
    pub const fn file(mut self) -> Self {
        self.file = true;
        self
    }

    /// The content type that the document says.
    #[must_use]
    pub const fn content_type(mut self, content_type: &'static str) -> Self {
        self.content_type = Some(content_type);
        self
    }

    /// It is written as a query parameter of this style would be, each pair as a part of its own.
    #[must_use]
    pub const fn style(mut self, style: StyleFacts) -> Self {
        self.style = Some(style);
        self
    }
}

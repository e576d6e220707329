//! How an operation's answer is cut into pages.
//!
//! Does not own the walk over them (`page`).

/// How the next page is found.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PageStyle {
    /// A counted page; `first` is the number of the first one.
    Page { parameter: &'static str, first: u64 },
    /// The number of items to skip.
    Offset { parameter: &'static str },
    /// A mark from the last answer; `next` points to it.
    Cursor { parameter: &'static str, next: &'static str },
    /// A mark from the last item of the last answer; `member` points to it within the item.
    LastItem { parameter: &'static str, member: &'static str },
    /// `Link: <…>; rel="next"`.
    Link,
    /// The URL of the next page stands in the body.
    LinkAt { next: &'static str },
}

/// How an operation pages: names of query parameters and JSON pointers into the answer.
#[derive(Clone, Copy, Debug)]
pub struct Pagination {
    pub(crate) style: PageStyle,
    pub(crate) size: Option<&'static str>,
    pub(crate) items: &'static str,
    pub(crate) total: Option<&'static str>,
    pub(crate) more: Option<&'static str>,
}

impl Pagination {
    const fn with(style: PageStyle) -> Self {
        Self { style, size: None, items: "", total: None, more: None }
    }

    /// Pages are counted from `first` by a query parameter.
    #[must_use]
    pub const fn page(parameter: &'static str, first: u64) -> Self {
        Self::with(PageStyle::Page { parameter, first })
    }

    /// A query parameter tells how many items to skip.
    #[must_use]
    pub const fn offset(parameter: &'static str) -> Self {
        Self::with(PageStyle::Offset { parameter })
    }

    /// A query parameter carries the mark that the last answer holds at `next`.
    #[must_use]
    pub const fn cursor(parameter: &'static str, next: &'static str) -> Self {
        Self::with(PageStyle::Cursor { parameter, next })
    }

    /// A query parameter carries the mark that the last item of the last answer holds at `member`.
    #[must_use]
    pub const fn cursor_of_last_item(parameter: &'static str, member: &'static str) -> Self {
        Self::with(PageStyle::LastItem { parameter, member })
    }

    /// The answer holds the URL of the next page at `next`.
    #[must_use]
    pub const fn link_at(next: &'static str) -> Self {
        Self::with(PageStyle::LinkAt { next })
    }

    /// The `link` header names the next page.
    #[must_use]
    pub const fn link() -> Self {
        Self::with(PageStyle::Link)
    }

    /// The query parameter of a page's size.
    #[must_use]
    pub const fn size(mut self, parameter: &'static str) -> Self {
        self.size = Some(parameter);
        self
    }

    /// Where the items are.
    #[must_use]
    pub const fn items(mut self, pointer: &'static str) -> Self {
        self.items = pointer;
        self
    }

    /// Where the number of pages is.
    #[must_use]
    pub const fn total_pages(mut self, pointer: &'static str) -> Self {
        self.total = Some(pointer);
        self
    }

    /// Where the number of all items is (offset style).
    #[must_use]
    pub const fn total(mut self, pointer: &'static str) -> Self {
        self.total = Some(pointer);
        self
    }

    /// Where a flag is that says whether there is more.
    #[must_use]
    pub const fn more(mut self, pointer: &'static str) -> Self {
        self.more = Some(pointer);
        self
    }
}

//! What a document says about pagination.

use serde::Serialize;

/// How an operation pages. Query names and JSON pointers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Pagination {
    /// `style: page`: a counted page.
    Page {
        /// Query parameter of the page's number.
        page: String,
        /// Number of the first page.
        first: u64,
        /// Query parameter of the page's size, if any.
        size: Option<String>,
        /// Pointer to the items.
        items: String,
        /// Pointer to the number of pages, if the answer tells.
        total_pages: Option<String>,
    },
    /// `style: offset`.
    Offset {
        /// Query parameter of the offset.
        offset: String,
        /// Query parameter of the limit.
        limit: String,
        /// Pointer to the items.
        items: String,
        /// Pointer to the total, if the answer tells.
        total: Option<String>,
    },
    /// `style: cursor`.
    Cursor {
        /// Query parameter of the cursor.
        cursor: String,
        /// Pointer to the items.
        items: String,
        /// Where the next cursor is.
        next: NextCursor,
        /// Pointer to a flag that says whether there is more, if the answer tells.
        more: Option<String>,
    },
    /// `style: link`: the answer names the URL of the next page.
    Link {
        /// Pointer to the items.
        items: String,
        /// Pointer to the URL; without one the header has it, `Link: <…>; rel="next"`.
        next: Option<String>,
    },
}

/// Where the next cursor is. JSON pointers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum NextCursor {
    /// `next: /next_cursor`: in the answer.
    Answer(String),
    /// `last_item: /id`: in the last item of the answer.
    LastItem(String),
}

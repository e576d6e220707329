//! By what names paging shows: the names that parameters and members have in APIs, as data.
//!
//! A name stands here as [`key`] spells it. Of several in a list the first one counts. A name that means different things
//! in different APIs is left out: `count` is the number of all items here and of those of a page there.

/// A name without what APIs spell differently: `page[size]`, `page_size` and `pageSize` are `pagesize`.
pub(super) fn key(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// Parameters that count pages.
pub(super) const PAGE: &[&str] = &["page", "pagenumber", "pageno", "pagenum", "currentpage"];

/// Parameters of how many items a page has.
pub(super) const SIZE: &[&str] = &[
    "perpage",
    "pagesize",
    "limit",
    "size",
    "maxresults",
    "itemsperpage",
    "resultsperpage",
    "pagelimit",
    "top",
    "max",
];

/// Parameters of how many items are skipped. `start` and `startIndex` are not among them: some count them from one.
pub(super) const OFFSET: &[&str] = &["offset", "skip", "startat", "pageoffset"];

/// Parameters that take a mark of the last answer.
pub(super) const CURSOR: &[&str] = &[
    "cursor",
    "pagecursor",
    "nextcursor",
    "pagetoken",
    "nexttoken",
    "nextpagetoken",
    "paginationtoken",
    "continuationtoken",
    "startingafter",
    "afterid",
    "after",
    "pageafter",
    "marker",
    "bookmark",
    "startcursor",
    "iterator",
];

/// Parameters that take a mark of the last item.
pub(super) const AFTER: &[&str] = &["startingafter", "afterid", "after"];

/// Members that hold the next cursor; a dot separates what they stand in.
pub(super) const NEXT_CURSOR: &[&str] = &[
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "nextpagecursor",
    "nextmarker",
    "nextcontinuationtoken",
    "continuationtoken",
    "cursors.after",
    "cursors.next",
    "cursor.next",
    "cursor.after",
    "next.after",
    "next.cursor",
    "next.startingafter",
    "endcursor",
    "iterator",
    "next",
];

/// Members that hold the mark of the last item.
pub(super) const LAST_ID: &[&str] = &["lastid"];

/// Members that hold the next page, where the query takes it as `page`.
pub(super) const NEXT_PAGE: &[&str] = &["nextpage", "next"];

/// Members that say whether there is more.
pub(super) const MORE: &[&str] =
    &["hasmore", "hasnextpage", "hasnext", "hasmoreitems", "more", "moreavailable", "istruncated"];

/// Members that hold the number of all items.
pub(super) const TOTAL: &[&str] = &[
    "total",
    "totalcount",
    "totalitems",
    "totalresults",
    "totalrecords",
    "totalentries",
    "totalelements",
    "totalhits",
];

/// Members that hold the number of pages.
pub(super) const TOTAL_PAGES: &[&str] =
    &["totalpages", "totalpage", "pagecount", "numpages", "pagestotal", "totalpagecount", "lastpage", "pages"];

/// Members that hold the URL of the next page, whatever is said about them.
pub(super) const NEXT_URL: &[&str] = &[
    "odatanextlink",
    "nextlink",
    "nextpageurl",
    "nextpageuri",
    "nexturl",
    "nexturi",
    "nextpagelink",
    "nexthref",
    "links.next",
    "pages.next",
    "next.href",
];

/// Members that hold it if the document says that they are URLs.
pub(super) const NEXT_URL_IF_SAID: &[&str] = &["next", "nextpage"];

/// Objects in an answer in which what is said about pages stands.
pub(super) const CONTAINERS: &[&str] = &[
    "meta",
    "metadata",
    "pagination",
    "paging",
    "pageinfo",
    "pagingdata",
    "page",
    "links",
    "pages",
    "next",
    "cursors",
    "cursor",
    "responsemetadata",
    "data",
    "result",
];

/// Objects in an answer in which the items stand.
pub(super) const WRAPPERS: &[&str] = &["data", "embedded", "result", "results", "response", "payload"];

/// Members in which the items stand, where an answer has several lists.
pub(super) const ITEMS: &[&str] = &["data", "items", "results", "entries", "values", "records", "content", "elements"];

/// Lists in an answer that are never the items.
pub(super) const BESIDE: &[&str] = &[
    "errors",
    "warnings",
    "messages",
    "links",
    "included",
    "facets",
    "aggregations",
    "order",
    "sort",
    "notifications",
];

/// Members by which Spring's pages show, which count from zero.
pub(super) const FROM_ZERO: &[&str] = &["numberofelements", "pageable"];

/// Words by which a description says that pages count from zero, in lower case.
pub(super) const ZERO_WORDS: &[&str] = &[
    "0-based",
    "zero-based",
    "zero based",
    "0 based",
    "0-index",
    "zero-index",
    "starting from 0",
    "starts at 0",
    "starts from 0",
    "start at 0",
    "starting at 0",
    "starting with 0",
];

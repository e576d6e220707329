//! Fact: how an operation pages, read from its query and its answer.
//!
//! [`READINGS`] is the list of rules, the surest first. A rule says what it would declare; whether that would work is
//! judged by `plan`, by the same code that reads what documents declare.

use super::answer::{Answer, Holds};
use super::query::{First, Query};
use super::signs;
use crate::api::{Api, Operation};
use crate::facts::{NextCursor, Pagination};
use crate::tree::{NodeId, Tree};

/// What an operation is likely to do.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    /// The fact.
    pub(super) facts: Pagination,
    /// On what it is founded: a sentence.
    pub(super) evidence: &'static str,
    /// What is not certain about it: a sentence, or nothing.
    pub(super) doubt: &'static str,
}

impl Found {
    /// Both, as far as there is something to say.
    pub(super) fn reasons(&self) -> Vec<&'static str> {
        [self.evidence, self.doubt].into_iter().filter(|reason| !reason.is_empty()).collect()
    }
}

/// What the rules look at.
struct Page<'a> {
    query: Query<'a>,
    answer: Answer,
    root: NodeId,
    path: &'a str,
}

type Reading = fn(&Page<'_>) -> Option<Found>;

/// A mark is surest, because nothing else can be meant by it. Counting comes before links where the answer tells the end,
/// because a link behind a proxy may name another server; after them where it does not, because then only an empty page
/// is the end.
const READINGS: &[Reading] = &[
    cursor_in_answer,
    cursor_of_last_id,
    next_page,
    cursor_of_last_item,
    page_with_total,
    offset_with_total,
    link_header,
    link_in_answer,
    offset_until_empty,
    page_until_empty,
];

/// The first reading that would work.
pub(super) fn read(
    (api, tree, root): (&Api, &Tree, NodeId),
    operation: &Operation,
    fits: impl Fn(&Pagination) -> bool,
) -> Option<Found> {
    if operation.method != "GET" {
        return None;
    }
    let page = Page {
        query: Query::of(api, tree, operation),
        answer: Answer::of(api, operation)?,
        root,
        path: &operation.path,
    };
    READINGS.iter().filter_map(|reading| reading(&page)).find(|found| fits(&found.facts))
}

fn found(facts: Pagination, evidence: &'static str) -> Option<Found> {
    Some(Found { facts, evidence, doubt: "" })
}

impl Page<'_> {
    fn items(&self) -> String {
        self.answer.items.clone()
    }

    fn more(&self) -> Option<String> {
        self.answer.find(signs::MORE, |holds| holds == Holds::Flag).map(str::to_owned)
    }

    fn number(&self, names: &[&str]) -> Option<String> {
        self.answer.find(names, |holds| holds == Holds::Number).map(str::to_owned)
    }
}

fn cursor_in_answer(page: &Page<'_>) -> Option<Found> {
    let cursor = page.query.mark(signs::CURSOR)?.wire_name.clone();
    let mark = |holds| matches!(holds, Holds::Text { url: false } | Holds::Number);
    let next = NextCursor::Answer(page.answer.find(signs::NEXT_CURSOR, mark)?.to_owned());
    let facts = Pagination::Cursor { cursor, items: page.items(), next, more: page.more() };
    found(facts, "The query takes a cursor, and the answer holds the next one.")
}

fn cursor_of_last_id(page: &Page<'_>) -> Option<Found> {
    let cursor = page.query.mark(signs::AFTER)?.wire_name.clone();
    let mark = |holds| matches!(holds, Holds::Text { url: false } | Holds::Number);
    let next = NextCursor::Answer(page.answer.find(signs::LAST_ID, mark)?.to_owned());
    let facts = Pagination::Cursor { cursor, items: page.items(), next, more: Some(page.more()?) };
    found(facts, "The query takes the id after which the items begin, and the answer holds its last one.")
}

fn next_page(page: &Page<'_>) -> Option<Found> {
    let counted = page.query.number(signs::PAGE).map(|page| (page, Holds::Number));
    let (cursor, held) = counted.or(page.query.mark(signs::PAGE).map(|page| (page, Holds::Text { url: false })))?;
    let next = NextCursor::Answer(page.answer.find(signs::NEXT_PAGE, |holds| holds == held)?.to_owned());
    let facts = Pagination::Cursor { cursor: cursor.wire_name.clone(), items: page.items(), next, more: page.more() };
    found(facts, "The query takes a page, and the answer says which one is next.")
}

fn cursor_of_last_item(page: &Page<'_>) -> Option<Found> {
    let cursor = page.query.mark(signs::AFTER)?.wire_name.clone();
    let next = NextCursor::LastItem("/id".to_owned());
    let facts = Pagination::Cursor { cursor, items: page.items(), next, more: Some(page.more()?) };
    found(
        facts,
        "The query takes the id after which the items begin, items have an id, and the answer says whether there is more.",
    )
}

fn page_with_total(page: &Page<'_>) -> Option<Found> {
    let total = page.number(signs::TOTAL_PAGES)?;
    counted_page(page, Some(total), "The query counts pages, and the answer holds their number.")
}

fn page_until_empty(page: &Page<'_>) -> Option<Found> {
    page.query.number(signs::SIZE).filter(|_| page.answer.is_list(page.path))?;
    counted_page(page, None, "The query counts pages and takes their size; an empty page is the end.")
}

fn counted_page(page: &Page<'_>, total_pages: Option<String>, evidence: &'static str) -> Option<Found> {
    let parameter = page.query.number(signs::PAGE)?;
    let size = page.query.number(signs::SIZE).map(|size| size.wire_name.clone());
    let (first, doubt) = match page.query.first(parameter, page.root) {
        First::Said(first) => (first, ""),
        _ if page.answer.has(signs::FROM_ZERO) => (0, ""),
        First::Unsaid => (1, "The document does not say that the first page is 1; mend it (`first: 0`) if it is not."),
        // To begin with the wrong page would silently leave one out.
        First::Unclear => return None,
    };
    let facts = Pagination::Page { page: parameter.wire_name.clone(), first, size, items: page.items(), total_pages };
    Some(Found { facts, evidence, doubt })
}

fn offset_with_total(page: &Page<'_>) -> Option<Found> {
    let total = page.number(signs::TOTAL)?;
    counted_offset(
        page,
        Some(total),
        "The query takes an offset and a limit, and the answer holds the number of all items.",
    )
}

fn offset_until_empty(page: &Page<'_>) -> Option<Found> {
    if !page.answer.is_list(page.path) {
        return None;
    }
    counted_offset(page, None, "The query takes an offset and a limit; an empty page is the end.")
}

fn counted_offset(page: &Page<'_>, total: Option<String>, evidence: &'static str) -> Option<Found> {
    let offset = page.query.number(signs::OFFSET)?.wire_name.clone();
    let limit = page.query.number(signs::SIZE)?.wire_name.clone();
    found(Pagination::Offset { offset, limit, items: page.items(), total }, evidence)
}

fn link_header(page: &Page<'_>) -> Option<Found> {
    let declared = page.answer.links && page.query.pages();
    declared.then_some(())?;
    found(
        Pagination::Link { items: page.items(), next: None },
        "The query pages, and the answer has the header `Link`.",
    )
}

fn link_in_answer(page: &Page<'_>) -> Option<Found> {
    if !page.query.pages() {
        return None;
    }
    let text = |holds| matches!(holds, Holds::Text { .. });
    let said = |holds| holds == Holds::Text { url: true };
    let next = page.answer.find(signs::NEXT_URL, text).or_else(|| page.answer.find(signs::NEXT_URL_IF_SAID, said))?;
    let facts = Pagination::Link { items: page.items(), next: Some(next.to_owned()) };
    found(facts, "The query pages, and the answer holds the URL of the next page.")
}

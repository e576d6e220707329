//! The vocabulary of paging: members, and which of them go with which style.

use super::{needed, row};
use crate::facts::{NextCursor, Pagination};
use crate::normalise::extension::reader::{Of, Reader, Table, Takes};
use crate::tree::NodeId;

/// Members of `pagination`, before its style says which of them count.
#[derive(Default)]
pub(super) struct Draft {
    style: Option<String>,
    page: Option<String>,
    first: Option<u64>,
    size: Option<String>,
    total_pages: Option<String>,
    offset: Option<String>,
    limit: Option<String>,
    total: Option<String>,
    cursor: Option<String>,
    next: Option<String>,
    last_item: Option<String>,
    more: Option<String>,
    items: Option<String>,
}

/// `pagination`.
pub(super) const PAGINATION: Table<Draft> = Table {
    name: "pagination",
    rows: &[
        needed(
            "style",
            Takes::Choice(&["page", "offset", "cursor", "link"], |draft, text| draft.style = Some(text.to_owned())),
        ),
        needed("items", Takes::Text(Of::Pointer, |draft, text| draft.items = Some(text))),
        row("page", Takes::Text(Of::Any, |draft, text| draft.page = Some(text))),
        row("first", Takes::Count(|draft, count| draft.first = Some(count))),
        row("size", Takes::Text(Of::Any, |draft, text| draft.size = Some(text))),
        row("total_pages", Takes::Text(Of::Pointer, |draft, text| draft.total_pages = Some(text))),
        row("offset", Takes::Text(Of::Any, |draft, text| draft.offset = Some(text))),
        row("limit", Takes::Text(Of::Any, |draft, text| draft.limit = Some(text))),
        row("total", Takes::Text(Of::Pointer, |draft, text| draft.total = Some(text))),
        row("cursor", Takes::Text(Of::Any, |draft, text| draft.cursor = Some(text))),
        row("next", Takes::Text(Of::Pointer, |draft, text| draft.next = Some(text))),
        row("last_item", Takes::Text(Of::Pointer, |draft, text| draft.last_item = Some(text))),
        row("more", Takes::Text(Of::Pointer, |draft, text| draft.more = Some(text))),
    ],
};

/// Members that each style needs, and those that it may have; `style` and `items` go with all.
pub(super) const STYLES: &[(&str, &[&str], &[&str])] = &[
    ("page", &["page"], &["first", "size", "total_pages"]),
    ("offset", &["offset", "limit"], &["total"]),
    ("cursor", &["cursor"], &["next", "last_item", "more"]),
    ("link", &[], &["next"]),
];

/// The way back: the members that say this, in the order of the table, so that what is read again is the same.
pub(crate) fn members(pagination: &Pagination) -> Vec<(&'static str, String)> {
    let text = |text: &String| Some(text.clone());
    let first = |first: u64| (first != FIRST).then(|| first.to_string());
    let (style, items, rest) = match pagination {
        Pagination::Page { page, first: number, size, items, total_pages } => {
            let (size, total_pages) = (size.clone(), total_pages.clone());
            let rest =
                vec![("page", text(page)), ("first", first(*number)), ("size", size), ("total_pages", total_pages)];
            ("page", items, rest)
        }
        Pagination::Offset { offset, limit, items, total } => {
            ("offset", items, vec![("offset", text(offset)), ("limit", text(limit)), ("total", total.clone())])
        }
        Pagination::Cursor { cursor, items, next, more } => {
            let next = match next {
                NextCursor::Answer(next) => ("next", text(next)),
                NextCursor::LastItem(member) => ("last_item", text(member)),
            };
            ("cursor", items, vec![("cursor", text(cursor)), next, ("more", more.clone())])
        }
        Pagination::Link { items, next } => ("link", items, vec![("next", next.clone())]),
    };
    let rest = rest.into_iter().filter_map(|(name, value)| Some((name, value?)));
    [("style", style.to_owned()), ("items", items.clone())].into_iter().chain(rest).collect()
}

/// Number of the first page where nothing is said: most APIs count from one.
const FIRST: u64 = 1;

pub(super) fn pagination(reader: &mut Reader<'_>, at: NodeId) -> Option<Pagination> {
    let draft = reader.object(PAGINATION, at, Draft::default());
    let style = draft.style.clone()?;
    let (_, needed, optional) = STYLES.iter().find(|(name, _, _)| *name == style)?;
    for name in *needed {
        if reader.tree.member(at, name).is_none() {
            reader.bad(at, format!("`pagination` of the style `{style}` has no `{name}`"), format!("add `{name}`"));
        }
    }
    for member in reader.tree.as_mapping(at).unwrap_or_default() {
        let known = PAGINATION.rows.iter().any(|row| row.name == &*member.key);
        let fits = ["style", "items"].iter().chain(*needed).chain(*optional).any(|name| *name == &*member.key);
        if known && !fits {
            reader.bad(
                member.value,
                format!("`{}` does not go with the style `{style}`", member.key),
                format!("remove `{}`", member.key),
            );
        }
    }
    if style == "cursor" {
        check_next(reader, at, &draft);
    }
    let items = draft.items?;
    Some(match style.as_str() {
        "page" => {
            let first = draft.first.unwrap_or(FIRST);
            Pagination::Page { page: draft.page?, first, size: draft.size, items, total_pages: draft.total_pages }
        }
        "offset" => Pagination::Offset { offset: draft.offset?, limit: draft.limit?, items, total: draft.total },
        "cursor" => {
            let next = draft.next.map(NextCursor::Answer).or(draft.last_item.map(NextCursor::LastItem))?;
            Pagination::Cursor { cursor: draft.cursor?, items, next, more: draft.more }
        }
        _ => Pagination::Link { items, next: draft.next },
    })
}

/// The next cursor comes from one place.
fn check_next(reader: &mut Reader<'_>, at: NodeId, draft: &Draft) {
    let (message, help) = match (&draft.next, &draft.last_item) {
        (None, None) => ("`pagination` of the style `cursor` has no `next`", "add `next`, or `last_item`"),
        (Some(_), Some(_)) => ("`next` and `last_item` both say where the next cursor is", "remove one of them"),
        _ => return,
    };
    reader.bad(at, message.to_owned(), help.to_owned());
}

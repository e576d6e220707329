//! Walking over pages.
//!
//! Owns the streams of pages and of items, and finding the next page by the operation's facts. A stream ends after an
//! error, which it tells once, and after 10,000 pages, which no caller wants by intent.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use crate::base_url::{resolve, same_origin};
use crate::call::RawCall;
use crate::error::{ApiErrorBody, Error, ErrorKind, RawError};
use crate::facts::{Location, PageStyle, Pagination};
use crate::operation::{Operation, Paged, Pending, read};
use crate::reply::RawReply;
use crate::wire;

/// More pages than this are an error.
const MAX_PAGES: u32 = 10_000;

/// Where a walk is.
enum State {
    /// A page is to be asked for.
    Ready(RawCall),
    /// A page is on its way.
    Waiting(Pending<RawReply, RawError>, RawCall),
    /// There is more, and it may not be asked for.
    Broken(RawError),
    /// There is nothing more.
    Done,
}

/// The walk over an operation's pages. Not generic.
struct Walk {
    state: State,
    pages: u32,
    /// Items so far: the offset of the next page.
    items: u64,
}

impl Walk {
    fn new(call: RawCall) -> Self {
        Self { state: State::Ready(call), pages: 0, items: 0 }
    }

    /// The next page's answer, together with the call that asked for it.
    fn poll_reply(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<(RawReply, RawCall), RawError>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(None),
                State::Broken(error) => return Poll::Ready(Some(Err(error))),
                State::Ready(call) if self.pages == MAX_PAGES => {
                    let error = RawError::new(ErrorKind::TooLarge, format!("more than {MAX_PAGES} pages"));
                    return Poll::Ready(Some(Err(error.in_operation(call.facts.name))));
                }
                State::Ready(call) => {
                    self.pages += 1;
                    self.state = State::Waiting(call.clone().send(), call);
                }
                State::Waiting(mut reply, call) => match reply.as_mut().poll(context) {
                    Poll::Pending => {
                        self.state = State::Waiting(reply, call);
                        return Poll::Pending;
                    }
                    Poll::Ready(result) => return Poll::Ready(Some(result.map(|reply| (reply, call)))),
                },
            }
        }
    }

    /// Goes on behind a page with so many items. An empty page ends a walk that counts; where the server itself names the
    /// next page it may be empty in the middle, because some filter what they have read.
    fn advance(&mut self, mut call: RawCall, reply: &RawReply, count: u64) {
        self.items += count;
        let Some(pagination) = &call.facts.pagination else { return };
        let named = matches!(pagination.style, PageStyle::Cursor { .. } | PageStyle::Link | PageStyle::LinkAt { .. });
        if (count == 0 && !named) || wire::flag_at(&reply.body, pagination.more) == Some(false) {
            return;
        }
        match next(&mut call, pagination, reply, self.items) {
            Ok(true) => self.state = State::Ready(call),
            Ok(false) => {}
            Err(error) => self.state = State::Broken(error.in_operation(call.facts.name)),
        }
    }
}

/// Turns a call into the one for the next page, and tells whether there is one.
fn next(call: &mut RawCall, pagination: &Pagination, reply: &RawReply, items: u64) -> Result<bool, RawError> {
    let target = match pagination.style {
        PageStyle::Link => {
            let mut values = reply.headers.get_all(http::header::LINK).iter();
            values.find_map(|value| next_link(value.to_str().ok()?))
        }
        PageStyle::LinkAt { next } => wire::text_at(&reply.body, &[next]),
        _ => return Ok(count_on(call, pagination, reply, items).is_some()),
    };
    let Some(target) = target else { return Ok(false) };
    let target = link(call, reply, &target)?;
    // A link to the page that it stands on would walk in circles.
    let moves = target != reply.target.to_string();
    call.target = Some(target);
    Ok(moves)
}

/// Moves the parameter that says which page; `None` if there is no further page.
fn count_on(call: &mut RawCall, pagination: &Pagination, reply: &RawReply, items: u64) -> Option<()> {
    let total = pagination.total.and_then(|pointer| wire::number_at(&reply.body, &[pointer]));
    match pagination.style {
        PageStyle::Page { parameter, first } => {
            let index = parameter_index(call, parameter)?;
            let page = current(&call.values, index).unwrap_or(first).checked_add(1)?;
            // Pages are counted from `first`, so the last one is `first + total - 1`.
            if total.is_some_and(|total| page.saturating_sub(first) as f64 >= total) {
                return None;
            }
            call.parameter(index, &page);
        }
        PageStyle::Offset { parameter } => {
            let index = parameter_index(call, parameter)?;
            let start = *call.first_offset.get_or_insert(current(&call.values, index).unwrap_or_default());
            let offset = start.checked_add(items)?;
            if total.is_some_and(|total| offset as f64 >= total) {
                return None;
            }
            call.parameter(index, &offset);
        }
        PageStyle::Cursor { parameter, next } => {
            move_cursor(call, parameter, wire::cursor_at(&reply.body, next)?)?;
        }
        PageStyle::LastItem { parameter, member } => {
            move_cursor(call, parameter, wire::cursor_of_last(&reply.body, pagination.items, member)?)?;
        }
        // Whoever follows links has no parameter to move.
        PageStyle::Link | PageStyle::LinkAt { .. } => return None,
    }
    Some(())
}

/// A cursor that does not move would walk in circles: then there is no next page.
fn move_cursor(call: &mut RawCall, parameter: &str, cursor: String) -> Option<()> {
    let index = parameter_index(call, parameter)?;
    if call.values.iter().any(|(known, value)| *known == index && *value == cursor) {
        return None;
    }
    call.values.retain(|(known, _)| *known != index);
    call.values.push((index, cursor));
    Some(())
}

fn parameter_index(call: &RawCall, name: &str) -> Option<usize> {
    let fits = |parameter: &crate::facts::Parameter| {
        parameter.wire_name == name && matches!(parameter.location, Location::Query | Location::Path)
    };
    call.facts.parameters.iter().position(fits)
}

/// The value of a counting parameter.
fn current(values: &[(usize, String)], index: usize) -> Option<u64> {
    values.iter().find(|(known, _)| *known == index)?.1.parse().ok()
}

/// The URL that an answer names as its next page, resolved. One of another origin is not asked, because it would be given
/// the credentials; that is an error, because a list that ends too early looks like a whole one.
fn link(call: &RawCall, reply: &RawReply, target: &str) -> Result<String, RawError> {
    let refused = |why: &str| RawError::new(ErrorKind::Decode, format!("the link to the next page {why}"));
    let target = resolve(&reply.target, target).ok_or_else(|| refused("is no URL"))?;
    let shared = &call.client.shared;
    let base = match shared.own_base(call.facts).ok().flatten() {
        Some(own) => own.parse().ok(),
        None => shared.base.join("", "").ok(),
    };
    match base.is_some_and(|base| same_origin(&base, &target)) {
        true => Ok(target.to_string()),
        false => Err(refused("leads to another origin")),
    }
}

/// RFC 8288, as far as `rel` goes.
fn next_link(value: &str) -> Option<String> {
    let mut rest = value;
    while let Some((_, tail)) = rest.split_once('<') {
        let (target, parameters) = tail.split_once('>')?;
        let end = parameters.find(",<").or_else(|| parameters.find(", <")).unwrap_or(parameters.len());
        let (own, others) = parameters.split_at(end);
        let is_next = own.split(';').filter_map(|parameter| parameter.trim().split_once('=')).any(|(name, value)| {
            let mut relations = value.trim().trim_matches('"').split_ascii_whitespace();
            name.trim().eq_ignore_ascii_case("rel") && relations.any(|relation| relation.eq_ignore_ascii_case("next"))
        });
        if is_next {
            return Some(target.to_owned());
        }
        rest = others;
    }
    None
}

/// The pages of an operation.
#[must_use = "a stream does nothing until it is polled"]
pub struct Pages<Op: Operation, A> {
    walk: Walk,
    kind: std::marker::PhantomData<fn() -> (Op, A)>,
}

impl<Op: Paged, A: ApiErrorBody> Pages<Op, A> {
    /// The pages, from the one that the call asks for.
    pub fn new(call: RawCall) -> Self {
        Self { walk: Walk::new(call), kind: std::marker::PhantomData }
    }

    /// The next page, or `None` after the last one.
    pub async fn try_next(&mut self) -> Result<Option<Op::Output>, Error<A>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Op::Output, Error<A>>>> {
        let (reply, call) = match ready!(self.walk.poll_reply(context)) {
            None => return Poll::Ready(None),
            Some(Err(error)) => return Poll::Ready(Some(Err(Error::from_raw(error)))),
            Some(Ok(found)) => found,
        };
        let page = read::<Op, A>(&reply);
        if page.is_ok() {
            let items = call.facts.pagination.map_or("", |pagination| pagination.items);
            self.walk.advance(call, &reply, wire::count_at(&reply.body, items));
        }
        Poll::Ready(Some(page))
    }
}

impl<Op: Paged, A: ApiErrorBody> Stream for Pages<Op, A> {
    type Item = Result<Op::Output, Error<A>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_page(context)
    }
}

/// The items of all pages of an operation.
#[must_use = "a stream does nothing until it is polled"]
pub struct Items<Op: Paged, A> {
    pages: Pages<Op, A>,
    ready: VecDeque<Op::Item>,
}

impl<Op: Paged, A: ApiErrorBody> Items<Op, A> {
    /// The items, from the first one of the page that the call asks for.
    pub fn new(call: RawCall) -> Self {
        Self { pages: Pages::new(call), ready: VecDeque::new() }
    }

    /// The next item, or `None` after the last one.
    pub async fn try_next(&mut self) -> Result<Option<Op::Item>, Error<A>> {
        std::future::poll_fn(|context| self.poll_item(context)).await.transpose()
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Op::Item, Error<A>>>> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(context)) {
                Some(Ok(page)) => self.ready = Op::items(page).into(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<Op: Paged, A> Unpin for Items<Op, A> {}

impl<Op: Paged, A: ApiErrorBody> Stream for Items<Op, A> {
    type Item = Result<Op::Item, Error<A>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

impl<Op: Operation, A> fmt::Debug for Pages<Op, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("operation", &Op::FACTS.name).field("pages", &self.walk.pages).finish()
    }
}

impl<Op: Paged, A> fmt::Debug for Items<Op, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).finish()
    }
}

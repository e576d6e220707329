//! Walking over pages.
//!
//! Owns the streams of pages and of items, and finding the next page by the operation's facts. A stream ends after an
//! error, which it tells once, and after 10,000 pages, which no caller wants by intent. Where the server says that there is
//! more and the next page cannot be asked for, that is an error too.

mod link;

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::Uri;

use crate::call::RawCall;
use crate::call::{Link, wire};
use crate::call::{Operation, Paged, Pending, read};
use crate::error::{ApiErrorBody, Error, ErrorKind, RawError};
use crate::facts::{Location, PageStyle, Pagination};
use crate::reply::RawReply;
use crate::text::codec::Written;
use crate::text::envelope::Envelope;
use crate::text::invalid::Invalid;
use crate::url::{BaseUrl, origin_of, page_origin, resolve, same_origin, without_query};

/// More pages than this are an error.
const MAX_PAGES: u32 = 10_000;
/// More characters of a server's text than this stand in no message.
const LONGEST_SHOWN: usize = 200;

/// Where a walk is.
enum State {
    /// A page is to be asked for.
    Ready(RawCall, Cursor),
    /// A page is on its way.
    Waiting(Pending<RawReply, RawError>, RawCall, Cursor),
    /// There is more, and it may not be asked for.
    Broken(RawError),
    /// There is nothing more.
    Done,
}

/// The position in a list, beyond what the call's parameters say.
#[derive(Clone, Default)]
struct Cursor {
    /// The cursor or link of this page, as the previous page gave it.
    link: Option<Link>,
    /// The offset of the first page.
    first_offset: Option<u64>,
}

/// The response of a page, with the call that requested it.
type Asked = (RawReply, RawCall, Cursor);

/// The walk over an operation's pages. Not generic.
struct Walk {
    state: State,
    pages: u32,
    /// Items so far: the offset of the next page.
    items: u64,
}

impl Walk {
    fn new(call: RawCall) -> Self {
        Self { state: State::Ready(call, Cursor::default()), pages: 0, items: 0 }
    }

    /// The next page's answer, together with the call that asked for it.
    fn poll_reply(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Asked, RawError>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(None),
                State::Broken(error) => return Poll::Ready(Some(Err(error))),
                State::Ready(call, _) if self.pages == MAX_PAGES => {
                    let error = RawError::new(ErrorKind::TooLarge, format!("more than {MAX_PAGES} pages"));
                    return Poll::Ready(Some(Err(error.in_operation(call.facts.name))));
                }
                State::Ready(call, cursor) => {
                    self.pages += 1;
                    self.state = State::Waiting(call.clone().send_to(cursor.link.clone()), call, cursor);
                }
                State::Waiting(mut reply, call, cursor) => match reply.as_mut().poll(context) {
                    Poll::Pending => {
                        self.state = State::Waiting(reply, call, cursor);
                        return Poll::Pending;
                    }
                    Poll::Ready(result) => return Poll::Ready(Some(result.map(|reply| (reply, call, cursor)))),
                },
            }
        }
    }

    /// Goes on behind a page with so many items. A list never ends without a word while the server says that there is more.
    fn advance(&mut self, mut call: RawCall, mut cursor: Cursor, reply: &RawReply) {
        let Some(pagination) = &call.facts.pagination else { return };
        let body = Envelope::new(&reply.body);
        let count = body.count(pagination.items);
        self.items += count;
        let more = pagination.more.and_then(|pointer| body.at(pointer)?.flag());
        if more == Some(false) {
            return;
        }
        let page = Page { reply, body, pagination, count, items: self.items, more: more == Some(true) };
        match page.next(&mut call, &mut cursor) {
            Ok(true) => self.state = State::Ready(call, cursor),
            Ok(false) => {}
            Err(fault) => self.state = State::Broken(broken(&call, reply, &fault)),
        }
    }
}

fn broken(call: &RawCall, reply: &RawReply, fault: &Invalid) -> RawError {
    let mut error = RawError::new(ErrorKind::Decode, fault.to_string()).in_operation(call.facts.name);
    error.0.status = Some(reply.status());
    error.0.request_id = reply.first_header(reply.errors.request_id).map(str::to_owned);
    error
}

/// A page that was read, and what it says of the next one.
struct Page<'a> {
    reply: &'a RawReply,
    body: Envelope<'a>,
    pagination: &'a Pagination,
    /// Items of this page.
    count: u64,
    /// Items of all pages so far.
    items: u64,
    /// Whether the server says outright that there is more.
    more: bool,
}

impl Page<'_> {
    /// Turns the call into the one for the next page, and tells whether there is one; the error says why it cannot be asked
    /// for. An empty page ends a list that is counted; where the server itself names the next page it may be empty in the
    /// middle, because some filter what they have read.
    fn next(&self, call: &mut RawCall, cursor: &mut Cursor) -> Result<bool, Invalid> {
        let moved = match self.pagination.style {
            PageStyle::Link => {
                let target = link::next(&self.reply.headers, &self.reply.target);
                let target = target.map_err(|fault| format!("the header `link` cannot be read: {fault}"))?;
                self.follow(call, cursor, target)?
            }
            PageStyle::LinkAt { next } => self.follow(call, cursor, self.body.text(&[next]))?,
            PageStyle::Cursor { parameter, next } => match self.body.cursor(next) {
                Some(next) => self.point(call, parameter, next)?,
                None => false,
            },
            PageStyle::LastItem { .. } | PageStyle::Offset { .. } if self.count == 0 => false,
            PageStyle::LastItem { parameter, member } => {
                let next = self.body.cursor_of_last(self.pagination.items, member);
                let next = next.ok_or_else(|| format!("the last item of the page has no `{}`", dotted(member)))?;
                self.point(call, parameter, next)?
            }
            PageStyle::Page { .. } if self.count == 0 && !self.more => false,
            PageStyle::Page { parameter, first } => self.turn(call, parameter, first)?,
            PageStyle::Offset { parameter } => self.skip(call, cursor, parameter)?,
        };
        if self.more && !moved {
            return Err("the answer says that there is more, but not where".into());
        }
        Ok(moved)
    }

    /// Whether standing still is the end: of an empty page that says nothing else.
    fn is_end(&self) -> bool {
        self.count == 0 && !self.more
    }

    fn total(&self) -> Option<f64> {
        self.pagination.total.and_then(|pointer| self.body.number(&[pointer]))
    }

    fn turn(&self, call: &mut RawCall, parameter: &str, first: u64) -> Result<bool, Invalid> {
        let index = parameter_index(call, parameter)?;
        let page =
            current(call, index)?.unwrap_or(first).checked_add(1).ok_or("there is no page number beyond this one")?;
        // Pages are counted from `first`, so the last one is `first + total - 1`.
        if self.total().is_some_and(|total| page.saturating_sub(first) as f64 >= total) {
            return Ok(false);
        }
        call.parameter(index, &page);
        Ok(true)
    }

    fn skip(&self, call: &mut RawCall, cursor: &mut Cursor, parameter: &str) -> Result<bool, Invalid> {
        let index = parameter_index(call, parameter)?;
        let start = match cursor.first_offset {
            Some(start) => start,
            None => current(call, index)?.unwrap_or_default(),
        };
        cursor.first_offset = Some(start);
        let offset = start.checked_add(self.items).ok_or("there is no offset beyond this one")?;
        if self.total().is_some_and(|total| offset as f64 >= total) {
            return Ok(false);
        }
        call.parameter(index, &offset);
        Ok(true)
    }

    /// Moves to a cursor. One that was sent already would walk in circles.
    fn point(&self, call: &mut RawCall, parameter: &str, cursor: &str) -> Result<bool, Invalid> {
        let index = parameter_index(call, parameter)?;
        if call.value(index).map(Written::as_json) == Some(cursor) {
            let shown = shown(&wire::text(cursor).unwrap_or_else(|_| cursor.to_owned()));
            let words = format!("the next page has the cursor of this one, `{shown}`: the list would never end");
            return if self.is_end() { Ok(false) } else { Err(words.into()) };
        }
        call.put(index, Ok(Written::from_valid(cursor.to_owned())));
        Ok(true)
    }

    /// Moves to a URL that the answer names as its next page.
    fn follow(&self, call: &RawCall, cursor: &mut Cursor, target: Option<String>) -> Result<bool, Invalid> {
        let Some(target) = target else { return Ok(false) };
        let page = &self.reply.target;
        let target = resolve(page, &target)
            .ok_or_else(|| format!("the link to the next page, `{}`, is no URL", shown(&target)))?;
        if target == *page {
            let words = format!("the link to the next page, {}, leads to the same page", without_query(&target));
            return if self.is_end() { Ok(false) } else { Err(words.into()) };
        }
        let foreign = is_foreign(call, &target)?;
        cursor.link = Some(Link { target: target.to_string(), foreign });
        Ok(true)
    }
}

/// Whether a link leads to another origin, which gets no credentials. It must be allowed, because a list that ends too early
/// looks like a whole one, and because an answer alone must not decide who is asked.
fn is_foreign(call: &RawCall, target: &Uri) -> Result<bool, Invalid> {
    let shared = &call.client.shared;
    let base = match shared.own_base(call.facts)? {
        Some(own) => own.parse().map_err(|_| "the server's URL cannot be read")?,
        None => shared.base.join("", "")?,
    };
    if same_origin(&base, target) {
        return Ok(false);
    }
    let is_target = |origin: &BaseUrl| origin.join("", "").is_ok_and(|origin| same_origin(&origin, target));
    let own: Result<Vec<BaseUrl>, Invalid> = call.options.page_origins.iter().map(|one| page_origin(one)).collect();
    if own?.iter().chain(&shared.page_origins).any(is_target) && is_read_name(call.facts.method) {
        return Ok(true);
    }
    let (from, to, origin) = (without_query(&base), without_query(target), origin_of(target));
    let way = if is_read_name(call.facts.method) {
        format!("; if that is meant, allow it with `.page_origin(\"{origin}\")`, which sends no credentials there")
    } else {
        String::new()
    };
    Err(format!("the link to the next page, {to}, leads to another origin than the API, {from}{way}").into())
}

fn is_read_name(method: &str) -> bool {
    matches!(method, "GET" | "HEAD")
}

/// `/meta/next` as `meta.next`.
fn dotted(pointer: &str) -> String {
    pointer.trim_start_matches('/').replace('/', ".")
}

/// A server's text in a message, cut where it is long.
fn shown(text: &str) -> String {
    let mut cut: String = text.chars().take(LONGEST_SHOWN).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    cut
}

fn parameter_index(call: &RawCall, name: &str) -> Result<usize, Invalid> {
    let fits = |parameter: &crate::facts::Parameter| {
        parameter.wire_name == name && matches!(parameter.location, Location::Query | Location::Path)
    };
    let index = call.facts.parameters.iter().position(fits);
    index.ok_or_else(|| format!("the operation has no parameter `{name}` to ask for the next page with").into())
}

/// The value of a counting parameter, where it is set.
fn current(call: &RawCall, index: usize) -> Result<Option<u64>, Invalid> {
    let Some(value) = call.value(index) else { return Ok(None) };
    let text = value.text()?;
    text.parse().map(Some).map_err(|_| format!("the next page cannot be counted on from `{}`", shown(&text)).into())
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
        let (reply, call, cursor) = match ready!(self.walk.poll_reply(context)) {
            None => return Poll::Ready(None),
            Some(Err(error)) => return Poll::Ready(Some(Err(Error::from_raw(error)))),
            Some(Ok(found)) => found,
        };
        let page = read::<Op, A>(&reply);
        if page.is_ok() {
            self.walk.advance(call, cursor, &reply);
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

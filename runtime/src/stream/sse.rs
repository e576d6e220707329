//! The lines of `text/event-stream`, as the HTML standard's section on server-sent events reads them.
//!
//! Owns the parser: bytes in, events out, wherever the bytes are cut. Knows no connection.

use std::time::Duration;

/// One event before its data is decoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RawEvent {
    /// The last id that the server gave; empty is none.
    pub(super) id: String,
    /// Empty where the server named no event.
    pub(super) event: String,
    pub(super) data: String,
}

/// A line or an event is larger than the cap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooLarge;

/// Reads one connection's bytes. Id and delay live on when the connection is gone.
#[derive(Debug)]
pub(super) struct Parser {
    /// The line so far.
    line: Vec<u8>,
    first: bool,
    /// A carriage return has ended a line, so a line feed behind it belongs to the same end.
    after_return: bool,
    data: Vec<u8>,
    event: String,
    /// Counts only when the event is complete.
    id: String,
    last_id: String,
    retry: Option<Duration>,
    cap: usize,
}

const BOM: &[u8] = b"\xef\xbb\xbf";
/// Longest id of an event. Every later event carries it, so that each short one would cost as much as the longest id; and
/// no server takes a longer `last-event-id` back.
const ID_LIMIT: usize = 8 << 10;

impl Parser {
    pub(super) fn new(cap: usize, last_id: String) -> Self {
        Self {
            line: Vec::new(),
            first: true,
            after_return: false,
            data: Vec::new(),
            event: String::new(),
            id: last_id.clone(),
            last_id,
            retry: None,
            cap,
        }
    }

    /// A new connection: what was incomplete is forgotten.
    pub(super) fn restart(&mut self) {
        let retry = self.retry;
        *self = Self::new(self.cap, std::mem::take(&mut self.last_id));
        self.retry = retry;
    }

    /// The id of the last complete event; empty is none.
    pub(super) fn last_id(&self) -> &str {
        &self.last_id
    }

    /// How long the server wants clients to wait before they come back.
    pub(super) fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// Takes bytes up to the end of the next event. What was taken is cut off.
    pub(super) fn take(&mut self, bytes: &mut &[u8]) -> Result<Option<RawEvent>, TooLarge> {
        while let Some((first, rest)) = bytes.split_first() {
            if std::mem::take(&mut self.after_return) && *first == b'\n' {
                *bytes = rest;
                continue;
            }
            let end = bytes.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
            let (part, rest) = bytes.split_at(end.unwrap_or(bytes.len()));
            if self.line.len() + self.data.len() + part.len() > self.cap {
                return Err(TooLarge);
            }
            self.line.extend_from_slice(part);
            let Some((ending, rest)) = rest.split_first() else {
                *bytes = rest;
                return Ok(None);
            };
            self.after_return = *ending == b'\r';
            *bytes = rest;
            let event = self.end_line();
            if self.id.len() > ID_LIMIT {
                return Err(TooLarge);
            }
            if event.is_some() {
                return Ok(event);
            }
        }
        Ok(None)
    }

    fn end_line(&mut self) -> Option<RawEvent> {
        let line = std::mem::take(&mut self.line);
        let line = if std::mem::take(&mut self.first) { line.strip_prefix(BOM).unwrap_or(&line) } else { &line };
        if line.is_empty() {
            return self.end_event();
        }
        let (field, value) = match line.iter().position(|byte| *byte == b':') {
            Some(colon) => (line.get(..colon)?, line.get(colon + 1..)?),
            None => (line, &b""[..]),
        };
        self.field(field, value.strip_prefix(b" ").unwrap_or(value));
        None
    }

    /// Names that the standard does not know are passed over; so are comments, whose name is empty.
    fn field(&mut self, name: &[u8], value: &[u8]) {
        match name {
            b"data" => {
                self.data.extend_from_slice(value);
                self.data.push(b'\n');
            }
            b"event" => self.event = String::from_utf8_lossy(value).into_owned(),
            b"id" if !value.contains(&0) => self.id = String::from_utf8_lossy(value).into_owned(),
            b"retry" if !value.is_empty() && value.iter().all(u8::is_ascii_digit) => {
                let digits = String::from_utf8_lossy(value);
                self.retry = digits.parse().ok().map(Duration::from_millis).or(self.retry);
            }
            _ => {}
        }
    }

    /// An event without data is none, but its id counts.
    fn end_event(&mut self) -> Option<RawEvent> {
        self.last_id.clone_from(&self.id);
        let event = std::mem::take(&mut self.event);
        let mut data = std::mem::take(&mut self.data);
        data.pop()?;
        if data.is_empty() {
            return None;
        }
        let data = String::from_utf8_lossy(&data).into_owned();
        Some(RawEvent { id: self.last_id.clone(), event, data })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(parser: &mut Parser, text: &[u8], size: usize) -> Vec<(String, String, String)> {
        let mut found = Vec::new();
        for mut chunk in text.chunks(size) {
            while let Some(event) = parser.take(&mut chunk).unwrap() {
                found.push((event.id, event.event, event.data));
            }
        }
        found
    }

    /// Wherever the bytes are cut, the events are the same.
    fn check(text: &str, expected: &[(&str, &str, &str)]) {
        for size in 1..=text.len() {
            let found = parse(&mut Parser::new(1000, String::new()), text.as_bytes(), size);
            let found: Vec<_> = found.iter().map(|(id, event, data)| (&**id, &**event, &**data)).collect();
            assert_eq!(found, expected, "{size} {text:?}");
        }
    }

    #[test]
    fn events() {
        check("data: a\n\n", &[("", "", "a")]);
        check("data:a\r\rdata:  b\r\n\r\n", &[("", "", "a"), ("", "", " b")]);
        check("\u{feff}event: x\ndata: a\ndata\ndata:b\n\n", &[("", "x", "a\n\nb")]);
        check(": hello\n\n:\nother: 1\nevent: gone\n\ndata: a\n\n", &[("", "", "a")]);
        check("id: 7\ndata: a\n\ndata: b\n\nid\ndata: c\n\n", &[("7", "", "a"), ("7", "", "b"), ("", "", "c")]);
        check("id: 7\n\nid: 8\u{0}\ndata: \u{fc}\n\n", &[("7", "", "\u{fc}")]);
        check("data: \u{feff}a\n\n", &[("", "", "\u{feff}a")]);
        check("data:\n\ndata: a", &[]);
    }

    /// The bytes of what comes out grow with the bytes that go in, and with nothing else.
    #[test]
    fn a_long_id_is_not_carried_by_every_event() {
        let text = |id: usize| format!("id: {}\ndata: a\n\n{}", "7".repeat(id), "data: b\n\n".repeat(100));
        let mut parser = Parser::new(1 << 20, String::new());
        assert_eq!(parse(&mut parser, text(ID_LIMIT).as_bytes(), 1000).len(), 101);
        let mut parser = Parser::new(1 << 20, String::new());
        assert_eq!(parser.take(&mut text(ID_LIMIT + 1).as_bytes()), Err(TooLarge));
    }

    #[test]
    fn ids_and_delays_outlive_the_connection() {
        let mut parser = Parser::new(100, "6".to_owned());
        assert_eq!(parse(&mut parser, b"retry: 1500\nid: 7\ndata: a\n\nretry: x\nid: 8\ndata: lost", 3).len(), 1);
        assert_eq!((parser.last_id(), parser.retry()), ("7", Some(Duration::from_millis(1500))));
        parser.restart();
        assert_eq!(parse(&mut parser, b"\ndata: b\n\n", 1), [("7".to_owned(), String::new(), "b".to_owned())]);
        assert_eq!(parser.retry(), Some(Duration::from_millis(1500)));
    }

    #[test]
    fn memory_is_bounded() {
        let mut parser = Parser::new(10, String::new());
        assert_eq!(parser.take(&mut &b"data: 0123456789"[..]), Err(TooLarge));
        let mut parser = Parser::new(10, String::new());
        assert_eq!(parser.take(&mut &b"data: 0\ndata: 1\ndata: 2\ndata: 3\ndata: 4\n"[..]), Err(TooLarge));
    }
}

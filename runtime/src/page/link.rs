//! The header `Link` (RFC 8288).
//!
//! Owns its grammar (section 3) and finding the link to the next page. Each byte is looked at a bounded number of times. What
//! does not follow the grammar is an error and never "no link", because a list that ends too early looks like a whole one.

use std::fmt;

use http::header::LINK;
use http::{HeaderMap, Uri};

use crate::url::{percent_encoded, resolve};

/// How a header breaks the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Malformed(&'static str);

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// A parameter of a link: its name and its value.
type Parameter<'a> = (&'a [u8], Vec<u8>);

/// Where the first link with the relation `next` leads, as the header spells it; `None` where there is no such link.
/// `page` is the URL of the answer that has the headers.
pub(crate) fn next(headers: &HeaderMap, page: &Uri) -> Result<Option<String>, Malformed> {
    for value in headers.get_all(LINK) {
        let mut reader = Reader { rest: value.as_bytes() };
        while let Some(link) = reader.link()? {
            if link.is_next && link.is_about(page) {
                return Ok(Some(link.target));
            }
        }
    }
    Ok(None)
}

/// One link.
struct Link {
    target: String,
    is_next: bool,
    anchor: Option<String>,
}

impl Link {
    /// Whether it is a link of this page. One with an anchor can be of another page, or of a part of one.
    fn is_about(&self, page: &Uri) -> bool {
        match self.anchor.as_deref().map(|anchor| anchor.split_once('#').unwrap_or((anchor, ""))) {
            None => true,
            Some((anchor, part)) => part.is_empty() && resolve(page, anchor).as_ref() == Some(page),
        }
    }
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// The next link; `None` at the end. Empty members of the list are allowed (RFC 9110, section 5.6.1).
    fn link(&mut self) -> Result<Option<Link>, Malformed> {
        self.take(|byte| is_space(byte) || byte == b',');
        if self.rest.is_empty() {
            return Ok(None);
        }
        if !self.eat(b'<') {
            return Err(Malformed("a link does not begin with `<`"));
        }
        let target = self.take(|byte| !matches!(byte, b'<' | b'>'));
        if !self.eat(b'>') {
            return Err(Malformed("the URL of a link does not end with `>`"));
        }
        let mut link = Link { target: percent_encoded(target.trim_ascii()), is_next: false, anchor: None };
        let mut is_related = false;
        loop {
            self.take(is_space);
            if self.rest.is_empty() || self.rest.first() == Some(&b',') {
                return Ok(Some(link));
            }
            if !self.eat(b';') {
                return Err(Malformed("neither `;` nor `,` follows a link or its parameter"));
            }
            let Some((name, value)) = self.parameter()? else { continue };
            // What is told twice counts once: section 3.3.
            if name.eq_ignore_ascii_case(b"rel") && !is_related {
                is_related = true;
                link.is_next = is_next(&value);
            } else if name.eq_ignore_ascii_case(b"anchor") && link.anchor.is_none() {
                link.anchor = Some(percent_encoded(value.trim_ascii()));
            }
        }
    }

    /// A parameter with its value, which is empty where it has none; `None` where nothing stands behind the semicolon.
    fn parameter(&mut self) -> Result<Option<Parameter<'a>>, Malformed> {
        self.take(is_space);
        let name = self.take(is_token);
        if name.is_empty() {
            return match self.rest.first() {
                None | Some(b';' | b',') => Ok(None),
                Some(_) => Err(Malformed("a parameter has no name")),
            };
        }
        self.take(is_space);
        if !self.eat(b'=') {
            return Ok(Some((name, Vec::new())));
        }
        self.take(is_space);
        let value = if self.eat(b'"') { self.quoted()? } else { self.take(is_bare).to_vec() };
        Ok(Some((name, value)))
    }

    /// A quoted string, behind its first quotation mark.
    fn quoted(&mut self) -> Result<Vec<u8>, Malformed> {
        let mut value = Vec::new();
        loop {
            value.extend_from_slice(self.take(|byte| !matches!(byte, b'"' | b'\\')));
            match self.rest {
                [b'"', rest @ ..] => {
                    self.rest = rest;
                    return Ok(value);
                }
                [b'\\', escaped, rest @ ..] => {
                    value.push(*escaped);
                    self.rest = rest;
                }
                _ => return Err(Malformed("a quoted value has no end")),
            }
        }
    }

    fn take(&mut self, is_part: impl Fn(u8) -> bool) -> &'a [u8] {
        let end = self.rest.iter().position(|byte| !is_part(*byte)).unwrap_or(self.rest.len());
        let (part, rest) = self.rest.split_at(end);
        self.rest = rest;
        part
    }

    fn eat(&mut self, byte: u8) -> bool {
        let rest = self.rest.strip_prefix(&[byte]);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }
}

/// Whether one of the relations is `next`. Some servers write apostrophes for quotation marks; no relation has any.
fn is_next(relations: &[u8]) -> bool {
    let mut relations = relations.split(|byte| byte.is_ascii_whitespace() || *byte == b'\'');
    relations.any(|relation| relation.eq_ignore_ascii_case(b"next"))
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// RFC 9110, section 5.6.2.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// Values without quotation marks: more than tokens, because servers write relations that are URLs so.
fn is_bare(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, b';' | b',' | b'"' | b'<' | b'>')
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn find(values: &[&[u8]]) -> Result<Option<String>, Malformed> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(LINK, HeaderValue::from_bytes(value).unwrap());
        }
        next(&headers, &"https://pets.example/pets?page=2".parse().unwrap())
    }

    fn check(value: &str, expected: Option<&str>) {
        assert_eq!(find(&[value.as_bytes()]), Ok(expected.map(str::to_owned)), "{value}");
    }

    #[test]
    fn the_next_page_is_found_by_the_grammar() {
        check("", None);
        check(" ,\t, ", None);
        check("<a>; rel=next", Some("a"));
        check("</a>;REL = \"last  Next\"", Some("/a"));
        check("<>; rel=next", Some(""));
        check("< https://pets.example/x > ; rel=next", Some("https://pets.example/x"));
        check("<a,b;c>; rel=next", Some("a,b;c"));
        check("<a>; rel=prev,  <b>; rel=next", Some("b"));
        check("<a>; rel=prev,\t<b>; rel=next", Some("b"));
        check("<a>; rel=prev,<b>;rel=last ,, <c>;rel=next", Some("c"));
        check("<a>; title=\"x, <b>; rel=next\"; rel=prev", None);
        check("<a>; title=\"\\\"; rel=next\"; rel=prev", None);
        check("<a>; title*=UTF-8''n%C3%A4chste; rel=next", Some("a"));
        check("<a>; title=\"n\u{e4}chste\"; rel=prev, <b>; rel=next", Some("b"));
        check("<a>; rel=\"http://pets.example/rel next\"", Some("a"));
        check("<a>; rel=http://pets.example/rel; x, <b>; rel=next;", Some("b"));
        check("<a>; rel='next'", Some("a"));
        check("<a>; rel=nextish, <b>; rel=prev-next; rev=next", None);
        // The first one counts.
        check("<a>; rel=prev; rel=next", None);
        check("<a>; rel=next, <b>; rel=next", Some("a"));
        assert_eq!(find(&[b"<a>; rel=prev", b"<b>; rel=next"]), Ok(Some("b".to_owned())));
    }

    #[test]
    fn bytes_beyond_ascii_end_nothing() {
        check("<a?q=\u{e4}>; rel=next", Some("a?q=%C3%A4"));
        assert_eq!(find(&[b"<a>; title=\"\xe4\xff\"; rel=prev, <b>; rel=next"]), Ok(Some("b".to_owned())));
    }

    #[test]
    fn a_link_of_another_page_is_none_of_this_one() {
        check("<a>; rel=next; anchor=\"/pets/7\"", None);
        check("<a>; rel=next; anchor=\"#part\"", None);
        check("<a>; anchor=\"/pets?page=2\"; rel=next", Some("a"));
        check("<a>; rel=next; anchor=\"\"", Some("a"));
    }

    #[test]
    fn what_cannot_be_read_is_an_error() {
        let check = |value: &str, expected: &'static str| {
            assert_eq!(find(&[value.as_bytes()]), Err(Malformed(expected)), "{value}")
        };
        check("nonsense", "a link does not begin with `<`");
        check("<a; rel=next", "the URL of a link does not end with `>`");
        check("<a, <b>; rel=next", "the URL of a link does not end with `>`");
        check("<a>; rel=prev <b>; rel=next", "neither `;` nor `,` follows a link or its parameter");
        check("<a> rel=next", "neither `;` nor `,` follows a link or its parameter");
        check("<a>; rel=\"next", "a quoted value has no end");
        check("<a>; title=\"\\", "a quoted value has no end");
        check("<a>; =next", "a parameter has no name");
    }

    /// 360 KB of each: quadratic, this test would take minutes.
    #[test]
    fn reading_is_linear() {
        let many = |piece: &str| piece.repeat(360_000 / piece.len());
        assert!(find(&[many(", <").as_bytes()]).is_err());
        assert!(find(&[many("<a>; rel=\"").as_bytes()]).is_err());
        for piece in [", <>", ",", "<a>;;;, ", "<a>; x=\"<a>, \\\" <\", ", "<a>; rel=b, "] {
            assert_eq!(find(&[many(piece).as_bytes()]), Ok(None), "{piece}");
        }
    }
}

//! `multipart/form-data` (RFC 7578), from the JSON of a model and the files beside it.
//!
//! Owns the parts and their headers. A member is a part: plain values as text, objects as JSON, files as they are; a list is
//! one part an item. Null and absent members are left out.

use std::borrow::Cow;

use super::{FilePart, Upload};
use crate::facts::PartFacts;
use crate::text::codec::tree::Tree;
use crate::text::codec::{MARK, to_json};
use crate::text::invalid::Invalid;
use crate::text::style::part_pairs;

/// A header that the document declares for a part.
#[derive(Clone, Debug)]
pub(crate) struct PartHeader {
    /// The part's name.
    pub(crate) part: &'static str,
    pub(crate) name: &'static str,
    /// `None` where there is nothing to send.
    pub(crate) value: Option<String>,
    /// Whether the part cannot be sent without it.
    pub(crate) needed: bool,
}

/// The body, and its content type.
pub(crate) fn multipart(
    json: &str,
    (facts, declared): (&[PartFacts], &[PartHeader]),
    files: &[FilePart],
    boundary: &str,
) -> Result<(Upload, String), Invalid> {
    let tree = Tree::parse(json).map_err(|error| error.to_string())?;
    let Tree::Object(members) = &tree else {
        return Err("the body must be an object, because it is sent in parts".into());
    };
    let mut writer = Writer { boundary, head: String::new(), pieces: Vec::new(), files, declared };
    for (name, value) in members {
        let facts = facts.iter().find(|facts| facts.name == name).copied().unwrap_or(PartFacts::new(""));
        writer.member(name, value, facts)?;
    }
    writer.head.push_str(&format!("--{boundary}--\r\n"));
    writer.flush();
    Ok((Upload::joined(writer.pieces), format!("multipart/form-data; boundary={boundary}")))
}

/// What a part is called.
#[derive(Clone, Copy)]
struct Named<'a> {
    /// The member of the body that it is of, whose headers it has.
    member: &'a str,
    part: &'a str,
    file: Option<&'a str>,
}

struct Writer<'a> {
    boundary: &'a str,
    /// Text that is not a piece yet.
    head: String,
    pieces: Vec<Upload>,
    files: &'a [FilePart],
    declared: &'a [PartHeader],
}

impl Writer<'_> {
    fn member(&mut self, name: &str, value: &Tree<'_>, facts: PartFacts) -> Result<(), Invalid> {
        if let Some(style) = facts.style {
            return part_pairs(name, value, &style).iter().try_for_each(|(part, text)| {
                self.begin(Named { member: name, part, file: None }, None, &[])?;
                self.text(text);
                Ok(())
            });
        }
        match value {
            Tree::Null => Ok(()),
            // A list that the document calls JSON is one part.
            Tree::Array(items) if facts.file || !facts.content_type.is_some_and(is_json) => items
                .iter()
                .filter(|item| !matches!(item, Tree::Null))
                .try_for_each(|item| self.part(name, item, facts)),
            other => self.part(name, other, facts),
        }
    }

    fn part(&mut self, name: &str, value: &Tree<'_>, facts: PartFacts) -> Result<(), Invalid> {
        if facts.file
            && let Tree::String(text) = value
            && let Some(file) = text.strip_prefix(MARK).and_then(|at| self.files.get(at.parse::<usize>().ok()?))
        {
            return self.file(name, file.clone(), facts);
        }
        let (text, usual) = match value.scalar() {
            Some(text) => (Cow::Borrowed(text), None),
            None => (Cow::Owned(to_json(value).map_err(|error| error.to_string())?), Some("application/json")),
        };
        let json = facts.content_type.is_some_and(is_json);
        // A text that the document calls JSON is a JSON text.
        let text = if json { Cow::Owned(to_json(value).map_err(|error| error.to_string())?) } else { text };
        let named = Named { member: name, part: name, file: None };
        self.begin(named, concrete(facts.content_type).or(usual), &[])?;
        self.text(&text);
        Ok(())
    }

    /// What a part holds, behind its headers.
    fn text(&mut self, text: &str) {
        self.head.push_str(text);
        self.head.push_str("\r\n");
    }

    fn file(&mut self, name: &str, file: FilePart, facts: PartFacts) -> Result<(), Invalid> {
        let named = Named { member: name, part: name, file: Some(file.name.as_deref().unwrap_or(name)) };
        let declared = concrete(facts.content_type).unwrap_or("application/octet-stream");
        let content_type = file.upload.given_type().unwrap_or(declared);
        self.begin(named, Some(content_type), &file.headers)?;
        self.flush();
        self.pieces.push(file.upload);
        self.head.push_str("\r\n");
        Ok(())
    }

    fn begin(
        &mut self,
        Named { member: name, part, file: file_name }: Named<'_>,
        content_type: Option<&str>,
        headers: &[(String, String)],
    ) -> Result<(), Invalid> {
        let mut head = format!("--{}\r\ncontent-disposition: form-data; name=\"{}\"", self.boundary, quoted(part)?);
        if let Some(file_name) = file_name {
            head.push_str(&format!("; filename=\"{}\"", quoted(file_name)?));
        }
        let content_type = content_type.map(|content_type| ("content-type", content_type));
        let declared = self.declared(name, headers)?;
        let headers = headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        for (header, value) in content_type.into_iter().chain(declared).chain(headers) {
            let (header, value) = crate::headers::header(header, value).map_err(|fault| format!("{name}: {fault}"))?;
            head.push_str(&format!("\r\n{header}: {}", String::from_utf8_lossy(value.as_bytes())));
        }
        self.head.push_str(&head);
        self.head.push_str("\r\n\r\n");
        Ok(())
    }

    /// The headers that the document declares for a part. What the caller put on the part himself goes before them.
    fn declared(&self, part: &str, own: &[(String, String)]) -> Result<Vec<(&str, &str)>, Invalid> {
        let mut found = Vec::new();
        for header in self.declared.iter().filter(|header| header.part == part) {
            let is_own = own.iter().any(|(name, _)| name.trim().eq_ignore_ascii_case(header.name));
            match &header.value {
                _ if is_own => {}
                Some(value) => found.push((header.name, value.as_str())),
                None if header.needed => return Err(format!("{part}: the header '{}' is missing", header.name).into()),
                None => {}
            }
        }
        Ok(found)
    }

    /// The text so far becomes a piece.
    fn flush(&mut self) {
        if !self.head.is_empty() {
            self.pieces.push(Upload::from(std::mem::take(&mut self.head)));
        }
    }
}

fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    essence == "application/json" || essence.ends_with("+json")
}

/// A content type that can be sent: neither a list nor a wildcard.
fn concrete(content_type: Option<&'static str>) -> Option<&'static str> {
    content_type.filter(|content_type| !content_type.contains([',', '*']))
}

/// As browsers do it: what would end the text is percent-encoded. Servers cut names at other control characters, or read two
/// names in one, so these are refused.
fn quoted(text: &str) -> Result<String, Invalid> {
    if let Some(control) = text.chars().find(|one| one.is_control() && !matches!(one, '\r' | '\n')) {
        let shown = text.escape_debug();
        return Err(format!(
            "the name '{shown}' of a part or file has the control character U+{:04X}",
            u32::from(control)
        )
        .into());
    }
    Ok(text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::codec::{Encode, Encoder};
    use crate::text::style::StyleFacts;
    use crate::text::values::Json;
    use crate::upload::files_of;

    fn text(json: &str, facts: &[PartFacts], files: &[FilePart]) -> String {
        with_headers(json, (facts, &[]), files).unwrap()
    }

    fn with_headers(json: &str, facts: (&[PartFacts], &[PartHeader]), files: &[FilePart]) -> Result<String, String> {
        let (upload, content_type) = multipart(json, facts, files, "B")?;
        assert_eq!(content_type, "multipart/form-data; boundary=B");
        let mut chunks = upload.chunks();
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        let mut all = Vec::new();
        while let std::task::Poll::Ready(Some(chunk)) = chunks.as_mut().poll_next(&mut context) {
            all.extend_from_slice(&chunk.unwrap());
        }
        assert_eq!(upload.known_length(), Some(all.len() as u64));
        Ok(String::from_utf8(all).unwrap().replace("\r\n", "\n"))
    }

    #[test]
    fn members_are_parts() {
        let check = |json: &str, facts: &[PartFacts], expected: &str| assert_eq!(text(json, facts, &[]), expected);
        check("{}", &[], "--B--\n");
        check(
            r#"{"a":"x\ny","n":7,"no":null,"tags":["b",true]}"#,
            &[],
            "--B\ncontent-disposition: form-data; name=\"a\"\n\nx\ny\n\
             --B\ncontent-disposition: form-data; name=\"n\"\n\n7\n\
             --B\ncontent-disposition: form-data; name=\"tags\"\n\nb\n\
             --B\ncontent-disposition: form-data; name=\"tags\"\n\ntrue\n--B--\n",
        );
        check(
            r#"{"o":{"a":1},"l":[{"b":2}]}"#,
            &[],
            "--B\ncontent-disposition: form-data; name=\"o\"\ncontent-type: application/json\n\n{\"a\":1}\n\
             --B\ncontent-disposition: form-data; name=\"l\"\ncontent-type: application/json\n\n{\"b\":2}\n--B--\n",
        );
        check(
            r#"{"l":[1,2],"s":"x","t":"y"}"#,
            &[
                PartFacts::new("l").content_type("application/json"),
                PartFacts::new("s").content_type("application/vnd.pet+json"),
                PartFacts::new("t").content_type("text/markdown"),
            ],
            "--B\ncontent-disposition: form-data; name=\"l\"\ncontent-type: application/json\n\n[1,2]\n\
             --B\ncontent-disposition: form-data; name=\"s\"\ncontent-type: application/vnd.pet+json\n\n\"x\"\n\
             --B\ncontent-disposition: form-data; name=\"t\"\ncontent-type: text/markdown\n\ny\n--B--\n",
        );
    }

    #[test]
    fn styles_make_the_parts() {
        use crate::text::style::Style::{DeepObject, Form, PipeDelimited, SpaceDelimited};
        let check = |json: &str, style: StyleFacts, expected: &[(&str, &str)]| {
            let parts = expected
                .iter()
                .map(|(name, value)| format!("--B\ncontent-disposition: form-data; name=\"{name}\"\n\n{value}\n"));
            let expected = format!("{}--B--\n", parts.collect::<String>());
            assert_eq!(text(json, &[PartFacts::new("a").style(style)], &[]), expected, "{json} {style:?}");
        };
        let deep = StyleFacts::new(DeepObject, true);
        check(
            r#"{"a":{"create":true,"m":{"x y":"a&b=\u00fc%20"}}}"#,
            deep,
            &[("a[create]", "true"), ("a[m][x y]", "a&b=\u{fc}%20")],
        );
        check(r#"{"a":["x","y"]}"#, deep, &[("a[]", "x"), ("a[]", "y")]);
        check(r#"{"a":["x,","y z"]}"#, StyleFacts::new(Form, false), &[("a", "x,,y z")]);
        check(r#"{"a":["x","y"]}"#, StyleFacts::new(Form, true), &[("a", "x"), ("a", "y")]);
        check(r#"{"a":{"b":1,"c":"x/y"}}"#, StyleFacts::new(Form, true).allow_reserved(), &[("b", "1"), ("c", "x/y")]);
        check(r#"{"a":{"b":1,"c":2}}"#, StyleFacts::new(Form, false), &[("a", "b,1,c,2")]);
        check(r#"{"a":["x","y"]}"#, StyleFacts::new(PipeDelimited, false), &[("a", "x|y")]);
        check(r#"{"a":["x","y"]}"#, StyleFacts::new(SpaceDelimited, false), &[("a", "x y")]);
        check(r#"{"a":null}"#, deep, &[]);
        // Headers are those of the member.
        let header = PartHeader { part: "a", name: "x-a", value: Some("1".to_owned()), needed: false };
        assert_eq!(
            with_headers(r#"{"a":{"b":1}}"#, (&[PartFacts::new("a").style(deep)], &[header]), &[]).unwrap(),
            "--B\ncontent-disposition: form-data; name=\"a[b]\"\nx-a: 1\n\n1\n--B--\n"
        );
    }

    #[test]
    fn files_are_parts_with_a_name_and_a_type() {
        let files = [
            FilePart::from("png").file_name("a\"b\r\n.png").content_type("image/png").header("x-alt", "Rex"),
            FilePart::from("raw"),
        ];
        let mut encoder = Encoder::new();
        files.as_slice().encode(&mut encoder);
        let (marks, kept) = (files_of(encoder.take_attachments()), encoder.finish().unwrap());
        assert_eq!(marks.len(), 2);
        let json = format!("{{\"photos\":{kept},\"name\":\"\\u0000file:0\"}}");
        assert_eq!(
            text(&json, &[PartFacts::new("photos").file().content_type("image/gif, image/*")], &marks),
            "--B\ncontent-disposition: form-data; name=\"photos\"; filename=\"a%22b%0D%0A.png\"\ncontent-type: image/png\n\
             x-alt: Rex\n\npng\n--B\ncontent-disposition: form-data; name=\"photos\"; filename=\"photos\"\n\
             content-type: application/octet-stream\n\nraw\n\
             --B\ncontent-disposition: form-data; name=\"name\"\n\n\u{0}file:0\n--B--\n",
        );
        for name in ["a\u{0}b", "a\u{c}", "\u{7f}"] {
            let named = [FilePart::from("x").file_name(name)];
            let file = multipart("{\"f\":\"\\u0000file:0\"}", (&[PartFacts::new("f").file()], &[]), &named, "B");
            let part = multipart(&Json::object([(name, "x")]).to_string(), (&[], &[]), &[], "B");
            assert!(file.is_err() && part.is_err(), "{name:?}");
        }
        let broken = [FilePart::from("x").header("a b", "c")];
        assert!(multipart("{\"f\":\"\\u0000file:0\"}", (&[PartFacts::new("f").file()], &[]), &broken, "B").is_err());
    }

    #[test]
    fn control_characters_in_names_are_refused() {
        let check = |json: &str, file_name: &str, expected: &str| {
            let files = [FilePart::from("x").file_name(file_name)];
            assert_eq!(with_headers(json, (&[PartFacts::new("f").file()], &[]), &files).unwrap_err(), expected);
        };
        let file = r#"{"f":"\u0000file:0"}"#;
        check(file, "a\0.exe", "the name 'a\\0.exe' of a part or file has the control character U+0000");
        check(file, "a\tb", "the name 'a\\tb' of a part or file has the control character U+0009");
        check(file, "a\u{85}b", "the name 'a\\u{85}b' of a part or file has the control character U+0085");
        check(r#"{"a\u0000b":1}"#, "a", "the name 'a\\0b' of a part or file has the control character U+0000");
        check(r#"{"a\u007f":1}"#, "a", "the name 'a\\u{7f}' of a part or file has the control character U+007F");
    }

    #[test]
    fn parts_have_the_headers_that_the_document_declares() {
        let header = |part, name, value: Option<&str>, needed| PartHeader {
            part,
            name,
            value: value.map(str::to_owned),
            needed,
        };
        let check = |json: &str, declared: &[PartHeader], files: &[FilePart], expected: &str| {
            let found = with_headers(json, (&[PartFacts::new("f").file()], declared), files);
            assert_eq!(found.unwrap_or_else(|fault| fault), expected, "{json}");
        };
        let files = [FilePart::from("a"), FilePart::from("b").header("x-alt", "own")];
        let both = r#"{"f":["\u0000file:0","\u0000file:1"]}"#;
        // Onto each file of a list, but not over what a file has by itself.
        check(
            both,
            &[header("f", "X-Alt", Some("Rex"), false), header("f", "x-no", None, false)],
            &files,
            "--B\ncontent-disposition: form-data; name=\"f\"; filename=\"f\"\ncontent-type: application/octet-stream\n\
             x-alt: Rex\n\na\n--B\ncontent-disposition: form-data; name=\"f\"; filename=\"f\"\n\
             content-type: application/octet-stream\nx-alt: own\n\nb\n--B--\n",
        );
        let plain = "--B\ncontent-disposition: form-data; name=\"a\"\nx-a: 1\n\nx\n--B--\n";
        check(r#"{"a":"x"}"#, &[header("a", "x-a", Some("1"), true), header("b", "x-a", None, true)], &[], plain);
        // A part that is not there needs none.
        check(r#"{"b":null,"c":[]}"#, &[header("b", "x", None, true), header("c", "x", None, true)], &[], "--B--\n");
        check(both, &[header("f", "x-alt", None, true)], &files, "f: the header 'x-alt' is missing");
        let broken = "a: the value of header 'x-a' has characters that a header cannot hold";
        check(r#"{"a":"x"}"#, &[header("a", "x-a", Some("1\r\nx-b: 2"), false)], &[], broken);
        check(r#"{"a":"x"}"#, &[header("a", "x a", Some("1"), false)], &[], "a: 'x a' is not a header's name");
    }
}

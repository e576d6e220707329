//! Inside a line: links, URLs, tags, code spans.

/// Tags that only format: their text stays. Those that part lines part them here too.
const FORMATTING: &[&str] = &[
    "a",
    "abbr",
    "b",
    "big",
    "blockquote",
    "center",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "i",
    "img",
    "ins",
    "kbd",
    "mark",
    "ol",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "pre",
];

/// Text without the HTML tags that only format; outside of code.
pub(super) fn without_formatting_tags(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find(['<', '`']) {
        let (before, at) = rest.split_at(place);
        out.push_str(before);
        let taken = if at.starts_with('`') { code_span(at).map_or_else(|| ticks(at), str::len) } else { 0 };
        if taken > 0 {
            let (span, after) = at.split_at(taken);
            out.push_str(span);
            rest = after;
        } else if let Some((name, length)) = tag(at) {
            out.push_str(replacement(&name));
            rest = at.get(length..).unwrap_or_default();
        } else {
            out.push('<');
            rest = at.get(1..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

fn replacement(name: &str) -> &'static str {
    match name {
        "p" => "\n\n",
        "br" | "hr" => "\n",
        "li" => "\n- ",
        _ => "",
    }
}

/// Name and length of a tag that only formats. The end of a list item is nothing.
fn tag(at: &str) -> Option<(String, usize)> {
    let inner = at.get(1..)?;
    let closing = inner.starts_with('/');
    let inner = inner.trim_start_matches('/');
    let name: String = inner.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let rest = inner.get(name.len()..)?;
    let known = FORMATTING.contains(&name.as_str()) || matches!(name.as_str(), "p" | "br" | "hr" | "li");
    if !known || !rest.starts_with([' ', '>', '/', '\n']) {
        return None;
    }
    let end = at.find('>')?;
    // An attribute never holds another tag.
    if at.get(1..end)?.contains('<') {
        return None;
    }
    let name = if closing && name == "li" { String::new() } else { name };
    Some((name, end + 1))
}

/// One line without anything that rustdoc resolves, runs or warns about.
pub(super) fn clean(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut rest = line;
    loop {
        // Nearly all text means nothing, and is taken over as it is.
        let plain = rest.find(['\\', '`', '[', '!', ']', '<', 'h', 'H']).unwrap_or(rest.len());
        let (text, next) = rest.split_at(plain);
        out.push_str(text);
        rest = next;
        let Some(first) = rest.chars().next() else { break };
        let (text, length) = match first {
            '\\' => escaped(rest),
            '`' => match code_span(rest) {
                Some(span) => (span.to_owned(), span.len()),
                None => (r"\`".repeat(ticks(rest)), ticks(rest)),
            },
            '[' => link(rest).unwrap_or_else(|| (r"\[".to_owned(), 1)),
            '!' if rest.starts_with("![") => image(rest).unwrap_or_else(|| ("!".to_owned(), 1)),
            ']' => (r"\]".to_owned(), 1),
            '<' => autolink(rest).unwrap_or_else(|| (r"\<".to_owned(), 1)),
            'h' | 'H' if !out.ends_with(|last: char| last.is_alphanumeric()) => match url(rest) {
                Some(url) => (format!("<{url}>"), url.len()),
                None => (first.to_string(), first.len_utf8()),
            },
            other => (other.to_string(), other.len_utf8()),
        };
        out.push_str(&text);
        rest = rest.get(length.max(1)..).unwrap_or_default();
    }
    out
}

/// A backslash with what it escapes.
fn escaped(rest: &str) -> (String, usize) {
    match rest.chars().nth(1) {
        Some(next) if next.is_ascii_punctuation() => (format!("\\{next}"), 2),
        Some(_) => ("\\".to_owned(), 1),
        // At the end of a line it would break the line.
        None => (r"\\".to_owned(), 1),
    }
}

fn ticks(rest: &str) -> usize {
    rest.chars().take_while(|letter| *letter == '`').count()
}

/// The code span that begins here and ends on the same line.
fn code_span(rest: &str) -> Option<&str> {
    let open = ticks(rest);
    let line = rest.split('\n').next().unwrap_or(rest);
    let mut place = open;
    while let Some(found) = line.get(place..)?.find('`') {
        let start = place + found;
        let run = ticks(line.get(start..)?);
        if run == open {
            return rest.get(..start + run);
        }
        place = start + run;
    }
    None
}

/// `[text](target)`: kept where the target is on the web, otherwise its text alone.
fn link(rest: &str) -> Option<(String, usize)> {
    let (text, target, length) = parts(rest)?;
    let text = clean(text);
    Some((if is_web(target) { format!("[{text}]({target})") } else { text }, length))
}

/// An image becomes a link to it: docs load nothing.
fn image(rest: &str) -> Option<(String, usize)> {
    let (text, length) = link(rest.get(1..)?)?;
    Some((text, length + 1))
}

fn parts(rest: &str) -> Option<(&str, &str, usize)> {
    let close = rest.find("](")?;
    let text = rest.get(1..close)?;
    if text.contains(['[', ']', '`', '<']) || text.contains("http") {
        return None;
    }
    let after = rest.get(close + 2..)?;
    let end = after.find(')')?;
    // A title after the target is dropped: it only shows on hover.
    let target = after.get(..end)?.split(' ').next().unwrap_or_default();
    Some((text, target.trim_matches(['<', '>']), close + 2 + end + 1))
}

fn is_web(target: &str) -> bool {
    let known = ["http://", "https://", "mailto:"].iter().any(|scheme| target.starts_with(scheme));
    known && !target.contains(['<', '>', '(', '`', '[', ']', '\\'])
}

fn autolink(rest: &str) -> Option<(String, usize)> {
    let end = rest.find('>')?;
    let inner = rest.get(1..end)?;
    (is_web(inner) && !inner.contains(' ')).then(|| (format!("<{inner}>"), end + 1))
}

/// The URL that begins here, without the punctuation behind it.
fn url(rest: &str) -> Option<&str> {
    let lower = rest.get(..8.min(rest.len())).or_else(|| rest.get(..7))?.to_ascii_lowercase();
    if !lower.starts_with("http://") && !lower.starts_with("https://") {
        return None;
    }
    let end =
        rest.find(|letter: char| letter.is_whitespace() || "<>\"'`()[]{}|\\".contains(letter)).unwrap_or(rest.len());
    let url = rest.get(..end)?.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
    (url.len() > "https://".len()).then_some(url)
}

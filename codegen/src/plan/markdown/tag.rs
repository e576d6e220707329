//! HTML in descriptions: tags that only format are Markdown of the same meaning or nothing, everything else is text.

/// Tags that only format: their text stays.
const FORMATTING: &str = " a abbr b big blockquote center code dd del details div dl dt em font h1 h2 h3 h4 h5 h6 i img ins kbd mark \
    ol s samp small span strike strong sub summary sup table tbody td th thead tr tt u ul var pre ";

/// HTML as Markdown.
pub(super) fn without_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(place) = rest.find(['<', '`']) {
        let (before, at) = rest.split_at(place);
        out.push_str(before);
        let (text, length) = match (code_span(at), replacement(at)) {
            (Some(span), _) => (span, span.len()),
            (None, Some((text, length))) => (text, length),
            (None, None) if at.starts_with('<') => ("\\<", 1),
            (None, None) => ("`", 1),
        };
        out.push_str(text);
        rest = at.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// What stands for the tag that begins here, and its length; nothing for one that does more than format.
pub(super) fn replacement(at: &str) -> Option<(&'static str, usize)> {
    let inner = at.strip_prefix('<')?;
    let closing = inner.starts_with('/');
    let inner = inner.trim_start_matches('/');
    let name: String = inner.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let text = match name.as_str() {
        "p" => "\n\n",
        "br" | "hr" => "\n",
        "li" if closing => "",
        "li" => "\n- ",
        name if !name.is_empty() && FORMATTING.contains(&format!(" {name} ")) => "",
        _ => return None,
    };
    if !inner.get(name.len()..)?.starts_with([' ', '>', '/', '\n']) {
        return None;
    }
    let end = at.find('>')?;
    // An attribute never holds another tag.
    (!at.get(1..end)?.contains('<')).then_some((text, end + 1))
}

/// The code span that begins here and ends on the same line.
fn code_span(at: &str) -> Option<&str> {
    let ticks = |text: &str| text.chars().take_while(|letter| *letter == '`').count();
    let open = ticks(at);
    let line = at.lines().next().filter(|_| open > 0)?;
    let mut place = open;
    while let Some(found) = line.get(place..)?.find('`') {
        let start = place + found;
        let run = ticks(line.get(start..)?);
        if run == open {
            return at.get(..start + run);
        }
        place = start + run;
    }
    None
}

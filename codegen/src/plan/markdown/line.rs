//! Inside a line: what is escaped in plain text, and where URLs are.

/// Text in which nothing means anything to rustdoc. It keeps its emphasis: marks that stand in text have none.
pub(super) fn text(text: &str, is_linked: bool) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    loop {
        let plain = rest.find(['`', '[', ']', '<', 'h', 'H']).unwrap_or(rest.len());
        let (before, next) = rest.split_at(plain);
        out.push_str(before);
        rest = next;
        let Some(first) = rest.chars().next() else { break };
        let begins = !out.ends_with(|last: char| last.is_alphanumeric());
        match url(rest).filter(|_| begins && !is_linked) {
            Some(url) => {
                out.push_str(&format!("<{url}>"));
                rest = rest.get(url.len()..).unwrap_or_default();
            }
            None => {
                if !first.is_alphabetic() {
                    out.push('\\');
                }
                out.push(first);
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
        }
    }
    out
}

/// Words alone: every mark is a letter like others.
pub(super) fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for line in text.lines() {
        for letter in line.trim().chars() {
            if letter.is_ascii_punctuation() {
                out.push('\\');
            }
            out.push(letter);
        }
        out.push('\n');
    }
    out
}

/// A line whose beginning is text and not the mark of a block.
pub(super) fn unmarked(line: &str) -> String {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let (number, rest) = line.split_at(digits);
    let mut marks = rest.chars();
    let mark = marks.next();
    let ends = marks.next().is_none_or(|next| next == ' ');
    let is_block = match mark {
        Some('.' | ')') => (1..=9).contains(&digits) && ends,
        _ if digits > 0 => false,
        Some('-' | '+' | '*') if ends => true,
        Some('-' | '*' | '_' | '=') => is_rule(rest),
        Some('#') => rest.trim_start_matches('#').chars().next().is_none_or(|next| next == ' '),
        Some('~') => rest.starts_with("~~~"),
        Some('>') => true,
        _ => false,
    };
    if is_block { format!("{number}\\{rest}") } else { line.to_owned() }
}

/// `---`, `***`, `- - -`, and the underline of a heading.
fn is_rule(text: &str) -> bool {
    let mut letters = text.chars().filter(|letter| *letter != ' ');
    let first = letters.next();
    letters.all(|letter| Some(letter) == first)
}

/// Whether a target leads to the web and can stand in a link.
pub(super) fn is_web(target: &str) -> bool {
    let known = ["http://", "https://", "mailto:"].iter().any(|scheme| target.starts_with(scheme));
    known && !target.contains(|letter: char| "<>`[]\\".contains(letter) || letter.is_whitespace())
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

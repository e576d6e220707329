//! Lines: fences, indented code, quotes, lists, rules.
//!
//! Every fence stands at the margin, so that nothing but its own closing line ends it; every other line is indented less
//! than a code block would be. So no text of a document can become a code block that is not a fence with `text`.

use super::inline;

/// Clean lines of a whole text.
pub(super) fn clean(text: &str) -> Vec<String> {
    let mut page = Page::default();
    for line in text.lines() {
        page.line(line.trim_end());
    }
    page.close_fence();
    while page.out.last().is_some_and(String::is_empty) {
        page.out.pop();
    }
    page.out
}

/// A fence that is open.
struct Fence {
    mark: char,
    length: usize,
    indent: usize,
    /// Made of indented code: ends where the indentation does.
    made: bool,
}

/// An item of a list that is open.
#[derive(Clone, Copy)]
struct Item {
    /// Of its marker in the document.
    indent: usize,
    /// Of its text here.
    offset: usize,
}

#[derive(Default)]
struct Page {
    out: Vec<String>,
    fence: Option<Fence>,
    items: Vec<Item>,
    /// Where the text of the last item's last paragraph stands.
    margin: usize,
}

impl Page {
    fn line(&mut self, line: &str) {
        if self.continue_fence(line) {
            return;
        }
        let line = unquoted(line);
        let indent = line.len() - line.trim_start().len();
        let text = line.trim_start();
        if text.is_empty() {
            self.blank();
        } else if let Some((mark, length)) = fence(text) {
            self.open_fence(Fence { mark, length, indent, made: false });
        } else if self.is_code(indent) {
            self.blank();
            self.open_fence(Fence { mark: '`', length: 3, indent, made: true });
            self.out.push(text.to_owned());
        } else if is_rule(text) {
            self.items.clear();
            self.blank();
            self.out.push("---".to_owned());
            self.out.push(String::new());
        } else if let Some((marker, rest)) = marker(text) {
            self.item(indent, marker, rest);
        } else {
            self.text(indent, text);
        }
    }

    fn blank(&mut self) {
        if self.out.last().is_some_and(|last| !last.is_empty()) {
            self.out.push(String::new());
        }
    }

    fn after_blank(&self) -> bool {
        self.out.last().is_none_or(String::is_empty)
    }

    /// Whether a line is indented code: deep, after a blank line, and in no list.
    fn is_code(&self, indent: usize) -> bool {
        indent >= 4 && self.items.is_empty() && self.after_blank()
    }

    fn open_fence(&mut self, fence: Fence) {
        self.items.clear();
        self.out.push(format!("{}text", fence.mark.to_string().repeat(fence.length)));
        self.fence = Some(fence);
    }

    fn close_fence(&mut self) {
        if let Some(fence) = self.fence.take() {
            // Blank lines belong behind the code.
            let blank = self.out.iter().rev().take_while(|line| line.is_empty()).count();
            self.out.truncate(self.out.len() - blank);
            self.out.push(fence.mark.to_string().repeat(fence.length));
            if blank > 0 {
                self.out.push(String::new());
            }
        }
    }

    /// Whether the line was part of a fence.
    fn continue_fence(&mut self, line: &str) -> bool {
        let Some(fence) = &self.fence else { return false };
        let bare = unquoted(line);
        let indent = bare.len() - bare.trim_start().len();
        if fence.made {
            if !bare.trim().is_empty() && indent < 4 {
                self.close_fence();
                return false;
            }
        } else if is_end(bare.trim(), fence) {
            self.close_fence();
            return true;
        }
        let cut = indent.min(fence.indent);
        self.out.push(bare.get(cut..).unwrap_or_default().to_owned());
        // What would end the fence for Markdown ends it here, or it is no such line any more.
        if let (Some(last), Some(fence)) = (self.out.last_mut(), &self.fence)
            && is_end(last.trim(), fence)
        {
            last.insert(0, ' ');
            last.push_str(" .");
        }
        true
    }

    fn item(&mut self, indent: usize, marker: &str, rest: &str) {
        while self.items.last().is_some_and(|item| indent <= item.indent) {
            self.items.pop();
        }
        if self.items.is_empty() && !self.is_list(indent) {
            self.blank();
        }
        let own = self.items.last().map_or(0, |item| item.offset);
        self.margin = own + marker.len() + 1;
        self.items.push(Item { indent, offset: self.margin });
        let margin = " ".repeat(own);
        if let Some((mark, length)) = fence(rest) {
            self.out.push(format!("{margin}{marker}"));
            self.blank();
            self.open_fence(Fence { mark, length, indent: indent + marker.len() + 1, made: false });
        } else {
            // A list inside the marker's own line is text.
            let rest = inline::clean(&without_markers(rest));
            self.out.push(format!("{margin}{marker} {rest}").trim_end().to_owned());
        }
    }

    /// Whether the line before belongs to a list at the same margin.
    fn is_list(&self, indent: usize) -> bool {
        let last = self.out.iter().rev().find(|line| !line.is_empty());
        indent == 0 && last.is_some_and(|last| marker(last).is_some() || last.starts_with("  "))
    }

    fn text(&mut self, indent: usize, text: &str) {
        if self.after_blank() {
            // A new paragraph belongs to the item that stands further left.
            while self.items.last().is_some_and(|item| indent <= item.indent) {
                self.items.pop();
            }
            // Never as deep as a code block would be, whatever Markdown takes for the list.
            self.margin = self.items.last().map_or(0, |item| item.offset.min(3));
        }
        let margin = if self.items.is_empty() { 0 } else { self.margin };
        self.out.push(format!("{}{}", " ".repeat(margin), inline::clean(text)));
    }
}

/// A line without the marks of a quote: what is quoted is text like any other.
fn unquoted(line: &str) -> &str {
    let mut line = line;
    while let Some(rest) = line.trim_start().strip_prefix('>') {
        line = rest.strip_prefix(' ').unwrap_or(rest);
    }
    line
}

/// Mark and length of the fence that a line opens.
fn fence(text: &str) -> Option<(char, usize)> {
    let mark = text.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let length = text.chars().take_while(|letter| *letter == mark).count();
    // A fence of backticks has none in the rest of its line; that is a code span.
    let rest = text.get(length..)?;
    (length >= 3 && !(mark == '`' && rest.contains('`'))).then_some((mark, length))
}

fn is_end(text: &str, fence: &Fence) -> bool {
    text.len() >= fence.length && text.chars().all(|letter| letter == fence.mark)
}

/// `---`, `***`, `___`, `- - -`, and the underline of a heading.
fn is_rule(text: &str) -> bool {
    let mut letters = text.chars().filter(|letter| *letter != ' ');
    let Some(first) = letters.next().filter(|first| matches!(first, '-' | '*' | '_' | '=')) else { return false };
    letters.clone().count() >= 2 && letters.all(|letter| letter == first)
}

/// Marker and text of an item.
fn marker(text: &str) -> Option<(&str, &str)> {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let length = match text.get(digits..)?.chars().next()? {
        '-' | '*' | '+' if digits == 0 => 1,
        '.' | ')' if (1..=9).contains(&digits) => digits + 1,
        _ => return None,
    };
    let rest = text.get(length..)?;
    (rest.is_empty() || rest.starts_with(' ')).then(|| (text.get(..length).unwrap_or_default(), rest.trim_start()))
}

/// The text of an item, the marks of items and quotes at its beginning escaped.
fn without_markers(rest: &str) -> String {
    match (marker(rest), rest.starts_with('>')) {
        (Some((mark, _)), _) if mark.len() == 1 => format!("\\{rest}"),
        (Some((mark, after)), _) => {
            let (number, dot) = mark.split_at(mark.len() - 1);
            format!("{number}\\{dot} {after}")
        }
        (None, true) => format!("\\{rest}"),
        (None, false) => rest.to_owned(),
    }
}

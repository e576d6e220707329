//! The lines of `api.txt` as data. Nothing but `std`: the test of the repository's rules includes this file by its path.

/// A line of `api.txt`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'a> {
    /// For example `field`.
    pub(crate) kind: &'a str,
    /// For example `Pet.name`.
    pub(crate) path: &'a str,
    /// What the kind says, between path and feature.
    pub(crate) rest: &'a str,
    /// The feature that it needs, or `-`.
    pub(crate) feature: &'a str,
    /// Where it comes from, or `-`.
    pub(crate) origin: &'a str,
}

/// Every line, or the first one that is none by the grammar.
pub(crate) fn lines(text: &str) -> Result<Vec<Line<'_>>, String> {
    text.lines().map(|line| parse(line).ok_or_else(|| format!("not by the grammar: {line}"))).collect()
}

fn parse(line: &str) -> Option<Line<'_>> {
    let (line, origin) = line.rsplit_once(" origin=")?;
    let (line, feature) = line.rsplit_once(" feature=")?;
    let (kind, line) = line.split_once(' ')?;
    let (path, rest) = line.split_once(' ')?;
    Some(Line { kind, path, rest, feature, origin })
}

impl<'a> Line<'a> {
    /// What the item belongs to, and its own name: the parts of `Pet.name`, `Color::Red` or `op::PetsList.size`.
    #[must_use]
    pub(crate) fn split(&self) -> (&'a str, &'a str) {
        let (dot, colons) = (self.path.rfind('.'), self.path.rfind("::"));
        let separator = if dot > colons { "." } else { "::" };
        self.path.rsplit_once(separator).unwrap_or((self.path, ""))
    }

    /// The rest after a first word in quotes, or after `*`.
    #[must_use]
    pub(crate) fn after_name(&self) -> &'a str {
        let Some(text) = self.rest.strip_prefix('"') else { return after(self.rest, "*") };
        let mut escaped = false;
        for (at, character) in text.char_indices() {
            match character {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => return text.get(at + 1..).unwrap_or_default().trim_start(),
                _ => {}
            }
        }
        ""
    }

    /// The signature: `fn(…) -> …`, `fn new(…) -> …` or `async fn<…>(…) -> … where …`.
    #[must_use]
    pub(crate) fn signature(&self) -> Option<&'a str> {
        let starts = ["fn(", "fn new(", "async fn"].iter().any(|start| self.rest.starts_with(start));
        let at = if starts { 0 } else { self.rest.find(" fn(")? + 1 };
        self.rest.get(at..)
    }
}

fn after<'a>(text: &'a str, prefix: &str) -> &'a str {
    text.strip_prefix(prefix).unwrap_or(text).trim_start()
}

/// `fn(&self, id: &str) -> Call<op::Get> = Pet` in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Signature<'a> {
    /// Whether it must be awaited.
    pub(crate) is_async: bool,
    /// `<T>` or nothing.
    pub(crate) generics: &'a str,
    /// `self`, `&self` or nothing.
    pub(crate) receiver: Option<&'a str>,
    /// Name and type of each argument.
    pub(crate) arguments: Vec<(&'a str, &'a str)>,
    /// What it gives.
    pub(crate) gives: &'a str,
    /// `where T: …` or nothing.
    pub(crate) bounds: &'a str,
    /// What awaiting that gives, where a line says it.
    pub(crate) output: Option<&'a str>,
}

/// Reads a signature.
#[must_use]
pub(crate) fn signature(text: &str) -> Option<Signature<'_>> {
    let (is_async, text) = text.strip_prefix("async ").map_or((false, text), |text| (true, text));
    let text = text.strip_prefix("fn")?;
    let (generics, text) = text.split_once('(')?;
    let close = closing(text)?;
    let (inside, after) = (text.get(..close)?, text.get(close + 1..)?);
    let gives = after.trim_start().strip_prefix("->")?.trim_start();
    let (gives, bounds) = gives.find(" where ").map_or((gives, ""), |at| gives.split_at(at));
    let (gives, output) = match gives.split_once(" = ") {
        Some((gives, output)) => (gives, Some(output)),
        None => (gives, None),
    };
    let mut parts = top_level(inside);
    let receiver = parts.first().copied().filter(|first| first.ends_with("self"));
    if receiver.is_some() {
        parts.remove(0);
    }
    let arguments = parts.into_iter().filter_map(|part| part.split_once(": ")).collect();
    let generics = if generics == " new" { "" } else { generics };
    Some(Signature { is_async, generics, receiver, arguments, gives, bounds, output })
}

/// Where the bracket closes that stands before the text.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.char_indices().find_map(|(at, character)| match character {
        '(' => {
            depth += 1;
            None
        }
        ')' if depth == 0 => Some(at),
        ')' => {
            depth -= 1;
            None
        }
        _ => None,
    })
}

/// The parts between commas that stand in no bracket.
fn top_level(text: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_i32, 0);
    for (at, character) in text.char_indices() {
        match character {
            // The head of an arrow closes nothing.
            '>' if text.get(..at).is_some_and(|before| before.ends_with('-')) => {}
            '(' | '<' | '[' => depth += 1,
            ')' | '>' | ']' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(text.get(start..at).unwrap_or_default().trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    let last = text.get(start..).unwrap_or_default().trim();
    if !last.is_empty() {
        parts.push(last);
    }
    parts
}

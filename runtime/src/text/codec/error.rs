//! What goes wrong in the codec, and what tolerant decoding passes over.
//!
//! Errors name the place and the kinds that were expected and found, never a text: answers hold secrets. A number that does not
//! fit its type is named, because nothing else tells why.

use std::fmt;

use super::locate::push_key;

/// The kinds of JSON values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl Kind {
    /// With its article, as it stands in messages.
    pub(crate) fn phrase(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.phrase())
    }
}

/// What is wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// It is no JSON, for example `a comma or the end of the object`.
    Syntax(&'static str),
    /// There is nothing.
    Empty,
    /// Containers nest too deep.
    Depth,
    /// Values that are large nest too deep.
    Size,
    /// It is not UTF-8.
    Utf8,
    /// Its values take more memory than this.
    Memory(usize),
    /// A value of another kind.
    Kind { expected: &'static str, found: Kind },
    /// A value of the right kind that does not fit, for example a text that is no UUID.
    Value { expected: &'static str, found: Kind },
    /// An array that has another number of items.
    Count { expected: usize, found: usize },
    /// A number that does not fit, for example one beyond `i32`.
    Number { expected: &'static str, range: Option<(i128, i128)>, found: String },
    /// A required member is not there.
    Missing(String),
    /// A redirect that does not say where it leads.
    Location,
}

/// Why a JSON text could not be read as the wanted type.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    problem: Problem,
    offset: usize,
    path: String,
}

impl DecodeError {
    #[cold]
    pub(crate) fn new(problem: Problem, offset: usize) -> Self {
        Self(Box::new(Inner { problem, offset, path: String::from("$") }))
    }

    /// Sets the path of the value at the offset; a missing member is named by the path that it would have.
    pub(crate) fn locate(mut self, mut path: String) -> Self {
        if let Problem::Missing(name) = &self.0.problem {
            push_key(&mut path, name);
        }
        self.0.path = path;
        self
    }

    /// The same fault of a text that stood at a JSON pointer of another.
    pub(crate) fn below(mut self, pointer: &str) -> Self {
        self.0.path = below(pointer, &self.0.path);
        self
    }

    /// Whether the text itself is at fault, so that nothing behind it can be trusted either.
    pub(crate) fn is_fatal(&self) -> bool {
        self.is_syntax() || self.is_too_large()
    }

    /// Where it went wrong, for example `$.items[3].id`.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The byte of the text at which it went wrong.
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// What was expected, for example `a string`.
    pub fn expected(&self) -> String {
        match &self.0.problem {
            Problem::Syntax(expected)
            | Problem::Kind { expected, .. }
            | Problem::Value { expected, .. }
            | Problem::Number { expected, .. } => (*expected).to_owned(),
            Problem::Empty => String::from("JSON"),
            Problem::Depth => format!("at most {} nested containers", super::DEPTH_LIMIT),
            Problem::Size => String::from("large values that nest less deeply"),
            Problem::Utf8 => String::from("UTF-8 text"),
            Problem::Memory(limit) => format!("values that take at most {limit} bytes of memory"),
            Problem::Count { expected, .. } => items(*expected),
            Problem::Missing(name) => format!("the required member `{name}`"),
            Problem::Location => String::from("the URL of an HTTP server in the header `location`"),
        }
    }

    /// The kind of the value that was found instead; `None` where there is none.
    pub fn found(&self) -> Option<Kind> {
        match self.0.problem {
            Problem::Kind { found, .. } | Problem::Value { found, .. } => Some(found),
            Problem::Count { .. } => Some(Kind::Array),
            Problem::Number { .. } => Some(Kind::Number),
            _ => None,
        }
    }

    /// Whether the text is no JSON at all (or nests too deep), rather than JSON of another shape.
    pub fn is_syntax(&self) -> bool {
        matches!(self.0.problem, Problem::Syntax(_) | Problem::Empty | Problem::Depth | Problem::Utf8)
    }

    /// Whether the values take more memory than the limit allows: see [`Decoder::max_decoded_bytes`](super::Decoder::max_decoded_bytes).
    pub fn is_too_large(&self) -> bool {
        matches!(self.0.problem, Problem::Memory(_))
    }
}

fn items(count: usize) -> String {
    format!("an array of {count} item{}", if count == 1 { "" } else { "s" })
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { problem, offset, path } = &*self.0;
        match problem {
            Problem::Syntax(expected) => write!(f, "invalid JSON at byte {offset} ({path}): expected {expected}"),
            Problem::Empty => write!(f, "there is no JSON: the text is empty"),
            Problem::Depth => write!(f, "{path}: more than {} nested containers", super::DEPTH_LIMIT),
            Problem::Size => write!(f, "{path}: large values nest too deeply"),
            Problem::Utf8 => write!(f, "the text is not UTF-8 at byte {offset}"),
            Problem::Memory(limit) => write!(
                f,
                "{path}: the decoded values take more than {limit} bytes of memory; `max_decoded_bytes` sets the limit"
            ),
            Problem::Kind { expected, found } => write!(f, "{path}: expected {expected}, found {found}"),
            Problem::Value { expected, found } => write!(f, "{path}: expected {expected}, found {found} that is none"),
            Problem::Count { expected, found } => {
                write!(f, "{path}: expected {}, found {}", items(*expected), items(*found))
            }
            Problem::Number { expected, range: Some((low, high)), found } => {
                write!(f, "{path}: expected {expected} ({low} to {high}), found {found}")
            }
            Problem::Number { expected, range: None, found } => write!(f, "{path}: expected {expected}, found {found}"),
            Problem::Missing(_) => write!(f, "{path}: a required member is missing"),
            Problem::Location => write!(f, "the redirect has no header `location` with the URL of an HTTP server"),
        }
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DecodeError({self})")
    }
}

impl std::error::Error for DecodeError {}

/// Something that tolerant decoding passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Drift {
    /// Where, for example `$.items[3].price`.
    pub path: String,
    /// What was expected and what was found; no values.
    pub message: String,
}

impl Drift {
    /// The same event of a text that stood at a JSON pointer of another.
    pub(crate) fn below(self, pointer: &str) -> Self {
        Self { path: below(pointer, &self.path), ..self }
    }
}

/// A path that begins where the whole text does. Which segments are indices of lists is told by their digits.
fn below(pointer: &str, path: &str) -> String {
    let segments = pointer.split('/').skip(1);
    let mut whole = segments.fold(String::from("$"), |mut whole, segment| {
        match segment.parse::<usize>() {
            Ok(index) => whole.push_str(&format!("[{index}]")),
            Err(_) => push_key(&mut whole, &segment.replace("~1", "/").replace("~0", "~")),
        }
        whole
    });
    whole.push_str(path.strip_prefix('$').unwrap_or(path));
    whole
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

impl DecodeError {
    /// As an event of tolerant decoding.
    pub(crate) fn drift_message(&self) -> String {
        match (&self.0.problem, self.found()) {
            (Problem::Count { found, .. }, _) => format!("expected {}, found {}", self.expected(), items(*found)),
            (Problem::Missing(_), _) | (_, None) => format!("{} is missing", self.expected()),
            (_, Some(found)) => format!("expected {}, found {found}", self.expected()),
        }
    }
}

/// Why a value could not be written as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodeError {
    path: String,
    message: String,
}

impl EncodeError {
    pub(crate) fn new(path: String, message: String) -> Self {
        Self { path, message }
    }

    /// The member, for example `items[3].price`; empty for the value itself.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong with it, for example `must be a finite number.`
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => f.write_str(&self.message),
            path => write!(f, "{path} {}", self.message),
        }
    }
}

impl std::error::Error for EncodeError {}

#[cfg(test)]
mod tests {
    use super::below;

    #[test]
    fn paths_begin_where_the_whole_text_does() {
        let check = |pointer, path, expected| assert_eq!(below(pointer, path), expected, "{pointer}");
        check("", "$[1].id", "$[1].id");
        check("/data/items", "$[1].id", "$.data.items[1].id");
        check("/a~1b/0", "$", "$[\"a/b\"][0]");
    }
}

//! From a byte offset to a JSON path.
//!
//! Errors carry the offset, and the path is found by walking the text once more: reading pays nothing for paths, and
//! several places are found in one walk.

use std::fmt::Write;

use crate::text::mask::shown;

/// Finds paths in one text, at offsets that never fall.
pub(crate) struct Locator<'a> {
    text: &'a str,
    at: usize,
    frames: Vec<Frame<'a>>,
}

/// A container that is open.
enum Frame<'a> {
    /// With the key whose value is being read, as it stands in the text.
    Object(Option<&'a str>),
    /// With the index of the item that is being read.
    Array(usize),
}

/// The path of the value that stands at `offset`.
pub(crate) fn locate(text: &str, offset: usize) -> String {
    Locator::new(text).path(offset)
}

/// Keys are cut to this many characters in paths.
const KEY_LIMIT: usize = 60;

impl<'a> Locator<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0, frames: Vec::new() }
    }

    /// The path of the value that stands at `offset`, for example `$.items[3].id`.
    pub(crate) fn path(&mut self, offset: usize) -> String {
        while self.at < offset && self.step() {}
        let mut path = String::from("$");
        for frame in &self.frames {
            match frame {
                Frame::Object(None) => {}
                Frame::Object(Some(key)) => push_key(&mut path, key),
                Frame::Array(index) => path.push_str(&format!("[{index}]")),
            }
        }
        path
    }

    /// Takes one token; whatever is no structure is passed over, for the text may be faulty.
    fn step(&mut self) -> bool {
        let Some(byte) = self.text.as_bytes().get(self.at) else { return false };
        match byte {
            b'{' => self.frames.push(Frame::Object(None)),
            b'[' => self.frames.push(Frame::Array(0)),
            b'}' | b']' => drop(self.frames.pop()),
            b',' => match self.frames.last_mut() {
                Some(Frame::Object(key)) => *key = None,
                Some(Frame::Array(index)) => *index += 1,
                None => {}
            },
            b'"' => return self.string(),
            _ => {}
        }
        self.at += 1;
        true
    }

    fn string(&mut self) -> bool {
        let start = self.at + 1;
        let mut end = start;
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(end) {
            match byte {
                b'"' => break,
                b'\\' => end += 2,
                _ => end += 1,
            }
        }
        if let Some(Frame::Object(key @ None)) = self.frames.last_mut() {
            *key = self.text.get(start..end);
        }
        self.at = end + 1;
        true
    }
}

/// `.name`, or `["odd name"]`.
pub(super) fn push_key(path: &mut String, key: &str) {
    let plain =
        !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'$'));
    let short = match key.char_indices().nth(KEY_LIMIT) {
        Some((end, _)) => format!("{}…", key.get(..end).unwrap_or(key)),
        None => key.to_owned(),
    };
    // Keys are the server's, and paths are printed.
    let short: String = short.chars().map(shown).collect();
    // Writing to a string cannot fail.
    let _ = if plain { write!(path, ".{short}") } else { write!(path, "[\"{short}\"]") };
}

#[cfg(test)]
mod tests {
    use super::locate;

    fn check(text: &str, needle: &str, expected: &str) {
        assert_eq!(locate(text, text.find(needle).unwrap()), expected, "{text}");
    }

    #[test]
    fn paths() {
        check("1", "1", "$");
        check(r#"{"a": 7}"#, "7", "$.a");
        check(r#"{"a": [1, {"b": [2, 7]}]}"#, "7", "$.a[1].b[1]");
        check(r#"{"x": {"y": [1]}, "z": {}}"#, "{}", "$.z");
        check(r#"{"odd name": 7}"#, "7", r#"$["odd name"]"#);
        check(r#"{"a\"b": "}]", "": 7}"#, "7", r#"$[""]"#);
        check("[[], 7", "7", "$[1]");
        check("{\"a\u{202e}b\u{200b}\": 7}", "7", "$[\"a\u{fffd}b\u{fffd}\"]");
    }

    #[test]
    fn long_keys_are_cut() {
        let text = format!("{{\"{}\": 7}}", "k".repeat(100));
        assert_eq!(locate(&text, text.len() - 2), format!("$.{}…", "k".repeat(60)));
    }
}

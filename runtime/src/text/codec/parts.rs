//! The parts of a JSON container whose text is known to be valid, one at a time.
//!
//! A list of them would take many times the text's memory.

use std::borrow::Cow;

use super::Scanner;

/// A member of an object or an item of an array.
pub(crate) struct Part<'t> {
    /// Empty for an item.
    pub(crate) name: Cow<'t, str>,
    /// Where the value begins in the container's text.
    pub(crate) start: usize,
    pub(crate) text: &'t str,
}

/// The parts of a container, in the text's order.
pub(crate) struct Parts<'t> {
    scan: Scanner<'t>,
    close: u8,
    more: bool,
}

impl<'t> Parts<'t> {
    /// Returns the members of an object, or none if the value is not an object.
    pub(crate) fn members(text: &'t str) -> Self {
        Self::new(text, b'{', b'}')
    }

    /// The items of an array; of another value, none.
    pub(crate) fn items(text: &'t str) -> Self {
        Self::new(text, b'[', b']')
    }

    fn new(text: &'t str, open: u8, close: u8) -> Self {
        let mut scan = Scanner::new(text);
        let more = scan.eat(open) && !scan.eat(close);
        Self { scan, close, more }
    }
}

/// The text is valid, so a fault cannot come up.
impl<'t> Iterator for Parts<'t> {
    type Item = Part<'t>;

    fn next(&mut self) -> Option<Self::Item> {
        // Over until the next part was read.
        if !std::mem::take(&mut self.more) {
            return None;
        }
        let name = if self.close == b'}' { self.scan.key().ok()? } else { Cow::Borrowed("") };
        self.scan.peek();
        let start = self.scan.offset();
        let text = self.scan.skip().ok()?;
        self.more = self.scan.more(self.close).unwrap_or(false);
        Some(Part { name, start, text })
    }
}

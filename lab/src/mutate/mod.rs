//! The mutator: documents that are broken on purpose, each by a seed. The same seed gives the same document on every
//! machine.
//!
//! Owns the dice and the hostile texts. [`value`] changes the values of a document, so that what comes out is sound JSON;
//! [`text`] changes its lines and bytes, so that the readers are tried as well. What a broken document must give is for
//! others to judge.

pub mod text;
pub mod value;

/// A small generator of numbers (xorshift64*); good enough to choose mutations, and without a dependency.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice that always fall the same way for this seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `bound`, or 0 for a bound of 0.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let roll = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(roll).unwrap_or(0).checked_rem(bound).unwrap_or(0)
    }

    /// One of [`HOSTILE`].
    pub fn hostile(&mut self) -> String {
        HOSTILE.get(self.below(HOSTILE.len())).copied().unwrap_or_default().to_owned()
    }
}

/// Texts that break out of whatever is not escaped.
pub const HOSTILE: &[&str] = &[
    "",
    " ",
    "*/ pub fn owned() {} /*",
    "#![feature(rustc_attrs)]",
    "```rust\npanic!()\n```",
    "\"] #[cfg(all())] mod m {",
    "\\\"\\u{0}\\n",
    "../../../../etc/passwd",
    "/absolute",
    "C:\\windows",
    "self",
    "r#type",
    "crate::super::Self",
    "\u{202e}\u{2066}bidi",
    "\u{0}",
    "\u{1F600}",
    "ß\u{301}\u{fb03}",
    "{}{{}}{0}%s$1",
    "<script>alert(1)</script>",
    "[link](javascript:void)",
    "99999999999999999999999999999999",
    "-0.0e-400",
    "null",
    "~",
    "0x",
    "#/components/schemas/Missing",
    "#",
    "*",
    "&a",
    "<<",
    "? ",
    "aux",
    "Option",
    "extra",
    "decimal",
    "rustls",
    "default",
];

//! [`Uuid`]: an identifier, as its wire text.

use super::text::{InvalidText, text_value};
use crate::text::codec::WellFormed;

/// A UUID. It is its text, letter case included: what came over the wire is what is sent back.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Uuid {
    text: Box<str>,
}
text_value!(Uuid);

impl WellFormed for Uuid {
    const EXPECTED: &'static str = "a UUID";

    fn is_well_formed(&self) -> bool {
        Self::parse(&self.text).is_ok()
    }
}

impl Uuid {
    /// Takes a text of the form 8-4-4-4-12; `Uuid::from(text)` takes any.
    pub fn parse(text: &str) -> Result<Self, InvalidText> {
        let value = Self::from(text);
        value.as_u128().map(|_| value)
    }

    /// A UUID by its 128 bits, in lower case.
    pub fn from_u128(bits: u128) -> Self {
        let mut text = format!("{bits:032x}");
        for at in [20, 16, 12, 8] {
            text.insert(at, '-');
        }
        text.into()
    }

    /// The 128 bits.
    pub fn as_u128(&self) -> Result<u128, InvalidText> {
        let groups = self.text.split('-').map(str::len);
        let digits: String = self.text.split('-').collect();
        let sound = groups.eq([8, 4, 4, 4, 12]) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let bits = sound.then(|| u128::from_str_radix(&digits, 16).ok()).flatten();
        bits.ok_or(InvalidText::new("a UUID"))
    }
}

#[cfg(test)]
mod tests {
    use super::Uuid;

    #[test]
    fn meaning() {
        let text = "0F8FAD5B-d9cb-469f-a165-70867728950e";
        let value = Uuid::parse(text).unwrap();
        assert_eq!(value.as_str(), text);
        assert_eq!(Uuid::from_u128(value.as_u128().unwrap()).as_str(), text.to_lowercase());
        for wrong in ["", "0f8fad5bd9cb469fa16570867728950e", "0f8fad5b-d9cb-469f-a165-70867728950g"] {
            assert!(Uuid::parse(wrong).is_err(), "{wrong}");
        }
    }
}

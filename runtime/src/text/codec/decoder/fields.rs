//! Fields of an object: required, optional and nullable ones, with defaults and with the formats of texts.
//!
//! Does not own which names an object has: `Decoder::object` finds them.

use super::Decoder;
use crate::text::codec::Decode;
use crate::text::codec::error::{DecodeError, Problem};
use crate::text::values::{Field, Json};

/// A value that preserves any text and knows whether the text is valid for its format.
pub trait WellFormed {
    /// The expected format, for errors, for example `an RFC 3339 date-time`.
    const EXPECTED: &'static str;

    /// Whether the text keeps to the format.
    fn is_well_formed(&self) -> bool;
}

/// Absent values are well formed.
impl<T: WellFormed> WellFormed for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn is_well_formed(&self) -> bool {
        self.as_ref().is_none_or(T::is_well_formed)
    }
}

/// Reads a value and holds it to its format.
struct Checked<T>(T);

impl<T: Decode + WellFormed> Decode for Checked<T> {
    fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        d.scan.peek();
        let start = d.place().offset;
        let value = T::decode(d)?;
        if value.is_well_formed() { Ok(Self(value)) } else { Err(d.unfit(start, T::EXPECTED)) }
    }
}

impl Decoder<'_> {
    /// Reads a required member. `null` goes to `T`.
    pub fn required<T: Decode>(&mut self, slot: &mut Option<T>) -> Result<(), DecodeError> {
        *slot = Some(T::decode(self)?);
        Ok(())
    }

    /// Reads an optional member that is never null by the document. `null` reads as absent, and is kept with the other
    /// members, so that it is sent back unless the field is set.
    pub fn optional<T: Decode>(&mut self, slot: &mut Option<T>) -> Result<(), DecodeError> {
        *slot = if self.null()? {
            self.spilled = Some(Json::null());
            None
        } else {
            self.fitting()?
        };
        Ok(())
    }

    /// Reads an optional member that may be null.
    pub fn field<T: Decode>(&mut self, slot: &mut Field<T>) -> Result<(), DecodeError> {
        *slot = if self.null()? { Field::Null } else { self.fitting()?.map_or(Field::Absent, Field::Value) };
        Ok(())
    }

    /// [`Decoder::required`], where a text that breaks its format is no value.
    pub fn required_well_formed<T: Decode + WellFormed>(&mut self, slot: &mut Option<T>) -> Result<(), DecodeError> {
        let mut checked = None;
        self.required::<Checked<T>>(&mut checked)?;
        *slot = checked.map(|Checked(value)| value);
        Ok(())
    }

    /// [`Decoder::optional`], where a text that breaks its format is no value.
    pub fn optional_well_formed<T: Decode + WellFormed>(&mut self, slot: &mut Option<T>) -> Result<(), DecodeError> {
        let mut checked = None;
        self.optional::<Checked<T>>(&mut checked)?;
        *slot = checked.map(|Checked(value)| value);
        Ok(())
    }

    /// [`Decoder::field`], where a text that breaks its format is no value.
    pub fn field_well_formed<T: Decode + WellFormed>(&mut self, slot: &mut Field<T>) -> Result<(), DecodeError> {
        let mut checked = Field::Absent;
        self.field::<Checked<T>>(&mut checked)?;
        *slot = checked.map(|Checked(value)| value);
        Ok(())
    }

    /// A value; in tolerant mode one that does not fit is `None` and goes to the other members.
    fn fitting<T: Decode>(&mut self) -> Result<Option<T>, DecodeError> {
        match self.forgiven()? {
            Ok(value) => Ok(Some(value)),
            Err(raw) => {
                self.spilled = Some(raw);
                Ok(None)
            }
        }
    }

    /// The value of a required member of the object that was read last.
    pub fn take<T>(&self, slot: Option<T>, name: &str) -> Result<T, DecodeError> {
        slot.ok_or_else(|| DecodeError::new(Problem::Missing(name.to_owned()), self.object_start))
    }

    /// The error of an object, the one that was read last, that lacks one of these members.
    #[cold]
    pub fn missing(&self, required: &[&str]) -> DecodeError {
        let mut missing = required.to_vec();
        self.each_name_of_last_object(&mut |found| missing.retain(|name| *name != found));
        DecodeError::new(Problem::Missing(missing.first().copied().unwrap_or_default().to_owned()), self.object_start)
    }

    /// Reads the object again, which was readable the first time. Its names are not collected: there may be millions.
    fn each_name_of_last_object(&self, each: &mut dyn FnMut(&str)) {
        let mut scan = self.scan.clone();
        scan.rewind(self.object_start);
        let mut opening = b'{';
        while scan.eat(std::mem::replace(&mut opening, b',')) {
            match scan.key() {
                Ok(name) if scan.skip().is_ok() => each(&name),
                _ => break,
            }
        }
    }

    /// The value of a member, or the document's default (a JSON text) where it is absent.
    pub fn or_default<T: Decode>(&self, slot: Option<T>, default: &'static str) -> Result<T, DecodeError> {
        slot.map_or_else(|| Decoder::new(default).document(), Ok)
    }
}

//! The encoder: what generated `Encode` implementations call.
//!
//! Writes into one string. A fault sticks and shows at the end, so that implementations need no `?`.

use std::any::Any;
use std::borrow::Cow;
use std::fmt::{self, Write};
use std::sync::Arc;

use super::Parts;
use super::error::EncodeError;
use super::locate::locate;
use super::scan::plain_end;
use super::{DEPTH_LIMIT, Encode};
use crate::text::values::{Base64, Field, Json};

/// Writes values as JSON text.
#[derive(Default)]
pub struct Encoder {
    text: String,
    /// The objects that are open.
    objects: Vec<Open>,
    depth: u32,
    /// Whether decimals of the member that is written are strings, unless they say otherwise themselves.
    decimals_as_text: bool,
    fault: Option<(usize, String)>,
    /// Whether a character was escaped, or a text went in that may hold one that is.
    escapes: bool,
    /// Attachments to the JSON, each with a placeholder in it.
    attachments: Vec<Attachment>,
}

/// An object that is open.
struct Open {
    /// Where its members begin.
    start: usize,
    /// Names of the members that its type knows, once somebody asked. Most objects have no other members, and what is
    /// written of them tells their names.
    names: Option<Vec<Cow<'static, str>>>,
}

/// A value that JSON cannot hold, for example a file. The code that attaches it knows its type.
pub(crate) type Attachment = Arc<dyn Any + Send + Sync>;

/// The placeholder of an attachment. Only fields that the facts declare as files are searched for it.
pub(crate) const MARK: &str = "\u{0}file:";

/// Writes members that an object's type does not name.
pub trait EncodeRest {
    /// Writes each with [`Encoder::other_member`].
    fn encode_rest(&self, e: &mut Encoder);
}

impl Encoder {
    /// Nothing written yet.
    pub fn new() -> Self {
        Self { text: String::with_capacity(USUAL), ..Self::default() }
    }

    /// For one value that is likely to be a scalar.
    pub(crate) fn small() -> Self {
        Self::default()
    }

    /// Whether a string may not stand for itself.
    pub(crate) fn has_escapes(&self) -> bool {
        self.escapes
    }

    /// Writes a placeholder and keeps the attachment.
    pub(crate) fn attach(&mut self, attachment: Attachment) {
        self.string(&format!("{MARK}{}", self.attachments.len()));
        self.attachments.push(attachment);
    }

    /// What was attached so far.
    pub(crate) fn take_attachments(&mut self) -> Vec<Attachment> {
        std::mem::take(&mut self.attachments)
    }

    /// The text, or the first fault.
    pub fn finish(self) -> Result<String, EncodeError> {
        match self.finish_anyway() {
            (text, None) => Ok(text),
            (_, Some(error)) => Err(error),
        }
    }

    /// The text, in which `null` stands for what could not be written, and the first fault.
    pub(crate) fn finish_anyway(self) -> (String, Option<EncodeError>) {
        let error = self.fault.map(|(offset, message)| {
            let path = locate(&self.text, offset);
            let path = path.strip_prefix("$.").or_else(|| path.strip_prefix('$')).unwrap_or(&path);
            EncodeError::new(path.to_owned(), message)
        });
        (self.text, error)
    }

    /// Records a fault of the value that is written next (`null` stands in for it). It follows the member's name, for
    /// example `must be a finite number.` The first one counts.
    pub fn fault(&mut self, message: &str) {
        if self.fault.is_none() {
            self.fault = Some((self.text.len(), message.to_owned()));
        }
        self.null();
    }

    /// Opens an object.
    pub fn begin_object(&mut self) {
        self.open('{');
        self.objects.push(Open { start: self.text.len(), names: None });
    }

    /// Closes the object.
    pub fn end_object(&mut self) {
        self.objects.pop();
        self.close('}');
    }

    /// Opens an array.
    pub fn begin_array(&mut self) {
        self.open('[');
    }

    /// Closes the array.
    pub fn end_array(&mut self) {
        self.close(']');
    }

    fn open(&mut self, bracket: char) {
        self.depth += 1;
        if self.depth > DEPTH_LIMIT && self.fault.is_none() {
            self.fault = Some((self.text.len(), format!("must not nest more than {DEPTH_LIMIT} containers.")));
        }
        self.text.push(bracket);
    }

    fn close(&mut self, bracket: char) {
        self.depth = self.depth.saturating_sub(1);
        self.text.push(bracket);
    }

    /// A comma, unless a bracket has just been opened: no value ends with one.
    pub(crate) fn separate(&mut self) {
        if !self.is_first() {
            self.text.push(',');
        }
    }

    /// Whether a bracket has just been opened.
    #[inline]
    fn is_first(&self) -> bool {
        matches!(self.text.as_bytes().last(), Some(b'{' | b'['))
    }

    /// Writes a member.
    pub fn member<T: Encode + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.key(name);
        value.encode(self);
        self.decimals_as_text = false;
    }

    /// Decimals of the member that is written next are strings, because the document says that it is one.
    pub fn as_text(&mut self) -> &mut Self {
        self.decimals_as_text = true;
        self
    }

    /// Whether a decimal that does not say how it travels is a string.
    pub(crate) fn decimals_are_text(&self) -> bool {
        self.decimals_as_text
    }

    /// Writes a member unless it is absent.
    pub fn optional<T: Encode>(&mut self, name: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.given(name, value);
        }
        self.decimals_as_text = false;
    }

    /// Writes a member unless it is absent; it may be null.
    pub fn field<T: Encode>(&mut self, name: &'static str, value: &Field<T>) {
        match value {
            Field::Absent => {}
            Field::Null => {
                self.key(name);
                self.null();
            }
            Field::Value(value) => self.given(name, value),
        }
        self.decimals_as_text = false;
    }

    /// Writes a member that need not be there: the words of a fault of its own say so.
    fn given<T: Encode>(&mut self, name: &'static str, value: &T) {
        self.key(name);
        let (start, sound) = (self.text.len(), self.fault.is_none());
        value.encode(self);
        if sound
            && let Some((at, message)) = &mut self.fault
            && *at == start
            && message == NOT_FINITE
        {
            *message = String::from("must be a finite number when provided.");
        }
    }

    fn key(&mut self, name: &'static str) {
        if let Some(Open { names: Some(names), .. }) = self.objects.last_mut() {
            names.push(Cow::Borrowed(name));
        }
        self.other_key(name);
    }

    /// Writes the members that the type does not name.
    pub fn extra<R: EncodeRest>(&mut self, extra: &R) {
        extra.encode_rest(self);
    }

    /// Writes a member that the type does not name; where one of that name is written already, that one stays.
    pub fn other_member<T: Encode + ?Sized>(&mut self, name: &str, value: &T) {
        if self.has_member(name) {
            return;
        }
        self.other_key(name);
        value.encode(self);
    }

    /// Whether a member of this name, which the type knows, is written in the object that is open.
    fn has_member(&mut self, name: &str) -> bool {
        let Some(open) = self.objects.last_mut() else { return false };
        let written = self.text.get(open.start..).unwrap_or_default();
        let names = open.names.get_or_insert_with(|| names(written));
        names.iter().any(|known| known == name)
    }

    /// Writes the name of a member whose value comes next.
    pub(crate) fn other_key(&mut self, name: &str) {
        self.text.push_str(if self.is_first() { "\"" } else { ",\"" });
        self.plain(name);
        self.text.push_str("\":");
    }

    /// An error beyond the depth limit, for writers that can go down without end.
    #[cfg(feature = "serde")]
    pub(crate) fn check_depth(&self) -> Result<(), EncodeError> {
        let message = || EncodeError::new(String::new(), format!("must not nest more than {DEPTH_LIMIT} containers."));
        if self.depth > DEPTH_LIMIT { Err(message()) } else { Ok(()) }
    }

    /// Takes back the comma of an item that did not come.
    #[cfg(feature = "serde")]
    pub(crate) fn unseparate(&mut self) {
        if self.text.ends_with(',') {
            self.text.pop();
        }
    }

    /// Writes an item of an array.
    pub fn item<T: Encode + ?Sized>(&mut self, value: &T) {
        self.separate();
        value.encode(self);
    }

    /// Writes `null`.
    pub fn null(&mut self) {
        self.text.push_str("null");
    }

    /// Writes a boolean.
    pub fn boolean(&mut self, value: bool) {
        self.text.push_str(if value { "true" } else { "false" });
    }

    /// Writes a value that formats as JSON by itself: integers, texts of numbers.
    pub(crate) fn display(&mut self, value: impl std::fmt::Display) {
        // Writing to a string cannot fail.
        let _ = write!(self.text, "{value}");
    }

    /// Writes a JSON text as it stands.
    pub(crate) fn raw(&mut self, json: &str) {
        self.escapes |= json.contains('\\');
        self.text.push_str(json);
    }

    /// Writes an integer.
    pub(crate) fn integer(&mut self, value: i64) {
        if value < 0 {
            self.text.push('-');
        }
        self.unsigned(value.unsigned_abs());
    }

    /// Writes an integer.
    pub(crate) fn unsigned(&mut self, value: u64) {
        let mut digits = [0; 20];
        let mut rest = value;
        let mut at = digits.len();
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + (rest % 10) as u8;
            rest /= 10;
            at -= 1;
            if rest == 0 {
                break;
            }
        }
        let digits = digits.get(at..).and_then(|digits| std::str::from_utf8(digits).ok());
        self.text.push_str(digits.unwrap_or_default());
    }

    /// Writes a number; one that is not finite is a fault.
    pub fn number(&mut self, value: f64) {
        let size = value.abs();
        if let Some(places) = ten_thousandths(value) {
            self.places(places);
        } else if !value.is_finite() {
            self.fault(NOT_FINITE);
        } else if value == 0.0 || (1e-5..1e17).contains(&size) {
            self.display(value);
        } else {
            self.display(format_args!("{value:e}"));
        }
    }

    /// Writes a number of ten thousandths, without zeros at its end.
    fn places(&mut self, value: i64) {
        let magnitude = value.unsigned_abs();
        if value < 0 {
            self.text.push('-');
        }
        self.unsigned(magnitude / PLACES);
        let mut rest = magnitude % PLACES;
        if rest == 0 {
            return;
        }
        self.text.push('.');
        let mut place = PLACES / 10;
        while rest > 0 {
            self.text.push(char::from(b'0' + (rest / place) as u8));
            rest %= place;
            place /= 10;
        }
    }

    /// Writes a body of bytes that a response has in place of a model: JSON as it is, other text as a string, anything else
    /// as base64.
    pub fn body(&mut self, bytes: &[u8]) {
        match std::str::from_utf8(bytes) {
            Ok(text) => match Json::parse(text) {
                Ok(json) => json.encode(self),
                Err(_) => self.string(text),
            },
            Err(_) => Base64::encode(bytes).encode(self),
        }
    }

    /// Writes a string.
    pub fn string(&mut self, value: &str) {
        self.text.push('"');
        self.plain(value);
        self.text.push('"');
    }

    /// Writes the content of a string. Most texts have nothing to escape and go in at once.
    #[inline]
    fn plain(&mut self, value: &str) {
        let end = plain_end(value.as_bytes(), 0);
        if end == value.len() {
            self.text.push_str(value);
        } else {
            self.escaped(value, end);
        }
    }

    fn escaped(&mut self, value: &str, mut end: usize) {
        self.escapes = true;
        let bytes = value.as_bytes();
        let mut start = 0;
        while let Some(byte) = bytes.get(end) {
            self.text.push_str(value.get(start..end).unwrap_or_default());
            self.escape(*byte);
            start = end + 1;
            end = plain_end(bytes, start);
        }
        self.text.push_str(value.get(start..).unwrap_or_default());
    }

    fn escape(&mut self, byte: u8) {
        match byte {
            b'"' => self.text.push_str("\\\""),
            b'\\' => self.text.push_str("\\\\"),
            b'\n' => self.text.push_str("\\n"),
            b'\r' => self.text.push_str("\\r"),
            b'\t' => self.text.push_str("\\t"),
            other => self.display(format_args!("\\u{other:04x}")),
        }
    }
}

/// Names of the fields written so far.
#[cold]
fn names(written: &str) -> Vec<Cow<'static, str>> {
    let text = format!("{{{written}}}");
    Parts::members(&text).map(|part| Cow::Owned(part.name.into_owned())).collect()
}

/// A number as ten thousandths, if that many places are all it has and it has no more than 15 digits. Of decimals that short
/// no two are the same double, so these digits are the shortest that read as the number again, which is what the standard
/// library would find with more work. Negative zero is none.
#[inline]
fn ten_thousandths(value: f64) -> Option<i64> {
    let scaled = value * PLACES as f64;
    if scaled.is_nan() || scaled.abs() >= 1e15 || (value == 0.0 && value.is_sign_negative()) {
        return None;
    }
    let places = (scaled + 0.5_f64.copysign(scaled)) as i64;
    (places as f64 / PLACES as f64 == value).then_some(places)
}

const PLACES: u64 = 10_000;

/// Room for a small body, so that it is not moved a dozen times while it is written.
const USUAL: usize = 256;

/// Without the text: it may hold secrets.
impl fmt::Debug for Encoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encoder").field("bytes", &self.text.len()).field("fault", &self.fault).finish_non_exhaustive()
    }
}

/// Words of the one fault that plain values can have.
const NOT_FINITE: &str = "must be a finite number.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::codec::to_json;

    #[test]
    fn values() {
        let check = |value: &dyn Encode, expected: &str| assert_eq!(to_json(value).unwrap(), expected);
        check(&110.0, "110");
        check(&19.99, "19.99");
        check(&-0.5, "-0.5");
        check(&0.0001, "0.0001");
        check(&0.00012, "0.00012");
        check(&100_000.000_1, "100000.0001");
        check(&99_999_999_999.999_9, "99999999999.9999");
        check(&999_999_999_999_999.0, "999999999999999");
        check(&1e16, "10000000000000000");
        check(&-0.0, "-0");
        check(&0.1, "0.1");
        check(&1.5e300, "1.5e300");
        check(&1e-7, "1e-7");
        check(&0.1_f32, "0.1");
        check(&u64::MAX, "18446744073709551615");
        check(&i64::MIN, "-9223372036854775808");
        check(&"a\"\\/\n\u{1}é😀", r#""a\"\\/\n\u0001é😀""#);
        check(&vec![Some(1), None], "[1,null]");
        check(&Vec::<Vec<i64>>::from([vec![], vec![1, 2]]), "[[],[1,2]]");
        check(&Field::<i64>::Absent, "null");
    }

    #[test]
    fn bodies() {
        let check = |body: &[u8], expected: &str| {
            let mut e = Encoder::new();
            e.body(body);
            assert_eq!(e.finish().unwrap(), expected);
        };
        check(b"{\"a\": 1}\n", r#"{"a": 1}"#);
        check(b"a,b\n", r#""a,b\n""#);
        check(b"", r#""""#);
        check(&[0xff, 0x00], r#""/wA=""#);
    }

    /// The short way writes what the standard library writes.
    #[test]
    fn numbers_are_the_shortest_that_read_back() {
        let check = |value: f64| {
            if value == 0.0 || (1e-5..1e17).contains(&value.abs()) {
                assert_eq!(to_json(&value).unwrap(), value.to_string());
            }
        };
        let mut seed = 7_u64;
        for _ in 0..20_000 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let whole = (seed >> 11) as i64 - (1 << 52);
            check(f64::from_bits(seed));
            for (bits, divisor) in
                [(0, 1.0), (10, 100.0), (20, 10_000.0), (24, 10_000.0), (30, 1_000.0), (40, 100_000.0)]
            {
                check((whole >> bits) as f64 / divisor);
            }
        }
    }

    #[test]
    fn other_members_never_repeat_a_known_one() {
        let mut e = Encoder::new();
        e.begin_object();
        e.member("a\"", &1);
        e.member("inner", &Price { amount: 1.0, before: None });
        e.other_member("a\"", &2);
        e.other_member("amount", &3);
        e.member("late", &4);
        e.other_member("late", &5);
        e.end_object();
        assert_eq!(e.finish().unwrap(), r#"{"a\"":1,"inner":{"amount":1},"amount":3,"late":4}"#);
    }

    struct Price {
        amount: f64,
        before: Option<f64>,
    }

    impl Encode for Price {
        fn encode(&self, e: &mut Encoder) {
            e.begin_object();
            e.member("amount", &self.amount);
            e.optional("before", &self.before);
            e.end_object();
        }
    }

    #[test]
    fn the_first_fault_sticks() {
        let check = |amount: f64, before: Option<f64>, expected: &str| {
            let fault = to_json(&vec![Price { amount: 1.0, before: None }, Price { amount, before }]).unwrap_err();
            assert_eq!(fault.to_string(), expected);
        };
        check(f64::NAN, Some(f64::INFINITY), "[1].amount must be a finite number.");
        check(1.0, Some(f64::INFINITY), "[1].before must be a finite number when provided.");
        let alone = to_json(&Price { amount: f64::NEG_INFINITY, before: None }).unwrap_err();
        assert_eq!(alone.to_string(), "amount must be a finite number.");
        assert_eq!(to_json(&f64::NAN).unwrap_err().to_string(), "must be a finite number.");
    }
}

//! The decoder: what generated `Decode` implementations call.
//!
//! Concrete and not generic over a format; callbacks are `dyn`, so that a model costs the compiler one straight-line
//! function. It also owns tolerance: what may be passed over, and the record of it.

mod fields;

use std::borrow::Cow;
use std::fmt;

pub use self::fields::WellFormed;

use super::error::{DecodeError, Drift, Kind, Problem};
use super::locate::{Locator, locate};
use super::memory::{self, allocation};
use super::number::Number;
use super::{Decode, NESTED_BYTES, Scanner};
use crate::text::values::{Extra, Json};

/// So many events are kept of one document; the others are only counted.
const DRIFT_LIMIT: usize = 1_000;

/// Reads values from JSON text.
pub struct Decoder<'a> {
    pub(super) scan: Scanner<'a>,
    tolerant: bool,
    /// Where the object that was read last begins: [`Decoder::take`] speaks of it.
    object_start: usize,
    /// Raw value of an optional member that did not fit, or `null` of one that has no room for it, on its way to the
    /// object's other members.
    spilled: Option<Json>,
    /// Places and messages; the paths are found when somebody asks.
    drift: Vec<(usize, String)>,
    drift_dropped: usize,
    /// Bytes of the values that are being read around this one.
    nested: usize,
    /// Memory that the values of this document may still take, and may take in all.
    memory_left: usize,
    memory_limit: usize,
}

/// A place in the text, to which tolerant decoding returns from a value that does not fit.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) offset: usize,
    depth: u32,
    memory_left: usize,
}

/// Takes the members that an object's type does not name.
pub trait Rest {
    /// Reads the value of the member `name`, which the decoder stands before.
    fn read(&mut self, name: Cow<'_, str>, d: &mut Decoder<'_>) -> Result<(), DecodeError>;

    /// Keeps the raw value of a known member that has no room for it, if it can.
    fn keep(&mut self, name: &str, value: Json);
}

/// Reads one member, by its index in the list of names.
type ReadMember<'f, 'a> = &'f mut dyn FnMut(usize, &mut Decoder<'a>) -> Result<(), DecodeError>;

/// Which member follows.
enum Member<'a> {
    Known(usize),
    Other(Cow<'a, str>),
}

impl<'a> Decoder<'a> {
    /// At the beginning of a text. A byte order mark is passed over.
    pub fn new(text: &'a str) -> Self {
        let memory_limit = memory::DECODED_BYTES.max(text.len().saturating_mul(memory::GROWTH));
        Self {
            scan: Scanner::new(text),
            tolerant: false,
            object_start: 0,
            spilled: None,
            drift: Vec::new(),
            drift_dropped: 0,
            nested: 0,
            memory_left: memory_limit,
            memory_limit,
        }
    }

    /// At the beginning of a document, which must be UTF-8.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(text)),
            Err(error) => Err(DecodeError::new(Problem::Utf8, error.valid_up_to())),
        }
    }

    /// In tolerant mode an optional member of another type reads as absent (its raw value is kept with the other members),
    /// an unreadable item or map entry is left out, and each is recorded: see [`Decoder::drift`].
    #[must_use]
    pub fn tolerant(mut self, tolerant: bool) -> Self {
        self.tolerant = tolerant;
        self
    }

    /// Sets the maximum memory that the values of this document may take, counted while they are read and before it is
    /// allocated. Defaults to 256 MiB, or eight times the text where that is more.
    #[must_use]
    pub fn max_decoded_bytes(mut self, bytes: usize) -> Self {
        self.memory_limit = bytes;
        self.memory_left = bytes;
        self
    }

    /// Counts memory that is about to be allocated.
    #[inline]
    pub(crate) fn charge(&mut self, bytes: usize) -> Result<(), DecodeError> {
        match self.memory_left.checked_sub(bytes) {
            Some(left) => {
                self.memory_left = left;
                Ok(())
            }
            None => Err(self.exhausted()),
        }
    }

    #[cold]
    fn exhausted(&self) -> DecodeError {
        DecodeError::new(Problem::Memory(self.memory_limit), self.scan.offset())
    }

    /// Counts what a list is about to grow by, and lets it grow.
    #[inline]
    pub(crate) fn room<T>(&mut self, items: &mut Vec<T>) -> Result<(), DecodeError> {
        if items.len() < items.capacity() {
            return Ok(());
        }
        let more = memory::growth::<T>(items.capacity());
        self.charge(allocation(more.saturating_mul(size_of::<T>())))?;
        items.reserve_exact(more);
        Ok(())
    }

    /// What was counted since a moment, which is over: for what is kept while one looks ahead only.
    pub(super) fn refund(&mut self, since: Place) {
        self.memory_left = since.memory_left;
    }

    /// Memory that was counted so far.
    #[cfg(test)]
    pub(crate) fn counted(&self) -> usize {
        self.memory_limit - self.memory_left
    }

    /// Reads the whole text as one value. Errors tell their path.
    pub fn document<T: Decode>(&mut self) -> Result<T, DecodeError> {
        if self.scan.clone().peek().is_none() {
            return Err(DecodeError::new(Problem::Empty, 0));
        }
        let value = T::decode(self).and_then(|value| self.scan.end().map(|()| value));
        value.map_err(|error| self.located(error))
    }

    /// Checks that the whole text is one value, and gives that as it stands.
    pub(crate) fn verbatim(&mut self) -> Result<&'a str, DecodeError> {
        if self.scan.clone().peek().is_none() {
            return Err(DecodeError::new(Problem::Empty, 0));
        }
        self.scan.peek();
        let value = self.scan.skip().and_then(|value| self.scan.end().map(|()| value));
        value.map_err(|error| self.located(error))
    }

    /// The error with the path of its place; [`Decoder::document`] does this by itself.
    pub fn located(&self, error: DecodeError) -> DecodeError {
        let path = locate(self.scan.text(), error.offset());
        error.locate(path)
    }

    /// What was passed over so far, in the text's order, and how many events beyond the first thousand.
    pub fn drift(&self) -> (Vec<Drift>, usize) {
        let mut events: Vec<_> = self.drift.iter().collect();
        events.sort_by_key(|(offset, _)| *offset);
        let mut locator = Locator::new(self.scan.text());
        let located =
            |(offset, message): &(usize, String)| Drift { path: locator.path(*offset), message: message.clone() };
        (events.into_iter().map(located).collect(), self.drift_dropped)
    }

    /// The kind of the value that follows.
    pub fn kind(&mut self) -> Result<Kind, DecodeError> {
        self.scan.kind()
    }

    /// A value of another kind follows.
    #[cold]
    pub(super) fn unexpected(&mut self, expected: &'static str) -> DecodeError {
        match self.scan.kind() {
            Ok(found) => DecodeError::new(Problem::Kind { expected, found }, self.scan.offset()),
            Err(error) => error,
        }
    }

    /// The value at `start` has the right kind but does not fit.
    #[cold]
    fn unfit(&self, start: usize, expected: &'static str) -> DecodeError {
        let mut scan = self.scan.clone();
        scan.rewind(start);
        let found = scan.kind().unwrap_or(Kind::Null);
        DecodeError::new(Problem::Value { expected, found }, scan.offset())
    }

    /// The number at `start` does not fit.
    #[cold]
    pub(super) fn unfit_number(
        &self,
        start: usize,
        expected: &'static str,
        range: Option<(i128, i128)>,
    ) -> DecodeError {
        /// Longer numbers are cut.
        const LONGEST: usize = 40;
        let text = self.scan.text().get(start..).unwrap_or_default().trim_start();
        let number = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E');
        let mut found: String = text.chars().take_while(|c| number(*c)).take(LONGEST + 1).collect();
        if found.len() > LONGEST {
            found.truncate(LONGEST);
            found.push('…');
        }
        DecodeError::new(Problem::Number { expected, range, found }, start)
    }

    /// For implementations by hand: the value that follows is not what is wanted, for example `a colour`. Nothing is taken.
    pub fn invalid(&mut self, expected: &'static str) -> DecodeError {
        self.unexpected(expected)
    }

    /// Takes `null` if it follows.
    #[inline]
    pub fn null(&mut self) -> Result<bool, DecodeError> {
        if self.scan.peek() != Some(b'n') {
            return Ok(false);
        }
        self.scan.literal("null").map(|()| true)
    }

    /// Takes a boolean.
    pub fn boolean(&mut self) -> Result<bool, DecodeError> {
        match self.scan.peek() {
            Some(b't') => self.scan.literal("true").map(|()| true),
            Some(b'f') => self.scan.literal("false").map(|()| false),
            _ => Err(self.unexpected("a boolean")),
        }
    }

    /// Takes a string; it borrows from the text unless it has escapes.
    #[inline(always)]
    pub fn text(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        if self.scan.peek() == Some(b'"') { self.scan.string() } else { Err(self.unexpected("a string")) }
    }

    /// Takes a string as a type that every string is a value of.
    pub fn text_as<T: for<'t> From<&'t str>>(&mut self) -> Result<T, DecodeError> {
        self.kept_text().map(|text| T::from(&text))
    }

    /// Takes a string that is going to be kept, and counts its memory.
    #[inline]
    pub(crate) fn kept_text(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        let text = self.text()?;
        let bytes = match &text {
            Cow::Borrowed(text) => text.len(),
            Cow::Owned(text) => text.capacity(),
        };
        self.charge(allocation(bytes))?;
        Ok(text)
    }

    /// Takes a string into a text of its own, and counts its memory.
    #[inline]
    pub(crate) fn string(&mut self) -> Result<String, DecodeError> {
        match self.text()? {
            Cow::Borrowed(text) => {
                self.charge(allocation(text.len()))?;
                Ok(text.to_owned())
            }
            Cow::Owned(text) => {
                self.charge(allocation(text.capacity()))?;
                Ok(text)
            }
        }
    }

    /// Takes a number whose text is going to be kept, and counts its memory.
    pub(crate) fn kept_number(&mut self) -> Result<&'a str, DecodeError> {
        let text = self.number()?;
        self.charge(allocation(text.len()))?;
        Ok(text)
    }

    /// Takes a number and gives its text.
    pub fn number(&mut self) -> Result<&'a str, DecodeError> {
        match self.scan.peek() {
            Some(b'-' | b'0'..=b'9') => self.scan.number(),
            _ => Err(self.unexpected("a number")),
        }
    }

    /// Takes an integer between two bounds. `1.0` and `1e3` are integers too.
    #[inline]
    pub(super) fn integer(&mut self, expected: &'static str, low: i128, high: i128) -> Result<i128, DecodeError> {
        self.scan.peek();
        let start = self.scan.offset();
        let value = match self.scan.short_integer() {
            Some((negative, magnitude)) if negative => -i128::from(magnitude),
            Some((_, magnitude)) => i128::from(magnitude),
            None => self.long_integer(start, expected, (low, high))?,
        };
        if value < low || value > high { Err(self.unfit_number(start, expected, Some((low, high)))) } else { Ok(value) }
    }

    #[cold]
    fn long_integer(&mut self, start: usize, expected: &'static str, range: (i128, i128)) -> Result<i128, DecodeError> {
        if self.kind()? != Kind::Number {
            return Err(self.unexpected(expected));
        }
        let text = self.scan.number()?;
        Number::parse(text)
            .and_then(|number| number.to_integer())
            .ok_or_else(|| self.unfit_number(start, expected, Some(range)))
    }

    /// Takes any value as it stands.
    pub fn json(&mut self) -> Result<Json, DecodeError> {
        let text = self.scan.skip()?;
        self.kept_json(text)
    }

    fn kept_json(&mut self, text: &'a str) -> Result<Json, DecodeError> {
        // A shared text has two counts in front.
        self.charge(allocation(text.len() + 2 * size_of::<usize>()))?;
        Ok(Json::from_valid(text))
    }

    /// Passes over any value.
    pub(crate) fn skip(&mut self) -> Result<(), DecodeError> {
        self.scan.skip().map(drop)
    }

    /// Takes a value into a box.
    pub fn boxed<T: Decode>(&mut self) -> Result<Box<T>, DecodeError> {
        // Before it is read: a value held meanwhile would stand on the stack once more.
        self.charge(allocation(size_of::<T>()))?;
        self.nested().map(Box::new)
    }

    /// Takes a value that stands inside another one, which may be inside itself.
    pub(crate) fn nested<T: Decode>(&mut self) -> Result<T, DecodeError> {
        self.nested += size_of::<T>();
        let value = if self.nested > NESTED_BYTES {
            Err(DecodeError::new(Problem::Size, self.scan.offset()))
        } else {
            T::decode(self)
        };
        self.nested -= size_of::<T>();
        value
    }

    /// Takes an object: `each` reads the members that `members` names (by index), `rest` takes the others.
    /// Where a member stands twice, the last one wins.
    pub fn object(
        &mut self,
        members: &[&str],
        rest: &mut dyn Rest,
        each: ReadMember<'_, 'a>,
    ) -> Result<(), DecodeError> {
        if !self.scan.eat(b'{') {
            return Err(self.unexpected("an object"));
        }
        let start = self.scan.offset() - 1;
        let depth = self.scan.depth;
        let done = self.scan.enter().and_then(|()| self.members(members, rest, each));
        self.scan.depth = depth;
        self.object_start = start;
        done
    }

    fn members(&mut self, names: &[&str], rest: &mut dyn Rest, each: ReadMember<'_, 'a>) -> Result<(), DecodeError> {
        if self.scan.eat(b'}') {
            return Ok(());
        }
        let mut next = 0;
        loop {
            match self.member(names, next)? {
                Member::Known(index) => {
                    each(index, self)?;
                    next = index + 1;
                    if let Some(value) = self.spilled.take() {
                        let name = names.get(index).copied().unwrap_or_default();
                        self.charge(Extra::first_cost() + allocation(name.len()))?;
                        rest.keep(name, value);
                    }
                }
                Member::Other(name) => rest.read(name, self)?,
            }
            if !self.scan.more(b'}')? {
                return Ok(());
            }
        }
    }

    /// Servers write members in the document's order, so the one behind the last is tried before any is looked up.
    #[inline]
    fn member(&mut self, names: &[&str], next: usize) -> Result<Member<'a>, DecodeError> {
        if let Some(name) = names.get(next)
            && self.scan.eat_key(name)
        {
            return Ok(Member::Known(next));
        }
        let key = self.scan.key()?;
        let (before, behind) = names.split_at_checked(next).unwrap_or((names, &[]));
        let found = match behind.iter().position(|name| *name == key) {
            Some(index) => Some(next + index),
            None => before.iter().position(|name| *name == key),
        };
        Ok(found.map_or(Member::Other(key), Member::Known))
    }

    /// Takes an array; `each` reads one item.
    pub fn array(&mut self, each: &mut dyn FnMut(&mut Self) -> Result<(), DecodeError>) -> Result<(), DecodeError> {
        if !self.scan.eat(b'[') {
            return Err(self.unexpected("an array"));
        }
        let depth = self.scan.depth;
        let done = self.scan.enter().and_then(|()| self.items(each));
        self.scan.depth = depth;
        done
    }

    fn items(&mut self, each: &mut dyn FnMut(&mut Self) -> Result<(), DecodeError>) -> Result<(), DecodeError> {
        if self.scan.eat(b']') {
            return Ok(());
        }
        loop {
            let place = self.place();
            if let Err(error) = each(self) {
                self.forgive(place, error)?;
            }
            if !self.scan.more(b']')? {
                return Ok(());
            }
        }
    }

    /// Takes an array of exactly `count` items; `each` reads the one at an index. None can be left out, in tolerant mode
    /// either.
    pub fn tuple(
        &mut self,
        count: usize,
        each: &mut dyn FnMut(usize, &mut Self) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        if !self.scan.eat(b'[') {
            return Err(self.unexpected("an array"));
        }
        let start = self.scan.offset() - 1;
        let depth = self.scan.depth;
        let found = self.scan.enter().and_then(|()| self.places(count, each));
        self.scan.depth = depth;
        let found = found?;
        if found == count { Ok(()) } else { Err(DecodeError::new(Problem::Count { expected: count, found }, start)) }
    }

    /// Reads the items of a tuple, passes over those behind its end, and counts all.
    fn places(
        &mut self,
        count: usize,
        each: &mut dyn FnMut(usize, &mut Self) -> Result<(), DecodeError>,
    ) -> Result<usize, DecodeError> {
        if self.scan.eat(b']') {
            return Ok(0);
        }
        let mut found = 0;
        loop {
            if found < count {
                each(found, self)?;
            } else {
                self.scan.skip()?;
            }
            found += 1;
            if !self.scan.more(b']')? {
                return Ok(found);
            }
        }
    }

    /// A value; in tolerant mode one that does not fit comes raw, and is recorded.
    pub(crate) fn forgiven<T: Decode>(&mut self) -> Result<Result<T, Json>, DecodeError> {
        let place = self.place();
        self.nested().map(Ok).or_else(|error| {
            let raw = self.forgive(place, error)?;
            self.kept_json(raw).map(Err)
        })
    }

    /// Passes over the value at a place that could not be read, records it and gives its text; in strict mode the error stands.
    #[cold]
    fn forgive(&mut self, place: Place, error: DecodeError) -> Result<&'a str, DecodeError> {
        if !self.tolerant || error.is_fatal() {
            return Err(error);
        }
        self.scan.rewind(place.offset);
        self.scan.depth = place.depth;
        // What was read of it is gone.
        self.memory_left = place.memory_left;
        self.spilled = None;
        while self.drift.last().is_some_and(|(offset, _)| *offset >= place.offset) {
            self.drift.pop();
        }
        let raw = self.scan.skip()?;
        if self.drift.len() < DRIFT_LIMIT {
            self.drift.push((error.offset(), error.drift_message()));
        } else {
            self.drift_dropped += 1;
        }
        Ok(raw)
    }

    /// The place of what follows.
    pub(crate) fn place(&self) -> Place {
        Place { offset: self.scan.offset(), depth: self.scan.depth, memory_left: self.memory_left }
    }
}

/// Without the text: it may hold secrets.
impl fmt::Debug for Decoder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoder").field("offset", &self.scan.offset()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::codec::{Encode, Encoder, from_json, from_json_bytes, to_json};
    use crate::text::values::{Date, DateTime, Field, Map, Uuid};

    /// A model as the generator writes it.
    #[derive(Clone, Debug, PartialEq)]
    struct Pet {
        id: i32,
        name: Option<String>,
        owner: Field<String>,
        tags: Option<Vec<String>>,
        parent: Option<Box<Pet>>,
        extra: Extra,
    }

    impl Decode for Pet {
        fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
            static MEMBERS: &[&str] = &["id", "name", "owner", "tags", "parent"];
            let mut id = None;
            let mut name = None;
            let mut owner = Field::Absent;
            let mut tags = None;
            let mut parent = None;
            let mut extra = Extra::new();
            d.object(MEMBERS, &mut extra, &mut |index, d| match index {
                0 => d.required(&mut id),
                1 => d.required(&mut name),
                2 => d.field(&mut owner),
                3 => d.optional(&mut tags),
                _ => d.optional(&mut parent),
            })?;
            let (Some(id), Some(name)) = (id, name) else { return Err(d.missing(&["id", "name"])) };
            Ok(Self { id, name, owner, tags, parent, extra })
        }
    }

    impl Encode for Pet {
        fn encode(&self, e: &mut Encoder) {
            e.begin_object();
            e.member("id", &self.id);
            e.member("name", &self.name);
            e.field("owner", &self.owner);
            e.optional("tags", &self.tags);
            e.optional("parent", &self.parent);
            e.extra(&self.extra);
            e.end_object();
        }
    }

    fn same(text: &str) {
        let pets: Vec<Pet> = from_json(text).unwrap();
        assert_eq!(Json::parse(&to_json(&pets).unwrap()).unwrap(), Json::parse(text).unwrap());
    }

    #[test]
    fn round_trips() {
        same("[]");
        same(r#"[{"id":1,"name":"Rex"},{"name":null,"id":2.0}]"#);
        same(r#"[{"parent":{"id":1,"name":null},"owner":null,"name":"a\"b","tags":[],"id":1e2}]"#);
        same(r#"[{"id":1,"name":"x","colour":{"r":[1.50]},"id2":"é"}]"#);
        assert_eq!(from_json::<Vec<Pet>>(r#"[{"id":1,"\u006eame":"x","id":2}]"#).unwrap()[0].id, 2);
        assert_eq!(from_json_bytes::<i64>(b"\xef\xbb\xbf7").unwrap(), 7);
    }

    #[test]
    fn null_of_an_optional_member_is_kept() {
        same(r#"[{"id":1,"name":null,"tags":null,"owner":null,"parent":null}]"#);
        let mut pet: Pet = from_json(r#"{"id":1,"tags":null,"name":"x"}"#).unwrap();
        assert_eq!((&pet.tags, pet.extra.get("tags")), (&None, Some(&Json::null())));
        pet.tags = Some(vec![]);
        assert_eq!(to_json(&pet).unwrap(), r#"{"id":1,"name":"x","tags":[]}"#);
        let pet: Pet = from_json(r#"{"tags":null,"id":1,"tags":["a"],"name":null}"#).unwrap();
        assert_eq!(to_json(&pet).unwrap(), r#"{"id":1,"name":null,"tags":["a"]}"#);
    }

    #[test]
    fn a_known_member_wins_over_an_extra_one() {
        let mut pet: Pet = from_json(r#"{"id":1,"name":null}"#).unwrap();
        pet.extra.insert("id", 7);
        pet.extra.insert("tags", 7);
        assert_eq!(to_json(&pet).unwrap(), r#"{"id":1,"name":null,"tags":7}"#);
    }

    #[test]
    fn errors_name_the_path() {
        let check = |text: &str, expected: &str| {
            assert_eq!(from_json::<Vec<Pet>>(text).unwrap_err().to_string(), expected, "{text}");
        };
        check(r#"[{"id":1,"name":"x"},{"id":"7"}]"#, "$[1].id: expected a 32-bit integer, found a string");
        check(
            r#"[{"id":2147483648}]"#,
            "$[0].id: expected a 32-bit integer (-2147483648 to 2147483647), found 2147483648",
        );
        check(r#"[{"id": 1.5}]"#, "$[0].id: expected a 32-bit integer (-2147483648 to 2147483647), found 1.5");
        let long = format!("[{{\"id\":{}}}]", "9".repeat(50));
        let cut = format!("(-2147483648 to 2147483647), found {}…", "9".repeat(40));
        check(&long, &format!("$[0].id: expected a 32-bit integer {cut}"));
        assert_eq!(from_json::<f64>("1e999").unwrap_err().to_string(), "$: expected a 64-bit number, found 1e999");
        check(r#"[{"id":null}]"#, "$[0].id: expected a 32-bit integer, found null");
        check(r#"[{"id":1}]"#, "$[0].name: a required member is missing");
        check(r#"[{"id":1,"name":"x","parent":{"id":1}}]"#, "$[0].parent.name: a required member is missing");
        check(r#"[{"id":1,"name":"x","tags":["a",{}]}]"#, "$[0].tags[1]: expected a string, found an object");
        check("{}", "$: expected an array, found an object");
        check(r#"[{"id":1 "name":"x"}]"#, "invalid JSON at byte 9 ($[0].id): expected `,` or `}`");
        check("[] x", "invalid JSON at byte 3 ($): expected the end of the text");
        check("", "there is no JSON: the text is empty");
        let utf8 = from_json_bytes::<Json>(b"\"a\xff\"").unwrap_err();
        assert_eq!(utf8.to_string(), "the text is not UTF-8 at byte 2");
        let deep: Result<Json, _> = from_json(&"[".repeat(300));
        assert!(deep.unwrap_err().to_string().ends_with(": more than 200 nested containers"));
    }

    fn tolerant(text: &str) -> (Vec<Pet>, Vec<String>) {
        let mut decoder = Decoder::new(text).tolerant(true);
        let pets = decoder.document().unwrap();
        (pets, decoder.drift().0.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn tolerance_keeps_the_raw_value() {
        let text = r#"[{"id":1,"name":"x","owner": {"a": 1},"tags":"none","parent":{"id":1}}]"#;
        let (pets, drift) = tolerant(text);
        assert_eq!((pets[0].owner.is_absent(), &pets[0].tags, &pets[0].parent), (true, &None, &None));
        assert_eq!(Json::parse(&to_json(&pets).unwrap()).unwrap(), Json::parse(text).unwrap());
        assert_eq!(
            drift,
            [
                "$[0].owner: expected a string, found an object",
                "$[0].tags: expected an array, found a string",
                "$[0].parent: the required member `name` is missing",
            ]
        );
    }

    #[test]
    fn tolerance_leaves_items_and_entries_out() {
        let (pets, drift) = tolerant(r#"[{"id":1,"name":"x","tags":["a",1,"b"]},7,{"id":2,"name":{"tags":[1]}}]"#);
        assert_eq!(pets.len(), 1);
        assert_eq!(pets[0].tags.as_deref(), Some(&["a".to_owned(), "b".to_owned()][..]));
        assert_eq!(
            drift,
            [
                "$[0].tags[1]: expected a string, found a number",
                "$[1]: expected an object, found a number",
                "$[2].name: expected a string, found an object",
            ]
        );
        let mut decoder = Decoder::new(r#"{"a":1,"b":"x","c":3}"#).tolerant(true);
        let map: Map<i64> = decoder.document().unwrap();
        assert_eq!(map.into_keys().collect::<String>(), "ac");
    }

    #[test]
    fn tolerance_has_ends() {
        for text in [r#"{"id":1}"#, r#"{"id":"x","name":null}"#, r#"{"id":1,"name":null,"tags":[1,}"#, "7"] {
            assert!(Decoder::new(text).tolerant(true).document::<Pet>().is_err(), "{text}");
        }
        let text = format!("[{}0]", "\"x\",".repeat(1_500));
        let mut decoder = Decoder::new(&text).tolerant(true);
        assert_eq!(decoder.document::<Vec<i64>>().unwrap(), [0]);
        let (drift, dropped) = decoder.drift();
        assert_eq!((drift.len(), dropped, drift[999].path.as_str()), (1_000, 500, "$[999]"));
    }

    #[test]
    fn defaults() {
        let decoder = Decoder::new("");
        assert_eq!(decoder.or_default(None::<i64>, "20"), Ok(20));
        assert_eq!(decoder.or_default(Some(1_i64), "20"), Ok(1));
    }

    #[test]
    fn texts_are_held_to_their_format_where_that_is_asked_for() {
        struct Times {
            at: DateTime,
            on: Option<Date>,
            by: Field<Uuid>,
            extra: Extra,
        }
        impl Decode for Times {
            fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                let (mut at, mut on, mut by, mut extra) = (None, None, Field::Absent, Extra::new());
                d.object(&["at", "on", "by"], &mut extra, &mut |index, d| match index {
                    0 => d.required_well_formed(&mut at),
                    1 => d.optional_well_formed(&mut on),
                    _ => d.field_well_formed(&mut by),
                })?;
                Ok(Self { at: d.take(at, "at")?, on, by, extra })
            }
        }
        let whole = r#"{"at":"2026-01-01T00:00:00Z","on":"2026-01-01","by":null}"#;
        let read: Times = Decoder::new(whole).document().unwrap();
        assert_eq!((read.at.as_str(), read.on.is_some(), read.by), ("2026-01-01T00:00:00Z", true, Field::Null));
        let check = |text: &str, expected: &str| {
            let error = Decoder::new(text).document::<Times>().err().unwrap();
            assert!(error.to_string().contains(expected), "{text}: {error}");
        };
        check(r#"{"at": "soon"}"#, "$.at: expected an RFC 3339 date-time, found a string");
        check(r#"{"at":"2026-01-01T00:00:00Z","on":""}"#, "$.on: expected a date");
        check(r#"{"at":"2026-01-01T00:00:00Z","by":"x"}"#, "$.by: expected");
        // A tolerant reader keeps what is optional as it came.
        let text = r#"{"at":"2026-01-01T00:00:00Z","on":"soon","by":"x"}"#;
        let read: Times = Decoder::new(text).tolerant(true).document().unwrap();
        assert_eq!((read.on, read.by, read.extra.len()), (None, Field::Absent, 2));
    }
}

//! Seeded comparison of the codec with `serde_json`: the same texts are accepted, and mean the same.
//!
//! A fixed seed and a small generator of our own, so that a failure repeats everywhere.

use typewright_runtime::{Decode, DecodeError, Decoder, Json, Kind, Map, from_json, to_json};

/// xorshift64*
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(from.len())]
    }
}

const SCALARS: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-0",
    "1.0",
    "1e3",
    "-12.5E-2",
    "9007199254740993",
    "18446744073709551615",
    "0.1",
    "-9223372036854775808",
    "123456789012345678",
    "1e-7",
    "\"\"",
    "\"plain text\"",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
    "\"\\u00e9\\ud83d\\ude00\"",
    "\"é😀 longer than eight\"",
    "\"exactly8\"",
];
const KEYS: &[&str] = &["\"a\"", "\"b\"", "\"name\"", "\"odd name\"", "\"\"", "\"\\u0061\"", "\"ключ\""];
const SPACES: &[&str] = &["", "", "", " ", "\n\t", "\r\n  "];
/// What mutations put into texts.
const SPLINTERS: &[&str] = &[
    "", "{", "}", "[", "]", ",", ":", "\"", "\\", "0", "1", "-", "+", ".", "e", "E", "n", "null", "t", "\u{0}",
    "\u{1f}", "\u{7f}", "é", "😀", "\\u", "\\ud800", "\\udc00", " ", "\n", "\u{a0}", "\u{feff}", "//", "1e999", "00",
];

fn value(random: &mut Random, depth: usize, out: &mut String) {
    out.push_str(random.pick(SPACES));
    match if depth == 0 { 0 } else { random.below(4) } {
        1 => container(random, depth, out, '[', ']'),
        2 => container(random, depth, out, '{', '}'),
        _ => out.push_str(random.pick(SCALARS)),
    }
    out.push_str(random.pick(SPACES));
}

fn container(random: &mut Random, depth: usize, out: &mut String, open: char, close: char) {
    out.push(open);
    for index in 0..random.below(5) {
        if index > 0 {
            out.push(',');
        }
        if open == '{' {
            out.push_str(random.pick(KEYS));
            out.push(':');
        }
        value(random, depth - 1, out);
    }
    out.push(close);
}

/// Takes out, or puts in, something at a random character.
fn mutate(random: &mut Random, text: &mut String) {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let at = places[random.below(places.len())];
    let end = places[random.below(places.len())].clamp(at, (at + 4).min(text.len()));
    let end = (end..=text.len()).find(|end| text.is_char_boundary(*end)).unwrap_or(at);
    text.replace_range(at..end, random.pick(SPLINTERS));
}

fn to_serde(json: &Json) -> serde_json::Value {
    match json.kind() {
        Kind::Array => json.items().map(|item| to_serde(&item)).collect(),
        Kind::Object => serde_json::Value::Object(
            json.members().map(|(name, value)| (name.to_string(), to_serde(&value))).collect(),
        ),
        Kind::String => json.as_str().unwrap().into_owned().into(),
        _ => serde_json::from_str(json.as_text()).unwrap(),
    }
}

/// A byte order mark is ours alone, and numbers beyond `f64` are kept as text by us and refused by `serde_json`.
fn check(text: &str) {
    let theirs = serde_json::from_str::<serde_json::Value>(text);
    let ours = Json::parse(text);
    let overflow = theirs.as_ref().is_err_and(|error| error.to_string().starts_with("number out of range"));
    if text.starts_with('\u{feff}') || overflow {
        return;
    }
    assert_eq!(ours.is_ok(), theirs.is_ok(), "{text:?}: {ours:?} {theirs:?}");
    let (Ok(ours), Ok(theirs)) = (ours, theirs) else { return };
    assert_eq!(to_serde(&ours), theirs, "{text:?}");
    let walked = from_json::<Walked>(text).unwrap().0;
    assert_eq!(walked, ours, "{text:?}");
    assert_eq!(Json::parse(&to_json(&walked).unwrap()).unwrap(), ours, "{text:?}");
}

/// Read through the decoder's own ways into containers, which must agree with the scanner's.
struct Walked(Json);

impl Decode for Walked {
    fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self(match d.kind()? {
            Kind::Object => Json::object(Map::<Self>::decode(d)?.into_iter().map(|(name, value)| (name, value.0))),
            Kind::Array => Json::array(Vec::<Self>::decode(d)?.into_iter().map(|item| item.0)),
            Kind::String => String::decode(d)?.into(),
            _ => d.json()?,
        }))
    }
}

#[test]
fn same_as_serde_json() {
    let mut random = Random(0x5eed_0001);
    for _ in 0..3_000 {
        let mut text = String::new();
        value(&mut random, 4, &mut text);
        check(&text);
        for _ in 0..random.below(4) {
            mutate(&mut random, &mut text);
            check(&text);
        }
    }
}

#[test]
fn integers_and_floats_as_serde_json() {
    let mut random = Random(0x5eed_0002);
    for _ in 0..20_000 {
        let mut text = String::from(random.pick(&["", "-"]));
        for _ in 0..=random.below(22) {
            text.push_str(random.pick(&["0", "1", "5", "7", "9", "9"]));
        }
        text.push_str(random.pick(&["", "", ".5", ".125e2", "e-3", "E7", ".e"]));
        let integer = !text.contains(['.', 'e', 'E']);
        // `-0` is the integer 0 to us and a float to them.
        let integer = integer && text != "-0";
        assert!(!integer || from_json::<i64>(&text).ok() == serde_json::from_str(&text).ok(), "{text}");
        assert!(!integer || from_json::<u64>(&text).ok() == serde_json::from_str(&text).ok(), "{text}");
        assert!(!integer || from_json::<i32>(&text).ok() == serde_json::from_str(&text).ok(), "{text}");
        // Ours rounds correctly, as the standard library does.
        let float = serde_json::from_str::<f64>(&text).ok().and_then(|_| text.parse::<f64>().ok());
        assert_eq!(from_json::<f64>(&text).ok(), float, "{text}");
    }
}

#[test]
fn numbers_come_back() {
    let mut random = Random(0x5eed_0003);
    for _ in 0..20_000 {
        let bits = (random.below(1 << 31) as u64) << 33 | (random.below(1 << 31) as u64) << 2;
        for float in [f64::from_bits(bits), random.below(1 << 30) as f64 / 100.0] {
            let Ok(text) = to_json(&float) else { continue };
            assert_eq!(from_json::<f64>(&text).unwrap().to_bits(), float.to_bits(), "{text}");
            assert!(serde_json::from_str::<f64>(&text).is_ok(), "{text}");
        }
    }
}

//! The decoder: what it accepts it writes again, tolerance accepts more, limits hold, and errors name a place.

use typewright_runtime::codegen::v1::{EncodeRest as _, ShapeFacts};
use typewright_runtime::{
    Base64, Date, DateTime, Decimal, Decode, DecodeError, Decoder, Encode, Encoder, Extra, Field, Json, Map,
    NumberOrString, Uuid, from_json, to_json,
};

pub const SEEDS: &[&str] = &[
    r#"{"id":7,"name":"Rex","owner":null,"tags":["a","b"],"parent":{"id":1,"name":null},"x":{"y":[1.50]}}"#,
    r#"[{"kind":"map","a":1},{"kind":"pet","id":1,"name":"x"},{"bark":true},"text",7,null]"#,
    r#"{"id":1e2,"\u006eame":"\ud83d\ude00","price":"12.50","born":"2026-01-01","at":"2026-01-01T00:00:00Z","id":3}"#,
    r#"{"a":"x","b":-0.0,"c":18446744073709551615,"d":1E-7,"e":[[[[]]]],"f":{"":{}}}"#,
    "\u{feff} [ 1 , 2.0 , 3e0 ] ",
];

/// A model as the generator writes it, with a member of every kind.
struct Pet {
    id: i32,
    name: Option<String>,
    owner: Field<String>,
    tags: Option<Vec<String>>,
    parent: Option<Box<Pet>>,
    price: Option<Decimal>,
    at: Option<DateTime>,
    either: Option<Vec<Either>>,
    counts: Option<Map<u64>>,
    extra: Extra,
}

impl Decode for Pet {
    fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        static MEMBERS: &[&str] = &["id", "name", "owner", "tags", "parent", "price", "at", "either", "counts"];
        let (mut id, mut name, mut owner, mut tags, mut parent) = (None, None, Field::Absent, None, None);
        let (mut price, mut at, mut either, mut counts, mut extra) = (None, None, None, None, Extra::new());
        d.object(MEMBERS, &mut extra, &mut |index, d| match index {
            0 => d.required(&mut id),
            1 => d.required(&mut name),
            2 => d.field(&mut owner),
            3 => d.optional(&mut tags),
            4 => d.optional(&mut parent),
            5 => d.optional(&mut price),
            6 => d.optional(&mut at),
            7 => d.optional(&mut either),
            _ => d.optional(&mut counts),
        })?;
        let (Some(id), Some(name)) = (id, name) else { return Err(d.missing(&["id", "name"])) };
        Ok(Self { id, name, owner, tags, parent, price, at, either, counts, extra })
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
        e.optional("price", &self.price);
        e.optional("at", &self.at);
        e.optional("either", &self.either);
        e.optional("counts", &self.counts);
        self.extra.encode_rest(e);
        e.end_object();
    }
}

/// A union by tag, by shape, and open.
enum Either {
    Pet(Box<Pet>),
    Map(Map<i64>),
    Text(NumberOrString),
    Other(Json),
}

impl Decode for Either {
    fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        static SHAPES: &[ShapeFacts] = &[
            ShapeFacts::object(&["id", "name"], &["id", "name", "owner"]).constants(&[("kind", &["pet"])]),
            ShapeFacts::string(),
            ShapeFacts::integer(),
        ];
        if d.tag("kind")?.as_deref() == Some("map") {
            return d.json().map(Self::Other);
        }
        match d.shape(SHAPES)? {
            Some(0) => d.boxed().map(Self::Pet),
            Some(_) => NumberOrString::decode(d).map(Self::Text),
            None if d.tag("a")?.is_none() => d.json().map(Self::Other),
            None => Map::decode(d).map(Self::Map),
        }
    }
}

impl Encode for Either {
    fn encode(&self, e: &mut Encoder) {
        match self {
            Self::Pet(pet) => pet.encode(e),
            Self::Map(map) => map.encode(e),
            Self::Text(text) => text.encode(e),
            Self::Other(json) => json.encode(e),
        }
    }
}

/// Reads bytes as values of many types.
pub fn decode(bytes: &[u8]) {
    judge::<Json>(bytes);
    judge::<Pet>(bytes);
    judge::<Vec<Pet>>(bytes);
    judge::<Vec<Either>>(bytes);
    judge::<Map<Json>>(bytes);
    judge::<Extra>(bytes);
    judge::<Option<String>>(bytes);
    judge::<Vec<Option<i64>>>(bytes);
    judge::<Decimal>(bytes);
    judge::<Vec<f64>>(bytes);
    judge::<DateTime>(bytes);
    if let Ok(json) = Decoder::from_bytes(bytes).and_then(|mut decoder| decoder.document::<Json>()) {
        walk(&json);
        assert_eq!(json, Json::parse(json.as_text()).expect("it was read before"));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        meanings(text);
    }
}

fn judge<T: Decode + Encode>(bytes: &[u8]) {
    let read = |tolerant, limit: usize| {
        let mut decoder = Decoder::from_bytes(bytes)?.tolerant(tolerant).max_decoded_bytes(limit);
        let value = decoder.document::<T>();
        for drift in decoder.drift().0 {
            assert!(drift.path.starts_with('$'), "{drift}");
        }
        value
    };
    let strict = read(false, usize::MAX);
    let tolerant = read(true, usize::MAX);
    for error in [strict.as_ref().err(), tolerant.as_ref().err()].into_iter().flatten() {
        assert!(error.path().starts_with('$') && error.offset() <= bytes.len(), "{error}");
        assert!(!error.to_string().contains(char::is_control), "{error}");
    }
    for tolerant in [false, true] {
        if let Err(error) = read(tolerant, 100) {
            let same = strict.is_err() || tolerant;
            assert!(error.is_too_large() || same, "{error}");
        }
    }
    if let Ok(value) = &strict {
        assert!(tolerant.is_ok(), "tolerance accepts what is right");
        let written = to_json(value).expect("what was read can be written");
        let again: T = from_json(&written).unwrap_or_else(|error| panic!("{error}: {written}"));
        assert_eq!(to_json(&again).expect("so can this"), written);
    }
}

/// Looks at every part.
fn walk(json: &Json) {
    let (items, members) = (json.items().count(), json.members().count());
    assert!(items == 0 || members == 0);
    for (index, item) in json.items().enumerate().take(8) {
        assert_eq!(json.at(index).as_ref().map(Json::as_text), Some(item.as_text()));
        walk(&item);
    }
    for (name, value) in json.members().take(8) {
        assert!(json.get(&name).is_some());
        walk(&value);
    }
    let _ = (json.as_bool(), json.as_i64(), json.as_u64(), json.as_f64(), json.as_str());
}

/// Texts that break their format are kept; asking for their meaning is an error and no panic.
fn meanings(text: &str) {
    let (date, time, decimal) = (Date::from(text), DateTime::from(text), Decimal::from(text));
    let (base64, uuid) = (Base64::from(text), Uuid::from(text));
    assert_eq!([date.as_str(), time.as_str(), decimal.as_str(), base64.as_str(), uuid.as_str()], [text; 5]);
    let _ =
        (time.timestamp(), time.unix_nanos(), base64.bytes(), date.year_month_day(), uuid.as_u128(), decimal.to_f64());
    let _ = decimal == Decimal::from("1.0");
}

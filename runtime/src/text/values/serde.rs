//! The values and the codec in serde's terms: the way out to, and in from, every self-describing format.
//!
//! A value travels through its JSON text, so the codec stays the only place that knows how a type is written. A number that
//! fits neither 64-bit integers nor `f64` is rounded by formats that have no other number.

use std::fmt;

use serde::de::{DeserializeOwned, DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{Error as _, SerializeMap, SerializeSeq};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    Base64, Date, DateTime, Decimal, Extra, Field, Json, Map, NumberOrString, UnknownNumber, UnknownValue, Uuid,
};
use crate::text::codec::tree::Tree;
use crate::text::codec::{Decode, Encode, Encoder, from_json, to_json};

/// Serialises what the codec can write; the body of a model's `Serialize`.
pub fn serde_serialize<T: Encode + ?Sized, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let text = to_json(value).map_err(S::Error::custom)?;
    let tree = Tree::parse(&text).map_err(S::Error::custom)?;
    tree.serialize(serializer)
}

/// Deserialises what the codec can read; the body of a model's `Deserialize`.
pub fn serde_deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut encoder = Encoder::new();
    Write(&mut encoder).deserialize(deserializer)?;
    let text = encoder.finish().map_err(D::Error::custom)?;
    from_json(&text).map_err(D::Error::custom)
}

impl Json {
    /// The JSON of a serde type.
    pub fn from_serialize<T: Serialize + ?Sized>(value: &T) -> Result<Self, serde_json::Error> {
        serde_json::to_string(value).map(|text| Self::from_valid(&text))
    }

    /// Reads it as a serde type.
    pub fn to<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.as_text())
    }
}

impl From<serde_json::Value> for Json {
    fn from(value: serde_json::Value) -> Self {
        Self::from_valid(&value.to_string())
    }
}

/// A number beyond `f64` has no place in a `serde_json::Value` and is an error.
impl TryFrom<&Json> for serde_json::Value {
    type Error = serde_json::Error;

    fn try_from(json: &Json) -> Result<Self, serde_json::Error> {
        json.to()
    }
}

impl Serialize for Tree<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_none(),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Number(text) => serialize_number(text, serializer),
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

fn serialize_number<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(value) = text.parse() {
        return serializer.serialize_i64(value);
    }
    if let Ok(value) = text.parse() {
        return serializer.serialize_u64(value);
    }
    let value: f64 = text.parse().map_err(S::Error::custom)?;
    if !value.is_finite() {
        return Err(S::Error::custom("a number beyond the range of f64"));
    }
    serializer.serialize_f64(value)
}

/// Writes whatever the deserialiser brings as JSON.
struct Write<'e>(&'e mut Encoder);

impl<'de> DeserializeSeed<'de> for Write<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Write<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON has")
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.0.boolean(value);
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.0.display(value);
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.0.display(value);
        Ok(())
    }

    fn visit_i128<E>(self, value: i128) -> Result<(), E> {
        self.0.display(value);
        Ok(())
    }

    fn visit_u128<E>(self, value: u128) -> Result<(), E> {
        self.0.display(value);
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.0.number(value);
        Ok(())
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.0.string(value);
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.0.null();
        Ok(())
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.0.null();
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.0.begin_array();
        self.0.check_depth().map_err(A::Error::custom)?;
        loop {
            self.0.separate();
            if items.next_element_seed(Write(self.0))?.is_none() {
                break;
            }
        }
        self.0.unseparate();
        self.0.end_array();
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        self.0.begin_object();
        self.0.check_depth().map_err(A::Error::custom)?;
        while let Some(name) = members.next_key::<String>()? {
            self.0.other_key(&name);
            members.next_value_seed(Write(self.0))?;
        }
        self.0.end_object();
        Ok(())
    }
}

macro_rules! both_traits {
    ($($type:ty),*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde_serialize(self, serializer)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                serde_deserialize(deserializer)
            }
        }
    )*};
}

both_traits!(Json, Extra, DateTime, Date, Uuid, Decimal, NumberOrString, Base64, UnknownValue, UnknownNumber);

impl<T: Serialize> Serialize for Map<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Map<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members<T>(Map<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Members<T> {
            type Value = Map<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<Map<T>, A::Error> {
                while let Some((name, value)) = members.next_entry::<String, T>()? {
                    self.0.insert(name, value);
                }
                Ok(self.0)
            }
        }
        deserializer.deserialize_map(Members(Map::new()))
    }
}

/// Absent and null both become none; a member that shall be left out needs `skip_serializing_if = "Field::is_absent"`.
impl<T: Serialize> Serialize for Field<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.get().serialize(serializer)
    }
}

/// Null becomes null; for absence the member needs `default`.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_and_back() {
        let text = r#"{"a":[1,-2,1.5,true,null,"x\n"],"b":{"c":18446744073709551615}}"#;
        let json: Json = serde_json::from_str(text).unwrap();
        assert_eq!(json.as_text(), text);
        assert_eq!(serde_json::to_string(&json).unwrap(), text);
        let value: serde_json::Value = (&json).try_into().unwrap();
        assert_eq!(Json::from(value), json);
    }

    #[test]
    fn serde_types() {
        #[derive(Debug, PartialEq, Serialize, Deserialize)]
        struct Pet {
            name: String,
            #[serde(default, skip_serializing_if = "Field::is_absent")]
            owner: Field<String>,
            born: Date,
        }
        let pet = Pet { name: "Rex".into(), owner: Field::Null, born: "2024-02-29".into() };
        let json = Json::from_serialize(&pet).unwrap();
        assert_eq!(json.as_text(), r#"{"name":"Rex","owner":null,"born":"2024-02-29"}"#);
        assert_eq!(json.to::<Pet>().unwrap(), pet);
    }

    #[test]
    fn formats_without_null() {
        let json =
            Json::parse(r#"{"name":"Rex","gone":null,"ages":[1,2.5],"at":"2024-02-29T00:00:00Z","in":{"a":true}}"#)
                .unwrap();
        let table = toml::Value::try_from(&json).unwrap();
        assert_eq!(table.get("gone"), None);
        let mut kept: Extra = json.read().unwrap();
        kept.remove("gone");
        assert_eq!(table.try_into::<Extra>().unwrap(), kept);
        let text = "name = 'Rex'\nages = [1, 2.5]\n[in]\na = true";
        let read: Json = toml::from_str(text).unwrap();
        assert_eq!(read, Json::parse(r#"{"name":"Rex","ages":[1,2.5],"in":{"a":true}}"#).unwrap());
    }

    #[test]
    fn maps_keep_their_order() {
        let text = r#"{"z":[1],"a":[]}"#;
        assert_eq!(serde_json::to_string(&serde_json::from_str::<Map<Vec<i64>>>(text).unwrap()).unwrap(), text);
        assert_eq!(serde_json::to_string(&serde_json::from_str::<Extra>(text).unwrap()).unwrap(), text);
        assert!(serde_json::from_str::<Map<i64>>("[]").is_err());
    }

    #[test]
    fn empty_containers() {
        for text in ["[]", "{}", "[[],{}]"] {
            assert_eq!(serde_json::from_str::<Json>(text).unwrap().as_text(), text);
        }
    }
}

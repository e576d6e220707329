//! JSON as instances are made of: numbers keep their text, members their order, and every place has a path.
//!
//! A type of its own, because no value of `serde_json` holds a number that fits no machine word.

use std::fmt;

use serde_json::Value as Schema;

/// One JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Null,
    Boolean(bool),
    /// Its text.
    Number(String),
    Text(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

/// One step into a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Member(String),
    Item(usize),
}

impl Value {
    /// What a document has as an example, a default or one of an enum's values.
    pub(super) fn of(schema: &Schema) -> Self {
        match schema {
            Schema::Null => Self::Null,
            Schema::Bool(value) => Self::Boolean(*value),
            Schema::Number(number) => Self::Number(number.to_string()),
            Schema::String(text) => Self::Text(text.clone()),
            Schema::Array(items) => Self::List(items.iter().map(Self::of).collect()),
            Schema::Object(members) => {
                Self::Object(members.iter().map(|(name, value)| (name.clone(), Self::of(value))).collect())
            }
        }
    }

    /// What stands at a path.
    pub(super) fn at(&mut self, path: &[Step]) -> Option<&mut Self> {
        path.iter().try_fold(self, |value, step| match (value, step) {
            (Self::Object(members), Step::Member(name)) => {
                members.iter_mut().find(|(key, _)| key == name).map(|(_, value)| value)
            }
            (Self::List(items), Step::Item(index)) => items.get_mut(*index),
            _ => None,
        })
    }

    /// Takes what stands at a path out of its object or list.
    pub(super) fn remove(&mut self, path: &[Step]) {
        let Some((last, above)) = path.split_last() else { return };
        match (self.at(above), last) {
            (Some(Self::Object(members)), Step::Member(name)) => members.retain(|(key, _)| key != name),
            (Some(Self::List(items)), Step::Item(index)) if *index < items.len() => drop(items.remove(*index)),
            _ => {}
        }
    }

    /// Sets a member of an object, in its place if it is there.
    pub(super) fn set(&mut self, name: &str, value: Self) {
        let Self::Object(members) = self else { return };
        match members.iter_mut().find(|(key, _)| key == name) {
            Some((_, old)) => *old = value,
            None => members.push((name.to_owned(), value)),
        }
    }
}

/// As JSON without white space: a text has no line breaks and no tabs.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(value) => write!(f, "{value}"),
            Self::Number(text) => f.write_str(text),
            Self::Text(text) => f.write_str(&Schema::from(text.as_str()).to_string()),
            Self::List(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if index == 0 { "" } else { "," })?;
                }
                f.write_str("]")
            }
            Self::Object(members) => {
                f.write_str("{")?;
                for (index, (name, value)) in members.iter().enumerate() {
                    let comma = if index == 0 { "" } else { "," };
                    write!(f, "{comma}{}:{value}", Schema::from(name.as_str()))?;
                }
                f.write_str("}")
            }
        }
    }
}

/// A path as errors and drift events tell it; keys that are no plain words stand as in the text, and long ones are cut.
pub(super) fn shown(path: &[Step]) -> String {
    path.iter().fold("$".to_owned(), |shown, step| match step {
        Step::Item(index) => format!("{shown}[{index}]"),
        Step::Member(name) => {
            let quoted = Schema::from(name.as_str()).to_string();
            let key = quoted.get(1..quoted.len() - 1).unwrap_or_default();
            let plain = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-$".contains(&b));
            let short = match key.char_indices().nth(60) {
                Some((end, _)) => format!("{}…", key.get(..end).unwrap_or(key)),
                None => key.to_owned(),
            };
            if plain { format!("{shown}.{short}") } else { format!("{shown}[\"{short}\"]") }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_changed_and_shown() {
        let mut value = Value::of(&serde_json::json!({ "a": [1, { "b c": "x\ty" }] }));
        let path = [Step::Member("a".to_owned()), Step::Item(1), Step::Member("b c".to_owned())];
        assert_eq!(value.at(&path), Some(&mut Value::Text("x\ty".to_owned())));
        assert_eq!(shown(&path), "$.a[1][\"b c\"]");
        assert_eq!(value.to_string(), r#"{"a":[1,{"b c":"x\ty"}]}"#);
        value.remove(&path);
        value.set("n", Value::Number("1.10".to_owned()));
        assert_eq!(value.to_string(), r#"{"a":[1,{}],"n":1.10}"#);
    }
}

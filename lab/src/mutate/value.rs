//! Changes to the values of a document: what comes out is sound JSON and a broken document.

use serde_json::{Map, Value};

use super::Dice;

/// The document with one to four changes.
pub fn mutate(document: &Value, dice: &mut Dice) -> Value {
    let mut mutant = document.clone();
    for _ in 0..=dice.below(4) {
        let count = count(&mutant);
        // A subtree of the document as it was, for the changes that bring one.
        let other = at(document, dice.below(self::count(document))).cloned().unwrap_or_default();
        let place = dice.below(count);
        change(&mut mutant, place, other, dice);
    }
    mutant
}

/// How many values there are, the outermost included.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 0,
    }
}

/// The value at this place, counted from the outermost inwards.
fn at(value: &Value, place: usize) -> Option<&Value> {
    if place == 0 {
        return Some(value);
    }
    let mut place = place - 1;
    let children: Box<dyn Iterator<Item = &Value>> = match value {
        Value::Array(items) => Box::new(items.iter()),
        Value::Object(members) => Box::new(members.values()),
        _ => return None,
    };
    for child in children {
        let size = count(child);
        if place < size {
            return at(child, place);
        }
        place -= size;
    }
    None
}

/// Changes the value at this place, or what stands around it.
fn change(value: &mut Value, place: usize, other: Value, dice: &mut Dice) {
    if place == 0 {
        *value = replaced(value, other, dice);
        return;
    }
    let mut rest = place - 1;
    match value {
        Value::Array(items) => {
            let Some(index) = items.iter().position(|item| found(item, &mut rest)) else { return };
            match dice.below(5) {
                0 if rest == 0 => drop(items.remove(index)),
                1 if rest == 0 => items.insert(index, items.get(index).cloned().unwrap_or_default()),
                2 if rest == 0 => items.insert(index, other),
                _ => items.get_mut(index).into_iter().for_each(|item| change(item, rest, other.clone(), dice)),
            }
        }
        Value::Object(members) => {
            let Some(key) = members.iter().find(|(_, member)| found(member, &mut rest)).map(|(key, _)| key.clone())
            else {
                return;
            };
            change_member(members, &key, rest, other, dice);
        }
        _ => {}
    }
}

fn change_member(members: &mut Map<String, Value>, key: &str, rest: usize, other: Value, dice: &mut Dice) {
    let renamed = match dice.below(8) {
        0 if rest == 0 => {
            members.remove(key);
            return;
        }
        // Under the key of a sibling, which may be there already.
        1 if rest == 0 => {
            let sibling = members.keys().nth(dice.below(members.len())).cloned().unwrap_or_default();
            let value = members.get(key).cloned().unwrap_or_default();
            members.insert(sibling, value);
            return;
        }
        2 if rest == 0 => dice.hostile(),
        3 if rest == 0 => format!("{key}{}", ["_", "s", "-2", " "].get(dice.below(4)).copied().unwrap_or_default()),
        4 if rest == 0 => key.to_uppercase(),
        5 if rest == 0 => {
            members.insert(dice.hostile(), other);
            return;
        }
        _ => {
            members.get_mut(key).into_iter().for_each(|member| change(member, rest, other.clone(), dice));
            return;
        }
    };
    if let Some(value) = members.remove(key) {
        members.insert(renamed, value);
    }
}

/// Whether the place is in this child; otherwise the child is passed.
fn found(child: &Value, rest: &mut usize) -> bool {
    let size = count(child);
    if *rest < size {
        return true;
    }
    *rest -= size;
    false
}

/// Another value in the place of this one.
fn replaced(value: &Value, other: Value, dice: &mut Dice) -> Value {
    match dice.below(9) {
        0 | 1 => other,
        2 => Value::Null,
        3 => Value::Bool(dice.below(2) == 0),
        4 => Value::from(dice.below(1_000)),
        5 => Value::Array(vec![value.clone()]),
        6 => Value::Object(Map::from_iter([(dice.hostile(), value.clone())])),
        _ => Value::String(dice.hostile()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_says_everything_and_changes_something() {
        let document = serde_json::json!({ "a": [1, { "b": "c" }], "d": { "e": null } });
        let mutants: Vec<Value> = (0..50).map(|seed| mutate(&document, &mut Dice::new(seed))).collect();
        assert_eq!(mutants, (0..50).map(|seed| mutate(&document, &mut Dice::new(seed))).collect::<Vec<_>>());
        assert!(mutants.iter().filter(|mutant| **mutant != document).count() > 40);
    }

    #[test]
    fn places_are_counted_from_the_outside() {
        let document = serde_json::json!({ "a": [1, { "b": "c" }], "d": 2 });
        assert_eq!(count(&document), 6);
        assert_eq!(at(&document, 4), Some(&Value::from("c")));
        assert_eq!(at(&document, 5), Some(&Value::from(2)));
        assert_eq!(at(&document, 6), None);
    }
}

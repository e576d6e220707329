//! What the client changes in a body by the document before it is checked: members that are filled in, texts that are
//! trimmed.
//!
//! Owns finding the places that the facts name. `generate` makes the values.

use super::generate;
use crate::client::Shared;
use crate::facts::{Adjustment, Change};
use crate::text::invalid::Invalid;
use crate::text::values::Json;
use crate::time::{Clock, Random};

/// Where values come from that are made for one call.
#[derive(Clone, Copy)]
pub(crate) struct Maker<'a> {
    pub(crate) clock: &'a dyn Clock,
    pub(crate) random: &'a dyn Random,
}

impl Shared {
    /// What makes values for one call.
    pub(crate) fn maker(&self) -> Maker<'_> {
        Maker { clock: &*self.clock, random: &*self.random }
    }
}

impl Maker<'_> {
    /// The value of a `fill`.
    pub(crate) fn make(&self, fill: &str) -> Json {
        let json = Json::parse(fill).unwrap_or_default();
        match json.as_str() {
            Some(template) => generate::text(&template, self.clock, self.random).into(),
            None => json,
        }
    }
}

/// A body with all its changes.
pub(crate) fn adjusted(body: &str, adjustments: &[Adjustment], maker: Maker<'_>) -> Result<String, Invalid> {
    let mut json = Json::parse(body).map_err(|error| error.to_string())?;
    for adjustment in adjustments {
        json = at(json, adjustment.path, adjustment.change, maker);
    }
    Ok(json.as_text().to_owned())
}

/// The value with the change at a path below it. Where the path leads nowhere, nothing changes.
fn at(json: Json, path: &[&str], change: Change, maker: Maker<'_>) -> Json {
    match path {
        [] => match (change, json.as_str()) {
            (Change::Trim, Some(text)) => text.trim().into(),
            _ => json,
        },
        ["*", rest @ ..] => each(&json, &mut |value| at(value, rest, change, maker)),
        [name, rest @ ..] => match (json.get(name), change, rest) {
            (Some(value), ..) => {
                let changed = at(value, rest, change, maker);
                json.with_member(name, changed)
            }
            (None, Change::Fill(fill), []) if is_object(&json) => json.with_member(name, maker.make(fill)),
            _ => json,
        },
    }
}

fn each(json: &Json, change: &mut dyn FnMut(Json) -> Json) -> Json {
    if is_object(json) {
        return Json::object(json.members().map(|(name, value)| (name.into_owned(), change(value))));
    }
    if json.as_text().starts_with('[') { Json::array(json.items().map(change)) } else { json.clone() }
}

fn is_object(json: &Json) -> bool {
    json.as_text().starts_with('{')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{ManualTime, SteadyRandom};

    #[test]
    fn changes() {
        let (time, dice) = (ManualTime::new(), SteadyRandom::new(0.0));
        let maker = Maker { clock: &time, random: &dice };
        let check = |adjustment: Adjustment, body: &str, expected: &str| {
            assert_eq!(adjusted(body, &[adjustment], maker).as_deref(), Ok(expected), "{adjustment:?}");
        };
        check(Adjustment::fill(&["a"], "{}"), r#"{"b":1}"#, r#"{"b":1,"a":{}}"#);
        check(Adjustment::fill(&["a"], "{}"), r#"{"a":null}"#, r#"{"a":null}"#);
        check(Adjustment::fill(&["a"], "\"{now}\""), "{}", r#"{"a":"2030-01-01T00:00:00.000Z"}"#);
        check(
            Adjustment::fill(&["list", "*", "a"], "1"),
            r#"{"list":[{},{"a":2},3]}"#,
            r#"{"list":[{"a":1},{"a":2},3]}"#,
        );
        check(Adjustment::fill(&["map", "*", "a"], "1"), r#"{"map":{"x":{}}}"#, r#"{"map":{"x":{"a":1}}}"#);
        check(Adjustment::fill(&["list", "*", "a"], "1"), r#"{"list":7}"#, r#"{"list":7}"#);
        check(Adjustment::fill(&["a", "b"], "1"), "{}", "{}");
        check(Adjustment::trim(&["a"]), r#"{"a":" x\n","b":" y "}"#, r#"{"a":"x","b":" y "}"#);
        check(Adjustment::trim(&["a"]), r#"{"a":7}"#, r#"{"a":7}"#);
        check(Adjustment::trim(&["a"]), "[]", "[]");
        assert!(adjusted("{", &[], maker).is_err());
    }

    #[test]
    fn what_fills_a_member_of_the_body() {
        assert_eq!(Adjustment::fill(&["a"], "1").fills("a"), Some("1"));
        assert_eq!(Adjustment::fill(&["a"], "1").fills("b"), None);
        assert_eq!(Adjustment::fill(&["a", "b"], "1").fills("a"), None);
        assert_eq!(Adjustment::trim(&["a"]).fills("a"), None);
    }
}

//! Constraints: which are checked, in which order, and which can only be told in the docs.

use crate::api::{Check, Limits, Rule};
use crate::lower::all_of::{Part, Parts};
use crate::normalise::model::JsonType;
use crate::normalise::pattern::{Translated, translate};

/// The checks of the parts for values of one kind, part by part in declaration order.
pub(super) fn lower(parts: &Parts<'_>, kind: JsonType) -> Limits {
    let mut limits = Limits::default();
    if kind == JsonType::Object {
        for sets in &parts.any_required {
            push(&mut limits, Rule::AnyRequired(sets.clone()), None);
        }
    }
    for part in &parts.list {
        let rules = rules(part, kind);
        // Words for a keyword that the part does not have itself are for what it refers to.
        for (keyword, message) in &part.node.facts.messages {
            if rules.iter().all(|(own, _)| own != keyword) {
                reword(&mut limits, keyword, message);
            }
        }
        for (keyword, rule) in rules {
            push(&mut limits, rule, part.node.facts.messages.get(keyword).cloned());
        }
    }
    limits
}

/// Gives the checks of a keyword other words.
pub(super) fn reword(limits: &mut Limits, keyword: &str, message: &str) {
    for check in limits.checks.iter_mut().filter(|check| keywords(&check.rule).contains(&keyword)) {
        check.message = Some(message.to_owned());
    }
}

/// Adds a check unless the same rule stands already; words are kept from whoever has them.
pub(super) fn push(limits: &mut Limits, rule: Rule, message: Option<String>) {
    match limits.checks.iter_mut().find(|check| check.rule == rule) {
        Some(check) if check.message.is_none() => check.message = message,
        Some(_) => {}
        None => limits.checks.push(Check { rule, message }),
    }
}

fn rules(part: &Part<'_>, kind: JsonType) -> Vec<(&'static str, Rule)> {
    match kind {
        JsonType::String => {
            let mut rules = counts(part, &LENGTHS);
            rules.extend(part.node.facts.max_bytes.map(|bytes| ("max_bytes", Rule::MaxBytes(bytes))));
            rules.extend(checked_pattern(part).map(|pattern| ("pattern", Rule::Pattern(pattern))));
            rules
        }
        JsonType::Integer | JsonType::Number => bounds(part),
        JsonType::Array => {
            let mut rules = counts(part, &ITEMS);
            rules.extend(part.node.unique_items.then_some(("uniqueItems", Rule::Unique)));
            rules
        }
        JsonType::Object => {
            let facts = &part.node.facts;
            let mut rules = counts(part, &MEMBERS);
            let reserved = (!facts.reserved_keys.is_empty()).then(|| Rule::ReservedKeys(facts.reserved_keys.clone()));
            rules.extend(reserved.map(|rule| ("reserved_keys", rule)));
            rules.extend(facts.named_members.then_some(("named_members", Rule::NamedMembers)));
            rules
        }
        JsonType::Boolean | JsonType::Null => Vec::new(),
    }
}

/// A keyword with the rule that its number makes.
type Bound = (&'static str, fn(String) -> Rule);

const BOUNDS: [Bound; 5] = [
    ("minimum", Rule::Minimum),
    ("exclusiveMinimum", Rule::ExclusiveMinimum),
    ("maximum", Rule::Maximum),
    ("exclusiveMaximum", Rule::ExclusiveMaximum),
    ("multipleOf", Rule::MultipleOf),
];

fn bounds(part: &Part<'_>) -> Vec<(&'static str, Rule)> {
    let rule = |(keyword, make): &Bound| Some((*keyword, make(bound(part, keyword)?.to_owned())));
    BOUNDS.iter().filter_map(rule).collect()
}

/// A keyword with the rule that its count makes.
type Count = (&'static str, fn(u64) -> Rule);

const LENGTHS: [Count; 2] = [("minLength", Rule::MinLength), ("maxLength", Rule::MaxLength)];
const ITEMS: [Count; 2] = [("minItems", Rule::MinCount), ("maxItems", Rule::MaxCount)];
const MEMBERS: [Count; 2] = [("minProperties", Rule::MinCount), ("maxProperties", Rule::MaxCount)];

fn counts(part: &Part<'_>, known: &[Count; 2]) -> Vec<(&'static str, Rule)> {
    let rule = |(keyword, make): &Count| Some((*keyword, make(count(bound(part, keyword)?)?)));
    // A minimum of nothing is none.
    let says = |(_, rule): &(&'static str, Rule)| !matches!(rule, Rule::MinLength(0) | Rule::MinCount(0));
    known.iter().filter_map(rule).filter(says).collect()
}

fn bound<'a>(part: &'a Part<'_>, keyword: &str) -> Option<&'a str> {
    part.node.bounds.iter().find(|(name, _)| *name == keyword).map(|(_, text)| text.as_str())
}

/// A count may be written `5.0` or `1e3`.
fn count(text: &str) -> Option<u64> {
    if let Ok(count) = text.parse() {
        return Some(count);
    }
    let number: f64 = text.parse().ok()?;
    let whole = number.fract() == 0.0 && (0.0..1e15).contains(&number);
    whole.then(|| format!("{number:.0}").parse().ok()).flatten()
}

fn checked_pattern(part: &Part<'_>) -> Option<String> {
    let (text, _) = part.node.pattern.as_ref()?;
    match translate(text) {
        Translated::Checked(pattern) => Some(pattern),
        Translated::Documented | Translated::Broken(_) => None,
    }
}

/// What is told in the docs because it is not checked, one sentence each.
pub(super) fn notes(parts: &Parts<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    for part in &parts.list {
        if let Some((text, _)) = &part.node.pattern
            && checked_pattern(part).is_none()
        {
            notes.push(format!("Matches the pattern `{text}` (not checked)."));
        }
        notes.extend(part.node.noted.iter().cloned());
    }
    notes.dedup();
    notes
}

/// The keywords that a rule may come from.
fn keywords(rule: &Rule) -> &'static [&'static str] {
    match rule {
        Rule::Minimum(_) => &["minimum"],
        Rule::ExclusiveMinimum(_) => &["exclusiveMinimum"],
        Rule::Maximum(_) => &["maximum"],
        Rule::ExclusiveMaximum(_) => &["exclusiveMaximum"],
        Rule::MultipleOf(_) => &["multipleOf"],
        Rule::MinLength(_) => &["minLength"],
        Rule::MaxLength(_) => &["maxLength"],
        Rule::Pattern(_) => &["pattern"],
        Rule::MinCount(_) => &["minItems", "minProperties"],
        Rule::MaxCount(_) => &["maxItems", "maxProperties"],
        Rule::Unique => &["uniqueItems"],
        Rule::OneOf(_) => &["enum", "const"],
        Rule::AnyRequired(_) => &["anyOf", "oneOf"],
        Rule::Object => &["type"],
        Rule::MaxBytes(_) => &["max_bytes"],
        Rule::ReservedKeys(_) => &["reserved_keys"],
        Rule::NamedMembers => &["named_members"],
    }
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::check_schemas;

    #[test]
    fn checks_keep_their_order_and_words() {
        check_schemas(
            r#"
            Box:
              properties:
                n: { type: integer, maximum: 9, minimum: 0, multipleOf: 3, x-typewright: { messages: { minimum: must not be negative. } } }
                x: { type: number, exclusiveMinimum: 0.5, exclusiveMaximum: 1 }
                a: { type: array, items: { type: string }, minItems: 0, maxItems: 3, uniqueItems: true }
                s: { type: string, pattern: '(?=a)', minLength: 0, maxLength: 5 }
            "#,
            r#"
            Box = object
              n: integer<>=0 'must not be negative.', <=9, *3>
              x: number<>0.5, <1>
              a: [string]<count<=3, unique>
              s: string<length<=5> // Matches the pattern `(?=a)` (not checked).
            "#,
        );
    }

    #[test]
    fn alternatives_of_members_have_words_too() {
        check_schemas(
            r#"
            Pick:
              type: object
              properties: { a: { type: string }, b: { type: string } }
              anyOf: [{ required: [a] }, { required: [b] }]
              x-typewright: { messages: { anyOf: picks nothing. } }
            "#,
            r#"
            Pick = object<any of [["a"], ["b"]] 'picks nothing.'>
              a: string
              b: string
            "#,
        );
    }

    #[test]
    fn words_beside_a_reference_are_for_what_it_refers_to() {
        check_schemas(
            r#"
            Text: { type: string, minLength: 1, x-typewright: { messages: { minLength: must not be empty. } } }
            Box:
              properties:
                name: { $ref: '#/components/schemas/Text', x-typewright: { messages: { minLength: needs a name. } } }
            "#,
            r#"
            Box = object
              name: string<length>=1 'needs a name.'>
            "#,
        );
    }
}

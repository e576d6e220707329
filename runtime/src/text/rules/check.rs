//! The walk over an encoded value, and the runtime's wording of each rule.

use super::{MemberRules, Rule, Test, Violation, pattern};
use crate::text::codec::Written;
use crate::text::codec::number::Number;
use crate::text::codec::tree::Tree;

pub(super) fn check(json: &str, rules: &[Rule], members: &[MemberRules]) -> Result<(), Violation> {
    let tree = Tree::parse(json).map_err(|error| Violation::new("", format!("must be JSON: {error}.")))?;
    check_value(&tree, rules, members)
}

pub(super) fn check_written(value: &Written, rules: &[Rule], members: &[MemberRules]) -> Result<(), Violation> {
    let tree = value.tree().map_err(|error| Violation::new("", format!("must be JSON: {error}.")))?;
    check_value(&tree, rules, members)
}

fn check_value(value: &Tree<'_>, rules: &[Rule], members: &[MemberRules]) -> Result<(), Violation> {
    if let Some(rule) = rules.iter().find(|rule| !holds(&rule.test, value)) {
        return Err(match rule.message {
            Some(words) => Violation::worded(words, reserved(&rule.test, value).unwrap_or_default()),
            None => Violation::new("", wording(&rule.test, value)),
        });
    }
    let below = |name: &str| members.iter().find(|member| member.name == name);
    let rest = below("*");
    match value {
        _ if members.is_empty() => Ok(()),
        Tree::Object(values) => values.iter().try_for_each(|(name, value)| match below(name).or(rest) {
            Some(member) => check_value(value, member.rules, member.members).map_err(|found| found.below(name)),
            None => Ok(()),
        }),
        Tree::Array(items) => items.iter().enumerate().try_for_each(|(index, item)| match rest {
            Some(member) => {
                check_value(item, member.rules, member.members).map_err(|found| found.below(&format!("[{index}]")))
            }
            None => Ok(()),
        }),
        _ => Ok(()),
    }
}

/// Whether the value at the first path stands before the one at the second; `false` if neither can be found.
pub(super) fn comes_first(json: &str, path: &str, other: &str) -> bool {
    Tree::parse(json).ok().and_then(|tree| first(&tree, "", path, other)).unwrap_or(false)
}

fn first(value: &Tree<'_>, here: &str, path: &str, other: &str) -> Option<bool> {
    if here == path || here == other {
        return Some(here != other);
    }
    let joint = if here.is_empty() { "" } else { "." };
    match value {
        Tree::Object(values) => {
            values.iter().find_map(|(name, value)| first(value, &format!("{here}{joint}{name}"), path, other))
        }
        Tree::Array(items) => {
            items.iter().enumerate().find_map(|(index, item)| first(item, &format!("{here}[{index}]"), path, other))
        }
        _ => None,
    }
}

/// Whether a value passes. A rule about another kind of value passes, as JSON Schema has it.
fn holds(test: &Test, value: &Tree<'_>) -> bool {
    match (test, value) {
        (Test::OneOf(_) | Test::AnyRequired(_), Tree::Null) => true,
        (Test::OneOf(values), _) => values.iter().any(|one| Tree::parse(one).is_ok_and(|one| one == *value)),
        (Test::AnyRequired(sets), Tree::Object(members)) => {
            let has = |name: &&str| members.iter().any(|(key, _)| key == name);
            sets.iter().any(|set| set.iter().all(has))
        }
        (Test::Object, _) => matches!(value, Tree::Null | Tree::Object(_)),
        (Test::ReservedKeys(_), _) => reserved(test, value).is_none(),
        (Test::NamedMembers, _) => is_named(value),
        (Test::MaxBytes(most), Tree::String(text)) => text.len() as u64 <= *most,
        (_, Tree::Number(text)) => number_holds(test, text),
        (Test::Pattern(pattern), Tree::String(text)) => pattern::matches(pattern, text),
        (_, Tree::String(text)) => length_holds(test, text),
        (_, Tree::Array(items)) => count_holds(test, items.len()) && (!matches!(test, Test::Unique) || unique(items)),
        (_, Tree::Object(members)) => count_holds(test, members.len()),
        (_, Tree::Null | Tree::Boolean(_)) => true,
    }
}

/// The first member whose name may not be had.
fn reserved<'v>(test: &Test, value: &'v Tree<'_>) -> Option<&'v str> {
    let (Test::ReservedKeys(keys), Tree::Object(members)) = (test, value) else { return None };
    let names = members.iter().map(|(name, _)| &**name);
    names.into_iter().find(|name| keys.iter().any(|key| key.to_lowercase() == name.to_lowercase()))
}

/// Whether every member has a name, here and further in. The depth is that of the reader, which is bounded.
fn is_named(value: &Tree<'_>) -> bool {
    match value {
        Tree::Object(members) => members.iter().all(|(name, value)| !name.is_empty() && is_named(value)),
        Tree::Array(items) => items.iter().all(is_named),
        _ => true,
    }
}

/// Bounds that are no numbers hold: a document's nonsense must not stop a call.
fn number_holds(test: &Test, text: &str) -> bool {
    let compare = |bound: &str| Some(Number::parse(text)?.cmp(&Number::parse(bound)?));
    match test {
        Test::Minimum(bound) => compare(bound).is_none_or(std::cmp::Ordering::is_ge),
        Test::ExclusiveMinimum(bound) => compare(bound).is_none_or(std::cmp::Ordering::is_gt),
        Test::Maximum(bound) => compare(bound).is_none_or(std::cmp::Ordering::is_le),
        Test::ExclusiveMaximum(bound) => compare(bound).is_none_or(std::cmp::Ordering::is_lt),
        Test::MultipleOf(divisor) => match (Number::parse(text), Number::parse(divisor)) {
            (Some(value), Some(divisor)) => value.is_multiple_of(&divisor).unwrap_or(true),
            _ => true,
        },
        _ => true,
    }
}

fn length_holds(test: &Test, text: &str) -> bool {
    let length = || text.chars().count() as u64;
    match test {
        Test::MinLength(least) => length() >= *least,
        Test::MaxLength(most) => length() <= *most,
        _ => true,
    }
}

fn count_holds(test: &Test, count: usize) -> bool {
    match test {
        Test::MinCount(least) => count as u64 >= *least,
        Test::MaxCount(most) => count as u64 <= *most,
        _ => true,
    }
}

fn unique(items: &[Tree<'_>]) -> bool {
    items.iter().enumerate().all(|(index, item)| !items.iter().take(index).any(|earlier| earlier == item))
}

/// In plain words; they follow the member's name.
fn wording(test: &Test, value: &Tree<'_>) -> String {
    let things = if matches!(value, Tree::Array(_)) { "item" } else { "member" };
    match test {
        Test::Minimum(bound) => format!("must be greater than or equal to {bound}."),
        Test::ExclusiveMinimum(bound) => format!("must be greater than {bound}."),
        Test::Maximum(bound) => format!("must be less than or equal to {bound}."),
        Test::ExclusiveMaximum(bound) => format!("must be less than {bound}."),
        Test::MultipleOf(divisor) => format!("must be a multiple of {divisor}."),
        Test::MinLength(1) => String::from("must not be empty."),
        Test::MinLength(least) => format!("must be at least {} long.", plural(*least, "character")),
        Test::MaxLength(most) => format!("must be at most {} long.", plural(*most, "character")),
        Test::Pattern(pattern) => format!("must match the pattern {pattern}"),
        Test::MinCount(least) => format!("must have at least {}.", plural(*least, things)),
        Test::MaxCount(most) => format!("must have at most {}.", plural(*most, things)),
        Test::Unique => String::from("must not have two equal items."),
        Test::MaxBytes(most) => format!("must be at most {} long in UTF-8.", plural(*most, "byte")),
        Test::ReservedKeys(_) => {
            format!("must not have the member {}: the name is reserved.", reserved(test, value).unwrap_or_default())
        }
        Test::NamedMembers => String::from("must not have a member without a name."),
        Test::Object => String::from("must be an object."),
        Test::OneOf([one]) => format!("must be {}.", shown(one)),
        Test::OneOf(values) => format!("must be one of {}.", listed(values.iter().map(|one| shown(one)).collect())),
        Test::AnyRequired(sets) => format!("must have {}.", listed(sets.iter().map(|set| set.join(" and ")).collect())),
    }
}

fn plural(count: u64, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// A JSON text as it reads in a sentence: strings without their quotes.
fn shown(json: &str) -> String {
    match Tree::parse(json) {
        Ok(Tree::String(text)) if !text.is_empty() => text.into_owned(),
        _ => json.to_owned(),
    }
}

/// `a`, `a or b`, `a, b, or c`.
fn listed(mut words: Vec<String>) -> String {
    let Some(last) = words.pop() else { return String::from("nothing") };
    match words.as_slice() {
        [] => last,
        [first] => format!("{first} or {last}"),
        _ => format!("{}, or {last}", words.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use crate::text::rules::{MemberRules, Rule, check};

    fn violation(json: &str, rules: &[Rule], members: &[MemberRules]) -> String {
        check(json, rules, members).map_or_else(|found| found.to_string(), |()| String::from("ok"))
    }

    #[test]
    fn one_rule() {
        let check = |rule: Rule, json: &str, expected: &str| {
            assert_eq!(violation(json, &[rule], &[]), expected, "{rule:?} {json}");
            assert_eq!(violation("null", &[rule], &[]), "ok");
        };
        check(Rule::minimum("0"), "0", "ok");
        check(Rule::minimum("0"), "-0.1", "must be greater than or equal to 0.");
        check(Rule::minimum("0"), "\"-1\"", "ok");
        check(Rule::exclusive_minimum("0"), "0.0", "must be greater than 0.");
        check(Rule::maximum("10"), "1e1", "ok");
        check(Rule::maximum("10"), "10.01", "must be less than or equal to 10.");
        check(Rule::exclusive_maximum("10"), "10", "must be less than 10.");
        check(Rule::multiple_of("0.01"), "19.99", "ok");
        check(Rule::multiple_of("5"), "12", "must be a multiple of 5.");
        check(Rule::min_length(1), "\"\"", "must not be empty.");
        check(Rule::min_length(3), "\"äö\"", "must be at least 3 characters long.");
        check(Rule::max_length(2), "\"äö\"", "ok");
        check(Rule::max_length(1), "\"äö\"", "must be at most 1 character long.");
        check(Rule::pattern(r"\S"), "\" \"", r"must match the pattern \S");
        check(Rule::pattern(r"(?<!x)y"), "\"x\"", "ok");
        check(Rule::min_count(1), "[]", "must have at least 1 item.");
        check(Rule::max_count(1), r#"{"a":1,"b":2}"#, "must have at most 1 member.");
        check(Rule::max_bytes(4), "\"äö\"", "ok");
        check(Rule::max_bytes(3), "\"äö\"", "must be at most 3 bytes long in UTF-8.");
        check(Rule::reserved_keys(&["id"]), r#"{"ids":{"id":1}}"#, "ok");
        check(Rule::reserved_keys(&["id"]), r#"{"a":1,"Id":2}"#, "must not have the member Id: the name is reserved.");
        check(Rule::named_members(), r#"{"a":[{"b":{}}]}"#, "ok");
        check(Rule::named_members(), r#"{"a":[{"":{}}]}"#, "must not have a member without a name.");
        check(Rule::object(), "{}", "ok");
        check(Rule::object(), "[]", "must be an object.");
        check(Rule::object(), "1", "must be an object.");
        check(Rule::unique(), "[1,2,1.0]", "must not have two equal items.");
        check(Rule::one_of(&["1", "3", "7", "14", "30"]), "7.0", "ok");
        check(Rule::one_of(&["1", "3", "7", "14", "30"]), "2", "must be one of 1, 3, 7, 14, or 30.");
        check(Rule::one_of(&["\"a\"", "\"b\""]), "\"c\"", "must be one of a or b.");
        check(Rule::one_of(&["\"a\""]), "\"c\"", "must be a.");
        check(Rule::any_required(&[&["a"], &["b", "c"]]), r#"{"b":1}"#, "must have a or b and c.");
        check(Rule::any_required(&[&["a"], &["b", "c"]]), r#"{"b":1,"c":2}"#, "ok");
    }

    #[test]
    fn words_may_be_whole_sentences() {
        static NAME: &[MemberRules] = &[
            MemberRules::new("name", &[Rule::min_length(1).message("pets need '{member}'")]),
            MemberRules::new("notes", &[Rule::reserved_keys(&["id"]).message("'{key}' is taken")]),
        ];
        static PETS: &[MemberRules] =
            &[MemberRules::new("pets", &[]).members(&[MemberRules::new("*", &[]).members(NAME)])];
        assert_eq!(violation(r#"{"name":""}"#, &[], NAME), "pets need 'name'");
        assert_eq!(violation(r#"{"notes":{"ID":1}}"#, &[], NAME), "'ID' is taken");
        assert_eq!(violation(r#"{"pets":[{},{"name":""}]}"#, &[], PETS), "pets[1]: pets need 'name'");
        assert_eq!(violation(r#"{"pets":[{"notes":{"id":1}}]}"#, &[], PETS), "pets[0]: 'id' is taken");
    }

    #[test]
    fn order_of_places() {
        const JSON: &str = r#"{"a":1,"b":[{"c":2},{"c":3}],"d":4}"#;
        let check = |path: &str, other: &str, expected: bool| {
            assert_eq!(crate::text::rules::comes_first(JSON, path, other), expected, "{path} {other}");
            assert_eq!(crate::text::rules::comes_first(JSON, other, path), !expected, "{other} {path}");
        };
        check("a", "b[0].c", true);
        check("d", "b[1].c", false);
        check("", "a", true);
        check("b", "b[0].c", true);
        check("a", "nowhere", true);
        assert!(!crate::text::rules::comes_first("{", "a", "b"));
    }

    #[test]
    fn members_in_order() {
        static ITEM: &[MemberRules] = &[MemberRules::new("price", &[Rule::minimum("0")])];
        static MEMBERS: &[MemberRules] = &[
            MemberRules::new("name", &[Rule::pattern(r"\S").message("must be a non-empty string.")]),
            MemberRules::new("items", &[Rule::max_count(2)]).members(&[MemberRules::new("*", &[]).members(ITEM)]),
            MemberRules::new("tags", &[]).members(&[MemberRules::new("*", &[Rule::min_length(1)])]),
        ];
        let check = |json: &str, expected: &str| assert_eq!(violation(json, &[], MEMBERS), expected, "{json}");
        check(r#"{"name":"x","items":[{"price":1}],"other":-1}"#, "ok");
        check(r#"{"name":" ","items":[{"price":-1}]}"#, "name must be a non-empty string.");
        check(r#"{"items":[{"price":-1}],"name":" "}"#, "items[0].price must be greater than or equal to 0.");
        check(r#"{"items":[1,2,3]}"#, "items must have at most 2 items.");
        check(r#"{"tags":{"a b":""}}"#, "tags.a b must not be empty.");
        static ITEMS: &[MemberRules] = &[MemberRules::new("*", &[Rule::minimum("0")])];
        let found = crate::text::rules::check("[-1]", &[], ITEMS).unwrap_err();
        assert_eq!(found.below("size").to_string(), "size[0] must be greater than or equal to 0.");
    }
}

//! What a list of schemas that must all hold says together: references followed, `allOf` opened, keywords put side by side.
//!
//! Reads the document's own text and none of the generator's models, so that a fault of those shows.

use serde_json::{Map, Value as Schema};

/// References that lead on to references end after so many.
const LONGEST_CHAIN: usize = 50;

/// Several schemas as one.
#[derive(Clone, Debug, Default)]
pub(super) struct Flat<'d> {
    /// Kinds that all of them allow, without `null`; `None`: nothing is said.
    pub(super) types: Option<Vec<&'d str>>,
    /// Whether `null` is a value.
    pub(super) nullable: bool,
    /// `enum` or `const`, without `null`.
    pub(super) values: Option<Vec<&'d Schema>>,
    pub(super) format: Option<&'d str>,
    /// Members, each with all that is said of it.
    pub(super) properties: Vec<(&'d str, Vec<&'d Schema>)>,
    pub(super) required: Vec<&'d str>,
    /// Schemas of `additionalProperties`, else of `unevaluatedProperties`.
    pub(super) additional: Vec<&'d Schema>,
    pub(super) items: Vec<&'d Schema>,
    /// `prefixItems`.
    pub(super) first_items: Vec<&'d Schema>,
    /// `oneOf` and `anyOf`, each with its discriminator.
    pub(super) unions: Vec<(&'d [Schema], Option<&'d Schema>)>,
    pub(super) discriminator: Option<&'d str>,
    pub(super) default: Option<&'d Schema>,
    pub(super) minimum: Option<f64>,
    pub(super) maximum: Option<f64>,
    pub(super) min_items: usize,
    pub(super) max_items: Option<usize>,
    pub(super) min_length: usize,
    pub(super) max_length: Option<usize>,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
    /// Whether something is said that this does not look at, or that several schemas say in different words.
    pub(super) vague: bool,
    /// Whether nothing is known of its values: a reference to another file, or texts that hold other values.
    pub(super) unreadable: bool,
    parts: usize,
}

const PASSED_OVER: &[&str] =
    &["not", "if", "patternProperties", "prefixItems", "contains", "dependentSchemas", "$dynamicRef"];

/// Facts of a schema that change nothing of its values.
const WORDS: &[&str] = &["name", "values", "sensitive", "trim", "fill", "messages"];

/// Puts schemas together.
pub(super) fn flatten<'d>(root: &'d Schema, schemas: &[&'d Schema]) -> Flat<'d> {
    let mut flat = Flat::default();
    schemas.iter().for_each(|schema| add(root, schema, &mut flat, 0));
    flat
}

/// What a reference of this document leads to.
pub(super) fn follow<'d>(root: &'d Schema, reference: &str) -> Option<&'d Schema> {
    let pointer = reference.strip_prefix('#')?;
    root.pointer(pointer).or_else(|| root.pointer(&percent_decoded(pointer)))
}

/// Pointers in references are fragments of URLs.
pub(super) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let digits = if byte == b'%' { rest.clone().take(2).collect() } else { Vec::new() };
        let decoded = std::str::from_utf8(&digits).ok().and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match decoded {
            Some(decoded) => {
                bytes.push(decoded);
                rest.nth(1);
            }
            None => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn add<'d>(root: &'d Schema, schema: &'d Schema, flat: &mut Flat<'d>, depth: usize) {
    let Schema::Object(says) = schema else { return };
    if depth > LONGEST_CHAIN {
        flat.vague = true;
        return;
    }
    if let Some(reference) = says.get("$ref").and_then(Schema::as_str) {
        match follow(root, reference) {
            Some(target) => add(root, target, flat, depth + 1),
            None => flat.unreadable = true,
        }
        // Since 3.1 what stands beside a reference counts (JSON Schema Core 2020-12, 8.2.3.1). 3.0 has it ignored (3.0.4,
        // 4.7.23), but whoever writes `readOnly` or names members there means it, and crates of all versions take it so. What
        // else counts and says more than words is rare.
        flat.nullable |= nullable(says);
        travel(says, flat);
        require(says, flat);
        return;
    }
    for part in says.get("allOf").and_then(Schema::as_array).into_iter().flatten() {
        add(root, part, flat, depth + 1);
    }
    for keyword in ["oneOf", "anyOf"] {
        // A value or nothing is no union.
        if let Some(one) = one_or_null(root, says.get(keyword)) {
            add(root, one, flat, depth + 1);
            flat.nullable = true;
            // A default says nothing of which values are allowed (JSON Schema Validation 2020-12, 9.2), so that `null` is one
            // beside a choice as anywhere else; a required member that has one may be missing in answers.
            flat.default = says.get("default").or(flat.default);
            travel(says, flat);
            return;
        }
    }
    if !says.keys().any(|key| CONSTRAINTS.contains(&key.as_str())) {
        flat.nullable |= nullable(says);
        return;
    }
    kinds(says, flat);
    members(says, flat);
    bounds(says, flat);
    flat.vague |= PASSED_OVER.iter().any(|keyword| says.contains_key(*keyword));
    let facts = says.get("x-typewright").and_then(Schema::as_object).into_iter().flatten();
    flat.vague |= facts.into_iter().any(|(fact, _)| !WORDS.contains(&fact.as_str()));
    // Members whose names have a pattern are those that the document leaves room for.
    match says.get("patternProperties").and_then(Schema::as_object) {
        Some(patterns) if patterns.len() == 1 => flat.additional.extend(patterns.values()),
        Some(patterns) => flat.unreadable |= !patterns.is_empty(),
        None => {}
    }
    flat.unreadable |=
        says.contains_key("$dynamicRef") || says.contains_key("contentSchema") || says.contains_key("contentMediaType");
    flat.parts += 1;
}

/// Keywords that say something of a value; a schema without any is words only.
const CONSTRAINTS: &[&str] = &[
    "type",
    "nullable",
    "enum",
    "const",
    "format",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "oneOf",
    "anyOf",
    "discriminator",
    "default",
    "not",
    "if",
    "patternProperties",
    "prefixItems",
    "readOnly",
    "writeOnly",
    "x-typewright",
    "contentSchema",
    "contentMediaType",
    "$dynamicRef",
];

fn one_or_null<'d>(root: &Schema, branches: Option<&'d Schema>) -> Option<&'d Schema> {
    let branches = branches?.as_array()?;
    match without_null(root, branches).as_slice() {
        [(_, one)] if branches.len() == 2 => Some(one),
        _ => None,
    }
}

/// The branches of a choice, each with its place, but for those that only say that there may be nothing.
pub(super) fn without_null<'d>(root: &Schema, branches: &'d [Schema]) -> Vec<(usize, &'d Schema)> {
    branches.iter().enumerate().filter(|(_, branch)| !adds_null(root, branch, branches)).collect()
}

/// `type: 'null'`, or `nullable` in a schema that says no more, or no more than that it is an object as another branch is.
fn adds_null(root: &Schema, branch: &Schema, branches: &[Schema]) -> bool {
    let Schema::Object(says) = branch else { return false };
    let null = Schema::Null;
    let listed =
        says.get("enum").and_then(Schema::as_array).is_some_and(|values| values.iter().all(|one| *one == null));
    if says.get("type").is_some_and(|ty| ty == "null") || says.get("const") == Some(&null) || listed {
        return true;
    }
    let said = |key: &&String| CONSTRAINTS.contains(&key.as_str()) || ["$ref", "allOf"].contains(&key.as_str());
    let bare = says.keys().filter(said).all(|key| ["type", "nullable"].contains(&key.as_str()));
    let types: Vec<&str> = match says.get("type") {
        Some(Schema::String(one)) => vec![one],
        Some(Schema::Array(several)) => several.iter().filter_map(Schema::as_str).collect(),
        _ => Vec::new(),
    };
    let beside = || branches.iter().any(|other| !std::ptr::eq(other, branch) && may_be_object(root, other));
    let object = types.contains(&"object") && types.iter().all(|ty| ["object", "null"].contains(ty)) && beside();
    bare && (nullable(says) || types.contains(&"null")) && (types.is_empty() || object)
}

fn may_be_object(root: &Schema, schema: &Schema) -> bool {
    let mut at = schema;
    for _ in 0..LONGEST_CHAIN {
        match at.get("$ref").and_then(Schema::as_str).map(|reference| follow(root, reference)) {
            Some(Some(target)) => at = target,
            Some(None) => return false,
            None => break,
        }
    }
    match at.get("type") {
        Some(Schema::Array(several)) => several.iter().any(|ty| ty == "object"),
        Some(one) => one == "object",
        None => ["allOf", "oneOf", "anyOf", "properties"].iter().any(|key| at.get(*key).is_some()),
    }
}

fn nullable(says: &Map<String, Schema>) -> bool {
    says.get("nullable").and_then(Schema::as_bool).unwrap_or(false)
}

/// Which way a member travels.
fn travel(says: &Map<String, Schema>, flat: &mut Flat<'_>) {
    flat.read_only |= says.get("readOnly").and_then(Schema::as_bool).unwrap_or(false);
    flat.write_only |= says.get("writeOnly").and_then(Schema::as_bool).unwrap_or(false);
}

fn kinds<'d>(says: &'d Map<String, Schema>, flat: &mut Flat<'d>) {
    let types: Option<Vec<&str>> = match says.get("type") {
        Some(Schema::String(one)) => Some(vec![one]),
        Some(Schema::Array(several)) => Some(several.iter().filter_map(Schema::as_str).collect()),
        _ => None,
    };
    let values: Option<Vec<&Schema>> = match (says.get("enum"), says.get("const")) {
        (_, Some(value)) => Some(vec![value]),
        (Some(Schema::Array(values)), _) => Some(values.iter().collect()),
        _ => None,
    };
    let null = nullable(says) || types.as_ref().is_some_and(|types| types.contains(&"null"));
    let null =
        null && values.as_ref().is_none_or(|values| says.contains_key("type") || values.contains(&&Schema::Null));
    // Of several parts one alone cannot allow null.
    flat.nullable = if flat.parts == 0 { null } else { flat.nullable && null };
    let types = types.map(|types| types.into_iter().filter(|ty| *ty != "null").collect::<Vec<_>>());
    flat.types = match (flat.types.take(), types) {
        (Some(old), Some(new)) => {
            flat.vague |= old != new;
            Some(old.into_iter().filter(|ty| new.contains(ty)).collect())
        }
        (old, new) => old.or(new),
    };
    let values = values.map(|values| values.into_iter().filter(|value| !value.is_null()).collect::<Vec<_>>());
    flat.values = match (flat.values.take(), values) {
        (Some(old), Some(new)) => Some(old.into_iter().filter(|value| new.contains(value)).collect()),
        (old, new) => old.or(new),
    };
    flat.format = says.get("format").and_then(Schema::as_str).or(flat.format);
    flat.default = says.get("default").or(flat.default);
    travel(says, flat);
    let discriminator = says.get("discriminator");
    for keyword in ["oneOf", "anyOf"] {
        match says.get(keyword).and_then(Schema::as_array) {
            // Lists of members of which one must be there are no types.
            Some(branches) if branches.iter().all(only_requires) => {
                flat.types.get_or_insert_with(|| vec!["object"]);
            }
            Some(branches) => flat.unions.push((branches, discriminator)),
            None => {}
        }
    }
    flat.discriminator = discriminator.and_then(|d| d.get("propertyName")?.as_str()).or(flat.discriminator);
}

/// Whether a schema says which members must be there, and nothing else.
fn only_requires(schema: &Schema) -> bool {
    let Schema::Object(says) = schema else { return false };
    let passed_over = |key: &str| key == "required" || !CONSTRAINTS.contains(&key) && !["$ref", "allOf"].contains(&key);
    let object = |says: &Map<String, Schema>| says.get("type").is_none_or(|ty| ty == "object");
    says.contains_key("required") && object(says) && says.keys().all(|key| key == "type" || passed_over(key))
}

fn members<'d>(says: &'d Map<String, Schema>, flat: &mut Flat<'d>) {
    for (name, schema) in says.get("properties").and_then(Schema::as_object).into_iter().flatten() {
        match flat.properties.iter_mut().find(|(known, _)| known == name) {
            Some((_, schemas)) => schemas.push(schema),
            None => flat.properties.push((name, vec![schema])),
        }
    }
    require(says, flat);
    // What says nothing is as if it were not there: anything goes.
    let says_something = |schema: &&Schema| schema.as_object().is_some_and(|says| !says.is_empty());
    let rest = says.get("additionalProperties").or_else(|| says.get("unevaluatedProperties"));
    flat.additional.extend(rest.filter(says_something));
    flat.items.extend(says.get("items"));
    flat.first_items.extend(says.get("prefixItems").and_then(Schema::as_array).into_iter().flatten());
}

fn require<'d>(says: &'d Map<String, Schema>, flat: &mut Flat<'d>) {
    let required = says.get("required").and_then(Schema::as_array).into_iter().flatten();
    for name in required.filter_map(Schema::as_str) {
        if !flat.required.contains(&name) {
            flat.required.push(name);
        }
    }
}

fn bounds(says: &Map<String, Schema>, flat: &mut Flat<'_>) {
    let number = |keyword: &str| says.get(keyword).and_then(Schema::as_f64);
    let count =
        |keyword: &str| says.get(keyword).and_then(Schema::as_u64).and_then(|count| usize::try_from(count).ok());
    // A bound that is excluded is a number in 3.1, and a flag beside the bound in 3.0.
    let step = |flag: &str| if says.get(flag).and_then(Schema::as_bool) == Some(true) { 1.0 } else { 0.0 };
    let low = number("minimum").map(|low| low + step("exclusiveMinimum"));
    let high = number("maximum").map(|high| high - step("exclusiveMaximum"));
    flat.minimum = low.or(number("exclusiveMinimum").map(|low| low + 1.0)).or(flat.minimum);
    flat.maximum = high.or(number("exclusiveMaximum").map(|high| high - 1.0)).or(flat.maximum);
    flat.min_items = flat.min_items.max(count("minItems").unwrap_or(0));
    flat.max_items = count("maxItems").or(flat.max_items);
    flat.min_length = flat.min_length.max(count("minLength").unwrap_or(0));
    flat.max_length = count("maxLength").or(flat.max_length);
}

impl<'d> Flat<'d> {
    /// The one kind of its values besides null; `None`: there are several, or any.
    pub(super) fn kind(&self) -> Option<&'d str> {
        match self.types.as_deref() {
            Some([one]) => Some(one),
            Some(_) => None,
            None if self.values.is_some() || !self.unions.is_empty() => None,
            None if !self.properties.is_empty() || !self.additional.is_empty() => Some("object"),
            None if !self.items.is_empty() => Some("array"),
            // Most formats are of strings.
            None if self.format.is_some() => Some("string"),
            None => None,
        }
    }
}

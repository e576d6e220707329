//! Which variant of a union a value is, by the document: what its mapping, its keys and its constants say.
//!
//! A value that is read as another variant keeps all that it has, so reading and writing alone never tells. What the
//! generator decided about tags is not asked. What several variants claim, or none clearly, is nobody's.

use serde_json::Value as Schema;

use super::make::Forced;
use super::schema::{Flat, flatten, follow, percent_decoded, without_null};

/// References and `allOf` inside each other are followed so far.
const DEEPEST: usize = 20;
/// What no mapping lists.
const UNLISTED: &str = "zz-unknown";

/// A value of a union whose variant the document names.
#[derive(Clone, Debug)]
pub(super) struct Way<'d> {
    /// What an instance is made of.
    pub(super) schema: &'d Schema,
    /// The variant that is taken of it, where it lists its variants.
    pub(super) forced: Option<Forced<'d>>,
    /// The member that says which it is and what it says; `None`: the instance has it by its constants.
    pub(super) tag: Option<(String, String)>,
    /// JSON pointers of the variant: where it stands, and what its references lead to.
    pub(super) places: Vec<String>,
}

/// One of the schemas that a union chooses from.
struct Member<'d> {
    places: Vec<String>,
    /// As it is listed, or the component that extends the parent.
    schema: &'d Schema,
    flat: Flat<'d>,
}

/// All values of the schema at this pointer whose variant the document names; none if it is no union.
pub(super) fn ways<'d>(root: &'d Schema, pointer: &str) -> Vec<Way<'d>> {
    let Some(schema) = root.pointer(pointer) else { return Vec::new() };
    let mut choices = Vec::new();
    find_choices(root, pointer, &mut choices, 0);
    match choices.as_slice() {
        [(owner, keyword)] => of_choice(root, schema, owner, keyword),
        [] => of_parent(root, pointer),
        _ => Vec::new(),
    }
}

fn of_choice<'d>(root: &'d Schema, schema: &'d Schema, owner: &str, keyword: &str) -> Vec<Way<'d>> {
    let says = root.pointer(owner);
    let Some(listed) = says.and_then(|says| says.get(keyword)?.as_array()) else { return Vec::new() };
    let family: Vec<Member<'_>> = without_null(root, listed)
        .into_iter()
        .map(|(place, branch)| member(root, branch, &format!("{owner}/{keyword}/{place}")))
        .collect();
    let way = |(tag, member): (Option<(String, String)>, &Member<'d>)| Way {
        schema,
        forced: Some(Forced { listed, branch: member.schema }),
        tag,
        places: member.places.clone(),
    };
    match says.and_then(|says| says.get("discriminator")) {
        Some(told) => declared(root, told, &family).into_iter().map(|(tag, of)| way((Some(tag), of))).collect(),
        None if is_told_by_constants(root, &family) => family.iter().map(|of| way((None, of))).collect(),
        None => Vec::new(),
    }
}

/// The components that extend a parent which tells them apart.
fn of_parent<'d>(root: &'d Schema, pointer: &str) -> Vec<Way<'d>> {
    let parent = chain(root, pointer).pop().unwrap_or_default();
    let Some(told) = root.pointer(&parent).and_then(|says| says.get("discriminator")) else { return Vec::new() };
    let components = root.pointer("/components/schemas").and_then(Schema::as_object).into_iter().flatten();
    let children = components.filter_map(|(key, schema)| {
        let place = component(key);
        (place != parent && extends(root, schema, &parent, 0)).then(|| member(root, schema, &place))
    });
    let family: Vec<Member<'_>> = children.collect();
    let ways = declared(root, told, &family).into_iter();
    let way = |(tag, of): ((String, String), &Member<'d>)| Way {
        schema: of.schema,
        forced: None,
        tag: Some(tag),
        places: of.places.clone(),
    };
    ways.map(way).collect()
}

/// What a discriminator says of each member: its mapping, or else what the members say of themselves.
fn declared<'f, 'd>(
    root: &'d Schema,
    told: &'d Schema,
    family: &'f [Member<'d>],
) -> Vec<((String, String), &'f Member<'d>)> {
    let Some(name) = told.get("propertyName").and_then(Schema::as_str) else { return Vec::new() };
    // Only text selects a variant.
    if !family.iter().all(|member| may_be_text(root, &member.flat, name)) {
        return Vec::new();
    }
    let mapping = told.get("mapping").and_then(Schema::as_object);
    let led_to = |target: &Schema| {
        let end = chain(root, &target_of(root, target.as_str()?)?).pop();
        family.iter().find(|member| member.places.last() == end.as_ref())
    };
    let mut found: Vec<(String, &Member<'_>)> = Vec::new();
    for (tag, target) in mapping.into_iter().flatten() {
        found.extend(led_to(target).map(|member| (tag.clone(), member)));
    }
    let is_mapped = |tag: &String| mapping.is_some_and(|mapping| mapping.contains_key(tag));
    let mut implied: Vec<(String, &Member<'_>)> = Vec::new();
    for member in family {
        if !found.iter().any(|(_, other)| other.places == member.places) {
            implied.extend(own_tags(root, member, name).into_iter().map(|tag| (tag, member)));
        }
    }
    let claims =
        |tag: &String| family.iter().filter(|other| listed_tags(root, &other.flat, name).contains(tag)).count();
    let once = |tag: &String| implied.iter().filter(|(other, _)| other == tag).count() == 1;
    let clear = |(tag, member): &&(String, &Member<'_>)| {
        !is_mapped(tag) && once(tag) && (claims(tag) < 2 || key_of(member) == Some(tag.clone()))
    };
    found.extend(implied.iter().filter(clear).cloned());
    found.extend(told.get("defaultMapping").and_then(led_to).map(|member| (UNLISTED.to_owned(), member)));
    found.into_iter().map(|(tag, member)| ((name.to_owned(), tag), member)).collect()
}

/// The tags of a member that no mapping names: its own, its constants, its key.
fn own_tags(root: &Schema, member: &Member<'_>, name: &str) -> Vec<String> {
    // One that chooses again may go by the tags of what it chooses from.
    if !member.flat.unions.is_empty() {
        return Vec::new();
    }
    let end = member.places.last().and_then(|place| root.pointer(place));
    if let Some(tag) = end.and_then(|schema| schema.get("x-ms-discriminator-value")?.as_str()) {
        return vec![tag.to_owned()];
    }
    let listed = listed_tags(root, &member.flat, name);
    // A list without the key may be of the key's other names, or of tags of others.
    match (listed.as_slice(), key_of(member)) {
        ([], key) => key.into_iter().collect(),
        (listed, Some(key)) if listed.contains(&key) => vec![key],
        ([_], _) => listed,
        _ => Vec::new(),
    }
}

fn listed_tags(root: &Schema, flat: &Flat<'_>, name: &str) -> Vec<String> {
    values(root, flat, name).into_iter().filter_map(|value| value.as_str().map(str::to_owned)).collect()
}

/// The values that a member of an object is one of; none if it may be others.
fn values<'d>(root: &'d Schema, flat: &Flat<'d>, name: &str) -> Vec<&'d Schema> {
    let property = flat.properties.iter().find(|(known, _)| *known == name);
    property.and_then(|(_, schemas)| flatten(root, schemas).values).unwrap_or_default()
}

fn may_be_text(root: &Schema, flat: &Flat<'_>, name: &str) -> bool {
    let property = flat.properties.iter().find(|(known, _)| *known == name);
    property.is_none_or(|(_, schemas)| {
        let held = flatten(root, schemas);
        held.types.is_none_or(|types| types.contains(&"string")) && held.unions.is_empty()
    })
}

/// Whether there is a member that all of them need and of whose values no two share one.
fn is_told_by_constants<'d>(root: &'d Schema, family: &[Member<'d>]) -> bool {
    let [first, _, ..] = family else { return false };
    // What a common parent says of them is another thing.
    let plain = |member: &Member<'_>| member.flat.unions.is_empty() && member.flat.discriminator.is_none();
    let is_told_by = |name: &str| {
        let mut taken: Vec<&Schema> = Vec::new();
        family.iter().all(|member| {
            let values = values(root, &member.flat, name);
            let fresh = !values.is_empty() && !values.iter().any(|value| taken.contains(value));
            taken.extend(values);
            fresh && member.flat.required.contains(&name)
        })
    };
    family.iter().all(plain) && first.flat.required.iter().any(|name| is_told_by(name))
}

fn member<'d>(root: &'d Schema, schema: &'d Schema, place: &str) -> Member<'d> {
    Member { places: chain(root, place), schema, flat: flatten(root, &[schema]) }
}

/// The key of the component that a member is or refers to.
fn key_of(member: &Member<'_>) -> Option<String> {
    let keys = member.places.iter().filter_map(|place| place.strip_prefix("/components/schemas/"));
    keys.filter(|key| !key.contains('/')).map(|key| key.replace("~1", "/").replace("~0", "~")).next()
}

fn component(key: &str) -> String {
    format!("/components/schemas/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// What a mapping leads to: a reference, or the key of a component.
fn target_of(root: &Schema, target: &str) -> Option<String> {
    let place = component(target);
    let place = if root.pointer(&place).is_some() { place } else { pointer_of(root, target)? };
    Some(place)
}

fn pointer_of(root: &Schema, reference: &str) -> Option<String> {
    let pointer = reference.strip_prefix('#')?;
    let decoded = || Some(percent_decoded(pointer)).filter(|decoded| root.pointer(decoded).is_some());
    root.pointer(pointer).map(|_| pointer.to_owned()).or_else(decoded)
}

/// A place, and the places that references lead to from there.
fn chain(root: &Schema, place: &str) -> Vec<String> {
    let mut places = vec![place.to_owned()];
    while let Some(next) = places.last().and_then(|last| {
        let reference = root.pointer(last)?.get("$ref")?.as_str()?;
        pointer_of(root, reference)
    }) {
        if places.contains(&next) {
            break;
        }
        places.push(next);
    }
    places
}

/// Whether a schema has the parent in its `allOf`, or in those of its ancestors.
fn extends(root: &Schema, schema: &Schema, parent: &str, depth: usize) -> bool {
    let parts = schema.get("allOf").and_then(Schema::as_array).into_iter().flatten();
    depth < DEEPEST
        && parts.into_iter().any(|part| {
            let reference = part.get("$ref").and_then(Schema::as_str);
            let leads = reference.and_then(|reference| pointer_of(root, reference));
            let end = leads.and_then(|place| chain(root, &place).pop());
            let target = reference.map_or(Some(part), |reference| follow(root, reference));
            end.as_deref() == Some(parent) || target.is_some_and(|target| extends(root, target, parent, depth + 1))
        })
}

/// The lists that a schema chooses from: the pointer of what has the list, and the keyword.
fn find_choices(root: &Schema, pointer: &str, found: &mut Vec<(String, &'static str)>, depth: usize) {
    let Some(owner) = chain(root, pointer).pop().filter(|_| depth < DEEPEST) else { return };
    let Some(says) = root.pointer(&owner) else { return };
    for keyword in ["oneOf", "anyOf"] {
        if says.get(keyword).is_some_and(Schema::is_array) {
            found.push((owner.clone(), keyword));
        }
    }
    let parts = says.get("allOf").and_then(Schema::as_array).map_or(0, Vec::len);
    (0..parts).for_each(|part| find_choices(root, &format!("{owner}/allOf/{part}"), found, depth + 1));
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The tags of `Pet`, each with the key of what it leads to; `-` is a tag that the instance has by itself.
    fn check(schemas: &Schema, expected: &[&str]) {
        let root = json!({ "components": { "schemas": schemas } });
        let found = ways(&root, "/components/schemas/Pet").into_iter().map(|way| {
            let tag = way.tag.map_or_else(|| "-".to_owned(), |(_, tag)| tag);
            let place = way.places.last().and_then(|place| place.rsplit('/').next()).unwrap_or_default().to_owned();
            format!("{tag} {place}")
        });
        assert_eq!(found.collect::<Vec<_>>(), expected);
    }

    fn listed(discriminator: &Schema, cat: &Schema, dog: &Schema) -> Schema {
        let of = |key: &str| json!({ "$ref": format!("#/components/schemas/{key}") });
        let mut pet = json!({ "oneOf": [of("Cat"), of("Dog")] });
        if !discriminator.is_null() {
            pet["discriminator"] = discriminator.clone();
        }
        json!({ "Pet": pet, "Cat": cat, "Dog": dog })
    }

    fn kind(of: &Schema) -> Schema {
        json!({ "type": "object", "required": ["kind"], "properties": { "kind": of } })
    }

    #[test]
    fn a_mapping_names_variants_and_keys_the_others() {
        let told = json!({ "propertyName": "kind", "mapping": { "c": "#/components/schemas/Cat", "kitten": "Cat" } });
        let text = kind(&json!({ "type": "string" }));
        check(&listed(&told, &text, &text), &["c Cat", "kitten Cat", "Dog Dog"]);
        let told = json!({ "propertyName": "kind", "mapping": { "c": "Cat" }, "defaultMapping": "Dog" });
        check(&listed(&told, &text, &text), &["c Cat", "Dog Dog", "zz-unknown Dog"]);
    }

    #[test]
    fn constants_count_more_than_keys_and_what_both_claim_is_nobodys() {
        let told = json!({ "propertyName": "kind" });
        let constant = kind(&json!({ "const": "dog" }));
        check(&listed(&told, &kind(&json!({ "type": "string" })), &constant), &["Cat Cat", "dog Dog"]);
        check(&listed(&told, &constant, &constant), &[]);
        check(&listed(&told, &kind(&json!({ "type": "integer" })), &constant), &[]);
    }

    #[test]
    fn without_a_discriminator_values_tell_that_all_need() {
        let (cat, dog) = (kind(&json!({ "const": "cat" })), kind(&json!({ "enum": ["dog", "puppy"] })));
        check(&listed(&Schema::Null, &cat, &dog), &["- Cat", "- Dog"]);
        check(&listed(&Schema::Null, &cat, &cat), &[]);
        let (cat, dog) = (kind(&json!({ "const": 1 })), kind(&json!({ "enum": [2] })));
        check(&listed(&Schema::Null, &cat, &dog), &["- Cat", "- Dog"]);
    }

    #[test]
    fn children_are_told_by_their_parent() {
        let parent = json!({ "$ref": "#/components/schemas/Pet" });
        check(
            &json!({
                "Pet": { "discriminator": { "propertyName": "kind", "mapping": { "c": "Cat" } } },
                "Cat": { "allOf": [parent] },
                "Lion": { "allOf": [{ "$ref": "#/components/schemas/Cat" }], "x-ms-discriminator-value": "lion" },
                "Tree": { "type": "object" }
            }),
            &["c Cat", "lion Lion"],
        );
    }
}

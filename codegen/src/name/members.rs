//! Names of what declared types are made of: properties, values, variants.

use std::collections::BTreeSet;

use super::claim::{Claim, Scope};
use super::explicit;
use super::fault::{NameFault, fits};
use super::reserved::{self, Kind};
use super::words::{self, Spell};
use crate::api::{Api, Enum, Object, Origin, Shape, Type, TypeId, Union, Use};

/// Names of a type's properties, values or variants, by position.
pub(super) fn name_members(api: &Api, ty: &Type, faults: &mut Vec<NameFault>) -> Vec<String> {
    match &ty.shape {
        Shape::Object(object) => name_properties(object, faults),
        Shape::Enum(values) => name_values(values, faults),
        Shape::Union(union) => name_variants(api, union, faults),
        _ => Vec::new(),
    }
}

fn name_properties(object: &Object, faults: &mut Vec<NameFault>) -> Vec<String> {
    let claims: Vec<Claim> = object
        .properties
        .iter()
        .map(|property| claim(Kind::Field, &property.wire_name, property.name.as_deref(), property.origin, faults))
        .collect();
    give(Kind::Field, &claims, &|_| Vec::new(), faults)
}

fn name_values(values: &Enum, faults: &mut Vec<NameFault>) -> Vec<String> {
    let claims: Vec<Claim> = values
        .values
        .iter()
        .map(|value| claim(Kind::Value, &value.wire, value.name.as_deref(), value.origin, faults))
        .collect();
    give(Kind::Value, &claims, &|_| Vec::new(), faults)
}

fn name_variants(api: &Api, union: &Union, faults: &mut Vec<NameFault>) -> Vec<String> {
    let types: Vec<Option<&Type>> = union.variants.iter().map(|variant| type_of(api, variant.of)).collect();
    let claims: Vec<Claim> = union
        .variants
        .iter()
        .zip(&types)
        .map(|(variant, ty)| {
            let words = match (&variant.hint, ty) {
                (Some(hint), _) => words::words(hint, Spell::Plain),
                (None, Some(ty)) => variant_words(api, ty),
                (None, None) => vec!["value".to_owned()],
            };
            let wire = variant.hint.clone().or_else(|| ty.map(|ty| ty.pointer.clone())).unwrap_or_default();
            Claim { rank: 0, wire, plain: reserved::ident(Kind::Variant, &words, &[]), origin: variant.origin }
        })
        .collect();
    let qualify = |index: usize| match types.get(index).copied().flatten() {
        Some(ty) => vec![reserved::ident(Kind::Variant, &long_variant_words(api, ty), &[])],
        None => Vec::new(),
    };
    give(Kind::Variant, &claims, &qualify, faults)
}

/// What a variant is called that the document does not name: by what it is, never by where it stands among the others.
pub(super) fn variant_words(api: &Api, ty: &Type) -> Vec<String> {
    if let Some(name) = ty.naming.explicit.as_ref().or(ty.naming.component.as_ref()) {
        return words::words(name, Spell::Plain);
    }
    match &ty.shape {
        Shape::Object(object) => match distinguishing(api, ty, object) {
            Some(member) => words::words(member, Spell::Plain),
            None => vec!["object".to_owned()],
        },
        Shape::Enum(values) => match values.values.as_slice() {
            [only] => words::words(&only.wire, Spell::Plain),
            _ => vec!["value".to_owned()],
        },
        shape => kind_words(shape),
    }
}

fn long_variant_words(api: &Api, ty: &Type) -> Vec<String> {
    let below = |of: Use| type_of(api, of).map(|ty| variant_words(api, ty)).unwrap_or_default();
    let mut words = match &ty.shape {
        Shape::Array { items, .. } => below(*items),
        Shape::Map { values, .. } => below(*values),
        Shape::Object(object) => {
            object.properties.iter().flat_map(|p| words::words(&p.wire_name, Spell::Plain)).collect()
        }
        _ => Vec::new(),
    };
    words.extend(kind_words(&ty.shape));
    words
}

fn kind_words(shape: &Shape) -> Vec<String> {
    let word = match shape {
        Shape::Any => "json",
        Shape::Null => "null",
        Shape::Boolean => "bool",
        Shape::Integer { .. } => "integer",
        Shape::Number { .. } => "number",
        Shape::String { format, .. } => match format.as_deref() {
            Some("date-time") => return vec!["date".to_owned(), "time".to_owned()],
            Some("date") => "date",
            Some("uuid") => "uuid",
            Some("binary" | "byte") => "bytes",
            _ => "string",
        },
        Shape::Enum(_) => "value",
        Shape::Array { .. } => "list",
        Shape::Map { .. } => "map",
        Shape::Object(_) => "object",
        Shape::Union(_) => "choice",
    };
    vec![word.to_owned()]
}

/// The member that no other variant of the same union has; required ones first, then by name.
fn distinguishing<'t>(api: &Api, ty: &Type, object: &'t Object) -> Option<&'t str> {
    let siblings = api.types.iter().find_map(|union| match &union.shape {
        Shape::Union(union) => {
            let types: Vec<&Type> = union.variants.iter().filter_map(|variant| type_of(api, variant.of)).collect();
            types.iter().any(|variant| std::ptr::eq(*variant, ty)).then_some(types)
        }
        _ => None,
    })?;
    let others = siblings.iter().filter(|variant| !std::ptr::eq(**variant, ty));
    let taken: BTreeSet<&str> = others
        .filter_map(|variant| match &variant.shape {
            Shape::Object(object) => Some(object.properties.iter().map(|property| property.wire_name.as_str())),
            _ => None,
        })
        .flatten()
        .collect();
    let own = object.properties.iter().filter(|property| !taken.contains(property.wire_name.as_str()));
    own.min_by_key(|property| (!property.required, &property.wire_name)).map(|property| property.wire_name.as_str())
}

fn type_of(api: &Api, of: Use) -> Option<&Type> {
    let TypeId(index) = of.ty;
    api.types.get(index as usize)
}

/// The claim of an item that may have an explicit name.
pub(super) fn claim(kind: Kind, wire: &str, name: Option<&str>, origin: Origin, faults: &mut Vec<NameFault>) -> Claim {
    let plain = match name {
        Some(name) => reserved::keep_off(kind, explicit(kind, name), &[]),
        None => reserved::ident(kind, &words::words(wire, Spell::Plain), &[]),
    };
    if let Some(name) = name
        && !fits(kind, name)
    {
        faults.push(NameFault::Unfit { name: name.to_owned(), given: plain.clone(), origin, kind });
    }
    Claim { rank: usize::from(name.is_none()), wire: wire.to_owned(), plain, origin }
}

fn give(
    kind: Kind,
    claims: &[Claim],
    qualify: &dyn Fn(usize) -> Vec<String>,
    faults: &mut Vec<NameFault>,
) -> Vec<String> {
    let mut scope = Scope::new(kind);
    let idents = scope.give(claims, qualify);
    faults.extend(scope.collisions.into_iter().map(NameFault::Collision));
    idents
}

//! Names of what declared types are made of: properties, values, variants.

use std::collections::{BTreeMap, BTreeSet};

use super::claim::{Claim, Scope, hex};
use super::explicit;
use super::fault::{NameFault, fits};
use super::reserved::{self, IdentKind};
use super::words::{self, Spell};
use crate::api::{Api, Enum, Object, Origin, Shape, Type, TypeId, Union};

/// All types, and of which union each is a variant.
pub(super) struct Family<'a> {
    api: &'a Api,
    unions: BTreeMap<TypeId, &'a Union>,
}

impl<'a> Family<'a> {
    pub(super) fn of(api: &'a Api) -> Self {
        let mut unions = BTreeMap::new();
        for ty in &api.types {
            if let Shape::Union(union) = &ty.shape {
                for variant in &union.variants {
                    unions.entry(variant.of.ty).or_insert(union);
                }
            }
        }
        Self { api, unions }
    }

    fn ty(&self, id: TypeId) -> Option<&'a Type> {
        self.api.types.get(id.0 as usize)
    }
}

/// Names of a type's properties, values or variants, by position.
pub(super) fn name_members(family: &Family<'_>, ty: &Type, faults: &mut Vec<NameFault>) -> Vec<String> {
    match &ty.shape {
        Shape::Object(object) => name_properties(object, faults),
        Shape::Enum(values) => name_values(values, faults),
        Shape::Union(union) => name_variants(family, union, faults),
        _ => Vec::new(),
    }
}

fn name_properties(object: &Object, faults: &mut Vec<NameFault>) -> Vec<String> {
    let claims: Vec<Claim> = object
        .properties
        .iter()
        .map(|property| claim(IdentKind::Field, &property.wire_name, property.name.as_deref(), property.origin, faults))
        .collect();
    give(IdentKind::Field, &claims, &|_| Vec::new(), faults)
}

fn name_values(values: &Enum, faults: &mut Vec<NameFault>) -> Vec<String> {
    let claims: Vec<Claim> = values
        .values
        .iter()
        .map(|value| {
            // Names of values come in any case (`x-enum-varnames`): their words count.
            let name = value.name.as_deref().filter(|name| !name.is_empty());
            let words = words::words(name.unwrap_or(&value.wire), Spell::Plain);
            let plain = reserved::ident(IdentKind::Value, &words, &[]);
            Claim { rank: usize::from(name.is_none()), wire: value.wire.clone(), plain, origin: Some(value.origin) }
        })
        .collect();
    give(IdentKind::Value, &claims, &|_| Vec::new(), faults)
}

fn name_variants(family: &Family<'_>, union: &Union, faults: &mut Vec<NameFault>) -> Vec<String> {
    let claims: Vec<Claim> = union
        .variants
        .iter()
        .map(|variant| {
            let words = match &variant.hint {
                Some(hint) => words::words(hint, Spell::Plain),
                None => variant_words(family, variant.of.ty),
            };
            let pointer = || family.ty(variant.of.ty).map(|ty| ty.pointer.clone());
            let wire = variant.hint.clone().or_else(pointer).unwrap_or_default();
            Claim {
                rank: 0,
                wire,
                plain: reserved::ident(IdentKind::Variant, &words, &[]),
                origin: Some(variant.origin),
            }
        })
        .collect();
    let qualify = |index: usize| {
        let Some(variant) = union.variants.get(index) else { return Vec::new() };
        let few = long_variant_words(family, variant.of.ty, FEW);
        let more = long_variant_words(family, variant.of.ty, MORE);
        let hex = hex(claims.get(index).map_or("", |claim| &claim.wire));
        let told = variant_words(family, variant.of.ty).into_iter().chain([hex]).collect();
        [few, more, told].map(|words: Vec<String>| reserved::ident(IdentKind::Variant, &words, &[])).to_vec()
    };
    give(IdentKind::Variant, &claims, &qualify, faults)
}

/// What a variant is called that the document does not name: by what it is, never by where it stands among the others.
pub(super) fn variant_words(family: &Family<'_>, id: TypeId) -> Vec<String> {
    let Some(ty) = family.ty(id) else { return vec!["value".to_owned()] };
    if let Some(name) = ty.naming.explicit.as_ref().or(ty.naming.component.as_ref()) {
        return words::words(name, Spell::Plain);
    }
    let variant = family.unions.get(&id).and_then(|union| union.variants.iter().find(|variant| variant.of.ty == id));
    if let Some(hint) = variant.and_then(|variant| variant.hint.as_ref()) {
        return words::words(hint, Spell::Plain);
    }
    match &ty.shape {
        Shape::Object(object) => match distinguishing(family, id, object) {
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

/// How many members call a variant that shares its first name with another one, and how many where that is no name yet.
const FEW: usize = 2;
const MORE: usize = 5;

/// What a variant is called when its first name is gone: by some of its members, required ones first, then by name.
fn long_variant_words(family: &Family<'_>, id: TypeId, most: usize) -> Vec<String> {
    let Some(ty) = family.ty(id) else { return vec!["value".to_owned()] };
    let mut words = match &ty.shape {
        Shape::Array { items: of, .. } | Shape::Map { values: of, .. } => variant_words(family, of.ty),
        Shape::Object(object) => {
            let mut members: Vec<_> = object.properties.iter().collect();
            members.sort_by_key(|property| (!property.required, &property.wire_name));
            members.iter().take(most).flat_map(|member| words::words(&member.wire_name, Spell::Plain)).collect()
        }
        _ => Vec::new(),
    };
    words.extend(kind_words(&ty.shape));
    words
}

fn kind_words(shape: &Shape) -> Vec<String> {
    let word = match shape {
        Shape::Any(_) => "json",
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
        Shape::Tuple { .. } => "tuple",
        Shape::Map { .. } => "map",
        Shape::Object(_) => "object",
        Shape::Union(_) => "choice",
    };
    vec![word.to_owned()]
}

/// The member that no other variant of the same union has; required ones first, then by name.
fn distinguishing<'t>(family: &Family<'_>, id: TypeId, object: &'t Object) -> Option<&'t str> {
    let others = family.unions.get(&id)?.variants.iter().map(|variant| variant.of.ty).filter(|other| *other != id);
    let members = others.filter_map(|other| match family.ty(other).map(|ty| &ty.shape) {
        Some(Shape::Object(object)) => Some(object.properties.iter().map(|property| property.wire_name.as_str())),
        _ => None,
    });
    let taken: BTreeSet<&str> = members.flatten().collect();
    let own = object.properties.iter().filter(|property| !taken.contains(property.wire_name.as_str()));
    own.min_by_key(|property| (!property.required, &property.wire_name)).map(|property| property.wire_name.as_str())
}

/// The claim of an item that may have an explicit name.
pub(super) fn claim(
    kind: IdentKind,
    wire: &str,
    name: Option<&str>,
    origin: Origin,
    faults: &mut Vec<NameFault>,
) -> Claim {
    let plain = match name {
        Some(name) => reserved::keep_off(kind, explicit(kind, name), &[]),
        None => reserved::ident(kind, &words::words(wire, Spell::Plain), &[]),
    };
    if let Some(name) = name
        && !fits(kind, name)
    {
        faults.push(NameFault::Unfit { name: name.to_owned(), given: plain.clone(), origin, kind });
    }
    Claim { rank: usize::from(name.is_none()), wire: wire.to_owned(), plain, origin: Some(origin) }
}

fn give(
    kind: IdentKind,
    claims: &[Claim],
    qualify: &dyn Fn(usize) -> Vec<String>,
    faults: &mut Vec<NameFault>,
) -> Vec<String> {
    let mut scope = Scope::new(kind);
    let idents = scope.give(claims, qualify);
    faults.extend(scope.collisions.into_iter().map(NameFault::Collision));
    idents
}

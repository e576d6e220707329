//! Objects to structs: members, presence, constructors.

use super::declaration::{ConstructorDecl, FieldDecl, Presence, RecordDecl, StructDecl};
use super::default::plan_default;
use super::index::{Declared, Index};
use super::side::Travel;
use super::{boxing, docs, signature};
use crate::api::{Additional, Object, Property, Shape};
use crate::facts::WELL_FORMED;
use crate::name::Names;

/// Required members that `new` takes one by one; more of them come as one record.
const MAX_POSITIONAL: usize = 4;

/// Plans a struct.
pub(super) fn plan_struct(index: &Index<'_>, decl: &Declared, object: &Object) -> StructDecl {
    let idents = index.names.type_names(decl.id).map(|names| names.members.as_slice()).unwrap_or_default();
    let shown = object.properties.iter().zip(idents).filter(|(property, _)| decl.travel.shows(property));
    let members: Vec<FieldDecl> = shown
        .map(|(property, ident)| {
            let mut member = plan_member(index, decl, property, ident);
            member.setter = (decl.travel != Travel::Answers).then(|| signature::setter(&member)).flatten();
            member.or_default = plan_default(index, decl, (property, &member), idents);
            member
        })
        .collect();
    let extra_type = match object.additional {
        Additional::Kept => None,
        Additional::Typed(of) => Some(index.value(of, decl.travel.side())),
    };
    StructDecl {
        extra_ident: Names::extra_field(&members.iter().map(|member| member.ident.as_str()).collect::<Vec<_>>()),
        extra_type,
        constructor: constructor(index, decl, &members),
        redacted: members.iter().any(|member| member.sensitive),
        fields: members,
    }
}

fn plan_member(index: &Index<'_>, decl: &Declared, property: &Property, ident: &str) -> FieldDecl {
    let secret = |shape: &Shape| matches!(shape, Shape::String { sensitive: true, .. });
    let mut lines = docs::lines(&property.docs);
    if let (Some(default), false) = (&property.default, property.required) {
        docs::append(&mut lines, format!("Default: {}.", docs::code(default)));
    }
    if lines.is_empty() {
        lines.push(docs::code(&property.wire_name));
    }
    let ty = index.file(decl.id, property.of.ty).unwrap_or_else(|| index.bare(property.of.ty, decl.travel.side()));
    let (presence, boxed) = (presence(index, property), boxing::is_struct(index, &ty));
    FieldDecl {
        ident: ident.to_owned(),
        wire_name: property.wire_name.clone(),
        written: signature::field_type(&ty, presence, boxed),
        setter: None,
        taken: signature::taken(&ty, &|ty| boxing::is_struct(index, ty)),
        ty,
        presence,
        boxed,
        docs: lines,
        deprecated: property.docs.deprecated,
        sensitive: property.sensitive || index.ty(property.of.ty).is_some_and(|ty| secret(&ty.shape)),
        well_formed: property.well_formed && checks_format(index, property),
        default: property.default.clone().filter(|_| property.required),
        or_default: None,
        origin: origin(index, decl, property),
    }
}

/// Whether the value is of a type that knows its format.
fn checks_format(index: &Index<'_>, property: &Property) -> bool {
    index.ty(property.of.ty).is_some_and(|ty| match &ty.shape {
        Shape::String { format: Some(format), .. } => WELL_FORMED.contains(&format.as_str()),
        _ => false,
    })
}

/// How absence and null of a member show.
pub(super) fn presence(index: &Index<'_>, property: &Property) -> Presence {
    // Raw JSON holds null itself; absence it does not.
    let raw = index.holds_null(property.of.ty);
    match (property.required, property.of.nullable || raw) {
        (true, true) if !raw => Presence::RequiredNullable,
        (true, _) => Presence::Required,
        (false, true) => Presence::OptionalNullable,
        (false, false) => Presence::Optional,
    }
}

fn origin(index: &Index<'_>, decl: &Declared, property: &Property) -> String {
    let key = property.wire_name.replace('~', "~0").replace('/', "~1");
    let pointer = index.ty(decl.id).map_or("", |ty| ty.pointer.as_str());
    format!("{pointer}/properties/{key}")
}

fn constructor(index: &Index<'_>, decl: &Declared, members: &[FieldDecl]) -> Option<Box<ConstructorDecl>> {
    if decl.travel == Travel::Answers {
        return None;
    }
    let many = members.iter().filter(|member| member.is_required()).count() > MAX_POSITIONAL;
    let record = many.then(|| RecordDecl {
        ident: index.names.beside(&decl.ident, "Required"),
        docs: vec![format!("Required fields of [`{}`].", decl.ident)],
    });
    let new = signature::constructor(members, record.as_ref());
    Some(Box::new(ConstructorDecl { new, record }))
}

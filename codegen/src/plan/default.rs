//! Defaults of optional members: the method that gives the value, or what the document says that absence means.
//!
//! The member itself stays absent, for what was read is written back as it was. Defaults that a line of Rust cannot say
//! without making something (objects, lists with items, times, decimals) have no method; the member's docs tell them.

use super::declaration::{DefaultDecl, DefaultValue, FieldDecl, Presence, RustType, Scalar};
use super::index::{Declared, Index};
use super::side::Travel;
use super::{docs, signature};
use crate::api::{Enum, Property, Shape, TypeId};
use crate::name::Names;

/// The method of a member, where answers carry the type and no member has the method's name; `idents` are the members'.
pub(super) fn plan_default(
    index: &Index<'_>,
    decl: &Declared,
    (property, member): (&Property, &FieldDecl),
    idents: &[String],
) -> Option<DefaultDecl> {
    let default = property.default.as_ref().filter(|_| decl.travel != Travel::Requests)?;
    let null = match member.presence {
        Presence::Required | Presence::RequiredNullable => return None,
        Presence::Optional => "",
        Presence::OptionalNullable => "; nothing where it is null",
    };
    let value = value(index, property.of.ty, &member.ty, default)?;
    let bare = member.ident.trim_start_matches("r#");
    let method = Names::default_method(&member.ident, idents)?;
    let docs = vec![format!("`{bare}`, or {} where it is absent{null}.", docs::code(default))];
    Some(DefaultDecl { signature: signature::default_method(member, method, docs, &value), value })
}

fn value(index: &Index<'_>, id: TypeId, ty: &RustType, json: &str) -> Option<DefaultValue> {
    match ty {
        RustType::Scalar(scalar) => scalar_value(*scalar, json),
        RustType::List(_) => (json == "[]").then_some(DefaultValue::NoItems),
        RustType::Declared(_) => match &index.ty(id)?.shape {
            Shape::Enum(values) => variant(index, id, values, json).map(DefaultValue::Variant),
            _ => None,
        },
        _ => None,
    }
}

fn scalar_value(scalar: Scalar, json: &str) -> Option<DefaultValue> {
    match scalar {
        Scalar::Bool => json.parse().ok().map(DefaultValue::Bool),
        Scalar::I32 => whole::<i32>(json),
        Scalar::I64 => whole::<i64>(json),
        Scalar::U32 => whole::<u32>(json),
        Scalar::U64 => whole::<u64>(json),
        Scalar::F64 => json.parse().ok().filter(|value: &f64| value.is_finite()).map(DefaultValue::Number),
        Scalar::String => serde_json::from_str(json).ok().map(DefaultValue::Text),
        _ => None,
    }
}

/// A whole number that its type holds.
fn whole<T: std::str::FromStr + Into<i128>>(json: &str) -> Option<DefaultValue> {
    json.parse::<T>().ok().map(|value| DefaultValue::Integer(value.into()))
}

fn variant(index: &Index<'_>, id: TypeId, values: &Enum, json: &str) -> Option<String> {
    let text: Option<String> = serde_json::from_str(json).ok();
    let wire = text.as_deref().unwrap_or(json);
    let at = values.values.iter().position(|value| value.wire == wire)?;
    index.names.type_names(id)?.members.get(at).cloned()
}

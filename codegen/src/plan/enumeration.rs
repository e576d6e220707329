//! Enums: values with their idents and docs.

use super::declaration::{TypeBody, ValueDecl};
use super::docs;
use super::index::{Declared, Index};
use crate::api::{Enum, EnumKind};

/// Plans an enum.
pub(super) fn plan_enum(index: &Index<'_>, decl: &Declared, values: &Enum) -> TypeBody {
    let idents = index.names.type_names(decl.id).map(|names| names.members.as_slice()).unwrap_or_default();
    let value = |(value, ident): (&crate::api::EnumValue, &String)| {
        let mut lines = vec![docs::code(&value.wire)];
        if let Some(description) = &value.description {
            docs::extend(&mut lines, docs::clean(description));
        }
        ValueDecl { ident: ident.clone(), wire: value.wire.clone(), docs: lines }
    };
    let values_planned = values.values.iter().zip(idents).map(value).collect();
    match values.kind {
        EnumKind::String => TypeBody::StringEnum(values_planned),
        EnumKind::Integer => TypeBody::IntegerEnum(values_planned),
    }
}

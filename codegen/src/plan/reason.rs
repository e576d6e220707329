//! Why a declaration is what it is, in words: the rules of this stage that it fell under, for whoever asks.

use super::declaration::{
    Choice, Definition, FieldDecl, OperationDecl, OutputDecl, ParameterRole, Plan, Presence, TypeBody, TypeDecl,
};
use super::{docs, union};
use crate::api::Raw;

/// Of a type: what it became, and where its definition stands.
pub(crate) fn of_type(plan: &Plan, decl: &TypeDecl) -> Vec<String> {
    let name = docs::code(&decl.ident);
    let mut reasons = vec![match &decl.body {
        TypeBody::Struct(body) => match &body.constructor {
            None => format!("{name} is a model without a constructor: only responses carry it"),
            Some(made) => match &made.record {
                None => {
                    format!("{name} is a model, whose `new` takes its {} required fields", made.new.arguments.len())
                }
                Some(record) => {
                    let record = docs::code(&record.ident);
                    format!("{name} is a model with too many required fields for arguments: `new` takes {record}")
                }
            },
        },
        TypeBody::StringEnum(_) | TypeBody::IntegerEnum(_) => format!("{name} is an open enum: other values are kept"),
        TypeBody::Union(union) => match &union.choice {
            Choice::Tag(property) => {
                format!("{name} is a union, told apart by the value of {}, the discriminator", docs::code(property))
            }
            Choice::Shape => format!("{name} is a union, told apart by shape: every two variants differ in theirs"),
        },
        TypeBody::RawUnion(variants) => match union::alike(variants) {
            Some((one, other)) => format!(
                "{name} is raw JSON with a view for each variant: nothing tells {} from {}",
                docs::code(&one.ident),
                docs::code(&other.ident)
            ),
            None => format!("{name} is raw JSON: it has no variants"),
        },
    }];
    match decl.definition {
        Definition::Own => {}
        Definition::Common => reasons.push(format!("{name} stands in the shared module: aliases in others lead to it")),
        Definition::Alias(of) => {
            let of = plan.types.get(of).map_or("", |of| of.ident.as_str());
            reasons.push(format!("{name} is an alias: {} is alike to the last word", docs::code(of)));
        }
    }
    reasons
}

/// Of a field: what absence, null and its type make of it.
pub(crate) fn of_field(decl: &TypeDecl, field: &FieldDecl) -> String {
    let name = docs::code(&format!("{}.{}", decl.ident, field.ident));
    let presence = match field.presence {
        Presence::Required => "required, so a value",
        Presence::RequiredNullable => "required and nullable, so an `Option`",
        Presence::Optional => "not required, so an `Option`",
        Presence::OptionalNullable => "not required and nullable, so a `Field`",
    };
    let boxed = if field.boxed { ", boxed because it holds a struct" } else { "" };
    format!("{name} is {presence}{boxed}")
}

/// Of an operation: what its method takes, and what a call gives.
pub(crate) fn of_operation(operation: &OperationDecl) -> Vec<String> {
    let method = docs::code(&operation.id);
    let named = |is: fn(&ParameterRole) -> bool| {
        let those = operation.parameters.iter().filter(|parameter| is(&parameter.role));
        those.map(|parameter| docs::code(&parameter.ident)).collect::<Vec<_>>().join(", ")
    };
    let roles = [
        (named(|role| *role == ParameterRole::Held), "held by the resource, because all its operations have it there"),
        (named(|role| *role == ParameterRole::Argument), "an argument, because it is required"),
        (named(|role| matches!(role, ParameterRole::Setter(_))), "a setter, because it is optional"),
    ];
    let roles = roles.into_iter().filter(|(names, _)| !names.is_empty());
    let mut reasons: Vec<String> = roles.map(|(names, role)| format!("{names} of {method}: {role}")).collect();
    let output = match &operation.output {
        OutputDecl::Empty => "nothing: no success has a body",
        OutputDecl::Json(_) => "one type: its successes agree on it",
        OutputDecl::OptionalJson(_) => "an `Option`: a success may have no body, or null",
        OutputDecl::Member { .. } => "a part of the body, because the document declares a projection",
        OutputDecl::Text => "text: the content type is no JSON",
        OutputDecl::Bytes => "bytes: the content type is neither JSON nor text",
        OutputDecl::Redirect => "where the server redirects to: that is the only success",
        OutputDecl::OneOf { .. } => "an enum: its successes differ, and status or content type tells them apart",
    };
    reasons.push(format!("{method} gives {output}"));
    reasons
}

/// Of what is raw JSON.
pub(crate) fn of_raw(item: &str, why: Raw) -> String {
    let why = match why {
        Raw::Declared => "the document allows any value".to_owned(),
        Raw::Beyond(keyword) => format!("no type says what {} says", docs::code(keyword)),
    };
    format!("{} is raw JSON: {why}", docs::code(item))
}

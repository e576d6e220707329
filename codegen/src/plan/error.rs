//! Refusals: `ApiError` with a variant per distinct error schema, and the type of error codes.

use std::collections::BTreeMap;

use super::declaration::{AnswerDecl, ErrorDecl, Receiver, RustType, Scalar, Signature, SignatureType, TypeDecl};
use super::index::Index;
use super::output::successes;
use super::side::{Side, ids};
use crate::api::{Answer, Codec, Content, EnumKind, Operation, Shape, Status, TypeId};
use crate::name::Names;

/// Plans `ApiError`.
pub(super) fn plan_error(index: &Index<'_>, types: &[TypeDecl]) -> ErrorDecl {
    let mut found: BTreeMap<RustType, TypeId> = BTreeMap::new();
    for answer in index.api.operations.iter().flat_map(refusals) {
        if let Some((ty, id)) = error_type(index, answer) {
            found.entry(ty).or_insert(id);
        }
    }
    let idents = Names::error_variants(found.keys().map(|ty| variant_ident(ty, types)));
    let mut variants: Vec<(String, RustType)> = idents.into_iter().zip(found.keys().cloned()).collect();
    variants.sort();
    let code = code_type(index, found.values().copied().collect());
    ErrorDecl { variants, code, values: values(index) }
}

/// What errors tell beside code, message and details.
fn values(index: &Index<'_>) -> Vec<(Signature, String)> {
    let text = || SignatureType::Optional(Box::new(SignatureType::Value(RustType::Scalar(Scalar::String))));
    let value = |(name, pointer): &(String, String)| {
        let docs = vec![format!("Gives the {} that the answer names.", name.replace('_', " "))];
        (Signature::new(name, Receiver::Reference, text(), docs), pointer.clone())
    };
    index.api.facts.errors.values.iter().map(value).collect()
}

/// All answers of an operation, for its facts.
pub(super) fn plan_answers(index: &Index<'_>, error: &ErrorDecl, operation: &Operation) -> Vec<AnswerDecl> {
    let successes = successes(operation);
    let plan = |answer: &Answer| {
        let success = successes.iter().any(|other| other.status == answer.status);
        let ty = error_type(index, answer).filter(|_| !success).map(|(ty, _)| ty);
        let error = ty.and_then(|ty| error.variants.iter().position(|(_, other)| *other == ty));
        AnswerDecl { status: answer.status, error, success }
    };
    let answers: Vec<AnswerDecl> = operation.answers.iter().map(plan).collect();
    let wider = answers.iter().any(|one| one.error.is_some() && !matches!(one.status, Status::Code(_)));
    answers.into_iter().filter(|answer| wider || is_told(answer)).collect()
}

/// A refusal without a schema is what the runtime takes every refusal for, unless a range or `default` says more.
fn is_told(answer: &AnswerDecl) -> bool {
    let is_refusal = matches!(answer.status, Status::Code(400..) | Status::Range(4..) | Status::Default);
    answer.success || answer.error.is_some() || !is_refusal
}

/// What an answer without a description holds, for its line in the docs.
pub(super) fn type_words(index: &Index<'_>, answer: &Answer) -> String {
    let ident = Content::choose(&answer.contents).map_or("", |content| index.names.type_ident(content.of.ty));
    if ident.is_empty() { String::new() } else { super::docs::code(ident) }
}

fn refusals(operation: &Operation) -> impl Iterator<Item = &Answer> {
    let successes = successes(operation);
    operation.answers.iter().filter(move |answer| !successes.iter().any(|other| other.status == answer.status))
}

/// The type of a refusal's JSON body. Raw JSON needs no variant: `Unknown` is that.
fn error_type(index: &Index<'_>, answer: &Answer) -> Option<(RustType, TypeId)> {
    let content = Content::choose(&answer.contents).filter(|content| content.codec == Codec::Json)?;
    if index.holds_null(content.of.ty) {
        return None;
    }
    Some((index.bare(content.of.ty, Side::Answer), content.of.ty))
}

fn variant_ident(ty: &RustType, types: &[TypeDecl]) -> String {
    match ty {
        RustType::Declared(place) => match types.get(*place).map(|decl| decl.ident.as_str()) {
            Some("Unknown") | None => Names::variant("unknown"),
            Some(ident) => ident.to_owned(),
        },
        RustType::List(item) => format!("{}List", variant_ident(item, types)),
        RustType::Map(value) => format!("{}Map", variant_ident(value, types)),
        RustType::Nullable(inner) | RustType::Field(inner) | RustType::Boxed(inner) | RustType::Lines(inner) => {
            variant_ident(inner, types)
        }
        RustType::Replaced(path) => Names::variant(path.rsplit("::").next().unwrap_or(path)),
        RustType::Scalar(scalar) => Names::variant(&format!("{scalar:?}")),
        RustType::Tuple(_) => Names::variant("tuple"),
        RustType::Unit => "Empty".to_owned(),
    }
}

/// The string enum of error codes: as declared, or where the pointers to the code lead in every error schema.
fn code_type(index: &Index<'_>, errors: Vec<TypeId>) -> Option<RustType> {
    let facts = &index.api.facts.errors;
    if let Some(codes) = &facts.codes {
        let (id, _) = ids(index.api).find(|(_, ty)| ty.naming.component.as_ref() == Some(codes))?;
        return string_enum(index, id);
    }
    let mut found: Option<RustType> = None;
    for error in errors {
        let Some(leads_to) = facts.code.iter().find_map(|pointer| follow(index, error, pointer)) else { continue };
        let code = string_enum(index, leads_to)?;
        match &found {
            Some(other) if *other != code => return None,
            _ => found = Some(code),
        }
    }
    found
}

fn string_enum(index: &Index<'_>, id: TypeId) -> Option<RustType> {
    match &index.ty(id)?.shape {
        Shape::Enum(values) if values.kind == EnumKind::String => match index.bare(id, Side::Answer) {
            declared @ RustType::Declared(_) => Some(declared),
            _ => None,
        },
        _ => None,
    }
}

/// The type that a JSON pointer leads to.
fn follow(index: &Index<'_>, from: TypeId, pointer: &str) -> Option<TypeId> {
    pointer.split('/').skip(1).try_fold(from, |at, step| {
        let step = step.replace("~1", "/").replace("~0", "~");
        match &index.ty(at)?.shape {
            Shape::Object(object) => {
                object.properties.iter().find(|property| property.wire_name == step).map(|property| property.of.ty)
            }
            Shape::Array { items, .. } => Some(items.ty),
            _ => None,
        }
    })
}

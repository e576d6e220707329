//! Bodies of requests: which content type is sent, and how the method takes it.

use super::adjust;
use super::declaration::{BodyDecl, BodyForm, RuleTree, RustType, Scalar, SignatureType};
use super::index::Index;
use super::parameter;
use super::rules;
use super::side::Side;
use super::{docs, encoding};
use crate::api::{Body, Codec, Content, Operation, Shape};
use crate::name::OperationNames;

/// Plans the body of an operation; `None` where it has none.
pub(super) fn plan_body(index: &Index<'_>, operation: &Operation, names: &OperationNames) -> Option<BodyDecl> {
    let body = operation.body.as_ref()?;
    Some(plan_content(index, operation, body.chosen()?, names))
}

/// Plans the content types that a caller may choose instead.
pub(super) fn plan_others(index: &Index<'_>, operation: &Operation, names: &OperationNames) -> Vec<BodyDecl> {
    let others = operation.body.iter().flat_map(Body::others).filter(|_| !operation.facts.flat_body);
    let planned = others.map(|content| BodyDecl {
        // A method of its own is called for its body.
        required: true,
        flat: false,
        setter: None,
        ..plan_content(index, operation, content, names)
    });
    planned.take(names.other_bodies.len()).collect()
}

fn plan_content(index: &Index<'_>, operation: &Operation, content: &Content, names: &OperationNames) -> BodyDecl {
    let shape = index.ty(content.of.ty).map(|ty| &ty.shape);
    // What cannot be put together of a type is given as it travels.
    let codec = match content.codec {
        Codec::Multipart if !is_parts(content, shape) => Codec::Bytes,
        Codec::Events => Codec::Bytes,
        codec => codec,
    };
    let (ty, form) = match codec {
        Codec::Text => (RustType::Scalar(Scalar::String), BodyForm::Value),
        Codec::Bytes | Codec::Events => (RustType::Scalar(Scalar::Upload), BodyForm::Upload),
        Codec::JsonLines => (RustType::Lines(Box::new(index.value(content.of, Side::Request))), BodyForm::Lines),
        Codec::Json | Codec::Form | Codec::Multipart => (index.bare(content.of.ty, Side::Request), BodyForm::Value),
    };
    let given = match form {
        BodyForm::Value => parameter::take(&ty, shape),
        // Bytes and records are converted, whatever else is true.
        BodyForm::Upload | BodyForm::Lines => SignatureType::into(ty.clone()),
    };
    let required = operation.body.as_ref().is_some_and(|body| body.required);
    let is_set = !required && !operation.facts.flat_body;
    let setter = is_set.then(|| parameter::setter(&names.body, given.clone(), vec!["The body.".to_owned()]));
    let files = if codec == Codec::Multipart { index.files(content.of.ty) } else { Vec::new() };
    let mut rules = match codec {
        Codec::Json | Codec::Form | Codec::Text | Codec::Multipart => {
            rules::plan_rules(index, content.of.ty, Side::Request)
        }
        _ => RuleTree::default(),
    };
    // Rules of texts do not hold for what a file leaves among them.
    rules.members.retain(|(member, _)| !files.contains(member));
    BodyDecl {
        media_type: sent_as(content, codec),
        kind: encoding::body(content, codec, &files),
        ty,
        required,
        form,
        given,
        ident: names.body.clone(),
        setter,
        rules,
        adjustments: match codec {
            Codec::Json | Codec::Form => adjust::plan_adjustments(index, content.of.ty, &operation.facts.fill),
            _ => Vec::new(),
        },
        flat: operation.facts.flat_body,
    }
}

/// What the docs say of a body whose parts the caller writes.
pub(super) fn words(index: &Index<'_>, operation: &Operation) -> Option<String> {
    let content = operation.body.as_ref()?.chosen()?;
    let shape = index.ty(content.of.ty).map(|ty| &ty.shape);
    let written = content.codec == Codec::Multipart && !is_parts(content, shape);
    let told = docs::code(&format!("{}; boundary=…", content.essence()));
    written.then(|| {
        format!("The caller writes the parts of the body, and names their boundary in its content type, {told}: see `Upload::content_type`.")
    })
}

/// Whether a multipart body is made of a model.
fn is_parts(content: &Content, shape: Option<&Shape>) -> bool {
    content.is_form_data() && matches!(shape, Some(Shape::Object(_)))
}

/// The header `content-type`: a wildcard is none.
fn sent_as(content: &Content, codec: Codec) -> String {
    if !content.media_type.contains('*') {
        return content.media_type.clone();
    }
    let usual = match codec {
        Codec::Json => "application/json",
        Codec::Text => "text/plain",
        _ => "application/octet-stream",
    };
    usual.to_owned()
}

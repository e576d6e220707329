//! Bodies of requests: which content type is sent, and how the method takes it.

use super::adjust;
use super::declaration::{BodyDecl, RuleTree, RustType, Scalar, Take};
use super::index::Index;
use super::parameter;
use super::rules;
use super::side::Side;
use crate::api::{Codec, Content, Operation};
use crate::name::OperationNames;

/// Plans the body of an operation; `None` where it has none.
pub(super) fn plan_body(index: &Index<'_>, operation: &Operation, names: &OperationNames) -> Option<BodyDecl> {
    let body = operation.body.as_ref()?;
    let content = choose(&body.contents)?;
    let (ty, take) = match content.codec {
        Codec::Text => (RustType::Scalar(Scalar::String), Take::Text),
        // What the runtime cannot write yet is given as it travels.
        Codec::Bytes | Codec::Multipart | Codec::Events | Codec::JsonLines => {
            (RustType::Scalar(Scalar::Bytes), Take::Into)
        }
        Codec::Json | Codec::Form => {
            let ty = index.bare(content.of.ty, Side::Request);
            let take = parameter::take(&ty, index.ty(content.of.ty).map(|ty| &ty.shape));
            (ty, take)
        }
    };
    Some(BodyDecl {
        media_type: content.media_type.clone(),
        codec: content.codec,
        ty,
        required: body.required,
        take,
        ident: names.body.clone(),
        encoding: content.encoding.iter().map(|(member, encoding)| (member.clone(), encoding.clone())).collect(),
        rules: match content.codec {
            Codec::Json | Codec::Form | Codec::Text => rules::plan_rules(index, content.of.ty, Side::Request),
            _ => RuleTree::default(),
        },
        adjustments: match content.codec {
            Codec::Json | Codec::Form => adjust::plan_adjustments(index, content.of.ty, &operation.facts.fill),
            _ => Vec::new(),
        },
        flat: operation.facts.flat_body,
    })
}

/// JSON before forms before everything else; among equals the document's first.
pub(super) fn choose(contents: &[Content]) -> Option<&Content> {
    let rank = |content: &&Content| match content.codec {
        Codec::Json => 0,
        Codec::Form => 1,
        Codec::Multipart => 2,
        Codec::Text => 3,
        Codec::JsonLines | Codec::Events => 4,
        Codec::Bytes => 5,
    };
    contents.iter().min_by_key(rank)
}

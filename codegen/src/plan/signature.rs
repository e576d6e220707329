//! The functions of models: how members are taken and given.

use super::declaration::{
    Argument, ConversionDecl, DefaultValue, FieldDecl, Presence, Receiver, RecordDecl, RustType, Scalar, Signature,
    SignatureType, VariantDecl,
};
use super::docs;
use crate::name::Names;

/// Type of a member's field.
pub(crate) fn field_type(ty: &RustType, presence: Presence, boxed: bool) -> RustType {
    let value = if boxed { RustType::Boxed(Box::new(ty.clone())) } else { ty.clone() };
    match presence {
        Presence::Required => value,
        Presence::RequiredNullable | Presence::Optional => RustType::Nullable(Box::new(value)),
        Presence::OptionalNullable => RustType::Field(Box::new(value)),
    }
}

/// `new(required…)`, or `new(required: XRequired)` where there is a record of them.
pub(crate) fn constructor(members: &[FieldDecl], record: Option<&RecordDecl>) -> Signature {
    let mut required = members.iter().filter(|member| member.is_required()).peekable();
    let docs = if required.peek().is_none() { "Without any member set." } else { "With the required members." };
    let this = SignatureType::Fixed("Self");
    let new = Signature::new("new", Receiver::None, this, vec![docs.to_owned()]);
    match record {
        Some(record) => new.taking("required", SignatureType::Record(record.ident.clone())),
        None => Signature { arguments: required.map(constructor_argument).collect(), ..new },
    }
}

fn constructor_argument(member: &FieldDecl) -> Argument {
    let ty = match member.presence {
        Presence::Required => member.taken.clone(),
        _ => SignatureType::Value(member.given()),
    };
    Argument { name: member.ident.clone(), ty }
}

/// The one rule for what constructors and setters take: whatever converts. Lists come from anything whose items convert, maps
/// from pairs. A model is taken as it is. `is_model` tells which types are.
pub(crate) fn taken(ty: &RustType, is_model: &dyn Fn(&RustType) -> bool) -> SignatureType {
    use Scalar::{Bool, F64, I32, I64, U32, U64};
    match ty {
        RustType::Scalar(Bool | I32 | I64 | U32 | U64 | F64) => SignatureType::Value(ty.clone()),
        RustType::Scalar(_) => SignatureType::into(ty.clone()),
        RustType::Declared(_) if !is_model(ty) => SignatureType::into(ty.clone()),
        RustType::List(item) => SignatureType::items(taken_item(item, is_model)),
        RustType::Map(value) => SignatureType::Pairs(Box::new(taken_item(value, is_model))),
        _ => SignatureType::Value(ty.clone()),
    }
}

/// An item of a list or a value of a map: what holds further ones is taken as it is.
fn taken_item(ty: &RustType, is_model: &dyn Fn(&RustType) -> bool) -> SignatureType {
    match ty {
        RustType::List(_) | RustType::Map(_) => SignatureType::Value(ty.clone()),
        _ => taken(ty, is_model),
    }
}

/// The setter of an optional member.
pub(crate) fn setter(member: &FieldDecl) -> Option<Signature> {
    let ty = match member.presence {
        Presence::Required | Presence::RequiredNullable => return None,
        Presence::OptionalNullable => SignatureType::into(member.written.clone()),
        Presence::Optional => member.taken.clone(),
    };
    let this = SignatureType::Fixed("Self");
    let mut docs = member.docs.clone();
    if member.presence == Presence::OptionalNullable {
        docs::append(&mut docs, "`None` sends null.".to_owned());
    }
    let plain = Signature::new(&member.ident, Receiver::Changed, this, docs);
    Some(Signature { deprecated: member.deprecated, must_use: true, ..plain.taking(&member.ident, ty) })
}

/// The method that gives a member's default: the value or a view of it, an `Option` where null is a value.
pub(crate) fn default_method(member: &FieldDecl, name: String, docs: Vec<String>, value: &DefaultValue) -> Signature {
    let given = match (value, &member.ty) {
        (DefaultValue::Text(_), _) => SignatureType::Text,
        (DefaultValue::NoItems, RustType::List(item)) => SignatureType::Slice((**item).clone()),
        (DefaultValue::Variant(_), ty) => SignatureType::Reference(ty.clone()),
        (_, ty) => SignatureType::Value(ty.clone()),
    };
    let output = match member.presence {
        Presence::OptionalNullable => SignatureType::Optional(Box::new(given)),
        _ => given,
    };
    Signature { deprecated: member.deprecated, ..Signature::new(name, Receiver::Reference, output, docs) }
}

/// The method that finds something: a text as `str`, what is copied by value, all else by reference.
pub(crate) fn accessor(name: &str, found: &RustType, docs: Vec<String>) -> Signature {
    use Scalar::{Bool, F64, I32, I64, U32, U64};
    let given = match found {
        RustType::Scalar(Scalar::String) => SignatureType::Text,
        RustType::Scalar(Bool | I32 | I64 | U32 | U64 | F64) => SignatureType::Value(found.clone()),
        _ => SignatureType::Reference(found.clone()),
    };
    Signature::new(name, Receiver::Reference, SignatureType::Optional(Box::new(given)), docs)
}

/// The methods of an open enum and what it is made from: `as_str` and texts, or `as_i64` and numbers.
pub(crate) fn of_texts() -> (Vec<Signature>, Vec<ConversionDecl>) {
    let text = SignatureType::Value(RustType::Scalar(Scalar::String));
    (vec![as_wire("as_str", SignatureType::Text)], vec![conversion(SignatureType::Text, None), conversion(text, None)])
}

/// See [`of_texts`].
pub(crate) fn of_numbers() -> (Vec<Signature>, Vec<ConversionDecl>) {
    let number = SignatureType::Value(RustType::Scalar(Scalar::I64));
    (vec![as_wire("as_i64", number.clone())], vec![conversion(number, None)])
}

/// How an open enum is on the wire.
pub(crate) fn as_wire(name: &str, output: SignatureType) -> Signature {
    Signature::new(name, Receiver::Reference, output, vec!["As it is on the wire.".to_owned()])
}

fn conversion(source: SignatureType, variant: Option<usize>) -> ConversionDecl {
    let signature = Signature::new("from", Receiver::None, SignatureType::Fixed("Self"), Vec::new());
    ConversionDecl { signature: signature.taking("value", source), variant }
}

/// `From` for every variant that is unambiguous.
pub(crate) fn of_variants(variants: &[VariantDecl]) -> Vec<ConversionDecl> {
    let unambiguous = variants.iter().enumerate().filter(|(_, variant)| variant.from);
    unambiguous.map(|(at, variant)| conversion(SignatureType::Value(variant.ty.clone()), Some(at))).collect()
}

/// The views of a raw union, `json` first, and what it is made from.
pub(crate) fn of_raw(variants: &[VariantDecl]) -> (Vec<Signature>, Vec<ConversionDecl>) {
    let json = RustType::Scalar(Scalar::Json);
    let whole = vec!["The value as it came.".to_owned()];
    let mut views = vec![Signature::new("json", Receiver::Reference, SignatureType::Reference(json.clone()), whole)];
    let mut conversions = vec![conversion(SignatureType::Value(json), None)];
    let idents: Vec<&str> = variants.iter().map(|variant| variant.ident.as_str()).collect();
    for ((at, variant), view) in variants.iter().enumerate().zip(Names::views(&idents)) {
        let output = SignatureType::Fallible(Box::new(SignatureType::Value(variant.ty.clone())), "rt::DecodeError");
        views.push(Signature::new(view, Receiver::Reference, output, variant.docs.clone()));
        if variant.from {
            let output = SignatureType::Fallible(Box::new(SignatureType::Fixed("Self")), "Self::Error");
            let signature = Signature::new("try_from", Receiver::None, output, Vec::new());
            let source = SignatureType::Reference(variant.ty.clone());
            conversions.push(ConversionDecl { signature: signature.taking("value", source), variant: Some(at) });
        }
    }
    (views, conversions)
}

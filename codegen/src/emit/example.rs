//! Examples in the docs of operations: compiled as doc tests, so every argument gets a value of its type.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::print::print_item;
use crate::emit::scope::Scope;
use crate::emit::token::{ident, number, string, tuple};
use crate::plan::declaration::{
    FieldDecl, OperationDecl, OutputDecl, Plan, Presence, RustType, Scalar, SignatureType, StructDecl, TypeBody,
    TypeDecl,
};

/// Lines of a fenced example; `None` where a value cannot be written down (a type that contains itself without end, or
/// one that callers cannot make).
pub(crate) fn emit_example(
    plan: &Plan,
    operation: &OperationDecl,
    resource: Option<usize>,
    crate_name: &str,
) -> Option<Vec<String>> {
    let root = ident(&crate_name.replace('-', "_"));
    let client = ident(&plan.client.ident);
    let (imports, call) = emit_call(plan, operation, resource, &quote!(#root))?;
    let bind = match operation.output {
        OutputDecl::Empty => quote!(#call.await?;),
        OutputDecl::Redirect => quote!(let url = #call.await?.url();),
        _ => quote!(let answer = #call.await?;),
    };
    // The frame is hidden and keeps its line, however long it is: only what is in it is laid out.
    let printed = print_item(quote!(async fn example() { #imports #bind }));
    let frame = format!("# async fn example(client: {root}::{client}) -> Result<(), {root}::Error> {{");
    Some(fenced(&frame, &printed))
}

/// The call itself, up to `.await`, and the imports that it needs.
pub(crate) fn emit_call(
    plan: &Plan,
    operation: &OperationDecl,
    resource: Option<usize>,
    root: &TokenStream,
) -> Option<(TokenStream, TokenStream)> {
    let writer = Writer { scope: Scope::outside(plan, BTreeSet::new()), root };
    let path = writer.accessors(resource)?;
    let method = ident(operation.name());
    let names = operation.taken(&operation.method).map(|(_, parameter)| parameter.wire_name.as_str());
    let given = names.chain(["body"]).zip(&operation.method.signature.arguments);
    let arguments = given.map(|(name, argument)| writer.argument(name, &argument.ty)).collect::<Option<Vec<_>>>()?;
    let imports = if writer.scope.uses_types() { quote!(use #root::types;) } else { TokenStream::new() };
    Some((imports, quote!(client #(.#path)* .#method(#(#arguments),*))))
}

/// The lines of a printed function's body, in a hidden frame.
fn fenced(frame: &str, printed: &str) -> Vec<String> {
    let body = printed.lines().filter_map(|line| line.strip_prefix("    ")).map(str::to_owned);
    let before = ["```no_run".to_owned(), frame.to_owned()];
    let after = ["# Ok(())", "# }", "```"].map(str::to_owned);
    before.into_iter().chain(body).chain(after).collect()
}

/// Writes values.
struct Writer<'a> {
    scope: Scope<'a>,
    /// The crate's name, below which its own types and the runtime's are.
    root: &'a TokenStream,
}

impl Writer<'_> {
    /// `orders()`, `fulfillments("order_id")`.
    fn accessors(&self, resource: Option<usize>) -> Option<Vec<TokenStream>> {
        let resources = &self.scope.plan.resources;
        let mut path = Vec::new();
        let mut next = resource;
        while let Some(resource) = next.and_then(|at| resources.get(at)) {
            let accessor = ident(&resource.accessor.name);
            let given = resource.arguments.iter().zip(&resource.accessor.arguments);
            let values = given.map(|(name, argument)| self.argument(name, &argument.ty));
            let values = values.collect::<Option<Vec<_>>>()?;
            path.push(quote!(#accessor(#(#values),*)));
            // A parent stands before its children, so this ends.
            next = resource.parent.filter(|_| path.len() <= resources.len());
        }
        path.reverse();
        Some(path)
    }

    fn argument(&self, wire_name: &str, given: &SignatureType) -> Option<TokenStream> {
        self.taken(wire_name, given, &mut Vec::new())
    }

    fn taken(&self, wire_name: &str, given: &SignatureType, inside: &mut Vec<usize>) -> Option<TokenStream> {
        match given {
            SignatureType::AsText | SignatureType::Text => Some(text(wire_name)),
            SignatureType::AsTexts => {
                let text = text(wire_name);
                Some(quote!([#text]))
            }
            SignatureType::Into(inner) => match &**inner {
                // What is converted by the method must not be converted here too: its type would be anybody's guess.
                SignatureType::Value(ty @ RustType::Scalar(_)) => self.literal(wire_name, ty),
                SignatureType::Value(ty) => self.value(wire_name, ty, inside),
                _ => None,
            },
            SignatureType::Items(item) => match (self.taken(wire_name, item, inside), &**item) {
                (Some(item), _) => Some(quote!([#item])),
                (None, SignatureType::Value(_)) => Some(quote!([])),
                (None, _) => None,
            },
            SignatureType::Pairs(value) => {
                let value = self.taken(wire_name, value, inside)?;
                Some(quote!([("name", #value)]))
            }
            SignatureType::Value(ty) => self.value(wire_name, ty, inside),
            SignatureType::Reference(ty) => self.value(wire_name, ty, inside).map(|value| quote!(&#value)),
            SignatureType::Slice(item) => {
                let list = RustType::List(Box::new(item.clone()));
                self.value(wire_name, &list, inside).map(|value| quote!(&#value))
            }
            // Only setters take these.
            _ => None,
        }
    }

    /// A value of exactly this type. `inside` are the declared types that it stands in.
    fn value(&self, wire_name: &str, ty: &RustType, inside: &mut Vec<usize>) -> Option<TokenStream> {
        match ty {
            RustType::Declared(index) if inside.contains(index) => None,
            RustType::Declared(index) => {
                let decl = self.scope.plan.types.get(*index)?;
                inside.push(*index);
                let value = self.declared(decl, inside);
                inside.pop();
                value
            }
            RustType::Scalar(scalar) => Some(self.scalar(wire_name, *scalar)),
            // A list of records converts into lines.
            RustType::List(item) | RustType::Lines(item) => Some(match self.value(wire_name, item, inside) {
                Some(item) => quote!(vec![#item]),
                None => quote!(Vec::new()),
            }),
            RustType::Tuple(items) => {
                let values =
                    items.iter().map(|item| self.value(wire_name, item, inside)).collect::<Option<Vec<_>>>()?;
                Some(tuple(values))
            }
            RustType::Map(_) => Some(quote!(Default::default())),
            RustType::Nullable(_) => Some(quote!(None)),
            RustType::Boxed(inner) => {
                let inner = self.value(wire_name, inner, inside)?;
                Some(quote!(Box::new(#inner)))
            }
            RustType::Replaced(_) | RustType::Field(_) => None,
            RustType::Unit => Some(quote!(())),
        }
    }

    fn scalar(&self, wire_name: &str, scalar: Scalar) -> TokenStream {
        match scalar {
            Scalar::Bool => quote!(true),
            Scalar::I32 | Scalar::I64 | Scalar::U32 | Scalar::U64 => {
                let one = number(1);
                quote!(#one)
            }
            Scalar::F64 => quote!(1.0),
            Scalar::Decimal | Scalar::DecimalText => quote!("12.50".into()),
            Scalar::Base64 => quote!(b"content".to_vec().into()),
            Scalar::Bytes | Scalar::File | Scalar::Upload => quote!("content".into()),
            Scalar::Json => quote!("value".into()),
            Scalar::String | Scalar::DateTime | Scalar::Date | Scalar::Uuid | Scalar::NumberOrString => {
                let literal = scalar_text(wire_name, scalar);
                quote!(#literal.into())
            }
        }
    }

    /// A literal for what takes `impl Into<T>`.
    fn literal(&self, wire_name: &str, ty: &RustType) -> Option<TokenStream> {
        let RustType::Scalar(scalar) = ty else { return None };
        Some(match scalar {
            Scalar::Decimal | Scalar::DecimalText => quote!("12.50"),
            Scalar::Base64 => quote!(b"content".to_vec()),
            Scalar::Bytes | Scalar::File | Scalar::Upload => quote!("content"),
            Scalar::Json => quote!("value"),
            Scalar::String | Scalar::DateTime | Scalar::Date | Scalar::Uuid | Scalar::NumberOrString => {
                scalar_text(wire_name, *scalar)
            }
            other => self.scalar(wire_name, *other),
        })
    }

    fn declared(&self, decl: &TypeDecl, inside: &mut Vec<usize>) -> Option<TokenStream> {
        let name = self.scope.declared(decl);
        match &decl.body {
            TypeBody::Struct(body) => self.model(&name, body, inside),
            TypeBody::StringEnum(values) | TypeBody::IntegerEnum(values) => {
                let variant = ident(&values.first()?.ident);
                Some(quote!(#name::#variant))
            }
            TypeBody::Union(union) => union.variants.iter().find_map(|variant| {
                let value = self.value("value", &variant.ty, inside)?;
                let variant_name = ident(&variant.ident);
                let value = if variant.boxed { quote!(Box::new(#value)) } else { value };
                Some(quote!(#name::#variant_name(#value)))
            }),
            TypeBody::RawUnion(_) => {
                let root = self.root;
                Some(quote!(#name::from(#root::Json::from("value"))))
            }
        }
    }

    fn model(&self, name: &TokenStream, body: &StructDecl, inside: &mut Vec<usize>) -> Option<TokenStream> {
        let made = body.constructor.as_ref()?;
        let required = body.fields.iter().filter(|member| member.is_required());
        let Some(record) = &made.record else {
            let values = required.zip(&made.new.arguments).map(|(member, argument)| match member.presence {
                Presence::Required => self.taken(&member.wire_name, &argument.ty, inside),
                _ => self.member(member, inside),
            });
            let values = values.collect::<Option<Vec<_>>>()?;
            return Some(quote!(#name::new(#(#values),*)));
        };
        let record = self.scope.below_types(&record.ident);
        let values = required.map(|member| {
            let (field, value) = (ident(&member.ident), self.member(member, inside)?);
            Some(quote!(#field: #value))
        });
        let values = values.collect::<Option<Vec<_>>>()?;
        Some(quote!(#name::new(#record { #(#values),* })))
    }

    fn member(&self, member: &FieldDecl, inside: &mut Vec<usize>) -> Option<TokenStream> {
        if member.presence == Presence::RequiredNullable {
            return Some(quote!(None));
        }
        self.value(&member.wire_name, &member.ty, inside)
    }
}

fn scalar_text(wire_name: &str, scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::DateTime => quote!("2026-01-31T12:00:00Z"),
        Scalar::Date => quote!("2026-01-31"),
        Scalar::Uuid => quote!("b6b1d3ee-8d3c-4b0e-9d3a-5f4f3b0c2a10"),
        _ => text(wire_name),
    }
}

/// The wire name stands for the value, unless it would not read as one.
fn text(wire_name: &str) -> TokenStream {
    let plain = !wire_name.is_empty() && wire_name.chars().all(|one| one.is_ascii_alphanumeric() || "_-".contains(one));
    let text = string(if plain { wire_name } else { "value" });
    quote!(#text)
}

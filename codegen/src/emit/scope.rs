//! Where a file of the output stands, and how types are spelled there.
//!
//! Generated code names itself by `super::` only, so the spelling of a path depends on the file. It also depends on what
//! the file declares: where a document has a schema `Option`, its file says `std::option::Option` for the other one.

use std::cell::Cell;
use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::token::{ident, tuple};
use crate::plan::declaration::{Definition, Plan, RustType, Scalar, TypeDecl};

/// A file of the output.
pub(crate) struct Scope<'a> {
    /// The whole crate.
    pub(crate) plan: &'a Plan,
    /// Which names are near.
    place: Place,
    /// Names that the file declares.
    declared: BTreeSet<&'a str>,
    /// Whether anything was spelled with `types::`, so that the file must import it.
    uses_types: Cell<bool>,
    /// Whether other types are named as they are defined: a name may be an alias in a module that is gated, and a
    /// definition that all share may not depend on that.
    as_defined: Cell<bool>,
}

/// Where a file stands, as far as paths depend on it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Below `types/`: types are `super::`.
    Types,
    /// Below `resources/`: other resources are `super::`, and borrow what the resource itself borrows.
    Resources,
    /// The client: resources borrow it.
    Client,
    /// Anywhere else.
    Elsewhere,
}

impl<'a> Scope<'a> {
    /// A file below `types/` that declares these names.
    pub(crate) fn in_types(plan: &'a Plan, declared: BTreeSet<&'a str>) -> Self {
        Self::at(Place::Types, plan, declared)
    }

    /// A file below `resources/` that declares this resource.
    pub(crate) fn in_resources(plan: &'a Plan, resource: &'a str) -> Self {
        Self::at(Place::Resources, plan, BTreeSet::from([resource]))
    }

    /// The file of the client.
    pub(crate) fn in_client(plan: &'a Plan) -> Self {
        Self::at(Place::Client, plan, BTreeSet::new())
    }

    /// Any other file, which declares these names.
    pub(crate) fn outside(plan: &'a Plan, declared: BTreeSet<&'a str>) -> Self {
        Self::at(Place::Elsewhere, plan, declared)
    }

    fn at(place: Place, plan: &'a Plan, declared: BTreeSet<&'a str>) -> Self {
        Self { plan, place, declared, uses_types: Cell::new(false), as_defined: Cell::new(false) }
    }

    /// Whether the file must import `types`.
    pub(crate) fn uses_types(&self) -> bool {
        self.uses_types.get()
    }

    /// A name of the prelude, by its full path where the file declares another of that name.
    pub(crate) fn prelude(&self, name: &str) -> TokenStream {
        let short = ident(name);
        if !self.declared.contains(name) {
            return quote!(#short);
        }
        let module = ident(match name {
            "Option" => "option",
            "Vec" => "vec",
            "String" => "string",
            "Box" => "boxed",
            "Result" => "result",
            "Default" => "default",
            "IntoIterator" => "iter",
            _ => "convert",
        });
        quote!(::std::#module::#short)
    }

    /// Says how the types that the next items hold are named.
    pub(crate) fn name_as_defined(&self, as_defined: bool) {
        self.as_defined.set(as_defined);
    }

    /// Path of a declared type.
    pub(crate) fn declared(&self, decl: &TypeDecl) -> TokenStream {
        match decl.definition {
            Definition::Alias(of) if self.as_defined.get() => {
                self.below_types(self.plan.types.get(of).map_or(&decl.ident, |of| &of.ident))
            }
            _ => self.below_types(&decl.ident),
        }
    }

    /// Path of a name below `types`.
    pub(crate) fn below_types(&self, name: &str) -> TokenStream {
        let name = ident(name);
        if self.place == Place::Types {
            return quote!(super::#name);
        }
        self.uses_types.set(true);
        quote!(types::#name)
    }

    /// The struct of a resource.
    pub(crate) fn resource(&self, name: &str) -> TokenStream {
        let name = ident(name);
        match self.place {
            Place::Resources => quote!(super::#name<'a>),
            Place::Client => quote!(super::resources::#name<'_>),
            Place::Types | Place::Elsewhere => quote!(resources::#name),
        }
    }

    /// The plain struct that a model's `new` takes: in the file of the model, where this file is one of models.
    pub(crate) fn record(&self, name: &str) -> TokenStream {
        let short = ident(name);
        if self.place == Place::Types { quote!(#short) } else { self.below_types(name) }
    }

    /// A type as it is written in this file.
    pub(crate) fn ty(&self, ty: &RustType) -> TokenStream {
        match ty {
            RustType::Declared(index) => match self.plan.types.get(*index) {
                Some(decl) => self.declared(decl),
                None => quote!(rt::Json),
            },
            RustType::Scalar(scalar) => self.scalar(*scalar),
            RustType::List(item) => self.wrapped("Vec", item),
            RustType::Tuple(items) => {
                let items = items.iter().map(|item| self.ty(item)).collect();
                tuple(items)
            }
            RustType::Map(value) => {
                let value = self.ty(value);
                quote!(rt::Map<#value>)
            }
            RustType::Nullable(inner) => self.wrapped("Option", inner),
            RustType::Field(inner) => {
                let inner = self.ty(inner);
                quote!(rt::Field<#inner>)
            }
            RustType::Lines(record) => {
                let record = self.ty(record);
                quote!(rt::Lines<#record>)
            }
            RustType::Boxed(inner) => self.wrapped("Box", inner),
            RustType::Replaced(path) => match syn::parse_str::<syn::Type>(path) {
                Ok(path) => quote!(#path),
                Err(_) => quote!(rt::Json),
            },
            RustType::Unit => quote!(()),
        }
    }

    fn wrapped(&self, outer: &str, inner: &RustType) -> TokenStream {
        let (outer, inner) = (self.prelude(outer), self.ty(inner));
        quote!(#outer<#inner>)
    }

    fn scalar(&self, scalar: Scalar) -> TokenStream {
        match scalar {
            Scalar::String => self.prelude("String"),
            other => match scalar_name(other).strip_prefix("rt::") {
                Some(name) => {
                    let name = ident(name);
                    quote!(rt::#name)
                }
                None => {
                    let name = ident(scalar_name(other));
                    quote!(#name)
                }
            },
        }
    }
}

/// Spelling of a scalar.
pub(crate) fn scalar_name(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "bool",
        Scalar::I32 => "i32",
        Scalar::I64 => "i64",
        Scalar::U32 => "u32",
        Scalar::U64 => "u64",
        Scalar::F64 => "f64",
        Scalar::String => "String",
        Scalar::Decimal | Scalar::DecimalText => "rt::Decimal",
        Scalar::DateTime => "rt::DateTime",
        Scalar::Date => "rt::Date",
        Scalar::Uuid => "rt::Uuid",
        Scalar::Base64 => "rt::Base64",
        Scalar::Bytes => "rt::Bytes",
        Scalar::File => "rt::FilePart",
        Scalar::Upload => "rt::Upload",
        Scalar::Json => "rt::Json",
        Scalar::NumberOrString => "rt::NumberOrString",
    }
}

//! `codec/serde.rs`: both serde traits for every model, by way of its codec.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Layout;
use crate::emit::token::{cfg, ident};
use crate::plan::declaration::{Plan, TypeDecl};

/// Items of the file.
pub(crate) fn emit_serde_file(plan: &Plan, layout: Layout<'_>) -> Vec<TokenStream> {
    let types = || plan.types.iter().filter(|decl| decl.is_defined());
    let always = types().any(|decl| layout.feature(decl.file().1).is_none());
    // Without the features of all the types nothing is left that uses the imports.
    let allow = (!always).then(|| quote!(#[allow(unused_imports, reason = "every type has a feature")]));
    let imports = [
        quote!(
            #allow
            use typewright_runtime::codegen::v1 as rt;
        ),
        quote!(
            #allow
            use super::super::types;
        ),
    ];
    imports.into_iter().chain(types().map(|decl| emit_traits(decl, layout))).collect()
}

/// One line: the two impls are the same for every type, so the runtime has them as a macro.
fn emit_traits(decl: &TypeDecl, layout: Layout<'_>) -> TokenStream {
    let (name, cfg) = (ident(&decl.ident), cfg(layout.feature(decl.file().1)));
    quote!(#cfg rt::serde_traits!(types::#name);)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::testing;

    /// What the compiler would warn of in a crate of which no type is compiled.
    #[test]
    fn imports_may_be_unused_where_every_type_has_a_feature() {
        let allowed = |plan: &Plan| {
            let files = crate::emit::emit(plan, &testing::target()).files;
            files["src/codec/serde.rs"].matches("#[allow(unused_imports").count()
        };
        let mut plan = testing::pets();
        for decl in &mut plan.types {
            decl.feature = Some("pets".to_owned());
        }
        assert_eq!(allowed(&plan), 2);
        plan.types[0].feature = None;
        assert_eq!(allowed(&plan), 0);
    }
}

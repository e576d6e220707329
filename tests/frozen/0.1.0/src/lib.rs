//! Outputs of typewright 0.1.0, compiled against today's runtime. **Never regenerated**: each folder beside `src/` is what
//! users have, and `typewright_runtime::codegen::v1` must go on serving it.
//!
//! When this package does not compile, or its test fails, the change to the runtime is at fault: nothing is ever taken out
//! of a version of `codegen`, a new version is added beside it. Only until 0.1.0 is published may the folders be copied
//! anew, from `generated/qredex/src` and `tests/golden/*/expected/src`. A release that changes the output adds a package
//! like this one.

#![forbid(unsafe_code)]
#![allow(
    deprecated,
    clippy::enum_variant_names,
    clippy::large_enum_variant,
    clippy::module_inception,
    clippy::should_implement_trait,
    clippy::too_many_arguments,
    clippy::type_complexity,
    clippy::wrong_self_convention,
    reason = "as the root of every generated crate says"
)]

/// Of `tests/golden/form_body/openapi.yaml`.
pub mod form_body {
    include!("../form_body/mod.rs");
}

/// Of `tests/golden/paging/openapi.yaml`.
pub mod paging {
    include!("../paging/mod.rs");
}

/// Of `tests/golden/per_status/openapi.yaml`.
pub mod per_status {
    include!("../per_status/mod.rs");
}

/// Of `specs/qredex.yaml`: the first client.
pub mod qredex {
    include!("../qredex/mod.rs");
}

/// Of `tests/golden/union_by_shape/openapi.yaml`.
pub mod union_by_shape {
    include!("../union_by_shape/mod.rs");
}

/// Of `tests/golden/union_by_tag/openapi.yaml`.
pub mod union_by_tag {
    include!("../union_by_tag/mod.rs");
}

//! Every expected output of `tests/golden`, compiled together; `tests/` says what they do.
//!
//! Nothing is written by hand here but the list, which a test of `tests/tests/golden.rs` holds to the folders.

#![forbid(unsafe_code)]
// Packaged, it stands without them: `build.rs` tells.
#![cfg(golden)]
#![allow(
    deprecated,
    clippy::approx_constant,
    clippy::enum_variant_names,
    clippy::large_enum_variant,
    clippy::module_inception,
    clippy::should_implement_trait,
    clippy::too_many_arguments,
    clippy::type_complexity,
    clippy::wrong_self_convention,
    reason = "as the root of every generated crate says"
)]

/// `tests/golden/accessors`.
pub mod accessors {
    include!("../../golden/accessors/expected/src/mod.rs");
}

/// `tests/golden/all_of`.
pub mod all_of {
    include!("../../golden/all_of/expected/src/mod.rs");
}

/// `tests/golden/client_keeps_to_limits`.
pub mod client_keeps_to_limits {
    include!("../../golden/client_keeps_to_limits/expected/src/mod.rs");
}

/// `tests/golden/constructors_record`.
pub mod constructors_record {
    include!("../../golden/constructors_record/expected/src/mod.rs");
}

/// `tests/golden/flat_body`.
pub mod flat_body {
    include!("../../golden/flat_body/expected/src/mod.rs");
}

/// `tests/golden/form_body`.
pub mod form_body {
    include!("../../golden/form_body/expected/src/mod.rs");
}

/// `tests/golden/keys_and_conflicts`.
pub mod keys_and_conflicts {
    include!("../../golden/keys_and_conflicts/expected/src/mod.rs");
}

/// `tests/golden/lists_are_slices`.
pub mod lists_are_slices {
    include!("../../golden/lists_are_slices/expected/src/mod.rs");
}

/// `tests/golden/map_and_extra`.
pub mod map_and_extra {
    include!("../../golden/map_and_extra/expected/src/mod.rs");
}

/// `tests/golden/naming_obstacle_course`.
pub mod naming_obstacle_course {
    include!("../../golden/naming_obstacle_course/expected/src/mod.rs");
}

/// `tests/golden/nested_resources`.
pub mod nested_resources {
    include!("../../golden/nested_resources/expected/src/mod.rs");
}

/// `tests/golden/nothing_lost`.
pub mod nothing_lost {
    include!("../../golden/nothing_lost/expected/src/mod.rs");
}

/// `tests/golden/nullable_ref_is_option`.
pub mod nullable_ref_is_option {
    include!("../../golden/nullable_ref_is_option/expected/src/mod.rs");
}

/// `tests/golden/open_enum`.
pub mod open_enum {
    include!("../../golden/open_enum/expected/src/mod.rs");
}

/// `tests/golden/paging`.
pub mod paging {
    include!("../../golden/paging/expected/src/mod.rs");
}

/// `tests/golden/bodies_of_parts_and_lines`.
pub mod bodies_of_parts_and_lines {
    include!("../../golden/bodies_of_parts_and_lines/expected/src/mod.rs");
}

/// `tests/golden/parameter_styles`.
pub mod parameter_styles {
    include!("../../golden/parameter_styles/expected/src/mod.rs");
}

/// `tests/golden/per_status`.
pub mod per_status {
    include!("../../golden/per_status/expected/src/mod.rs");
}

/// `tests/golden/projections_and_variants`.
pub mod projections_and_variants {
    include!("../../golden/projections_and_variants/expected/src/mod.rs");
}

/// `tests/golden/read_write_split`.
pub mod read_write_split {
    include!("../../golden/read_write_split/expected/src/mod.rs");
}

/// `tests/golden/recursive`.
pub mod recursive {
    include!("../../golden/recursive/expected/src/mod.rs");
}

/// `tests/golden/servers_of_their_own`.
pub mod servers_of_their_own {
    include!("../../golden/servers_of_their_own/expected/src/mod.rs");
}

/// `tests/golden/signed_requests`.
pub mod signed_requests {
    include!("../../golden/signed_requests/expected/src/mod.rs");
}

/// `tests/golden/streams`.
pub mod streams {
    include!("../../golden/streams/expected/src/mod.rs");
}

/// `tests/golden/union_by_shape`.
pub mod union_by_shape {
    include!("../../golden/union_by_shape/expected/src/mod.rs");
}

/// `tests/golden/union_by_tag`.
pub mod union_by_tag {
    include!("../../golden/union_by_tag/expected/src/mod.rs");
}

/// `tests/golden/union_undecided`.
pub mod union_undecided {
    include!("../../golden/union_undecided/expected/src/mod.rs");
}

/// `tests/golden/webhooks_by_name`.
pub mod webhooks_by_name {
    include!("../../golden/webhooks_by_name/expected/src/mod.rs");
}

/// `tests/golden/webhooks_signed`.
pub mod webhooks_signed {
    include!("../../golden/webhooks_signed/expected/src/mod.rs");
}

/// `tests/golden/shared_definitions`.
pub mod shared_definitions {
    include!("../../golden/shared_definitions/expected/src/mod.rs");
}

/// `tests/golden/uploads`.
pub mod uploads {
    include!("../../golden/uploads/expected/src/mod.rs");
}

/// `tests/golden/defaults_of_members`.
pub mod defaults_of_members {
    include!("../../golden/defaults_of_members/expected/src/mod.rs");
}

/// `tests/golden/filters`.
pub mod filters {
    include!("../../golden/filters/expected/src/mod.rs");
}

/// `tests/golden/parameters_of_32`.
pub mod parameters_of_32 {
    include!("../../golden/parameters_of_32/expected/src/mod.rs");
}

/// `tests/golden/content_types`.
pub mod content_types {
    include!("../../golden/content_types/expected/src/mod.rs");
}

/// `tests/golden/security`.
pub mod security {
    include!("../../golden/security/expected/src/mod.rs");
}

/// `tests/golden/server_variables`.
pub mod server_variables {
    include!("../../golden/server_variables/expected/src/mod.rs");
}

/// `tests/golden/keywords_carried_or_told`.
pub mod keywords_carried_or_told {
    include!("../../golden/keywords_carried_or_told/expected/src/mod.rs");
}

/// `tests/golden/headers_of_parts`.
pub mod headers_of_parts {
    include!("../../golden/headers_of_parts/expected/src/mod.rs");
}

/// `tests/golden/everything`.
pub mod everything {
    include!("../../golden/everything/expected/src/mod.rs");
}

/// `tests/golden/several_files`.
pub mod several_files {
    include!("../../golden/several_files/expected/src/mod.rs");
}

/// `tests/golden/names_without_ids`.
pub mod names_without_ids {
    include!("../../golden/names_without_ids/expected/src/mod.rs");
}

/// `tests/golden/union_with_a_default`.
pub mod union_with_a_default {
    include!("../../golden/union_with_a_default/expected/src/mod.rs");
}

/// `tests/golden/unions_by_members`.
pub mod unions_by_members {
    include!("../../golden/unions_by_members/expected/src/mod.rs");
}

/// `tests/golden/redirects`.
pub mod redirects {
    include!("../../golden/redirects/expected/src/mod.rs");
}

/// `tests/golden/rules_checked`.
pub mod rules_checked {
    include!("../../golden/rules_checked/expected/src/mod.rs");
}

/// `tests/golden/tuples`.
pub mod tuples {
    include!("../../golden/tuples/expected/src/mod.rs");
}

/// `tests/golden/what_frameworks_write`.
pub mod what_frameworks_write {
    include!("../../golden/what_frameworks_write/expected/src/mod.rs");
}

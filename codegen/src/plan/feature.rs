//! Cargo features: one per resource of the client, where they are worth it.

use super::declaration::FeatureDecl;
use super::index::Index;
use super::module::SHARED;

/// More features than this help nobody.
const MAX_FEATURES: usize = 200;

/// Names that the generated manifest has for itself.
const RESERVED: &[&str] = &[
    "chrono",
    "decimal",
    "default",
    "full",
    "jiff",
    "native-tls",
    "reqwest",
    "rustls",
    "rustls-aws-lc-rs",
    "serde",
    "time",
    "typewright-runtime",
];

/// Whether modules are gated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Features {
    /// One feature per resource of the client.
    PerResource,
    /// Everything is always compiled.
    None,
}

impl Features {
    /// The feature that gates a module.
    pub(super) fn of(self, module: &str) -> Option<String> {
        (self == Self::PerResource && module != SHARED).then(|| name(module))
    }
}

/// Features are worth it where they gate at least a fifth of the types and are not too many.
pub(super) fn choose(index: &Index<'_>) -> Features {
    let gated = index.declared.iter().filter(|decl| decl.module != SHARED).count();
    let resources = index.names.resources.iter().filter(|names| names.parent.is_none()).count();
    let worth = gated > 0 && gated * 5 >= index.declared.len();
    if worth && (2..=MAX_FEATURES).contains(&resources) { Features::PerResource } else { Features::None }
}

/// All features, by name.
pub(super) fn plan_features(index: &Index<'_>, features: Features) -> Vec<FeatureDecl> {
    let top = index.names.resources.iter().filter(|names| names.parent.is_none());
    let names = top.filter_map(|names| features.of(&names.module));
    let webhooks =
        (!index.api.webhooks.is_empty()).then(|| features.of(super::module::webhooks(index.names))).flatten();
    let feature = |name, preview| FeatureDecl { name, needs: Vec::new(), preview };
    let mut all: Vec<FeatureDecl> = names.chain(webhooks).map(|name| feature(name, false)).collect();
    for preview in index.api.operations.iter().filter_map(|operation| operation.facts.preview.as_ref()) {
        if all.iter().all(|known| known.name != *preview) {
            all.push(feature(preview.clone(), true));
        }
    }
    all
}

fn name(module: &str) -> String {
    let name = module.trim_end_matches('_').replace('_', "-");
    if RESERVED.contains(&name.as_str()) { format!("{name}-resource") } else { name }
}

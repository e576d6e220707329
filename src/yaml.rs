//! Writing YAML. Reading goes through `typewright-codegen`, whose readers track places.

use serde::Serialize;

/// A value as a YAML document.
pub(crate) fn write(value: &impl Serialize) -> String {
    // It fails for keys that are no text, and for writers that fail: neither is here.
    serde_yaml::to_string(value).unwrap_or_default()
}

//! Where the definition of a declared type stands; `share` decides it.

use super::declaration::TypeDecl;

impl TypeDecl {
    /// File below `types/` and `codec/`, and the feature that gates it.
    pub(crate) fn file(&self) -> (&str, Option<&str>) {
        match self.definition {
            Definition::Common => (super::SHARED, None),
            Definition::Own | Definition::Alias(_) => (&self.module, self.feature.as_deref()),
        }
    }

    /// Whether it is defined under its own name.
    pub(crate) fn is_defined(&self) -> bool {
        !matches!(self.definition, Definition::Alias(_))
    }
}

/// Where the definition of a type stands. Types that are alike share one, and keep their names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Definition {
    /// In its module.
    #[default]
    Own,
    /// In the shared module, because types of other modules are aliases of it.
    Common,
    /// Nowhere: it is an alias of this type, which is none itself.
    Alias(usize),
}

//! Where the definition of a declared type stands; `share` decides it.

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

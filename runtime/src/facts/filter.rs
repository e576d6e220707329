//! How an API spells filters and orders of its lists.

/// How conditions and orders are spelled.
#[derive(Clone, Copy, Debug)]
pub struct FilterFacts {
    pub(crate) key: &'static str,
    pub(crate) predicates: &'static [(&'static str, &'static str)],
    pub(crate) descending: &'static str,
}

impl FilterFacts {
    /// The key of a condition over `{attribute}` and `{predicate}`, and the predicates that there are: the runtime's name and
    /// the API's.
    #[must_use]
    pub const fn new(key: &'static str, predicates: &'static [(&'static str, &'static str)]) -> Self {
        Self { key, predicates, descending: "-{attribute}" }
    }

    /// How the greatest first is spelled, over `{attribute}`. Default: `-{attribute}`.
    #[must_use]
    pub const fn descending(mut self, template: &'static str) -> Self {
        self.descending = template;
        self
    }
}

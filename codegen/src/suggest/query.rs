//! The query parameters of an operation, as far as they may page.

use super::signs::{self, key};
use crate::api::{Api, Location, Operation, Parameter, Rule, Shape};
use crate::tree::{NodeId, Tree};

/// The optional query parameters of an operation: what pages can be left out, so that a call asks for the first page.
pub(super) struct Query<'a> {
    api: &'a Api,
    tree: &'a Tree,
    parameters: Vec<(String, &'a Parameter)>,
}

/// What a document says about the number of the first page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum First {
    /// This number.
    Said(u64),
    /// Nothing.
    Unsaid,
    /// Nothing, but that zero is a page.
    Unclear,
}

impl<'a> Query<'a> {
    pub(super) fn of(api: &'a Api, tree: &'a Tree, operation: &'a Operation) -> Self {
        let gone = |parameter: &Parameter| {
            let words = parameter.docs.description.as_deref().unwrap_or_default();
            parameter.docs.deprecated || words.to_ascii_lowercase().contains("deprecated")
        };
        let optional =
            |parameter: &&Parameter| parameter.location == Location::Query && !parameter.required && !gone(parameter);
        let named = operation.parameters.iter().filter(optional);
        Self { api, tree, parameters: named.map(|parameter| (key(&parameter.wire_name), parameter)).collect() }
    }

    /// The parameter that has one of these names and takes whole numbers.
    pub(super) fn number(&self, names: &[&str]) -> Option<&'a Parameter> {
        self.find(names, |shape| matches!(shape, Shape::Integer { .. } | Shape::Number { .. }))
    }

    /// The parameter that has one of these names and takes a mark. A date is none.
    pub(super) fn mark(&self, names: &[&str]) -> Option<&'a Parameter> {
        self.find(names, |shape| match shape {
            Shape::String { format, .. } => !matches!(format.as_deref(), Some("date" | "date-time" | "time")),
            shape => matches!(shape, Shape::Integer { .. }),
        })
    }

    /// Whether anything here is about pages.
    pub(super) fn pages(&self) -> bool {
        let all = [signs::PAGE, signs::SIZE, signs::OFFSET, signs::CURSOR];
        self.parameters.iter().any(|(name, _)| all.iter().any(|names| names.contains(&name.as_str())))
    }

    fn find(&self, names: &[&str], takes: impl Fn(&Shape) -> bool) -> Option<&'a Parameter> {
        let fits = |name: &&str| {
            let found = self.parameters.iter().filter(|(key, _)| key == name).map(|(_, parameter)| *parameter);
            found.into_iter().find(|parameter| self.shape(parameter).is_some_and(&takes))
        };
        names.iter().find_map(fits)
    }

    fn shape(&self, parameter: &Parameter) -> Option<&'a Shape> {
        self.api.types.get(parameter.of.ty.0 as usize).map(|ty| &ty.shape)
    }

    /// The number of the first page: what is sent where nothing is, or else the smallest.
    pub(super) fn first(&self, parameter: &Parameter, root: NodeId) -> First {
        let words = parameter.docs.description.as_deref().unwrap_or_default().to_ascii_lowercase();
        if signs::ZERO_WORDS.iter().any(|zero| words.contains(zero)) {
            return First::Said(0);
        }
        let schema = self.tree.member(parameter.origin, "schema");
        let target = schema.and_then(|schema| self.tree.member_str(schema, "$ref"));
        let schema = target.and_then(|target| self.tree.pointer(root, target)).or(schema);
        let default = schema.and_then(|schema| self.tree.member(schema, "default"));
        match (default.and_then(|default| self.tree.as_u64(default)), self.smallest(parameter)) {
            (Some(default), _) if default <= 1 => First::Said(default),
            (Some(_), _) => First::Unclear,
            (None, Some(1)) => First::Said(1),
            (None, Some(0)) => First::Unclear,
            _ => First::Unsaid,
        }
    }

    fn smallest(&self, parameter: &Parameter) -> Option<i64> {
        let (Shape::Integer { limits, .. } | Shape::Number { limits, .. }) = self.shape(parameter)? else {
            return None;
        };
        limits.checks.iter().find_map(|check| match &check.rule {
            Rule::Minimum(text) => text.parse().ok(),
            Rule::ExclusiveMinimum(text) => text.parse::<i64>().ok()?.checked_add(1),
            _ => None,
        })
    }
}

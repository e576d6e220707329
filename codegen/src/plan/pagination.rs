//! Pagination: whether what is declared fits an operation, and where its items are.

use super::declaration::{OutputDecl, PaginationDecl, Presence};
use super::docs;
use super::index::Index;
use super::output::{Contents, plan_output, successes};
use super::side::Side;
use crate::api::{Content, Location, Operation, Shape, TypeId, Use};
use crate::diagnostic::{Collector, codes};
use crate::facts::{Declared, NextCursor, Pagination};
use crate::tree::Tree;

/// What an operation's docs say of it.
pub(super) const WORDS: &str =
    "Await the call for one page, or use `.items()` or `.pages()` to stream through all of them.";

/// Why declared pagination does not fit, in words that follow "but".
#[derive(Debug)]
pub(super) struct Misfit(String);

/// Whether pagination would fit operations that do not declare it.
pub(crate) struct Candidates<'a> {
    index: Index<'a>,
}

impl<'a> Candidates<'a> {
    /// Over a document.
    pub(crate) fn new(input: &super::Input<'a>) -> Self {
        Self { index: Index::new(input.api, input.names, input.target) }
    }

    /// The operations that a method is made for and that say nothing about how they page, neither themselves nor by
    /// what the root says; and the judge of each.
    pub(crate) fn undeclared(&self) -> impl Iterator<Item = (&'a Operation, impl Fn(&Pagination) -> bool)> {
        let all = self.index.api.operations.iter().zip(&self.index.names.operations);
        let called = all.filter(|(operation, _)| {
            let facts = &operation.facts;
            !facts.token_endpoint && facts.projection.is_none() && facts.pagination == Declared::Inherit
        });
        called.filter_map(move |(operation, names)| {
            let output = plan_output(&self.index, operation, names, Contents::Chosen);
            let declared = plan_pagination(&self.index, operation, &output);
            let silent = matches!(declared, Ok(None));
            let fits = move |facts: &Pagination| fit(&self.index, operation, &output, facts).is_ok();
            silent.then_some((operation, fits))
        })
    }
}

/// Plans the pagination of an operation. What the root declares is for operations that it fits; what an operation itself
/// declares must fit.
pub(super) fn plan_pagination(
    index: &Index<'_>,
    operation: &Operation,
    output: &OutputDecl,
) -> Result<Option<PaginationDecl>, Misfit> {
    match &operation.facts.pagination {
        Declared::Off => Ok(None),
        Declared::Own(own) => fit(index, operation, output, own).map(Some),
        Declared::Inherit => {
            Ok(index.api.facts.pagination.as_ref().and_then(|shared| fit(index, operation, output, shared).ok()))
        }
    }
}

/// Tells that an operation's own pagination does not fit.
pub(super) fn report(operation: &Operation, misfit: &Misfit, tree: &Tree, collector: &mut Collector) {
    collector
        .report(&codes::FACT_WITHOUT_TARGET, tree.place(operation.origin))
        .message(format!("`{} {}` declares pagination that it does not have", operation.method, operation.path))
        .label(misfit.0.clone())
        .help("name query parameters of this operation, and pointers into the body of its success");
}

fn fit(
    index: &Index<'_>,
    operation: &Operation,
    output: &OutputDecl,
    facts: &Pagination,
) -> Result<PaginationDecl, Misfit> {
    for name in parameters(facts) {
        let known = |parameter: &crate::api::Parameter| {
            parameter.location == Location::Query && parameter.wire_name == *name && !parameter.required
        };
        if !operation.parameters.iter().any(known) {
            return Err(Misfit(format!("there is no optional query parameter {}", docs::code(name))));
        }
    }
    if !matches!(output, OutputDecl::Json(_)) {
        return Err(Misfit("its success is no JSON body of one type".to_owned()));
    }
    let answer = successes(operation).into_iter().find_map(|answer| Content::choose(&answer.contents));
    let Some(content) = answer else { return Err(Misfit("its success has no body".to_owned())) };
    let pointer = items(facts);
    let nowhere = || Misfit(format!("{} leads to no list in the body", docs::code(pointer)));
    let (items_path, list) = walk(index, content.of.ty, pointer).ok_or_else(nowhere)?;
    match index.ty(list).map(|ty| &ty.shape) {
        Some(Shape::Array { items, .. }) => {
            check_last_item(index, *items, facts)?;
            Ok(PaginationDecl { facts: facts.clone(), item: index.value(*items, Side::Answer), items_path })
        }
        _ => Err(nowhere()),
    }
}

/// A cursor that is taken from the last item must be there to be taken.
fn check_last_item(index: &Index<'_>, items: Use, facts: &Pagination) -> Result<(), Misfit> {
    let Pagination::Cursor { next: NextCursor::LastItem(pointer), .. } = facts else { return Ok(()) };
    let shape = walk(index, items.ty, pointer).and_then(|(_, ty)| index.ty(ty)).map(|ty| &ty.shape);
    match shape {
        Some(Shape::String { .. } | Shape::Integer { .. }) => Ok(()),
        _ => Err(Misfit(format!("{} leads to no text or number in its items", docs::code(pointer)))),
    }
}

fn parameters(facts: &Pagination) -> Vec<&String> {
    match facts {
        Pagination::Page { page, size, .. } => std::iter::once(page).chain(size).collect(),
        Pagination::Offset { offset, limit, .. } => vec![offset, limit],
        Pagination::Cursor { cursor, .. } => vec![cursor],
        Pagination::Link { .. } => Vec::new(),
    }
}

fn items(facts: &Pagination) -> &str {
    match facts {
        Pagination::Page { items, .. }
        | Pagination::Offset { items, .. }
        | Pagination::Cursor { items, .. }
        | Pagination::Link { items, .. } => items,
    }
}

/// The fields from a body to what a pointer names, and the type there.
fn walk(index: &Index<'_>, from: TypeId, pointer: &str) -> Option<(Vec<(String, Presence)>, TypeId)> {
    let mut at = from;
    let mut path = Vec::new();
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        let Shape::Object(object) = &index.ty(at)?.shape else { return None };
        let names = index.names.type_names(at)?;
        let found = object.properties.iter().zip(&names.members).find(|(property, _)| property.wire_name == step);
        let (property, ident) = found?;
        path.push((ident.clone(), super::model::presence(index, property)));
        at = property.of.ty;
    }
    Some((path, at))
}

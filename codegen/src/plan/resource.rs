//! Resources with their operations.

use super::declaration::{OperationDecl, ParameterDecl, Receiver, ResourceDecl, Signature, SignatureType};
use super::feature::Features;
use super::index::Index;
use super::nested::Nested;
use super::{docs, method, module};
use crate::name::ResourceNames;

/// All resources, and the operations of the client itself. Operations come by their position in the API; `None` are
/// those that nobody calls by a method.
pub(super) fn plan_resources(
    index: &Index<'_>,
    operations: Vec<Option<OperationDecl>>,
    nested: &Nested,
    features: Features,
) -> (Vec<ResourceDecl>, Vec<OperationDecl>) {
    let names = index.names;
    let mut resources: Vec<ResourceDecl> = (0_usize..)
        .zip(&names.resources)
        .map(|(at, named)| plan_resource(index, (at, named), nested, features))
        .collect();
    let mut own = Vec::new();
    for (operation, named) in operations.into_iter().zip(&names.operations) {
        let Some(operation) = operation else { continue };
        match named.resource.and_then(|resource| resources.get_mut(resource)) {
            Some(resource) => resource.operations.push(operation),
            None => own.push(operation),
        }
    }
    for operations in resources.iter_mut().map(|resource| &mut resource.operations).chain([&mut own]) {
        operations.sort_by(|left, right| left.name().cmp(right.name()));
    }
    (resources, own)
}

fn plan_resource(
    index: &Index<'_>,
    (at, named): (usize, &ResourceNames),
    nested: &Nested,
    features: Features,
) -> ResourceDecl {
    let top = index.names.resources.get(module::top(index.names, at));
    let (docs, arguments) = (resource_docs(index, named), nested.own(at));
    let mut words: Vec<String> = docs.first().cloned().into_iter().collect();
    docs::extend(&mut words, method::argument_docs(arguments.iter()));
    let output = SignatureType::Resource(named.ident.clone());
    let accessor = Signature::new(&named.accessor, Receiver::Reference, output, words);
    let take = |accessor: Signature, one: &ParameterDecl| accessor.taking(&one.ident, one.given.clone());
    ResourceDecl {
        accessor: arguments.iter().fold(accessor, take),
        ident: named.ident.clone(),
        module: named.module.clone(),
        parent: named.parent,
        feature: features.of(top.map_or("", |top| &top.module)),
        docs,
        arguments: arguments.iter().map(|one| one.wire_name.clone()).collect(),
        held: nested.held(&index.names.resources, at).len(),
        operations: Vec::new(),
    }
}

/// The words of the tag that the resource is named after, or its name.
fn resource_docs(index: &Index<'_>, named: &ResourceNames) -> Vec<String> {
    let name = named.path.join(".");
    let tag = index.api.tags.iter().find(|tag| named.path.len() == 1 && crate::name::is_step(&tag.name, &name));
    let lines = docs::clean(tag.and_then(|tag| tag.description.as_deref()).unwrap_or_default());
    if lines.is_empty() { vec![format!("Operations of {}.", docs::code(&name))] } else { lines }
}

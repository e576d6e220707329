//! Every reference of a document set as it was read, whatever object it stands in.
//!
//! The pass itself follows what operations and components reach, and knows kinds. A bundle moves whole files, and with them
//! every reference in them, also those that mean nothing to the generator. Reports nothing: the pass does.

use super::Context;
use super::resolver::Resolver;
use crate::normalise::pointer::Parents;
use crate::normalise::structure::LeftOut;
use crate::read::Documents;
use crate::source::{FileId, Sources};
use crate::tree::{NodeId, Tree, Value};

/// Members whose text is a reference. Discriminators are the other place where references stand.
const MEMBERS: &[&str] = &["$ref", "$dynamicRef", "operationRef"];

/// One reference.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    /// The object that it stands in.
    pub(crate) at: NodeId,
    /// Its text.
    pub(crate) text: NodeId,
    /// Where it leads; nothing if it leads nowhere.
    pub(crate) target: Option<NodeId>,
}

/// All references of a set.
#[derive(Debug)]
pub(crate) struct Links {
    /// In the order of the nodes.
    pub(crate) found: Vec<Link>,
    parents: Parents,
}

impl Links {
    /// Follows every reference one step. There are none without a root document.
    pub(crate) fn new(documents: &Documents, sources: &Sources) -> Option<Self> {
        let Documents { tree, roots } = documents;
        let root = documents.root(FileId(0))?;
        let parents = Parents::new(tree);
        let left_out = LeftOut::default();
        let context = Context { tree, sources, roots, root, parents: &parents, left_out: &left_out };
        let resolver = Resolver::new(&context);
        let find = |at: NodeId, text: NodeId| {
            let reference = tree.as_str(text)?;
            resolver.find(at, reference).ok().or_else(|| resolver.find_nearest(at, reference))
        };
        let stand = tree.nodes().flat_map(|(at, _)| texts(tree, root, at).into_iter().map(move |text| (at, text)));
        let found = stand.map(|(at, text)| Link { at, text, target: find(at, text) }).collect();
        Some(Self { found, parents })
    }

    /// The references in an object.
    pub(crate) fn at(&self, node: NodeId) -> &[Link] {
        let from = self.found.partition_point(|link| link.at < node);
        let rest = self.found.get(from..).unwrap_or_default();
        rest.get(..rest.partition_point(|link| link.at == node)).unwrap_or_default()
    }

    /// The object or list that holds the node.
    pub(crate) fn parent(&self, node: NodeId) -> Option<NodeId> {
        self.parents.parent(node)
    }

    /// `#/components/schemas/Pet`; in another file than the root document `pets.yaml#/Pet`.
    pub(crate) fn pointer(&self, tree: &Tree, sources: &Sources, node: NodeId) -> String {
        self.parents.text(tree, sources, node)
    }
}

/// The texts of the references in an object.
fn texts(tree: &Tree, root: NodeId, at: NodeId) -> Vec<NodeId> {
    let Value::Mapping(members) = tree.value(at) else { return Vec::new() };
    let is_text = |node: &NodeId| tree.as_str(*node).is_some();
    let direct = members.iter().filter(|member| MEMBERS.contains(&&*member.key)).map(|member| member.value);
    let mut texts: Vec<NodeId> = direct.filter(is_text).collect();
    // A component's key goes before a reference.
    texts.extend(mapped(tree, at).into_iter().filter(|text| by_key(tree, root, *text).is_none()));
    texts
}

/// The components that the discriminator of a schema names by their keys.
pub(crate) fn mapped_by_key(tree: &Tree, root: NodeId, at: NodeId) -> Vec<NodeId> {
    mapped(tree, at).into_iter().filter_map(|text| by_key(tree, root, text)).collect()
}

/// The texts of a discriminator that name schemas.
fn mapped(tree: &Tree, at: NodeId) -> Vec<NodeId> {
    let Some(discriminator) = tree.member(at, "discriminator") else { return Vec::new() };
    let mapping = tree.member(discriminator, "mapping").and_then(|mapping| tree.as_mapping(mapping));
    let mut texts: Vec<NodeId> = mapping.unwrap_or_default().iter().map(|member| member.value).collect();
    texts.extend(tree.member(discriminator, "defaultMapping"));
    texts.retain(|text| tree.as_str(*text).is_some());
    texts
}

fn by_key(tree: &Tree, root: NodeId, text: NodeId) -> Option<NodeId> {
    let schemas = tree.member(tree.member(root, "components")?, "schemas")?;
    tree.member(schemas, tree.as_str(text)?)
}

//! Names and model to declarations: every decision about the Rust that is written, as data.
//!
//! After this stage nobody decides anything: [`crate::emit`] only spells what stands here. Boxing, layout, docs, which
//! module and feature an item belongs to, how a member is read and written: all here.

mod accessor;
mod adjust;
mod attributes;
mod body;
mod boxing;
mod client;
pub mod declaration;
mod default;
mod definition;
mod docs;
mod encoding;
mod enumeration;
mod error;
mod export;
mod feature;
pub(crate) mod function;
mod header;
mod headers;
mod index;
mod markdown;
mod method;
mod model;
mod module;
mod nested;
mod operation;
mod output;
mod pagination;
mod parameter;
mod parts;
mod raw;
pub(crate) mod reason;
mod resource;
mod rules;
mod scalar;
mod security;
mod server;
mod share;
mod side;
pub(crate) mod signature;
mod stream;
#[cfg(test)]
mod tests;
mod types;
mod union;
mod webhook;

use self::declaration::{OperationDecl, Plan};
use self::index::Index;
pub(crate) use self::module::SHARED;
use self::nested::Nested;
pub(crate) use self::pagination::Candidates;
use self::server::Servers;
#[cfg(test)]
pub(crate) use self::types::{methods, traits};
use crate::api::Api;
use crate::diagnostic::Collector;
use crate::name::Names;
use crate::output::Target;
use crate::tree::Tree;

/// What is planned.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The API.
    pub api: &'a Api,
    /// Its identifiers.
    pub names: &'a Names,
    /// Which crate is made of it.
    pub target: &'a Target,
    /// File name of the document, for the header of every file.
    pub document: &'a str,
    /// Where diagnostics find their places.
    pub tree: &'a Tree,
}

/// Plans a crate. Facts of `x-typewright` that fit nothing are reported.
pub fn plan(input: &Input<'_>, collector: &mut Collector) -> Plan {
    let index = Index::new(input.api, input.names, input.target);
    let features = feature::choose(&index);
    let mut types = types::plan_types(&index, features);
    accessor::plan_accessors(&index, &mut types, (input.tree, collector));
    let error = error::plan_error(&index, &types);
    let nested = Nested::new(&index);
    let servers = Servers::of(input.api);
    let operations = operation::plan_operations(&index, &error, (&nested, &servers), (input.tree, collector));
    let (resources, own) = resource::plan_resources(&index, operations, &nested, features);
    let all: Vec<&OperationDecl> = resources.iter().flat_map(|resource| &resource.operations).chain(&own).collect();
    let attributes = attributes::plan_attributes(&index, &types, all.iter().copied());
    let call = function::of_calls(&all, &input.names.call_headers);
    let mut plan = Plan {
        document: input.document.to_owned(),
        client: client::plan_client(&index, servers, own),
        call,
        exports: Vec::new(),
        features: feature::plan_features(&index, features),
        types,
        resources,
        attributes,
        error,
        webhooks: webhook::plan_webhooks(&index, features),
        raw: raw::find(&index),
    };
    plan.exports = export::plan_exports(&plan);
    plan
}

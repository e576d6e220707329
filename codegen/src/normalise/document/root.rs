//! The document itself: its top, and its paths.

use super::components::COMPONENTS;
use super::info::INFO;
use super::lift::{Lifter, own_entries};
use super::path_item::{A_PATH_ITEM, PATH_ITEM};
use super::row::Version::{V31, V32};
use super::row::{Assume, Holds, Noun, Object, Others, Rule, object, row};
use super::schema::Schemas;
use super::security::security;
use super::server::servers;
use super::tag::{TAG, external_docs};
use super::{
    Callback, Components, Info, Operation, PathItem, SchemaNode, SecurityRequirement, Server, Tag, Version, callback,
};
use crate::arena::Arena;
use crate::diagnostic::Collector;
use crate::normalise::Context;
use crate::normalise::references::References;
use crate::tree::NodeId;
use std::collections::BTreeMap;

/// An OpenAPI document of any version.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its node.
    pub at: NodeId,
    /// `info`.
    pub info: Info,
    /// `servers`.
    pub servers: Vec<Server>,
    /// `security`.
    pub security: Option<Vec<SecurityRequirement>>,
    /// `tags`.
    pub tags: Vec<Tag>,
    /// `paths`.
    pub paths: Vec<(String, PathItem)>,
    /// `webhooks`, by name.
    pub webhooks: Vec<(String, PathItem)>,
    /// `callbacks` of every operation, theirs included.
    pub callbacks: Vec<Callback>,
    /// `components`.
    pub components: Components,
    /// Every schema.
    pub schemas: Arena<SchemaNode>,
}

/// An operation of a path.
#[derive(Clone, Copy, Debug)]
pub struct Routed<'d> {
    /// Key of the path.
    pub path: &'d str,
    /// What it shares with the other operations of its path.
    pub item: &'d PathItem,
    /// As it is sent.
    pub method: &'d str,
    /// The operation.
    pub operation: &'d Operation,
}

impl Document {
    /// Every operation that a client calls.
    pub fn operations(&self) -> impl Iterator<Item = Routed<'_>> + Clone {
        self.paths.iter().flat_map(|(path, item)| {
            item.operations.iter().map(move |(method, operation)| Routed { path, item, method, operation })
        })
    }

    /// The path items of all messages that the API sends.
    pub fn sent(&self) -> impl Iterator<Item = &PathItem> {
        self.webhooks.iter().map(|(_, item)| item).chain(self.callbacks.iter().map(|callback| &callback.item))
    }
}

pub(crate) static DOCUMENT: Object = object(
    "the document",
    &[
        row("openapi", Holds::Text).required(),
        row("$self", Holds::Text).since(V32),
        row("info", Holds::Object(&INFO)).assumed(Assume::Info),
        row("jsonSchemaDialect", Holds::Text).since(V31),
        servers(),
        row("paths", Holds::Object(&PATHS)).vital(),
        row("webhooks", Holds::Map(&A_PATH_ITEM)).since(V31),
        row("components", Holds::Object(&COMPONENTS)).vital(),
        security(),
        row("tags", Holds::List(&A_TAG)),
        external_docs(),
    ],
)
.noun(Noun::Document)
.rules(&[Rule::Paths])
.hints(&[
    ("definitions", "schemas stand below `components.schemas` since OpenAPI 3"),
    ("host", IN_SERVERS),
    ("basePath", IN_SERVERS),
    ("schemes", "write them into the `url` of `servers`"),
    ("securityDefinitions", "they stand below `components.securitySchemes` since OpenAPI 3"),
    ("produces", PRODUCES),
    ("consumes", CONSUMES),
]);

const IN_SERVERS: &str = "write it into the `url` of `servers`";
/// What to do about `produces` of Swagger 2.0.
pub(super) const PRODUCES: &str = "write each as a key below `content` of the responses, with the schema below it";
/// What to do about `consumes` of Swagger 2.0.
pub(super) const CONSUMES: &str = "write each as a key below `content` of the request body, with the schema below it";

static PATHS: Object = Object { others: Others::Paths(Holds::Object(&PATH_ITEM)), ..object("`paths`", &[]) };
static A_TAG: Holds = Holds::Object(&TAG);

/// Runs the lift. `schemas` are there already: everything else refers to them.
pub(crate) fn lift(
    context: &Context<'_>,
    version: Version,
    references: &References,
    mut schemas: Schemas,
    collector: &mut Collector,
) -> Document {
    let mut lifter = Lifter::new(context, version, references, &mut schemas, collector);
    let members = lifter.members(&DOCUMENT, context.root);
    let components = Components::lift(&mut lifter, &members);
    let paths = own_entries(lifter.tree, members.node("paths"));
    let document = Document {
        at: context.root,
        info: Info::lift(&lifter, &members),
        servers: Server::lift_all(&lifter, &members),
        security: SecurityRequirement::lift_all(&lifter, &members),
        tags: Tag::lift_all(&lifter, &members),
        paths: by_path(lifter.map(paths, PathItem::lift_at)),
        webhooks: lifter.map(members.entries("webhooks"), PathItem::lift_at),
        callbacks: callback::lift_noted(&mut lifter),
        components,
        schemas: Arena::default(),
    };
    Document { schemas: schemas.nodes, ..document }
}

/// Two keys may be the same path, where one had no slash: the last one counts.
fn by_path(paths: Vec<(String, PathItem)>) -> Vec<(String, PathItem)> {
    let mut kept: Vec<(String, PathItem)> = Vec::with_capacity(paths.len());
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for (path, item) in paths {
        match known.get(&path).and_then(|index| kept.get_mut(*index)) {
            Some(first) => first.1 = item,
            None => {
                known.insert(path.clone(), kept.len());
                kept.push((path, item));
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use crate::normalise::model::{JsonType, SchemeKind};
    use crate::normalise::testing::model_of;

    #[test]
    fn what_later_versions_have_is_an_ordinary_member() {
        let model = model_of(
            "\
openapi: 3.2.0
info: {title: t, version: '1'}
paths:
  /a:
    query: {responses: {}}
    additionalOperations: {COPY: {}}
    post:
      callbacks: {done: {'{$request.body#/url}': {post: {callbacks: {done: {$ref: '#/components/callbacks/Done'}}}}}}
      responses: {'200': {content: {text/event-stream: {itemSchema: {type: string}}}}}
webhooks: {pet: {$ref: '#/components/pathItems/Pet'}}
components:
  callbacks: {Done: {/x: {get: {callbacks: {again: {$ref: '#/components/callbacks/Done'}}}}}}
  pathItems: {Pet: {get: {}}}
  securitySchemes: {tls: {type: mutualTLS}}
",
        );
        let document = &model.document;
        let methods: Vec<&str> = document.operations().map(|routed| routed.method).collect();
        assert_eq!(methods, ["POST", "QUERY", "COPY"]);
        let callbacks: Vec<&str> = document.callbacks.iter().map(|callback| callback.expression.as_str()).collect();
        assert_eq!(callbacks, ["{$request.body#/url}", "/x", "/x"]);
        assert_eq!(document.webhooks[0].1.operations[0].0, "GET");
        let post = document.operations().next().unwrap().operation;
        let (response, _) = post.responses.by_status[0].1.get(&document.components.responses);
        let item = response.content[0].1.item_schema.unwrap();
        assert_eq!(document.schemas.get(item).types, [JsonType::String]);
        assert_eq!(document.components.security_schemes[0].item.kind, SchemeKind::MutualTls);
    }

    #[test]
    fn the_head_is_read_whatever_is_missing() {
        let head = |text: &str| model_of(&format!("openapi: 3.1.0\n{text}\npaths: {{}}\n")).document;
        let document = head("info: {title: Pets, summary: All pets., description: Of all kinds., version: 1.0}");
        let info = document.info;
        assert_eq!((info.title.as_str(), info.version.as_str()), ("Pets", "1.0"));
        assert_eq!(info.description.as_deref(), Some("All pets.\n\nOf all kinds."));
        assert!(document.security.is_none());
        let document = head(
            "tags: [{name: pets}, {description: nameless}]\nsecurity: []\n\
             servers: [{url: 'https://{host}', variables: {host: {default: a, enum: [a, 1]}}}, {url: /b}]",
        );
        assert_eq!(document.tags.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>(), ["pets"]);
        let (name, host) = &document.servers[0].variables[0];
        assert_eq!((name.as_str(), host.default.as_str(), host.values.join(" ").as_str()), ("host", "a", "a 1"));
        assert_eq!(document.servers[1].url, "/b");
        assert_eq!(document.security, Some(Vec::new()));
    }
}

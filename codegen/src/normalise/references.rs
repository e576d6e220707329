//! Pass: references.
//!
//! Before: `$ref` members anywhere a reference may stand. After: a table of where each leads, the kind of every object,
//! and the list of all schemas. What leads nowhere, to another kind, or only to itself is reported and has no target.
//! The tree itself is not changed: `document` and `schema` ask the table. Which files are loaded, and whether a reference
//! may leave the document's folder, was decided when the set was read: a file that is not there is a dangling reference.

mod resolver;

use std::collections::BTreeMap;

use self::resolver::{Lost, Resolver};
use super::Context;
use super::shape::{Kind, children};
use crate::diagnostic::codes::{CHAIN_TOO_LONG, DANGLING_REF, REF_CYCLE, REF_NOT_LOADED, REF_TO_WRONG_KIND};
use crate::diagnostic::{Collector, nearest};
use crate::source::Place;
use crate::tree::{NodeId, Tree, Value};

/// Longest chain of references, and of `allOf` in `allOf`. Real documents stay below ten, and what follows chains from
/// each of their steps would take its time squared.
pub(crate) const MAX_CHAIN: usize = 100;

/// Where references lead.
#[derive(Debug, Default)]
pub(crate) struct References {
    targets: BTreeMap<NodeId, Option<NodeId>>,
    /// By node.
    kinds: Vec<Option<Kind>>,
    /// Every schema, in the order in which the walk met them: the document's, then what only references reach.
    pub(crate) schemas: Vec<NodeId>,
    /// Where references lead outside of everything that the document itself reaches.
    pub(crate) outside: Vec<(Kind, NodeId)>,
    queue: Vec<(Kind, NodeId)>,
}

/// What a node says about another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    /// It is no reference.
    None,
    /// It leads nowhere; that was reported.
    Dangling,
    /// It leads here.
    To(NodeId),
}

impl References {
    /// One step.
    pub(crate) fn target(&self, node: NodeId) -> Reference {
        match self.targets.get(&node) {
            None => Reference::None,
            Some(None) => Reference::Dangling,
            Some(Some(target)) => Reference::To(*target),
        }
    }

    /// Every object that was met, by node.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = (NodeId, Kind)> {
        let ids = (0..).map(NodeId);
        ids.zip(&self.kinds).filter_map(|(node, kind)| Some((node, (*kind)?)))
    }

    /// The end of the chain that starts here: the node itself if it is no reference, nothing if the chain dangles.
    pub(crate) fn resolve(&self, node: NodeId) -> Option<NodeId> {
        let mut at = node;
        loop {
            match self.target(at) {
                Reference::None => return Some(at),
                Reference::Dangling => return None,
                Reference::To(target) => at = target,
            }
        }
    }
}

/// The node of the reference's text.
pub(crate) fn reference_text(tree: &Tree, kind: Kind, node: NodeId) -> Option<NodeId> {
    kind.section()?;
    let keys: &[&str] = if kind == Kind::Schema { &["$ref", "$dynamicRef"] } else { &["$ref"] };
    let text = keys.iter().find_map(|key| tree.member(node, key))?;
    tree.as_str(text).map(|_| text)
}

/// Runs the pass. `extra` are references outside of `$ref`: the mappings of discriminators.
pub(crate) fn resolve(context: &Context<'_>, collector: &mut Collector) -> References {
    let resolver = Resolver::new(context);
    let mut found = References { kinds: vec![None; context.tree.len()], ..References::default() };
    found.walk(context.tree, Kind::Document, context.root);
    let mut next = 0;
    while let Some((kind, node)) = found.queue.get(next).copied() {
        next += 1;
        let target = found.follow(context, &resolver, (kind, node), collector);
        found.targets.insert(node, target);
    }
    found.cut_chains(context, collector);
    found
}

/// The schema that a discriminator's mapping names: a component's key, else a reference.
pub(crate) fn mapping_target(context: &Context<'_>, origin: NodeId, value: &str) -> Option<NodeId> {
    let schemas = context.tree.member(context.root, "components").and_then(|at| context.tree.member(at, "schemas"));
    let by_key = schemas.and_then(|schemas| context.tree.member(schemas, value));
    by_key.or_else(|| Resolver::new_without_index(context).find(origin, value).ok())
}

impl References {
    /// Everything below `node` that was not met before.
    fn walk(&mut self, tree: &Tree, kind: Kind, node: NodeId) {
        let mut stack = vec![(kind, node)];
        while let Some((kind, node)) = stack.pop() {
            match self.kinds.get_mut(node.0 as usize) {
                Some(known @ None) => *known = Some(kind),
                _ => continue,
            }
            if kind == Kind::Schema {
                self.schemas.push(node);
            }
            if reference_text(tree, kind, node).is_some() {
                self.queue.push((kind, node));
            }
            stack.extend(children(tree, kind, node).into_iter().rev());
        }
    }

    fn follow(
        &mut self,
        context: &Context<'_>,
        resolver: &Resolver<'_>,
        (kind, node): (Kind, NodeId),
        collector: &mut Collector,
    ) -> Option<NodeId> {
        let tree = context.tree;
        let at = reference_text(tree, kind, node)?;
        let text = tree.as_str(at)?;
        let target = match resolver.find(node, text) {
            Ok(target) => target,
            Err(lost) => {
                report_lost(context, lost, (kind, at), collector);
                return None;
            }
        };
        let object = matches!(tree.value(target), Value::Mapping(_));
        let found = match self.kinds.get(target.0 as usize).copied().flatten() {
            Some(found) if found != kind => found.noun(),
            Some(_) => return Some(target),
            None if object || (kind == Kind::Schema && tree.as_bool(target).is_some()) => {
                self.outside.push((kind, target));
                self.walk(tree, kind, target);
                return Some(target);
            }
            None => tree.kind_name(target),
        };
        collector
            .report(&REF_TO_WRONG_KIND, tree.place(at))
            .message(format!("`{text}` leads to {found}"))
            .label(format!("{} is expected here", kind.noun()))
            .help(format!("point it at {}", kind.noun()))
            .recovery(recovery(kind))
            .related(tree.place(target), "this is where it leads");
        None
    }

    /// Reports each chain that comes back to itself, at its first node, and the first that is too long, and takes their
    /// targets away: afterwards every chain may be followed from everywhere.
    fn cut_chains(&mut self, context: &Context<'_>, collector: &mut Collector) {
        // How many steps it is to the end of the chain.
        let mut lengths: BTreeMap<NodeId, usize> = BTreeMap::new();
        let mut told = false;
        let starts: Vec<NodeId> = self.targets.keys().copied().collect();
        for start in starts {
            let mut chain = Vec::new();
            let mut at = start;
            let end = loop {
                if let Some(first) = chain.iter().position(|seen| *seen == at) {
                    break End::Cycle(first);
                }
                if let Some(length) = lengths.get(&at) {
                    break End::Length(*length);
                }
                chain.push(at);
                match self.target(at) {
                    Reference::To(_) if chain.len() > MAX_CHAIN => break End::Length(MAX_CHAIN),
                    Reference::To(target) => at = target,
                    _ => break End::Length(0),
                }
            };
            let mut length = match end {
                End::Length(length) => length,
                End::Cycle(first) => {
                    let cycle = chain.get(first..).unwrap_or_default();
                    report_cycle(context, cycle, collector);
                    self.targets.extend(cycle.iter().map(|node| (*node, None)));
                    0
                }
            };
            for node in chain.into_iter().rev() {
                length += 1;
                if length > MAX_CHAIN {
                    self.targets.insert(node, None);
                    length = 0;
                    if !std::mem::replace(&mut told, true) {
                        report_too_long(collector, context.tree.place(node));
                    }
                }
                lengths.insert(node, length);
            }
        }
    }
}

/// Where a chain of references comes to.
enum End {
    /// To an end, this many steps from here.
    Length(usize),
    /// Back to its own step of this index.
    Cycle(usize),
}

/// Reports a chain that is longer than [`MAX_CHAIN`]. One is told, because all that lead to it are as long.
pub(crate) fn report_too_long(collector: &mut Collector, place: impl Into<Option<Place>>) {
    collector
        .report(&CHAIN_TOO_LONG, place)
        .message(format!("this leads through more than {MAX_CHAIN} others"))
        .label("the chain begins, or is cut, here")
        .help("refer to what is meant directly");
}

fn report_cycle(context: &Context<'_>, cycle: &[NodeId], collector: &mut Collector) {
    let tree = context.tree;
    let text_of = |node: &NodeId| ["$ref", "$dynamicRef"].iter().find_map(|key| tree.member(*node, key));
    let mut texts = cycle.iter().filter_map(text_of);
    let Some(first) = texts.next() else { return };
    let text = tree.as_str(first).unwrap_or_default();
    let mut report = collector
        .report(&REF_CYCLE, tree.place(first))
        .message(format!("`{text}` only leads back to itself"))
        .label("nothing stands at the end of this reference")
        .help("replace one of the references by what it should stand for");
    for other in texts {
        report = report.related(tree.place(other), "by way of this one");
    }
}

fn report_lost(context: &Context<'_>, lost: Lost, (kind, at): (Kind, NodeId), collector: &mut Collector) {
    let tree = context.tree;
    let text = tree.as_str(at).unwrap_or_default();
    match lost {
        Lost::Nowhere => {
            let known = kind.section().and_then(|section| section_of(context, section));
            let keys =
                known.and_then(|known| tree.as_mapping(known)).unwrap_or_default().iter().map(|member| &*member.key);
            let last = text.rsplit('/').next().unwrap_or_default();
            let help = match (nearest(last, keys), kind.section()) {
                (Some(near), Some(section)) => format!("did you mean `#/components/{section}/{near}`?"),
                _ => format!("declare {}, or correct the reference", kind.noun()),
            };
            let report = collector.report(&DANGLING_REF, tree.place(at)).message(format!("`{text}` leads nowhere"));
            report.label(format!("there is no such {}", bare(kind))).help(help).recovery(recovery(kind));
        }
        Lost::NotLoaded(name) => {
            collector
                .report(&REF_NOT_LOADED, tree.place(at))
                .message(format!("`{text}` leads to a file that is not loaded"))
                .label(format!("`{name}` is not part of the document"))
                .help("put the file into the document's folder, and name it by a relative path")
                .recovery(recovery(kind));
        }
    }
}

fn section_of(context: &Context<'_>, section: &str) -> Option<NodeId> {
    let components = context.tree.member(context.root, "components")?;
    context.tree.member(components, section)
}

fn bare(kind: Kind) -> &'static str {
    let noun = kind.noun();
    noun.split_once(' ').map_or(noun, |(_, bare)| bare)
}

/// What becomes of a position whose reference has no target.
fn recovery(kind: Kind) -> String {
    match kind {
        Kind::Schema => "the value is opaque".to_owned(),
        Kind::RequestBody => "the body is any JSON".to_owned(),
        Kind::PathItem => "the path is left out".to_owned(),
        other => format!("the {} is left out", bare(other)),
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Profile;
    use crate::normalise::testing::{check_dump, check_faults, run};

    const HEAD: &str = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n";

    #[track_caller]
    fn faults(text: &str, expected: &[&str]) {
        check_faults(&format!("{HEAD}{text}"), expected);
    }

    #[test]
    fn a_dangling_schema_is_opaque() {
        faults(
            "components: {schemas: {Pet: {}, A: {$ref: '#/components/schemas/Pte'}}}",
            &[
                "3:43 TW0301 `#/components/schemas/Pte` leads nowhere | did you mean `#/components/schemas/Pet`? | the value is opaque",
            ],
        );
    }

    #[test]
    fn another_kind_is_refused() {
        faults(
            "paths: {/a: {get: {responses: {'200': {$ref: '#/components/schemas/Pet'}}}}}\ncomponents: {schemas: {Pet: {}}}",
            &[
                "3:46 TW0305 `#/components/schemas/Pet` leads to a schema | point it at a response | the response is left out",
            ],
        );
        faults(
            "components: {schemas: {A: {$ref: '#/info/title'}}}",
            &["3:34 TW0305 `#/info/title` leads to a string | point it at a schema | the value is opaque"],
        );
    }

    #[test]
    fn a_reference_that_only_leads_to_itself_is_fatal() {
        faults(
            "components: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}}",
            &[
                "3:34 TW0302 `#/components/schemas/B` only leads back to itself | replace one of the references by what it should stand for | ",
            ],
        );
    }

    #[test]
    fn files_that_are_not_loaded_are_told() {
        faults(
            "components: {schemas: {A: {$ref: 'https://example.com/pet.yaml'}, B: {$ref: 'b.yaml#/B'}}}",
            &[
                "3:34 TW0306 `https://example.com/pet.yaml` leads to a file that is not loaded | put the file into the document's folder, and name it by a relative path | the value is opaque",
                "3:77 TW0306 `b.yaml#/B` leads to a file that is not loaded | put the file into the document's folder, and name it by a relative path | the value is opaque",
            ],
        );
    }

    #[test]
    fn odd_places_can_be_named() {
        let text = "\
paths:
  /a/{b}: {get: {responses: {'200': {description: '', content: {application/json: {schema: {type: string}}}}}, parameters: [{name: b, in: path, required: true, schema: {type: string}}]}}
components:
  schemas:
    A: {$ref: '#/paths/~1a~1%7Bb%7D/get/responses/200/content/application~1json/schema'}
    B: {properties: {c: {type: integer}}, $defs: {D: {$anchor: here, type: boolean}}}
    C: {$ref: '#/components/schemas/B/properties/c'}
    D: {$ref: '#/components/schemas/B/$defs/D'}
    E: {$ref: '#here'}
    F: {$id: 'https://example.com/f', type: 'null', $defs: {G: {type: number}}}
    G: {$ref: 'https://example.com/f#/$defs/G'}
";
        check_dump(
            &format!("{HEAD}{text}"),
            &[
                ("#/components/schemas/A", "ref #/paths/~1a~1{b}/get/responses/200/content/application~1json/schema"),
                ("#/components/schemas/C", "ref #/components/schemas/B/properties/c"),
                ("#/components/schemas/D", "ref #/components/schemas/B/$defs/D"),
                ("#/components/schemas/E", "ref #/components/schemas/B/$defs/D"),
                ("#/components/schemas/G", "ref #/components/schemas/F/$defs/G"),
            ],
        );
    }

    #[test]
    fn other_files_are_followed_and_checked() {
        let root = "\
openapi: 3.0.3
info: {title: t, version: '1'}
paths: {/a: {$ref: 'paths/a.yaml'}}
components: {schemas: {Pet: {type: string}, Owner: {$ref: 'b.yaml#/Owner'}}}
";
        let path = "\
get:
  parameters: [{$ref: '../b.yaml#/Page'}]
  responses:
    '200': {description: 5, content: {a/b: {schema: {$ref: '../pets.yaml#/components/schemas/Pet'}}}}
";
        let other = "\
Owner: &owner {type: object, properties: {self: {$ref: '#/Owner'}, name: {$ref: 'pets.yaml#/components/schemas/Pet'}}}
Page: {name: page, in: query, schema: {type: integer}}
";
        let files = [("api/pets.yaml", root), ("api/paths/a.yaml", path), ("api/b.yaml", other)];
        let (model, diagnostics, sources) = run(&files, Profile::Lenient);
        // The structure check sees the part as well: a number is mended into a text.
        assert_eq!(
            crate::normalise::testing::faults(&diagnostics, &sources),
            ["4:26 TW0206 `description` of a response must be a string | write `\"5\"` | it is read as the text `5`"]
        );
        let model = model.unwrap();
        let get = model.openapi.paths.paths["/a"].as_item().and_then(|item| item.get.as_ref()).unwrap();
        assert_eq!(get.parameters[0].as_item().unwrap().parameter_data_ref().name, "page");
        let pointers: Vec<&str> = model.schemas.iter().map(|schema| schema.pointer.as_str()).collect();
        assert!(pointers.contains(&"b.yaml#/Owner/properties/self"), "{pointers:?}");
        assert_eq!(pointers.iter().filter(|pointer| **pointer == "#/components/schemas/Pet").count(), 1);
    }

    #[test]
    fn what_an_alias_shares_is_one_schema() {
        let text = "\
openapi: 3.1.0
info: {title: t, version: '1'}
components: {schemas: {A: &a {type: string}, B: *a}}
";
        let model = crate::normalise::testing::model_of(text);
        assert_eq!(model.components[0].1, model.components[1].1);
    }
}

//! Pass: references.
//!
//! Before: `$ref` members anywhere a reference may stand. After: a table of where each leads, the noun of every object,
//! and the list of all schemas. What leads nowhere, to another noun, or only to itself is reported and has no target.
//! The tree itself is not changed: `document` and `schema` ask the table. Which files are loaded, and whether a reference
//! may leave the document's folder, was decided when the set was read: a file that is not there is a dangling reference.

mod links;
mod report;
mod resolver;

use std::collections::{BTreeMap, BTreeSet};

use self::resolver::Resolver;
use super::Context;
use super::document::Noun;
use crate::arena::Side;
use crate::diagnostic::Collector;
use crate::tree::{Node, NodeId, Tree, Value};

pub(crate) use self::links::{Links, mapped_by_key};
pub(crate) use self::report::{report_not_loaded, report_too_long};
pub(crate) use self::resolver::{Lost, find_in_files};

/// Longest chain of references, and of `allOf` in `allOf`. Real documents stay below ten, and what follows chains from
/// each of their steps would take its time squared.
pub(crate) const MAX_CHAIN: usize = 100;

/// Where references lead.
#[derive(Debug)]
pub(crate) struct References {
    targets: BTreeMap<NodeId, Option<NodeId>>,
    /// By node.
    kinds: Side<Node, Option<Noun>>,
    /// Every schema, in the order in which the walk met them: the document's, then what only references reach.
    pub(crate) schemas: Vec<NodeId>,
    /// Where references lead outside of everything that the document itself reaches.
    pub(crate) outside: Vec<(Noun, NodeId)>,
    queue: Vec<(Noun, NodeId)>,
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

    /// Everything that operations and webhooks need, by node.
    pub(crate) fn used(&self, context: &Context<'_>) -> BTreeSet<NodeId> {
        let tree = context.tree;
        let mut used = BTreeSet::new();
        let mut stack = Noun::Document.children(tree, context.root);
        stack.retain(|(noun, _)| *noun != Noun::Components);
        while let Some((noun, node)) = stack.pop() {
            if !used.insert(node) {
                continue;
            }
            if let Reference::To(target) = self.target(node) {
                stack.push((noun, target));
            }
            stack.extend(noun.children(tree, node));
        }
        used
    }

    /// Every object that was met, by node.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = (NodeId, Noun)> {
        self.kinds.iter().filter_map(|(node, noun)| Some((node, (*noun)?)))
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
pub(crate) fn reference_text(tree: &Tree, noun: Noun, node: NodeId) -> Option<NodeId> {
    noun.section()?;
    let keys: &[&str] = if noun == Noun::Schema { &["$ref", "$dynamicRef"] } else { &["$ref"] };
    let text = keys.iter().find_map(|key| tree.member(node, key))?;
    tree.as_str(text).map(|_| text)
}

/// Runs the pass. `extra` are references outside of `$ref`: the mappings of discriminators.
pub(crate) fn resolve(context: &Context<'_>, collector: &mut Collector) -> References {
    let resolver = Resolver::new(context);
    let mut found = References {
        targets: BTreeMap::new(),
        kinds: context.tree.side(None),
        schemas: Vec::new(),
        outside: Vec::new(),
        queue: Vec::new(),
    };
    found.walk(context.tree, Noun::Document, context.root);
    let mut next = 0;
    while let Some((noun, node)) = found.queue.get(next).copied() {
        next += 1;
        let target = found.follow(context, &resolver, (noun, node), collector);
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
    fn walk(&mut self, tree: &Tree, noun: Noun, node: NodeId) {
        let mut stack = vec![(noun, node)];
        while let Some((noun, node)) = stack.pop() {
            let known = self.kinds.get_mut(node);
            if known.is_some() {
                continue;
            }
            *known = Some(noun);
            if noun == Noun::Schema {
                self.schemas.push(node);
            }
            if reference_text(tree, noun, node).is_some() {
                self.queue.push((noun, node));
            }
            stack.extend(noun.children(tree, node).into_iter().rev());
        }
    }

    fn follow(
        &mut self,
        context: &Context<'_>,
        resolver: &Resolver<'_>,
        (noun, node): (Noun, NodeId),
        collector: &mut Collector,
    ) -> Option<NodeId> {
        let tree = context.tree;
        let at = reference_text(tree, noun, node)?;
        let text = tree.as_str(at)?;
        let target = match resolver.find(node, text) {
            Ok(target) => target,
            Err(lost) => match resolver.find_nearest(node, text).filter(|_| lost == Lost::Nowhere) {
                Some(target) => {
                    report::nearest_defs(context, (at, target), collector);
                    target
                }
                None => {
                    report::lost(context, lost, (noun, at), collector);
                    return None;
                }
            },
        };
        let object = matches!(tree.value(target), Value::Mapping(_));
        let found = match *self.kinds.get(target) {
            // A header has all that a parameter has, but for its name and place, which stand elsewhere.
            Some(Noun::Parameter) if noun == Noun::Header => {
                report::parameter_as_header(context, (at, target), collector);
                return Some(target);
            }
            Some(found) if found != noun => found.name(),
            Some(_) => return Some(target),
            None if object || (noun == Noun::Schema && tree.as_bool(target).is_some()) => {
                self.outside.push((noun, target));
                self.walk(tree, noun, target);
                return Some(target);
            }
            None => tree.kind_name(target),
        };
        report::wrong_kind(context, (noun, found), (at, target), collector);
        None
    }

    /// Reports each chain that comes back to itself, at its first node, and the first that is too long, and takes their
    /// targets away: afterwards every chain may be followed from everywhere.
    fn cut_chains(&mut self, context: &Context<'_>, collector: &mut Collector) {
        // How many steps it is to the end of the chain.
        let mut lengths: BTreeMap<NodeId, usize> = BTreeMap::new();
        let mut told = false;
        let mut used = None;
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
                    let used = used.get_or_insert_with(|| self.used(context));
                    let noun = cycle.first().and_then(|node| *self.kinds.get(*node));
                    let unused = noun.filter(|_| !cycle.iter().any(|node| used.contains(node)));
                    report::cycle(context, cycle, unused, collector);
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

#[cfg(test)]
mod tests {
    use crate::diagnostic::Profile;
    use crate::normalise::model::{Model, Response, Slot};
    use crate::normalise::testing::{check_dump, check_faults, run};

    const HEAD: &str = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n";

    /// The first response of the first operation.
    fn response_of(model: &Model) -> (&Response, Option<&str>) {
        let operation = model.document.operations().next().unwrap().operation;
        operation.responses.by_status[0].1.get(&model.document.components.responses)
    }

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
            "paths: {/a: {get: {responses: {'200': {description: '', content: {a/b: {schema: {$ref: '#/components/schemas/A'}}}}}}}}\ncomponents: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}}",
            &[
                "4:34 TW0302 `#/components/schemas/B` only leads back to itself | replace one of the references by what it should stand for | ",
            ],
        );
    }

    #[test]
    fn what_no_operation_uses_may_lead_to_itself() {
        let text = "components: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}, C: {properties: {a: {$ref: '#/components/schemas/A'}}}}}";
        faults(
            text,
            &[
                "3:34 TW0322 `#/components/schemas/B` only leads back to itself | replace one of the references by what it should stand for | the value is opaque",
            ],
        );
        check_dump(&format!("{HEAD}{text}"), &[("#/components/schemas/A", "any"), ("#/components/schemas/B", "any")]);
    }

    #[test]
    fn definitions_of_a_schema_around_are_found() {
        let text = "\
paths: {/a: {get: {responses: {'200': {description: '', content: {a/b: {schema:
  {properties: {data: {$ref: '#/$defs/Pet'}}, $defs: {Pet: {properties: {owner: {$ref: '#/$defs/Owner'}}, $defs: {Owner: {type: string}}}, Owner: {type: integer}}}}}}}}}}
";
        let at = "#/paths/~1a/get/responses/200/content/a~1b/schema/$defs";
        let fault = |place: &str, text: &str, taken: &str| {
            format!(
                "{place} TW0321 `#/$defs/{text}` leads nowhere, for `#` is the top of the file | write `{taken}`, or move the schema to `components.schemas` | it is read as `{taken}`"
            )
        };
        let (pet, owner) = (format!("{at}/Pet"), format!("{at}/Pet/$defs/Owner"));
        faults(text, &[&fault("4:30", "Pet", &pet), &fault("4:88", "Owner", &owner)]);
        check_dump(&format!("{HEAD}{text}"), &[(&format!("{at}/Pet/properties/owner"), &format!("ref {owner}"))]);
    }

    #[test]
    fn a_header_may_be_a_parameter() {
        let text = "\
paths: {/a: {get: {responses: {'200': {description: '', headers: {ETag: {$ref: '#/components/parameters/etag'}}}}}}}
components: {parameters: {etag: {name: etag, in: header, schema: {type: string}}}}
";
        faults(
            text,
            &[
                "3:80 TW0305 `#/components/parameters/etag` leads to a parameter | point it at a header | it is read as a header, without its `name` and `in`",
            ],
        );
        let model = crate::normalise::testing::model_of(&format!("{HEAD}{text}"));
        let (response, _) = response_of(&model);
        assert!(matches!(response.headers[0].1, Slot::Own(_)));
    }

    #[test]
    fn what_was_left_out_is_told_once() {
        let text = "\
paths:
  /a: {get: {responses: {'200': {$ref: '#/components/responses/A'}, '201': {$ref: '#/components/responses/A/content/a~1b'}}}}
  /b: {$ref: '#/x-items/b'}
  /c: {$ref: '#/x-items/b'}
x-items: {b: {get: {parameters: [{in: query, schema: {}}], responses: {}}, put: {responses: {'200': {$ref: '#/x-items/r'}}}}, r: 5}
components: {responses: {A: {description: '', content: 7}}}
";
        let (model, diagnostics, sources) = run(&[("pets.yaml", &format!("{HEAD}{text}"))], Profile::Lenient);
        let mut found = crate::normalise::testing::faults(&diagnostics, &sources);
        found.sort();
        assert_eq!(
            found,
            [
                "7:108 TW0305 `#/x-items/r` leads to a number | point it at a response | the response is left out",
                "7:35 TW0214 a parameter has no `name` | add `name` | the operation is left out",
                "8:56 TW0214 `content` of a response must be an object | write an object here | the response is left out",
            ]
        );
        assert_eq!(model.unwrap().left_out, 1);
    }

    #[test]
    fn references_out_of_place_are_followed() {
        let root = "\
openapi: 3.0.3
info: {title: t, version: '1'}
paths: {$ref: 'paths.yaml'}
components: {schemas: {$ref: '#/x-schemas', Own: {type: boolean}}}
x-schemas: {Pet: {type: string}}
";
        let paths = "\
/a:
  get: {responses: {'200': {description: '', content: {$ref: 'content.yaml#/one'}}}}
";
        let content = "\
one: {$ref: '#/two'}
two: {a/b: {schema: {$ref: 'pets.yaml#/components/schemas/Pet'}}}
";
        let files = [("api/pets.yaml", root), ("api/paths.yaml", paths), ("api/content.yaml", content)];
        let (model, diagnostics, sources) = run(&files, Profile::Lenient);
        let said = |name: &str, place: &str| {
            format!(
                "{place} TW0320 {name} cannot be a reference | write here what it leads to, or refer to each of its members | it is followed"
            )
        };
        let expected = [
            said("`paths` of the document", "3:15"),
            said("`schemas` of `components`", "4:30"),
            said("`content` of a response", "2:62"),
        ];
        assert_eq!(crate::normalise::testing::faults(&diagnostics, &sources), expected);
        let model = model.unwrap();
        let keys: Vec<&str> = model.document.components.schemas.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["Pet", "Own"]);
        let schema = response_of(&model).0.content[0].1.schema.unwrap();
        assert_eq!(model.document.schemas.get(schema).pointer, "content.yaml#/two/a~1b/schema");
        let (_, diagnostics, _) = run(&files, Profile::Strict);
        assert!(diagnostics.iter().all(|fault| fault.severity == crate::diagnostic::Severity::Error));
    }

    #[test]
    fn references_out_of_place_have_an_end() {
        let text = "\
paths:
  /a: {get: {responses: {'200': {description: '', content: {$ref: '#/paths/~1a/get/responses'}}}}}
  /b: {get: {responses: {$ref: '#/x-a'}, tags: {$ref: '#/gone'}}}
x-a: {$ref: '#/x-b'}
x-b: {$ref: '#/x-a'}
";
        faults(
            text,
            &[
                "4:67 TW0301 `#/paths/~1a/get/responses` leads nowhere | correct the reference | it is read as empty",
                "5:32 TW0301 `#/x-a` leads nowhere | correct the reference | it is read as empty",
                "5:55 TW0301 `#/gone` leads nowhere | correct the reference | it is read as empty",
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
    fn the_folder_to_allow_is_named() {
        let text = format!("{HEAD}components: {{schemas: {{A: {{$ref: '../shared/b.yaml#/B'}}}}}}\n");
        let mut sources = crate::source::Sources::default();
        sources.add("specs/pets.yaml", text);
        sources.add_faulty("shared/b.yaml", crate::source::FileFault::Outside("shared".to_owned()));
        let mut collector = crate::diagnostic::Collector::new(Profile::Lenient);
        let mut documents = crate::read::read(&sources, &mut collector);
        let _ = crate::normalise::normalise(&mut documents, &sources, &mut collector);
        assert_eq!(
            crate::normalise::testing::faults(&collector.finish(), &sources),
            [
                "3:34 TW0306 `../shared/b.yaml#/B` leads to a file that is not loaded | allow its folder: `--root shared`, in `typewright.toml` `roots = [\"shared\"]`, in a build script `.root(\"shared\")` | the value is opaque"
            ]
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
        let get = model.document.operations().next().unwrap().operation;
        assert_eq!(get.parameters[0].get(&model.document.components.parameters).0.name, "page");
        let pointers: Vec<&str> = model.document.schemas.values().map(|schema| schema.pointer.as_str()).collect();
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
        let schemas = &model.document.components.schemas;
        assert_eq!(schemas[0].1, schemas[1].1);
    }
}

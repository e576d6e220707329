//! What may name each type: where its schema stands in the document.
//!
//! The place is read from the document's structure and not from the order in which types were reached, so that a new
//! operation or component renames nothing.

use std::collections::BTreeMap;

use crate::api::{Context, Docs, Naming, Shape, TypeId};
use crate::arena::Side;
use crate::lower::all_of::node;
use crate::lower::types::Source;
use crate::lower::{Lowering, docs};
use crate::normalise::model::{Model, SchemaId, SchemaNode};

/// How a schema stands in the one around it.
#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    /// A member of `allOf`.
    Part,
    /// A member of `oneOf` or `anyOf`, by its place.
    Choice(usize),
    /// A property.
    Property(&'a str),
    /// Items.
    Item,
    /// The item at this index.
    Place(usize),
    /// Values of a map.
    Value,
}

/// By schema: the one around it.
type Around<'a> = Side<SchemaNode, Option<(SchemaId, Step<'a>)>>;

/// A name's grounds, and the wrappers that mean the same schema.
#[derive(Default)]
struct Found {
    naming: Naming,
    wrappers: Vec<SchemaId>,
}

impl<'a> Lowering<'a> {
    /// Gives every named type its grounds for a name, and its words.
    pub(super) fn name_types(&mut self) {
        let around = around(self.model);
        let other_keys = self.other_keys();
        for (id, source) in self.types.named() {
            let (found, docs) = match source {
                Source::Schema(schema) => {
                    let mut found = self.find(&around, schema);
                    if let Some(key) = other_keys.get(&schema).filter(|_| found.naming.component.is_none()) {
                        found.naming.component = Some((*key).to_owned());
                    }
                    let docs = self.docs_of_type(&found.wrappers, schema);
                    let key = found.naming.component.clone().unwrap_or_default();
                    (found, docs::unless_it_repeats(docs, &key))
                }
                Source::Within(context, schema) => self.within(context, schema),
                Source::Below(outer, steps, schema) => {
                    let Naming { component, context, .. } = self.find(&around, outer).naming;
                    let outer = component.map_or(context, |key| vec![Context::Component(key)]);
                    self.within([outer, steps].concat(), schema)
                }
            };
            self.apply(id, found.naming, docs);
        }
    }

    fn within(&self, context: Vec<Context>, schema: SchemaId) -> (Found, Docs) {
        let docs = self.docs_of_type(&[], schema);
        (Found { naming: Naming { context, ..Naming::default() }, wrappers: Vec::new() }, docs)
    }

    fn apply(&mut self, id: TypeId, naming: Naming, docs: Docs) {
        if let Some(ty) = self.types.get_mut(id) {
            ty.naming = naming;
            ty.docs = docs;
        }
    }

    /// Keys of components that only refer to a schema elsewhere: the first one names it.
    fn other_keys(&self) -> BTreeMap<SchemaId, &'a str> {
        let model: &'a Model = self.model;
        let mut keys = BTreeMap::new();
        for (key, id) in &model.document.components.schemas {
            let canonical = self.canonical(*id);
            if canonical != *id {
                keys.entry(canonical).or_insert(key.as_str());
            }
        }
        keys
    }

    fn find(&self, around: &Around<'_>, schema: SchemaId) -> Found {
        let mut found = Found::default();
        let mut path: Vec<Context> = Vec::new();
        let mut at = schema;
        let mut is_property = false;
        while let Some((outer, step)) = *around.get(at) {
            let own = self.types.of_schema(outer);
            match step {
                Step::Part => {}
                Step::Choice(place) if own.is_some_and(|own| matches!(self.types.shape(own), Shape::Union(_))) => {
                    path.push(Context::Variant(place, self.hint_of_inline(at)));
                }
                Step::Choice(_) => {}
                Step::Property(name) => path.push(Context::Property(name.to_owned())),
                Step::Item => path.push(Context::Item),
                Step::Place(index) => path.push(Context::Place(index)),
                Step::Value => path.push(Context::Value),
            }
            is_property |= matches!(step, Step::Property(_)) && path.len() == 1;
            at = outer;
            if let Some(own) = own {
                path.push(Context::Type(own));
                break;
            }
            if path.is_empty() {
                found.wrappers.push(outer);
            }
        }
        self.ground(&mut found, schema, at, path);
        if !is_property {
            let nodes = [schema].into_iter().chain(found.wrappers.iter().copied()).map(|id| node(self.model, id));
            found.naming.explicit = nodes.filter_map(|node| node.facts.name.clone()).next_back();
        }
        found
    }

    /// Completes the grounds with what the outermost schema stands below.
    fn ground(&self, found: &mut Found, schema: SchemaId, outermost: SchemaId, mut path: Vec<Context>) {
        let ends_in_type = matches!(path.last(), Some(Context::Type(_)));
        let key = self.components.get(&outermost);
        if path.is_empty()
            && let Some(key) = key
        {
            found.naming.component = Some((*key).to_owned());
            return;
        }
        if !ends_in_type {
            match (key, self.roots.get(&outermost)) {
                (Some(key), _) => path.push(Context::Component((*key).to_owned())),
                (None, Some(root)) => path.extend(root.iter().rev().cloned()),
                (None, None) => path.extend(self.key_in_pointer(outermost).map(Context::Component)),
            }
        }
        path.reverse();
        found.naming.context = path;
        let mut titled = [schema].into_iter().chain(found.wrappers.iter().copied()).map(|id| node(self.model, id));
        found.naming.title = titled.find_map(|node| node.title.clone());
    }

    /// What a schema is called that only references lead to: the last word of its pointer, or its file.
    fn key_in_pointer(&self, schema: SchemaId) -> Option<String> {
        let pointer = &node(self.model, schema).pointer;
        let (file, fragment) = pointer.split_once('#').unwrap_or((pointer, ""));
        let word =
            fragment.rsplit('/').find(|word| !word.is_empty()).map(|word| word.replace("~1", "/").replace("~0", "~"));
        let stem = || file.rsplit('/').next()?.split('.').find(|part| !part.is_empty()).map(str::to_owned);
        word.or_else(stem)
    }

    /// What a file beside the document calls the schema that a reference leads to.
    pub(super) fn key_in_other_file(&self, schema: SchemaId) -> Option<String> {
        let target = node(self.model, schema).reference?;
        let is_elsewhere = !node(self.model, target).pointer.starts_with('#');
        is_elsewhere.then(|| self.key_in_pointer(target)).flatten()
    }

    /// Title or constant of an inline member of a union.
    pub(super) fn hint_of_inline(&self, schema: SchemaId) -> Option<String> {
        let schema = node(self.model, schema);
        let constant = schema.const_value.and_then(|id| self.tree.as_str(id)).map(str::to_owned);
        schema.title.clone().or(constant)
    }
}

fn around(model: &Model) -> Around<'_> {
    let mut around: Around<'_> = model.document.schemas.side(None);
    let mut set = |inner: SchemaId, outer: SchemaId, step| {
        around.get_mut(inner).get_or_insert((outer, step));
    };
    for (outer, schema) in model.document.schemas.iter() {
        schema.all_of.iter().for_each(|inner| set(*inner, outer, Step::Part));
        for list in [&schema.one_of, &schema.any_of] {
            list.iter().enumerate().for_each(|(place, inner)| set(*inner, outer, Step::Choice(place)));
        }
        schema.properties.iter().for_each(|(name, inner)| set(*inner, outer, Step::Property(name)));
        schema.items.iter().for_each(|inner| set(*inner, outer, Step::Item));
        schema.prefix_items.iter().enumerate().for_each(|(index, inner)| set(*inner, outer, Step::Place(index)));
        let values = schema.additional.iter().chain(schema.pattern_properties.iter().map(|(_, inner)| inner));
        values.chain(&schema.property_names).for_each(|inner| set(*inner, outer, Step::Value));
    }
    around
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::testing::{api_of, api_of_files, check_schemas};

    #[test]
    fn a_place_is_read_from_the_document() {
        check_schemas(
            r#"
            First: { type: object, properties: { line: { $ref: '#/components/schemas/Order/properties/lines/items' } } }
            Order: { type: object, properties: { lines: { type: array, items: { title: Line, type: object, properties: { a: { type: string } } } } } }
            Pets: { type: array, items: { type: object, properties: { b: { type: string } } } }
            "#,
            r#"
            First = object
              line: Order.lines[]
            Order = object
              lines: [Order.lines[]]
            (Pets)[] = object
              b: string
            Order.lines[] = object // Line
              a: string
            "#,
        );
    }

    #[test]
    fn definitions_are_called_by_their_pointer() {
        check_schemas(
            r##"
            Box:
              $defs: { Lid: { type: object, properties: { a: { type: string } } } }
              properties: { lid: { $ref: '#/components/schemas/Box/$defs/Lid' } }
            "##,
            r#"
            Box = object
              lid: (Lid)
            (Lid) = object
              a: string
            "#,
        );
    }

    #[test]
    fn an_explicit_name_is_a_property_s_own() {
        check_schemas(
            r#"
            Pet: { type: object, x-typewright: { name: Animal }, properties: { of: { x-typewright: { name: owner }, type: object, properties: { a: { type: string } } } } }
            "#,
            r#"
            Pet@Animal = object
              of as owner: Pet@Animal.of
            Pet@Animal.of = object
              a: string
            "#,
        );
    }

    #[test]
    fn a_new_operation_and_a_new_component_rename_nothing() {
        let schemas = "components: { schemas: { Order: { type: object, properties: { line: { type: object, properties: { a: { type: string } } } } } } }";
        let operation = |path: &str| {
            format!(
                "  {path}: {{ get: {{ operationId: {path}, responses: {{ '200': {{ description: Line., content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Order/properties/line' }} }} }} }} }} }} }}\n"
            )
        };
        for paths in [operation("/b"), operation("/a") + &operation("/b")] {
            let text = format!("openapi: 3.1.0\ninfo: {{ title: Shop, version: '1' }}\npaths:\n{paths}{schemas}\n");
            let (api, _) = api_of("shop.yaml", &text);
            let api = api.unwrap_or_else(|| panic!("no model of {text}"));
            let last = api.types.iter().rev().find(|ty| matches!(ty.shape, Shape::Object(_)));
            let context = last.map(|ty| ty.naming.context.clone()).unwrap_or_default();
            assert_eq!(context, [Context::Type(TypeId(0)), Context::Property("line".to_owned())]);
        }
    }

    #[test]
    fn a_whole_file_is_called_by_its_name() {
        let text = "openapi: 3.1.0\ninfo: { title: Shop, version: '1' }\npaths: {}\ncomponents: { schemas: { Box: { properties: { lid: { $ref: 'parts/Lid.yaml' }, key: { $ref: 'parts/Lid.yaml#/$defs/Key' } } } } }\n";
        let lid = "{ type: object, properties: { a: { type: string } }, $defs: { Key: { type: object, properties: { b: { type: string } } } } }";
        let (api, _) = api_of_files("shop.yaml", text, &mut |_| Ok(lid.as_bytes().to_vec()));
        let types = api.map(|api| api.types).unwrap_or_default();
        let contexts: Vec<&[Context]> = types
            .iter()
            .filter(|ty| matches!(ty.shape, Shape::Object(_)))
            .map(|ty| ty.naming.context.as_slice())
            .collect();
        let of = |key: &str| vec![Context::Component(key.to_owned())];
        assert_eq!(contexts, [&[] as &[Context], &of("Lid"), &of("Key")]);
    }
}

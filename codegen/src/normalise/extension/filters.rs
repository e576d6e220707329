//! The vocabulary of filters and orders, a part of the tables.

use super::reader::{Of, Reader, Table, Takes};
use super::tables::{needed, row};
use crate::facts::{AttributeKind, Filters};
use crate::tree::NodeId;

/// `filters`.
pub(super) const FILTERS: Table<Filters> = Table {
    name: "filters",
    rows: &[
        needed("parameter", Takes::Text(Of::Any, |facts, text| facts.parameter = text)),
        needed("key", Takes::Text(Of::Any, |facts, text| facts.key = text)),
        needed("predicates", Takes::Pairs(Of::Any, Of::Any, |facts, pairs| facts.predicates = pairs)),
        row("sort", Takes::Text(Of::Any, |facts, text| facts.sort = Some(text))),
        row("descending", Takes::Text(Of::Any, |facts, text| facts.descending = Some(text))),
        row("except", Takes::Texts(Of::Any, |facts, texts| facts.except = texts)),
        row("attributes", Takes::Object("attributes", attributes)),
    ],
};

/// Kinds of attributes.
const KINDS: &[(&str, AttributeKind)] = &[
    ("text", AttributeKind::Text),
    ("integer", AttributeKind::Integer),
    ("number", AttributeKind::Number),
    ("decimal", AttributeKind::Decimal),
    ("flag", AttributeKind::Flag),
    ("date", AttributeKind::Date),
    ("date-time", AttributeKind::DateTime),
    ("none", AttributeKind::None),
];

fn attributes(facts: &mut Filters, reader: &mut Reader<'_>, at: NodeId) {
    let tree = reader.tree;
    let Some(schemas) = tree.as_mapping(at) else { return reader.wrong(at, "attributes", "an object") };
    for schema in schemas {
        let Some(members) = tree.as_mapping(schema.value) else {
            reader.wrong(schema.value, &schema.key, "an object of kinds");
            continue;
        };
        let mut said = Vec::new();
        for member in members {
            let text = tree.as_str(member.value).unwrap_or_default();
            match KINDS.iter().find(|(name, _)| *name == text) {
                Some((_, kind)) => said.push((member.key.to_string(), *kind)),
                None => {
                    let known: Vec<String> = KINDS.iter().map(|(name, _)| format!("`{name}`")).collect();
                    reader.wrong(member.value, &member.key, &known.join(" or "));
                }
            }
        }
        facts.attributes.push((schema.key.to_string(), said));
    }
}

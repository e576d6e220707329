//! The schema object: OpenAPI 3.0's keywords and those of JSON Schema 2020-12, and the objects inside it.

use super::Version::{V30, V31, V32};
use super::{
    A_BOOL, A_SCHEMA, A_TEXT, ANYTHING, DEPRECATED, DESCRIPTION, Kind, Object, Others, Rule, SOME_TEXTS, TEXTS,
    linked_docs, object, row,
};

static XML: Object = object(
    "an XML object",
    &[
        row("nodeType", Kind::Text).since(V32),
        row("name", Kind::Text),
        row("namespace", Kind::Text),
        row("prefix", Kind::Text),
        row("attribute", Kind::Bool),
        row("wrapped", Kind::Bool),
    ],
);

static DISCRIMINATOR: Object = object(
    "a discriminator",
    &[
        row("propertyName", Kind::Text).or_dropped(),
        row("mapping", Kind::Map(&A_TEXT)),
        row("defaultMapping", Kind::Text).since(V32),
    ],
);

pub(in crate::normalise) static SCHEMA: Object = Object {
    others: Others::Annotations,
    rules: &[Rule::ArrayNeedsItems],
    ..object(
        "a schema",
        &[
            // Nearly every schema has these, so they are found first.
            row("type", Kind::Types),
            DESCRIPTION,
            row("$ref", Kind::StrictText).vital(),
            row("properties", Kind::Map(&A_SCHEMA)),
            row("required", TEXTS),
            row("enum", Kind::List(&ANYTHING)),
            row("items", Kind::Schema),
            row("format", Kind::Text),
            row("example", Kind::Any),
            row("nullable", Kind::Bool).until(V30),
            row("title", Kind::Text),
            row("default", Kind::Any),
            row("allOf", Kind::List(&A_SCHEMA)),
            row("oneOf", Kind::List(&A_SCHEMA)),
            row("anyOf", Kind::List(&A_SCHEMA)),
            row("additionalProperties", Kind::SchemaOrBool),
            row("not", Kind::Schema),
            row("multipleOf", Kind::Number),
            row("maximum", Kind::Number),
            row("exclusiveMaximum", Kind::Exclusive),
            row("minimum", Kind::Number),
            row("exclusiveMinimum", Kind::Exclusive),
            row("maxLength", Kind::Count),
            row("minLength", Kind::Count),
            row("pattern", Kind::Text),
            row("maxItems", Kind::Count),
            row("minItems", Kind::Count),
            row("uniqueItems", Kind::Bool),
            row("maxProperties", Kind::Count),
            row("minProperties", Kind::Count),
            DEPRECATED,
            row("readOnly", Kind::Bool),
            row("writeOnly", Kind::Bool),
            row("discriminator", Kind::Object(&DISCRIMINATOR)),
            row("xml", Kind::Object(&XML)),
            linked_docs(),
            // JSON Schema 2020-12.
            row("const", Kind::Any).since(V31),
            row("examples", Kind::List(&ANYTHING)).since(V31),
            row("prefixItems", Kind::List(&A_SCHEMA)).since(V31),
            row("contains", Kind::Schema).since(V31),
            row("maxContains", Kind::Count).since(V31),
            row("minContains", Kind::Count).since(V31),
            row("patternProperties", Kind::Map(&A_SCHEMA)).since(V31),
            row("propertyNames", Kind::Schema).since(V31),
            row("unevaluatedProperties", Kind::Schema).since(V31),
            row("unevaluatedItems", Kind::Schema).since(V31),
            row("dependentSchemas", Kind::Map(&A_SCHEMA)).since(V31),
            row("dependentRequired", Kind::Map(&SOME_TEXTS)).since(V31),
            row("if", Kind::Schema).since(V31),
            row("then", Kind::Schema).since(V31),
            row("else", Kind::Schema).since(V31),
            row("contentEncoding", Kind::Text).since(V31),
            row("contentMediaType", Kind::Text).since(V31),
            row("contentSchema", Kind::Schema).since(V31),
            row("$defs", Kind::Map(&A_SCHEMA)).since(V31),
            row("definitions", Kind::Map(&A_SCHEMA)).since(V31),
            row("$id", Kind::Text).since(V31),
            row("$schema", Kind::Text).since(V31),
            row("$anchor", Kind::Text).since(V31),
            row("$dynamicRef", Kind::StrictText).since(V31),
            row("$dynamicAnchor", Kind::Text).since(V31),
            row("$vocabulary", Kind::Map(&A_BOOL)).since(V31),
            row("$comment", Kind::Text).since(V31),
        ],
    )
};

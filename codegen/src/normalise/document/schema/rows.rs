//! Schemas: OpenAPI 3.0's keywords and those of JSON Schema 2020-12, and the objects inside them.

use super::super::row::Version::{V30, V31, V32};
use super::super::row::{Holds, Noun, Object, Others, Rule, Words, object, row};
use super::super::tag::external_docs;
use super::super::{A_TEXT, ANYTHING, DEPRECATED, DESCRIPTION, TEXTS};

pub(crate) static SCHEMA: Object = Object {
    others: Others::Annotations,
    ..object(
        "a schema",
        &[
            // Nearly every schema has these, so they are found first.
            row("type", Holds::Types),
            DESCRIPTION,
            row("$ref", Holds::StrictText).vital(),
            row("properties", Holds::Map(&A_SCHEMA)),
            row("required", TEXTS),
            row("enum", Holds::List(&ANYTHING)),
            row("items", Holds::Schema),
            row("format", Holds::Text),
            row("example", Holds::Any),
            row("nullable", Holds::Bool).until(V30),
            row("title", Holds::Text),
            row("default", Holds::Any),
            row("allOf", Holds::List(&A_SCHEMA)),
            row("oneOf", Holds::List(&A_SCHEMA)),
            row("anyOf", Holds::List(&A_SCHEMA)),
            row("additionalProperties", Holds::SchemaOrBool),
            row("not", Holds::Schema),
            row("multipleOf", Holds::Number),
            row("maximum", Holds::Number),
            row("exclusiveMaximum", Holds::Exclusive),
            row("minimum", Holds::Number),
            row("exclusiveMinimum", Holds::Exclusive),
            row("maxLength", Holds::Count),
            row("minLength", Holds::Count),
            row("pattern", Holds::Text),
            row("maxItems", Holds::Count),
            row("minItems", Holds::Count),
            row("uniqueItems", Holds::Bool),
            row("maxProperties", Holds::Count),
            row("minProperties", Holds::Count),
            DEPRECATED,
            row("readOnly", Holds::Bool),
            row("writeOnly", Holds::Bool),
            row("discriminator", Holds::Object(&DISCRIMINATOR)),
            row("xml", Holds::Object(&XML)),
            external_docs(),
            // JSON Schema 2020-12.
            row("const", Holds::Any).since(V31),
            row("examples", Holds::List(&ANYTHING)).since(V31),
            row("prefixItems", Holds::List(&A_SCHEMA)).since(V31),
            row("contains", Holds::Schema).since(V31),
            row("maxContains", Holds::Count).since(V31),
            row("minContains", Holds::Count).since(V31),
            row("patternProperties", Holds::Map(&A_SCHEMA)).since(V31),
            row("propertyNames", Holds::Schema).since(V31),
            row("unevaluatedProperties", Holds::Schema).since(V31),
            row("unevaluatedItems", Holds::Schema).since(V31),
            row("dependentSchemas", Holds::Map(&A_SCHEMA)).since(V31),
            row("dependentRequired", Holds::Map(&SOME_TEXTS)).since(V31),
            row("if", Holds::Schema).since(V31),
            row("then", Holds::Schema).since(V31),
            row("else", Holds::Schema).since(V31),
            row("contentEncoding", Holds::Text).since(V31),
            row("contentMediaType", Holds::Text).since(V31),
            row("contentSchema", Holds::Schema).since(V31),
            row("$defs", Holds::Map(&A_SCHEMA)).since(V31),
            row("definitions", Holds::Map(&A_SCHEMA)).since(V31),
            row("$id", Holds::Text).since(V31),
            row("$schema", Holds::Text).since(V31),
            row("$anchor", Holds::Text).since(V31),
            row("$dynamicRef", Holds::StrictText).since(V31),
            row("$dynamicAnchor", Holds::Text).since(V31),
            row("$vocabulary", Holds::Map(&A_BOOL)).since(V31),
            row("$comment", Holds::Text).since(V31),
        ],
    )
}
.noun(Noun::Schema)
.rules(&[Rule::ArrayNeedsItems]);

static XML: Object = object(
    "an XML object",
    &[
        row("nodeType", Holds::Text).since(V32),
        row("name", Holds::Text),
        row("namespace", Holds::Text),
        row("prefix", Holds::Text),
        row("attribute", Holds::Bool),
        row("wrapped", Holds::Bool),
    ],
);

static DISCRIMINATOR: Object = object(
    "a discriminator",
    &[
        row("propertyName", Holds::Text).or_dropped(),
        row("mapping", Holds::Map(&A_TEXT)),
        row("defaultMapping", Holds::Text).since(V32),
    ],
);

/// `type`; of what else authors write, most comes from programming languages.
pub(crate) static TYPES: Words = Words {
    known: &[
        ("object", V30),
        ("string", V30),
        ("array", V30),
        ("integer", V30),
        ("boolean", V30),
        ("number", V30),
        ("null", V31),
    ],
    hints: &[
        ("date", "write `type: string` and `format: date`"),
        ("datetime", DATE_TIME),
        ("date-time", DATE_TIME),
        ("timestamp", DATE_TIME),
        ("uuid", "write `type: string` and `format: uuid`"),
        ("file", BINARY),
        ("binary", BINARY),
        ("int", "write `type: integer`"),
        ("bool", "write `type: boolean`"),
        ("str", "write `type: string`"),
        ("float", "write `type: number` and `format: float`"),
        ("double", "write `type: number` and `format: double`"),
        ("decimal", "write `type: number` and `format: decimal`"),
        ("long", "write `type: integer` and `format: int64`"),
        ("map", OF_VALUES),
        ("dict", OF_VALUES),
        ("list", "write `type: array`, with the schema of its items as `items`"),
        ("any", "leave `type` out: a schema without one is any value"),
    ],
};

const DATE_TIME: &str = "write `type: string` and `format: date-time`";
const BINARY: &str = "write `type: string` and `format: binary`";
const OF_VALUES: &str = "write `type: object`, with the schema of its values as `additionalProperties`";

/// Where a list is let pass, its usual second item is too.
pub(crate) static TYPES_IN_LIST: Words = Words {
    known: &[
        ("object", V30),
        ("string", V30),
        ("array", V30),
        ("integer", V30),
        ("boolean", V30),
        ("number", V30),
        ("null", V30),
    ],
    hints: &[],
};

pub(in crate::normalise::document) static A_SCHEMA: Holds = Holds::Schema;
static A_BOOL: Holds = Holds::Bool;
static SOME_TEXTS: Holds = TEXTS;

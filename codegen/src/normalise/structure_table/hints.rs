//! What authors mean by what OpenAPI 3 does not have: mostly Swagger 2.0, which it came from, and types of programming languages.
//!
//! Data only; whatever is no mistake of many has no row, and gets the general words of the report.

/// What to do about a member that an object does not have.
pub(in crate::normalise) fn of_member(object: &str, key: &str) -> Option<&'static str> {
    let row = MEMBERS.iter().find(|(of, member, _)| *of == object && *member == key)?;
    Some(row.2)
}

/// What to do about a word that a member cannot be; `member` as messages call it.
pub(in crate::normalise) fn of_word(member: &str, word: &str) -> Option<&'static str> {
    let row = WORDS.iter().find(|(of, known, _)| *of == member && *known == word)?;
    Some(row.2)
}

/// Object, member, help.
static MEMBERS: &[(&str, &str, &str)] = &[
    ("the document", "definitions", "schemas stand below `components.schemas` since OpenAPI 3"),
    ("the document", "host", "write it into the `url` of `servers`"),
    ("the document", "basePath", "write it into the `url` of `servers`"),
    ("the document", "schemes", "write them into the `url` of `servers`"),
    ("the document", "securityDefinitions", "they stand below `components.securitySchemes` since OpenAPI 3"),
    ("the document", "produces", PRODUCES),
    ("the document", "consumes", CONSUMES),
    ("an operation", "produces", PRODUCES),
    ("an operation", "consumes", CONSUMES),
    ("a response", "schema", CONTENT),
    ("a request body", "schema", CONTENT),
    ("a parameter", "type", SCHEMA),
    ("a parameter", "format", SCHEMA),
    ("a parameter", "enum", SCHEMA),
    ("a parameter", "items", SCHEMA),
    ("a parameter", "default", SCHEMA),
    ("a parameter", "collectionFormat", "write `style` and `explode` instead"),
    ("a header", "type", SCHEMA),
    ("a header", "format", SCHEMA),
];

const PRODUCES: &str = "write each as a key below `content` of the responses, with the schema below it";
const CONSUMES: &str = "write each as a key below `content` of the request body, with the schema below it";
const CONTENT: &str = "write it below a content type: `content: { application/json: { schema: … } }`";
const SCHEMA: &str = "write it below `schema`";

/// Member, word, help.
static WORDS: &[(&str, &str, &str)] = &[
    ("`in` of a parameter", "body", "describe the body by `requestBody` of the operation"),
    (
        "`in` of a parameter",
        "formData",
        "describe the body by `requestBody` of the operation, with the content type `application/x-www-form-urlencoded` or `multipart/form-data`",
    ),
    (TYPE, "date", "write `type: string` and `format: date`"),
    (TYPE, "datetime", DATE_TIME),
    (TYPE, "date-time", DATE_TIME),
    (TYPE, "timestamp", DATE_TIME),
    (TYPE, "uuid", "write `type: string` and `format: uuid`"),
    (TYPE, "file", BINARY),
    (TYPE, "binary", BINARY),
    (TYPE, "int", "write `type: integer`"),
    (TYPE, "bool", "write `type: boolean`"),
    (TYPE, "str", "write `type: string`"),
    (TYPE, "float", "write `type: number` and `format: float`"),
    (TYPE, "double", "write `type: number` and `format: double`"),
    (TYPE, "decimal", "write `type: number` and `format: decimal`"),
    (TYPE, "long", "write `type: integer` and `format: int64`"),
    (TYPE, "map", "write `type: object`, with the schema of its values as `additionalProperties`"),
    (TYPE, "dict", "write `type: object`, with the schema of its values as `additionalProperties`"),
    (TYPE, "list", "write `type: array`, with the schema of its items as `items`"),
    (TYPE, "any", "leave `type` out: a schema without one is any value"),
];

const TYPE: &str = "`type` of a schema";
const DATE_TIME: &str = "write `type: string` and `format: date-time`";
const BINARY: &str = "write `type: string` and `format: binary`";

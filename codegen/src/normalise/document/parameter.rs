//! Parameters, of a path or an operation.

use super::example::examples;
use super::media_type::content;
use super::row::Version::{V30, V32};
use super::row::{Holds, Noun, Object, Row, Rule, Unit, Words, object, row};
use super::{DEPRECATED, DESCRIPTION};

pub(super) static PARAMETER: Object = object(
    "a parameter",
    &[
        row("name", Holds::Text).required(),
        row("in", Holds::Word(&PLACES)).required(),
        DESCRIPTION,
        row("required", Holds::Bool),
        DEPRECATED,
        row("allowEmptyValue", Holds::Bool),
        row("style", Holds::Word(&STYLES)),
        row("explode", Holds::Bool),
        row("allowReserved", Holds::Bool),
        row("schema", Holds::Schema).vital(),
        row("example", Holds::Any),
        examples(),
        content(),
    ],
)
.noun(Noun::Parameter)
.unit(Unit::Component("the parameter"))
.rules(&[
    Rule::WholeQueryHasName,
    Rule::PathParameterIsRequired,
    Rule::OneOf("schema", "content"),
    Rule::NotBoth("schema", "content"),
    Rule::StyleOfPlace,
])
.hints(&[
    ("type", IN_SCHEMA),
    ("format", IN_SCHEMA),
    ("enum", IN_SCHEMA),
    ("items", IN_SCHEMA),
    ("default", IN_SCHEMA),
    ("collectionFormat", "write `style` and `explode` instead"),
]);

/// What to do about a parameter's type of Swagger 2.0.
pub(super) const IN_SCHEMA: &str = "write it below `schema`";

static PLACES: Words = Words {
    known: &[("query", V30), ("header", V30), ("path", V30), ("cookie", V30), ("querystring", V32)],
    hints: &[
        ("body", "describe the body by `requestBody` of the operation"),
        (
            "formData",
            "describe the body by `requestBody` of the operation, with the content type `application/x-www-form-urlencoded` or `multipart/form-data`",
        ),
    ],
};

static STYLES: Words = Words {
    known: &[
        ("matrix", V30),
        ("label", V30),
        ("form", V30),
        ("simple", V30),
        ("spaceDelimited", V30),
        ("pipeDelimited", V30),
        ("deepObject", V30),
        ("cookie", V32),
    ],
    hints: &[],
};

/// The styles that each place of a parameter has; the first is its default.
pub(crate) static STYLES_OF_PLACES: &[(&str, &[&str])] = &[
    ("path", &["simple", "label", "matrix"]),
    ("query", &["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
    ("header", &["simple"]),
    ("cookie", &["form", "cookie"]),
    ("querystring", &[]),
];

pub(super) static A_PARAMETER: Holds = Holds::OrReference(&PARAMETER);

/// `parameters`, of a path or an operation.
pub(super) const fn parameters() -> Row {
    row("parameters", Holds::List(&A_PARAMETER)).vital()
}

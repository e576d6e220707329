//! Parameters, of a path or an operation.

use super::example::examples;
use super::lift::{Known, Lifted, Lifter, Members, Shared};
use super::media_type::content;
use super::row::Version::{V30, V32};
use super::row::{Holds, Noun, Object, Row, Rule, Unit, Words, object, row};
use super::{Content, DEPRECATED, DESCRIPTION, SchemaId, media_type};
use crate::tree::NodeId;
use openapiv3::{PathStyle, QueryStyle};

/// A value that goes into a request beside its body.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its node.
    pub at: NodeId,
    /// Its JSON pointer.
    pub pointer: String,
    /// `name`.
    pub name: String,
    /// `in`, with the styles that there are in that place.
    pub place: Place,
    /// `description`.
    pub description: Option<String>,
    /// `required`.
    pub required: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// `explode`; the default depends on the style.
    pub explode: Option<bool>,
    /// `schema` or `content`.
    pub format: Format,
}

/// Where a parameter goes.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// Into the path.
    Path {
        /// `style`.
        style: PathStyle,
        /// `allowReserved`, which a path has since 3.2.
        allow_reserved: bool,
    },
    /// Into the query.
    Query {
        /// `style`.
        style: QueryStyle,
        /// `allowReserved`.
        allow_reserved: bool,
    },
    /// It is the query: 3.2's `in: querystring`.
    WholeQuery {
        /// `allowReserved`.
        allow_reserved: bool,
    },
    /// Into the headers.
    Header,
    /// Into the header `Cookie`.
    Cookie(CookieStyle),
}

/// How a cookie is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CookieStyle {
    /// As a field of a form.
    Form,
    /// As it is: 3.2's `style: cookie`.
    Plain,
}

/// What says how a parameter or a header becomes text.
#[derive(Clone, Debug, PartialEq)]
pub enum Format {
    /// A schema, and a style.
    Schema(SchemaId),
    /// A content type.
    Content(Content),
}

impl Place {
    /// `in`.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Path { .. } => "path",
            Self::Query { .. } => "query",
            Self::WholeQuery { .. } => "querystring",
            Self::Header => "header",
            Self::Cookie(_) => "cookie",
        }
    }
}

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

impl Lifted for Parameter {
    const NOUN: Noun = Noun::Parameter;

    fn lift(lifter: &mut Lifter<'_>, members: &Members<'_>) -> Self {
        let place = Place::lift(lifter, members);
        Self {
            at: members.at,
            pointer: lifter.pointer(members.at),
            name: lifter.required(members, "name"),
            description: members.text("description"),
            required: members.flag("required") || matches!(place, Place::Path { .. }),
            deprecated: members.flag("deprecated"),
            explode: members.said("explode"),
            format: Format::lift(lifter, members),
            place,
        }
    }

    fn describe(&mut self, description: String) {
        self.description = Some(description);
    }
}

impl Shared for Parameter {
    fn shared<'l>(lifter: &'l mut Lifter<'_>) -> &'l mut Known<Self> {
        &mut lifter.parameters
    }
}

impl Place {
    fn lift(lifter: &mut Lifter<'_>, members: &Members<'_>) -> Self {
        let style = members.str("style");
        let allow_reserved = members.flag("allowReserved");
        match lifter.required(members, "in").as_str() {
            "path" => Self::Path { style: path_style(style), allow_reserved },
            "header" => Self::Header,
            "cookie" if style == Some("cookie") => Self::Cookie(CookieStyle::Plain),
            "cookie" => Self::Cookie(CookieStyle::Form),
            "querystring" => Self::WholeQuery { allow_reserved },
            _ => Self::Query { style: query_style(style).unwrap_or_default(), allow_reserved },
        }
    }
}

fn path_style(style: Option<&str>) -> PathStyle {
    match style {
        Some("label") => PathStyle::Label,
        Some("matrix") => PathStyle::Matrix,
        _ => PathStyle::Simple,
    }
}

/// A style of a query, which parts of a body have too.
pub(super) fn query_style(style: Option<&str>) -> Option<QueryStyle> {
    Some(match style? {
        "form" => QueryStyle::Form,
        "spaceDelimited" => QueryStyle::SpaceDelimited,
        "pipeDelimited" => QueryStyle::PipeDelimited,
        "deepObject" => QueryStyle::DeepObject,
        _ => return None,
    })
}

impl Format {
    /// Exactly one of `schema` and `content`, whatever the document has.
    pub(super) fn lift(lifter: &mut Lifter<'_>, members: &Members<'_>) -> Self {
        match (lifter.schema(members, "schema"), members.node("content")) {
            (Some(schema), _) => Self::Schema(schema),
            (None, Some(_)) => Self::Content(media_type::lift_content(lifter, members)),
            (None, None) => Self::Schema(lifter.any_schema(members.at)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::testing::model_of;

    /// The one parameter of a document of 3.2.
    fn parameter(members: &str) -> Parameter {
        let text = format!(
            "openapi: 3.2.0\ninfo: {{title: t, version: '1'}}\npaths: {{'/a/{{p}}': {{get: {{parameters: [{members}]}}}}}}\n"
        );
        let document = model_of(&text).document;
        let operation = document.operations().next().unwrap().operation;
        operation.parameters[0].get(&document.components.parameters).0.clone()
    }

    #[track_caller]
    fn check(members: &str, expected: Place) {
        assert_eq!(parameter(&format!("{{{members}, schema: {{}}}}")).place, expected);
    }

    #[test]
    fn each_place_has_its_styles() {
        let path = |style, allow_reserved| Place::Path { style, allow_reserved };
        check("name: p, in: path, required: true", path(PathStyle::Simple, false));
        check("name: p, in: path, required: true, style: matrix, allowReserved: true", path(PathStyle::Matrix, true));
        let query = |style, allow_reserved| Place::Query { style, allow_reserved };
        check("name: p, in: query", query(QueryStyle::Form, false));
        check("name: p, in: query, style: deepObject, allowReserved: true", query(QueryStyle::DeepObject, true));
        check("name: p, in: header", Place::Header);
        check("name: p, in: cookie", Place::Cookie(CookieStyle::Form));
        check("name: p, in: cookie, style: cookie", Place::Cookie(CookieStyle::Plain));
    }

    #[test]
    fn a_format_is_a_schema_or_content() {
        let whole = parameter("{name: q, in: querystring, content: {application/json: {}}}");
        assert_eq!(whole.place, Place::WholeQuery { allow_reserved: false });
        assert!(matches!(&whole.format, Format::Content(content) if content[0].0 == "application/json"));
        assert!(matches!(parameter("{name: q, in: query}").format, Format::Schema(_)));
        let path = parameter("{name: p, in: path, schema: {}}");
        assert!(path.required, "a path has all of its parameters");
    }
}

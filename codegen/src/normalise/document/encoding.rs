//! Encodings: how one member of a body becomes a part or a field of a form.

use super::header::{headers, lift_headers};
use super::lift::{Lifted, Lifter, Members, Slot};
use super::parameter::query_style;
use super::row::Version::{V30, V32};
use super::row::{Holds, Noun, Object, Words, object, row};
use super::{Header, Version};
use crate::tree::NodeId;
use openapiv3::QueryStyle;

/// How a property of a body is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Encoding {
    /// Its node.
    pub at: NodeId,
    /// `contentType`.
    pub content_type: Option<String>,
    /// `headers` of the part, by name.
    pub headers: Vec<(String, Slot<Header>)>,
    /// `style`.
    pub style: Option<QueryStyle>,
    /// `explode`, which is true for `form`, the default style, and false for the others.
    pub explode: bool,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// Where the three count.
    pub styled: Styled,
}

/// Where style, `explode` and `allowReserved` of an encoding count. Where they do not, content types decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Styled {
    /// Nowhere: the document has none of the three.
    Nowhere,
    /// In `application/x-www-form-urlencoded` alone, as 3.0 says.
    Forms,
    /// In `multipart/form-data` too.
    FormsAndParts,
}

pub(super) static ENCODING: Object = object(
    "an encoding",
    &[
        row("contentType", Holds::Text),
        headers(),
        row("style", Holds::Word(&STYLES)),
        row("explode", Holds::Bool),
        row("allowReserved", Holds::Bool),
        row("encoding", Holds::Map(&AN_ENCODING)).since(V32).unread(),
        row("prefixEncoding", Holds::List(&AN_ENCODING)).since(V32).unread(),
        row("itemEncoding", Holds::Object(&ENCODING)).since(V32).unread(),
    ],
)
.noun(Noun::Encoding);

/// Those of a query.
static STYLES: Words =
    Words { known: &[("form", V30), ("spaceDelimited", V30), ("pipeDelimited", V30), ("deepObject", V30)], hints: &[] };

pub(super) static AN_ENCODING: Holds = Holds::Object(&ENCODING);

impl Lifted for Encoding {
    const NOUN: Noun = Noun::Encoding;

    fn lift(lifter: &mut Lifter<'_>, members: &Members<'_>) -> Self {
        let style = query_style(members.str("style"));
        let said = ["style", "explode", "allowReserved"].iter().any(|key| members.node(key).is_some());
        Self {
            at: members.at,
            content_type: members.text("contentType"),
            headers: lift_headers(lifter, members),
            explode: members.said("explode").unwrap_or(matches!(style, None | Some(QueryStyle::Form))),
            style,
            allow_reserved: members.flag("allowReserved"),
            styled: match (said, lifter.version) {
                (false, _) => Styled::Nowhere,
                (true, Version::V30) => Styled::Forms,
                (true, _) => Styled::FormsAndParts,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::testing::model_of;

    #[track_caller]
    fn check(version: &str, members: &str, expected: (Styled, bool)) {
        let text = format!(
            "openapi: {version}\ninfo: {{title: t, version: '1'}}\npaths: {{/a: {{post: {{responses: {{}}, \
             requestBody: {{content: {{multipart/form-data: {{encoding: {{a: {members}}}}}}}}}}}}}}}\n"
        );
        let document = model_of(&text).document;
        let operation = document.operations().next().unwrap().operation;
        let body = operation.request_body.as_ref().unwrap().get(&document.components.request_bodies).0;
        let (_, encoding) = &body.content[0].1.encoding[0];
        assert_eq!((encoding.styled, encoding.explode), expected, "{version} {members}");
    }

    #[test]
    fn the_version_says_where_a_style_counts() {
        check("3.0.3", "{contentType: text/plain}", (Styled::Nowhere, true));
        check("3.0.3", "{style: form}", (Styled::Forms, true));
        check("3.1.0", "{style: form}", (Styled::FormsAndParts, true));
        check("3.1.0", "{style: pipeDelimited}", (Styled::FormsAndParts, false));
        check("3.1.0", "{explode: false}", (Styled::FormsAndParts, false));
        check("3.1.0", "{allowReserved: false}", (Styled::FormsAndParts, true));
    }
}

//! Content types of bodies and answers: codecs, types, encodings.

use crate::api::{Body, Codec, Content, Context, Encoding, Limits, Raw, Shape, Style, Use};
use crate::diagnostic::codes;
use crate::lower::Lowering;
use crate::lower::content_type::{codec_of, essence};
use crate::lower::parameter::query_style;
use crate::normalise::model::{self, MediaType, RequestBody, SchemaId, Slot, Styled};
use crate::tree::NodeId;

impl<'a> Lowering<'a> {
    /// The body of operation number `operation`.
    pub(super) fn lower_body(&mut self, operation: usize, body: &'a Slot<RequestBody>) -> Body {
        let (item, context) = self.request_body(operation, body);
        let contents = self.lower_contents(&context, &item.content);
        self.report_parts(&contents, item.at);
        self.report_styles(&contents, &item.content);
        Body { required: item.required, contents, description: item.description.clone(), origin: item.at }
    }

    /// Styles of parts that the document's version, or the body's content type, does not let count.
    fn report_styles(&mut self, contents: &[Content], declared: &model::Content) {
        for (content, (_, media)) in contents.iter().zip(declared) {
            for (name, encoding) in &media.encoding {
                if encoding.styled != Styled::Nowhere && !counts(encoding, content.codec, &content.media_type) {
                    self.report_style(content, name, encoding);
                }
            }
        }
    }

    fn report_style(&mut self, content: &Content, name: &str, encoding: &model::Encoding) {
        let keys = ["style", "explode", "allowReserved"];
        let Some((key, entry)) = keys.iter().find_map(|key| Some((*key, self.tree.entry(encoding.at, key)?))) else {
            return;
        };
        let place = entry.key_place;
        let (why, help) = if content.is_form_data() {
            (
                "before OpenAPI 3.1 it counts in `application/x-www-form-urlencoded` alone",
                "declare `openapi: 3.1.0`, if the server expects the part in this style, or remove it",
            )
        } else {
            ("it counts in `application/x-www-form-urlencoded` and `multipart/form-data` alone", "remove it")
        };
        self.collector
            .report(&codes::STYLE_NOT_USED, place)
            .message(format!("`{key}` of `{name}` is ignored in `{}`, because {why}", content.essence()))
            .help(help);
    }

    /// A body with the context of what stands in it.
    pub(super) fn request_body(
        &self,
        operation: usize,
        body: &'a Slot<RequestBody>,
    ) -> (&'a RequestBody, Vec<Context>) {
        let model: &'a model::Model = self.model;
        let (item, shared) = body.get(&model.document.components.request_bodies);
        let whose = shared.map_or(Context::Operation(operation), |key| Context::Component(key.to_owned()));
        (item, vec![whose, Context::RequestBody])
    }

    /// A body that can only be sent in parts has a type where it is a form of an object.
    fn report_parts(&mut self, contents: &[Content], at: NodeId) {
        let typed = |content: &Content| {
            let object = matches!(self.types.shape(content.of.ty), Shape::Object(_));
            content.codec != Codec::Multipart || (object && content.is_form_data())
        };
        if !contents.is_empty() && !contents.iter().any(typed) {
            self.warn(
                &codes::NOT_GENERATED,
                at,
                "a body of several parts is taken as bytes, because its parts are not generated yet",
                "write the parts yourself, and name their boundary with `Upload::content_type`",
            );
        }
    }

    /// Content types in the document's order.
    pub(super) fn lower_contents(&mut self, context: &[Context], contents: &'a model::Content) -> Vec<Content> {
        let lowered = contents.iter().map(|(media_type, media)| {
            let media_type = self.content_type(media_type, contents, media.at);
            self.lower_content(context, media_type, media)
        });
        lowered.collect()
    }

    /// What is meant by a content type without its slash, which servers do not know. One that is there already is meant once.
    fn content_type(&mut self, written: &'a str, contents: &model::Content, at: NodeId) -> &'a str {
        let named = essence(written);
        if named.split_once('/').is_some_and(|(kind, name)| !kind.is_empty() && !name.is_empty()) {
            return written;
        }
        let meant = SHORT_NAMES.iter().find(|(short, _)| *short == named).map(|(_, meant)| *meant);
        let taken = meant.filter(|meant| !contents.iter().any(|(known, _)| known == meant));
        let (recovery, example) = match taken {
            Some(meant) => (format!("it is read as `{meant}`"), meant),
            None => ("its bytes are sent and read as they are".to_owned(), meant.unwrap_or("application/json")),
        };
        let place = self.tree.place(at);
        self.collector
            .report(&codes::NO_CONTENT_TYPE, place)
            .message(format!("`{written}` is no content type"))
            .label("`type/subtype` was expected")
            .help(format!("write the one that the server knows, for example `{example}`"))
            .recovery(recovery);
        taken.unwrap_or(written)
    }

    fn lower_content(&mut self, context: &[Context], media_type: &str, media: &'a MediaType) -> Content {
        let items = media.item_schema;
        let schema = items.or(media.schema);
        // Without a schema a wildcard may be anything.
        let anything = schema.is_none() && essence(media_type).contains('*');
        let mut codec = if anything { Codec::Bytes } else { codec_of(media_type) };
        let mut of = match schema {
            Some(schema) if codec != Codec::Bytes => {
                self.register_root(schema, context, media_type, codec);
                self.lower_use(schema)
            }
            _ => self.untyped(codec, media.at),
        };
        if codec == Codec::JsonLines
            && items.is_none()
            && let Shape::Array { items, .. } = self.types.shape(of.ty)
        {
            of = *items;
        }
        self.adjust(&mut codec, &mut of, media_type, media.at);
        let encoding = media.encoding.iter().map(|(name, encoding)| {
            let styled = counts(encoding, codec, media_type);
            (name.clone(), lower_encoding(encoding, styled))
        });
        Content { media_type: media_type.to_owned(), codec, encoding: encoding.collect(), of }
    }

    /// Remembers where a schema stands that is below no component schema.
    fn register_root(&mut self, schema: SchemaId, context: &[Context], media_type: &str, codec: Codec) {
        let mut context = context.to_vec();
        if codec != Codec::Json {
            context.push(Context::Content(media_type.to_owned()));
        }
        self.roots.entry(schema).or_insert(context);
    }

    /// The type of a content type without a schema, or one whose text nothing here understands.
    pub(super) fn untyped(&mut self, codec: Codec, at: NodeId) -> Use {
        let shape = match codec {
            Codec::Json | Codec::JsonLines => Shape::Any(Raw::Declared),
            Codec::Bytes => text(Some("binary")),
            Codec::Text | Codec::Events => text(None),
            Codec::Form | Codec::Multipart => {
                let values = Use { ty: self.types.intern(Shape::Any(Raw::Declared), at, ""), nullable: false };
                Shape::Map { values, limits: Limits::default(), verbatim: false }
            }
        };
        Use { ty: self.types.intern(shape, at, ""), nullable: false }
    }

    /// What the schema says about the codec: `format: binary` is bytes whatever the content type, an object is no text.
    fn adjust(&mut self, codec: &mut Codec, of: &mut Use, media_type: &str, at: NodeId) {
        let shape = self.types.shape(of.ty);
        match (*codec, shape) {
            (Codec::Json | Codec::Text, Shape::String { format: Some(format), .. }) if format == "binary" => {
                *codec = Codec::Bytes;
            }
            (Codec::Text, Shape::Any(_)) => *of = self.untyped(Codec::Text, at),
            (
                Codec::Text,
                Shape::Object(_) | Shape::Union(_) | Shape::Map { .. } | Shape::Array { .. } | Shape::Tuple { .. },
            ) => {
                let csv = essence(media_type) != "text/plain";
                if csv {
                    *of = self.untyped(Codec::Text, at);
                } else {
                    *codec = Codec::Json;
                }
            }
            _ => {}
        }
    }
}

/// Whether the document states a style that counts in a body of this content type.
fn counts(encoding: &model::Encoding, codec: Codec, media_type: &str) -> bool {
    match codec {
        Codec::Form => encoding.styled != Styled::Nowhere,
        Codec::Multipart => encoding.styled == Styled::FormsAndParts && essence(media_type) == "multipart/form-data",
        _ => false,
    }
}

/// A style that is stated goes before a content type; without one, what is called JSON is one JSON text (3.1, 4.8.15.1).
fn lower_encoding(encoding: &model::Encoding, styled: bool) -> Encoding {
    let json = encoding.content_type.as_deref().is_some_and(|media_type| codec_of(media_type) == Codec::Json);
    let style = match encoding.style.as_ref().filter(|_| styled) {
        None if json && !styled => Style::Json,
        None => Style::Form,
        Some(style) => query_style(style),
    };
    Encoding {
        content_type: encoding.content_type.clone(),
        styled,
        style,
        explode: encoding.explode,
        allow_reserved: encoding.allow_reserved,
    }
}

fn text(format: Option<&str>) -> Shape {
    Shape::String { format: format.map(str::to_owned), limits: Limits::default(), sensitive: false }
}

/// Content types by what people call them.
const SHORT_NAMES: &[(&str, &str)] = &[
    ("*", "*/*"),
    ("json", "application/json"),
    ("xml", "application/xml"),
    ("text", "text/plain"),
    ("html", "text/html"),
    ("csv", "text/csv"),
    ("pdf", "application/pdf"),
    ("form-data", "multipart/form-data"),
];

#[cfg(test)]
mod tests {
    use crate::lower::testing::check_operations;

    #[test]
    fn content_types_have_codecs() {
        check_operations(
            r#"
            paths:
              /a:
                post:
                  requestBody:
                    required: true
                    content:
                      application/merge-patch+json: { schema: { type: object, properties: { a: { type: string } } } }
                      application/x-www-form-urlencoded:
                        schema: { type: object, properties: { tags: { type: array, items: { type: string } } } }
                        encoding: { tags: { style: pipeDelimited }, other: { contentType: text/plain } }
                      application/octet-stream: { schema: { type: string, format: binary } }
                      application/xml: { schema: { type: object, properties: { a: { type: string } } } }
                      text/plain: {}
                  responses:
                    "200":
                      description: Done.
                      headers: { x-rate: { required: true, schema: { type: integer } }, content-type: { schema: { type: string } } }
                      content:
                        application/json: { schema: { type: string, format: binary } }
                        text/event-stream: { schema: { type: object, properties: { b: { type: string } } } }
                        application/x-ndjson: { schema: { type: array, items: { type: integer } } }
                    4XX: { $ref: '#/components/responses/Bad' }
                    default: { description: Other. }
            components:
              responses:
                Bad: { description: Bad., content: { application/json: { schema: { type: object, properties: { code: { type: string } } } } } }
            "#,
            r#"
            POST /a
              body! application/merge-patch+json Json op0/body
              body! application/x-www-form-urlencoded Form op0/body<application/x-www-form-urlencoded> other(Form explode text/plain) tags(PipeDelimited )
              body! application/octet-stream Bytes string:binary
              body! application/xml Bytes string:binary
              body! text/plain Text string
              Code(200)
                application/json Bytes string:binary
                text/event-stream Events op0/200<text/event-stream>
                application/x-ndjson JsonLines integer
                header x-rate!: integer Simple
              Range(4)
                application/json Json (Bad)/
              Default
            "#,
        );
    }

    #[test]
    fn what_has_no_slash_is_what_is_meant() {
        check_operations(
            r#"
            paths:
              /a:
                post:
                  requestBody: { content: { json: { schema: { type: integer } }, image: {} } }
                  responses:
                    "200": { description: Done., content: { JSON: { schema: { type: integer } }, application/json: { schema: { type: integer } } } }
            "#,
            r#"
            POST /a
              body application/json Json integer
              body image Bytes string:binary
              Code(200)
                JSON Bytes string:binary
                application/json Json integer
            "#,
        );
    }
}

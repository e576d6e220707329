//! Headers of parts: what `encoding` of a multipart body says beside content types.
//!
//! Before: an operation's body has its type. After: each header that a part may have is a parameter of the operation, behind
//! the others. How a part is written, and what its content type is, stays with the body.

use crate::api::{Codec, Content, Context, Location, Operation, Parameter, PartHeader, Property, Shape};
use crate::diagnostic::codes;
use crate::lower::Lowering;
use crate::lower::all_of::node;
use crate::lower::parameter::assumed;
use crate::normalise::model::{Encoding, RequestBody, SchemaId, Slot};

/// A part that the document gives headers, and whether every call sends it.
struct Part<'a> {
    wire_name: &'a str,
    encoding: &'a Encoding,
    required: bool,
}

impl<'a> Lowering<'a> {
    /// The headers of the parts of number `index`'s body. Its type must be filled.
    pub(super) fn lower_part_headers(
        &mut self,
        index: usize,
        declared: Option<&'a Slot<RequestBody>>,
        operation: &Operation,
    ) -> Vec<Parameter> {
        let (Some(declared), Some(body)) = (declared, &operation.body) else { return Vec::new() };
        let (item, context) = self.request_body(index, declared);
        let others = if operation.facts.flat_body { Vec::new() } else { body.others() };
        let sent: Vec<&Content> = body.chosen().into_iter().chain(others).collect();
        let mut found: Vec<Parameter> = Vec::new();
        for (content, (_, media)) in body.contents.iter().zip(&item.content) {
            let is_sent = sent.iter().any(|one| std::ptr::eq(*one, content));
            for (wire_name, encoding) in media.encoding.iter().filter(|(_, encoding)| !encoding.headers.is_empty()) {
                let Some(required) = self.part(content, (wire_name, encoding)).filter(|_| is_sent) else { continue };
                let part = Part { wire_name, encoding, required: required && body.required };
                for header in self.headers_of_part(&context, &part) {
                    // Case does not tell headers apart, and two bodies of parts may have a part in common.
                    if !found.iter().any(|known| is_same(known, &header)) {
                        found.push(header);
                    }
                }
            }
        }
        found
    }

    /// Whether the body must have this part; `None` where there is no such part that the client writes.
    fn part(&mut self, content: &Content, (name, encoding): (&str, &Encoding)) -> Option<bool> {
        if content.codec != Codec::Multipart {
            let message =
                format!("the headers of `{name}` are ignored, because a body of `{}` has no parts", content.essence());
            let help = "remove `headers`, or describe a body of `multipart/form-data`";
            self.warn_of_headers(encoding, None, &message, help);
            return None;
        }
        // The caller writes the parts of other bodies, and so their headers.
        let Shape::Object(object) = self.types.shape(content.of.ty) else { return None };
        if !content.is_form_data() {
            return None;
        }
        let sent = |property: &&Property| property.wire_name == name && !property.read_only;
        let Some(property) = object.properties.iter().find(sent) else {
            let message =
                format!("the headers of `{name}` are ignored, because the body's schema has no such property to send");
            self.warn_of_headers(encoding, None, &message, "add the property to the schema, or correct its name");
            return None;
        };
        Some(property.required)
    }

    /// `Content-Type` is ignored, as the specification says; `Content-Disposition` is the client's.
    fn headers_of_part(&mut self, context: &[Context], part: &Part<'a>) -> Vec<Parameter> {
        let mut context = context.to_vec();
        context.push(Context::Property(part.wire_name.to_owned()));
        let mut headers = Vec::new();
        for (name, header) in &part.encoding.headers {
            if name.eq_ignore_ascii_case("content-disposition") {
                let message =
                    format!("the header `{name}` of `{}` is ignored, because the client writes it", part.wire_name);
                let help = "remove it; the name of a file is set with `FilePart::file_name`";
                self.warn_of_headers(part.encoding, Some(name), &message, help);
            } else if !name.eq_ignore_ascii_case("content-type") {
                let (header, schema) = self.lower_header(&context, name, header);
                headers.push(self.part_header(part, header, schema));
            }
        }
        headers
    }

    /// A required header is an argument where its part is always sent and nothing can be sent in its place.
    fn part_header(&self, part: &Part<'_>, header: Parameter, schema: Option<SchemaId>) -> Parameter {
        // Null is nothing to send.
        let default = self.default_of_parameter(schema).filter(|default| default != "null");
        let usual = self.only_value(schema).or_else(|| default.clone()).filter(|_| header.required);
        let needed = header.required && usual.is_none();
        let mut docs = header.docs;
        if docs.summary.is_none() && docs.description.is_none() {
            docs.summary = Some(format!("The header `{}` of the part `{}`.", header.wire_name, part.wire_name));
        }
        let required = needed && part.required;
        match (&usual, default) {
            (Some(usual), _) => docs.notes.push(format!("The part has `{usual}` unless another value is set.")),
            (None, Some(default)) => docs.notes.push(assumed(default)),
            _ if needed && !required => docs.notes.push("The part cannot be sent without it.".to_owned()),
            _ => {}
        }
        let of_part = PartHeader { part: part.wire_name.to_owned(), usual, needed };
        Parameter { location: Location::Part, required, part: Some(of_part), docs, ..header }
    }

    /// The value of a header that can have no other, as JSON.
    fn only_value(&self, schema: Option<SchemaId>) -> Option<String> {
        let only = self.chain(node(self.model, schema?)).into_iter().find_map(|node| {
            node.const_value.or(match node.enum_values.as_deref() {
                Some([only]) => Some(*only),
                _ => None,
            })
        })?;
        Some(self.tree.json_text(only))
    }

    /// Reports at the name of a header, or at that of all headers of a part.
    fn warn_of_headers(&mut self, encoding: &Encoding, name: Option<&str>, message: &str, help: &str) {
        let at = encoding.at;
        let all = self.tree.entry(at, "headers");
        let one = name.zip(all).and_then(|(name, all)| self.tree.entry(all.value, name));
        let place = one.or(all).map_or_else(|| self.tree.place(at), |member| member.key_place);
        self.collector.report(&codes::HEADER_NOT_SENT, place).message(message).help(help);
    }
}

fn is_same(left: &Parameter, right: &Parameter) -> bool {
    let part = |header: &Parameter| header.part.as_ref().map(|of_part| of_part.part.clone());
    part(left) == part(right) && left.wire_name.eq_ignore_ascii_case(&right.wire_name)
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::{api_of, check_operations};

    #[test]
    fn headers_follow_the_parameters() {
        check_operations(
            r#"
            paths:
              /photos:
                post:
                  parameters: [{ name: dry, in: query, schema: { type: boolean } }]
                  requestBody:
                    required: true
                    content:
                      multipart/form-data:
                        schema: { allOf: [{ type: object, required: [a], properties: { a: { type: string }, b: { type: string } } }] }
                        encoding:
                          a:
                            headers:
                              content-type: { schema: { type: string } }
                              X-Must: { required: true, description: Must., schema: { type: string } }
                              X-Size: { explode: true, schema: { type: array, items: { type: integer } } }
                              X-May: { schema: { type: string, const: x } }
                              X-Default: { schema: { type: integer, default: 7 } }
                          b:
                            headers:
                              X-Must: { $ref: '#/components/headers/Must' }
                              X-Const: { required: true, schema: { type: string, const: x } }
                              X-Flag: { required: true, schema: { type: boolean, enum: [true] } }
                              X-Default: { required: true, schema: { type: integer, default: 7 } }
                              X-Null: { required: true, schema: { type: [string, 'null'], default: null } }
                  responses: { "204": { description: Kept. } }
            components: { headers: { Must: { required: true, schema: { type: string } } } }
            "#,
            r#"
            POST /photos
              Query dry: boolean Form explode
              Part a.X-Must!: string Simple needed // Must.
              Part a.X-Size: [integer] Simple explode // The header `X-Size` of the part `a`.
              Part a.X-May: op0/body.a?X-May Simple // The header `X-May` of the part `a`.
              Part a.X-Default: integer Simple // The header `X-Default` of the part `a`. // The server assumes `7` when it is left out.
              Part b.X-Must: string Simple needed // The header `X-Must` of the part `b`. // The part cannot be sent without it.
              Part b.X-Const: op0/body.b?X-Const Simple usually "x" // The header `X-Const` of the part `b`. // The part has `"x"` unless another value is set.
              Part b.X-Flag: boolean Simple usually true // The header `X-Flag` of the part `b`. // One of `true` (not checked). // The part has `true` unless another value is set.
              Part b.X-Default: integer Simple usually 7 // The header `X-Default` of the part `b`. // The part has `7` unless another value is set.
              Part b.X-Null: string? Simple needed // The header `X-Null` of the part `b`. // The part cannot be sent without it.
              body! multipart/form-data Multipart op0/body<multipart/form-data> a(Form explode ) b(Form explode )
              Code(204)
            "#,
        );
    }

    /// What is sent without parts needs nothing of them; where the body may be left out nothing must be given.
    #[test]
    fn other_bodies_need_no_headers_of_parts() {
        let document = |required: &str, schema: &str| {
            format!(
                "{{openapi: 3.1.0, info: {{title: Pets, version: '1'}}, paths: {{/a: {{post: {{requestBody: {{required: {required}, \
                 content: {{application/json: {{}}, multipart/form-data: {{schema: {schema}, encoding: {{a: {{headers: \
                 {{x: {{required: true, schema: {{type: string}}}}}}}}}}}}}}}}}}}}}}}}"
            )
        };
        let check = |required: &str, schema: &str, expected: Option<bool>| {
            let (api, _) = api_of("pets.yaml", &document(required, schema));
            let found = api.unwrap().operations[0].parameters.first().map(|header| header.required);
            assert_eq!(found, expected, "{required} {schema}");
        };
        check("true", "{type: object, required: [a], properties: {a: {type: string}}}", Some(true));
        check("false", "{type: object, required: [a], properties: {a: {type: string}}}", Some(false));
        check("true", "{type: object, properties: {a: {type: string}}}", Some(false));
        // The client writes no such part.
        check("true", "{type: object, properties: {a: {type: string, readOnly: true}}}", None);
        check("true", "{type: object, properties: {b: {type: string}}}", None);
        check("true", "{type: object, additionalProperties: {type: string}}", None);
    }
}

//! Answers: statuses, content types, headers.

use openapiv3::{ReferenceOr, Response, StatusCode};

use crate::api::{Answer, Context, Location, Parameter, Status, Style};
use crate::lower::Lowering;
use crate::lower::parameter::assumed;
use crate::normalise::model::{SchemaId, component_key, origin};
use crate::tree::NodeId;

impl<'a> Lowering<'a> {
    /// Every declared answer: statuses in the document's order, `default` last.
    pub(super) fn lower_answers(&mut self, operation: usize, responses: &'a openapiv3::Responses) -> Vec<Answer> {
        let declared = responses.responses.iter().filter_map(|(status, response)| Some((status_of(status)?, response)));
        let all: Vec<_> =
            declared.chain(responses.default.iter().map(|response| (Status::Default, response))).collect();
        all.into_iter().filter_map(|(status, response)| self.lower_answer(operation, status, response)).collect()
    }

    fn lower_answer(
        &mut self,
        operation: usize,
        status: Status,
        response: &'a ReferenceOr<Response>,
    ) -> Option<Answer> {
        let components = self.model.openapi.components.as_ref();
        let shared = component_key(response);
        let item = match (response, &shared) {
            (ReferenceOr::Item(item), _) => item,
            (_, Some(key)) => components?.responses.get(key)?.as_item()?,
            _ => return None,
        };
        let context = match shared {
            Some(key) => vec![Context::Component(key), Context::Answer(String::new())],
            None => vec![Context::Operation(operation), Context::Answer(text(status))],
        };
        let at = origin(&item.extensions).unwrap_or(NodeId(0));
        Some(Answer {
            status,
            description: item.description.clone(),
            contents: self.lower_contents(&context, &item.content, at),
            headers: self.lower_headers(&context, item),
            origin: at,
        })
    }

    /// Headers of an answer. `Content-Type` is ignored, as the specification says.
    fn lower_headers(&mut self, context: &[Context], response: &'a Response) -> Vec<Parameter> {
        let named = response.headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
        let lowered: Vec<_> = named.filter_map(|(name, header)| self.lower_header(context, name, header)).collect();
        let lowered = lowered.into_iter().map(|(mut header, schema)| {
            header.docs.notes.extend(self.default_of_parameter(schema).map(assumed));
            header
        });
        lowered.collect()
    }

    /// A header, of an answer or of a part, and its schema.
    pub(super) fn lower_header(
        &mut self,
        context: &[Context],
        name: &str,
        header: &'a ReferenceOr<openapiv3::Header>,
    ) -> Option<(Parameter, Option<SchemaId>)> {
        let components = self.model.openapi.components.as_ref();
        let shared = component_key(header);
        let (item, context) = match (header, shared) {
            (ReferenceOr::Item(item), _) => {
                let mut context = context.to_vec();
                context.push(Context::Parameter(name.to_owned()));
                (item, context)
            }
            (_, Some(key)) => {
                let item = components?.headers.get(&key)?.as_item()?;
                (item, vec![Context::Component(key), Context::Parameter(String::new())])
            }
            _ => return None,
        };
        let at = origin(&item.extensions).unwrap_or(NodeId(0));
        let (of, schema, style) = self.lower_format(&context, &item.format, Style::Simple, at);
        let docs = self.docs_of_parameter(item.description.as_ref(), item.deprecated, schema, of);
        let header = Parameter {
            wire_name: name.to_owned(),
            name: self.model.parameter_facts.get(&at).and_then(|facts| facts.name.clone()),
            location: Location::Header,
            of,
            required: item.required,
            style,
            // `openapiv3` has no place for it.
            explode: self.tree.member_bool(at, "explode") == Some(true),
            allow_reserved: false,
            segments: false,
            whole: None,
            filter: None,
            part: None,
            generated: false,
            docs,
            origin: at,
            pointer: self.pointer(at),
        };
        Some((header, schema))
    }
}

fn status_of(status: &StatusCode) -> Option<Status> {
    match status {
        StatusCode::Code(code) => Some(Status::Code(*code)),
        StatusCode::Range(class) => u8::try_from(*class).ok().map(Status::Range),
    }
}

fn text(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(class) => format!("{class}XX"),
        Status::Default => "default".to_owned(),
    }
}

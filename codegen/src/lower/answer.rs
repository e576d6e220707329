//! Answers: statuses, content types, headers.

use openapiv3::StatusCode;

use crate::api::{Answer, Context, Location, Parameter, Status, Style};
use crate::lower::Lowering;
use crate::lower::parameter::assumed;
use crate::normalise::model::{self, Header, Response, SchemaId, Slot};

impl<'a> Lowering<'a> {
    /// Every declared answer: statuses in the document's order, `default` last.
    pub(super) fn lower_answers(&mut self, number: usize, operation: &'a model::Operation) -> Vec<Answer> {
        let declared = operation.responses.by_status.iter();
        let declared = declared.filter_map(|(status, response)| Some((status_of(status)?, response)));
        let default = operation.responses.default.iter().map(|response| (Status::Default, response));
        declared.chain(default).map(|(status, response)| self.lower_answer(number, status, response)).collect()
    }

    fn lower_answer(&mut self, operation: usize, status: Status, response: &'a Slot<Response>) -> Answer {
        let model: &'a model::Model = self.model;
        let (item, shared) = response.get(&model.document.components.responses);
        let context = match shared {
            Some(key) => vec![Context::Component(key.to_owned()), Context::Answer(String::new())],
            None => vec![Context::Operation(operation), Context::Answer(text(status))],
        };
        Answer {
            status,
            description: item.description.clone(),
            contents: self.lower_contents(&context, &item.content),
            headers: self.lower_headers(&context, item),
            origin: item.at,
        }
    }

    /// Headers of an answer. `Content-Type` is ignored, as the specification says.
    fn lower_headers(&mut self, context: &[Context], response: &'a Response) -> Vec<Parameter> {
        let named = response.headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
        let lowered: Vec<_> = named.map(|(name, header)| self.lower_header(context, name, header)).collect();
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
        header: &'a Slot<Header>,
    ) -> (Parameter, Option<SchemaId>) {
        let model: &'a model::Model = self.model;
        let (item, shared) = header.get(&model.document.components.headers);
        let context = match shared {
            Some(key) => vec![Context::Component(key.to_owned()), Context::Parameter(String::new())],
            None => context.iter().cloned().chain([Context::Parameter(name.to_owned())]).collect(),
        };
        let at = item.at;
        let (of, schema, style) = self.lower_format(&context, &item.format, Style::Simple, at);
        let docs = self.docs_of_parameter(item.description.as_ref(), item.deprecated, schema, of);
        let header = Parameter {
            wire_name: name.to_owned(),
            name: self.model.parameter_facts.get(&at).and_then(|facts| facts.name.clone()),
            location: Location::Header,
            of,
            required: item.required,
            style,
            explode: item.explode,
            allow_reserved: false,
            segments: false,
            whole: None,
            filter: None,
            part: None,
            generated: false,
            docs,
            origin: at,
            pointer: item.pointer.clone(),
        };
        (header, schema)
    }
}

pub(super) fn status_of(status: &StatusCode) -> Option<Status> {
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

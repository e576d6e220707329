//! Parameters that are no parameters: `Accept`, `Content-Type` and `Authorization` are described by `content` and `security`, and
//! a definition in `parameters` is ignored (OpenAPI 3.0.4, 4.7.12.1; 3.1.1, 4.8.12.1; 3.2.0, 4.12.1).
//!
//! Owns what is told of them, and what an `Accept` with values says all the same: which content types to ask for.

use crate::api::{AskedFor, Codec, Content, Operation, Status};
use crate::diagnostic::codes::{HEADER_CONTRADICTS, HEADER_NOT_PARAMETER};
use crate::lower::Lowering;
use crate::lower::all_of::node;
use crate::lower::content_type::codec_of;
use crate::normalise::model::{self, Format, Place, Slot};

/// A header that is described elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Described {
    Accept,
    ContentType,
    Authorization,
}

/// The header of this name, if it is described elsewhere.
pub(super) fn described(name: &str) -> Option<Described> {
    let known = [
        ("accept", Described::Accept),
        ("content-type", Described::ContentType),
        ("authorization", Described::Authorization),
    ];
    known.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, described)| described)
}

impl Described {
    fn help(self) -> &'static str {
        match self {
            Self::Accept => "describe what the answers have by `content` of the responses, and remove the parameter",
            Self::ContentType => "describe what is sent by `content` of the request body, and remove the parameter",
            Self::Authorization => {
                "declare a scheme in `components.securitySchemes`, name it in `security`, and remove the parameter"
            }
        }
    }
}

impl<'a> Lowering<'a> {
    /// Tells of each such parameter, and takes from it what it says beyond its place.
    pub(super) fn read_described_headers(
        &mut self,
        parameters: impl Iterator<Item = &'a Slot<model::Parameter>>,
        operation: &mut Operation,
    ) {
        for parameter in parameters {
            let (parameter, _) = self.parameter(parameter);
            let Some(header) = described(&parameter.name).filter(|_| parameter.place == Place::Header) else {
                continue;
            };
            if self.is_header_of_client(&parameter.name) {
                continue;
            }
            let values = self.values_of_header(parameter);
            self.tell_header(header, parameter, &values, operation);
        }
    }

    /// The texts that a parameter's schema lists.
    fn values_of_header(&self, parameter: &model::Parameter) -> Vec<String> {
        let Format::Schema(schema) = parameter.format else { return Vec::new() };
        let chain = self.chain(node(self.model, schema));
        let listed = chain.iter().flat_map(|schema| schema.enum_values.iter().flatten().chain(&schema.const_value));
        listed.filter_map(|value| self.tree.as_str(*value)).map(str::to_owned).collect()
    }

    fn tell_header(
        &mut self,
        header: Described,
        parameter: &model::Parameter,
        values: &[String],
        operation: &mut Operation,
    ) {
        let described: Vec<&Content> = match header {
            Described::Accept => success_contents(operation).collect(),
            Described::ContentType => operation.body.iter().flat_map(|body| &body.contents).collect(),
            Described::Authorization => Vec::new(),
        };
        let fitting: Vec<AskedFor> = values.iter().filter_map(|value| fitting(value, &described)).collect();
        let label = match header {
            Described::Accept if !fitting.is_empty() => "its values say what is asked for",
            Described::Authorization if operation.security.is_empty() => "credentials that no `security` asks for",
            _ => "it is ignored here",
        };
        let place = self.tree.place(parameter.at);
        self.collector
            .report(&HEADER_NOT_PARAMETER, place)
            .message(format!("the header `{}` cannot be a parameter", parameter.name))
            .label(label)
            .help(header.help());
        if !values.is_empty() && fitting.is_empty() && !described.is_empty() {
            let has: Vec<String> = described.iter().map(|content| format!("`{}`", content.media_type)).collect();
            let whose = if header == Described::Accept { "the answers have" } else { "the body is" };
            self.collector
                .report(&HEADER_CONTRADICTS, place)
                .message(format!("`{}` cannot be what this parameter says", parameter.name))
                .label(format!("{whose} {}", has.join(", ")))
                .help("list the content types that `content` has, or remove the parameter")
                .recovery("`content` counts");
        }
        if header == Described::Accept {
            operation.asks_for = fitting;
        }
    }
}

fn success_contents(operation: &Operation) -> impl Iterator<Item = &Content> {
    let is_success = |status: Status| matches!(status, Status::Code(200..=299) | Status::Range(2));
    operation.answers.iter().filter(move |answer| is_success(answer.status)).flat_map(|answer| &answer.contents)
}

/// A value that names one of the contents, or one that is read in the same way under another name.
fn fitting(value: &str, contents: &[&Content]) -> Option<AskedFor> {
    let codec = codec_of(value);
    let plain = value.contains('/') && value.bytes().all(|byte| (0x20..0x7f).contains(&byte));
    let named = |content: &&&Content| content.media_type.trim().eq_ignore_ascii_case(value.trim());
    let alike = |content: &&&Content| content.codec == codec && matches!(codec, Codec::Json | Codec::Form);
    let found = contents.iter().find(named).or_else(|| contents.iter().find(alike)).filter(|_| plain)?;
    Some(AskedFor { media_type: value.trim().to_owned(), codec: found.codec })
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::api_of;

    /// What is told, and what is asked for.
    #[track_caller]
    fn check(parameters: &str, content: &str, told: &[(&str, &str)], asks_for: &[&str]) {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: Shop, version: '1'}}\npaths:\n  /a:\n    post:\n      parameters: [{parameters}]\n      \
             requestBody: {{content: {{application/json: {{schema: {{type: object}}}}}}}}\n      \
             responses: {{'200': {{description: ok, content: {{{content}}}}}}}\n"
        );
        let (api, faults) = api_of("shop.yaml", &text);
        let found: Vec<(&str, &str)> = faults.iter().map(|fault| (fault.code.id, fault.label.as_str())).collect();
        assert_eq!(found, told);
        let operation = api.unwrap().operations.remove(0);
        assert!(operation.parameters.is_empty());
        let found: Vec<String> = operation.asks_for.into_iter().map(|asked| asked.media_type).collect();
        assert_eq!(found, asks_for);
    }

    const JSON: &str = "application/json: {schema: {type: object}}";

    #[test]
    fn headers_that_are_described_elsewhere_are_told() {
        check(
            "{name: Authorization, in: header, schema: {type: string}}, {name: content-type, in: header, schema: {type: string}}",
            JSON,
            &[("TW0520", "credentials that no `security` asks for"), ("TW0520", "it is ignored here")],
            &[],
        );
    }

    #[test]
    fn values_of_accept_say_what_is_asked_for() {
        check(
            "{name: Accept, in: header, schema: {type: string, enum: [application/vnd.shop+json, text/csv, application/pdf]}}",
            &format!("{JSON}, text/csv: {{schema: {{type: string}}}}"),
            &[("TW0520", "its values say what is asked for")],
            &["application/vnd.shop+json", "text/csv"],
        );
    }

    #[test]
    fn contradictions_are_told() {
        check(
            "{name: Accept, in: header, schema: {const: application/pdf}}, \
             {name: Content-Type, in: header, schema: {enum: [text/xml]}}",
            JSON,
            &[
                ("TW0520", "it is ignored here"),
                ("TW0521", "the answers have `application/json`"),
                ("TW0520", "it is ignored here"),
                ("TW0521", "the body is `application/json`"),
            ],
            &[],
        );
    }
}

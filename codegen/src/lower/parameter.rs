//! Parameters: merged from path item and operation, with style and type.

use std::collections::BTreeMap;

use openapiv3::{PathStyle, QueryStyle};

use crate::api::{Codec, Context, Docs, Limits, Location, Parameter, Raw, Shape, Style, Use, WholeQuery};
use crate::lower::all_of::node;
use crate::lower::content_type::codec_of;
use crate::lower::{Lowering, header};
use crate::normalise::model::{self, CookieStyle, Format, Place, SchemaId, Slot};
use crate::tree::NodeId;

impl<'a> Lowering<'a> {
    /// The parameters of an operation: those of its path item, replaced by its own of the same name and place. Path
    /// parameters come first, in the template's order.
    pub(super) fn lower_parameters(
        &mut self,
        operation: usize,
        path: &str,
        shared: &'a [Slot<model::Parameter>],
        own: &'a [Slot<model::Parameter>],
    ) -> Vec<Parameter> {
        let mut merged: Vec<(&'a model::Parameter, Option<&'a str>)> = Vec::new();
        for parameter in shared.iter().chain(own) {
            let found = self.parameter(parameter);
            match merged.iter_mut().find(|other| same(other.0, found.0)) {
                Some(other) => *other = found,
                None => merged.push(found),
            }
        }
        merged.retain(|(parameter, _)| !self.is_ignored(parameter));
        let lowered = merged.into_iter().map(|(parameter, shared)| self.lower_parameter(operation, parameter, shared));
        let mut parameters: Vec<Parameter> = lowered.collect();
        let place = |name: &str| path.find(&format!("{{{name}}}")).unwrap_or(usize::MAX);
        parameters.sort_by_cached_key(|parameter| match parameter.location {
            Location::Path => place(&parameter.wire_name),
            _ => usize::MAX,
        });
        parameters
    }

    /// A parameter, with the key of the component that it is.
    pub(super) fn parameter(&self, parameter: &'a Slot<model::Parameter>) -> (&'a model::Parameter, Option<&'a str>) {
        let model: &'a model::Model = self.model;
        parameter.get(&model.document.components.parameters)
    }

    /// `Accept`, `Content-Type` and `Authorization` are no parameters (3.1, 4.8.12.1); those that the document reserves or
    /// sets by a call's own method are none either.
    fn is_ignored(&self, parameter: &model::Parameter) -> bool {
        parameter.place == Place::Header
            && (header::described(&parameter.name).is_some() || self.is_header_of_client(&parameter.name))
    }

    /// Whether the document says that the client itself sets this header.
    pub(super) fn is_header_of_client(&self, name: &str) -> bool {
        let facts = &self.model.facts;
        let mut declared = facts.reserved_headers.iter().chain(facts.call_headers.values());
        declared.any(|known| known.eq_ignore_ascii_case(name))
    }

    fn lower_parameter(
        &mut self,
        operation: usize,
        parameter: &'a model::Parameter,
        shared: Option<&str>,
    ) -> Parameter {
        let at = parameter.at;
        let context = match shared {
            Some(key) => [Context::Component(key.to_owned()), Context::Parameter(String::new())],
            None => [Context::Operation(operation), Context::Parameter(parameter.name.clone())],
        };
        let (location, style, allow_reserved) = travel(&parameter.place);
        let (whole, (of, schema, style)) = match parameter.place {
            Place::WholeQuery { .. } => {
                let (whole, of, schema) = self.lower_whole_query(&context, &parameter.format, at);
                (Some(whole), (of, schema, style))
            }
            _ => (None, self.lower_format(&context, &parameter.format, style, at)),
        };
        let facts = self.model.parameter_facts.get(&at);
        let mut docs = self.docs_of_parameter(parameter.description.as_ref(), parameter.deprecated, schema, of);
        docs.notes.extend(self.default_of_parameter(schema).map(assumed));
        Parameter {
            wire_name: parameter.name.clone(),
            name: facts.and_then(|facts| facts.name.clone()),
            location,
            of: self.with_messages(at, of),
            required: parameter.required,
            style,
            explode: parameter.explode.unwrap_or(matches!(style, Style::Form | Style::Cookie)),
            allow_reserved,
            segments: location == Location::Path && facts.is_some_and(|facts| facts.segments),
            filter: facts.and_then(|facts| facts.filter),
            whole,
            part: None,
            generated: false,
            docs,
            origin: at,
            pointer: parameter.pointer.clone(),
        }
    }

    /// 3.2's `in: querystring`: what a body of this content type would be, as the whole query. What is neither a form nor
    /// JSON is a text that the caller writes.
    fn lower_whole_query(
        &mut self,
        context: &[Context],
        format: &'a Format,
        at: NodeId,
    ) -> (WholeQuery, Use, Option<SchemaId>) {
        let (content, schema) = match format {
            Format::Content(content) => {
                let schema = content.first().and_then(|(_, media)| media.schema);
                (self.lower_contents(context, content).into_iter().next(), schema)
            }
            Format::Schema(_) => (None, None),
        };
        let form = WholeQuery { codec: Codec::Form, encoding: BTreeMap::new() };
        let Some(content) = content else { return (form, self.untyped(Codec::Form, at), None) };
        match content.codec {
            Codec::Json => (WholeQuery { codec: Codec::Json, ..form }, content.of, schema),
            Codec::Form => (WholeQuery { encoding: content.encoding, ..form }, content.of, schema),
            _ => (WholeQuery { codec: Codec::Text, ..form }, self.plain_text(at), schema),
        }
    }

    /// Type and style by `schema` or `content`.
    pub(super) fn lower_format(
        &mut self,
        context: &[Context],
        format: &'a Format,
        style: Style,
        at: NodeId,
    ) -> (Use, Option<SchemaId>, Style) {
        let (schema, style) = match format {
            Format::Schema(schema) => (Some(*schema), style),
            Format::Content(content) => match content.first() {
                Some((media_type, media)) => {
                    let json = codec_of(media_type) == Codec::Json;
                    (media.schema, if json { Style::Json } else { style })
                }
                None => (None, style),
            },
        };
        let of = match schema {
            Some(schema) => {
                self.roots.entry(schema).or_insert_with(|| context.to_vec());
                self.lower_use(schema)
            }
            None if style == Style::Json => {
                Use { ty: self.types.intern(Shape::Any(Raw::Declared), at, ""), nullable: false }
            }
            None => self.plain_text(at),
        };
        (of, schema, style)
    }

    /// Any text.
    pub(super) fn plain_text(&mut self, at: NodeId) -> Use {
        let shape = Shape::String { format: None, limits: Limits::default(), sensitive: false };
        Use { ty: self.types.intern(shape, at, ""), nullable: false }
    }

    /// Words that the parameter itself has for a violated check of its scalar type.
    fn with_messages(&mut self, at: NodeId, of: Use) -> Use {
        let Some(facts) = self.model.parameter_facts.get(&at).filter(|facts| !facts.messages.is_empty()) else {
            return of;
        };
        let mut shape = self.types.shape(of.ty).clone();
        let limits = match &mut shape {
            Shape::String { limits, .. } | Shape::Integer { limits, .. } | Shape::Number { limits, .. } => limits,
            Shape::Array { limits, .. } | Shape::Map { limits, .. } => limits,
            _ => return of,
        };
        for (keyword, message) in &facts.messages {
            crate::lower::limits::reword(limits, keyword, message);
        }
        Use { ty: self.types.intern(shape, at, ""), ..of }
    }

    /// Words of a parameter or header: its own, else those of its schema.
    pub(super) fn docs_of_parameter(
        &self,
        description: Option<&String>,
        deprecated: bool,
        schema: Option<SchemaId>,
        of: Use,
    ) -> Docs {
        let mut docs = schema.map(|schema| self.docs_of_use(&[schema], of)).unwrap_or_default();
        if description.is_some() {
            docs.description = description.cloned();
            docs.summary = None;
        }
        docs.deprecated |= deprecated;
        docs
    }

    /// The default of a parameter's or header's schema, as JSON.
    pub(super) fn default_of_parameter(&self, schema: Option<SchemaId>) -> Option<String> {
        let node = node(self.model, schema?);
        self.default_of(&self.chain(node))
    }
}

/// What a default means where nobody sends it.
pub(super) fn assumed(default: String) -> String {
    format!("The server assumes `{default}` when it is left out.")
}

fn same(left: &model::Parameter, right: &model::Parameter) -> bool {
    travel(&left.place).0 == travel(&right.place).0 && left.name == right.name
}

/// Where a parameter travels, how it becomes text, and whether reserved characters stay.
fn travel(place: &Place) -> (Location, Style, bool) {
    match place {
        Place::Query { style, allow_reserved } => (Location::Query, query_style(style), *allow_reserved),
        Place::WholeQuery { allow_reserved } => (Location::Query, Style::Form, *allow_reserved),
        Place::Header => (Location::Header, Style::Simple, false),
        Place::Path { style, allow_reserved } => (Location::Path, path_style(style), *allow_reserved),
        Place::Cookie(CookieStyle::Plain) => (Location::Cookie, Style::Cookie, false),
        Place::Cookie(CookieStyle::Form) => (Location::Cookie, Style::Form, false),
    }
}

fn path_style(style: &PathStyle) -> Style {
    match style {
        PathStyle::Simple => Style::Simple,
        PathStyle::Label => Style::Label,
        PathStyle::Matrix => Style::Matrix,
    }
}

pub(super) fn query_style(style: &QueryStyle) -> Style {
    match style {
        QueryStyle::Form => Style::Form,
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => Style::DeepObject,
    }
}

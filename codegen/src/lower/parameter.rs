//! Parameters: merged from path item and operation, with style and type.

use std::collections::BTreeMap;

use openapiv3::{ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr};

use crate::api::{Codec, Context, Docs, Limits, Location, Parameter, Raw, Shape, Style, Use, WholeQuery};
use crate::lower::all_of::node;
use crate::lower::body::codec_of;
use crate::lower::{Lowering, header};
use crate::normalise::model::{
    Model, SchemaId, component_key, is_plain_cookie, is_whole_query, keeps_reserved, origin, schema_id,
};
use crate::tree::NodeId;

/// A parameter with the key of the component that it is shared by.
pub(super) type Found<'a> = (Option<String>, &'a openapiv3::Parameter);

impl<'a> Lowering<'a> {
    /// The parameters of an operation: those of its path item, replaced by its own of the same name and place. Path
    /// parameters come first, in the template's order.
    pub(super) fn lower_parameters(
        &mut self,
        operation: usize,
        path: &str,
        shared: &'a [ReferenceOr<openapiv3::Parameter>],
        own: &'a [ReferenceOr<openapiv3::Parameter>],
    ) -> Vec<Parameter> {
        let mut merged: Vec<Found<'a>> = Vec::new();
        for parameter in shared.iter().chain(own) {
            let Some(found) = self.resolve_parameter(parameter) else { continue };
            match merged.iter_mut().find(|other| same(other.1, found.1)) {
                Some(other) => *other = found,
                None => merged.push(found),
            }
        }
        merged.retain(|(_, parameter)| !self.is_ignored(parameter));
        let lowered = merged.into_iter().filter_map(|found| self.lower_parameter(operation, found));
        let mut parameters: Vec<Parameter> = lowered.collect();
        let place = |name: &str| path.find(&format!("{{{name}}}")).unwrap_or(usize::MAX);
        parameters.sort_by_cached_key(|parameter| match parameter.location {
            Location::Path => place(&parameter.wire_name),
            _ => usize::MAX,
        });
        parameters
    }

    pub(super) fn resolve_parameter(&self, parameter: &'a ReferenceOr<openapiv3::Parameter>) -> Option<Found<'a>> {
        match parameter {
            ReferenceOr::Item(item) => Some((None, item)),
            ReferenceOr::Reference { .. } => {
                let key = component_key(parameter)?;
                let model: &'a Model = self.model;
                let item = model.openapi.components.as_ref()?.parameters.get(&key)?.as_item()?;
                Some((Some(key), item))
            }
        }
    }

    /// `Accept`, `Content-Type` and `Authorization` are no parameters (3.1, 4.8.12.1); those that the document reserves or
    /// sets by a call's own method are none either.
    fn is_ignored(&self, parameter: &openapiv3::Parameter) -> bool {
        let openapiv3::Parameter::Header { parameter_data, .. } = parameter else { return false };
        header::described(&parameter_data.name).is_some() || self.is_header_of_client(&parameter_data.name)
    }

    /// Whether the document says that the client itself sets this header.
    pub(super) fn is_header_of_client(&self, name: &str) -> bool {
        let facts = &self.model.facts;
        let mut declared = facts.reserved_headers.iter().chain(facts.call_headers.values());
        declared.any(|known| known.eq_ignore_ascii_case(name))
    }

    fn lower_parameter(&mut self, operation: usize, (shared, parameter): Found<'a>) -> Option<Parameter> {
        let data = parameter.parameter_data_ref();
        let at = origin(&data.extensions).unwrap_or(NodeId(0));
        let context = match shared {
            Some(key) => [Context::Component(key), Context::Parameter(String::new())],
            None => [Context::Operation(operation), Context::Parameter(data.name.clone())],
        };
        let (location, style, allow_reserved) = travel(parameter);
        let whole = is_whole_query(data).then(|| self.lower_whole_query(&context, data, at));
        let (whole, (of, schema, style)) = match whole {
            Some((whole, of, schema)) => (Some(whole), (of, schema, style)),
            None => (None, self.lower_format(&context, &data.format, style, at)),
        };
        let facts = self.model.parameter_facts.get(&at);
        let mut docs = self.docs_of_parameter(data.description.as_ref(), data.deprecated, schema, of);
        docs.notes.extend(self.default_of_parameter(schema).map(assumed));
        Some(Parameter {
            wire_name: data.name.clone(),
            name: facts.and_then(|facts| facts.name.clone()),
            location,
            of: self.with_messages(at, of),
            required: data.required || location == Location::Path,
            style,
            explode: data.explode.unwrap_or(matches!(style, Style::Form | Style::Cookie)),
            allow_reserved,
            segments: location == Location::Path && facts.is_some_and(|facts| facts.segments),
            filter: facts.and_then(|facts| facts.filter),
            whole,
            part: None,
            generated: false,
            docs,
            origin: at,
            pointer: self.pointer(at),
        })
    }

    /// 3.2's `in: querystring`: what a body of this content type would be, as the whole query. What is neither a form nor
    /// JSON is a text that the caller writes.
    fn lower_whole_query(
        &mut self,
        context: &[Context],
        data: &'a ParameterData,
        at: NodeId,
    ) -> (WholeQuery, Use, Option<SchemaId>) {
        let (content, schema) = match &data.format {
            ParameterSchemaOrContent::Content(content) => {
                let schema = content.first().and_then(|(_, media)| media.schema.as_ref().and_then(schema_id));
                (self.lower_contents(context, content, at).into_iter().next(), schema)
            }
            ParameterSchemaOrContent::Schema(_) => (None, None),
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
        format: &'a ParameterSchemaOrContent,
        style: Style,
        at: NodeId,
    ) -> (Use, Option<SchemaId>, Style) {
        let (schema, style) = match format {
            ParameterSchemaOrContent::Schema(schema) => (schema_id(schema), style),
            ParameterSchemaOrContent::Content(content) => match content.first() {
                Some((media_type, media)) => {
                    let json = codec_of(media_type) == Codec::Json;
                    (media.schema.as_ref().and_then(schema_id), if json { Style::Json } else { style })
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
        deprecated: Option<bool>,
        schema: Option<SchemaId>,
        of: Use,
    ) -> Docs {
        let mut docs = schema.map(|schema| self.docs_of_use(&[schema], of)).unwrap_or_default();
        if description.is_some() {
            docs.description = description.cloned();
            docs.summary = None;
        }
        docs.deprecated |= deprecated == Some(true);
        docs
    }

    /// The default of a parameter's or header's schema, as JSON.
    pub(super) fn default_of_parameter(&self, schema: Option<SchemaId>) -> Option<String> {
        let node = node(self.model, schema?)?;
        self.default_of(&self.chain(node))
    }

    /// The JSON pointer of something that has an origin.
    pub(super) fn pointer(&self, at: NodeId) -> String {
        self.model.pointers.get(&at).cloned().unwrap_or_default()
    }
}

/// What a default means where nobody sends it.
pub(super) fn assumed(default: String) -> String {
    format!("The server assumes `{default}` when it is left out.")
}

fn same(left: &openapiv3::Parameter, right: &openapiv3::Parameter) -> bool {
    travel(left).0 == travel(right).0 && left.parameter_data_ref().name == right.parameter_data_ref().name
}

/// Where a parameter travels, how it becomes text, and whether reserved characters stay.
fn travel(parameter: &openapiv3::Parameter) -> (Location, Style, bool) {
    use openapiv3::Parameter as P;
    match parameter {
        P::Query { style, allow_reserved, .. } => (Location::Query, query_style(style), *allow_reserved),
        P::Header { .. } => (Location::Header, Style::Simple, false),
        P::Path { style, parameter_data } => (Location::Path, path_style(style), keeps_reserved(parameter_data)),
        P::Cookie { parameter_data, .. } if is_plain_cookie(parameter_data) => (Location::Cookie, Style::Cookie, false),
        P::Cookie { .. } => (Location::Cookie, Style::Form, false),
    }
}

fn path_style(style: &PathStyle) -> Style {
    match style {
        PathStyle::Simple => Style::Simple,
        PathStyle::Label => Style::Label,
        PathStyle::Matrix => Style::Matrix,
    }
}

fn query_style(style: &QueryStyle) -> Style {
    match style {
        QueryStyle::Form => Style::Form,
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => Style::DeepObject,
    }
}

//! The `Api` as compact text, for comparison in tests.

use crate::api::*;

/// Every named type, in the order of their ids.
pub(crate) fn types(api: &Api) -> String {
    let mut out = String::new();
    for (ty, id) in api.types.iter().zip(0..) {
        let id = TypeId(id);
        match &ty.shape {
            Shape::Object(object) => write_object(api, id, object, &mut out),
            Shape::Union(union) => write_union(api, id, union, &mut out),
            Shape::Enum(list) => {
                let values: Vec<String> = list.values.iter().map(value).collect();
                out.push_str(&format!("{} = enum {}{}\n", label(api, id), values.join(" "), limits(&list.limits)));
            }
            _ => {}
        }
    }
    out
}

fn value(value: &EnumValue) -> String {
    let name = value.name.as_ref().map(|name| format!(" as {name}")).unwrap_or_default();
    let words = value.description.as_ref().map(|words| format!(" \"{words}\"")).unwrap_or_default();
    format!("[{}{name}{words}]", value.wire)
}

fn write_object(api: &Api, id: TypeId, object: &Object, out: &mut String) {
    let parents: Vec<String> = object.parents.iter().map(|parent| label(api, *parent)).collect();
    let parents = if parents.is_empty() { String::new() } else { format!(" < {}", parents.join(", ")) };
    out.push_str(&format!("{} = object{parents}{}{}\n", label(api, id), limits(&object.limits), docs(api, id)));
    for property in &object.properties {
        out.push_str(&format!("  {}\n", member(api, property)));
    }
    if let Additional::Typed(of) = object.additional {
        out.push_str(&format!("  *: {}\n", text(api, of)));
    }
}

fn docs(api: &Api, id: TypeId) -> String {
    api.types.get(id.0 as usize).map(|ty| words(&ty.docs)).unwrap_or_default()
}

fn words(docs: &Docs) -> String {
    let mut out = String::new();
    for text in docs.summary.iter().chain(&docs.description).chain(&docs.notes) {
        out.push_str(&format!(" // {text}"));
    }
    if docs.deprecated {
        out.push_str(" deprecated");
    }
    out
}

fn member(api: &Api, property: &Property) -> String {
    let mark = if property.required { "!" } else { "" };
    let name = property.name.as_ref().map(|name| format!(" as {name}")).unwrap_or_default();
    let mut line = format!("{}{mark}{name}: {}", property.wire_name, text(api, property.of));
    for (flag, set) in [
        ("readOnly", property.read_only),
        ("writeOnly", property.write_only),
        ("sensitive", property.sensitive),
        ("wellFormed", property.well_formed),
    ] {
        if set {
            line.push_str(&format!(" {flag}"));
        }
    }
    if let Some(default) = &property.default {
        line.push_str(&format!(" = {default}"));
    }
    if let Some(only) = &property.only {
        line.push_str(&format!(" only {only}"));
    }
    if let Some(fill) = &property.fill {
        line.push_str(&format!(" filled with {fill}"));
    }
    if property.trim {
        line.push_str(" trimmed");
    }
    line + &words(&property.docs)
}

fn write_union(api: &Api, id: TypeId, union: &Union, out: &mut String) {
    let by = union.discriminator.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
    out.push_str(&format!("{} = union{by}{}\n", label(api, id), docs(api, id)));
    for variant in &union.variants {
        let other = variant.fallback.then_some("else");
        let tags: Vec<&str> = variant.tags.iter().map(String::as_str).chain(other).collect();
        let tags = if tags.is_empty() { String::new() } else { format!("{} -> ", tags.join(", ")) };
        let hint = variant.hint.as_ref().map(|hint| format!(" '{hint}'")).unwrap_or_default();
        out.push_str(&format!("  {tags}{}{hint}\n", text(api, variant.of)));
    }
}

/// A type where it is used: names of named types, the shape of all others.
pub(crate) fn text(api: &Api, of: Use) -> String {
    let null = if of.nullable { "?" } else { "" };
    let Some(ty) = api.types.get(of.ty.0 as usize) else { return "nothing".to_owned() };
    let shape = match &ty.shape {
        Shape::Any(_) => "any".to_owned(),
        Shape::Null => "null".to_owned(),
        Shape::Boolean => "boolean".to_owned(),
        Shape::Integer { format, limits } => scalar("integer", format.as_deref(), limits),
        Shape::Number { format, limits } => scalar("number", format.as_deref(), limits),
        Shape::String { format, limits, sensitive } => {
            let secret = if *sensitive { "secret " } else { "" };
            format!("{secret}{}", scalar("string", format.as_deref(), limits))
        }
        Shape::Array { items, limits: checks } => format!("[{}]{}", text(api, *items), limits(checks)),
        Shape::Tuple { places } => {
            let places: Vec<String> = places.iter().map(|of| text(api, *of)).collect();
            format!("({})", places.join(", "))
        }
        Shape::Map { values, limits: checks, verbatim } => {
            let verbatim = if *verbatim { "verbatim " } else { "" };
            format!("{verbatim}{{{}}}{}", text(api, *values), limits(checks))
        }
        Shape::Enum(_) | Shape::Object(_) | Shape::Union(_) => label(api, of.ty),
    };
    format!("{shape}{null}")
}

fn scalar(kind: &str, format: Option<&str>, checks: &Limits) -> String {
    let format = format.map(|format| format!(":{format}")).unwrap_or_default();
    format!("{kind}{format}{}", limits(checks))
}

fn limits(limits: &Limits) -> String {
    let checks: Vec<String> = limits.checks.iter().map(check).collect();
    if checks.is_empty() { String::new() } else { format!("<{}>", checks.join(", ")) }
}

fn check(check: &Check) -> String {
    let words = check.message.as_ref().map(|words| format!(" '{words}'")).unwrap_or_default();
    let rule = match &check.rule {
        Rule::Minimum(text) => format!(">={text}"),
        Rule::ExclusiveMinimum(text) => format!(">{text}"),
        Rule::Maximum(text) => format!("<={text}"),
        Rule::ExclusiveMaximum(text) => format!("<{text}"),
        Rule::MultipleOf(text) => format!("*{text}"),
        Rule::MinLength(count) => format!("length>={count}"),
        Rule::MaxLength(count) => format!("length<={count}"),
        Rule::Pattern(text) => format!("/{text}/"),
        Rule::MinCount(count) => format!("count>={count}"),
        Rule::MaxCount(count) => format!("count<={count}"),
        Rule::Unique => "unique".to_owned(),
        Rule::OneOf(texts) => format!("one of {}", texts.join("|")),
        Rule::AnyRequired(sets) => format!("any of {sets:?}"),
        Rule::Object => "object".to_owned(),
        Rule::MaxBytes(count) => format!("bytes<={count}"),
        Rule::ReservedKeys(keys) => format!("not {}", keys.join("|")),
        Rule::NamedMembers => "named".to_owned(),
    };
    rule + &words
}

/// What a type is called by: its component, else its place.
pub(crate) fn label(api: &Api, id: TypeId) -> String {
    let Some(ty) = api.types.get(id.0 as usize) else { return "nothing".to_owned() };
    let explicit = ty.naming.explicit.as_ref().map(|name| format!("@{name}")).unwrap_or_default();
    if let Some(key) = &ty.naming.component {
        return format!("{key}{explicit}");
    }
    let path: String = ty.naming.context.iter().map(|step| context(api, step)).collect();
    format!("{path}{explicit}")
}

fn context(api: &Api, step: &Context) -> String {
    match step {
        Context::Type(id) => label(api, *id),
        Context::Operation(index) => format!("op{index}"),
        Context::Component(key) => format!("({key})"),
        Context::RequestBody => "/body".to_owned(),
        Context::Answer(status) => format!("/{status}"),
        Context::Content(media_type) => format!("<{media_type}>"),
        Context::Parameter(name) => format!("?{name}"),
        Context::Property(name) => format!(".{name}"),
        Context::Item => "[]".to_owned(),
        Context::Place(index) => format!("[{index}]"),
        Context::Value => "{}".to_owned(),
        Context::Variant(place, hint) => format!("|{}", hint.clone().unwrap_or_else(|| place.to_string())),
    }
}

/// Every operation.
pub(crate) fn operations(api: &Api) -> String {
    api.operations.iter().map(|operation| one(api, operation)).collect()
}

fn one(api: &Api, operation: &Operation) -> String {
    let id = operation.operation_id.as_ref().map(|id| format!(" {id}")).unwrap_or_default();
    let tag = operation.tag.as_ref().map(|tag| format!(" #{tag}")).unwrap_or_default();
    let mut out = format!("{} {}{id}{tag}{}\n", operation.method, operation.path, words(&operation.docs));
    for parameter in &operation.parameters {
        out.push_str(&format!("  {:?} {}\n", parameter.location, self::parameter(api, parameter)));
    }
    if let Some(body) = &operation.body {
        let mark = if body.required { "!" } else { "" };
        body.contents
            .iter()
            .for_each(|content| out.push_str(&format!("  body{mark} {}\n", self::content(api, content))));
    }
    for answer in &operation.answers {
        out.push_str(&format!("  {:?}\n", answer.status));
        answer.contents.iter().for_each(|content| out.push_str(&format!("    {}\n", self::content(api, content))));
        answer.headers.iter().for_each(|header| out.push_str(&format!("    header {}\n", parameter(api, header))));
    }
    for need in &operation.security {
        let schemes = need.iter().filter_map(|need| Some((api.security_schemes.get(need.scheme)?, &need.scopes)));
        let schemes: Vec<String> = schemes.map(|(scheme, scopes)| format!("{}{scopes:?}", scheme.key)).collect();
        out.push_str(&format!("  needs {}\n", schemes.join(" and ")));
    }
    operation.servers.iter().for_each(|server| out.push_str(&format!("  at {}\n", server.url)));
    out
}

fn parameter(api: &Api, parameter: &Parameter) -> String {
    let mark = if parameter.required { "!" } else { "" };
    let explode = if parameter.explode { " explode" } else { "" };
    let reserved = match (parameter.allow_reserved, parameter.segments) {
        (_, true) => " segments",
        (true, _) => " reserved",
        _ if parameter.whole.is_some() => " whole",
        _ => "",
    };
    let part = match &parameter.part {
        Some(of_part) => format!("{}.", of_part.part),
        None => String::new(),
    };
    let usual = match &parameter.part {
        Some(PartHeader { usual: Some(usual), .. }) => format!(" usually {usual}"),
        Some(PartHeader { needed: true, .. }) => " needed".to_owned(),
        _ => String::new(),
    };
    let generated = if parameter.generated { " generated" } else { "" };
    let words = words(&parameter.docs);
    format!(
        "{part}{}{mark}: {} {:?}{explode}{reserved}{generated}{usual}{words}",
        parameter.wire_name,
        text(api, parameter.of),
        parameter.style
    )
}

fn content(api: &Api, content: &Content) -> String {
    let mut line = format!("{} {:?} {}", content.media_type, content.codec, text(api, content.of));
    for (name, encoding) in &content.encoding {
        let explode = if encoding.explode { " explode" } else { "" };
        let content_type = encoding.content_type.as_deref().unwrap_or_default();
        line.push_str(&format!(" {name}({:?}{explode} {content_type})", encoding.style));
    }
    line
}

/// Every message that the API sends, and the headers that they share.
pub(crate) fn webhooks(api: &Api) -> String {
    let mut out = String::new();
    for webhook in &api.webhooks {
        let events = &webhook.request.facts.events;
        let events = if events.is_empty() { String::new() } else { format!(" [{}]", events.join(" ")) };
        let by = webhook.called_by.map(|by| format!(" of {by}")).unwrap_or_default();
        out.push_str(&format!("{}{events}{by}{}\n", webhook.wire_name, words(&webhook.request.docs)));
        let contents = webhook.request.body.iter().flat_map(|body| &body.contents);
        contents.for_each(|content| out.push_str(&format!("  {}\n", self::content(api, content))));
    }
    if let Some(Shape::Object(object)) = api.webhook_headers.and_then(|id| Some(&api.types.get(id.0 as usize)?.shape)) {
        out.push_str("headers\n");
        object.properties.iter().for_each(|property| out.push_str(&format!("  {}\n", member(api, property))));
    }
    out
}

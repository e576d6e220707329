//! What `openapiv3` demands of an object beyond what the versions that it does not know allow.
//!
//! One function per kind of object; each adds what is missing or takes away what cannot be read, and nothing that a client
//! would send differently for it.

use super::Copier;
use crate::normalise::document::Noun;
use crate::normalise::document::Version;
use crate::normalise::model::{PLAIN_COOKIE, RESERVED_IN_PATH, STYLE_OF_FORMS, WHOLE_QUERY, WITHOUT_STYLE};
use crate::tree::{Member, NodeId, Value};

/// Adapts the copied members of the object at `node`.
pub(super) fn adapt(copier: &mut Copier<'_>, kind: Noun, node: NodeId, members: &mut Vec<Member>) {
    match kind {
        Noun::Operation => {
            absent(copier, node, members, ("responses", Value::Mapping(Vec::new())));
        }
        Noun::Response => absent(copier, node, members, ("description", Value::String("".into()))),
        Noun::Parameter => parameter(copier, node, members),
        Noun::Header => {
            members.retain(|member| !matches!(&*member.key, "style" | "name" | "in"));
            typed(copier, node, members);
        }
        Noun::Encoding => encoding(copier, node, members),
        Noun::SecurityScheme => security_scheme(copier, node, members),
        _ => {}
    }
}

fn find(members: &[Member], key: &str) -> Option<NodeId> {
    members.iter().find(|member| &*member.key == key).map(|member| member.value)
}

fn set(copier: &mut Copier<'_>, node: NodeId, members: &mut Vec<Member>, (key, value): (&str, Value)) {
    let value = copier.push(node, value);
    members.retain(|member| &*member.key != key);
    members.push(copier.member(node, key, value));
}

fn absent(copier: &mut Copier<'_>, node: NodeId, members: &mut Vec<Member>, (key, value): (&str, Value)) {
    if find(members, key).is_none() {
        set(copier, node, members, (key, value));
    }
}

/// Exactly one of `schema` and `content`.
fn typed(copier: &mut Copier<'_>, node: NodeId, members: &mut Vec<Member>) {
    match (find(members, "schema"), find(members, "content")) {
        (Some(_), Some(_)) => members.retain(|member| &*member.key != "content"),
        (None, None) => {
            let any = copier.any_schema(node);
            members.push(copier.member(node, "schema", any));
        }
        _ => {}
    }
}

fn parameter(copier: &mut Copier<'_>, node: NodeId, members: &mut Vec<Member>) {
    typed(copier, node, members);
    let location = find(members, "in").and_then(|at| copier.tree.as_str(at)).unwrap_or_default().to_owned();
    if location == "querystring" {
        set(copier, node, members, ("in", Value::String("query".into())));
        set(copier, node, members, (WHOLE_QUERY, Value::Bool(true)));
    }
    if location == "path" {
        set(copier, node, members, ("required", Value::Bool(true)));
        if find(members, "allowReserved").is_some_and(|at| copier.tree.as_bool(at) == Some(true)) {
            set(copier, node, members, (RESERVED_IN_PATH, Value::Bool(true)));
        }
    }
    let style = find(members, "style").and_then(|at| copier.tree.as_str(at));
    if location == "cookie" && style == Some("cookie") {
        set(copier, node, members, (PLAIN_COOKIE, Value::Bool(true)));
        members.retain(|member| &*member.key != "style");
    }
}

/// `explode` is true for `form`, the default style, and false for the others; `openapiv3` would say false.
fn encoding(copier: &mut Copier<'_>, node: NodeId, members: &mut Vec<Member>) {
    if ["style", "explode", "allowReserved"].iter().all(|key| find(members, key).is_none()) {
        set(copier, node, members, (WITHOUT_STYLE, Value::Bool(true)));
    } else if copier.version == Version::V30 {
        set(copier, node, members, (STYLE_OF_FORMS, Value::Bool(true)));
    }
    let style = find(members, "style").and_then(|at| copier.tree.as_str(at));
    let exploded = style.is_none_or(|style| style == "form");
    absent(copier, node, members, ("explode", Value::Bool(exploded)));
}

/// `mutualTLS` reads as an HTTP scheme of that name. Flows get what they must have; `structure` reports what lacks.
fn security_scheme(copier: &mut Copier<'_>, node: NodeId, members: &mut Vec<Member>) {
    let kind = find(members, "type").and_then(|at| copier.tree.as_str(at)).unwrap_or_default();
    if kind == "mutualTLS" {
        set(copier, node, members, ("type", Value::String("http".into())));
        set(copier, node, members, ("scheme", Value::String("mutualTLS".into())));
    } else if kind == "oauth2" {
        let flows = find(members, "flows").map_or_else(Vec::new, |flows| copier.members(flows));
        let flows = flows.into_iter().filter(|flow| copier.tree.as_mapping(flow.value).is_some());
        let flows: Vec<Member> = flows.collect();
        let flows = flows.into_iter().map(|flow| Member { value: oauth_flow(copier, flow.value), ..flow }).collect();
        set(copier, node, members, ("flows", Value::Mapping(flows)));
    }
}

fn oauth_flow(copier: &mut Copier<'_>, flow: NodeId) -> NodeId {
    let mut members = copier.members(flow);
    members.retain(|member| matches!(&*member.key, "authorizationUrl" | "tokenUrl" | "refreshUrl" | "scopes"));
    for url in ["authorizationUrl", "tokenUrl"] {
        absent(copier, flow, &mut members, (url, Value::String("".into())));
    }
    let scopes = find(&members, "scopes").map_or_else(Vec::new, |scopes| copier.members(scopes));
    let scopes = texts(copier, scopes);
    set(copier, flow, &mut members, ("scopes", Value::Mapping(scopes)));
    copier.push(flow, Value::Mapping(members))
}

/// Scalars as strings: `default: 443` in YAML means the text.
fn texts(copier: &mut Copier<'_>, members: Vec<Member>) -> Vec<Member> {
    members.into_iter().map(|member| Member { value: text(copier, member.value), ..member }).collect()
}

fn text(copier: &mut Copier<'_>, at: NodeId) -> NodeId {
    match copier.tree.value(at) {
        Value::Number(_) | Value::Bool(_) => {
            let text = copier.tree.json_text(at);
            copier.push(at, Value::String(text.into()))
        }
        _ => at,
    }
}

/// Servers with their variables, nothing else.
pub(super) fn servers(copier: &mut Copier<'_>, at: NodeId) -> NodeId {
    let mut servers = Vec::new();
    for server in copier.tree.as_sequence(at).unwrap_or_default().to_vec() {
        if copier.tree.as_mapping(server).is_none() {
            continue;
        }
        let mut members = copier.members(server);
        members.retain(|member| matches!(&*member.key, "url" | "description" | "variables"));
        absent(copier, server, &mut members, ("url", Value::String("/".into())));
        for member in &mut members {
            if &*member.key == "variables" {
                let variables = copier.members(member.value);
                let named = variables.into_iter();
                let named =
                    named.map(|entry| Member { value: server_variable(copier, entry.value), ..entry }).collect();
                member.value = copier.push(member.value, Value::Mapping(named));
            }
        }
        servers.push(copier.push(server, Value::Mapping(members)));
    }
    copier.push(at, Value::Sequence(servers))
}

fn server_variable(copier: &mut Copier<'_>, at: NodeId) -> NodeId {
    let mut members = copier.members(at);
    members.retain(|member| matches!(&*member.key, "enum" | "default" | "description"));
    absent(copier, at, &mut members, ("default", Value::String("".into())));
    for member in &mut members {
        member.value = match copier.tree.as_sequence(member.value).map(<[NodeId]>::to_vec) {
            Some(values) => {
                let values = values.into_iter().map(|value| text(copier, value)).collect();
                copier.push(member.value, Value::Sequence(values))
            }
            None => text(copier, member.value),
        };
    }
    copier.push(at, Value::Mapping(members))
}

impl Copier<'_> {
    /// The document's own members.
    pub(super) fn copy_head(&mut self, root: NodeId) {
        let of = |copier: &Self, key: &str| copier.tree.member(root, key).filter(|at| !copier.tree.is_null(*at));
        let info = self.info(root, of(self, "info"));
        self.out.head.insert("info", info);
        if let Some(at) = of(self, "servers") {
            let servers = servers(self, at);
            self.out.head.insert("servers", servers);
        }
        if let Some(at) = of(self, "security") {
            self.out.head.insert("security", at);
        }
        if let Some(at) = of(self, "tags") {
            let tags = self.tree.as_sequence(at).unwrap_or_default().to_vec();
            let tags = tags.into_iter().filter(|tag| self.tree.member_str(*tag, "name").is_some());
            let tags: Vec<NodeId> = tags.collect();
            let tags = tags.into_iter().map(|tag| self.only(tag, &["name", "description"])).collect();
            let tags = self.push(at, Value::Sequence(tags));
            self.out.head.insert("tags", tags);
        }
    }

    fn only(&mut self, at: NodeId, keys: &[&str]) -> NodeId {
        let mut members = self.members(at);
        members.retain(|member| keys.contains(&&*member.key));
        self.push(at, Value::Mapping(members))
    }

    /// 3.1's `summary` opens the description.
    fn info(&mut self, root: NodeId, info: Option<NodeId>) -> NodeId {
        let at = info.unwrap_or(root);
        let mut members = info.map_or_else(Vec::new, |info| self.members(info));
        let of = |key: &str| find(&members, key).and_then(|at| self.tree.as_str(at)).map(str::to_owned);
        let parts: Vec<String> = [of("summary"), of("description")].into_iter().flatten().collect();
        members.retain(|member| matches!(&*member.key, "title" | "version"));
        let mut members = texts(self, members);
        absent(self, at, &mut members, ("title", Value::String("".into())));
        absent(self, at, &mut members, ("version", Value::String("".into())));
        if !parts.is_empty() {
            set(self, at, &mut members, ("description", Value::String(parts.join("\n\n").into())));
        }
        self.push(at, Value::Mapping(members))
    }
}

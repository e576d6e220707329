//! What the structure check says, and what it does about it.

use super::super::document::{Assume, Need, Object, Others, Row, STYLES_OF_PLACES, Words};
use super::{Check, Context, Verdict, Version};
use crate::diagnostic::{Code, Collector, codes, nearest};
use crate::source::{FileId, Place, Sources};
use crate::tree::{Member, NodeId, Tree, Value};

/// Reads `openapi`.
pub(super) fn version_of(tree: &mut Tree, root: NodeId, collector: &mut Collector) -> Option<Version> {
    let Some(member) = tree.entry(root, "openapi") else {
        not_openapi(tree, root, collector);
        return None;
    };
    let place = tree.place(member.value);
    let text = match tree.value(member.value) {
        Value::String(text) | Value::Number(text) => text.clone(),
        _ => "".into(),
    };
    let mut parts = text.trim().split('.');
    match (parts.next(), parts.next()) {
        (Some("3"), Some("0")) => Some(Version::V30),
        (Some("3"), Some("1")) => Some(Version::V31),
        (Some("3"), Some("2")) => Some(Version::V32),
        _ => {
            let report = collector.report(&codes::UNSUPPORTED_VERSION, place);
            report
                .message(format!("OpenAPI `{text}` is not supported"))
                .label("3.0, 3.1 or 3.2 was expected")
                .help("write the version of the specification here, for example `3.1.0`; the API's own version belongs to `info.version`");
            None
        }
    }
}

fn not_openapi(tree: &Tree, root: NodeId, collector: &mut Collector) {
    if let Some(swagger) = tree.entry(root, "swagger") {
        let version = match tree.value(swagger.value) {
            Value::String(text) | Value::Number(text) => text.to_string(),
            _ => String::new(),
        };
        let report = collector.report(&codes::UNSUPPORTED_VERSION, tree.place(swagger.value));
        report
            .message(format!("Swagger {version} is not supported"))
            .label("OpenAPI 3.0, 3.1 or 3.2 was expected")
            .help("convert the document to OpenAPI 3 once, for example with swagger2openapi or converter.swagger.io, and keep the result");
        return;
    }
    let members = tree.as_mapping(root).unwrap_or_default();
    let place = members.first().map_or_else(|| tree.place(root), |member| member.key_place);
    let near = members.iter().find(|member| nearest(&member.key, ["openapi"]).is_some());
    let report = collector.report(&codes::NOT_OPENAPI, near.map_or(place, |member| member.key_place));
    let report = report.message("this is no OpenAPI document").label("the member `openapi` was expected");
    match near {
        Some(member) => report.help(format!("write `openapi` instead of `{}`", member.key)),
        None if tree.entry(root, "overlay").is_some() => {
            report.help("this is an overlay: hand it over as one (`--overlay`), with the document that it changes")
        }
        None => report.help("begin the document with `openapi: 3.1.0`"),
    };
}

impl Check<'_> {
    /// What stands there, for labels.
    fn found(&self, id: NodeId) -> String {
        match self.tree.value(id) {
            Value::Number(text) => format!("the number `{text}`"),
            Value::Bool(value) => format!("`{value}`"),
            _ => self.tree.kind_name(id).to_owned(),
        }
    }

    /// The code of a fault, fatal or harmless, and what is done about it. What is vital to the unit around it spoils that.
    fn harm(&mut self, vital: bool, [fatal, harmless]: [&'static Code; 2]) -> (&'static Code, String) {
        match (vital, self.unit) {
            (false, _) => (harmless, "it is left out".to_owned()),
            (true, None) => (fatal, String::new()),
            (true, Some(unit)) => {
                self.spoilt = true;
                (&codes::LEFT_OUT, format!("{} is left out", unit.name()))
            }
        }
    }

    /// Reports a mistyped value unless it is fine.
    pub(super) fn expect(&mut self, fine: bool, id: NodeId, wanted: &str, context: &Context<'_>) -> Verdict {
        if fine {
            return Verdict::Keep;
        }
        let (code, recovery) = self.harm(context.vital, [&codes::WRONG_TYPE, &codes::WRONG_TYPE_IGNORED]);
        let found = self.found(id);
        self.collector
            .report(code, self.tree.place(id))
            .message(format!("{} must be {wanted}", context.name))
            .label(format!("this is {found}"))
            .help(format!("write {wanted} here"))
            .recovery(recovery);
        Verdict::Drop
    }

    /// Reports a mistyped value whose meaning is clear.
    pub(super) fn reread(&mut self, id: NodeId, wanted: &str, texts: [String; 2], context: &Context<'_>) {
        let [recovery, help] = texts;
        let found = self.found(id);
        self.collector
            .report(&codes::WRONG_TYPE_IGNORED, self.tree.place(id))
            .message(format!("{} must be {wanted}", context.name))
            .label(format!("this is {found}"))
            .help(help)
            .recovery(recovery);
    }

    pub(super) fn word_too_new(&mut self, id: NodeId, word: &str, since: Version) -> Verdict {
        self.collector
            .report(&codes::UNKNOWN_MEMBER, self.tree.place(id))
            .message(format!("`{word}` came with OpenAPI {}", since.name()))
            .label(format!("the document says OpenAPI {}", self.version.name()))
            .help(format!("set `openapi: {}.0`", since.name()));
        Verdict::Keep
    }

    pub(super) fn unknown_word(&mut self, id: NodeId, words: &Words, context: &Context<'_>) -> Verdict {
        let known = words.known.iter().filter(|(_, since)| *since <= self.version).map(|(word, _)| *word);
        let known: Vec<&str> = known.collect();
        let (code, recovery) = self.harm(context.vital, [&codes::WRONG_TYPE, &codes::INVALID_VALUE_IGNORED]);
        let word = self.tree.as_str(id).unwrap_or_default();
        let near = nearest(word, known.iter().copied());
        let report = self.collector.report(code, self.tree.place(id));
        let report = report.message(format!("{} cannot be `{word}`", context.name)).recovery(recovery);
        let report = report.label(expected(&known));
        match (hint(words.hints, word), near) {
            (Some(hint), _) => report.help(hint),
            (None, Some(near)) => report.help(format!("did you mean `{near}`?")),
            (None, None) => report.help("write one of these, or leave it out"),
        };
        Verdict::Drop
    }

    /// Reports a missing member, and puts in what is assumed for it.
    pub(super) fn missing(&mut self, id: NodeId, row: &Row, object: &Object, context: &Context<'_>) -> Verdict {
        let members = self.tree.as_mapping(id).unwrap_or_default();
        let whole = self.tree.place(id);
        let place = context.at.or_else(|| members.first().map(|member| member.key_place)).unwrap_or(whole);
        let vital = row.need == Need::Required;
        let (code, spoilt) = self.harm(vital, [&codes::MISSING_MEMBER, &codes::MISSING_MEMBER_ASSUMED]);
        let report = self.collector.report(code, place);
        let report = report.message(format!("{} has no `{}`", object.name, row.key));
        let report = report.label(format!("`{}` is required here", row.key)).help(format!("add `{}`", row.key));
        let assume = match row.need {
            Need::Optional => return Verdict::Keep,
            Need::Required => {
                report.recovery(spoilt);
                return Verdict::Keep;
            }
            Need::OrDropped => {
                report.recovery(format!("{} is left out", context.name));
                return Verdict::Drop;
            }
            Need::Assumed(assume) => assume,
        };
        report.recovery(match assume {
            Assume::Text("") | Assume::EmptyObject => "it is read as empty".to_owned(),
            Assume::Text(text) => format!("it is read as `{text}`"),
            Assume::Title => format!("it is read as `{}`, after the name of the file", title_of(self.sources)),
            Assume::Info => {
                format!("the title is `{}`, after the name of the file, and the version `0`", title_of(self.sources))
            }
        });
        let value = self.assumed(assume, place);
        let node = self.tree.push(place, value);
        self.tree.set_member(id, row.key, place, node);
        Verdict::Keep
    }

    /// What is taken for a missing member.
    pub(super) fn assumed(&mut self, assume: Assume, place: Place) -> Value {
        match assume {
            Assume::Text(text) => Value::String(text.into()),
            Assume::EmptyObject => Value::Mapping(Vec::new()),
            Assume::Title => Value::String(title_of(self.sources).into()),
            Assume::Info => {
                let title = self.tree.push(place, Value::String(title_of(self.sources).into()));
                let version = self.tree.push(place, Value::String("0".into()));
                let member = |key: &str, value| Member { key: key.into(), key_place: place, value };
                Value::Mapping(vec![member("title", title), member("version", version)])
            }
        }
    }

    /// A member that differs from a known one in upper and lower case only. Schemas may have members of any name.
    pub(super) fn in_other_case(&mut self, id: NodeId, index: usize, object: &'static Object) -> Option<&'static Row> {
        let members = self.tree.as_mapping(id).unwrap_or_default();
        let member = members.get(index).filter(|_| matches!(object.others, Others::Unknown))?;
        let row = object.rows.iter().find(|row| row.key.eq_ignore_ascii_case(&member.key))?;
        if members.iter().any(|other| *other.key == *row.key) {
            return None;
        }
        self.collector
            .report(&codes::KEY_IN_OTHER_CASE, member.key_place)
            .message(format!("`{}` of {} is spelled `{}`", member.key, object.name, row.key))
            .label("OpenAPI tells upper from lower case")
            .help(format!("write `{}`", row.key))
            .recovery(format!("it is read as `{}`", row.key));
        self.tree.set_key(id, index, row.key);
        Some(row)
    }

    /// OpenAPI 3.2 asks each parameter for a name (4.12.1), and does not send that of a whole query.
    pub(super) fn whole_query_name(&mut self, id: NodeId, context: &Context<'_>) {
        const NAME: &str = "query";
        if self.tree.member_str(id, "in") != Some("querystring") || self.tree.entry(id, "name").is_some() {
            return;
        }
        let first = self.tree.as_mapping(id).and_then(|members| members.first()).map(|member| member.key_place);
        let place = context.at.or(first).unwrap_or_else(|| self.tree.place(id));
        self.collector
            .report(&codes::MISSING_MEMBER_ASSUMED, place)
            .message("a parameter has no `name`")
            .label("`name` is required here, although that of a whole query is not sent")
            .help(format!("add `name`, for example `name: {NAME}`"))
            .recovery(format!("it is called `{NAME}`"));
        let node = self.tree.push(place, Value::String(NAME.into()));
        self.tree.set_member(id, "name", place, node);
    }

    /// A member of another version: said, and read all the same.
    pub(super) fn other_version(&mut self, key_place: Place, row: &Row, object: &Object) {
        let version = self.version.name();
        let report = self.collector.report(&codes::UNKNOWN_MEMBER, key_place);
        if row.since > self.version {
            let since = row.since.name();
            report
                .message(format!("`{}` of {} came with OpenAPI {since}", row.key, object.name))
                .label(format!("the document says OpenAPI {version}"))
                .help(format!("set `openapi: {since}.0`"));
        } else {
            let until = row.until.name();
            report
                .message(format!("`{}` of {} ended with OpenAPI {until}", row.key, object.name))
                .label(format!("the document says OpenAPI {version}; it is read all the same"))
                .help("add `null` to the types instead: `type: [string, \"null\"]`");
        }
    }

    /// Reports a member that the table does not have. Since 3.1 a schema may have any annotation: there only what looks
    /// like a slip of the pen is reported.
    pub(super) fn unknown_member(&mut self, id: NodeId, index: usize, object: &Object) -> Verdict {
        let members = self.tree.as_mapping(id).unwrap_or_default();
        let Some(member) = members.get(index) else { return Verdict::Keep };
        let annotations = matches!(object.others, Others::Annotations) && self.version > Version::V30;
        if self.collector.is_full(&codes::UNKNOWN_MEMBER) {
            if !annotations {
                self.collector.report(&codes::UNKNOWN_MEMBER, member.key_place);
            }
            return Verdict::Keep;
        }
        let known = object.rows.iter().filter(|row| row.since <= self.version).map(|row| row.key);
        let near = nearest(&member.key, known);
        if annotations && near.is_none() {
            return Verdict::Keep;
        }
        let near = near.filter(|near| members.iter().all(|member| *member.key != **near));
        let report = self.collector.report(&codes::UNKNOWN_MEMBER, member.key_place);
        let report = report.message(format!("unknown member `{}` of {}", member.key, object.name));
        let report = report.label(format!("OpenAPI {} does not have it here", self.version.name()));
        match (hint(object.hints, &member.key), near) {
            (Some(hint), _) => report.help(hint),
            (None, Some(near)) => report.help(format!("did you mean `{near}`?")),
            (None, None) => report.help(format!("remove it, or write `x-{}` if a tool of yours reads it", member.key)),
        };
        Verdict::Keep
    }

    /// A path without its slash gets one.
    pub(super) fn path_key(&mut self, id: NodeId, index: usize) {
        let Some(member) = self.tree.as_mapping(id).and_then(|members| members.get(index)) else { return };
        if member.key.starts_with('/') {
            return;
        }
        let key = format!("/{}", member.key);
        self.collector
            .report(&codes::BAD_PATH, member.key_place)
            .message(format!("the path `{}` does not begin with a slash", member.key))
            .label("a path was expected here")
            .help(format!("write `{key}`"))
            .recovery(format!("it is read as `{key}`"));
        self.tree.set_key(id, index, &key);
    }

    /// `default`, three digits, or a digit and `XX` (in small letters too, which is said).
    pub(super) fn status_key(&mut self, id: NodeId, index: usize) -> Verdict {
        let Some(member) = self.tree.as_mapping(id).and_then(|members| members.get(index)) else {
            return Verdict::Keep;
        };
        let key = member.key.to_string();
        let class = key.strip_suffix("XX").or_else(|| key.strip_suffix("xx"));
        let digits = class.map_or(key.len() == 3, |class| class.len() == 1);
        let digits = digits && class.unwrap_or(&key).bytes().all(|byte| byte.is_ascii_digit());
        let known = key == "default" || digits && key.starts_with(|first| matches!(first, '1'..='5'));
        if known && !key.ends_with('x') {
            return Verdict::Keep;
        }
        let report = self.collector.report(&codes::INVALID_VALUE_IGNORED, member.key_place);
        let report = report.message(format!("`{key}` is no status")).label("`200`, `4XX` or `default` was expected");
        if known {
            let upper = key.to_ascii_uppercase();
            report.help(format!("write `{upper}`")).recovery(format!("it is read as `{upper}`"));
            self.tree.set_key(id, index, &upper);
            return Verdict::Keep;
        }
        report.help("write the status that the server sends").recovery("this response is left out");
        Verdict::Drop
    }

    pub(super) fn path_parameter(&mut self, id: NodeId, context: &Context<'_>) {
        if self.tree.member_str(id, "in") != Some("path") || self.tree.member_bool(id, "required") == Some(true) {
            return;
        }
        let name = self.tree.member_str(id, "name").unwrap_or_default();
        let entry = self.tree.entry(id, "required").map(|member| self.tree.place(member.value));
        let first = self.tree.as_mapping(id).and_then(|members| members.first()).map(|member| member.key_place);
        let place = entry.or(context.at).or(first).unwrap_or_else(|| self.tree.place(id));
        self.collector
            .report(&codes::MISSING_MEMBER_ASSUMED, place)
            .message(format!("the path parameter `{name}` is not required"))
            .label("`required: true` was expected")
            .help("a path without it would be another path: write `required: true`")
            .recovery("it is required");
        let node = self.tree.push(place, Value::Bool(true));
        self.tree.set_member(id, "required", place, node);
    }

    /// `deepObject` in a path: no server knows what to make of it.
    pub(super) fn style_of_place(&mut self, id: NodeId) {
        let Some(place) = self.tree.member_str(id, "in") else { return };
        let Some((place, styles)) = STYLES_OF_PLACES.iter().find(|(known, _)| *known == place) else { return };
        let Some(entry) = self.tree.entry(id, "style") else { return };
        let Some(style) = self.tree.as_str(entry.value).filter(|style| !styles.contains(style)) else { return };
        let report = self.collector.report(&codes::INVALID_VALUE_IGNORED, self.tree.place(entry.value));
        let report = report.message(format!("a parameter with `in: {place}` cannot have the style `{style}`"));
        match styles.first() {
            Some(default) => report
                .label(expected(styles))
                .help("write how the server reads it, or remove `style`")
                .recovery(format!("it is read as `{default}`")),
            None => report
                .label("it has none: its `content` says how it is written")
                .help("remove `style`")
                .recovery("it is left out"),
        };
        self.tree.remove_member(id, "style");
    }

    /// A server without a host: below which URL it is, nobody knows, unless it begins at the root.
    pub(super) fn server_url(&mut self, id: NodeId) {
        let Some(entry) = self.tree.entry(id, "url") else { return };
        let Some(url) = self.tree.as_str(entry.value) else { return };
        if url.is_empty() || url.starts_with(['/', '{']) || url.contains("://") {
            return;
        }
        let (first, _) = url.split_once('/').unwrap_or((url, ""));
        let names_host = first.trim_matches('.').contains(['.', ':']) || first == "localhost";
        let meant =
            if names_host { format!("https://{url}") } else { format!("/{}", url.trim_start_matches(['.', '/'])) };
        self.collector
            .report(&codes::SERVER_WITHOUT_HOST, self.tree.place(entry.value))
            .message(format!("the server `{url}` names no host"))
            .label("relative to a URL that nobody knows: calls go to the client's base URL")
            .help(format!("write `{meant}`"));
    }

    /// The list form of `items` from before JSON Schema 2020-12 is `prefixItems` now.
    pub(super) fn tuple_items(&mut self, id: NodeId) {
        let members = self.tree.as_mapping(id).unwrap_or_default();
        let Some(index) = members.iter().position(|member| &*member.key == "items") else { return };
        let Some(member) = members.get(index) else { return };
        if self.tree.as_sequence(member.value).is_none() || members.iter().any(|member| &*member.key == "prefixItems") {
            return;
        }
        self.collector
            .report(&codes::WRONG_TYPE_IGNORED, member.key_place)
            .message("`items` of a schema must be a schema")
            .label("a list of schemas is called `prefixItems` since JSON Schema 2020-12")
            .help("write `prefixItems` instead of `items`")
            .recovery("it is read as `prefixItems`");
        self.tree.set_key(id, index, "prefixItems");
    }

    pub(super) fn not_both(&mut self, id: NodeId, first: &str, second: &str) {
        let (Some(kept), Some(other)) = (self.tree.entry(id, first), self.tree.entry(id, second)) else { return };
        self.collector
            .report(&codes::MEMBERS_EXCLUDE_EACH_OTHER, other.key_place)
            .message(format!("`{first}` and `{second}` exclude each other"))
            .label(format!("not beside `{first}`"))
            .help("remove one of the two")
            .related(kept.key_place, "the other one")
            .recovery(format!("`{second}` is left out"));
        self.tree.remove_member(id, second);
    }
}

/// A title for a document without one: the words of its file's name, unless that is what everybody calls such a file.
fn title_of(sources: &Sources) -> String {
    const NAMES_OF_ALL: &[&str] =
        &["", "api", "api-docs", "document", "index", "oas", "openapi", "root", "schema", "spec", "swagger"];
    let name = sources.name(FileId(0));
    let file = name.rsplit('/').next().unwrap_or_default();
    let stem = file.split_once('.').map_or(file, |(stem, _)| stem);
    if NAMES_OF_ALL.contains(&stem.to_ascii_lowercase().as_str()) || name.starts_with('<') {
        return "API".to_owned();
    }
    let words = stem.split(['-', '_', ' ']).filter(|word| !word.is_empty());
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>())
    };
    words.filter_map(capital).collect::<Vec<_>>().join(" ")
}

/// What authors mean by what OpenAPI 3 does not have. What is no mistake of many has no hint, and gets general words.
fn hint(hints: &[(&str, &'static str)], word: &str) -> Option<&'static str> {
    hints.iter().find(|(known, _)| *known == word).map(|(_, help)| *help)
}

/// The label of a value that is none of these.
fn expected(words: &[&str]) -> String {
    let list = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    format!("{}{list} was expected", if words.len() > 1 { "one of " } else { "" })
}

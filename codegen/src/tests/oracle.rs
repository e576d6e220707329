//! `openapiv3` as an oracle: what it reads of a document of OpenAPI 3.0 is what our own structs hold.
//!
//! Every 3.0 document of the golden cases is compared, and those of `../shared/corpus` beside the repository, or of the folder
//! that `TYPEWRIGHT_CORPUS` names, where they are. Compared are paths, operations, parameters, bodies, responses and security.
//! Documents that `openapiv3` cannot read, and references that lead elsewhere than to components, are no part of it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Collector, Profile};
use crate::normalise::model::{self, Document, Format, Place, SchemeKind, Slot, Styled};
use crate::normalise::normalise;
use crate::read::{load_referenced, read};
use crate::source::{FileId, Sources};
use openapiv3::{APIKeyLocation, OpenAPI, ParameterSchemaOrContent, QueryStyle, ReferenceOr};

/// What both say of a document, each as lines of text. `None`: one of them refuses it, or it is no document of 3.0.
fn told(path: &Path) -> Option<(String, String)> {
    let mut sources = Sources::default();
    sources.add(path.to_string_lossy(), std::fs::read(path).ok()?);
    load_referenced(&mut sources, &mut |name| std::fs::read(name).map_err(|error| error.to_string()));
    let mut collector = Collector::new(Profile::Lenient);
    let mut documents = read(&sources, &mut collector);
    let root = documents.root(FileId(0))?;
    documents.tree.member_str(root, "openapi").filter(|version| version.starts_with("3.0"))?;
    let theirs: OpenAPI = serde_json::from_str(&documents.tree.json_text(root)).ok()?;
    // It does not follow the references of paths.
    theirs.paths.iter().all(|(_, item)| item.as_item().is_some()).then_some(())?;
    let ours = normalise(&mut documents, &sources, &mut collector)?;
    // What is reported is read in another way than it is written.
    collector.finish().is_empty().then(|| (Theirs(&theirs).told(), Ours(&ours.document).told()))
}

struct Theirs<'a>(&'a OpenAPI);

struct Ours<'a>(&'a Document);

/// An item, or what its reference leads to among the components.
fn resolve<'a, T>(
    slot: &'a ReferenceOr<T>,
    section: &str,
    components: Option<&'a indexmap::IndexMap<String, ReferenceOr<T>>>,
) -> Option<(&'a T, bool)> {
    let mut at = slot;
    for _ in 0..10 {
        match at {
            ReferenceOr::Item(item) => return Some((item, !std::ptr::eq(at, slot))),
            ReferenceOr::Reference { reference } => {
                let key = reference.strip_prefix("#/components/")?.strip_prefix(section)?.strip_prefix('/')?;
                at = components?.get(&key.replace("~1", "/").replace("~0", "~"))?;
            }
        }
    }
    None
}

impl Theirs<'_> {
    fn told(&self) -> String {
        let mut out = format!("{} {} {:?}\n", self.0.info.title, self.0.info.version, self.0.info.description);
        for server in &self.0.servers {
            let _ = writeln!(out, "server {} {:?}", server.url, server.description);
        }
        let _ = writeln!(out, "security {:?}", self.0.security.as_ref().map(|needs| self.requirements(needs)));
        for (path, item) in self.0.paths.iter() {
            let Some(item) = item.as_item() else { continue };
            let _ = writeln!(out, "{path} {:?} {:?}", item.summary, item.description);
            item.parameters.iter().for_each(|parameter| self.parameter(parameter, &mut out));
            for (method, operation) in item.iter() {
                let method = method.to_ascii_uppercase();
                let openapiv3::Operation { operation_id, tags, summary, description, deprecated, .. } = operation;
                let _ = writeln!(out, "{method} {operation_id:?} {tags:?} {summary:?} {description:?} {deprecated}");
                operation.parameters.iter().for_each(|parameter| self.parameter(parameter, &mut out));
                operation.request_body.iter().for_each(|body| self.body(body, &mut out));
                for (status, response) in &operation.responses.responses {
                    self.response(&status.to_string(), response, &mut out);
                }
                operation.responses.default.iter().for_each(|response| self.response("default", response, &mut out));
                let security = operation.security.as_ref().map(|needs| self.requirements(needs));
                let _ = writeln!(out, "security {security:?} servers {}", operation.servers.len());
            }
        }
        let schemes = self.0.components.iter().flat_map(|components| &components.security_schemes);
        schemes.for_each(|(key, scheme)| self.scheme(key, scheme, &mut out));
        out
    }

    fn requirements(&self, needs: &[openapiv3::SecurityRequirement]) -> Vec<Vec<(String, Vec<String>)>> {
        needs.iter().map(|need| need.iter().map(|(key, scopes)| (key.clone(), scopes.clone())).collect()).collect()
    }

    fn parameter(&self, slot: &ReferenceOr<openapiv3::Parameter>, out: &mut String) {
        use openapiv3::Parameter as P;
        let components = self.0.components.as_ref().map(|components| &components.parameters);
        let Some((parameter, shared)) = resolve(slot, "parameters", components) else { return };
        let data = parameter.parameter_data_ref();
        let place = match parameter {
            P::Query { style, allow_reserved, .. } => format!("query {style:?} {allow_reserved}"),
            P::Path { style, .. } => format!("path {style:?}"),
            P::Header { .. } => "header".to_owned(),
            P::Cookie { .. } => "cookie".to_owned(),
        };
        let required = data.required || matches!(parameter, P::Path { .. });
        let deprecated = data.deprecated == Some(true);
        let _ = writeln!(
            out,
            "parameter {} {place} {required} {deprecated} {:?} {:?} {} {shared}",
            data.name,
            data.description,
            data.explode,
            self.format(&data.format)
        );
    }

    fn format(&self, format: &ParameterSchemaOrContent) -> String {
        match format {
            ParameterSchemaOrContent::Schema(_) => "schema".to_owned(),
            ParameterSchemaOrContent::Content(content) => self.content(content),
        }
    }

    fn content(&self, content: &openapiv3::Content) -> String {
        let mut out = String::new();
        for (media_type, media) in content {
            let _ = write!(out, "[{media_type} {}", media.schema.is_some());
            for (name, encoding) in &media.encoding {
                let openapiv3::Encoding { content_type, style, allow_reserved, .. } = encoding;
                let _ = write!(out, " {name} {content_type:?} {style:?} {allow_reserved}");
                let _ = write!(out, " {:?}", encoding.headers.keys().collect::<Vec<_>>());
            }
            out.push(']');
        }
        out
    }

    fn body(&self, slot: &ReferenceOr<openapiv3::RequestBody>, out: &mut String) {
        let components = self.0.components.as_ref().map(|components| &components.request_bodies);
        let Some((body, shared)) = resolve(slot, "requestBodies", components) else { return };
        let content = self.content(&body.content);
        let _ = writeln!(out, "body {} {:?} {content} {shared}", body.required, body.description);
    }

    fn response(&self, status: &str, slot: &ReferenceOr<openapiv3::Response>, out: &mut String) {
        let components = self.0.components.as_ref();
        let Some((response, shared)) = resolve(slot, "responses", components.map(|components| &components.responses))
        else {
            return;
        };
        let content = self.content(&response.content);
        let links: Vec<&String> = response.links.keys().collect();
        let _ = writeln!(out, "response {status} {} {content} {links:?} {shared}", response.description);
        for (name, header) in &response.headers {
            let found = resolve(header, "headers", components.map(|components| &components.headers));
            let Some((header, shared)) = found else { continue };
            let format = self.format(&header.format);
            let _ = writeln!(out, "header {name} {} {:?} {format} {shared}", header.required, header.description);
        }
    }

    fn scheme(&self, key: &str, slot: &ReferenceOr<openapiv3::SecurityScheme>, out: &mut String) {
        use openapiv3::SecurityScheme as S;
        let schemes = self.0.components.as_ref().map(|components| &components.security_schemes);
        let Some((scheme, _)) = resolve(slot, "securitySchemes", schemes) else { return };
        let (kind, description) = match scheme {
            S::APIKey { location, name, description, .. } => (format!("key {location:?} {name}"), description),
            S::HTTP { scheme, description, .. } => (format!("http {scheme}"), description),
            S::OpenIDConnect { description, .. } => ("openid".to_owned(), description),
            S::OAuth2 { flows, description, .. } => {
                let scopes = |scopes: &indexmap::IndexMap<String, String>| scopes.keys().cloned().collect::<Vec<_>>();
                let implicit = flows.implicit.as_ref().map(|flow| scopes(&flow.scopes));
                let password = flows.password.as_ref().map(|flow| (flow.token_url.clone(), scopes(&flow.scopes)));
                let client =
                    flows.client_credentials.as_ref().map(|flow| (flow.token_url.clone(), scopes(&flow.scopes)));
                let code = flows.authorization_code.as_ref().map(|flow| (flow.token_url.clone(), scopes(&flow.scopes)));
                (format!("oauth2 {implicit:?} {password:?} {client:?} {code:?}"), description)
            }
        };
        let _ = writeln!(out, "scheme {key} {kind} {description:?}");
    }
}

impl Ours<'_> {
    fn told(&self) -> String {
        let mut out = format!("{} {} {:?}\n", self.0.info.title, self.0.info.version, self.0.info.description);
        for server in &self.0.servers {
            let _ = writeln!(out, "server {} {:?}", server.url, server.description);
        }
        let _ = writeln!(out, "security {:?}", self.0.security.as_ref().map(|needs| self.requirements(needs)));
        for (path, item) in &self.0.paths {
            let _ = writeln!(out, "{path} {:?} {:?}", item.summary, item.description);
            item.parameters.iter().for_each(|parameter| self.parameter(parameter, &mut out));
            for (method, operation) in &item.operations {
                let model::Operation { operation_id, tags, summary, description, deprecated, .. } = operation;
                let _ = writeln!(out, "{method} {operation_id:?} {tags:?} {summary:?} {description:?} {deprecated}");
                operation.parameters.iter().for_each(|parameter| self.parameter(parameter, &mut out));
                operation.request_body.iter().for_each(|body| self.body(body, &mut out));
                for (status, response) in &operation.responses.by_status {
                    self.response(&status.to_string(), response, &mut out);
                }
                operation.responses.default.iter().for_each(|response| self.response("default", response, &mut out));
                let security = operation.security.as_ref().map(|needs| self.requirements(needs));
                let _ = writeln!(out, "security {security:?} servers {}", operation.servers.len());
            }
        }
        self.0.components.security_schemes.iter().for_each(|scheme| self.scheme(scheme, &mut out));
        out
    }

    fn requirements(&self, needs: &[model::SecurityRequirement]) -> Vec<Vec<(String, Vec<String>)>> {
        needs.iter().map(|requirement| requirement.needs.clone()).collect()
    }

    fn parameter(&self, slot: &Slot<model::Parameter>, out: &mut String) {
        let (parameter, shared) = slot.get(&self.0.components.parameters);
        let place = match &parameter.place {
            Place::Query { style, allow_reserved } => format!("query {style:?} {allow_reserved}"),
            Place::Path { style, .. } => format!("path {style:?}"),
            other => other.word().to_owned(),
        };
        let _ = writeln!(
            out,
            "parameter {} {place} {} {} {:?} {:?} {} {}",
            parameter.name,
            parameter.required,
            parameter.deprecated,
            parameter.description,
            parameter.explode,
            self.format(&parameter.format),
            shared.is_some()
        );
    }

    fn format(&self, format: &Format) -> String {
        match format {
            Format::Schema(_) => "schema".to_owned(),
            Format::Content(content) => self.content(content),
        }
    }

    fn content(&self, content: &model::Content) -> String {
        let mut out = String::new();
        for (media_type, media) in content {
            let _ = write!(out, "[{media_type} {}", media.schema.is_some());
            for (name, encoding) in &media.encoding {
                let model::Encoding { content_type, style, allow_reserved, .. } = encoding;
                let _ = write!(out, " {name} {content_type:?} {style:?} {allow_reserved}");
                let _ = write!(out, " {:?}", encoding.headers.iter().map(|(name, _)| name).collect::<Vec<_>>());
                let form = matches!(style, None | Some(QueryStyle::Form));
                assert!(encoding.styled != Styled::Nowhere || encoding.explode == form, "{name}");
            }
            out.push(']');
        }
        out
    }

    fn body(&self, slot: &Slot<model::RequestBody>, out: &mut String) {
        let (body, shared) = slot.get(&self.0.components.request_bodies);
        let (content, shared) = (self.content(&body.content), shared.is_some());
        let _ = writeln!(out, "body {} {:?} {content} {shared}", body.required, body.description);
    }

    fn response(&self, status: &str, slot: &Slot<model::Response>, out: &mut String) {
        let (response, shared) = slot.get(&self.0.components.responses);
        let (content, shared) = (self.content(&response.content), shared.is_some());
        let links: Vec<&String> = response.links.iter().map(|(name, _)| name).collect();
        let _ = writeln!(out, "response {status} {} {content} {links:?} {shared}", response.description);
        for (name, header) in &response.headers {
            let (header, shared) = header.get(&self.0.components.headers);
            let (format, shared) = (self.format(&header.format), shared.is_some());
            let _ = writeln!(out, "header {name} {} {:?} {format} {shared}", header.required, header.description);
        }
    }

    fn scheme(&self, scheme: &model::Component<model::SecurityScheme>, out: &mut String) {
        let scopes = |flow: &model::Flow| flow.scopes.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>();
        let kind = match &scheme.item.kind {
            SchemeKind::ApiKey { location, name } => format!("key {} {name}", spelled(location)),
            SchemeKind::Http(scheme) => format!("http {scheme}"),
            SchemeKind::OpenIdConnect => "openid".to_owned(),
            SchemeKind::MutualTls => "mutual".to_owned(),
            SchemeKind::OAuth2(flows) => {
                let implicit = flows.implicit.as_ref().map(scopes);
                let with_url = |flow: &model::Flow| (flow.token_url.clone(), scopes(flow));
                let password = flows.password.as_ref().map(with_url);
                let client = flows.client_credentials.as_ref().map(with_url);
                let code = flows.authorization_code.as_ref().map(with_url);
                format!("oauth2 {implicit:?} {password:?} {client:?} {code:?}")
            }
        };
        let _ = writeln!(out, "scheme {} {kind} {:?}", scheme.key, scheme.item.description);
    }
}

fn spelled(location: &APIKeyLocation) -> &'static str {
    match location {
        APIKeyLocation::Query => "Query",
        APIKeyLocation::Header => "Header",
        APIKeyLocation::Cookie => "Cookie",
    }
}

fn compare(path: &Path) -> bool {
    let Some((theirs, ours)) = told(path) else { return false };
    for (number, (theirs, ours)) in theirs.lines().zip(ours.lines()).enumerate() {
        assert_eq!(theirs, ours, "{}: line {number} of what is told", path.display());
    }
    assert_eq!(theirs.lines().count(), ours.lines().count(), "{}", path.display());
    true
}

#[test]
fn golden_documents_are_what_openapiv3_reads() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden");
    let cases = std::fs::read_dir(&folder).expect("the golden cases").flatten();
    let compared = cases.filter(|case| compare(&case.path().join("openapi.yaml"))).count();
    assert!(compared >= 10, "{compared} documents were compared");
}

#[test]
fn real_documents_are_what_openapiv3_reads() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let folder = std::env::var_os("TYPEWRIGHT_CORPUS").map_or(beside, PathBuf::from).join("files");
    let Ok(files) = std::fs::read_dir(&folder) else {
        eprintln!("no corpus at {}: not tested", folder.display());
        return;
    };
    // Larger documents take seconds without optimisation.
    let largest = if cfg!(debug_assertions) { 600_000 } else { u64::MAX };
    let small =
        files.flatten().filter(|file| file.metadata().is_ok_and(|file| file.is_file() && file.len() <= largest));
    let compared = small.filter(|file| compare(&file.path())).count();
    assert!(compared > 0, "of {} no document was compared", folder.display());
    println!("{compared} documents compared");
}

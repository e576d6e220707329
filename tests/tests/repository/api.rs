//! Every public item of generated code has a line in `api.txt`, with its signature, and every line has its item.
//!
//! The code is read with `syn`, the lines by their grammar; both become sets of `item: signature`, which must be equal. What is
//! public by traits of the runtime alone (codec, facts) is how the code works, and no item.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use quote::ToTokens;
use syn::{Fields, FnArg, ImplItem, Item, ReturnType, UseTree, Visibility};

use super::{assert_none, files, root};
use lines::{Line, lines, signature};

#[path = "../../api-program/src/lines.rs"]
#[allow(dead_code, reason = "the macro of that package uses the rest")]
mod lines;

/// `types::Pet.name: String`, without spaces.
type Items = BTreeSet<String>;

/// The items of one output that lack a line, and the lines that lack an item.
fn check(folder: &str) -> Vec<String> {
    let api = fs::read_to_string(root().join(folder).join("api.txt")).expect("every output has its list");
    let declared = declared(folder);
    let aliases = aliases(&declared);
    let listed: Items = listed(&api).iter().map(|item| as_defined(item, &aliases)).collect();
    let declared: Items = declared.iter().flat_map(|item| under_every_name(item, &aliases)).collect();
    let missing = declared.difference(&listed).map(|item| format!("{folder}: no line for {item}"));
    let extra = listed.difference(&declared).map(|item| format!("{folder}: no item for {item}"));
    missing.chain(extra).collect()
}

#[test]
fn every_public_item_has_its_line_and_every_line_its_item() {
    let lists =
        ["generated", "tests/golden"].into_iter().flat_map(|top| files(top, &|path| path.ends_with("/api.txt")));
    let folders: Vec<String> = lists.map(|list| list.trim_end_matches("/api.txt").to_owned()).collect();
    assert!(!folders.is_empty());
    let broken = folders.iter().flat_map(|folder| check(folder)).collect();
    assert_none(broken, "every public item has its line in `api.txt`, with its signature, and every line its item:");
}

/// Types that share a definition are listed as if each had its own: by alias, the name of the definition.
fn aliases(declared: &Items) -> BTreeMap<String, String> {
    let split = |item: &String| item.split_once(":=").map(|(alias, of)| (alias.to_owned(), of.to_owned()));
    declared.iter().filter_map(split).filter(|(alias, _)| alias.starts_with("types::")).collect()
}

/// An item of a definition under each of its names.
fn under_every_name(item: &str, aliases: &BTreeMap<String, String>) -> Vec<String> {
    let (owner, signature) = parts(item);
    if aliases.contains_key(owner) {
        return Vec::new();
    }
    let end = owner.strip_prefix("types::").and_then(|below| below.find([':', '.'])).map_or(owner.len(), |end| end + 7);
    let (ty, member) = owner.split_at(end);
    let names = aliases.iter().filter(|(_, of)| *of == ty).map(|(alias, _)| format!("{alias}{member}{signature}"));
    names.chain([item.to_owned()]).map(|item| as_defined(&item, aliases)).collect()
}

/// An item with the types in its signature by the names of their definitions.
fn as_defined(item: &str, aliases: &BTreeMap<String, String>) -> String {
    let (owner, signature) = parts(item);
    let mut words = signature.split("types::");
    let mut shown = format!("{owner}{}", words.next().unwrap_or_default());
    for word in words {
        let end = word.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(word.len());
        let (name, rest) = word.split_at(end);
        let name = format!("types::{name}");
        shown += aliases.get(&name).unwrap_or(&name);
        shown += rest;
    }
    shown
}

/// The item's path, and its signature with the colon before it.
fn parts(item: &str) -> (&str, &str) {
    let colon = item.replace("::", "  ").find(':').unwrap_or(item.len());
    item.split_at(colon)
}

/// An item by path and signature.
fn item(path: &str, signature: &str) -> String {
    squeezed(&format!("{path}: {signature}"))
}

/// Without spaces, lifetimes and last commas, which do not matter.
fn squeezed(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once('\'') {
        kept.push_str(before);
        let word =
            after.find(|character: char| !character.is_alphanumeric() && character != '_').unwrap_or(after.len());
        rest = after.get(word..).unwrap_or_default().trim_start();
        rest = rest.strip_prefix(',').unwrap_or(rest);
    }
    kept.push_str(rest);
    kept.split_whitespace().collect::<String>().replace("<>", "").replace(",)", ")").replace(",>", ">")
}

// --- The lines.

fn listed(api: &str) -> Items {
    let all = lines(api).expect("the grammar holds");
    let client = all.iter().find(|line| line.kind == "client" && line.rest == "struct").map_or("", |line| line.path);
    let resource = |path: &str| {
        let line = all.iter().find(|line| line.kind == "resource" && line.path == path);
        line.and_then(|line| signature(line.rest)).map_or(client, |signature| signature.gives)
    };
    let items: Items = all.iter().flat_map(|line| of_line(line, &resource)).collect();
    let twins: Vec<String> =
        items.iter().filter(|item| !item.is_empty()).filter_map(|item| twin(item, &items)).collect();
    items.into_iter().chain(twins).collect()
}

/// The twin of a setter that takes an `Option`, unless another item of its owner has that name.
fn twin(setter: &str, all: &Items) -> Option<String> {
    let (path, signature) = setter.split_once("():fn(self,").filter(|(_, rest)| rest.ends_with(")->Self"))?;
    let (owner, name) = path.rsplit_once('.')?;
    let is_setter = owner.starts_with("Call<") || owner.starts_with("types::");
    let (argument, ty) = signature.strip_suffix(")->Self")?.split_once(':')?;
    let name = format!("{owner}.maybe_{}", name.trim_start_matches("r#"));
    let is_taken =
        all.iter().any(|item| item.starts_with(&format!("{name}()")) || item.starts_with(&format!("{name}:")));
    (is_setter && !is_taken).then(|| format!("{name}():fn(self,{argument}:Option<{ty}>)->Self"))
}

fn of_line<'a>(line: &Line<'a>, resource: &dyn Fn(&str) -> &'a str) -> Vec<String> {
    let (owner, name) = line.split();
    let below_types = format!("types::{}", line.path);
    let held = |rest: &str| if rest.starts_with('(') { rest.to_owned() } else { String::new() };
    match line.kind {
        "call" | "client" | "error" | "env" if name.is_empty() => vec![item(line.path, line.rest)],
        "scope" if name.is_empty() => {
            ["enum", "From<&str>", "From<String>", "AsRef<str>", "Display"].map(|what| item(line.path, what)).to_vec()
        }
        "scope" => match line.signature() {
            Some(signature) => vec![item(&format!("{}()", line.path), signature)],
            None => vec![item(line.path, &held(line.rest))],
        },
        "attribute" => vec![item(&format!("{owner}::{name}"), line.signature().unwrap_or_default())],
        "call" if name == "clone" => vec![item("Call", "Clone")],
        "call" if name == "into_future" => vec![item("Call", "IntoFuture")],
        "call" | "client" => match line.signature() {
            Some(signature) => vec![item(&format!("{}()", line.path), signature)],
            None => vec![item(line.path, line.after_name())],
        },
        "call_header" => vec![item(&format!("Call.{}()", line.path), line.after_name())],
        "ctor" => vec![item(&format!("{below_types}.new()"), &line.rest.replacen("fn new(", "fn(", 1))],
        "env" => vec![item(line.path, "")],
        "error_value" => vec![item("Error", "ErrorValues")],
        "error" => vec![item(line.path, &held(line.rest))],
        "error_code" => vec![item("ApiError", &format!("Code {}", line.path))],
        "export" => vec![item("use", line.path)],
        "field" => vec![item(&below_types, line.after_name())],
        "record" => vec![item(&below_types, line.rest)],
        "from" => vec![item(
            &below_types,
            &match line.rest.strip_suffix(" (fallible)") {
                Some(source) => format!("TryFrom<{source}>"),
                None => format!("From<{}>", line.rest),
            },
        )],
        "header" => vec![item(line.path, line.after_name())],
        "impl" => vec![item(&below_types, line.rest)],
        "op" => operation(line, resource(owner), name),
        "paged" => vec![item(line.path, &format!("Paged {}", line.rest))],
        "param" | "reader" if line.signature().is_some() => {
            let setter = line.signature().unwrap_or_default();
            vec![item(&format!("Call<{owner}>.{name}()"), setter)]
        }
        "resource" => {
            let (parent, accessor) = line.path.rsplit_once('.').unwrap_or(("", line.path));
            let gives = signature(line.rest).map_or("", |signature| signature.gives);
            vec![item(&format!("{}.{accessor}()", resource(parent)), line.rest), item(gives, "struct")]
        }
        "accessor" | "setter" | "view" => vec![item(&format!("{below_types}()"), line.rest)],
        "status" => {
            let payload = line.rest.split_once(' ').map_or("()", |(_, payload)| payload);
            let payload = if payload == "()" { String::new() } else { format!("({payload})") };
            vec![item(owner, "enum"), item(line.path, &payload)]
        }
        "stream" => vec![item(owner, &format!("{name} {}", line.rest))],
        "type" => {
            let kind = if matches!(line.rest, "struct" | "record" | "raw union") { "struct" } else { "enum" };
            vec![item(&below_types, kind)]
        }
        "webhook" => vec![webhook(line)],
        "variant" => vec![item(&below_types, &held(line.rest))],
        _ => Vec::new(),
    }
}

fn webhook(line: &Line<'_>) -> String {
    let (_, name) = line.split();
    if let Some(signature) = line.signature() {
        return item(&format!("{}()", line.path), signature);
    }
    if line.rest == "enum" {
        return item(line.path, "enum");
    }
    if name == "headers" {
        return item("webhooks::Webhook", &format!("Headers {}", line.rest));
    }
    let payload = line.rest.rfind(" (").and_then(|at| line.rest.get(at + 1..)).filter(|payload| *payload != "()");
    item(line.path, payload.unwrap_or_default())
}

fn operation(line: &Line<'_>, resource: &str, method: &str) -> Vec<String> {
    let text = line.signature().unwrap_or_default();
    let Some(parts) = signature(text) else { return vec![format!("no signature: {}", line.path)] };
    let marker = parts.gives.trim_start_matches("Call<").trim_end_matches('>');
    let without_output = text.rsplit_once(" = ").map_or(text, |(before, _)| before);
    let output = format!("Output {}", parts.output.unwrap_or_default());
    vec![item(&format!("{resource}.{method}()"), without_output), item(marker, "enum"), item(marker, &output)]
}

// --- The code.

/// A file of the output: the path of what it declares, and the names that it declares.
struct Place {
    path: String,
    declared: BTreeSet<String>,
}

fn declared(folder: &str) -> Items {
    let mut items = Items::new();
    let sources = format!("{folder}/src");
    for file in files(&sources, &|path| path.ends_with(".rs")) {
        let below = file.get(sources.len() + 1..).unwrap_or_default();
        let path = match below.split('/').next() {
            Some(top @ ("op" | "resources" | "types")) => format!("{top}::"),
            Some("webhooks.rs") => "webhooks::".to_owned(),
            Some("attributes") => below.trim_end_matches(".rs").replace('/', "::") + "::",
            _ => String::new(),
        };
        let parsed = syn::parse_file(&fs::read_to_string(root().join(&file)).expect("readable")).expect("it compiles");
        let declared = parsed.items.iter().filter_map(name_of).collect();
        let place = Place { path, declared };
        parsed.items.iter().for_each(|one| of_item(one, &place, &mut items));
    }
    items
}

fn name_of(item: &Item) -> Option<String> {
    match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        _ => None,
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn of_item(one: &Item, place: &Place, items: &mut Items) {
    match one {
        Item::Struct(one) if is_public(&one.vis) => {
            let path = format!("{}{}", place.path, one.ident);
            items.insert(item(&path, "struct"));
            for field in one.fields.iter().filter(|field| is_public(&field.vis)) {
                let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
                items.insert(item(&format!("{path}.{name}"), &place.shown(&field.ty)));
            }
        }
        Item::Enum(one) if is_public(&one.vis) => {
            let path = format!("{}{}", place.path, one.ident);
            items.insert(item(&path, "enum"));
            for variant in &one.variants {
                let held: Vec<String> = variant.fields.iter().map(|field| place.shown(&field.ty)).collect();
                let held = if matches!(variant.fields, Fields::Unit) {
                    String::new()
                } else {
                    format!("({})", held.join(","))
                };
                items.insert(item(&format!("{path}::{}", variant.ident), &held));
            }
        }
        Item::Type(one) if is_public(&one.vis) => {
            let shown = place.shown(&one.ty).replacen("Error<", "typewright_runtime::Error<", 1);
            items.insert(item(&format!("{}{}", place.path, one.ident), &format!("= {shown}")));
        }
        Item::Impl(one) => of_impl(one, place, items),
        Item::Use(one) if is_public(&one.vis) => of_use(&one.tree, items),
        Item::Fn(one) if is_public(&one.vis) => {
            let signature = format!("fn(){}", place.shown(&one.sig.output));
            items.insert(item(&format!("{}{}", place.path, one.sig.ident), &signature));
        }
        Item::Const(one) if is_public(&one.vis) => {
            items.insert(item(&format!("{}{}", place.path, one.ident), "const"));
        }
        _ => {}
    }
}

fn of_impl(one: &syn::ItemImpl, place: &Place, items: &mut Items) {
    let this = place.shown(&one.self_ty).replace("Call<Op>", "Call");
    let Some((path, _)) = &one.trait_ else {
        one.items.iter().for_each(|member| of_member(member, &this, place, items));
        return;
    };
    let shown = place.shown(path);
    let name = path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
    let associated = |wanted: &str| {
        one.items.iter().find_map(|member| match member {
            ImplItem::Type(ty) if ty.ident == wanted => Some(place.shown(&ty.ty)),
            _ => None,
        })
    };
    let told = match name.as_str() {
        "Operation" => associated("Output").map(|output| format!("Output {output}")),
        "Webhooks" => associated("Headers").map(|headers| format!("Headers {headers}")),
        "Paged" => associated("Item").map(|item| format!("Paged {item}")),
        "InBytes" => Some("stream Bytes".to_owned()),
        "InRecords" => associated("Record").map(|item| format!("records {item}")),
        "InEvents" => associated("Data").map(|data| format!("events {data}")),
        "ApiErrorBody" => associated("Code").map(|code| format!("Code {code}")),
        "Decode" | "Encode" | "EncodeRest" | "ApiClient" | "EnvironmentName" | "Debug" => None,
        _ => shown.rsplit_once("::").filter(|_| !shown.contains('<')).map(|(_, last)| last.to_owned()).or(Some(shown)),
    };
    items.extend(told.map(|told| item(&this, &told)));
}

fn of_member(member: &ImplItem, this: &str, place: &Place, items: &mut Items) {
    match member {
        ImplItem::Fn(method) if is_public(&method.vis) => {
            let inputs: Vec<String> = method.sig.inputs.iter().map(|input| place.argument(input)).collect();
            let gives = match &method.sig.output {
                ReturnType::Default => "()".to_owned(),
                ReturnType::Type(_, ty) => place.shown(ty),
            };
            let (generics, bounds) = (&method.sig.generics, &method.sig.generics.where_clause);
            let bounds = bounds.as_ref().map_or(String::new(), |bounds| place.shown(bounds));
            let before = if method.sig.asyncness.is_some() { "async fn" } else { "fn" };
            let shown = format!("{before}{}({}) -> {gives} {bounds}", place.shown(generics), inputs.join(","));
            let shown = shown.trim_end_matches(',').to_owned();
            items.insert(item(&format!("{this}.{}()", method.sig.ident), &shown));
        }
        ImplItem::Const(constant) if is_public(&constant.vis) => {
            items.insert(item(&format!("{this}.{}", constant.ident), &place.shown(&constant.ty)));
        }
        _ => {}
    }
}

/// What the root takes from the runtime; its own modules are told by what is in them.
fn of_use(tree: &UseTree, items: &mut Items) {
    match tree {
        UseTree::Path(path) if path.ident != "self" => of_use(&path.tree, items),
        UseTree::Group(group) => group.items.iter().for_each(|tree| of_use(tree, items)),
        UseTree::Name(name) => {
            items.insert(item("use", &name.ident.to_string()));
        }
        _ => {}
    }
}

impl Place {
    fn argument(&self, input: &FnArg) -> String {
        match input {
            FnArg::Receiver(receiver) if receiver.to_token_stream().to_string().starts_with('&') => "&self".to_owned(),
            FnArg::Receiver(_) => "self".to_owned(),
            FnArg::Typed(typed) => format!("{}: {}", typed.pat.to_token_stream(), self.shown(&typed.ty)),
        }
    }

    /// Tokens as `api.txt` spells them: paths from the crate's root, names of the runtime plain.
    fn shown(&self, tokens: &impl ToTokens) -> String {
        let words: Vec<String> = tokens.to_token_stream().to_string().split_whitespace().map(str::to_owned).collect();
        let mut text = String::new();
        for (at, word) in words.iter().enumerate() {
            let after_path = at > 0 && words.get(at - 1).is_some_and(|before| before == "::");
            if !after_path && self.declared.contains(word) {
                text.push_str(&self.path);
            }
            text.push_str(word);
            text.push(' ');
        }
        let mut text = squeezed(&text);
        for module in ["option", "vec", "string", "boxed", "result", "convert", "default"] {
            text = text.replace(&format!("::std::{module}::"), "");
        }
        text.replace("rt::", "").replace("super::resources::", "resources::").replace("super::", &self.path)
    }
}

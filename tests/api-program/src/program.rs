//! A program that uses every public item of a crate, written from its `api.txt` and from nothing else.
//!
//! One function for each line: it constructs the type, reads the field, matches the variant, calls the method with every
//! argument. Arguments of the function are those of the line, so that the compiler holds names and types to the line.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::lines::{Line, Signature, lines, signature};

/// A module with the program of one crate, whose root is for example `::pets`. What is wrong with the lines is an error of
/// that module.
pub(crate) fn module(name: &str, root: &str, api: &str) -> String {
    let text = program(api, root).unwrap_or_else(|fault| format!("compile_error!({fault:?});\n"));
    format!("mod {name} {{\n{text}}}\n")
}

fn program(api: &str, root: &str) -> Result<String, String> {
    let all = lines(api)?;
    let program = Program::new(&all);
    let mut text =
        format!("#[allow(unused_imports)]\nuse {root}::*;\n#[allow(unused_imports)]\nuse std::time::Duration;\n");
    for (at, line) in all.iter().enumerate() {
        let told = || format!("there is no rule for `{} {} {}`", line.kind, line.path, line.rest);
        text.push_str(&program.line(at, line).ok_or_else(told)?);
    }
    Ok(text)
}

struct Program<'a> {
    all: &'a [Line<'a>],
    client: &'a str,
    /// Path of a resource to its struct.
    resources: BTreeMap<&'a str, &'a str>,
    /// An operation with what it gives; common methods are called on it.
    any: Option<(&'a str, &'a str)>,
    /// The same for one that pages, with its item.
    paged: Option<(&'a str, &'a str, &'a str)>,
}

impl<'a> Program<'a> {
    fn new(all: &'a [Line<'a>]) -> Self {
        let of = |kind: &'static str| all.iter().filter(move |line| line.kind == kind);
        let client = of("client").find(|line| line.rest == "struct").map_or("", |line| line.path);
        let resources = of("resource").filter_map(|line| {
            let signature = signature(line.signature()?)?;
            Some((line.path, signature.gives))
        });
        let operation = |line: &'a Line<'a>| {
            let signature = signature(line.signature()?)?;
            let marker = signature.gives.strip_prefix("Call<")?.strip_suffix('>')?;
            Some((marker, signature.output?))
        };
        let paged = of("paged").find_map(|paged| {
            let (marker, output) = of("op").filter_map(operation).find(|(marker, _)| *marker == paged.path)?;
            Some((marker, output, paged.rest))
        });
        let any = of("op").find_map(operation);
        Self { all, client, resources: resources.collect(), any, paged }
    }

    /// The function of a line; an empty text where another line's function says it.
    fn line(&self, at: usize, line: &Line<'_>) -> Option<String> {
        let (owner, name) = line.split();
        let ty = format!("types::{owner}");
        Some(match line.kind {
            // What only some operations have is called on them.
            "call" if matches!(name, "stream" | "records" | "events") => String::new(),
            "attribute" => method(at, owner, name, line, &[])?,
            "call" => self.call(at, line)?,
            "call_header" => match self.any {
                Some((marker, _)) => method(at, &format!("Call<{marker}>"), line.path, line, &[])?,
                None => String::new(),
            },
            "client" => self.client_line(at, line)?,
            "ctor" => method(at, &format!("types::{}", line.path), "new", line, &[])?,
            "error_value" => method(at, "Error", name, line, &[])?,
            "scope" if line.rest == "enum" => format!(
                "fn l{at}(x: &Scope) -> [Scope; 3] {{ let text: &str = x.as_ref(); [Scope::from(text), Scope::from(x.to_string()), Clone::clone(x)] }}\n"
            ),
            "scope" if line.signature().is_some() => method(at, owner, name, line, &[])?,
            "scope" => variant(at, owner, name, if line.rest.starts_with('(') { line.rest } else { "" }),
            "env" if line.rest == "enum" => format!("fn l{at}(_: Environment) {{}}\n"),
            "env" => variant(at, owner, name, ""),
            "error" => error(at, line),
            "error_code" => format!("fn l{at}(e: &Error) {{ let _: Option<{}> = e.code(); }}\n", line.path),
            "export" => format!("#[allow(unused_imports)]\nuse self::{} as _;\n", line.path),
            "feature" => String::new(),
            "field" => format!("fn l{at}(x: &{ty}) {{ let _: &{} = &x.{name}; }}\n", line.after_name()),
            "record" => format!("fn l{at}(x: &{ty}) {{ let _: &{} = &x.{name}; }}\n", line.rest),
            "from" => from(at, line),
            "header" => format!("fn l{at}() {{ let _: {} = {owner}::{name}; }}\n", line.after_name()),
            "impl" => implementation(at, line)?,
            "op" => self.operation(at, line)?,
            "paged" => {
                let (op, item) = (line.path, line.rest);
                format!(
                    "async fn l{at}(c: Call<{op}>) -> Result<Option<{item}>, Error> {{ c.items().try_next().await }}\n"
                )
            }
            "param" | "reader" => match line.signature() {
                Some(_) => method(at, &format!("Call<{owner}>"), name, line, &[])?,
                None => String::new(),
            },
            "resource" => self.resource(at, line)?,
            "accessor" | "setter" | "view" => method(at, &ty, name, line, &[])?,
            "status" => status(at, line),
            "stream" => stream(at, owner, name, line.rest)?,
            "type" if line.rest == "record" => self.record(at, line),
            "type" => format!("fn l{at}(x: &types::{0}) -> types::{0} {{ Clone::clone(x) }}\n", line.path),
            "webhook" => webhook(at, line)?,
            "variant" => variant(at, &ty, name, if line.rest.starts_with('(') { line.rest } else { "" }),
            _ => return None,
        })
    }

    /// A method of every call, called on one of them.
    fn call(&self, at: usize, line: &Line<'_>) -> Option<String> {
        let (_, name) = line.split();
        let paged = self.paged.map(|(marker, output, _)| (marker, output));
        let Some((marker, output)) = (if matches!(name, "items" | "pages") { paged } else { self.any }) else {
            return Some(String::new());
        };
        if line.rest == "struct" {
            return Some(format!("fn l{at}(_: Call<{marker}>) {{}}\n"));
        }
        let this = format!("Call<{marker}>");
        let text = method(at, &this, name, line, &[("Op::Output", output), ("<Op,", &format!("<{marker},"))])?;
        let trait_in_scope = "{ use std::future::IntoFuture as _; let";
        Some(if name == "into_future" { text.replacen("{ let", trait_in_scope, 1) } else { text })
    }

    fn client_line(&self, at: usize, line: &Line<'_>) -> Option<String> {
        let (owner, name) = line.split();
        if line.rest == "struct" {
            return Some(format!("fn l{at}(x: &{0}) -> {0} {{ Clone::clone(x) }}\n", line.path));
        }
        match line.signature() {
            Some(_) => method(at, owner, name, line, &[]),
            None => Some(format!("fn l{at}() {{ let _: {} = {owner}::{name}; }}\n", line.after_name())),
        }
    }

    /// The call, and what awaiting it gives.
    fn operation(&self, at: usize, line: &Line<'_>) -> Option<String> {
        let (owner, name) = line.split();
        let signature = signature(line.signature()?)?;
        let text = method(at, &self.resource_type(owner), name, line, &[])?;
        let (call, output) = (signature.gives, signature.output?);
        Some(format!("{text}async fn o{at}(c: {call}) -> Result<{output}, Error> {{ c.await }}\n"))
    }

    fn resource(&self, at: usize, line: &Line<'_>) -> Option<String> {
        let (owner, name) = line.path.rsplit_once('.').unwrap_or(("client", line.path));
        let gives = self.resources.get(line.path).copied().unwrap_or_default();
        method(at, &self.resource_type(owner), name, line, &[(gives, &format!("{gives}<'_>"))])
    }

    /// The struct of a resource, or the client.
    fn resource_type(&self, path: &str) -> String {
        self.resources.get(path).map_or(self.client.to_owned(), |name| format!("{name}<'_>"))
    }

    /// The struct of required members, with every field that has a line.
    fn record(&self, at: usize, line: &Line<'_>) -> String {
        let fields = self.all.iter().filter(|one| one.kind == "record" && one.split().0 == line.path);
        let (mut arguments, mut names) = (String::new(), String::new());
        for field in fields {
            let name = field.split().1;
            write!(arguments, "{name}: {}, ", field.rest).expect("a string takes everything");
            write!(names, "{name}, ").expect("a string takes everything");
        }
        format!("fn l{at}({arguments}) {{ let _ = types::{} {{ {names} }}; }}\n", line.path)
    }
}

/// The stream of an operation, and what comes out of it.
fn stream(at: usize, op: &str, method: &str, item: &str) -> Option<String> {
    let (gives, next) = match method {
        "stream" => (format!("Option<{item}>"), "stream().await?.chunk()"),
        "records" => (format!("Option<{item}>"), "records().try_next()"),
        "events" => (format!("Option<ServerEvent<{item}>>"), "events().try_next()"),
        _ => return None,
    };
    Some(format!("async fn l{at}(c: Call<{op}>) -> Result<{gives}, Error> {{ c.{next}.await }}\n"))
}

/// Calls a method, or an associated function, with all its arguments.
fn method(at: usize, this: &str, name: &str, line: &Line<'_>, renamed: &[(&str, &str)]) -> Option<String> {
    let Signature { is_async, generics, receiver, arguments, gives, bounds, .. } =
        line.signature().and_then(signature)?;
    let plain = this.replace("<'_>", "");
    let mut gives = replace_word(gives, "Self", &plain);
    for (from, to) in renamed {
        gives = gives.replace(from, to);
    }
    let given: String = arguments.iter().map(|(name, ty)| format!(", {name}: {ty}")).collect();
    let names: Vec<&str> = arguments.iter().map(|(name, _)| *name).collect();
    let names = names.join(", ");
    let (this, call) = match receiver {
        Some("self") => (format!("this: {this}"), format!("this.{name}")),
        Some(_) => (format!("this: &{this}"), format!("this.{name}")),
        None => ("_: ()".to_owned(), format!("{plain}::{name}")),
    };
    let (before, after) = if is_async { ("async ", ".await") } else { ("", "") };
    let head = format!("{before}fn l{at}{generics}({this}{given}) {bounds}");
    Some(format!("{head} {{ let _: {gives} = {call}({names}){after}; }}\n"))
}

/// Replaces a word, but not the same letters within another one.
fn replace_word(text: &str, word: &str, by: &str) -> String {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    let mut pieces = text.split(word);
    let mut result = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let within = result.ends_with(is_part) || piece.starts_with(is_part);
        result.push_str(if within { word } else { by });
        result.push_str(piece);
    }
    result
}

/// Constructs a variant, and matches it.
fn variant(at: usize, ty: &str, name: &str, payload: &str) -> String {
    let held = payload.strip_prefix('(').and_then(|held| held.strip_suffix(')'));
    let Some(held) = held else {
        return format!("fn l{at}(x: &{ty}) -> bool {{ let _ = {ty}::{name}; matches!(x, {ty}::{name}) }}\n");
    };
    format!(
        "fn l{at}(x: {ty}, v: {held}) -> Option<{held}> \
         {{ let _ = {ty}::{name}(v); match x {{ {ty}::{name}(v) => Some(v), _ => None }} }}\n"
    )
}

fn error(at: usize, line: &Line<'_>) -> String {
    match (line.path, line.rest) {
        ("ApiError", _) => format!("fn l{at}(x: &ApiError) -> ApiError {{ Clone::clone(x) }}\n"),
        ("Error", _) => format!("fn l{at}(x: &Error) -> Option<&ApiError> {{ x.body() }}\n"),
        (_, payload) => variant(at, "ApiError", line.split().1, payload),
    }
}

fn from(at: usize, line: &Line<'_>) -> String {
    let ty = line.path;
    match line.rest.strip_suffix(" (fallible)") {
        Some(source) => {
            format!("fn l{at}(x: {source}) -> bool {{ <types::{ty} as TryFrom<_>>::try_from(x).is_ok() }}\n")
        }
        None => format!("fn l{at}(x: {}) -> types::{ty} {{ From::from(x) }}\n", line.rest),
    }
}

fn implementation(at: usize, line: &Line<'_>) -> Option<String> {
    let ty = line.path;
    Some(match line.rest {
        "Default" => format!("fn l{at}() -> types::{ty} {{ Default::default() }}\n"),
        "Display" => format!("fn l{at}(x: &types::{ty}) -> String {{ ToString::to_string(x) }}\n"),
        _ => return None,
    })
}

/// A message that the API sends, a function that reads one, or the headers of one.
fn webhook(at: usize, line: &Line<'_>) -> Option<String> {
    let (owner, name) = line.split();
    if line.signature().is_some() {
        return method(at, owner, name, line, &[]);
    }
    if line.rest == "enum" {
        return Some(format!("fn l{at}(x: &{0}) -> {0} {{ Clone::clone(x) }}\n", line.path));
    }
    if name == "headers" {
        let ty = line.rest;
        return Some(format!("fn l{at}(x: &{owner}<webhooks::Webhook>) {{ let _: &{ty} = &x.{name}; }}\n"));
    }
    let payload = line.rest.rfind(" (").and_then(|at| line.rest.get(at + 1..)).filter(|payload| *payload != "()");
    Some(variant(at, owner, name, payload.unwrap_or_default()))
}

/// `op::GetPetOutput::Ok 200 types::Pet`.
fn status(at: usize, line: &Line<'_>) -> String {
    let (ty, name) = line.split();
    let held = line.rest.split_once(' ').map_or("()", |(_, held)| held);
    variant(at, ty, name, &if held == "()" { String::new() } else { format!("({held})") })
}

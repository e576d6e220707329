//! `Cargo.toml` of a generated crate.

use crate::emit::markdown::one_line;
use crate::output::{RuntimeSource, Target};
use crate::plan::declaration::{Plan, StreamDecl};

/// Cargo features of the runtime that an application chooses among; each is passed through.
const PASSED_ON: &[(&str, &[&str])] = &[
    ("reqwest", &["typewright-runtime/reqwest"]),
    ("rustls", &["reqwest", "typewright-runtime/rustls"]),
    ("rustls-aws-lc-rs", &["reqwest", "typewright-runtime/rustls-aws-lc-rs"]),
    ("native-tls", &["reqwest", "typewright-runtime/native-tls"]),
    ("decimal", &["typewright-runtime/decimal"]),
    ("chrono", &["typewright-runtime/chrono"]),
    ("time", &["typewright-runtime/time"]),
    ("jiff", &["typewright-runtime/jiff"]),
    ("serde", &["typewright-runtime/serde"]),
];

/// The manifest's text.
pub(crate) fn manifest(plan: &Plan, target: &Target, header: &str) -> String {
    let mut text = header.replacen("//", "#", 1);
    text.push('\n');
    text.push_str(&package(plan, target));
    text.push_str(&features(plan));
    text.push_str(&dependencies(plan, target));
    text.push_str("\n[lints.rust]\nunsafe_code = \"forbid\"\nmissing_docs = \"warn\"\n");
    if target.standalone {
        text.push_str("\n[workspace]\n");
    }
    text
}

fn package(plan: &Plan, target: &Target) -> String {
    let mut text = "[package]\n".to_owned();
    let mut line = |name: &str, value: String| text.push_str(&format!("{name} = {value}\n"));
    let description = target.description.clone().unwrap_or_else(|| default_description(plan));
    let version = if target.version.is_empty() { "0.1.0" } else { &target.version };
    line("name", quoted(&target.crate_name));
    line("version", quoted(version));
    line("description", quoted(&one_line(&description)));
    line("edition", quoted("2024"));
    line("rust-version", quoted("1.88"));
    if let Some(license) = &target.license {
        line("license", quoted(license));
    }
    if let Some(repository) = &target.repository {
        line("repository", quoted(repository));
    }
    line("readme", quoted("README.md"));
    if !target.keywords.is_empty() {
        line("keywords", list(&target.keywords.iter().take(5).cloned().collect::<Vec<_>>()));
    }
    if !target.categories.is_empty() {
        line("categories", list(&target.categories));
    }
    let files = ["src", "README.md", "api.txt"].into_iter().chain(target.license_files.keys().map(String::as_str));
    line("include", list(&files.map(|file| format!("/{file}")).collect::<Vec<_>>()));
    text
}

fn default_description(plan: &Plan) -> String {
    match plan.client.docs.iter().find(|line| !line.trim().is_empty()) {
        Some(line) => line.clone(),
        None => format!("Client of {}", plan.client.ident),
    }
}

fn features(plan: &Plan) -> String {
    let mut default: Vec<String> = vec!["rustls".to_owned(), "serde".to_owned()];
    default.extend(plan.features.iter().filter(|feature| !feature.preview).map(|feature| feature.name.clone()));
    let mut text = format!("\n[features]\ndefault = {}\n", list(&default));
    for (name, needs) in PASSED_ON {
        let needs: Vec<String> = needs.iter().map(|need| (*need).to_owned()).collect();
        text.push_str(&format!("{name} = {}\n", list(&needs)));
    }
    for feature in &plan.features {
        text.push_str(&format!("{} = {}\n", key(&feature.name), list(&feature.needs)));
    }
    text
}

/// What the document needs of the runtime, whoever uses the crate.
fn runtime_features(plan: &Plan) -> Vec<String> {
    let sent = plan.webhooks.as_ref().is_some_and(|webhooks| webhooks.facts.signature.is_some());
    let signs = sent || plan.client.facts.signing.is_some();
    let events = plan.streams().any(|stream| matches!(stream, StreamDecl::Events { .. }));
    let uploads = plan.uploads().next().is_some();
    let needed = [(signs, "signing"), (events, "sse"), (uploads, "files")];
    needed.iter().filter(|(is_needed, _)| *is_needed).map(|(_, name)| (*name).to_owned()).collect()
}

fn dependencies(plan: &Plan, target: &Target) -> String {
    let runtime = match &target.runtime {
        RuntimeSource::Version(version) => format!("version = {}", quoted(version)),
        RuntimeSource::Path { version, path } => format!("version = {}, path = {}", quoted(version), quoted(path)),
    };
    let needed = runtime_features(plan);
    let needed = if needed.is_empty() { String::new() } else { format!(", features = {}", list(&needed)) };
    let runtime = format!("{{ {runtime}, default-features = false{needed} }}");
    let mut lines = vec![("typewright-runtime".to_owned(), runtime)];
    lines.extend(target.extra_dependencies.iter().map(|(name, requirement)| (key(name), requirement.clone())));
    lines.sort();
    let lines: String = lines.iter().map(|(name, value)| format!("{name} = {value}\n")).collect();
    format!("\n[dependencies]\n{lines}")
}

/// A TOML key: bare where it may be.
fn key(name: &str) -> String {
    let bare = |one: char| one.is_ascii_alphanumeric() || one == '_' || one == '-';
    if !name.is_empty() && name.chars().all(bare) { name.to_owned() } else { quoted(name) }
}

fn list(values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
    format!("[{}]", values.join(", "))
}

/// A TOML basic string.
fn quoted(text: &str) -> String {
    let mut quoted = "\"".to_owned();
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            control if control.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(control))),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_escaped() {
        let check = |text: &str, expected: &str| assert_eq!(quoted(text), expected);
        check("plain", "\"plain\"");
        check("a\"b\\c", "\"a\\\"b\\\\c\"");
        check("\u{7f}\u{0}", "\"\\u007F\\u0000\"");
    }

    #[test]
    fn keys_are_bare_where_they_may_be() {
        let check = |text: &str, expected: &str| assert_eq!(key(text), expected);
        check("orders", "orders");
        check("a.b", "\"a.b\"");
        check("", "\"\"");
    }
}

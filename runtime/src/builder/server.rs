//! The variables of a server's URL.
//!
//! Owns how a template becomes a URL, and the words where there is none. Which of several URLs a client takes is the builder's affair.

use crate::facts::{ClientFacts, ServerFacts, ServerVariable};
use crate::text::invalid::Invalid;

/// Every variable must be declared by at least one server, and its value must be allowed there. Whether every server that
/// declares it allows the value is checked when its URL is built: an API may be in more regions than its files.
pub(crate) fn check(facts: &ClientFacts, given: &[(String, String)]) -> Result<(), Invalid> {
    let known = || facts.server.iter().chain(facts.operation_servers).flat_map(|server| server.variables);
    for (name, _) in given {
        let mut declared = known().filter(|variable| variable.name == name).map(|variable| value(variable, given));
        let first = declared.next().ok_or_else(|| unknown(name, known()))?;
        if !declared.any(|value| value.is_ok()) {
            first?;
        }
    }
    Ok(())
}

fn unknown<'v>(name: &str, known: impl Iterator<Item = &'v ServerVariable>) -> String {
    let mut names: Vec<&str> = Vec::new();
    for variable in known {
        if !names.contains(&variable.name) {
            names.push(variable.name);
        }
    }
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let names = if names.is_empty() { "it has none".to_owned() } else { names.join(", ") };
    format!("the server has no variable `{name}`: {names}")
}

/// The URL of a server, by what was set and the document's defaults.
pub(crate) fn url(server: &ServerFacts, given: &[(String, String)]) -> Result<String, Invalid> {
    let mut url = server.template.to_owned();
    for variable in server.variables {
        url = url.replace(&format!("{{{}}}", variable.name), value(variable, given)?);
    }
    Ok(url)
}

/// What was set last, else the default.
fn value<'v>(variable: &'v ServerVariable, given: &'v [(String, String)]) -> Result<&'v str, Invalid> {
    let name = variable.name;
    let value = given.iter().rev().find(|(known, _)| known == name).map_or(variable.default, |(_, value)| value);
    if value.is_empty() && variable.default.is_empty() {
        return Err(format!(
            "the server's variable `{name}` has no value: set it with `.server_variable(\"{name}\", …)`"
        )
        .into());
    }
    if !variable.values.is_empty() && !variable.values.contains(&value) {
        return Err(format!("the server's variable `{name}` is one of {}", variable.values.join(", ")).into());
    }
    Ok(value)
}

/// What to do where nobody says where requests go.
pub(crate) fn missing(facts: &ClientFacts) -> String {
    let names: Vec<String> = facts.environments.iter().map(|(name, _)| format!("`{name}`")).collect();
    let named =
        if names.is_empty() { String::new() } else { format!(" or `.environment(…)` ({})", names.join(", ")) };
    let variable = facts.variable("base_url").map(|name| format!(", or set the variable {name}")).unwrap_or_default();
    let path = match facts.server_path {
        "" => String::new(),
        path => format!(" (the document's path is `{path}`)"),
    };
    format!(
        "`base_url` is missing, this API has no default server: choose one with `.base_url(…)`{path}{named}{variable}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_become_urls() {
        static VARIABLES: &[ServerVariable] = &[
            ServerVariable::new("region", "eu", &["eu", "us"]),
            ServerVariable::new("tenant", "", &[]),
            ServerVariable::new("path", "v1", &[]),
        ];
        let server = ServerFacts::new("https://{tenant}.{region}.example/{path}", VARIABLES);
        let check = |given: &[(&str, &str)], expected: Result<&str, &str>| {
            let found = url(&server, &owned(given)).map_err(String::from);
            assert_eq!(found.as_deref().map_err(String::as_str), expected, "{given:?}");
        };
        check(&[("tenant", "acme")], Ok("https://acme.eu.example/v1"));
        check(&[("tenant", "a"), ("region", "us"), ("path", ""), ("tenant", "b")], Ok("https://b.us.example/"));
        check(&[], Err("the server's variable `tenant` has no value: set it with `.server_variable(\"tenant\", …)`"));
        check(&[("tenant", "a"), ("region", "mars")], Err("the server's variable `region` is one of eu, us"));
    }

    #[test]
    fn a_variable_is_one_of_some_server() {
        static OWN: &[ServerVariable] = &[ServerVariable::new("region", "eu", &["eu", "us"])];
        static FILES: &[ServerFacts] = &[
            ServerFacts::new("https://{region}.example", &[ServerVariable::new("region", "eu", &["eu", "asia"])]),
            ServerFacts::new("https://{cell}.example", &[ServerVariable::new("cell", "", &[])]),
        ];
        static FACTS: ClientFacts =
            ClientFacts::new("pets", "1").server("https://{region}.example", OWN).operation_servers(FILES);
        let check = |given: &[(&str, &str)], expected: Result<(), &str>| {
            assert_eq!(
                super::check(&FACTS, &owned(given)).map_err(String::from),
                expected.map_err(str::to_owned),
                "{given:?}"
            );
        };
        check(&[], Ok(()));
        check(&[("region", "us")], Ok(()));
        check(&[("region", "asia"), ("cell", "7")], Ok(()));
        check(&[("region", "mars")], Err("the server's variable `region` is one of eu, us"));
        check(&[("host", "a")], Err("the server has no variable `host`: `region`, `cell`"));
        static NONE: ClientFacts = ClientFacts::new("pets", "1");
        let refused = super::check(&NONE, &owned(&[("a", "")])).map_err(String::from);
        assert_eq!(refused, Err("the server has no variable `a`: it has none".to_owned()));
    }

    fn owned(given: &[(&str, &str)]) -> Vec<(String, String)> {
        given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }
}

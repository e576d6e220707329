//! The variables of a server's URL.
//!
//! Owns how a template becomes a URL. Which of several URLs a client takes is the builder's affair.

use crate::facts::{ServerFacts, ServerVariable};

/// The URL of the server, by what was set and the document's defaults; `None` where it has no variables.
pub(crate) fn url(server: Option<ServerFacts>, given: &[(String, String)]) -> Result<Option<String>, String> {
    let known = server.map_or(&[][..], |server| server.variables);
    if let Some((name, _)) = given.iter().find(|(name, _)| known.iter().all(|variable| variable.name != name)) {
        let names: Vec<String> = known.iter().map(|variable| format!("`{}`", variable.name)).collect();
        let names = if names.is_empty() { "it has none".to_owned() } else { names.join(", ") };
        return Err(format!("the server has no variable `{name}`: {names}"));
    }
    let Some(server) = server else { return Ok(None) };
    let mut url = server.template.to_owned();
    for variable in server.variables {
        url = url.replace(&format!("{{{}}}", variable.name), value(variable, given)?);
    }
    Ok(Some(url))
}

/// What was set last, else the default.
fn value<'v>(variable: &'v ServerVariable, given: &'v [(String, String)]) -> Result<&'v str, String> {
    let name = variable.name;
    let value = given.iter().rev().find(|(known, _)| known == name).map_or(variable.default, |(_, value)| value);
    if value.is_empty() && variable.default.is_empty() {
        return Err(format!(
            "the server's variable `{name}` has no value: set it with `.server_variable(\"{name}\", …)`"
        ));
    }
    if !variable.values.is_empty() && !variable.values.contains(&value) {
        return Err(format!("the server's variable `{name}` is one of {}", variable.values.join(", ")));
    }
    Ok(value)
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
        let server = Some(ServerFacts { template: "https://{tenant}.{region}.example/{path}", variables: VARIABLES });
        let check = |given: &[(&str, &str)], expected: Result<&str, &str>| {
            let given: Vec<_> = given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            let found = url(server, &given).map(Option::unwrap_or_default);
            assert_eq!(found.as_deref().map_err(String::as_str), expected, "{given:?}");
        };
        check(&[("tenant", "acme")], Ok("https://acme.eu.example/v1"));
        check(&[("tenant", "a"), ("region", "us"), ("path", ""), ("tenant", "b")], Ok("https://b.us.example/"));
        check(&[], Err("the server's variable `tenant` has no value: set it with `.server_variable(\"tenant\", …)`"));
        check(&[("tenant", "a"), ("region", "mars")], Err("the server's variable `region` is one of eu, us"));
        check(&[("host", "a")], Err("the server has no variable `host`: `region`, `tenant`, `path`"));
        assert_eq!(url(None, &[]), Ok(None));
        assert!(url(None, &[("a".to_owned(), String::new())]).is_err());
    }
}

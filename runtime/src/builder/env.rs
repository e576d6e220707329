//! What an application's environment variables say about a client.
//!
//! Owns reading and cleaning them; what they mean for the client is the builder's.

use crate::credentials::{Credentials, normal_scope};
use crate::facts::{ClientFacts, SchemeKind};
use crate::text::invalid::Invalid;

/// What the variables say.
#[derive(Debug, Default)]
pub(crate) struct FromEnv {
    pub(crate) environment: Option<String>,
    pub(crate) base_url: Option<String>,
    pub(crate) timeout_ms: Option<u64>,
    pub(crate) rate_limit: Option<u32>,
    pub(crate) credentials: Vec<Credentials>,
    /// What a client without credentials should be told: the variable that is missing.
    pub(crate) missing: Option<String>,
}

/// Reads the declared variables through `lookup`. Values are trimmed, and a blank one counts as unset.
pub(crate) fn read(facts: &ClientFacts, lookup: &dyn Fn(&str) -> Option<String>) -> Result<FromEnv, Invalid> {
    let get = |option: &str| {
        let value = lookup(facts.variable(option)?)?;
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    };
    let rate_limit = get("rate_limit").and_then(|text| whole(&text));
    let mut read = FromEnv { base_url: get("base_url"), rate_limit, ..FromEnv::default() };
    if let Some(name) = get("environment") {
        known(facts, &name).map_err(|message| format!("{}: {message}", variable(facts, "environment")))?;
        read.environment = Some(name);
    }
    if let Some(text) = get("timeout_ms") {
        let parsed = text.parse().ok().filter(|milliseconds| *milliseconds > 0);
        let timeout = parsed.ok_or_else(|| {
            format!("{}: '{text}' is not a positive number of milliseconds", variable(facts, "timeout_ms"))
        })?;
        read.timeout_ms = Some(timeout);
    }
    credentials(facts, &get, &mut read);
    Ok(read)
}

/// A number as a limit: fractions are cut, and what is below nothing is nothing. What is no number sets nothing.
fn whole(text: &str) -> Option<u32> {
    let number: f64 = text.parse().ok()?;
    // Saturates at both ends.
    number.is_finite().then_some(number as u32)
}

fn variable(facts: &ClientFacts, option: &str) -> &'static str {
    facts.variable(option).unwrap_or_default()
}

/// Refuses an environment that the document does not name, and lists those that it does.
pub(crate) fn known(facts: &ClientFacts, name: &str) -> Result<&'static str, Invalid> {
    let found = facts.environments.iter().find(|(known, _)| *known == name);
    found.map(|(_, url)| *url).ok_or_else(|| {
        let names: Vec<String> = facts.environments.iter().map(|(name, _)| format!("`{name}`")).collect();
        format!("'{name}' is not an environment of this API: it knows {}", names.join(", ")).into()
    })
}

/// One credential per kind of scheme that the document declares variables for.
fn credentials(facts: &ClientFacts, get: &dyn Fn(&str) -> Option<String>, read: &mut FromEnv) {
    let takes = |wanted: fn(&SchemeKind) -> bool| facts.security.iter().any(|scheme| wanted(&scheme.kind));
    let mut missing = Missing { facts, first: None };
    if takes(|kind| matches!(kind, SchemeKind::ClientCredentials(_)))
        && let Some([id, secret]) = missing.all(get, ["client_id", "client_secret"])
    {
        let scope = get("scope").and_then(|scope| normal_scope([scope]));
        read.credentials.push(Credentials::client_credentials(id, secret).scope(scope));
    }
    if takes(|kind| matches!(kind, SchemeKind::Bearer | SchemeKind::ClientCredentials(_)))
        && let Some([token]) = missing.all(get, ["token"])
    {
        read.credentials.push(Credentials::bearer(token));
    }
    if takes(|kind| matches!(kind, SchemeKind::ApiKey(..)))
        && let Some([key]) = missing.all(get, ["api_key"])
    {
        read.credentials.push(Credentials::api_key(key));
    }
    if takes(|kind| matches!(kind, SchemeKind::Basic))
        && let Some([user, password]) = missing.all(get, ["username", "password"])
    {
        read.credentials.push(Credentials::basic(user, password));
    }
    read.missing = missing.first;
    read.credentials.extend(facts.variables.iter().filter_map(|(option, _)| for_scheme(option, get(option)?)));
}

/// What a variable of one scheme holds: its option is `token` or `api_key`, a dot, and the scheme's name.
fn for_scheme(option: &str, value: String) -> Option<Credentials> {
    let (kind, scheme) = option.split_once('.')?;
    let credentials = if kind == "token" { Credentials::bearer(value) } else { Credentials::api_key(value) };
    Some(credentials.for_scheme(scheme))
}

/// Remembers the first variable that is not set.
struct Missing<'a> {
    facts: &'a ClientFacts,
    first: Option<String>,
}

impl Missing<'_> {
    /// All of these options, or none if the document declares no variables for them or one is not set.
    fn all<const N: usize>(
        &mut self,
        get: &dyn Fn(&str) -> Option<String>,
        options: [&'static str; N],
    ) -> Option<[String; N]> {
        let mut values = [const { String::new() }; N];
        for (option, value) in options.into_iter().zip(&mut values) {
            let variable = self.facts.variable(option)?;
            match get(option) {
                Some(found) => *value = found,
                None => {
                    let note = format!("the variable {variable} (`{option}`) is not set or blank");
                    self.first.get_or_insert(note);
                    return None;
                }
            }
        }
        Some(values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{SecurityScheme, TokenFacts};

    static PETS: ClientFacts = ClientFacts::new("pets", "1")
        .environments(&[("live", "https://pets.example"), ("test", "https://test.pets.example")], "live")
        .variables(&[
            ("environment", "PETS_ENVIRONMENT"),
            ("base_url", "PETS_URL"),
            ("timeout_ms", "PETS_TIMEOUT_MS"),
            ("client_id", "PETS_ID"),
            ("client_secret", "PETS_SECRET"),
            ("scope", "PETS_SCOPE"),
            ("rate_limit", "PETS_RATE_LIMIT"),
            ("api_key.shop", "PETS_SHOP_KEY"),
        ])
        .security(&[SecurityScheme::client_credentials("auth", TokenFacts::new("/token"))]);

    fn from(variables: &[(&str, &str)]) -> Result<FromEnv, String> {
        let find =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        read(&PETS, &find).map_err(String::from)
    }

    #[test]
    fn values_are_trimmed() {
        let read = from(&[
            ("PETS_ENVIRONMENT", " test "),
            ("PETS_URL", " http://localhost "),
            ("PETS_TIMEOUT_MS", " 250 "),
            ("PETS_ID", " id "),
            ("PETS_SECRET", " secret\n"),
            ("PETS_SCOPE", " a, b\tc "),
        ])
        .unwrap();
        assert_eq!(read.environment.as_deref(), Some("test"));
        assert_eq!(read.base_url.as_deref(), Some("http://localhost"));
        assert_eq!(read.timeout_ms, Some(250));
        let crate::credentials::Kind::ClientCredentials { id, secret, scope } = &read.credentials[0].kind else {
            panic!("{:?}", read.credentials)
        };
        assert_eq!((id.as_str(), secret.expose(), scope.as_deref()), ("id", "secret", Some("a b c")));
        assert_eq!(read.missing, None);
    }

    #[test]
    fn blank_is_unset() {
        let read = from(&[("PETS_ENVIRONMENT", "  "), ("PETS_ID", " "), ("PETS_SECRET", "s")]).unwrap();
        assert_eq!(read.environment, None);
        assert!(read.credentials.is_empty());
        assert_eq!(read.missing.as_deref(), Some("the variable PETS_ID (`client_id`) is not set or blank"));
    }

    #[test]
    fn a_limit_is_a_number_or_nothing() {
        for (text, expected) in [
            ("30", Some(30)),
            (" 12.9 ", Some(12)),
            ("0", Some(0)),
            ("-5", Some(0)),
            ("1e3", Some(1000)),
            ("99999999999", Some(u32::MAX)),
            ("many", None),
            ("inf", None),
            ("NaN", None),
            (" ", None),
        ] {
            assert_eq!(from(&[("PETS_RATE_LIMIT", text)]).unwrap().rate_limit, expected, "{text}");
        }
    }

    #[test]
    fn a_variable_may_be_for_one_scheme() {
        let read = from(&[("PETS_SHOP_KEY", "k")]).unwrap();
        assert_eq!(read.credentials.len(), 1);
        assert_eq!(read.credentials[0].scheme.as_deref(), Some("shop"));
        assert!(matches!(read.credentials[0].kind, crate::credentials::Kind::ApiKey(_)));
    }

    #[test]
    fn refusals() {
        let check = |name: &str, value: &str, expected: &str| {
            assert_eq!(from(&[(name, value)]).unwrap_err(), expected);
        };
        check(
            "PETS_ENVIRONMENT",
            "Live",
            "PETS_ENVIRONMENT: 'Live' is not an environment of this API: it knows `live`, `test`",
        );
        check("PETS_TIMEOUT_MS", "0", "PETS_TIMEOUT_MS: '0' is not a positive number of milliseconds");
        check("PETS_TIMEOUT_MS", "1s", "PETS_TIMEOUT_MS: '1s' is not a positive number of milliseconds");
    }
}

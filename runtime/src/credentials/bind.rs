//! Which security scheme takes which credential.
//!
//! Owns matching the two when a client is built, and choosing among an operation's alternatives.

use std::fmt;
use std::sync::Arc;

use super::flight::Tokens;
use super::session::Session;
use super::token::{Grant, Issuer, Settings};
use super::{Credentials, Kind, Needs, Source};
use crate::facts::{ClientFacts, KeyPlace, Need, SchemeKind, SecurityScheme, TokenFacts};
use crate::text::invalid::Invalid;
use crate::text::secret::Secret;

/// A credential in the shape in which a request takes it.
#[derive(Clone)]
pub(crate) enum Bound {
    /// A token that was given; with the facts of its endpoint where it travels in headers of their own.
    Bearer(Source, Option<TokenFacts>),
    Basic {
        user: String,
        password: Secret,
    },
    Key {
        source: Source,
        place: KeyPlace,
        name: &'static str,
    },
    Tokens(Arc<Tokens>),
    /// The connection proves who calls.
    Transport,
}

impl Bound {
    /// Whether it proves anything now: a session does so while somebody is logged in.
    fn is_ready(&self) -> bool {
        !matches!(self, Self::Tokens(tokens) if tokens.issuer.session().is_some_and(|session| !session.is_open()))
    }
}

/// The credentials of a client, by the index of their scheme.
#[derive(Clone, Default)]
pub(crate) struct CredentialSet {
    bound: Vec<(usize, Bound)>,
    /// The schemes of those that a call brought itself. One of them at least must be used, so that a call is never sent in
    /// the name of somebody else than it says.
    own: Vec<usize>,
}

impl fmt::Debug for CredentialSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} redacted]", self.bound.len())
    }
}

impl CredentialSet {
    /// Finds a scheme for each credential. The error is for people who set up a client.
    /// `connection`: whether the connection proves who calls.
    pub(crate) fn new(
        facts: &'static ClientFacts,
        given: &[Credentials],
        settings: &Settings,
        connection: bool,
    ) -> Result<Self, Invalid> {
        let mut set = Self::default();
        for credentials in given {
            let before = set.bound.len();
            for (index, scheme) in facts.security.iter().enumerate() {
                let named = credentials.scheme.as_deref().is_none_or(|name| name == scheme.name);
                if let Some(bound) = bind(credentials, scheme, settings).filter(|_| named) {
                    // What is given later replaces what came from the environment.
                    set.bound.retain(|(known, _)| *known != index);
                    set.bound.push((index, bound));
                }
            }
            if set.bound.len() == before && !replaces(facts, credentials, &set) {
                return Err(unfit(facts, credentials).into());
            }
        }
        let certificate = |scheme: &SecurityScheme| connection && matches!(scheme.kind, SchemeKind::MutualTls);
        let certified = facts.security.iter().enumerate().filter(|(_, scheme)| certificate(scheme));
        set.bound.extend(certified.map(|(index, _)| (index, Bound::Transport)));
        Ok(set)
    }

    /// These credentials with those of one call, which go before them.
    pub(crate) fn with(&self, facts: &'static ClientFacts, given: &[Credentials]) -> Result<Self, Invalid> {
        for credentials in given {
            let words = credentials.kind.words();
            if matches!(credentials.kind, Kind::ClientCredentials { .. } | Kind::Session) {
                return Err(format!("a call takes no {words}: only a client keeps tokens").into());
            }
            credentials.check().map_err(|(words, _)| format!("{words} is empty"))?;
        }
        let mut set = Self::new(facts, given, &Settings::default(), false)?;
        set.own = set.bound.iter().map(|(scheme, _)| *scheme).collect();
        let others = self.bound.iter().filter(|(scheme, _)| !set.own.contains(scheme));
        set.bound.extend(others.cloned());
        Ok(set)
    }

    fn get(&self, index: usize) -> Option<&Bound> {
        self.bound.iter().find(|(known, _)| *known == index).map(|(_, bound)| bound)
    }

    /// The tokens that this client issues.
    pub(crate) fn tokens(&self) -> Option<&Arc<Tokens>> {
        self.bound.iter().find_map(|(_, bound)| match bound {
            Bound::Tokens(tokens) => Some(tokens),
            _ => None,
        })
    }

    /// The session, if the application wants one.
    pub(crate) fn session(&self) -> Option<&Arc<Tokens>> {
        self.bound.iter().find_map(|(_, bound)| match bound {
            Bound::Tokens(tokens) if tokens.issuer.session().is_some() => Some(tokens),
            _ => None,
        })
    }

    /// The credentials that a request takes, each with the index of its scheme, or what it would need. An alternative that needs none is taken last: a server
    /// may answer more to somebody it knows.
    pub(crate) fn choose(&self, needs: Needs) -> Result<Vec<(usize, &Bound)>, &'static [&'static [Need]]> {
        let alternatives = match needs {
            Needs::Nothing => return Ok(Vec::new()),
            Needs::Whatever => {
                return Ok(self.bound.iter().take(1).map(|(scheme, bound)| (*scheme, bound)).collect());
            }
            Needs::OneOf(alternatives) => alternatives,
        };
        let one = |need: &Need| Some((need.scheme, self.get(need.scheme)?));
        let ready = |need: &Need| one(need).filter(|(_, bound)| bound.is_ready());
        let own = |needs: &&&[Need]| self.own.is_empty() || needs.iter().any(|need| self.own.contains(&need.scheme));
        let filled = || alternatives.iter().filter(|needs| !needs.is_empty()).filter(own);
        if let Some(found) = filled().find_map(|needs| needs.iter().map(ready).collect::<Option<Vec<_>>>()) {
            return Ok(found);
        }
        if self.own.is_empty() && alternatives.iter().any(|needs| needs.is_empty()) {
            return Ok(Vec::new());
        }
        // What nobody has logged in to yet says so when its token is asked for.
        if let Some(found) = filled().find_map(|needs| needs.iter().map(one).collect::<Option<Vec<_>>>()) {
            return Ok(found);
        }
        Err(alternatives)
    }
}

/// Whether a credential took the place of an earlier one, which leaves the count as it was.
fn replaces(facts: &'static ClientFacts, credentials: &Credentials, set: &CredentialSet) -> bool {
    facts.security.iter().enumerate().any(|(index, scheme)| {
        credentials.scheme.as_deref().is_none_or(|name| name == scheme.name)
            && fits(&credentials.kind, scheme.kind)
            && set.get(index).is_some()
    })
}

/// Whether a token alone is enough for a scheme whose tokens an endpoint issues: its headers may want the client's id too.
fn takes_tokens(facts: &TokenFacts) -> bool {
    !facts.carriers().any(|(_, template)| template.contains("{client_id}"))
}

fn fits(kind: &Kind, scheme: SchemeKind) -> bool {
    if let (Kind::Bearer(_), SchemeKind::ClientCredentials(facts)) = (kind, scheme) {
        return takes_tokens(&facts);
    }
    if let SchemeKind::ClientCredentials(facts) = scheme {
        return matches!((kind, facts.session), (Kind::Session, Some(_)) | (Kind::ClientCredentials { .. }, None));
    }
    matches!(
        (kind, scheme),
        (Kind::Bearer(_), SchemeKind::Bearer)
            | (Kind::Basic { .. }, SchemeKind::Basic)
            | (Kind::ApiKey(_), SchemeKind::ApiKey(..))
            | (Kind::Bearer(_) | Kind::Basic { .. } | Kind::ApiKey(_), SchemeKind::Undeclared(_))
    )
}

fn bind(credentials: &Credentials, scheme: &SecurityScheme, settings: &Settings) -> Option<Bound> {
    match (&credentials.kind, scheme.kind) {
        (Kind::Bearer(source), SchemeKind::Bearer | SchemeKind::Undeclared(_)) => {
            Some(Bound::Bearer(source.clone(), None))
        }
        (Kind::Bearer(source), SchemeKind::ClientCredentials(facts)) if takes_tokens(&facts) => {
            Some(Bound::Bearer(source.clone(), Some(facts)))
        }
        (Kind::Basic { user, password }, SchemeKind::Basic | SchemeKind::Undeclared(_)) => {
            Some(Bound::Basic { user: user.clone(), password: password.clone() })
        }
        (Kind::ApiKey(source), SchemeKind::ApiKey(place, name)) => {
            Some(Bound::Key { source: source.clone(), place, name })
        }
        (Kind::ApiKey(source), SchemeKind::Undeclared(name)) => {
            Some(Bound::Key { source: source.clone(), place: KeyPlace::Header, name })
        }
        (Kind::ClientCredentials { id, secret, scope }, SchemeKind::ClientCredentials(facts))
            if facts.session.is_none() =>
        {
            let grant = Grant::ClientCredentials { id: id.clone(), secret: secret.clone() };
            let issuer = Issuer::new(facts, grant, scope.clone(), settings.clone());
            Some(Bound::Tokens(Arc::new(Tokens::new(issuer))))
        }
        (Kind::Session, SchemeKind::ClientCredentials(facts)) if facts.session.is_some() => {
            // A session belongs to this client: its token is nobody else's, wherever others keep theirs.
            let settings = Settings { cache: None, shared_at: None, ..settings.clone() };
            let issuer = Issuer::new(facts, Grant::Session(Session::default()), None, settings);
            Some(Bound::Tokens(Arc::new(Tokens::new(issuer))))
        }
        _ => None,
    }
}

fn unfit(facts: &ClientFacts, credentials: &Credentials) -> String {
    let words = credentials.kind.words();
    let known: Vec<String> = facts.security.iter().map(describe).collect();
    let known = if known.is_empty() { "it needs no credentials".to_owned() } else { known.join(", ") };
    match &credentials.scheme {
        Some(name) => format!("the security scheme `{name}` takes no {words}: this API knows {known}"),
        None => format!("this API takes no {words}: it knows {known}"),
    }
}

/// A scheme in words, for errors.
pub(crate) fn describe(scheme: &SecurityScheme) -> String {
    let words = match scheme.kind {
        SchemeKind::Bearer => "bearer token",
        SchemeKind::Basic => "user and password",
        SchemeKind::ApiKey(..) => "API key",
        SchemeKind::ClientCredentials(facts) if facts.session.is_some() => "session or bearer token",
        SchemeKind::ClientCredentials(facts) if takes_tokens(&facts) => "client credentials or a bearer token",
        SchemeKind::ClientCredentials(_) => "client credentials",
        SchemeKind::MutualTls => "client certificate",
        SchemeKind::Undeclared(_) => "bearer token, user and password, or API key",
    };
    format!("`{}` ({words})", scheme.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    static PETS: ClientFacts = ClientFacts::new("pets", "1").security(&[
        SecurityScheme::client_credentials("petsAuth", TokenFacts::new("/token")),
        SecurityScheme::header_key("petsKey", "x-api-key"),
        SecurityScheme::query_key("otherKey", "key"),
        SecurityScheme::basic("petsBasic"),
    ]);

    const KEY_AND_BASIC: &[&[Need]] = &[&[Need::new(1, &[]), Need::new(3, &[])], &[Need::new(0, &[])]];
    const OPTIONAL: &[&[Need]] = &[&[], &[Need::new(0, &[])]];

    fn check(given: &[Credentials], needs: &'static [&'static [Need]], expected: Result<usize, &[usize]>) {
        let set = CredentialSet::new(&PETS, given, &Settings::default(), false).unwrap();
        match (set.choose(Needs::OneOf(needs)), expected) {
            (Ok(found), Ok(count)) => assert_eq!(found.len(), count),
            (Err(found), Err(schemes)) => {
                assert_eq!(found.iter().copied().flatten().map(|need| need.scheme).collect::<Vec<_>>(), schemes);
            }
            _ => panic!("{given:?}: not {expected:?}"),
        }
    }

    #[test]
    fn alternatives() {
        check(&[Credentials::bearer("t")], KEY_AND_BASIC, Ok(1));
        check(&[Credentials::api_key("k")], KEY_AND_BASIC, Err(&[1, 3, 0]));
        check(&[Credentials::api_key("k"), Credentials::basic("u", "p")], KEY_AND_BASIC, Ok(2));
        check(&[], OPTIONAL, Ok(0));
        check(&[Credentials::client_credentials("i", "s")], OPTIONAL, Ok(1));
    }

    #[test]
    fn a_scheme_that_is_not_declared_takes_what_there_is() {
        static FACTS: ClientFacts =
            ClientFacts::new("pets", "1").security(&[SecurityScheme::undeclared("auth", "x-auth")]);
        let bound = |given: Credentials| {
            let set = CredentialSet::new(&FACTS, &[given], &Settings::default(), false).unwrap();
            match set.get(0) {
                Some(Bound::Bearer(..)) => "bearer".to_owned(),
                Some(Bound::Basic { .. }) => "basic".to_owned(),
                Some(Bound::Key { place: KeyPlace::Header, name, .. }) => format!("header {name}"),
                _ => "nothing".to_owned(),
            }
        };
        assert_eq!(bound(Credentials::bearer("t")), "bearer");
        assert_eq!(bound(Credentials::basic("u", "p")), "basic");
        assert_eq!(bound(Credentials::api_key("k")), "header x-auth");
        let issued = [Credentials::client_credentials("i", "s")];
        let error = CredentialSet::new(&FACTS, &issued, &Settings::default(), false).unwrap_err().to_string();
        assert!(error.contains("`auth` (bearer token, user and password, or API key)"), "{error}");
    }

    #[test]
    fn a_credential_without_scheme_is_an_error() {
        static NONE: ClientFacts = ClientFacts::new("open", "1");
        let error = CredentialSet::new(&NONE, &[Credentials::bearer("t")], &Settings::default(), false)
            .unwrap_err()
            .to_string();
        assert!(error.contains("it needs no credentials"), "{error}");
        let wrong = [Credentials::api_key("k").for_scheme("petsBasic")];
        let error = CredentialSet::new(&PETS, &wrong, &Settings::default(), false).unwrap_err().to_string();
        assert!(error.contains("`petsBasic` takes no API key") && error.contains("`petsKey` (API key)"), "{error}");
    }
}

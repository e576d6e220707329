//! Scopes of OAuth2 schemes: a variant for each.
//!
//! Words that all scopes of a document begin with say nothing and are left out: `direct:creators:write` beside
//! `direct:links:read` is `CreatorsWrite`, `https://www.example.com/auth/drive` is `Drive`.

use super::claim::{Claim, Scope};
use super::reserved::{self, IdentKind};
use super::words::{Spell, words};
use crate::api::Api;

/// Idents in the order of [`Api::scopes`].
pub(super) fn name_scopes(api: &Api) -> Vec<String> {
    let scopes = api.scopes();
    let cut: Vec<Vec<String>> = scopes.keys().map(|scope| words(scope, Spell::Plain)).collect();
    let common = common(&cut);
    let claim = |(wire, words): (&&str, &Vec<String>)| Claim {
        rank: 0,
        wire: (*wire).to_owned(),
        plain: reserved::ident(IdentKind::Value, words.get(common..).unwrap_or(words), &[]),
        origin: None,
    };
    let claims: Vec<Claim> = scopes.keys().zip(&cut).map(claim).collect();
    Scope::new(IdentKind::Value).give(&claims, &|_| Vec::new())
}

/// How many words all of them begin with, of which each has more.
fn common(all: &[Vec<String>]) -> usize {
    let [first, others @ ..] = all else { return 0 };
    if others.is_empty() {
        return 0;
    }
    let shared = |other: &Vec<String>| first.iter().zip(other).take_while(|(left, right)| left == right).count();
    let most = others.iter().map(shared).min().unwrap_or(0);
    let shortest = all.iter().map(Vec::len).min().unwrap_or(0);
    most.min(shortest.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::name_scopes;
    use crate::api::{Api, SecurityKind, SecurityScheme};
    use crate::tree::some_node;

    fn scheme(kind: SecurityKind) -> SecurityScheme {
        SecurityScheme { key: "oauth".to_owned(), description: None, kind, origin: some_node() }
    }

    fn check(scopes: &[&str], expected: &str) {
        let scopes = scopes.iter().map(|scope| ((*scope).to_owned(), String::new())).collect();
        let api = Api { security_schemes: vec![scheme(SecurityKind::CallerToken { scopes })], ..Api::default() };
        assert_eq!(name_scopes(&api).join(" "), expected);
    }

    #[test]
    fn what_all_begin_with_is_left_out() {
        check(&["direct:api", "direct:creators:write", "direct:links:read"], "Api CreatorsWrite LinksRead");
        check(&["https://www.example.com/auth/drive", "https://www.example.com/auth/drive.file"], "Drive DriveFile");
        check(&["repo", "repo:status", "admin:org"], "AdminOrg Repo RepoStatus");
        check(&["pets:read"], "PetsRead");
        check(&["pets", "pets:read"], "Pets PetsRead");
        check(&[], "");
    }

    #[test]
    fn every_scope_has_a_name_of_its_own() {
        check(&["a:unknown", "a:b_c", "a:b:c"], "BC AColonBUnderscoreC UnknownLiteral");
    }
}

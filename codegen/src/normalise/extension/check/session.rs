//! Facts about sessions: the scheme must be there, and the one operation that renews.

use super::{Check, near};
use crate::diagnostic::codes::{BAD_FACT, FACT_WITHOUT_TARGET};
use crate::facts::SessionRole;
use crate::tree::NodeId;

impl Check<'_> {
    pub(super) fn session(&mut self) {
        let model = self.model;
        let of = |role: SessionRole| {
            let all = model.operation_facts.iter().filter(move |(_, facts)| facts.session == Some(role));
            all.map(|(node, _)| *node).collect::<Vec<NodeId>>()
        };
        let renews = of(SessionRole::Renews);
        let Some(session) = &model.facts.session else {
            let all = [of(SessionRole::Opens), renews, of(SessionRole::Closes)].concat();
            for node in all {
                let help = "declare it at the root: `session: { scheme: …, cookie: … }`".to_owned();
                let place = self.place(node, &["session"]);
                self.report(&FACT_WITHOUT_TARGET, place, ("the document has no session".to_owned(), help));
            }
            return;
        };
        let root = self.context.root;
        let keys = model.document.components.scheme_keys();
        if !session.scheme.is_empty() && !keys.clone().any(|known| known == session.scheme) {
            let message = format!("there is no security scheme `{}`", session.scheme);
            let place = self.place(root, &["session", "scheme"]);
            self.report(&FACT_WITHOUT_TARGET, place, (message, near(&session.scheme, keys)));
        }
        if renews.len() != 1 {
            let message = format!("{} operations renew the session", renews.len());
            let help = "say at the one that does: `x-typewright: { session: renews }`".to_owned();
            let place = self.place(root, &["session"]);
            self.report(&FACT_WITHOUT_TARGET, place, (message, help));
        }
        for node in renews {
            let found = model.document.operations().find(|routed| routed.operation.at == node);
            if found.is_some_and(|routed| routed.method != "POST" || routed.path.contains('{')) {
                let message = "a session is renewed by a POST to a path without parameters".to_owned();
                let place = self.place(node, &["session"]);
                self.report(&BAD_FACT, place, (message, "remove it here".to_owned()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::normalise::testing::check_faults;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        check_faults(&format!("openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\n{text}"), expected);
    }

    #[test]
    fn a_session_has_a_scheme_and_is_renewed() {
        check(
            "components: {securitySchemes: {staff: {type: http, scheme: bearer}}}\nx-typewright: {session: {scheme: stuff, cookie: sid}}",
            &[
                "4:25 TW0703 0 operations renew the session | say at the one that does: `x-typewright: { session: renews }` | ",
                "4:34 TW0703 there is no security scheme `stuff` | did you mean `staff`? | ",
            ],
        );
        check(
            "components: {securitySchemes: {staff: {type: http, scheme: bearer}}}\nx-typewright: {session: {scheme: staff, cookie: sid}}\npaths: {/a: {get: {x-typewright: {session: renews}}}}",
            &["5:44 TW0702 a session is renewed by a POST to a path without parameters | remove it here | "],
        );
        check(
            "paths: {/a: {get: {x-typewright: {session: opens}}}}",
            &[
                "3:44 TW0703 the document has no session | declare it at the root: `session: { scheme: …, cookie: … }` | ",
            ],
        );
    }
}

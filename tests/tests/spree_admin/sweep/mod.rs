//! What holds of every client, held to Spree Admin; `typewright_tests::sweep` says what that is.

mod access;
mod catalog;
mod customers;
mod orders;
mod stock;
mod store;

use spree_admin::{Builder, Credentials, SpreeAdmin};
use typewright_tests::server::Answer;
use typewright_tests::sweep::{Provider, Setup, Swept, TOKEN};

/// Of whatever an operation is about.
const ID: &str = "or_86Rf07xd4z";

struct Sweep;

impl Provider for Sweep {
    type Client = SpreeAdmin;

    const DOCUMENT: &'static str = include_str!("../../../../specs/spree-admin.yaml");
    const API: &'static str = include_str!("../../../../generated/spree-admin/api.txt");

    fn builder(setup: &Setup) -> Builder<SpreeAdmin> {
        SpreeAdmin::builder()
            .credentials(Credentials::api_key(setup.secret))
            .credentials(Credentials::bearer(setup.secret))
    }

    fn calls(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
        let parts = [
            access::calls(s, setup),
            catalog::calls(s, setup),
            customers::calls(s, setup),
            orders::calls(s, setup),
            stock::calls(s, setup),
            store::calls(s, setup),
        ];
        let mut all: Vec<Swept> = parts.into_iter().flatten().collect();
        // The order of `api.txt`; in the files nested resources stand behind what they are nested in.
        all.sort_by(|left, right| left.name.cmp(right.name));
        all
    }

    fn flush(s: &SpreeAdmin) {
        s.events().flush();
    }

    fn sensitive_successes() -> Vec<Answer> {
        let session = format!(r#"{{"token":"{TOKEN}","user":{{"id":"1"}}}}"#);
        let key = format!(r#"{{"id":"1","plaintext_token":"{TOKEN}"}}"#);
        let endpoint = format!(r#"{{"id":"1","secret_key":"{TOKEN}"}}"#);
        [session, key, endpoint].map(|body| Answer::json(200, body)).to_vec()
    }

    fn has_members(operation: &str, success: usize) -> bool {
        let owners: [&[&str]; 3] = [
            &["auth.login", "auth.refresh", "auth.reset_password"],
            &["api_keys.create", "api_keys.get", "api_keys.update", "api_keys.revoke", "api_keys.current"],
            &["webhook_endpoints.create", "webhook_endpoints.get", "webhook_endpoints.update"],
        ];
        owners[success].contains(&operation)
    }
}

typewright_tests::sweep!(Sweep);

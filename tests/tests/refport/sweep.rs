//! What holds of every client, held to Refport; `typewright_tests::sweep` says what that is.

use refport::types::{CreateEmbedToken, Partner, TrackLead, TrackSale};
use refport::{Builder, Credentials, Refport};
use typewright_tests::server::Answer;
use typewright_tests::sweep::{Provider, Setup, Swept, TOKEN};
use typewright_tests::swept;

struct Sweep;

impl Provider for Sweep {
    type Client = Refport;

    const DOCUMENT: &'static str = include_str!("../../../specs/refport.yaml");
    const API: &'static str = include_str!("../../../generated/refport/api.txt");

    fn builder(setup: &Setup) -> Builder<Refport> {
        Refport::builder().credentials(Credentials::bearer(setup.secret))
    }

    fn calls(r: &Refport, setup: &Setup) -> Vec<Swept> {
        let mark = setup.mark;
        let token = CreateEmbedToken::new().tenant_id(mark).partner(Partner::new(mark).name(mark));
        let lead = TrackLead::new(mark, mark, mark).customer_email(mark);
        let sale = TrackSale::new(mark, mark, 1).customer_email(mark);
        vec![
            swept!(setup, "embed_tokens.create", r.embed_tokens().create(&token)),
            swept!(setup, "track.lead", r.track().lead(&lead)),
            swept!(setup, "track.sale", r.track().sale(&sale)),
        ]
    }

    fn flush(r: &Refport) {
        r.events().flush();
    }

    fn sensitive_successes() -> Vec<Answer> {
        let token = format!(r#"{{"publicToken":"{TOKEN}","expires":"2026-01-01T01:00:00Z"}}"#);
        vec![Answer::json(200, token)]
    }
}

typewright_tests::sweep!(Sweep);

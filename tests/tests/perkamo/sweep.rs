//! What holds of every client, held to Perkamo; `typewright_tests::sweep` says what that is.

use perkamo::types::Event;
use perkamo::{Builder, Credentials, Json, Perkamo};
use typewright_tests::server::Answer;
use typewright_tests::sweep::{Provider, Setup, Swept, TOKEN};
use typewright_tests::swept;

struct Sweep;

impl Provider for Sweep {
    type Client = Perkamo;

    const DOCUMENT: &'static str = include_str!("../../../specs/perkamo.yaml");
    const API: &'static str = include_str!("../../../generated/perkamo/api.txt");

    fn builder(setup: &Setup) -> Builder<Perkamo> {
        Perkamo::builder()
            .credentials(Credentials::api_key(setup.secret))
            .credentials(Credentials::bearer(setup.secret))
    }

    fn calls(p: &Perkamo, setup: &Setup) -> Vec<Swept> {
        let mark = setup.mark;
        let context = || Json::object([("note", mark)]);
        let events = [Event::new(mark, mark, mark).context(context())];
        vec![
            swept!(setup, "client.batch", p.batch(&events)),
            swept!(setup, "client.create_browser_stream_token", p.create_browser_stream_token(mark, mark)),
            swept!(setup, "client.create_browser_token", p.create_browser_token(mark, mark)),
            swept!(setup, "client.customer", p.customer("customer_123")),
            swept!(setup, "client.emit", p.emit(mark, mark).context(context()).tx_id(mark)),
            swept!(setup, "client.event_catalog", p.event_catalog()),
            swept!(setup, "client.identify", p.identify(mark).traits(context())),
            swept!(setup, "client.program", p.program()),
            swept!(setup, "client.subscribe_customer", p.subscribe_customer("stream")),
        ]
    }

    fn flush(p: &Perkamo) {
        p.events().flush();
    }

    fn sensitive_successes() -> Vec<Answer> {
        let token = format!(
            r#"{{"token":"{TOKEN}","token_type":"Bearer","expires_at":"2026-01-01T01:00:00.000Z","expires_in":600}}"#
        );
        vec![Answer::json(200, token)]
    }

    fn has_members(operation: &str, _: usize) -> bool {
        operation.starts_with("client.create_browser")
    }
}

typewright_tests::sweep!(Sweep);

//! What holds of every client, held to Qredex; `typewright_tests::sweep` says what that is.

use qredex::types::{
    CreateCreator, CreateLink, IssueInfluenceIntentToken, LockPurchaseIntent, RecordPaidOrder, RecordRefund,
};
use qredex::{Builder, Credentials, Qredex};
use typewright_tests::server::{Answer, Received, Server};
use typewright_tests::sweep::{Provider, Setup, Swept, TOKEN};
use typewright_tests::swept;

const ID: &str = "44444444-4444-4444-8444-444444444444";

pub(crate) struct Sweep;

impl Provider for Sweep {
    type Client = Qredex;

    const DOCUMENT: &'static str = include_str!("../../../specs/qredex.yaml");
    const API: &'static str = include_str!("../../../generated/qredex/api.txt");

    fn builder(setup: &Setup) -> Builder<Qredex> {
        Qredex::builder().credentials(Credentials::client_credentials("the-id", setup.secret))
    }

    fn calls(q: &Qredex, setup: &Setup) -> Vec<Swept> {
        let mark = setup.mark;
        let creator = CreateCreator::new(mark).email(mark);
        let link = CreateLink::new(ID, ID, mark, format!("/{mark}"));
        let issue = IssueInfluenceIntentToken::new(ID).referrer(mark);
        let lock = LockPurchaseIntent::new(mark);
        let order = RecordPaidOrder::new(ID, mark, "USD").purchase_intent_token(mark);
        let refund = RecordRefund::new(ID, mark, mark);
        vec![
            swept!(setup, "creators.create", q.creators().create(&creator)),
            swept!(setup, "creators.get", q.creators().get(ID)),
            swept!(setup, "creators.list", q.creators().list()),
            swept!(setup, "intents.issue_influence_intent_token", q.intents().issue_influence_intent_token(&issue)),
            swept!(setup, "intents.lock_purchase_intent", q.intents().lock_purchase_intent(&lock)),
            swept!(setup, "links.create", q.links().create(&link)),
            swept!(setup, "links.get", q.links().get(ID)),
            swept!(setup, "links.list", q.links().list().destination(mark)),
            swept!(setup, "orders.get_details", q.orders().get_details(ID)),
            swept!(setup, "orders.list", q.orders().list()),
            swept!(setup, "orders.record_paid_order", q.orders().record_paid_order(&order)),
            swept!(setup, "refunds.record_refund", q.refunds().record_refund(&refund)),
        ]
    }

    fn flush(q: &Qredex) {
        q.events().flush();
    }

    fn beside(request: &Received) -> Option<Answer> {
        let token = format!(r#"{{"access_token":"{TOKEN}","token_type":"Bearer","expires_in":3600}}"#);
        (request.path() == "/api/v1/auth/token").then(|| Answer::json(200, token))
    }
}

typewright_tests::sweep!(Sweep);

/// A token that was asked for is a value that applications print too.
#[tokio::test]
async fn an_issued_token_shows_nothing() {
    let server = Server::start(|request, _| Sweep::beside(request).unwrap_or_else(|| Answer::empty(404))).await;
    let setup = Setup::new::<Sweep>(server.url());
    let q = setup.client::<Sweep>();
    let token = q.auth().issue_token().header("x-mark", setup.mark).await.expect("a token");
    q.events().flush();
    let shown = format!("{token:?} {:?}", setup.told.lock().expect("no handler panics"));
    assert!(shown.contains("AuthTokenIssued") && !shown.contains("s3cret"), "{shown}");
}

//! What holds of every client, held to Qikink; `typewright_tests::sweep` says what that is.

use qikink::types::ShippingAddress;
use qikink::{Builder, Credentials, Qikink};
use typewright_tests::server::{Answer, Received};
use typewright_tests::sweep::{Provider, Setup, Swept, TOKEN};
use typewright_tests::swept;

use crate::support::{is_token, order, token};

struct Sweep;

impl Provider for Sweep {
    type Client = Qikink;

    const DOCUMENT: &'static str = include_str!("../../../specs/qikink.yaml");
    const API: &'static str = include_str!("../../../generated/qikink/api.txt");

    fn builder(setup: &Setup) -> Builder<Qikink> {
        // The limit would hide how often a request is repeated.
        Qikink::builder().credentials(Credentials::client_credentials("id", setup.secret)).rate_limit(0)
    }

    fn calls(q: &Qikink, setup: &Setup) -> Vec<Swept> {
        let mark = setup.mark;
        let address = ShippingAddress::new().first_name(mark).email(mark).phone(mark);
        let order = order("1", mark, mark, mark).shipping_address(address);
        vec![
            swept!(setup, "orders.create", q.orders().create(&order)),
            swept!(setup, "orders.get", q.orders().get(mark).from_date(mark)),
            swept!(setup, "orders.list", q.orders().list().status(mark)),
        ]
    }

    fn flush(q: &Qikink) {
        q.events().flush();
    }

    fn beside(request: &Received) -> Option<Answer> {
        is_token(request).then(|| token(TOKEN))
    }
}

typewright_tests::sweep!(Sweep);

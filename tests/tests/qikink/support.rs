//! A server with a token endpoint, and a client of it.

use qikink::types::{CreateOrder, CreateOrderRequired, Gateway, LineItem, ShippingAddress};
use qikink::{Builder, Credentials, Qikink};
use typewright_tests::server::{Answer, Received, Server};

pub(crate) const ID: &str = "100000000000001";
pub(crate) const SECRET: &str = "s p+&=/é";

pub(crate) fn is_token(request: &Received) -> bool {
    request.path() == "/api/token"
}

pub(crate) fn token(text: &str) -> Answer {
    Answer::json(200, format!(r#"{{"Accesstoken":"{text}","expires_in":3600}}"#))
}

/// Gives out the token `tok`, and this answer to everything else.
pub(crate) async fn answering(answer: Answer) -> Server {
    Server::start(move |request, _| if is_token(request) { token("tok") } else { answer.clone() }).await
}

pub(crate) fn builder(server: &Server) -> Builder<Qikink> {
    Qikink::builder().base_url(server.url() + "/v1").credentials(Credentials::client_credentials(ID, SECRET))
}

/// Shares nothing with other clients: ports come back, and a token that another test was given would be found under one.
pub(crate) fn client(server: &Server) -> Qikink {
    builder(server).isolated(true).build().expect("complete")
}

/// What was asked for beside tokens, and the requests for tokens.
pub(crate) fn sent(server: &Server) -> (Vec<Received>, Vec<Received>) {
    server.received().into_iter().partition(|request| !is_token(request))
}

pub(crate) fn address() -> ShippingAddress {
    ShippingAddress::new()
        .first_name("Asha")
        .last_name("Rao")
        .address1("12 MG Road")
        .phone("9876543210")
        .email("asha@example.test")
        .city("Bengaluru")
        .zip("560001")
        .province("Karnataka")
        .country_code("IN")
}

/// An order of one line: number, total, quantity and price.
pub(crate) fn order(number: &str, total: &str, quantity: &str, price: &str) -> CreateOrder {
    CreateOrder::new(CreateOrderRequired {
        order_number: number.to_owned(),
        qikink_shipping: "1".into(),
        gateway: Gateway::Cod,
        total_order_value: total.into(),
        line_items: vec![LineItem::new(1, "SKU-1", quantity, price)],
    })
    .shipping_address(address())
}

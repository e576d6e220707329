//! What the calls of every Qredex operation carry.

use typewright_tests::server::{Answer, Server};
use typewright_tests::sweep::{Provider, Setup, listed};

use crate::sweep::Sweep;

#[tokio::test]
async fn a_key_travels_with_every_operation() {
    for index in 0..listed::<Sweep>().len() {
        let server =
            Server::start(|request, _| Sweep::beside(request).unwrap_or_else(|| Answer::json(404, "{}"))).await;
        let setup = Setup::new::<Sweep>(server.url());
        let call = Sweep::calls(&setup.client::<Sweep>(), &setup).remove(index);
        call.run.await.expect_err("refused");
        let requests = server.received();
        let [token, request] = requests.as_slice() else { panic!("{}: {requests:?}", call.name) };
        for header in ["idempotency-key", "x-mark"] {
            assert_eq!(token.header(header), "", "{}: a token request is no part of the call", call.name);
        }
        for (header, value) in [
            ("idempotency-key", setup.mark),
            ("x-mark", setup.mark),
            ("x-qredex-sdk", "@qredex/server"),
            ("accept", "application/json"),
            ("authorization", "Bearer s3cret-of-the-server"),
        ] {
            assert_eq!(request.header(header), value, "{}", call.name);
        }
        assert!(request.raw_query().ends_with("mark=s3cret-of-the-caller"), "{}: {}", call.name, request.target);
    }
}

//! Thousands of calls at once that need one token: cold, too close to its end, refused by the server.
//!
//! The calls run over a transport in memory, since ten thousand sockets say nothing about tokens. Held: one token request
//! for all who wait, and every call gets its value.

use std::future::IntoFuture as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use super::{builder, on_runtime};
use crate::api::testing::{Answer, MemoryTransport};
use crate::{Plan, Row};

/// Seconds before its end at which a token is fetched anew.
const MARGIN: u64 = 60;

/// Callers at once, at the most.
const CALLERS: usize = 10_000;

/// The state of the token that the calls find.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Token {
    Cold,
    Expiring,
    Refused,
}

pub(crate) fn run(plan: Plan) -> Vec<Row> {
    let callers = plan.calls.clamp(1, CALLERS);
    on_runtime(async move {
        let mut rows = Vec::new();
        for token in [Token::Cold, Token::Expiring, Token::Refused] {
            rows.push(stampede(callers, token).await);
        }
        rows
    })
}

async fn stampede(callers: usize, token: Token) -> Row {
    let mut row = Row::new(format!("stampede/{token:?} token").to_lowercase());
    let issued = Arc::new(AtomicUsize::new(0));
    let transport = MemoryTransport::new();
    let revoked = Arc::new(AtomicBool::new(false));
    let (count, is_revoked) = (Arc::clone(&issued), Arc::clone(&revoked));
    transport.otherwise(move |request| {
        if request.path() != "/token" {
            let first = request.header("authorization") == Some("Bearer token-1");
            return match first && is_revoked.load(Ordering::Relaxed) {
                true => Answer::json(401, "{}"),
                false => Answer::json(200, r#"{"id":"x"}"#),
            };
        }
        let n = count.fetch_add(1, Ordering::Relaxed) + 1;
        // The first token of an expiring stampede has no time left, the next one has plenty.
        let lifetime = if token == Token::Expiring && n == 1 { MARGIN / 2 } else { 3600 };
        let body = format!(r#"{{"access_token":"token-{n}","token_type":"Bearer","expires_in":{lifetime}}}"#);
        Answer::json(200, body).delayed(Duration::from_millis(20))
    });
    let client = builder("http://stampede.example").timeout(Duration::from_secs(60));
    let Ok(client) = client
        .total_timeout(Duration::from_secs(60))
        .refresh_margin(Duration::from_secs(MARGIN))
        .transport(Arc::new(transport))
        .build()
    else {
        row.case(Some("no client".to_owned()));
        return row;
    };
    if token != Token::Cold {
        row.case(client.things().get("first").await.err().map(|error| format!("the first call: {error}")));
    }
    match token {
        Token::Cold | Token::Expiring => {}
        Token::Refused => revoked.store(true, Ordering::Relaxed),
    }
    let before = issued.load(Ordering::Relaxed);
    let calls: Vec<_> = (0..callers).map(|_| tokio::spawn(client.things().get("7").into_future())).collect();
    for call in calls {
        row.case(match call.await {
            Ok(Ok(_)) => None,
            Ok(Err(error)) => Some(error.to_string()),
            Err(error) => Some(format!("panicked: {error}")),
        });
    }
    let asked = issued.load(Ordering::Relaxed) - before;
    row.case((asked > 1).then(|| format!("{asked} token requests, one is enough")));
    row.figures = format!("{asked} token requests for {callers} calls");
    row
}

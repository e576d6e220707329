//! What the answers of the Perkamo API become, as far as they are documented and beyond.

use perkamo::{Credentials, Json, Perkamo};
use typewright_tests::server::{Answer, Server};

async fn answering(body: &str) -> (Server, Perkamo) {
    let server = Server::scripted([Answer::json(200, body)]).await;
    let credentials = Credentials::api_key("sk_test");
    let perkamo = Perkamo::builder().base_url(server.url()).credentials(credentials).build().expect("complete");
    (server, perkamo)
}

const RESULT: &str = r#"{"applied":true,"duplicate":false,"delta":[{"wallet":"points","amount":-1.5}],"leveled_up":true,"unlocked":[{"type":"perk","key":"vip","name":"VIP"}],"wallet_state":{"points":10,"coins":0.25},"level":{"wallet":"points","level":2,"current":10,"currentLevelAt":5,"nextLevelAt":null,"progress":1},"new":[1]}"#;

#[tokio::test]
async fn results_of_events() {
    let (_server, p) = answering(RESULT).await;
    let result = p.emit("customer_123", "purchase.completed").await.expect("a result");
    assert!(result.applied && !result.duplicate && result.leveled_up);
    assert_eq!(result.delta.iter().map(|delta| delta.amount).collect::<Vec<_>>(), [-1.5]);
    assert_eq!(result.unlocked[0].r#type, "perk");
    assert_eq!(result.wallet_state.get("coins"), Some(&0.25));
    let level = result.level.into_option().expect("a level");
    assert_eq!((level.level, level.current_level_at, level.next_level_at), (2, 5.0, None));
    assert_eq!(result.extra.get("new").map(Json::as_text), Some("[1]"));

    let (_server, p) = answering(&format!(r#"{{"results":[{RESULT},{RESULT}],"more":1}}"#)).await;
    let batch = p.batch(&[perkamo::types::Event::new("c", "e", "t")]).await.expect("results");
    assert_eq!(batch.results.len(), 2);

    let (_server, p) = answering(r#"{"applied":true}"#).await;
    let error = p.emit("c", "e").await.expect_err("not what is documented");
    assert!(error.is_decode() && error.text() == r#"{"applied":true}"#, "{error:?}");
}

#[tokio::test]
async fn undocumented_answers_are_open() {
    let (_server, p) = answering("").await;
    assert!(p.identify("c").await.expect("nothing is an empty object").is_empty());
    let (_server, p) = answering(r#"{"identified":true}"#).await;
    assert_eq!(p.identify("c").await.expect("an object").get("identified"), Some(&Json::from(true)));

    let customer = r#"{"user_id":"c","traits":{"name":"A"},"wallets":{"points":1},"level":{"wallet":"points"},"perks":[{"key":"vip","since":1}],"flags":{"vip":true},"tenant":"demo"}"#;
    let (_server, p) = answering(customer).await;
    let customer = p.customer("c").await.expect("a customer");
    assert_eq!(customer.user_id.as_deref(), Some("c"));
    assert_eq!(customer.wallets.and_then(|wallets| wallets.get("points").copied()), Some(1.0));
    assert_eq!(customer.perks.map(|perks| perks.len()), Some(1));
    assert_eq!(customer.extra.get("flags").map(Json::as_text), Some(r#"{"vip":true}"#));

    let (_server, p) = answering(r#"{"user_id":7,"wallets":[]}"#).await;
    let odd = p.customer("c").await.expect("a customer all the same");
    assert_eq!((odd.user_id, odd.extra.get("user_id")), (None, Some(&Json::from(7))));
}

#[tokio::test]
async fn the_event_catalog_is_a_member_of_the_program() {
    let program = r#"{"blueprint":{"earningRules":[{"event":"purchase.completed","label":"Purchase","reward":"{{price}} * 10"},{"event":"app.opened"}]},"metrics":{}}"#;
    let (_server, p) = answering(program).await;
    let events = p.event_catalog().await.expect("events");
    assert_eq!(
        events.iter().filter_map(|rule| rule.event.as_deref()).collect::<Vec<_>>(),
        ["purchase.completed", "app.opened"]
    );
    assert_eq!(events[0].extra.get("reward"), Some(&Json::from("{{price}} * 10")));
    let program = p.program().await.expect("the program");
    assert_eq!(program.blueprint.and_then(|blueprint| blueprint.earning_rules).map(|rules| rules.len()), Some(2));
    assert!(program.extra.get("metrics").is_some());
    for body in ["", "{}", r#"{"blueprint":null}"#, r#"{"blueprint":{}}"#, r#"{"blueprint":{"earningRules":{}}}"#] {
        let (_server, p) = answering(body).await;
        assert!(p.event_catalog().await.expect("an empty list").is_empty(), "{body}");
    }
}

#[tokio::test]
async fn browser_tokens() {
    let token = r#"{"token":"eyJ.x","token_type":"Bearer","expires_at":"2026-06-01T10:10:00.000Z","expires_in":600}"#;
    let (_server, p) = answering(token).await;
    let token = p.create_browser_token("pk_1", "c").await.expect("a token");
    assert_eq!((token.token.as_str(), token.expires_in), ("eyJ.x", 600));
    assert_eq!(token.expires_at.unix_seconds(), Ok(1_780_308_600));
    assert!(!format!("{token:?}").contains("eyJ.x"), "{token:?}");
    let (_server, p) = answering(r#"{"token":"t","token_type":"Bearer","expires_at":"x","expires_in":"600"}"#).await;
    assert!(p.create_browser_stream_token("pk_1", "c").await.expect_err("no number").is_decode());
}

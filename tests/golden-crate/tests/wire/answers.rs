//! Answers whose content type the server chooses.

use typewright_golden::content_types::Shelter;
use typewright_golden::content_types::op::{GetReportOutput, ListStarsOutput};
use typewright_runtime::Builder;

use crate::server::Server;

/// A server that answers everything so, and a client of it.
async fn answering(status: u16, content_type: &str, body: &str) -> (Server, Shelter) {
    let told = if content_type.is_empty() { String::new() } else { format!("content-type: {content_type}\r\n") };
    let length = body.len();
    let answer =
        format!("HTTP/1.1 {status} Whatever\r\n{told}content-length: {length}\r\nconnection: close\r\n\r\n{body}");
    let server = Server::start(move |_, _| answer.clone().into_bytes()).await;
    let shelter = Builder::new().base_url(&server.url).build().unwrap_or_else(|_| panic!());
    (server, shelter)
}

async fn report(status: u16, content_type: &str, body: &str) -> GetReportOutput {
    let (server, shelter) = answering(status, content_type, body).await;
    let report = shelter.reports().get("7").await.unwrap();
    assert_eq!(server.header("accept"), "application/json, text/json, text/csv;q=0.9, application/pdf;q=0.9");
    report
}

#[tokio::test]
async fn what_came_is_read_as_what_it_is() {
    use GetReportOutput::{Accepted, Ok, OkCsv, OkPdf, Other};
    for json in ["application/json", "text/json; charset=utf-8", ""] {
        assert!(matches!(report(200, json, r#"{"pets":3}"#).await, Ok(report) if report.pets == 3), "{json}");
    }
    assert!(matches!(report(200, "Text/CSV; header=present", "pets\n3").await, OkCsv(text) if text == "pets\n3"));
    assert!(matches!(report(200, "application/pdf", "%PDF").await, OkPdf(bytes) if bytes == "%PDF"));
    assert!(matches!(report(202, "text/csv", "").await, Accepted));
    // Nobody declared these: nothing of them is lost.
    assert!(matches!(report(200, "application/xml", "<r/>").await, Other(bytes) if bytes == "<r/>"));
    assert!(matches!(report(203, "application/json", "{}").await, Other(bytes) if bytes == "{}"));
}

#[tokio::test]
async fn json_of_two_types_is_told_apart_by_its_content_type() {
    use ListStarsOutput::{Other, OtherVndStarsJson, Undeclared};
    let stars = async |content_type: &str, body: &str| {
        let (_server, shelter) = answering(200, content_type, body).await;
        shelter.reports().list_stars("7").await
    };
    assert!(matches!(stars("application/json", r#"["Rex"]"#).await, Ok(Other(names)) if names == ["Rex"]));
    let star = stars("application/vnd.stars+json", r#"[{"who":"Rex"}]"#).await;
    assert!(matches!(star, Ok(OtherVndStarsJson(stars)) if stars[0].who == "Rex"));
    assert!(matches!(stars("application/hal+json", "{}").await, Ok(Undeclared(body)) if body == "{}"));
}

/// Another spelling of one schema is no other type; what cannot be read is told by what the server calls it.
#[tokio::test]
async fn one_schema_is_one_type() {
    let (server, shelter) = answering(200, "application/vnd.reports+json", r#"[{"pets":3}]"#).await;
    let reports = shelter.reports().list().await.unwrap();
    assert_eq!((reports[0].pets, server.header("accept").as_str()), (3, "application/json"));
    let (_server, shelter) = answering(200, "text/html; charset=utf-8", "<html>").await;
    let error = shelter.reports().list().await.unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("the server calls it `text/html`"), "{error}");
    assert_eq!(error.raw_body(), "<html>");
}

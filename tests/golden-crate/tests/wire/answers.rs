//! Answers of every kind: what the server chooses, and what comes bit by bit.

use typewright_golden::content_types::Shelter;
use typewright_golden::content_types::op::{
    CheckSource, CopyReportOutput, GetReportOutput, GetSource, ListStarsOutput,
};
use typewright_golden::streams;
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
    use ListStarsOutput::{Default, DefaultVndStarsJson, Other};
    let stars = async |content_type: &str, body: &str| {
        let (_server, shelter) = answering(200, content_type, body).await;
        shelter.reports().list_stars("7").await
    };
    assert!(matches!(stars("application/json", r#"["Rex"]"#).await, Ok(Default(names)) if names == ["Rex"]));
    let star = stars("application/vnd.stars+json", r#"[{"who":"Rex"}]"#).await;
    assert!(matches!(star, Ok(DefaultVndStarsJson(stars)) if stars[0].who == "Rex"));
    assert!(matches!(stars("application/hal+json", "{}").await, Ok(Other(body)) if body == "{}"));
}

#[tokio::test]
async fn text_in_latin_1_loses_nothing() {
    let answer = |status: u16| {
        let head = format!("HTTP/1.1 {status} Whatever\r\ncontent-type: text/csv; charset=ISO-8859-1\r\n");
        [head.as_bytes(), b"content-length: 4\r\nconnection: close\r\n\r\ncaf\xe9"].concat()
    };
    let ask = async |status: u16| {
        let server = Server::start(move |_, _| answer(status)).await;
        let shelter: Shelter = Builder::new().base_url(&server.url).build().unwrap();
        shelter.reports().get("7").await
    };
    assert!(matches!(ask(200).await, Ok(GetReportOutput::OkCsv(text)) if text == "café"));
    assert_eq!(ask(404).await.unwrap_err().text(), "café");
}

/// The body that is declared is the one of GET.
#[tokio::test]
async fn head_has_no_body() {
    let answer =
        "HTTP/1.1 200 OK\r\ncontent-type: text/csv\r\nx-pages: 3\r\ncontent-length: 99\r\nconnection: close\r\n\r\n";
    let server = Server::start(move |_, _| answer.into()).await;
    let shelter: Shelter = Builder::new().base_url(&server.url).build().unwrap();
    let reply = shelter.reports().check_source("7").with_response().await.unwrap();
    assert_eq!(reply.header(CheckSource::X_PAGES).unwrap(), Some(3));
    let (): () = reply.into_inner();
    assert_eq!((server.last().starts_with("HEAD /"), server.header("accept").as_str()), (true, "text/csv"));
}

/// Another spelling of one schema is no other type; what cannot be read is told by what the server calls it.
#[tokio::test]
async fn one_schema_is_one_type() {
    let (server, shelter) = answering(200, "application/vnd.reports+json", r#"[{"pets":3}]"#).await;
    let reports = shelter.reports().list().await.unwrap();
    assert_eq!((reports[0].pets, server.header("accept").as_str()), (3, "application/json"));
    // Who has it under another name alone may refuse to give it under this one.
    let (server, shelter) = answering(200, "application/vnd.stars+json", r#"{"who":"Rex"}"#).await;
    assert_eq!(shelter.reports().get_author("7").await.unwrap().who, "Rex");
    assert_eq!(server.header("accept"), "application/vnd.stars+json; v=2");
    let (_server, shelter) = answering(200, "text/html; charset=utf-8", "<html>").await;
    let error = shelter.reports().list().await.unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("the server calls it `text/html`"), "{error}");
    assert_eq!(error.raw_body(), "<html>");
}

#[tokio::test]
async fn statuses_and_ranges_of_them() {
    use CopyReportOutput::{NoContent, Ok, Other, Status2xx};
    let copy = async |status: u16, body: &str| {
        let (_server, shelter) = answering(status, "application/json", body).await;
        shelter.reports().copy("7").await
    };
    assert!(matches!(copy(200, r#"{"pets":1}"#).await.unwrap(), Ok(report) if report.pets == 1));
    assert!(matches!(copy(201, r#"{"who":"Rex"}"#).await.unwrap(), Status2xx(star) if star.who == "Rex"));
    assert!(matches!(copy(204, "").await.unwrap(), NoContent));
    assert!(!matches!(copy(299, r#"{"who":"Rex"}"#).await.unwrap(), Other(_)));
    assert_eq!(copy(404, "").await.unwrap_err().status(), Some(404));
}

/// Headers of a refusal have their types too; what a cookie carries is not kept.
#[tokio::test]
async fn refusals_have_headers() {
    use typewright_golden::per_status::{ApiError, Shelter, op::CreatePet};
    let told = "application/json\r\nx-cause: 7\r\nx-more: a\r\nset-cookie: sid=secret";
    let (server, _) = answering(422, told, r#"{"reason":"full"}"#).await;
    let shelter: Shelter = Builder::new().base_url(&server.url).build().unwrap_or_else(|_| panic!());
    let error = shelter.pets().create().await.unwrap_err();
    assert!(matches!(error.body(), Some(ApiError::Refusal(body)) if body.reason.as_deref() == Some("full")));
    assert_eq!(error.header(CreatePet::X_CAUSE).unwrap(), Some(7));
    assert_eq!((&error.headers()["x-more"], error.headers().get("set-cookie")), (&"a".parse().unwrap(), None));
    assert!(!format!("{error:?}").contains("x-more"));
}

/// What no model describes is bytes, with the content type that was asked for and the headers that came.
#[tokio::test]
async fn other_types_are_bytes() {
    let (server, shelter) =
        answering(206, "application/xml\r\nx-pages: 3\r\nx-size: width,7,unit,2", "<report/>").await;
    let reply = shelter.reports().get_source("7").with_response().await.unwrap();
    assert_eq!((server.header("accept").as_str(), reply.status()), ("application/xml", 206));
    assert_eq!(reply.header(GetSource::X_PAGES).unwrap(), Some(3));
    let size = reply.header(GetSource::X_SIZE).unwrap().unwrap();
    assert_eq!((size.width, size.unit.as_deref()), (7, Some("2")));
    assert_eq!(reply.headers()["content-type"], "application/xml");
    assert_eq!(reply.into_inner(), "<report/>");
}

/// Every chunk of these ends somewhere in a record, in a character, or in the mark before one.
#[tokio::test]
async fn records_and_bytes_come_in_pieces() {
    let pieces = |content_type: &str, body: &str| {
        let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ntransfer-encoding: chunked\r\n");
        let head = format!("{head}content-disposition: attachment; filename=\"a.csv\"\r\nconnection: close\r\n\r\n");
        let chunks = body.bytes().map(|byte| [b"1\r\n".as_slice(), &[byte], b"\r\n"].concat());
        [head.into_bytes(), chunks.collect::<Vec<_>>().concat(), b"0\r\n\r\n".to_vec()].concat()
    };
    let lines = pieces("application/x-ndjson", "{\"pet\":\"R\u{fc}\"}\n\n{\"pet\":\"Tom\",\"count\":2}");
    let sequence = pieces("application/json-seq", "\u{1e}{\"pet\":\"R\u{fc}\"}\n\u{1e}{\"pet\":\n\"Tom\"}\n");
    let bytes = pieces("text/csv", "pet\nR\u{fc}\n");
    let server = Server::start(move |request, _| match request {
        request if request.contains("/log") => lines.clone(),
        request if request.contains("/sequence") => sequence.clone(),
        _ => bytes.clone(),
    })
    .await;
    let shelter: streams::Shelter = Builder::new().base_url(&server.url).build().unwrap_or_else(|_| panic!());
    for mut records in [shelter.pets().read_log().records(), shelter.pets().read_sequence().records()] {
        let mut pets = Vec::new();
        while let Some(entry) = records.try_next().await.unwrap() {
            pets.push(entry.pet);
        }
        assert_eq!(pets, ["R\u{fc}", "Tom"]);
    }
    let mut download = shelter.pets().export().stream().await.unwrap();
    assert_eq!((download.file_name().as_deref(), download.content_type()), (Some("a.csv"), Some("text/csv")));
    let mut all = Vec::new();
    while let Some(chunk) = download.chunk().await.unwrap() {
        all.extend_from_slice(&chunk);
    }
    assert_eq!(all, "pet\nR\u{fc}\n".as_bytes());
}

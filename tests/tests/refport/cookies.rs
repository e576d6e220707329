//! The id of a click in the cookie of a request, by the rules of the provider's helper.

use refport::Refport;

#[test]
fn click_ids_of_a_cookie_header() {
    for (header, expected) in [
        ("", None),
        ("a=1; refp_id=clk_1; b=2", Some("clk_1")),
        ("refp_id=a=b==; x=y", Some("a=b==")),
        ("refp_id =  v ", Some("v")),
        ("refp_id=abc%3D%3D", Some("abc%3D%3D")),
        (r#"refp_id="quoted""#, Some(r#""quoted""#)),
        ("refp_id=; refp_id=second", None),
        ("refp_id=first; refp_id=second", Some("first")),
        ("refp_id", None),
        ("REFP_ID=upper", None),
        ("custom=z", None),
    ] {
        assert_eq!(Refport::CLICK_ID.in_cookie(header), expected, "{header}");
    }
    assert_eq!(Refport::CLICK_ID.named("custom").in_cookie("refp_id=a; custom=z"), Some("z"));
}

#[test]
fn click_ids_of_headers_and_requests() {
    let request = http::Request::builder().header("Cookie", "a=1; refp_id=clk_1").body("anything").expect("valid");
    assert_eq!(Refport::CLICK_ID.in_request(&request), Some("clk_1"));
    assert_eq!(Refport::CLICK_ID.in_headers(request.headers()), Some("clk_1"));
    assert_eq!(Refport::CLICK_ID.named("b").in_request(&request), None);
    assert_eq!(Refport::CLICK_ID.in_headers(&http::HeaderMap::new()), None);
}

//! The answer that is decoded, and the same types as somebody would write them by hand with serde's derive.

use serde::{Deserialize, Serialize};

/// One page of orders, as JSON.
pub(crate) fn page(items: usize) -> String {
    let order = r##"{"id":"55555555-5555-4555-8555-555555555555","merchant_id":"33333333-3333-4333-8333-333333333333","order_source":"DIRECT_API","external_order_id":"order-1001","order_number":"#1001","paid_at":"2026-01-01T00:00:00Z","currency":"USD","subtotal_price":120.0,"discount_total":10.0,"total_price":110.0,"purchase_intent_token":"pit-0123456789abcdef","link_id":"22222222-2222-4222-8222-222222222222","link_name":"spring-launch","link_code":"abc123","creator_id":"11111111-1111-4111-8111-111111111111","creator_handle":"alice","creator_display_name":"Alice \"A\" Adams","duplicate_suspect":false,"duplicate_confidence":null,"duplicate_reason":null,"duplicate_of_order_attribution_id":null,"window_status":"WITHIN","token_integrity":"VALID","integrity_reason":null,"origin_match_status":"MATCH","integrity_score":100,"integrity_band":"HIGH","review_required":false,"resolution_status":"ATTRIBUTED","created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z"}"##;
    let items = vec![order; items].join(",");
    format!(r#"{{"items":[{items}],"page":0,"size":50,"total_elements":1000,"total_pages":20}}"#)
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct OrderPage {
    pub(crate) items: Vec<Order>,
    page: i64,
    size: i64,
    total_elements: i64,
    total_pages: i64,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Order {
    id: String,
    merchant_id: String,
    order_source: OrderSource,
    external_order_id: String,
    order_number: Option<String>,
    paid_at: Option<String>,
    currency: String,
    subtotal_price: Option<f64>,
    discount_total: Option<f64>,
    total_price: Option<f64>,
    purchase_intent_token: Option<String>,
    link_id: Option<String>,
    link_name: Option<String>,
    link_code: Option<String>,
    creator_id: Option<String>,
    creator_handle: Option<String>,
    creator_display_name: Option<String>,
    duplicate_suspect: bool,
    duplicate_confidence: Option<Band>,
    duplicate_reason: Option<String>,
    duplicate_of_order_attribution_id: Option<String>,
    window_status: Option<Window>,
    token_integrity: Option<Integrity>,
    integrity_reason: Option<String>,
    origin_match_status: Option<Origin>,
    integrity_score: i64,
    integrity_band: Band,
    review_required: bool,
    resolution_status: Resolution,
    created_at: String,
    updated_at: String,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum OrderSource {
    Shopify,
    DirectApi,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Band {
    High,
    Medium,
    Low,
    Critical,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Window {
    Within,
    Outside,
    Unknown,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Integrity {
    Valid,
    Invalid,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Origin {
    Match,
    Mismatch,
    Absent,
    Unknown,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Resolution {
    Attributed,
    Unattributed,
    Rejected,
}

//! What a document says about time limits.

use serde::Serialize;

/// Time limits, in milliseconds. `Some(0)` is none.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Timeouts {
    /// `connect_ms`.
    pub connect_ms: Option<u64>,
    /// `attempt_ms`: one attempt, its answer's body included.
    pub attempt_ms: Option<u64>,
    /// `total_ms`: a call with all its attempts.
    pub total_ms: Option<u64>,
    /// `stall_ms`: a body of which nothing comes.
    pub stall_ms: Option<u64>,
}

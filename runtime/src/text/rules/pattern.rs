//! Patterns, compiled once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use regex_lite::Regex;

/// Beyond this many, compiled patterns are thrown away and made again: documents have a few dozen.
const CACHE_LIMIT: usize = 256;

/// `None` is a pattern that the engine does not take.
static CACHE: Mutex<BTreeMap<&'static str, Option<Arc<Regex>>>> = Mutex::new(BTreeMap::new());

/// Whether the text has a match; `true` for a pattern that the engine does not take.
pub(super) fn matches(pattern: &'static str, text: &str) -> bool {
    compiled(pattern).is_none_or(|regex| regex.is_match(text))
}

fn compiled(pattern: &'static str) -> Option<Arc<Regex>> {
    let mut cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    if cache.len() >= CACHE_LIMIT && !cache.contains_key(pattern) {
        cache.clear();
    }
    cache.entry(pattern).or_insert_with(|| Regex::new(pattern).ok().map(Arc::new)).clone()
}

//! What the clients of one process share: the tokens and the limits of APIs whose documents say so.
//!
//! Owns the list and what makes two clients alike; what is on it belongs to `credentials` and `limit`. Holds no secret: a credential is known by a digest.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::text::secret::Secret;

/// Beyond so many entries those go that no client has any more, so that a process with ever new credentials does not grow.
const MANY: usize = 1024;

/// What is shared by key.
pub(crate) struct Shared<T> {
    entries: Mutex<BTreeMap<String, Arc<T>>>,
}

impl<T: Default> Shared<T> {
    pub(crate) const fn new() -> Self {
        Self { entries: Mutex::new(BTreeMap::new()) }
    }

    /// What all clients of this key have. It outlives them, so that a client per request does no harm.
    pub(crate) fn of(&self, key: String) -> Arc<T> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= MANY && !entries.contains_key(&key) {
            entries.retain(|_, entry| Arc::strong_count(entry) > 1);
        }
        Arc::clone(entries.entry(key).or_default())
    }
}

/// A secret as something that tells it from others and gives nothing away: two hashes by keys that the process drew.
pub(crate) fn digest(secret: &Secret) -> String {
    static KEYS: OnceLock<[RandomState; 2]> = OnceLock::new();
    let keys = KEYS.get_or_init(|| [RandomState::new(), RandomState::new()]);
    keys.iter().map(|key| format!("{:016x}", key.hash_one(secret.expose()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_tells_secrets_apart_and_shows_nothing() {
        let of = |text: &str| digest(&Secret::new(text));
        assert_eq!(of("hunter2"), of("hunter2"));
        assert_ne!(of("hunter2"), of("hunter3"));
        assert!(of("hunter2").len() == 32 && !of("hunter2").contains("hunter"));
    }

    #[test]
    fn what_nobody_has_goes_when_there_is_much() {
        let shared = Shared::<String>::new();
        let kept = shared.of("kept".to_owned());
        for at in 0..2 * MANY {
            shared.of(at.to_string());
        }
        assert!(shared.entries.lock().unwrap().len() <= MANY);
        assert!(Arc::ptr_eq(&kept, &shared.of("kept".to_owned())));
    }
}

//! Where an issued token is kept between calls.
//!
//! Owns the trait and the cache in memory. Whether a token is still good is decided by `flight`.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use super::Token;
use crate::time::BoxFuture;

/// Keeps one token. Processes that share one keep the token endpoint quiet.
pub trait TokenCache: fmt::Debug + Send + Sync + 'static {
    /// The token, good or not.
    fn get(&self) -> BoxFuture<Option<Token>>;

    /// Keeps a token in place of the one before.
    fn set(&self, token: Token) -> BoxFuture<()>;

    /// Forgets the token.
    fn clear(&self) -> BoxFuture<()>;
}

/// Keeps the token in this process. The default.
#[derive(Debug, Default)]
pub struct MemoryTokenCache {
    slot: Mutex<Option<Token>>,
}

impl MemoryTokenCache {
    fn put(&self, token: Option<Token>) -> BoxFuture<()> {
        *self.slot.lock().unwrap_or_else(PoisonError::into_inner) = token;
        Box::pin(std::future::ready(()))
    }
}

impl TokenCache for MemoryTokenCache {
    fn get(&self) -> BoxFuture<Option<Token>> {
        let token = self.slot.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Box::pin(std::future::ready(token))
    }

    fn set(&self, token: Token) -> BoxFuture<()> {
        self.put(Some(token))
    }

    fn clear(&self) -> BoxFuture<()> {
        self.put(None)
    }
}

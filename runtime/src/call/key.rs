//! The idempotency key of a request: whether the server looks at one, and the one that the runtime makes.
//!
//! A made key belongs to its call: all attempts carry it, until an answer that the server keeps under it. A key of the
//! caller's is never changed.

use http::{HeaderMap, HeaderName, Method};

use crate::client::Shared;
use crate::error::RawError;
use crate::facts::{IdempotencyFacts, OperationFacts, Status};
use crate::headers;
use crate::retry::{Repeatable, RetryPlan};
use crate::text::invalid::Invalid;
use crate::time::{Random, uuid};

/// What makes repeating a request safe.
#[derive(Clone, Copy, Default)]
pub(crate) struct Keying {
    rule: Option<IdempotencyFacts>,
    /// The caller gave a key.
    own: bool,
}

/// A key that the runtime made.
#[derive(Clone)]
pub(crate) struct Key {
    name: HeaderName,
    template: &'static str,
    renew: &'static [Status],
}

impl Keying {
    /// What the document says of this request. `headers` hold what the caller set.
    pub(crate) fn of(shared: &Shared, facts: &OperationFacts, method: &Method, headers: &HeaderMap) -> Self {
        let rule = facts.idempotency.unwrap_or(shared.facts.idempotency);
        let rule = rule.filter(|rule| rule.methods.iter().any(|one| *one == method.as_str()));
        let own = rule.is_some_and(|rule| headers.contains_key(rule.header));
        Self { rule, own }
    }

    /// The header of the key, where the server looks at one.
    pub(crate) fn header(self) -> Option<&'static str> {
        self.rule.map(|rule| rule.header)
    }

    /// The rule that the request is repeated by, if it has or gets a key.
    pub(crate) fn rule(self) -> Option<IdempotencyFacts> {
        self.rule.filter(|rule| self.own || rule.value.is_some())
    }

    /// What may be assumed of a request with a key when its outcome is unknown.
    pub(crate) fn repeatable(self, shared: &Shared) -> Option<Repeatable> {
        let sure = self.rule()?.marks_running || shared.retry_keyed_writes;
        Some(if sure { Repeatable::Idempotent } else { Repeatable::Keyed })
    }

    /// Makes a key where the caller gave none. What is never repeated needs none.
    pub(crate) fn make(
        self,
        shared: &Shared,
        plan: &RetryPlan,
        request: &mut HeaderMap,
    ) -> Result<Option<Key>, Invalid> {
        let Some(rule) = self.rule.filter(|_| !self.own && plan.attempts() > 1) else { return Ok(None) };
        let Some(template) = rule.value else { return Ok(None) };
        let (name, value) = headers::header(rule.header, &written(template, &*shared.random))?;
        request.insert(name.clone(), value);
        Ok(Some(Key { name, template, renew: rule.renew }))
    }
}

impl Key {
    /// Before a repetition: a new key, if the server keeps the answer that failed under this one.
    pub(crate) fn after(&self, error: &RawError, random: &dyn Random, request: &mut HeaderMap) {
        let kept = error.0.status.is_some_and(|status| self.renew.iter().any(|one| one.matches(status)));
        if kept && let Ok((_, value)) = headers::header(self.name.as_str(), &written(self.template, random)) {
            request.insert(self.name.clone(), value);
        }
    }
}

fn written(template: &str, random: &dyn Random) -> String {
    template.replace("{uuid}", &uuid(random))
}

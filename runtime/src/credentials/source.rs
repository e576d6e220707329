//! Where a secret comes from: it is there, or a function gives it when it is needed.
//!
//! Owns asking; what the secret is for, `apply` knows.

use std::future::Future;
use std::sync::Arc;

use crate::error::RawError;
use crate::text::secret::Secret;
use crate::time::BoxFuture;
use crate::transport::BoxError;

type Answer = Result<Secret, BoxError>;

/// Where a secret comes from.
#[derive(Clone)]
pub(crate) enum Source {
    /// It is there.
    Fixed(Secret),
    /// A function gives it.
    Lazy(Arc<dyn Fn() -> Answer + Send + Sync>),
    /// A function gives it later.
    Future(Arc<dyn Fn() -> BoxFuture<Answer> + Send + Sync>),
}

impl Source {
    pub(crate) fn lazy<T: IntoSecret>(source: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self::Lazy(Arc::new(move || source().into_secret()))
    }

    pub(crate) fn future<F>(source: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future + Send + 'static,
        F::Output: IntoSecret,
    {
        Self::Future(Arc::new(move || {
            let answer = source();
            Box::pin(async move { answer.await.into_secret() })
        }))
    }

    /// The secret now, trimmed. `what` is its name in errors.
    pub(crate) async fn ask(&self, what: &str) -> Result<Secret, RawError> {
        let answer = match self {
            Self::Fixed(secret) => Ok(secret.clone()),
            Self::Lazy(source) => source(),
            Self::Future(source) => source().await,
        };
        let secret = answer
            .map_err(|error| RawError::configuration(format!("the source of the {what} failed")).with_source(error))?;
        Ok(Secret::new(secret.expose().trim()))
    }
}

/// A bearer token without the scheme that people copy along with it.
pub(crate) fn without_scheme(token: &str) -> &str {
    let token = token.trim();
    match token.split_at_checked("bearer".len()) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("bearer") && rest.starts_with(char::is_whitespace) => {
            rest.trim_start()
        }
        // The scheme alone is no token.
        Some((scheme, "")) if scheme.eq_ignore_ascii_case("bearer") => "",
        _ => token,
    }
}

/// What a function may give as a secret: a text, a [`Secret`], or a `Result` of one.
pub trait IntoSecret {
    /// The secret, or why there is none.
    fn into_secret(self) -> Result<Secret, BoxError>;
}

impl IntoSecret for Secret {
    fn into_secret(self) -> Result<Secret, BoxError> {
        Ok(self)
    }
}

impl IntoSecret for String {
    fn into_secret(self) -> Result<Secret, BoxError> {
        Ok(self.into())
    }
}

impl IntoSecret for &str {
    fn into_secret(self) -> Result<Secret, BoxError> {
        Ok(self.into())
    }
}

impl<T: Into<Secret>, E: Into<BoxError>> IntoSecret for Result<T, E> {
    fn into_secret(self) -> Result<Secret, BoxError> {
        self.map(Into::into).map_err(Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_is_taken_off() {
        let check = |token: &str, expected: &str| assert_eq!(without_scheme(token), expected, "{token}");
        check("abc", "abc");
        check(" abc ", "abc");
        check("Bearer abc", "abc");
        check("bEARER \t abc ", "abc");
        check("Bearerabc", "Bearerabc");
        check("Bearer", "");
        check(" Bearer  ", "");
        check("", "");
        check("é", "é");
    }
}

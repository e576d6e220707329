//! TLS of the reqwest transport.
//!
//! Owns the choice of backend and roots. With `rustls` certificates are checked by the platform's verifier, so that roots
//! which an administrator installed count; further ones come on top. The cryptography is the one that the process
//! installed, else aws-lc-rs where that feature is on, else ring. Nothing global is changed.

use reqwest::ClientBuilder;

use crate::error::RawError;
use crate::secret::Secret;

/// Applies backend, certificates and the client's own identity.
#[cfg(feature = "rustls-base")]
pub(crate) fn configure(
    builder: ClientBuilder,
    certificates: &[Vec<u8>],
    identity: Option<&Secret>,
) -> Result<ClientBuilder, RawError> {
    use std::sync::Arc;

    use rustls::crypto::CryptoProvider;
    use rustls_platform_verifier::Verifier;

    let fault = |error: rustls::Error| RawError::configuration("TLS cannot be set up").with_source(error);
    let provider = CryptoProvider::get_default().cloned().unwrap_or_else(|| Arc::new(provider()));
    let roots = roots(certificates)?;
    let verifier = if roots.is_empty() {
        Verifier::new(Arc::clone(&provider))
    } else {
        Verifier::new_with_extra_roots(roots, Arc::clone(&provider))
    };
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(fault)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier.map_err(fault)?));
    let mut config = match identity {
        None => config.with_no_client_auth(),
        Some(identity) => {
            let (chain, key) = chain_and_key(identity)?;
            config.with_client_auth_cert(chain, key).map_err(|error| unusable_identity().with_source(error))?
        }
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(builder.tls_backend_preconfigured(config))
}

#[cfg(feature = "rustls-aws-lc-rs")]
fn provider() -> rustls::crypto::CryptoProvider {
    rustls::crypto::aws_lc_rs::default_provider()
}

#[cfg(all(feature = "rustls-base", not(feature = "rustls-aws-lc-rs")))]
fn provider() -> rustls::crypto::CryptoProvider {
    rustls::crypto::ring::default_provider()
}

/// The certificates of an identity, the client's own first, and its key. What is wrong is told without any of it.
#[cfg(feature = "rustls-base")]
fn chain_and_key(
    identity: &Secret,
) -> Result<(Vec<rustls::pki_types::CertificateDer<'static>>, rustls::pki_types::PrivateKeyDer<'static>), RawError> {
    use rustls::pki_types::pem::PemObject;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};

    let pem = identity.expose().as_bytes();
    let chain = CertificateDer::pem_slice_iter(pem).collect::<Result<Vec<_>, _>>();
    let chain = chain.ok().filter(|chain| !chain.is_empty()).ok_or_else(unusable_identity)?;
    let key = PrivateKeyDer::from_pem_slice(pem).map_err(|_| unusable_identity())?;
    Ok((chain, key))
}

#[cfg(any(feature = "rustls-base", feature = "native-tls"))]
fn unusable_identity() -> RawError {
    RawError::configuration(
        "the client identity cannot be used: it must be a certificate and its private key in PEM form",
    )
}

/// Every certificate of every file: PEM, of one or of a whole bundle, or DER.
#[cfg(feature = "rustls-base")]
fn roots(files: &[Vec<u8>]) -> Result<Vec<rustls::pki_types::CertificateDer<'static>>, RawError> {
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject;

    let mut roots = Vec::new();
    for file in files {
        if !is_pem(file) {
            roots.push(CertificateDer::from(file.clone()));
            continue;
        }
        let before = roots.len();
        for certificate in CertificateDer::pem_slice_iter(file) {
            let fault = |error| RawError::configuration("a root certificate cannot be read").with_source(error);
            roots.push(certificate.map_err(|error| fault(crate::transport::BoxError::from(error.to_string())))?);
        }
        if roots.len() == before {
            return Err(RawError::configuration("a root certificate's file holds no certificate"));
        }
    }
    Ok(roots)
}

/// The platform's own TLS, or none.
#[cfg(not(feature = "rustls-base"))]
pub(crate) fn configure(
    builder: ClientBuilder,
    certificates: &[Vec<u8>],
    identity: Option<&Secret>,
) -> Result<ClientBuilder, RawError> {
    #[cfg(feature = "native-tls")]
    {
        let mut builder = builder;
        if let Some(identity) = identity {
            let pem = identity.expose().as_bytes();
            let identity = reqwest::Identity::from_pkcs8_pem(pem, pem).map_err(|_| unusable_identity())?;
            builder = builder.identity(identity);
        }
        for file in certificates {
            let read = if is_pem(file) {
                reqwest::Certificate::from_pem_bundle(file)
            } else {
                reqwest::Certificate::from_der(file).map(|one| vec![one])
            };
            let fault = |error| RawError::configuration("a root certificate cannot be read").with_source(error);
            builder = builder.tls_certs_merge(read.map_err(|error: reqwest::Error| fault(error))?);
        }
        Ok(builder)
    }
    #[cfg(not(feature = "native-tls"))]
    {
        let refused = || RawError::configuration("certificates need TLS: switch the feature `rustls` on");
        if certificates.is_empty() && identity.is_none() { Ok(builder) } else { Err(refused()) }
    }
}

#[cfg(any(feature = "rustls-base", feature = "native-tls"))]
fn is_pem(file: &[u8]) -> bool {
    file.windows(10).any(|window| window == b"-----BEGIN")
}

//! TLS of the reqwest transport.
//!
//! Owns the choice of backend and roots. With `rustls` certificates are checked by the platform's verifier, so that roots
//! which an administrator installed count; further ones come on top. The cryptography is the one that the process
//! installed, else aws-lc-rs where that feature is on, else ring. The clients of a process that have the same settings share
//! them. Nothing global is changed.

use reqwest::ClientBuilder;

use super::{TransportError, refused};
use crate::text::secret::Secret;

/// Applies backend, certificates and the client's own identity.
#[cfg(feature = "rustls-base")]
pub(crate) fn configure(
    builder: ClientBuilder,
    certificates: &[Vec<u8>],
    identity: Option<&Secret>,
) -> Result<ClientBuilder, TransportError> {
    let shared = shared::config(certificates)?;
    let Some(identity) = identity else { return Ok(builder.tls_backend_preconfigured((*shared).clone())) };
    let (chain, key) = chain_and_key(identity)?;
    // Sessions that one identity opened must not be resumed by another one, so no more than the verifier is shared.
    let config = shared::identified(certificates, chain, key)?;
    Ok(builder.tls_backend_preconfigured(config))
}

/// What the clients of a process share: reading the platform's roots takes milliseconds, and each copy of them 100 KB.
#[cfg(feature = "rustls-base")]
mod shared {
    use std::sync::{Arc, Mutex, PoisonError};

    use rustls::client::danger::ServerCertVerifier;
    use rustls::crypto::CryptoProvider;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};
    use rustls::{ClientConfig, ConfigBuilder, WantsVerifier, client::WantsClientCert};
    use rustls_platform_verifier::Verifier;

    use super::{TransportError, refused};

    /// More settings than this at a time are not kept: the oldest one goes. Clients keep what they have.
    const KEPT: usize = 8;

    static KNOWN: Mutex<Vec<Known>> = Mutex::new(Vec::new());

    /// Everything that the configuration depends on, and what was made of it.
    #[derive(Clone)]
    struct Known {
        provider: Arc<CryptoProvider>,
        certificates: Vec<Vec<u8>>,
        verifier: Arc<dyn ServerCertVerifier>,
        config: Arc<ClientConfig>,
    }

    /// The configuration for these further roots, without a client's identity.
    pub(super) fn config(certificates: &[Vec<u8>]) -> Result<Arc<ClientConfig>, TransportError> {
        Ok(known(certificates)?.config)
    }

    /// The same with an identity.
    pub(super) fn identified(
        certificates: &[Vec<u8>],
        chain: Vec<CertificateDer<'static>>,
        key: PrivateKeyDer<'static>,
    ) -> Result<ClientConfig, TransportError> {
        let known = known(certificates)?;
        let config = verified(known.provider, known.verifier)?;
        let config = config.with_client_auth_cert(chain, key);
        Ok(speaking(config.map_err(|error| super::unusable_identity().with_source(error))?))
    }

    fn known(certificates: &[Vec<u8>]) -> Result<Known, TransportError> {
        let mut all = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        let installed = CryptoProvider::get_default();
        let fits = |known: &&Known| {
            known.certificates == certificates
                && installed.is_none_or(|installed| Arc::ptr_eq(installed, &known.provider))
        };
        if let Some(known) = all.iter().find(fits) {
            return Ok(known.clone());
        }
        let provider = installed.cloned().unwrap_or_else(|| Arc::new(super::provider()));
        let roots = super::roots(certificates)?;
        let verifier = if roots.is_empty() {
            Verifier::new(Arc::clone(&provider))
        } else {
            Verifier::new_with_extra_roots(roots, Arc::clone(&provider))
        };
        let verifier: Arc<dyn ServerCertVerifier> = Arc::new(verifier.map_err(fault)?);
        let config = verified(Arc::clone(&provider), Arc::clone(&verifier))?.with_no_client_auth();
        let config = Arc::new(speaking(config));
        let known = Known { provider, certificates: certificates.to_vec(), verifier, config };
        if all.len() >= KEPT {
            all.remove(0);
        }
        all.push(known.clone());
        Ok(known)
    }

    fn verified(
        provider: Arc<CryptoProvider>,
        verifier: Arc<dyn ServerCertVerifier>,
    ) -> Result<ConfigBuilder<ClientConfig, WantsClientCert>, TransportError> {
        let builder: ConfigBuilder<ClientConfig, WantsVerifier> =
            ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().map_err(fault)?;
        Ok(builder.dangerous().with_custom_certificate_verifier(verifier))
    }

    fn speaking(mut config: ClientConfig) -> ClientConfig {
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        config
    }

    fn fault(error: rustls::Error) -> TransportError {
        refused("TLS cannot be set up").with_source(error)
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn clients_of_the_same_settings_share_their_roots() {
            let platform = config(&[]).unwrap();
            assert!(Arc::ptr_eq(&platform, &config(&[]).unwrap()));
            assert!(Arc::ptr_eq(&known(&[]).unwrap().verifier, &known(&[]).unwrap().verifier));
            // What cannot be read is no settings that others get, and no reason to forget them.
            assert!(config(&[b"-----BEGIN nothing".to_vec()]).is_err());
            assert!(Arc::ptr_eq(&platform, &config(&[]).unwrap()));
        }
    }
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
) -> Result<(Vec<rustls::pki_types::CertificateDer<'static>>, rustls::pki_types::PrivateKeyDer<'static>), TransportError>
{
    use rustls::pki_types::pem::PemObject;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};

    let pem = identity.expose().as_bytes();
    let chain = CertificateDer::pem_slice_iter(pem).collect::<Result<Vec<_>, _>>();
    let chain = chain.ok().filter(|chain| !chain.is_empty()).ok_or_else(unusable_identity)?;
    let key = PrivateKeyDer::from_pem_slice(pem).map_err(|_| unusable_identity())?;
    Ok((chain, key))
}

#[cfg(any(feature = "rustls-base", feature = "native-tls"))]
fn unusable_identity() -> TransportError {
    refused("the client identity cannot be used: it must be a certificate and its private key in PEM form")
}

/// Every certificate of every file: PEM, of one or of a whole bundle, or DER.
#[cfg(feature = "rustls-base")]
fn roots(files: &[Vec<u8>]) -> Result<Vec<rustls::pki_types::CertificateDer<'static>>, TransportError> {
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
            let fault = |error| refused("a root certificate cannot be read").with_source(error);
            roots.push(certificate.map_err(|error| fault(crate::transport::BoxError::from(error.to_string())))?);
        }
        if roots.len() == before {
            return Err(refused("a root certificate's file holds no certificate"));
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
) -> Result<ClientBuilder, TransportError> {
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
            let fault = |error| refused("a root certificate cannot be read").with_source(error);
            builder = builder.tls_certs_merge(read.map_err(|error: reqwest::Error| fault(error))?);
        }
        Ok(builder)
    }
    #[cfg(not(feature = "native-tls"))]
    {
        let lacking =
            || refused("certificates need TLS: enable the feature `rustls` or `native-tls` of the client's crate");
        if certificates.is_empty() && identity.is_none() { Ok(builder) } else { Err(lacking()) }
    }
}

#[cfg(any(feature = "rustls-base", feature = "native-tls"))]
fn is_pem(file: &[u8]) -> bool {
    file.windows(10).any(|window| window == b"-----BEGIN")
}

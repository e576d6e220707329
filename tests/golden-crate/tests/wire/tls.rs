//! Mutual TLS: a real handshake, in which the client shows its certificate.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, mpsc};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};
use typewright_golden::security::{Error, Shelter};
use typewright_runtime::{Builder, Credentials};

/// Who vouches for the server and for its clients.
struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    /// A certificate for this name, and its key.
    fn certify(&self, name: &str) -> (rcgen::Certificate, KeyPair) {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        (params.signed_by(&key, &self.0).unwrap(), key)
    }

    fn identity(&self) -> String {
        let (certificate, key) = self.certify("client.example");
        format!("{}{}", certificate.pem(), key.serialize_pem())
    }

    /// A server that wants certificates of this authority from those who show one, and answers 204. It tells for each request
    /// how many certificates it was shown.
    fn server(&self) -> (String, mpsc::Receiver<usize>) {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut roots = RootCertStore::empty();
        roots.add(self.0.der().clone()).unwrap();
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider));
        let (certificate, key) = self.certify("localhost");
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_client_cert_verifier(verifier.allow_unauthenticated().build().unwrap())
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || serve(&listener, &Arc::new(config), &sender));
        (url, receiver)
    }

    fn shelter(&self, url: &str) -> Builder<Shelter> {
        let key = Credentials::api_key("k").for_scheme("key");
        Builder::new().base_url(url).root_certificate(self.0.pem()).credentials(key)
    }
}

fn serve(listener: &TcpListener, config: &Arc<ServerConfig>, told: &mpsc::Sender<usize>) {
    for stream in listener.incoming() {
        let connection = ServerConnection::new(Arc::clone(config)).unwrap();
        let mut stream = StreamOwned::new(connection, stream.unwrap());
        let mut request = Vec::new();
        let mut piece = [0; 1024];
        while !request.ends_with(b"\r\n\r\n") {
            match stream.read(&mut piece) {
                Ok(count) if count > 0 => request.extend_from_slice(&piece[..count]),
                _ => break,
            }
        }
        if request.is_empty() {
            continue;
        }
        stream.write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").ok();
        stream.conn.send_close_notify();
        stream.flush().ok();
        if told.send(stream.conn.peer_certificates().map_or(0, <[_]>::len)).is_err() {
            break;
        }
    }
}

#[tokio::test]
async fn the_client_shows_its_certificate() {
    let authority = Authority::new();
    let (url, shown) = authority.server();
    let shelter = authority.shelter(&url).client_identity(authority.identity()).build().unwrap();
    shelter.pets().by_certificate().await.unwrap();
    assert_eq!(shown.recv().unwrap(), 1);
    shelter.pets().by_both().await.unwrap();
    assert_eq!(shown.recv().unwrap(), 1);
}

#[tokio::test]
async fn nobody_else_is_shown_it() {
    let authority = Authority::new();
    let (url, _) = authority.server();
    let (elsewhere, shown) = authority.server();
    let shelter = authority.shelter(&url).client_identity(authority.identity()).build().unwrap();
    shelter.request("GET", &elsewhere).anonymous().await.unwrap();
    assert_eq!(shown.recv().unwrap(), 0);
}

#[tokio::test]
async fn without_an_identity_nothing_is_sent() {
    let authority = Authority::new();
    let (url, shown) = authority.server();
    let shelter = authority.shelter(&url).build().unwrap();
    let error = shelter.pets().by_certificate().await.unwrap_err();
    assert!(error.is_configuration() && error.message().contains("`mutual` (client certificate)"), "{error}");
    assert!(shown.try_recv().is_err());
    shelter.pets().by_key().await.unwrap();
    assert_eq!(shown.recv().unwrap(), 0);
}

#[test]
fn what_is_no_identity_is_refused_without_being_shown() {
    let key = KeyPair::generate().unwrap().serialize_pem();
    let certificate = Authority::new().0.pem();
    for pem in ["hunter2", &key, &certificate, &format!("{certificate}{key}")] {
        let builder: Builder<Shelter> = Builder::new().client_identity(pem);
        let shown = format!("{builder:?}");
        let error: Error = builder.build().unwrap_err();
        let told = format!("{error:?} {error}");
        assert!(error.is_configuration() && error.message().contains("the client identity cannot be used"), "{told}");
        assert!(!told.contains("hunter2") && !told.contains("PRIVATE") && !shown.contains("hunter2"), "{told} {shown}");
    }
}

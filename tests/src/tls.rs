//! A server behind TLS that gives one answer to whoever asks, under a certificate of an authority of its own.

use std::net::Ipv4Addr;
use std::sync::Arc;

use anyhow::Context as _;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

/// The server. It ends with it.
pub struct TlsServer {
    /// Where it is, by a name that its certificate has.
    pub url: String,
    /// The certificate of its authority, as PEM.
    pub authority: String,
    serving: JoinHandle<()>,
}

impl Drop for TlsServer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Starts one that answers with these bytes, a whole answer of HTTP/1.1. Panics if it cannot.
pub async fn start(answer: Vec<u8>) -> TlsServer {
    let started = begin(answer).await;
    started.unwrap_or_else(|error| panic!("no server behind TLS: {error:#}"))
}

async fn begin(answer: Vec<u8>) -> anyhow::Result<TlsServer> {
    let (authority, config) = certified()?;
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let port = listener.local_addr()?.port();
    #[expect(
        clippy::disallowed_methods,
        reason = "a server that ends with its test"
    )]
    let serving = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // Who does not believe it hangs up.
            let Ok(mut stream) = acceptor.accept(stream).await else {
                continue;
            };
            let mut request = [0; 4096];
            if stream.read(&mut request).await.is_ok() {
                let _ = stream.write_all(&answer).await;
                let _ = stream.shutdown().await;
            }
        }
    });
    Ok(TlsServer {
        url: format!("https://localhost:{port}"),
        authority,
        serving,
    })
}

/// An authority, and a server that it vouches for.
fn certified() -> anyhow::Result<(String, ServerConfig)> {
    let key = KeyPair::generate()?;
    let mut params = CertificateParams::new(Vec::new())?;
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = params.self_signed(&key)?;
    let issuer = Issuer::new(params, key);
    let key = KeyPair::generate()?;
    let params = CertificateParams::new(vec!["localhost".to_owned()])?;
    let certificate = params.signed_by(&key, &issuer)?;
    let private = PrivateKeyDer::try_from(key.serialize_der());
    let private = private.map_err(|error| anyhow::anyhow!("{error}"))?;
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], private)
        .context("its certificate is none")?;
    Ok((authority.pem(), config))
}

//! Reading published keys: of a file, of standard input, or of an address. An address is asked once, within bounds of time and of bytes,
//! and leads nowhere else: a redirect is no answer.

use super::receipt::{MOST_BYTES, read};
use anyhow::Context as _;
use http_body_util::{BodyExt as _, Empty, Limited};
use hyper::{
    Request, Uri,
    body::Bytes,
    client::conn::http1::handshake,
    header::{ACCEPT, HOST},
};
use hyper_util::rt::TokioIo;
use liangxin_app::ports::evidence_keys::PublicKeys;
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, ServerName, pem::PemObject as _},
};
use std::{
    path::{Path, PathBuf},
    pin::pin,
    sync::Arc,
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::TlsConnector;

/// How long a server may take for its whole answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where published keys are, and whom to believe there.
#[derive(Debug, Clone, clap::Args)]
pub(in crate::cli) struct Published {
    /// The published keys: a file, `-` for standard input, or https://…/.well-known/liangxin-keys.json
    #[arg(long, value_name = "URL|FILE")]
    pub(super) keys: String,
    /// Believe servers that this authority vouches for, and no others: its certificates in PEM. Without it the authorities that
    /// browsers believe count
    #[arg(long, value_name = "FILE")]
    pub(super) ca: Option<PathBuf>,
}

impl Published {
    /// Reads them.
    pub(super) async fn read(&self) -> anyhow::Result<PublicKeys> {
        let named = &self.keys;
        let json = self.content(named).await?;
        PublicKeys::parse(&json).with_context(|| format!("{named} holds no published keys"))
    }

    /// What lies in a file, on standard input (`-`), or at an address of a server that is believed as the one of the keys is.
    pub(super) async fn content(&self, named: &str) -> anyhow::Result<Vec<u8>> {
        if !named.starts_with("http://") && !named.starts_with("https://") {
            return read(Path::new(named));
        }
        let asked = tokio::time::timeout(PATIENCE, fetch(named, self.ca.as_deref()));
        let asked = asked.await.context("it took too long");
        let fetched = asked.and_then(|answer| answer);
        fetched.with_context(|| format!("cannot fetch {named}"))
    }
}

async fn fetch(address: &str, ca: Option<&Path>) -> anyhow::Result<Vec<u8>> {
    let address: Uri = address.parse().context("it is no address")?;
    let host = address.host().context("it names no host")?;
    let host = host.trim_matches(['[', ']']).to_owned();
    let is_plain = address.scheme_str() == Some("http");
    let port = address
        .port_u16()
        .unwrap_or(if is_plain { 80 } else { 443 });
    let stream = TcpStream::connect((host.as_str(), port)).await?;
    if is_plain {
        return ask(stream, &address).await;
    }
    let name = ServerName::try_from(host).context("its host has no name that can be proved")?;
    let tls = TlsConnector::from(Arc::new(trust(ca)?));
    let stream = tls.connect(name, stream).await;
    ask(stream.context("it does not prove who it is")?, &address).await
}

/// Whom to believe.
fn trust(ca: Option<&Path>) -> anyhow::Result<ClientConfig> {
    let mut roots = RootCertStore::empty();
    match ca {
        None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Some(file) => {
            let pem = read(file)?;
            for certificate in CertificateDer::pem_slice_iter(&pem) {
                let certificate = certificate.context("the authority is no PEM")?;
                roots
                    .add(certificate)
                    .context("the authority is no certificate")?;
            }
            anyhow::ensure!(!roots.is_empty(), "{} holds no certificate", file.display());
        }
    }
    let known = ClientConfig::builder().with_root_certificates(roots);
    Ok(known.with_no_client_auth())
}

async fn ask<S>(stream: S, address: &Uri) -> anyhow::Result<Vec<u8>>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
    let path = address.path_and_query().map_or("/", |path| path.as_str());
    let host = address.authority().context("it names no host")?;
    let request = Request::get(path)
        .header(HOST, host.as_str())
        .header(ACCEPT, "application/json")
        .body(Empty::<Bytes>::new())?;
    let talk = async {
        let answer = sender.send_request(request).await?;
        let status = answer.status();
        anyhow::ensure!(status.is_success(), "it answers with {status}");
        let most = usize::try_from(MOST_BYTES).unwrap_or(usize::MAX);
        let body = Limited::new(answer.into_body(), most).collect().await;
        let body = body
            .map_err(|error| anyhow::anyhow!("it answers with too much, or broke off: {error}"));
        Ok(body?.to_bytes().to_vec())
    };
    let (mut talk, connection) = (pin!(talk), pin!(connection));
    tokio::select! {
        told = &mut talk => told,
        // What came before it ended is there all the same.
        ended = connection => {
            ended?;
            talk.await
        }
    }
}

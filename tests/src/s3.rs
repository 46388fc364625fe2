//! A real S3 server for the tests, in this process, over a directory.
//!
//! Owns the wire: loopback port, signature check, one bucket. The client under test cannot tell it from a remote
//! store, and a request that is not signed with the right key is refused. It knows nothing of our keys or objects.

use std::net::SocketAddr;
use std::path::Path;

use anyhow::Context as _;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};

const ACCESS_KEY: &str = "liangxin-test";
const SECRET_KEY: &str = "only-for-the-tests-of-liangxin";
const BUCKET: &str = "evidence";

/// A running S3 server. Dropping it closes the port and cuts every open connection, as a store that dies does; the
/// objects stay in the directory, and a server started on it again holds them.
#[derive(Debug)]
pub struct S3Server {
    /// `http://127.0.0.1:<port>`, for path-style requests; any region name is accepted.
    pub endpoint: String,
    /// The one access key that the server knows.
    pub access_key: String,
    /// The secret of that key.
    pub secret_key: String,
    /// The one bucket that exists.
    pub bucket: String,
    address: SocketAddr,
    task: JoinHandle<()>,
}

/// Starts a server that keeps its buckets in `dir`, on a free port. Panics if it cannot.
pub async fn start(dir: &Path) -> S3Server {
    start_at(dir, SocketAddr::from(([127, 0, 0, 1], 0))).await
}

/// Starts a server at an address that a client already knows: the store comes back after it died.
/// Panics if the address is taken.
pub async fn start_at(dir: &Path, address: SocketAddr) -> S3Server {
    match listen(dir, address).await {
        Ok(server) => server,
        Err(error) => panic!("the S3 server for the tests did not start: {error:#}"),
    }
}

impl S3Server {
    /// Where the server listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for S3Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn listen(dir: &Path, address: SocketAddr) -> anyhow::Result<S3Server> {
    // In this file system store a bucket is a directory, nothing more.
    std::fs::create_dir_all(dir.join(BUCKET)).context("make the bucket")?;
    let files = s3s_fs::FileSystem::new(dir)
        .map_err(|error| anyhow::anyhow!("open the directory of the store: {error:?}"))?;
    let mut service = S3ServiceBuilder::new(files);
    service.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
    let listener = TcpListener::bind(address).await.context("listen")?;
    let address = listener.local_addr()?;
    Ok(S3Server {
        endpoint: format!("http://{address}"),
        access_key: ACCESS_KEY.to_owned(),
        secret_key: SECRET_KEY.to_owned(),
        bucket: BUCKET.to_owned(),
        address,
        task: spawn(serve(listener, service.build())),
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "the handle lies in the server, which ends it"
)]
fn spawn(work: impl Future<Output = ()> + Send + 'static) -> JoinHandle<()> {
    tokio::spawn(work)
}

async fn serve(listener: TcpListener, service: S3Service) {
    // Owns the connections, so that they die with this task.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                // A connection lost between its arrival and here is the client's to report.
                let Ok((stream, _)) = accepted else { continue };
                let service = service.clone();
                connections.spawn(async move {
                    let _ = Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), service).await;
                });
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpStream;

    use super::*;

    fn status_of_an_unsigned_request(address: SocketAddr) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(address)?;
        write!(
            stream,
            "GET /{BUCKET}/x HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer.split(' ').nth(1).unwrap_or_default().to_owned())
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_request_without_a_signature_is_refused_and_a_dropped_server_is_gone_until_it_is_started_again()
     {
        let directory = tempfile::tempdir().unwrap();
        let server = start(directory.path()).await;
        let address = server.address();
        assert_eq!(status_of_an_unsigned_request(address).unwrap(), "403");
        drop(server);
        // The abort is asynchronous; the port closes with the task.
        while TcpStream::connect(address).is_ok() {
            tokio::task::yield_now().await;
        }
        let again = start_at(directory.path(), address).await;
        assert_eq!(
            status_of_an_unsigned_request(again.address()).unwrap(),
            "403"
        );
    }
}

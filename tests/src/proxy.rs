//! A way between a client and a server that can be bad: closed, silent, slow, or losing what comes back.
//!
//! Owns the sockets on both sides. It knows nothing of what runs through them.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How long each piece waits on a slow way.
const DELAY: Duration = Duration::from_millis(150);

/// As many bytes pass at once.
const PIECE_BYTES: usize = 16 * 1024;

/// How the way is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// As if there were nothing between.
    Open,
    /// Every connection ends at once.
    Closed,
    /// Connections are taken, and nothing passes until the way is another.
    Silent,
    /// Each piece waits a moment.
    Slow,
    /// Everything arrives at the server, and with its answer the connection ends.
    Deaf,
}

/// A way to one server. Dropping it cuts every connection.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    state: Arc<State>,
    _tasks: JoinSet<()>,
}

#[derive(Debug)]
struct State {
    target: watch::Sender<SocketAddr>,
    way: watch::Sender<Way>,
    cuts: watch::Sender<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    There,
    Back,
}

impl Proxy {
    /// Opens a way to a server, on a free port. Panics if it cannot listen.
    pub async fn open(target: SocketAddr) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await;
        let bound = listener.and_then(|listener| Ok((listener.local_addr()?, listener)));
        let (address, listener) = bound
            .context("listen")
            .unwrap_or_else(|error| panic!("no way to {target}: {error:#}"));
        let state = Arc::new(State {
            target: watch::Sender::new(target),
            way: watch::Sender::new(Way::Open),
            cuts: watch::Sender::new(0),
        });
        let mut tasks = JoinSet::new();
        tasks.spawn(accept(listener, Arc::clone(&state)));
        Self {
            address,
            state,
            _tasks: tasks,
        }
    }

    /// Where clients go.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// From now on new connections lead elsewhere.
    pub fn lead_to(&self, target: SocketAddr) {
        self.state.target.send_replace(target);
    }

    /// Makes the way another; a closed one cuts what is open.
    pub fn set(&self, way: Way) {
        self.state.way.send_replace(way);
        if way == Way::Closed {
            self.cut();
        }
    }

    /// Cuts every open connection; new ones are taken.
    pub fn cut(&self) {
        self.state.cuts.send_modify(|cuts| *cuts += 1);
    }
}

async fn accept(listener: TcpListener, state: Arc<State>) {
    // Owns the connections, so that they die with this task.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let Ok((client, _)) = accepted else { continue };
                connections.spawn(carry(client, Arc::clone(&state)));
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn carry(client: TcpStream, state: Arc<State>) {
    let mut cuts = state.cuts.subscribe();
    let (way, target) = (state.way.subscribe(), *state.target.borrow());
    if *way.borrow() == Way::Closed {
        return;
    }
    let Ok(server) = TcpStream::connect(target).await else {
        return;
    };
    // Without this, small answers wait for the acknowledgement of what was sent before them.
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    tokio::select! {
        () = pump(from_client, to_server, Direction::There, way.clone()) => {}
        () = pump(from_server, to_client, Direction::Back, way) => {}
        _ = cuts.changed() => {}
    }
}

/// Carries bytes one way until either side ends.
async fn pump(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    direction: Direction,
    mut way: watch::Receiver<Way>,
) {
    let mut piece = vec![0; PIECE_BYTES];
    while let Ok(length) = from.read(&mut piece).await {
        if length == 0 || way.wait_for(|way| *way != Way::Silent).await.is_err() {
            return;
        }
        let now = *way.borrow();
        match now {
            Way::Slow => tokio::time::sleep(DELAY).await,
            Way::Deaf if direction == Direction::Back => return,
            _ => {}
        }
        if to.write_all(&piece[..length]).await.is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncRead, AsyncWrite};

    use super::*;

    /// Sends a byte and answers what came back, if anything did.
    async fn echo(stream: &mut (impl AsyncRead + AsyncWrite + Unpin), byte: u8) -> Option<u8> {
        stream.write_all(&[byte]).await.ok()?;
        stream.read_u8().await.ok()
    }

    #[tokio::test]
    async fn a_way_carries_cuts_closes_and_loses_answers() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxy = Proxy::open(listener.local_addr().unwrap()).await;
        let (seen, mut heard) = watch::channel(0);
        let mut server = JoinSet::new();
        server.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((mut stream, _)) = listener.accept().await {
                let seen = seen.clone();
                connections.spawn(async move {
                    while let Ok(byte) = stream.read_u8().await {
                        seen.send_replace(byte);
                        if stream.write_all(&[byte]).await.is_err() {
                            return;
                        }
                    }
                });
            }
        });
        let connect = async || TcpStream::connect(proxy.address()).await.unwrap();
        let mut stream = connect().await;
        assert_eq!(echo(&mut stream, 1).await, Some(1));
        proxy.cut();
        assert_eq!(stream.read_u8().await.ok(), None);
        let mut stream = connect().await;
        assert_eq!(echo(&mut stream, 2).await, Some(2));
        proxy.set(Way::Deaf);
        assert_eq!(echo(&mut stream, 3).await, None);
        heard.wait_for(|byte| *byte == 3).await.unwrap();
        proxy.set(Way::Closed);
        assert_eq!(echo(&mut connect().await, 4).await, None);
        proxy.set(Way::Open);
        assert_eq!(echo(&mut connect().await, 5).await, Some(5));
    }
}

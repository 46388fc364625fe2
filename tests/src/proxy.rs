//! A way between a client and a server that can be bad: closed, silent, slow, narrow, frail, saying everything twice, or
//! losing what comes back; and a client that vanished without a word.
//!
//! Owns the sockets on both sides. It knows nothing of what runs through them.

use std::future::pending;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::chance::Chance;

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
    /// What is sent arrives at the server twice, the second time on a connection of its own that nobody listens to.
    Twice,
    /// A line of so many bytes a second for each connection, which is cut after so many bytes of the client on average.
    Line {
        /// How many bytes pass in a second, each way.
        bytes_per_second: u64,
        /// How many bytes of the client pass before a cut, on average; between one and twice as many.
        cut_after_bytes: u64,
    },
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
    vanished: watch::Sender<u64>,
    carried_bytes: AtomicU64,
    chance: Mutex<Chance>,
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
            vanished: watch::Sender::new(0),
            carried_bytes: AtomicU64::new(0),
            chance: Mutex::new(Chance::of(1)),
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

    /// Lets the client of every open connection vanish: the server's side stays open, and nothing comes on it any more.
    pub fn vanish(&self) {
        self.state.vanished.send_modify(|vanished| *vanished += 1);
    }

    /// How many bytes of clients arrived at the server.
    pub fn carried_bytes(&self) -> u64 {
        self.state.carried_bytes.load(Ordering::Relaxed)
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
    let mut vanished = state.vanished.subscribe();
    let (way, target) = (*state.way.borrow(), *state.target.borrow());
    if way == Way::Closed {
        return;
    }
    let Ok(server) = TcpStream::connect(target).await else {
        return;
    };
    // Without this, small answers wait for the acknowledgement of what was sent before them.
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let there = Pump {
        direction: Direction::There,
        life_bytes: life(way, &state),
        again: match way {
            Way::Twice => TcpStream::connect(target).await.ok(),
            _ => None,
        },
        state: &state,
    };
    let back = Pump {
        direction: Direction::Back,
        life_bytes: u64::MAX,
        again: None,
        state: &state,
    };
    let vanishes = tokio::select! {
        () = there.run(&mut from_client, &mut to_server) => false,
        () = back.run(&mut from_server, &mut to_client) => false,
        _ = cuts.changed() => false,
        _ = vanished.changed() => true,
    };
    if vanishes {
        drop((from_client, to_client));
        // The server's side lies open until the proxy is gone.
        pending::<()>().await;
    }
}

/// After how many bytes a connection is cut.
fn life(way: Way, state: &State) -> u64 {
    match way {
        Way::Line {
            cut_after_bytes, ..
        } => {
            let mut chance = state.chance.lock().unwrap_or_else(PoisonError::into_inner);
            chance.between(1, cut_after_bytes.saturating_mul(2))
        }
        _ => u64::MAX,
    }
}

/// Carries bytes one way until either side ends.
struct Pump<'a> {
    direction: Direction,
    life_bytes: u64,
    again: Option<TcpStream>,
    state: &'a State,
}

impl Pump<'_> {
    async fn run(mut self, from: &mut OwnedReadHalf, to: &mut OwnedWriteHalf) {
        let mut way = self.state.way.subscribe();
        let mut piece = vec![0; PIECE_BYTES];
        while let Ok(length) = from.read(&mut piece).await {
            if length == 0 || way.wait_for(|way| *way != Way::Silent).await.is_err() {
                return;
            }
            let now = *way.borrow();
            let bytes = u64::try_from(length).unwrap_or(u64::MAX);
            match now {
                Way::Slow => tokio::time::sleep(DELAY).await,
                Way::Line {
                    bytes_per_second, ..
                } => {
                    let nanos = bytes.saturating_mul(1_000_000_000) / bytes_per_second.max(1);
                    tokio::time::sleep(Duration::from_nanos(nanos)).await;
                }
                Way::Deaf if self.direction == Direction::Back => return,
                _ => {}
            }
            let lives = usize::try_from(self.life_bytes).unwrap_or(usize::MAX);
            let passing = &piece[..length.min(lives)];
            if self.pass(passing, to).await.is_err() || passing.len() < length {
                return;
            }
            self.life_bytes = self.life_bytes.saturating_sub(bytes);
        }
    }

    async fn pass(&mut self, bytes: &[u8], to: &mut OwnedWriteHalf) -> std::io::Result<()> {
        to.write_all(bytes).await?;
        if let Some(again) = &mut self.again {
            // Whoever says everything twice may be refused the second time.
            let _ = again.write_all(bytes).await;
        }
        if self.direction == Direction::There {
            let passed = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            self.state
                .carried_bytes
                .fetch_add(passed, Ordering::Relaxed);
        }
        Ok(())
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
        let mut stream = connect().await;
        assert_eq!(echo(&mut stream, 5).await, Some(5));
        proxy.vanish();
        assert_eq!(stream.read_u8().await.ok(), None);
        proxy.set(Way::Line {
            bytes_per_second: 1_000_000,
            cut_after_bytes: 1,
        });
        let (mut stream, before) = (connect().await, proxy.carried_bytes());
        assert_eq!(echo(&mut stream, 6).await, Some(6), "it may live one byte");
        assert_eq!(echo(&mut stream, 7).await, None, "and is cut at the second");
        assert_eq!(proxy.carried_bytes(), before + 1, "one byte arrived");
        proxy.set(Way::Twice);
        assert_eq!(echo(&mut connect().await, 10).await, Some(10));
    }
}

//! The program's HTTP server over an application under test, on a real socket.
//!
//! It runs in a thread with a runtime of its own, as in production, and with a pool of its own: a connection belongs to
//! the runtime that opened it. Clock, ids, keys, mail and objects are those of the test.

use std::net::TcpListener;
use std::sync::Arc;
use std::thread::JoinHandle;

use anyhow::Context as _;
use liangxin_app::app::App;
use liangxin_app::work::Db;
use liangxin_graphql::contract;
use liangxin_graphql::limits::Mode;
use liangxin_web::body::Pace;
use liangxin_web::face::Face;
use liangxin_web::metrics::Metrics;
use liangxin_web::request::Proxies;
use liangxin_web::server::{self, Front};
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Builder;
use tokio::sync::{oneshot, watch};

use crate::app::TestApp;
use crate::database;
use crate::face;
use crate::session::Reply;

/// How many connections the server has to its database.
const CONNECTIONS: u32 = 4;

/// With which typeface a server writes PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typeface {
    /// That of the tests.
    Drawn,
    /// That of this machine, if it has one.
    Installed,
    /// With none.
    Missing,
}

/// What a test asks of a server.
struct Asked {
    mode: Mode,
    pace: Pace,
    proxies: Proxies,
    most_connections: usize,
}

impl Asked {
    fn of(mode: Mode) -> Self {
        Self {
            mode,
            pace: Pace::default(),
            proxies: Proxies::default(),
            most_connections: 1_000,
        }
    }
}

/// Ends a server.
type Stop = Box<dyn Fn() + Send>;

/// A running server. Dropping it ends it.
pub struct Server {
    /// `http://127.0.0.1:<port>`.
    pub url: String,
    /// A client without proxy, redirect or decompression: it shows what the server said.
    pub client: Client,
    db: Db,
    stop: Stop,
    thread: Option<JoinHandle<()>>,
    _typeface: TempDir,
}

impl Server {
    /// Serves an application on a free port. Panics if it cannot.
    pub async fn start(app: &TestApp, mode: Mode) -> Self {
        Self::start_at_pace(app, mode, Pace::default()).await
    }

    /// As [`Server::start`], with another pace for bodies.
    pub async fn start_at_pace(app: &TestApp, mode: Mode, pace: Pace) -> Self {
        let asked = Asked {
            pace,
            ..Asked::of(mode)
        };
        Self::started(app, asked, Typeface::Drawn).await
    }

    /// As [`Server::start`] for production, with another typeface.
    pub async fn with_typeface(app: &TestApp, typeface: Typeface) -> Self {
        Self::started(app, Asked::of(Mode::Production), typeface).await
    }

    /// As [`Server::start`] for production, with so many connections.
    pub async fn with_connections(app: &TestApp, most_connections: usize) -> Self {
        let asked = Asked {
            most_connections,
            ..Asked::of(Mode::Production)
        };
        Self::started(app, asked, Typeface::Drawn).await
    }

    /// As [`Server::start`], behind a proxy on this machine whose `X-Forwarded-For` counts.
    pub async fn behind_a_proxy(app: &TestApp, mode: Mode) -> Self {
        let asked = Asked {
            proxies: Proxies::parse("127.0.0.1").unwrap_or_default(),
            ..Asked::of(mode)
        };
        Self::started(app, asked, Typeface::Drawn).await
    }

    async fn started(app: &TestApp, asked: Asked, typeface: Typeface) -> Self {
        match Self::try_start(app, asked, typeface).await {
            Ok(server) => server,
            Err(error) => panic!("the server did not start: {error:#}"),
        }
    }

    async fn try_start(app: &TestApp, asked: Asked, typeface: Typeface) -> anyhow::Result<Self> {
        let directory = TempDir::new().context("make the directory of the typeface")?;
        let file = directory.path().join("face.ttf");
        if typeface == Typeface::Drawn {
            std::fs::write(&file, face::drawn()).context("write the typeface")?;
        }
        let face = Face::at((typeface != Typeface::Installed).then_some(file));
        let listener = TcpListener::bind(("127.0.0.1", 0)).context("listen")?;
        let url = format!("http://{}", listener.local_addr()?);
        let client = Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        let (ready, told) = oneshot::channel();
        let (parts, database) = (app.parts().clone(), app.database_url().to_owned());
        let thread = std::thread::spawn(move || {
            let served = serve(parts, &database, (asked, face), (listener, ready));
            served.unwrap_or_else(|error| panic!("the server failed: {error:#}"));
        });
        let (stop, db) = told.await.context("it ended before it began")?;
        Ok(Self {
            url,
            client,
            db,
            stop,
            thread: Some(thread),
            _typeface: directory,
        })
    }

    /// Takes its database away: its connections are closed, and it opens no other. Panics if they cannot be.
    pub async fn lose_database(&self) {
        let closed = self.db.close().await;
        closed.unwrap_or_else(|error| panic!("the connections were not closed: {error}"));
    }

    /// Begins a GET.
    pub fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.url))
    }

    /// Begins a HEAD.
    pub fn head(&self, path: &str) -> RequestBuilder {
        self.client.head(format!("{}{path}", self.url))
    }

    /// Begins a POST.
    pub fn post(&self, path: &str) -> RequestBuilder {
        self.client.post(format!("{}{path}", self.url))
    }

    /// Begins a GraphQL request, whose answer is in English.
    pub fn graphql(&self, document: &str, variables: &Value) -> RequestBuilder {
        let body = json!({ "query": document, "variables": variables });
        self.post("/graphql")
            .header("Accept-Language", "en")
            .json(&body)
    }

    /// Sends a GraphQL request. Panics if no GraphQL answer comes back.
    pub async fn ask(&self, document: &str, variables: &Value) -> Reply {
        let answer = async {
            let answer = self.graphql(document, variables).send().await?;
            answer.json::<Value>().await
        };
        Reply::of(
            answer
                .await
                .unwrap_or_else(|error| panic!("no answer: {error}")),
        )
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        (self.stop)();
        // A panic of the server has been printed by its own thread.
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

fn serve(
    mut parts: App,
    url: &str,
    (asked, face): (Asked, Face),
    (listener, ready): (TcpListener, oneshot::Sender<(Stop, Db)>),
) -> anyhow::Result<()> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        parts.db = database::connect(url, CONNECTIONS).await?;
        let db = parts.db.clone();
        let metrics = Arc::new(Metrics::new(contract::names())?);
        let front = Front {
            mode: asked.mode,
            proxies: asked.proxies,
            metrics,
            most_connections: asked.most_connections,
            pace: asked.pace,
            stop: Arc::new(watch::Sender::new(false)),
            face,
        };
        let server = server::serve(parts, front, listener)?;
        let handle = server.handle();
        // Asking is enough: the thread is waited for.
        let stop: Stop = Box::new(move || drop(handle.stop(false)));
        let _ = ready.send((stop, db.clone()));
        server.await?;
        db.close().await?;
        Ok(())
    })
}

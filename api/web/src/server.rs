//! The server put together: what is served where, with which bounds.

use super::{
    asking,
    body::{Pace, bounded},
    evidence_keys,
    face::Face,
    graphiql,
    graphql::{self, Endpoint, Settings},
    health::{self, Looks},
    made_up_time,
    metrics::{Metrics, measure, show},
    pages, photos,
    places::Places,
    request::{self, Proxies},
    security::{RequestIds, Security, Transport, secure},
    uploads,
};
use actix_http::{HttpService, HttpServiceBuilder, Request, error::DispatchError};
use actix_service::{IntoServiceFactory, ServiceFactory};
use actix_web::{
    App, Error, HttpRequest, HttpResponse,
    body::MessageBody,
    dev::{AppConfig, Response, Server},
    http::StatusCode,
    middleware::{Compress, from_fn},
    web,
};
use liangxin_app::{app::App as Liangxin, error::AppError, usecase::accounts::recognise};
use liangxin_domain::refusal::Lang;
use liangxin_graphql::{context, documents::Documents, limits::Mode, schema};
use std::{fmt, net::TcpListener, sync::Arc, time::Duration};
use tokio::{
    net::TcpStream,
    signal::unix::{SignalKind, signal},
    sync::watch,
};

/// How long a client may take to send the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(15);
/// How long a connection that ends waits for the client to have read the answer.
const GOODBYE: Duration = Duration::from_secs(1);
/// How long requests under way may take when the server stops, in seconds.
const STOP_SECONDS: u64 = 5;
/// How long the port stays open after `SIGTERM`, so that a proxy learns from `/readyz` to send nobody here.
const FAREWELL: Duration = Duration::from_secs(3);

/// How an application is served.
pub struct Front {
    /// For a bureau, or for who develops.
    pub mode: Mode,
    /// The proxies that are trusted to say who asks.
    pub proxies: Proxies,
    /// The figures.
    pub metrics: Arc<Metrics>,
    /// How many connections may be open.
    pub most_connections: usize,
    /// How fast bodies have to come.
    pub pace: Pace,
    /// Told as soon as the process is to end.
    pub stop: Arc<watch::Sender<bool>>,
    /// The typeface of papers that are written as PDF.
    pub face: Face,
}

/// Whose time it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Time {
    /// The machine's.
    Real,
    /// That of made-up people, which may be moved on.
    MadeUp,
}

impl Time {
    fn of(app: &Liangxin) -> Self {
        if app.clock.is_made_up() {
            Self::MadeUp
        } else {
            Self::Real
        }
    }
}

/// Starts to serve on a bound listener; the answer runs until it is stopped or signalled.
pub fn serve(app: Liangxin, front: Front, listener: TcpListener) -> std::io::Result<Server> {
    let Front { mode, stop, .. } = front;
    let (pace, proxies) = (web::Data::new(front.pace), web::Data::new(front.proxies));
    let places = web::Data::new(Places::of(front.most_connections));
    let face = web::Data::new(front.face);
    let metrics = front.metrics;
    let security = web::Data::new(security(&app));
    let time = Time::of(&app);
    let prepared = app.clone();
    let endpoint = web::Data::new(Endpoint {
        schema: schema::of(mode, Documents::of(mode)),
        prepare: async move |request: &HttpRequest, query: async_graphql::Request| {
            prepare(&prepared, request, query).await
        },
        metrics: Arc::clone(&metrics),
        settings: settings(front.pace),
        stop: stop.subscribe(),
    });
    let looks = web::Data::new(Looks::new(stop.subscribe()));
    let connections = Arc::clone(&metrics);
    let metrics = web::Data::from(metrics);
    let app = web::Data::new(app);
    let home = web::Data::new(pages::HomeView {
        extras: doors(mode),
    });
    let make = move || {
        let endpoint = endpoint.clone();
        App::new()
            .app_data(app.clone())
            .app_data(metrics.clone())
            .app_data(looks.clone())
            .app_data(pace.clone())
            .app_data(places.clone())
            .app_data(proxies.clone())
            .app_data(security.clone())
            .app_data(face.clone())
            .wrap(from_fn(bounded))
            .wrap(Compress::default())
            .wrap(from_fn(measure))
            .wrap(from_fn(secure))
            .configure(|routes| graphql::routes(routes, endpoint))
            .app_data(home.clone())
            .configure(|routes| beside_graphql(routes, mode, time))
            .default_service(web::to(pages::not_found))
    };
    let server = Server::build()
        .max_concurrent_connections(a_worker(front.most_connections))
        .shutdown_timeout(STOP_SECONDS)
        .shutdown_signal(asked_to_end(stop)?);
    let ending = server.graceful_shutdown_signal();
    let server = server.listen("http", listener, move || {
        let ending = ending.clone();
        let ending = move || {
            let ending = ending.clone();
            async move { ending.notified().await }
        };
        speaking([make(), make()], ending, Arc::clone(&connections))
    })?;
    Ok(server.run())
}

fn beside_graphql(routes: &mut web::ServiceConfig, mode: Mode, time: Time) {
    if mode == Mode::Development {
        graphiql::routes(routes);
    }
    if time == Time::MadeUp {
        made_up_time::routes(routes);
    }
    routes
        .configure(uploads::routes)
        .configure(photos::routes)
        .route(
            evidence_keys::PATH,
            pages::reading().to(evidence_keys::published),
        )
        .route("/healthz", pages::reading().to(health::healthz))
        .route("/readyz", pages::reading().to(health::readyz))
        .route("/metrics", pages::reading().to(show))
        .configure(pages::routes);
}

/// What speaks HTTP on connections: of two applications that are alike, one is asked by clients that wait for a word before
/// they send a body, and the other answers.
fn speaking<S, B, E>(
    [asked, answering]: [impl IntoServiceFactory<S, Request>; 2],
    ending: impl Fn() -> E + 'static,
    connections: Arc<Metrics>,
) -> impl ServiceFactory<TcpStream, Config = (), Response = (), Error = DispatchError, InitError = ()>
where
    S: ServiceFactory<Request, Config = AppConfig> + 'static,
    S::Error: Into<Error>,
    S::InitError: fmt::Debug,
    S::Response: Into<Response<B>>,
    B: MessageBody + 'static,
    E: Future<Output = ()> + 'static,
{
    let speaking = HttpService::build()
        .graceful_shutdown_signal(ending)
        .client_request_timeout(HEAD_TIMEOUT)
        .client_disconnect_timeout(GOODBYE)
        .on_connect_ext(move |_: &TcpStream, extensions| connections.track_connection(extensions));
    let speaking = HttpServiceBuilder::expect(speaking, asking::asked(asking::application(asked)));
    speaking
        .finish(asking::answered(asking::application(answering)))
        .tcp()
}

/// An operation may take as long as every answer.
fn settings(pace: Pace) -> Settings {
    Settings {
        execution_timeout: pace.answer,
        ..Settings::default()
    }
}

/// How answers are guarded on the way that clients come by.
fn security(app: &Liangxin) -> Security {
    let transport = if app.public_url.starts_with("https://") {
        Transport::Tls
    } else {
        Transport::Plain
    };
    let ids = app.clone();
    Security {
        transport,
        ids: RequestIds(Box::new(move || {
            ids.ids.uuid(ids.now()).simple().to_string()
        })),
    }
}

/// Waits until somebody ends the process, and tells everybody at once: from now on, so that whoever is told that it listens
/// can end it. The port closes later than that for `SIGTERM`, which comes from a supervisor with a proxy in front; who presses
/// Ctrl-C waits for nothing.
fn asked_to_end(
    stop: Arc<watch::Sender<bool>>,
) -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut terminated = signal(SignalKind::terminate())?;
    let mut interrupted = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminated.recv() => {
                stop.send_replace(true);
                tokio::time::sleep(FAREWELL).await;
            }
            _ = interrupted.recv() => drop(stop.send_replace(true)),
        }
    })
}

/// How many of all connections each worker of the server takes; there is one a core.
fn a_worker(connections: usize) -> usize {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    (connections / workers).max(1)
}

/// What a developer finds on the home page.
fn doors(mode: Mode) -> Option<Vec<(String, String)>> {
    let door = |name: &str, path: &str| (name.to_owned(), path.to_owned());
    (mode == Mode::Development).then(|| {
        vec![
            door("GraphiQL", "/graphiql"),
            door("healthz", "/healthz"),
            door("readyz", "/readyz"),
            door("metrics", "/metrics"),
        ]
    })
}

/// Puts who asks, in which language and from where, into a GraphQL request.
async fn prepare(
    app: &Liangxin,
    request: &HttpRequest,
    query: async_graphql::Request,
) -> Result<async_graphql::Request, HttpResponse> {
    let stranger = request::stranger(request);
    let lang = stranger.lang;
    let recognised = async { recognise(app, request::bearer(request)?).await };
    context::prepare(query, app, recognised.await, stranger)
        .map_err(|error| refuse(request, &error, lang))
}

fn refuse(request: &HttpRequest, error: &AppError, lang: Lang) -> HttpResponse {
    error.log();
    let status = match error {
        AppError::Refused(_) => StatusCode::UNAUTHORIZED,
        AppError::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
        AppError::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
    };
    let refusal = error.refusal();
    super::reply::refusal(
        request,
        status,
        refusal.code.as_str(),
        &refusal.message(lang),
    )
}

//! Figures about the running server, in the text format that Prometheus reads.
//!
//! Every label comes from a list that the program knows: a route's pattern, never its path; an operation's name only if
//! it is one of our own. A label that strangers choose would grow without end, and would tell about people.

use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

use actix_web::{
    Error, HttpRequest, HttpResponse,
    body::MessageBody,
    dev::{Extensions, ServiceRequest, ServiceResponse},
    http::{Method, StatusCode, header},
    middleware::Next,
    web,
};
use prometheus::{
    HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry,
    TextEncoder,
};

use crate::request::is_from_within;
use liangxin_app::{
    app::App as Liangxin,
    health::{self, Background, Waiting},
    store,
};
use liangxin_graphql::operation::Operation;
use tokio::time::timeout;

/// Upper bounds of the latency buckets, in seconds. From a cached page to the longest that an operation may take.
const LATENCY_SECONDS: [f64; 11] = [
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0,
];

/// How long the figures wait for the database.
const PATIENCE: Duration = Duration::from_secs(2);

/// Label of what has no pattern or no known name.
const OTHER: &str = "other";

/// How a GraphQL operation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// With data and no error.
    Answered,
    /// With an error after resolvers began to run.
    Failed,
    /// Before any resolver ran: not parsed, not valid, too complex, not allowed.
    Refused,
    /// Because it took too long.
    TimedOut,
}

impl Outcome {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Failed => "failed",
            Self::Refused => "refused",
            Self::TimedOut => "timed_out",
        }
    }
}

/// How the attempt of a background job ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobOutcome {
    /// The effect took place.
    Done,
    /// It did not; the job is tried again or given up.
    Failed,
}

impl JobOutcome {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}

/// All figures of one server. One registry each, so that tests do not share them.
pub struct Metrics {
    registry: Registry,
    known_operations: HashSet<String>,
    requests: IntCounterVec,
    latency: HistogramVec,
    operations: IntCounterVec,
    upload_bytes: IntCounter,
    jobs: IntCounterVec,
    connections: IntGauge,
    oldest_due: IntGaugeVec,
    for_a_person: IntGauge,
    failing_looks: IntGauge,
    left_out: IntGauge,
    unaccepted: IntGauge,
}

impl Metrics {
    /// Makes the figures, all at zero. `known_operations` are the operation names that may become a label: those of the
    /// contract. Fails only if two figures have one name.
    pub fn new(
        known_operations: impl IntoIterator<Item = String>,
    ) -> Result<Self, prometheus::Error> {
        let requests = IntCounterVec::new(
            Opts::new(
                "liangxin_http_requests_total",
                "HTTP requests answered, by route pattern, method and class of status.",
            ),
            &["route", "method", "status"],
        )?;
        let latency = HistogramVec::new(
            HistogramOpts::new(
                "liangxin_http_request_seconds",
                "Seconds from the request's head to the answer's head.",
            )
            .buckets(LATENCY_SECONDS.to_vec()),
            &["route", "method"],
        )?;
        let operations = IntCounterVec::new(
            Opts::new(
                "liangxin_graphql_operations_total",
                "GraphQL operations, by kind, known name and outcome.",
            ),
            &["kind", "name", "outcome"],
        )?;
        let upload_bytes = of_uploads()?;
        let jobs = of_jobs()?;
        let connections = of_connections()?;
        let (oldest_due, for_a_person, failing_looks) = of_the_background()?;
        let left_out = of_lists()?;
        let unaccepted = of_what_nobody_took_in()?;
        let registry = Registry::new();
        registry.register(Box::new(requests.clone()))?;
        registry.register(Box::new(latency.clone()))?;
        registry.register(Box::new(operations.clone()))?;
        registry.register(Box::new(upload_bytes.clone()))?;
        registry.register(Box::new(jobs.clone()))?;
        registry.register(Box::new(connections.clone()))?;
        registry.register(Box::new(oldest_due.clone()))?;
        registry.register(Box::new(for_a_person.clone()))?;
        registry.register(Box::new(failing_looks.clone()))?;
        registry.register(Box::new(left_out.clone()))?;
        registry.register(Box::new(unaccepted.clone()))?;
        Ok(Self {
            registry,
            known_operations: known_operations.into_iter().collect(),
            requests,
            latency,
            operations,
            upload_bytes,
            jobs,
            connections,
            oldest_due,
            for_a_person,
            failing_looks,
            left_out,
            unaccepted,
        })
    }

    /// Counts one GraphQL operation; `None` for one that could not be told from its document.
    pub fn count_operation(&self, operation: Option<&Operation>, outcome: Outcome) {
        let kind = operation.map_or(OTHER, |operation| operation.kind.as_str());
        let name = operation
            .and_then(|operation| operation.name.as_deref())
            .filter(|name| self.known_operations.contains(*name))
            .unwrap_or(OTHER);
        self.operations
            .with_label_values(&[kind, name, outcome.as_str()])
            .inc();
    }

    /// Adds bytes of evidence that are durably stored.
    pub fn count_upload_bytes(&self, size_bytes: u64) {
        self.upload_bytes.inc_by(size_bytes);
    }

    /// Counts one attempt of a job. The kind is the program's own word, which is why it must be static.
    pub fn count_job(&self, kind: &'static str, outcome: JobOutcome) {
        self.jobs.with_label_values(&[kind, outcome.as_str()]).inc();
    }

    /// Counts a connection as open until the server drops it; for `on_connect_ext`.
    pub fn track_connection(&self, connection: &mut Extensions) {
        self.connections.inc();
        connection.insert(OpenConnection(self.connections.clone()));
    }

    /// Notes how the background stands.
    pub fn note(&self, background: &Background) {
        for Waiting { lane, age } in &background.lanes {
            self.oldest_due
                .with_label_values(&[*lane])
                .set(age.num_seconds());
        }
        self.for_a_person
            .set(i64::try_from(background.for_a_person).unwrap_or(i64::MAX));
        self.failing_looks
            .set(i64::try_from(background.failing_looks).unwrap_or(i64::MAX));
    }

    /// Notes how many rows lists left out.
    fn note_left_out(&self, rows: u64) {
        self.left_out.set(i64::try_from(rows).unwrap_or(i64::MAX));
    }

    /// Notes how many bytes of photos there are of reports that nobody took in.
    fn note_unaccepted(&self, bytes: u64) {
        self.unaccepted
            .set(i64::try_from(bytes).unwrap_or(i64::MAX));
    }

    /// All figures in the text format of Prometheus, version 0.0.4.
    pub fn render(&self) -> Result<String, prometheus::Error> {
        TextEncoder::new().encode_to_string(&self.registry.gather())
    }

    fn count_request(&self, route: &str, method: &Method, status: StatusCode, seconds: f64) {
        let method = method_label(method);
        self.requests
            .with_label_values(&[route, method, status_label(status)])
            .inc();
        self.latency
            .with_label_values(&[route, method])
            .observe(seconds);
    }
}

/// What came of the jobs.
fn of_jobs() -> Result<IntCounterVec, prometheus::Error> {
    IntCounterVec::new(
        Opts::new(
            "liangxin_jobs_total",
            "Attempts of background jobs, by kind and outcome.",
        ),
        &["kind", "outcome"],
    )
}

/// How long the background's oldest work is due, by lane, how many jobs wait for a person, and how many looks fail.
fn of_the_background() -> Result<(IntGaugeVec, IntGauge, IntGauge), prometheus::Error> {
    let oldest_due = IntGaugeVec::new(
        Opts::new(
            "liangxin_oldest_due_seconds",
            "Seconds since the oldest work of the background was due, by lane.",
        ),
        &["lane"],
    )?;
    let for_a_person = IntGauge::new(
        "liangxin_jobs_waiting_for_a_person",
        "Background jobs that were given up until a person looks at them.",
    )?;
    let failing_looks = IntGauge::new(
        "liangxin_looks_that_fail",
        "Looks that time asks for (warnings, deletions, seals, grades) that failed the last time they were made.",
    )?;
    Ok((oldest_due, for_a_person, failing_looks))
}

/// How much evidence came.
fn of_uploads() -> Result<IntCounter, prometheus::Error> {
    IntCounter::new(
        "liangxin_upload_bytes_total",
        "Bytes of evidence received and stored.",
    )
}

/// How often lists left out a row.
fn of_lists() -> Result<IntGauge, prometheus::Error> {
    IntGauge::new(
        "liangxin_rows_left_out",
        "How often a list left out a row that cannot be read; liangxin verify names the rows.",
    )
}

/// Who is connected.
fn of_connections() -> Result<IntGauge, prometheus::Error> {
    IntGauge::new(
        "liangxin_open_connections",
        "Connections that clients hold open.",
    )
}

/// How much nobody took in.
fn of_what_nobody_took_in() -> Result<IntGauge, prometheus::Error> {
    IntGauge::new(
        "liangxin_unaccepted_photo_bytes",
        "Bytes of photos of reports that nobody has taken in.",
    )
}

/// Lives in a connection's own data and goes with it.
struct OpenConnection(IntGauge);

impl Drop for OpenConnection {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// Middleware for `from_fn`: counts and times every request by the pattern of the route that answered it.
pub async fn measure(
    metrics: web::Data<Metrics>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let method = request.method().clone();
    let started = Instant::now();
    let answer = next.call(request).await;
    let seconds = started.elapsed().as_secs_f64();
    match &answer {
        Ok(answer) => {
            let route = route_label(answer.request());
            metrics.count_request(&route, &method, answer.status(), seconds);
        }
        Err(error) => {
            let status = error.as_response_error().status_code();
            metrics.count_request(OTHER, &method, status, seconds);
        }
    }
    answer
}

/// Handler of the figures, for whoever runs the server: who looks twice sees that somebody reported in between, and a merchant
/// knows who stands before the stall.
pub async fn show(
    request: HttpRequest,
    metrics: web::Data<Metrics>,
    app: web::Data<Liangxin>,
) -> HttpResponse {
    if !is_from_within(&request) {
        return HttpResponse::NotFound().finish();
    }
    // Figures are wanted most when the database is away: then those of the background are the last known.
    let looks = async { tokio::join!(health::background(&app), app.unaccepted_bytes()) };
    match timeout(PATIENCE, looks).await {
        Ok((background, unaccepted)) => {
            match background {
                Ok(background) => metrics.note(&background),
                Err(error) => error.log(),
            }
            match unaccepted {
                Ok(bytes) => metrics.note_unaccepted(bytes),
                Err(error) => error.log(),
            }
        }
        Err(late) => tracing::error!(%late, "the background could not be looked at"),
    }
    metrics.note_left_out(store::left_out());
    match metrics.render() {
        Ok(text) => HttpResponse::Ok()
            .insert_header((
                header::CONTENT_TYPE,
                "text/plain; version=0.0.4; charset=utf-8",
            ))
            .body(text),
        Err(error) => {
            tracing::error!(%error, "the figures could not be written");
            HttpResponse::InternalServerError().finish()
        }
    }
}

fn route_label(request: &HttpRequest) -> String {
    request.match_pattern().unwrap_or_else(|| OTHER.to_owned())
}

/// The method may be any word that the client likes.
fn method_label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => OTHER,
    }
}

fn status_label(status: StatusCode) -> &'static str {
    match status.as_u16() / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        5 => "5xx",
        _ => OTHER,
    }
}

#[cfg(test)]
mod tests;

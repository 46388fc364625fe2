//! What monitoring and proxies ask: whether the process lives, and whether it can serve.

use crate::request::is_from_within;
use actix_web::{HttpRequest, HttpResponse, web};
use liangxin_app::{
    app::App,
    health::{self, Health},
};
use std::time::Instant;
use tokio::sync::{Mutex, watch};

/// The last look, so that who asks at the same time shares one: a look writes.
#[derive(Debug)]
pub struct Looks {
    last: Mutex<Option<(Instant, Health)>>,
    stop: watch::Receiver<bool>,
}

impl Looks {
    /// No look yet, in a process that `stop` tells to end.
    pub fn new(stop: watch::Receiver<bool>) -> Self {
        Self {
            last: Mutex::default(),
            stop,
        }
    }

    /// How this process stands, by a look that ended after this was asked: whoever comes while another looks waits for
    /// that look alone, and so never longer than one takes.
    async fn look(&self, app: &App) -> Health {
        let asked = Instant::now();
        let mut last = self.last.lock().await;
        if let Some((ended, health)) = &*last
            && *ended >= asked
        {
            return health.clone();
        }
        let health = health::look(app).await;
        *last = Some((Instant::now(), health.clone()));
        health
    }
}

/// Whether the process lives.
pub(super) async fn healthz() -> HttpResponse {
    text(HttpResponse::Ok(), "ok\n".to_owned())
}

/// Whether requests can be served: something can be written to the database. What else is down, and for how long something waits
/// to be done, is told to whoever runs the server: something waits when somebody reported.
pub(super) async fn readyz(
    request: HttpRequest,
    app: web::Data<App>,
    looks: web::Data<Looks>,
) -> HttpResponse {
    let health = looks.look(&app).await;
    let is_ending = *looks.stop.borrow();
    let status = if health.is_ready() && !is_ending {
        HttpResponse::Ok()
    } else {
        HttpResponse::ServiceUnavailable()
    };
    if !is_from_within(&request) {
        return text(status, String::new());
    }
    let ending = if is_ending { "ending\n" } else { "" };
    text(status, format!("{ending}{health}"))
}

fn text(mut answer: actix_web::HttpResponseBuilder, body: String) -> HttpResponse {
    answer.content_type("text/plain; charset=utf-8").body(body)
}

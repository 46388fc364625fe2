//! The clock of made-up people, which who plays with them moves on, so that a period of the law need not be waited for.
//!
//! Where real people work there is no such door: their clock is the machine's.

use actix_web::{HttpResponse, web};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use liangxin_app::app::App;
use serde::Deserialize;

/// Where the clock is moved.
const PATH: &str = "/fixtures/clock";

/// Furthest that one request moves it: a calendar knows a year or two.
const FURTHEST: TimeDelta = TimeDelta::days(366);

/// Adds the door. It needs `web::Data<App>`.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route(PATH, web::post().to(reach));
}

/// Until when to go on.
#[derive(Deserialize)]
struct Until {
    until: String,
}

/// Moves the clock on until a moment; if it is later already, nothing happens. The answer is the time after it.
async fn reach(app: web::Data<App>, form: web::Form<Until>) -> HttpResponse {
    let Ok(until) = form.until.parse::<DateTime<Utc>>() else {
        return HttpResponse::BadRequest()
            .body("`until` is a moment such as 2026-12-08T01:30:00Z\n");
    };
    let ahead = until - app.now();
    if ahead > FURTHEST {
        return HttpResponse::BadRequest().body("the clock moves by at most 366 days\n");
    }
    app.clock.advance(ahead.max(TimeDelta::zero()));
    let now = app.now().to_rfc3339_opts(SecondsFormat::Millis, true);
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body(format!("{now}\n"))
}

//! The open data: every grade that was computed with all that it was computed from, as a table and as JSON, the
//! formula as data and in words. It is written while it is sent, page by page, so that it makes no difference how
//! much it is; whoever reads slowly is waited for.

mod view;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{Method, StatusCode, header},
    web::{self, Bytes},
};
use futures_util::{Stream, stream};
use liangxin_app::{
    app::App,
    error::AppError,
    usecase::ratings::{self, COLUMNS},
};
use liangxin_domain::{id::RatingId, ratings::open::OpenGrade};

use super::answer::html;
use super::reading;
use crate::{in_time::within, request};
use std::time::Duration;

/// Where the open data is told.
pub(super) const PATH: &str = "/open";
/// The formula in words.
const FORMULA_PATH: &str = "/open/formula";
/// The formula as data.
const FORMULA_FILE: &str = "/open/formula.toml";
/// The grades as JSON.
const GRADES_JSON: &str = "/open/grades.json";
/// The grades as a table.
const GRADES_CSV: &str = "/open/grades.csv";

/// Adds the open data.
pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource(PATH).route(reading().to(show)))
        .service(web::resource(FORMULA_PATH).route(reading().to(show_formula)))
        .service(web::resource(FORMULA_FILE).route(reading().to(formula)))
        .service(web::resource(GRADES_JSON).route(reading().to(json)))
        .service(web::resource(GRADES_CSV).route(reading().to(csv)));
}

async fn show(request: HttpRequest) -> HttpResponse {
    html(StatusCode::OK, view::render(request::lang(&request)))
}

async fn show_formula(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    let formula = app.law.formulas.capped();
    let page = view::render_formula(formula, request::lang(&request));
    html(StatusCode::OK, page)
}

async fn formula(app: web::Data<App>) -> HttpResponse {
    let text = app.law.formulas.capped().text().to_owned();
    kept("application/toml").body(text)
}

async fn json(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    sent(&request, &app, Form::Json)
}

async fn csv(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    sent(&request, &app, Form::Csv)
}

/// Anybody may keep it for an hour: it changes once a night and with every decision.
fn kept(media: &'static str) -> actix_web::HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::CONTENT_TYPE, media))
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"));
    answer
}

fn sent(request: &HttpRequest, app: &App, form: Form) -> HttpResponse {
    let mut answer = kept(form.media());
    if request.method() == Method::HEAD {
        return answer.finish();
    }
    answer.streaming(written(app.clone(), form))
}

/// How the grades are written.
#[derive(Debug, Clone, Copy)]
enum Form {
    Json,
    Csv,
}

impl Form {
    const fn media(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }

    const fn begin(self) -> &'static str {
        match self {
            Self::Json => "[",
            Self::Csv => COLUMNS,
        }
    }

    const fn end(self) -> &'static str {
        match self {
            Self::Json => "\n]\n",
            Self::Csv => "",
        }
    }

    fn one(self, grade: &OpenGrade, is_first: bool) -> Result<String, AppError> {
        match self {
            Self::Csv => ratings::line(grade),
            Self::Json => {
                let written = serde_json::to_string(grade)
                    .map_err(|e| AppError::internal("write an open grade", e))?;
                Ok(format!("{}\n{written}", if is_first { "" } else { "," }))
            }
        }
    }
}

/// How long a page of it may take: a database whose machine is gone says nothing, for ever.
const PAGE_TIME: Duration = Duration::from_secs(15);

/// How far it is written.
#[derive(Debug, Clone, Copy)]
enum Place {
    Beginning,
    After { last: RatingId, is_empty: bool },
    End,
}

/// The file, page by page. It breaks off where something cannot be read: half of it is none.
fn written(app: App, form: Form) -> impl Stream<Item = Result<Bytes, AppError>> + use<> {
    stream::try_unfold(Place::Beginning, move |place| {
        let app = app.clone();
        async move {
            let next = next(&app, form, place).await;
            next.inspect_err(AppError::log)
        }
    })
}

async fn next(app: &App, form: Form, place: Place) -> Result<Option<(Bytes, Place)>, AppError> {
    let (mut text, after, mut is_empty) = match place {
        Place::Beginning => (form.begin().to_owned(), None, true),
        Place::After { last, is_empty } => (String::new(), Some(last), is_empty),
        Place::End => return Ok(None),
    };
    let listed = within(PAGE_TIME, ratings::list_after(app, after)).await?;
    let place = match listed {
        None => {
            text.push_str(form.end());
            Place::End
        }
        Some(listed) => {
            for grade in &listed.grades {
                text.push_str(&form.one(grade, is_empty)?);
                is_empty = false;
            }
            let last = listed.last;
            Place::After { last, is_empty }
        }
    };
    Ok(Some((text.into(), place)))
}

//! Papers over HTTP: for officers and merchants by their bearer token, for citizens by a form that
//! sends the code in its body. What stands on a paper is put into words here; how it is printed is
//! not known here.

pub(super) mod words;

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{self, Bytes},
};
use liangxin_domain::{
    actor::Actor,
    id::NoticeId,
    law::calendar::shanghai_date,
    notices::notice::{Notice, Subject},
    refusal::{Code, Lang, Refusal},
};
use maud::{Markup, html};

use super::answer::{answered, pdf, private};
use super::layout::control::{Field, Keyboard, Need};
use super::layout::{Switch, link, page};
use super::paper::{self, IndexEntry, IndexView};
use super::reading;
use super::track::{CODE_PART, PaperLink};
use super::track_request::{BODY_BYTES, sent_code};
use crate::{face::Face, request};
use liangxin_app::{app::App, error::AppError, usecase::notices};

/// Where a paper is.
const PATH: &str = "/notices/{id}";
/// Where it is as PDF.
const PDF_PATH: &str = "/notices/{id}/pdf";
/// Where the index of a file is.
const INDEX_PATH: &str = "/notices/of/{kind}/{subject}";

/// Adds the papers.
pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource(INDEX_PATH).route(reading().to(index)))
        .service(web::resource(PDF_PATH).route(reading().to(show_pdf)))
        .service(
            web::resource(PATH)
                .app_data(web::PayloadConfig::new(BODY_BYTES))
                .route(reading().to(show))
                .route(web::post().to(open)),
        );
}

/// The address of a paper.
fn path(id: NoticeId) -> String {
    format!("/notices/{id}")
}

/// A paper among those that a citizen can open.
pub(super) fn link_to(app: &App, notice: &Notice) -> PaperLink {
    PaperLink {
        path: path(notice.id),
        title: words::title(app, notice),
        number: notice.number.clone(),
    }
}

/// A paper for whoever shows a token; the form that asks for a code for everybody else.
async fn show(request: HttpRequest, app: web::Data<App>, id: web::Path<String>) -> HttpResponse {
    let page = async {
        let id = named(&id)?;
        let caller = request::caller(&app, &request).await?;
        let lang = caller.lang;
        if caller.actor == Actor::Anonymous {
            return Ok(private(StatusCode::OK, ask(id, None, lang)));
        }
        let found = notices::read(&app, &caller, id).await?;
        Ok(private(
            StatusCode::OK,
            paper::render(&words::view(&app, &found), lang),
        ))
    };
    answered(&request, page).await
}

/// A paper as PDF, for whoever shows a token: a browser that shows a form for the code prints what it is answered.
async fn show_pdf(
    request: HttpRequest,
    app: web::Data<App>,
    face: web::Data<Face>,
    id: web::Path<String>,
) -> HttpResponse {
    let file = async {
        let id = named(&id)?;
        let caller = request::caller(&app, &request).await?;
        caller.actor.signed_in()?;
        let found = notices::read(&app, &caller, id).await?;
        let sheet = (words::view(&app, &found), caller.lang);
        Ok(pdf("paper.pdf", paper::pdf(&app, &face, sheet).await?))
    };
    answered(&request, file).await
}

/// A paper for the citizen who sends the code.
async fn open(
    request: HttpRequest,
    app: web::Data<App>,
    id: web::Path<String>,
    body: Result<Bytes, actix_web::Error>,
) -> HttpResponse {
    let page = async {
        let id = named(&id)?;
        let stranger = request::stranger(&request);
        let lang = stranger.lang;
        let code = sent_code(body)?;
        let citizen = match notices::citizen(&app, &stranger, (&code, id)).await {
            Err(AppError::Refused(refusal)) => {
                let status = match refusal.code {
                    Code::ReceiptUnknown => StatusCode::NOT_FOUND,
                    Code::TooManyAttempts => StatusCode::TOO_MANY_REQUESTS,
                    _ => StatusCode::UNPROCESSABLE_ENTITY,
                };
                return Ok(private(status, ask(id, Some(&refusal.message(lang)), lang)));
            }
            opened => opened?,
        };
        let found = notices::open(&app, &citizen, id).await?;
        Ok(private(
            StatusCode::OK,
            paper::render(&words::view(&app, &found), lang),
        ))
    };
    answered(&request, page).await
}

/// The index of the file of a subject, for officers.
async fn index(
    request: HttpRequest,
    app: web::Data<App>,
    of: web::Path<(String, String)>,
) -> HttpResponse {
    let page = async {
        let not_found = || Refusal::of(Code::NotFound);
        let (kind, subject) = of.into_inner();
        let kind = kind.parse().map_err(|_| not_found())?;
        let subject = subject.parse::<NoticeId>().map_err(|_| not_found())?;
        let caller = request::caller(&app, &request).await?;
        caller.actor.signed_in()?;
        let subject = Subject::of(kind, subject.uuid());
        let found = notices::list(&app, &caller, subject).await?;
        let view = IndexView {
            subject: words::subject(subject),
            entries: found.iter().map(|notice| entry(&app, notice)).collect(),
        };
        Ok(private(
            StatusCode::OK,
            paper::render_index(&view, caller.lang),
        ))
    };
    answered(&request, page).await
}

fn entry(app: &App, notice: &Notice) -> IndexEntry {
    IndexEntry {
        href: path(notice.id),
        title: words::title(app, notice),
        number: notice.number.clone(),
        recipient: words::recipient(notice.recipient.kind()),
        issued_on: shanghai_date(notice.issued_at),
        served_on: notice.served_at().map(shanghai_date),
    }
}

fn named(id: &str) -> Result<NoticeId, Refusal> {
    id.parse().map_err(|_| Refusal::of(Code::NotFound))
}

/// The form that asks for the code under which the matter was filed.
fn ask(id: NoticeId, error: Option<&str>, lang: Lang) -> Markup {
    let title = lang.pick("查看文书", "Open a paper");
    let code = Field {
        name: CODE_PART,
        label: lang.pick("查询码", "Code"),
        hint: lang.pick(
            "提交时显示的字母和数字；空格、大小写不影响。打开即视为已经网络送达",
            "The letters and digits shown when you filed; spaces and case do not matter. Opening the paper counts as receiving it over the internet",
        ),
        error,
        value: "",
        need: Need::Required,
    };
    let body = html! {
        h1 { (title) }
        form action=(link(lang, &path(id), &[])) method="post" {
            (code.input(Keyboard::Code, lang))
            button.main type="submit" { (lang.pick("查看", "Open")) }
        }
    };
    page(title, lang, Switch::SamePath(&[]), &body)
}

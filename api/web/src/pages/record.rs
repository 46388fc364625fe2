//! The record of a visit as a paper: a page to print and a PDF, for whoever may see the visit, and the page on which anybody who
//! holds a printed one checks its digest. That page says whether the digest is the record's, and nothing else. What stands on
//! the paper is put into words in `record/words.rs`.

mod entries;
mod times;
mod words;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use liangxin_app::{
    app::App,
    error::AppError,
    usecase::inspections::{self, OnSiteRecord, Printed},
};
use liangxin_domain::{
    evidence::digest::Sha256,
    id::VisitId,
    notices::paper::Paper,
    refusal::{Code, Lang, Refusal},
};
use maud::{Markup, html};

use super::answer::{answered, html as send, pdf, private};
use super::layout::{Switch, page};
use super::paper::{self, PaperView};
use super::reading;
use crate::{face::Face, request};

/// Where the record of a visit is.
const PATH: &str = "/visits/{id}/record";
/// The same as PDF.
const PDF_PATH: &str = "/visits/{id}/record.pdf";
/// Where the digest on a printed record is checked.
const CHECK_PATH: &str = "/records/{id}/{digest}";

/// Adds the records.
pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource(PATH).route(reading().to(show)))
        .service(web::resource(PDF_PATH).route(reading().to(show_pdf)))
        .service(web::resource(CHECK_PATH).route(reading().to(check)));
}

/// Where the digest of a record is checked.
fn check_url(app: &App, record: &OnSiteRecord) -> String {
    let (visit, digest) = (record.visit.id, record.digest);
    format!("{}/records/{visit}/{digest}", app.public_url)
}

async fn show(request: HttpRequest, app: web::Data<App>, id: web::Path<String>) -> HttpResponse {
    let page = async {
        let (view, lang) = found(&request, &app, &id).await?;
        Ok(private(StatusCode::OK, paper::render(&view, lang)))
    };
    answered(&request, page).await
}

async fn show_pdf(
    request: HttpRequest,
    app: web::Data<App>,
    face: web::Data<Face>,
    id: web::Path<String>,
) -> HttpResponse {
    let file = async {
        let sheet = found(&request, &app, &id).await?;
        Ok(pdf(
            "on-site-record.pdf",
            paper::pdf(&app, &face, sheet).await?,
        ))
    };
    answered(&request, file).await
}

/// The record of a visit that the caller may see, in words and in the caller's language.
async fn found(request: &HttpRequest, app: &App, id: &str) -> Result<(PaperView, Lang), AppError> {
    let id: VisitId = id.parse().map_err(|_| Refusal::of(Code::NotFound))?;
    let caller = request::caller(app, request).await?;
    caller.actor.signed_in()?;
    let record = inspections::read_record(app, &caller, id).await?;
    let view = words::view(app, &record, check_url(app, &record));
    let missing = || Refusal::of(Code::FormMissing).with(Paper::OnSiteRecord.to_string());
    Ok((view.ok_or_else(missing)?, caller.lang))
}

/// What the digest is that somebody read from a printed record.
async fn check(
    request: HttpRequest,
    app: web::Data<App>,
    printed: web::Path<(String, String)>,
) -> HttpResponse {
    let page = async {
        let stranger = request::stranger(&request);
        let (id, digest) = printed.into_inner();
        let printed = match (id.parse::<VisitId>(), Sha256::parse(&digest, "digest")) {
            (Ok(id), Ok(digest)) => {
                inspections::check_printed(&app, &stranger, (id, digest)).await?
            }
            _ => Printed::Unknown,
        };
        Ok(send(status(printed), told(printed, stranger.lang)))
    };
    answered(&request, page).await
}

const fn status(printed: Printed) -> StatusCode {
    match printed {
        Printed::Current | Printed::Earlier => StatusCode::OK,
        Printed::Unknown => StatusCode::NOT_FOUND,
    }
}

fn told(printed: Printed, lang: Lang) -> Markup {
    let (title, text) = match printed {
        Printed::Current => (
            lang.pick(
                "✓ 这是现行笔录的校验值",
                "✓ This is the digest of the record",
            ),
            lang.pick(
                "请再核对：纸上每一页印的校验值与网址中的是否一致。",
                "Compare as well: the digest that is printed on each page has to be the one in the address.",
            ),
        ),
        Printed::Earlier => (
            lang.pick(
                "! 这是此前笔录的校验值",
                "! This is the digest of the record as it was",
            ),
            lang.pick(
                "签名或者注明未签名原因时，笔录是这样的；此后另有补充或者更正，这张纸上没有。",
                "So the record was when it was signed, or when it was noted why not. Something was added or corrected since, which is not on this paper.",
            ),
        ),
        Printed::Unknown => (
            lang.pick(
                "✗ 这不是本系统笔录的校验值",
                "✗ This is no digest of a record here",
            ),
            lang.pick(
                "网址可能有误；笔录在这张纸印出之后、签名之前可能又有变动；或者这张纸不是本系统印出的。",
                "The address may be wrong; the record may have changed after this paper was printed and before anybody signed; or the paper was not printed here.",
            ),
        ),
    };
    let body = html! { h1 { (title) } p.lead { (text) } };
    page(title, lang, Switch::SamePath(&[]), &body)
}

#[cfg(test)]
mod tests {
    use super::super::layout::audit;
    use super::*;

    #[test]
    fn each_answer_about_a_printed_digest_says_another_thing_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            let all = [Printed::Current, Printed::Earlier, Printed::Unknown];
            let pages = all.map(|printed| told(printed, lang).into_string());
            pages.iter().for_each(|page| audit::check(page));
            assert!(pages[0] != pages[1] && pages[1] != pages[2]);
        }
    }
}

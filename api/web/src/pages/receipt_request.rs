//! The receipt behind an address of its own. A form that a browser sent is answered by the way there, so that Back, Forward, a
//! reload and the other language lead to the receipt again for an hour; the browser keeps the code for that, sealed, where no
//! script reads it and nothing but this page is sent it. Each report has a receipt of its own, so that a second one within the
//! hour takes nothing from the first. A browser that keeps nothing gets the receipt as the answer itself: there is no second
//! chance to show the code.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite, time::Duration},
    http::{StatusCode, header},
    web,
};
use liangxin_app::{
    app::App,
    error::AppError,
    store,
    usecase::reports::{Filed, kept_receipt},
};
use liangxin_domain::{actor::Actor, id::ReportId, reports::receipt::ReceiptCode};

use super::answer::{answered, html, or_refusal};
use super::layout::link;
use super::receipt::{self, ReceiptView, Shown};
use super::{report_form, tracking};
use crate::{
    request,
    security::{Security, Transport},
};

/// The page.
pub(super) const ROUTE: &str = "/receipt/{report}";

/// The page of one report.
pub(super) fn path(report: ReportId) -> String {
    format!("/receipt/{}", report.uuid())
}

/// What the browser keeps of a receipt, and sends with the page of its report alone.
const RECEIPT: &str = "liangxin_receipt";

/// What it is given with the empty form, to see whether it keeps anything.
const FORM: &str = "liangxin_form";

/// Lets a browser that gets the form show whether it keeps what it is told to.
pub(super) fn ask_to_keep(request: &HttpRequest, form: &mut HttpResponse) -> Result<(), AppError> {
    let asked = Cookie::build(FORM, "1").path(report_form::ACTION);
    add(request, form, asked.finish())
}

/// The answer to a form that was filed.
pub(super) async fn hand_out(
    request: &HttpRequest,
    app: &App,
    filed: Filed,
) -> Result<HttpResponse, AppError> {
    let lang = request::lang(request);
    if request.cookie(FORM).is_none() {
        let view = view(app, filed.report, &filed.receipt_code).await?;
        let page = receipt::render(&view, Shown::Once, lang);
        return Ok(html(StatusCode::OK, page));
    }
    let lasts = Duration::seconds(kept_receipt::KEPT_FOR.num_seconds());
    let path = path(filed.report);
    let kept = kept_receipt::keep(app, filed.report, &filed.receipt_code)?;
    let kept = Cookie::build(RECEIPT, kept).path(&*path).max_age(lasts);
    let mut there = HttpResponse::SeeOther()
        .insert_header((header::LOCATION, link(lang, &path, &[])))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish();
    add(request, &mut there, kept.finish())?;
    Ok(there)
}

/// The receipt, as long as the browser keeps it.
pub(super) async fn show(
    request: HttpRequest,
    report: web::Path<String>,
    app: web::Data<App>,
) -> HttpResponse {
    answered(&request, shown(&request, &report, &app)).await
}

async fn shown(request: &HttpRequest, report: &str, app: &App) -> Result<HttpResponse, AppError> {
    let lang = request::lang(request);
    let report = report.parse().map(ReportId::new).ok();
    let kept = request.cookie(RECEIPT).zip(report);
    let kept = kept.and_then(|(kept, report)| {
        let code = kept_receipt::code_of(app, report, kept.value())?;
        Some((report, code))
    });
    let Some((report, code)) = kept else {
        return Ok(html(StatusCode::GONE, receipt::render_over(lang)));
    };
    let view = view(app, report, &code).await?;
    let shown = Shown::ForAnHour(report);
    Ok(html(StatusCode::OK, receipt::render(&view, shown, lang)))
}

/// Takes the receipt from the browser, which may be somebody else's. Only who has it may: a form on another site that leads
/// here comes without it, and takes nothing away.
pub(super) async fn forget(request: HttpRequest) -> HttpResponse {
    let lang = request::lang(&request);
    let mut gone = html(StatusCode::OK, receipt::render_over(lang));
    if request.cookie(RECEIPT).is_none() {
        return gone;
    }
    let mut kept = Cookie::build(RECEIPT, "").path(request.path()).finish();
    kept.make_removal();
    let done = add(&request, &mut gone, kept);
    or_refusal(&request, done.map(|()| gone))
}

/// What the reporter takes home.
async fn view(app: &App, report: ReportId, code: &ReceiptCode) -> Result<ReceiptView, AppError> {
    let found = store::reports::get(&app.db, &Actor::Reporter(report), report).await;
    let found = AppError::written(found)?;
    Ok(ReceiptView {
        code: code.to_string(),
        number: found.number,
        received_at: found.received_at,
        deadline: tracking::deadline(app, report).await?,
        photos: tracking::photo_count(app, report).await?,
    })
}

/// No script reads it, no other site sends it, and over TLS nothing but TLS carries it.
fn add(
    request: &HttpRequest,
    answer: &mut HttpResponse,
    mut cookie: Cookie<'_>,
) -> Result<(), AppError> {
    let security = request.app_data::<web::Data<Security>>();
    let is_tls = security.is_some_and(|security| security.transport == Transport::Tls);
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Strict);
    cookie.set_secure(is_tls);
    let added = answer.add_cookie(&cookie);
    added.map_err(|error| AppError::internal("write a cookie", error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::security::RequestIds;
    use actix_web::test::TestRequest;

    #[test]
    fn what_a_browser_keeps_is_read_by_no_script_and_over_tls_carried_by_nothing_else() {
        for (transport, how) in [
            (
                Transport::Plain,
                "c=1; HttpOnly; SameSite=Strict; Path=/there",
            ),
            (
                Transport::Tls,
                "c=1; HttpOnly; SameSite=Strict; Secure; Path=/there",
            ),
        ] {
            let ids = RequestIds(Box::new(String::new));
            let security = web::Data::new(Security { transport, ids });
            let request = TestRequest::default().app_data(security).to_http_request();
            let mut answer = HttpResponse::Ok().finish();
            let cookie = Cookie::build("c", "1").path("/there").finish();
            add(&request, &mut answer, cookie).unwrap();
            let kept = answer.headers().get(header::SET_COOKIE).unwrap();
            assert_eq!(kept, how);
        }
    }
}

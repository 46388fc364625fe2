//! Beginning and ending the mails about a matter, from the links in one of them. Looking at the page changes nothing,
//! because mail programs look at links before anybody does; its button, or the POST of a mail program, does.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{self, Bytes},
};
use liangxin_domain::{privacy::correspondence::Correspondence, refusal::Lang};
use maud::{Markup, html};

use super::answer::{self, answered, or_refusal};
use super::layout::{Switch, link, page};
use super::{reading, track, track_request};
use crate::request;
use liangxin_app::{
    app::App,
    budget::Spending,
    error::AppError,
    usecase::correspondence::{self, LINK_PARAMETER, Use},
};

/// Adds the pages of both links.
pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    for good_for in [Use::Confirm, Use::Stop] {
        let asks = move |request: HttpRequest, app: web::Data<App>| ask(good_for, request, app);
        // What stands in the body is of no account: the token is in the address, as mail programs send it.
        let does = move |request: HttpRequest, app: web::Data<App>, _body: Bytes| {
            take(good_for, request, app)
        };
        cfg.service(
            web::resource(good_for.path())
                .app_data(web::PayloadConfig::new(track_request::BODY_BYTES))
                .route(reading().to(asks))
                .route(web::post().to(does)),
        );
    }
}

/// Asks whether to do it.
async fn ask(good_for: Use, request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    let asked = find(&request, &app, good_for).map(|(token, _)| {
        let question = render_question(good_for, &token, request::lang(&request));
        answer::html(StatusCode::OK, question)
    });
    or_refusal(&request, asked)
}

/// Does it.
async fn take(good_for: Use, request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    let done = async {
        let (_, about) = find(&request, &app, good_for)?;
        let stranger = request::stranger(&request);
        match good_for {
            Use::Confirm => correspondence::confirm(&app, &stranger, about).await?,
            Use::Stop => correspondence::stop(&app, &stranger, about).await?,
        }
        let page = render_done(good_for, request::lang(&request));
        Ok(answer::html(StatusCode::OK, page))
    };
    answered(&request, done).await
}

fn find(
    request: &HttpRequest,
    app: &App,
    good_for: Use,
) -> Result<(String, Correspondence), AppError> {
    app.spend(&request::stranger(request), Spending::Look)?;
    let token = request::parameter(request, LINK_PARAMETER).unwrap_or_default();
    let about = correspondence::find(app, good_for, &token)?;
    Ok((token, about))
}

/// Title, question, button, and what is said when it is done.
const fn words(good_for: Use, lang: Lang) -> [&'static str; 4] {
    match (good_for, lang) {
        (Use::Confirm, Lang::Zh) => [
            "确认邮箱",
            "确认后，这件事有新进展时会发邮件到这个邮箱。如果不是您留下的邮箱，请关闭此页。",
            "确认，发邮件给我",
            "邮箱已确认，有新进展时会发邮件。",
        ],
        (Use::Confirm, Lang::En) => [
            "Confirm your mail address",
            "After this, news about the matter goes to your address. If you did not leave it, close this page.",
            "Yes, send me mail",
            "Your address is confirmed. We will write when there is news.",
        ],
        (Use::Stop, Lang::Zh) => [
            "不再发邮件",
            "以后不再就这件事给您发邮件，并删除您留下的邮箱地址。您仍可以用查询码查进度。",
            "不再发邮件",
            "邮箱地址已删除，以后不再就这件事发邮件。",
        ],
        (Use::Stop, Lang::En) => [
            "No more mail",
            "We will send no more mail about this matter and delete the address that you left. The code still shows how it goes.",
            "Send no more mail",
            "The address is deleted. There will be no more mail about this matter.",
        ],
    }
}

fn render_question(good_for: Use, token: &str, lang: Lang) -> Markup {
    let [title, question, button, _] = words(good_for, lang);
    let action = link(lang, good_for.path(), &[(LINK_PARAMETER, token)]);
    let body = html! {
        h1 { (title) }
        p.lead { (question) }
        form action=(action) method="post" {
            button.main type="submit" { (button) }
        }
    };
    page(title, lang, Switch::Absent, &body)
}

fn render_done(good_for: Use, lang: Lang) -> Markup {
    let [title, _, _, done] = words(good_for, lang);
    let body = html! {
        h1 { (title) }
        p.lead { (done) }
        p { a.button href=(link(lang, track::ACTION, &[])) { (lang.pick("用查询码查进度", "Follow it with the code")) } }
    };
    page(title, lang, Switch::Absent, &body)
}

#[cfg(test)]
mod tests {
    use super::super::layout::audit;
    use super::*;

    #[test]
    fn the_pages_of_both_links_pass_the_audit_in_both_languages() {
        for good_for in [Use::Confirm, Use::Stop] {
            for lang in [Lang::Zh, Lang::En] {
                let asked = render_question(good_for, "dG9rZW4", lang);
                for page in [asked, render_done(good_for, lang)] {
                    audit::check(&page.into_string());
                }
            }
        }
    }
}

//! Ending the mails about a matter, from the link in one of them. Looking at the page changes nothing, because
//! mail programs look at links before anybody does; its button, or the POST of a mail program, does.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{self, Bytes},
};
use liangxin_domain::refusal::Lang;
use maud::{Markup, html};

use super::answer::{self, or_refusal};
use super::layout::{Switch, link, page};
use super::track;
use crate::request;
use liangxin_app::{
    app::App,
    budget::Spending,
    error::AppError,
    usecase::correspondence::{self, Correspondence, STOP_PARAMETER, STOP_PATH},
};

/// Asks whether to end the mails.
pub(super) async fn ask(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    let asked = find(&request, &app).map(|(token, _)| {
        answer::html(
            StatusCode::OK,
            render_question(&token, request::lang(&request)),
        )
    });
    or_refusal(&request, asked)
}

/// Ends the mails. What stands in the body is of no account: the token is in the address, as mail programs
/// send it.
pub(super) async fn stop(request: HttpRequest, app: web::Data<App>, _body: Bytes) -> HttpResponse {
    let stopped = async {
        let (_, about) = find(&request, &app)?;
        let stranger = request::stranger(&request);
        correspondence::stop(&app, &stranger, about).await?;
        Ok(answer::html(
            StatusCode::OK,
            render_done(request::lang(&request)),
        ))
    };
    or_refusal(&request, stopped.await)
}

fn find(request: &HttpRequest, app: &App) -> Result<(String, Correspondence), AppError> {
    app.spend(&request::stranger(request), Spending::Look)?;
    let token = request::parameter(request, STOP_PARAMETER).unwrap_or_default();
    let about = correspondence::find(app, &token)?;
    Ok((token, about))
}

const fn title(lang: Lang) -> &'static str {
    lang.pick("不再发邮件", "No more mail")
}

fn render_question(token: &str, lang: Lang) -> Markup {
    let body = html! {
        h1 { (title(lang)) }
        p.lead {
            (lang.pick(
                "以后不再就这件事给您发邮件，并删除您留下的邮箱地址。您仍可以用查询码查进度。",
                "We will send no more mail about this matter and delete the address that you left. The code still shows how it goes.",
            ))
        }
        form action=(link(lang, STOP_PATH, &[(STOP_PARAMETER, token)])) method="post" {
            button.main type="submit" { (lang.pick("不再发邮件", "Send no more mail")) }
        }
    };
    page(title(lang), lang, Switch::Absent, &body)
}

fn render_done(lang: Lang) -> Markup {
    let body = html! {
        h1 { (title(lang)) }
        p.lead {
            (lang.pick(
                "邮箱地址已删除，以后不再就这件事发邮件。",
                "The address is deleted. There will be no more mail about this matter.",
            ))
        }
        p { a.button href=(link(lang, track::ACTION, &[])) { (lang.pick("用查询码查进度", "Follow it with the code")) } }
    };
    page(title(lang), lang, Switch::Absent, &body)
}

#[cfg(test)]
mod tests {
    use super::super::layout::audit;
    use super::*;

    #[test]
    fn both_pages_pass_the_audit_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            for page in [render_question("dG9rZW4", lang), render_done(lang)] {
                audit::check(&page.into_string());
            }
        }
    }
}

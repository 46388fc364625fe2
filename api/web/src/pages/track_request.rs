//! The two requests of following a report: asking for the form, and sending the code with it, perhaps
//! with an answer to the bureau.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{self, Bytes},
};
use liangxin_domain::{
    id::{CommandId, MessageId},
    privacy::{
        conversation::{Command, Conversation},
        correspondence::Correspondence,
        identity::IdentitySubject,
        message::MessageText,
    },
    refusal::{Channel, Code, Refusal},
    text::Narrative,
};
use uuid::Uuid;

use super::answer::{answered, html};
use super::conversation::{
    ANSWER_ID_PART, ANSWER_PART, ConversationView, OBJECTION_PART, STOP_MAIL_PART,
};
use super::more_photos;
use super::track::{self, CODE_PART, TrackFormView};
use super::tracking::followed;
use crate::request;
use liangxin_app::{
    app::App,
    caller::Caller,
    error::AppError,
    store,
    usecase::{
        correspondence,
        reports::{self, Returned},
        rewards, step,
    },
};

/// What the button on the page says for its reporter, who need not write.
const NOT_MY_ACCOUNT: &str = "收款账户不是我的。";

/// Most bytes of the form with the code and an answer.
pub(super) const BODY_BYTES: usize = 16 * 1024;

/// The form that asks for the code.
pub(super) async fn ask(request: HttpRequest) -> HttpResponse {
    form(&request, StatusCode::OK, &TrackFormView::default())
}

/// What became of the report behind the code.
pub(super) async fn show(
    request: HttpRequest,
    app: web::Data<App>,
    body: Result<Bytes, actix_web::Error>,
) -> HttpResponse {
    answered(&request, answer(&request, &app, body)).await
}

async fn answer(
    request: &HttpRequest,
    app: &App,
    body: Result<Bytes, actix_web::Error>,
) -> Result<HttpResponse, AppError> {
    let sent = sent(body)?;
    let part = |name| part_of(&sent, name);
    let code = part(CODE_PART);
    let returned = match come_back(request, app, &code).await? {
        Ok(returned) => returned,
        Err(refused) => return Ok(refused),
    };
    if !part(STOP_MAIL_PART).is_empty() {
        let mail = Correspondence::Report(returned.report);
        correspondence::stop(app, &returned.reporter, mail).await?;
    }
    let id = part(ANSWER_ID_PART);
    let stranger = request::stranger(request);
    let error = if !part(OBJECTION_PART).is_empty() {
        seen(stop_payment(app, &stranger, (&code, &id)).await)?
    } else {
        match part(ANSWER_PART) {
            text if text.is_empty() => None,
            text => seen(talk(app, &returned, (&id, &text)).await)?,
        }
    };
    let said = Said {
        answer: error.map(|refusal| refusal.message(stranger.lang)),
        ..Said::default()
    };
    show_report(request, app, (returned, code), said).await
}

/// What is told of what was sent with the code.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// Why an answer was not taken.
    pub(super) answer: Option<String>,
    /// Why photos were not.
    pub(super) photos: Vec<String>,
}

/// Whoever shows a code, or the form that asks for another.
pub(super) async fn come_back(
    request: &HttpRequest,
    app: &App,
    code: &str,
) -> Result<Result<Returned, HttpResponse>, AppError> {
    match reports::come_back(app, &request::stranger(request), code).await {
        Err(AppError::Refused(refusal)) => Ok(Err(refuse_code(request, &refusal, code.to_owned()))),
        returned => returned.map(Ok),
    }
}

/// The page of a report.
pub(super) async fn show_report(
    request: &HttpRequest,
    app: &App,
    (returned, code): (Returned, String),
    said: Said,
) -> Result<HttpResponse, AppError> {
    let mail = Correspondence::Report(returned.report);
    let kept = more_photos::still_waiting(app, &code).await?;
    let conversation = ConversationView {
        code: returned
            .code_again
            .as_ref()
            .map_or(code, ToString::to_string),
        answer_id: app.ids.uuid(app.now()).to_string(),
        is_first_return: returned.code_again.is_some(),
        error: said.answer,
        photo_errors: said.photos,
        kept,
        mail: correspondence::standing(app, mail).await?,
        messages: store::messages::list(&app.db, returned.report).await?,
        looks: store::openings::looks(&app.db, IdentitySubject::Report(returned.report)).await?,
    };
    let view = followed(
        app,
        &returned.reporter.actor,
        (returned.report, conversation),
    )
    .await?;
    let lang = request::lang(request);
    Ok(html(StatusCode::OK, track::render(&view, lang)))
}

/// Takes an answer.
async fn talk(app: &App, returned: &Returned, (id, text): (&str, &str)) -> Result<(), AppError> {
    let id = id_of(id)?;
    let answer = Command::AnswerQuestion {
        message: MessageId::parse(id, ANSWER_ID_PART)?,
        question: None,
        text: MessageText::parse(&text.replace("\r\n", "\n"), ANSWER_PART)?,
    };
    let id = CommandId::new(id);
    step::take::<Conversation>(app, &returned.reporter, id, returned.report, answer).await?;
    Ok(())
}

/// Takes the word that a payee is somebody else.
async fn stop_payment(
    app: &App,
    stranger: &Caller,
    (code, id): (&str, &str),
) -> Result<(), AppError> {
    let id = CommandId::parse(id_of(id)?, ANSWER_ID_PART)?;
    let words = Narrative::parse(NOT_MY_ACCOUNT, OBJECTION_PART)?;
    rewards::object_to_payee(app, stranger, id, (code, words)).await?;
    Ok(())
}

pub(super) fn id_of(text: &str) -> Result<Uuid, Refusal> {
    Uuid::try_parse(text).map_err(|_| Refusal::of(Code::BadRequest))
}

/// A refusal that the reader can do something about is shown on the page.
pub(super) fn seen(taken: Result<(), AppError>) -> Result<Option<Refusal>, AppError> {
    match taken {
        Err(AppError::Refused(refusal)) if refusal.code.channel() == Channel::Problem => {
            Ok(Some(refusal))
        }
        taken => taken.map(|()| None),
    }
}

/// The parts of the form; none if there is no form in the body.
pub(super) fn sent(
    body: Result<Bytes, actix_web::Error>,
) -> Result<Vec<(String, String)>, Refusal> {
    let malformed = || Refusal::of(Code::BadRequest);
    let body = body.map_err(|error| crate::body::unreadable(&error))?;
    let text = std::str::from_utf8(&body).ok().ok_or_else(malformed)?;
    Ok(request::pairs(text))
}

/// The code in the body of a form; empty if there is none.
pub(super) fn sent_code(body: Result<Bytes, actix_web::Error>) -> Result<String, Refusal> {
    Ok(part_of(&sent(body)?, CODE_PART))
}

pub(super) fn part_of(sent: &[(String, String)], name: &str) -> String {
    let found = sent.iter().find(|(found, _)| found == name);
    found.map(|(_, text)| text.clone()).unwrap_or_default()
}

fn refuse_code(request: &HttpRequest, refusal: &Refusal, code: String) -> HttpResponse {
    let status = match refusal.code {
        Code::ReceiptUnknown => StatusCode::NOT_FOUND,
        Code::TooManyAttempts => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let view = TrackFormView {
        error: Some(refusal.message(request::lang(request))),
        code,
    };
    form(request, status, &view)
}

fn form(request: &HttpRequest, status: StatusCode, view: &TrackFormView) -> HttpResponse {
    html(status, track::render_form(view, request::lang(request)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_read_from_the_body_and_may_be_missing() {
        let code = |text: &'static str| {
            sent(Ok(Bytes::from_static(text.as_bytes()))).map(|sent| part_of(&sent, CODE_PART))
        };
        assert_eq!(code("code=7QK2-M4XW+9T0B&x=1").unwrap(), "7QK2-M4XW 9T0B");
        assert_eq!(code("").unwrap(), "");
        let too_large = actix_web::error::ErrorPayloadTooLarge("x");
        assert_eq!(
            sent(Err(too_large)).unwrap_err().code,
            Code::PayloadTooLarge
        );
    }
}

//! The report form's two requests: asking for it and sending it. A form is stored whole or not at
//! all: its photos are looked into before anything is filed, so that a bad one leaves no report
//! behind. The same form sent again, by a reload or a second touch, is the same report. A form that comes back, to be
//! corrected or in the other language, holds all that was filled in, and its photos wait for it.

mod answers;
pub(super) mod parts;
pub(super) mod photos;
mod shown;
pub(super) mod waiting;
mod warnings;

use super::answer::{self, answered, html, or_refusal};
use super::merchant::find_merchant;
use super::receipt_request;
use super::report_form::{self, Answers, FieldError, Lost, Names, part, questions::refused_part};
use crate::{
    in_time::{for_keeping, for_looking, in_time, in_time_with_photos},
    metrics::Metrics,
    request,
};
use actix_multipart::Multipart;
use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, HeaderValue},
    },
    web,
};
use answers::{Known, Ticket};
use liangxin_app::{
    app::App,
    caller::Caller,
    error::AppError,
    store,
    usecase::reports::{self, Filed},
};
use liangxin_domain::{
    actor::Actor,
    id::ReportId,
    refusal::{Channel, Code, Lang, Refusal},
    reports::report::{NewReport, SenderSecret},
};
use parts::Parts;
use photos::{Came, Declared, Photo, PhotoForm};
use shown::{CameFrom, Shown};

/// Most bytes of a form with all its photos.
pub(super) const MOST_BYTES: usize = parts::MOST_SENT;

/// The query parameter with the code of the merchant that the reader came from.
const MERCHANT_PARAMETER: &str = "m";

/// The empty form. Every time it has another id, so a browser must ask again.
pub(super) async fn ask(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    answered(&request, empty_form(&request, &app)).await
}

/// What the form sent.
pub(super) async fn file(
    request: HttpRequest,
    app: web::Data<App>,
    metrics: web::Data<Metrics>,
    form: Multipart,
) -> HttpResponse {
    let answer = match photos::received(&request, &app, form, form_of).await {
        Ok(came) => {
            let page = filed(&request, &app, &metrics, came);
            in_time_with_photos(&request, page).await
        }
        Err(broken) => Err(broken),
    };
    or_refusal(&request, answer)
}

async fn empty_form(request: &HttpRequest, app: &App) -> Result<HttpResponse, AppError> {
    let code = request::parameter(request, MERCHANT_PARAMETER).unwrap_or_default();
    let shown = Shown {
        ticket: new_ticket(app)?,
        merchant: CameFrom::of(find_merchant(app, &code).await?),
        answers: Answers::default(),
        names: names(app),
        errors: Vec::new(),
        warning: None,
        kept: Vec::new(),
        lost: Lost::Nothing,
    };
    let mut page = answer_form(app, shown, request::lang(request));
    let private = HeaderValue::from_static("private, no-cache");
    page.headers_mut().insert(header::CACHE_CONTROL, private);
    receipt_request::ask_to_keep(request, &mut page)?;
    Ok(page)
}

fn form_of(parts: &Parts) -> Result<PhotoForm, Refusal> {
    Ticket::parse(parts).map(|ticket| ticket.form())
}

async fn filed(
    request: &HttpRequest,
    app: &App,
    metrics: &Metrics,
    came: Came,
) -> Result<HttpResponse, AppError> {
    let stranger = request::stranger(request);
    let lang = stranger.lang;
    let Came {
        mut parts,
        spent,
        room: _room,
    } = came;
    let (mut shown, looked_up) = shown(request, app, (&parts, spent)).await?;
    let held = match looked_up {
        Ok(()) => waiting::waiting(app, shown.ticket.form(), &parts).await,
        Err(failed) => Err(failed),
    };
    let held = match held {
        Ok(held) => held,
        Err(failed) => {
            shown.kept = waiting::still_kept(&parts);
            let came = photos::declared(&mut parts, shown.ticket.form(), Vec::new(), lang);
            return Ok(unanswered(app, &stranger, shown, came.photos, &failed).await);
        }
    };
    let Declared {
        mut photos,
        mut errors,
        is_shown: _,
    } = photos::declared(&mut parts, shown.ticket.form(), held, lang);
    // The same form sent again after it was filed needs no photos any more.
    if photos.iter().any(|photo| photo.held.is_none()) && !is_filed(app, &shown.ticket).await {
        errors.extend(waiting::drop_missing(&mut photos, lang));
    }
    errors.append(&mut shown.errors);
    shown.errors = errors;
    if !parts.text(part::SWITCH).is_empty() {
        // Nobody asked whether the answers are in order.
        (shown.errors, shown.warning) = (Vec::new(), None);
        shown.wait(app, &stranger, photos).await;
        return Ok(answer_form(app, shown, lang));
    }
    let errors = match checked(app, &parts, &shown, &photos) {
        Ok(new) if shown.may_be_filed() => match take_in(request, app, new, &mut photos).await {
            Ok(Ok(filed)) => {
                let reporter = stranger.known_as(Actor::Reporter(filed.report));
                let form = shown.ticket.form();
                // A photo that cannot be kept now must not hide the receipt code. The page says how many are missing, and a
                // reload sends them again.
                let time = for_keeping(request);
                photos::keep(app, time, (&reporter, form), photos, metrics).await;
                return receipt_request::hand_out(request, app, filed).await;
            }
            Ok(Err(Refused::Otherwise(errors))) => errors,
            Ok(Err(Refused::Changed)) => {
                shown.ticket = new_ticket(app)?;
                vec![changed(lang)]
            }
            Err(failed) => return Ok(unanswered(app, &stranger, shown, photos, &failed).await),
        },
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(|it| error(it, lang)).collect(),
    };
    shown.errors.extend(errors);
    shown.wait(app, &stranger, photos).await;
    Ok(answer_form(app, shown, lang))
}

async fn is_filed(app: &App, ticket: &Ticket) -> bool {
    let report = reports::named(app, ticket.id, &ticket.secret);
    let found = store::reports::get(&app.db, &Actor::Reporter(report), report).await;
    found.is_ok()
}

/// The form with what was filled in, and why its merchant could not be looked up, if so.
async fn shown(
    request: &HttpRequest,
    app: &App,
    (parts, spent): (&Parts, Result<(), Refusal>),
) -> Result<(Shown, Result<(), AppError>), AppError> {
    let lang = request::lang(request);
    let answers = Answers::read(|name| parts.text(name));
    let ticket = Ticket::parse(parts)?;
    let code = parts.text(part::MERCHANT);
    let (merchant, looked_up) = match in_time(request, find_merchant(app, &code)).await {
        Ok(found) => (CameFrom::of(found), Ok(())),
        Err(failed) => {
            let division = parts.text(part::DIVISION);
            (CameFrom::Named { code, division }, Err(failed))
        }
    };
    let shown = Shown {
        ticket,
        merchant,
        warning: warnings::find(parts, &answers, lang),
        answers,
        names: names(app),
        errors: Vec::from_iter(spent.as_ref().err().map(|it| error(it, lang))),
        kept: Vec::new(),
        lost: match spent {
            Ok(()) => Lost::Nothing,
            Err(_) => Lost::Photos,
        },
    };
    Ok((shown, looked_up))
}

/// The form with all that was filled in and the photos that came, because it could not be done for now what was asked.
async fn unanswered(
    app: &App,
    stranger: &Caller,
    mut shown: Shown,
    photos: Vec<Photo>,
    failed: &AppError,
) -> HttpResponse {
    failed.log();
    let refusal = failed.refusal();
    shown.errors.push(error(&refusal, stranger.lang));
    shown.wait(app, stranger, photos).await;
    let mut page = answer_form(app, shown, stranger.lang);
    *page.status_mut() = answer::status(refusal.code);
    page
}

/// Why a form whose answers are in order is not filed.
enum Refused {
    /// It was filed before, with other content.
    Changed,
    /// For what is told.
    Otherwise(Vec<FieldError>),
}

/// Files the report if its photos are pictures. What is none is taken out of the photos.
async fn take_in(
    request: &HttpRequest,
    app: &App,
    new: NewReport,
    photos: &mut Vec<Photo>,
) -> Result<Result<Filed, Refused>, AppError> {
    let stranger = request::stranger(request);
    let lang = stranger.lang;
    let told = |refusal: &Refusal| Ok(Err(Refused::Otherwise(vec![error(refusal, lang)])));
    let errors = photos::look(app, for_looking(request), photos, lang).await?;
    if !errors.is_empty() {
        return Ok(Err(Refused::Otherwise(errors)));
    }
    match in_time(request, reports::file(app, &stranger, new)).await {
        Ok(filed) => Ok(Ok(filed)),
        Err(AppError::Refused(refusal)) if refusal.code == Code::IdReused => {
            Ok(Err(Refused::Changed))
        }
        Err(AppError::Refused(refusal)) if refusal.code.channel() == Channel::Problem => {
            told(&refusal)
        }
        Err(error) => Err(error),
    }
}

/// The report that the form makes, or all that is wrong with it.
fn checked(
    app: &App,
    parts: &Parts,
    shown: &Shown,
    photos: &[Photo],
) -> Result<NewReport, Vec<Refusal>> {
    let known = Known {
        merchant: shown.merchant.known(),
        divisions: &app.law.divisions,
    };
    let declared = photos.iter().map(|photo| photo.declared.clone()).collect();
    let new = answers::read(&shown.answers, &shown.ticket, &known, declared);
    let new = new.and_then(|new| match new.check(app.now()) {
        Ok(()) => Ok(new),
        Err(problem) => Err(vec![problem]),
    });
    if shown.merchant.known().is_some() || parts.text(part::MERCHANT).is_empty() {
        return new;
    }
    let mut problems = vec![Refusal::on(Code::MerchantUnknown, part::MERCHANT)];
    problems.extend(new.err().into_iter().flatten());
    Err(problems)
}

/// Whether a name can be sealed.
fn names(app: &App) -> Names {
    match app.identity_keys.recipient() {
        Some(_) => Names::Sealed,
        None => Names::Refused,
    }
}

/// The id and the secret of a new form.
fn new_ticket(app: &App) -> Result<Ticket, AppError> {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    let secret = URL_SAFE_NO_PAD.encode(app.ids.bytes::<24>());
    Ok(Ticket {
        id: ReportId::new(app.ids.uuid(app.now())),
        secret: SenderSecret::parse(&secret)?,
    })
}

fn answer_form(app: &App, shown: Shown, lang: Lang) -> HttpResponse {
    let status = if shown.is_refused() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    html(
        status,
        report_form::render(&shown.view(&app.law.divisions, lang), lang),
    )
}

fn error(refusal: &Refusal, lang: Lang) -> FieldError {
    FieldError {
        field: refused_part(refusal.field).to_owned(),
        message: refusal.message(lang),
    }
}

/// Somebody went back, changed the answers and sent the form again.
fn changed(lang: Lang) -> FieldError {
    let message = lang.pick(
        "这份举报先前已经收到，现在的内容和当时不同。再次提交会登记为另一份举报。",
        "This report was received before, with other content. Sending again files another report.",
    );
    FieldError {
        field: part::ID.to_owned(),
        message: message.to_owned(),
    }
}

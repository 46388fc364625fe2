//! The report form's two requests: asking for it and sending it. A form is stored whole or not at
//! all: its photos are looked into before anything is filed, so that a bad one leaves no report
//! behind. The same form sent again, by a reload or a second touch, is the same report.

mod answers;
mod parts;
mod shown;
mod warnings;

use actix_multipart::Multipart;
use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, HeaderValue},
    },
    web,
};
use liangxin_domain::{
    actor::Actor,
    evidence::photo::{DeclaredPhoto, PhotoKind},
    id::{PhotoId, ReportId},
    refusal::{Channel, Code, Lang, Refusal},
    reports::report::{NewReport, SenderSecret},
};
use uuid::Builder;

use super::answer::{html, or_refusal};
use super::merchant::find_merchant;
use super::receipt::{self, ReceiptView};
use super::report_form::{self, Answers, FieldError, Names, part, questions::refused_part};
use super::tracking;
use crate::{metrics::Metrics, request};
use answers::{Known, Ticket};
use liangxin_app::{
    app::{App, sha256},
    budget::Spending,
    error::AppError,
    spool::Spooled,
    store,
    usecase::{
        evidence::{self, Looked},
        reports,
    },
};
use parts::Parts;
use shown::Shown;

/// Most bytes of a form with all its photos.
pub(super) const MOST_BYTES: usize = parts::MOST_SENT;

/// The query parameter with the code of the merchant that the reader came from.
const MERCHANT_PARAMETER: &str = "m";

/// The empty form. Every time it has another id, so a browser must ask again.
pub(super) async fn ask(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    or_refusal(&request, empty_form(&request, &app).await)
}

/// What the form sent.
pub(super) async fn file(
    request: HttpRequest,
    app: web::Data<App>,
    metrics: web::Data<Metrics>,
    form: Multipart,
) -> HttpResponse {
    or_refusal(&request, filed(&request, &app, &metrics, form).await)
}

async fn empty_form(request: &HttpRequest, app: &App) -> Result<HttpResponse, AppError> {
    let code = request::parameter(request, MERCHANT_PARAMETER).unwrap_or_default();
    let shown = Shown {
        ticket: new_ticket(app)?,
        merchant: find_merchant(app, &code).await?,
        answers: Answers::default(),
        names: names(app),
        errors: Vec::new(),
        warning: None,
    };
    let mut page = answer_form(app, shown, request::lang(request));
    let private = HeaderValue::from_static("private, no-cache");
    page.headers_mut().insert(header::CACHE_CONTROL, private);
    Ok(page)
}

async fn filed(
    request: &HttpRequest,
    app: &App,
    metrics: &Metrics,
    form: Multipart,
) -> Result<HttpResponse, AppError> {
    let lang = request::lang(request);
    let mut parts = parts::read(form, &app.spool).await?;
    let ticket = Ticket::parse(&parts)?;
    let (photos, errors) = declared(&mut parts, &ticket, lang);
    let answers = Answers::read(|name| parts.text(name));
    let mut shown = Shown {
        merchant: find_merchant(app, &parts.text(part::MERCHANT)).await?,
        warning: warnings::find(&parts, &answers, lang),
        ticket,
        answers,
        names: names(app),
        errors,
    };
    let new = match checked(app, &parts, &shown, &photos) {
        Ok(new) if shown.may_be_filed() => new,
        checked => {
            let problems = checked.err().unwrap_or_default();
            let problems = problems.iter().map(|problem| error(problem, lang));
            shown.errors.extend(problems);
            return Ok(answer_form(app, shown, lang));
        }
    };
    let address = request::peer(request);
    if let Err(refusal) = afford(app, &photos, &address) {
        shown.errors = vec![error(&refusal, lang)];
        return Ok(answer_form(app, shown, lang));
    }
    let (photos, errors) = look(app, photos, lang).await?;
    if !errors.is_empty() {
        shown.errors = errors;
        return Ok(answer_form(app, shown, lang));
    }
    match take_in(app, new, photos, metrics).await {
        Ok(receipt) => Ok(html(StatusCode::OK, receipt::render(&receipt, lang))),
        Err(AppError::Refused(refusal)) if refusal.code == Code::IdReused => {
            shown.ticket = new_ticket(app)?;
            shown.errors = vec![changed(lang)];
            Ok(answer_form(app, shown, lang))
        }
        Err(AppError::Refused(refusal)) if refusal.code.channel() == Channel::Problem => {
            shown.errors = vec![error(&refusal, lang)];
            Ok(answer_form(app, shown, lang))
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
        merchant: shown.merchant.as_ref(),
        divisions: &app.law.divisions,
    };
    let declared = photos.iter().map(|photo| photo.declared.clone()).collect();
    let new = answers::read(&shown.answers, &shown.ticket, &known, declared);
    let new = new.and_then(|new| match new.check(app.now()) {
        Ok(()) => Ok(new),
        Err(problem) => Err(vec![problem]),
    });
    if shown.merchant.is_some() || parts.text(part::MERCHANT).is_empty() {
        return new;
    }
    let mut problems = vec![Refusal::on(Code::MerchantUnknown, part::MERCHANT)];
    problems.extend(new.err().into_iter().flatten());
    Err(problems)
}

/// Takes a report with its photos from the budgets of an address.
fn afford(app: &App, photos: &[Photo], address: &str) -> Result<(), Refusal> {
    let bytes = photos.iter().map(|photo| photo.declared.size_bytes).sum();
    app.budgets.send_photos(bytes, address, app.now())?;
    app.budgets.spend(Spending::Filing, address, app.now())
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

/// A photo as it came, with what the report says about it.
struct Photo {
    place: usize,
    declared: DeclaredPhoto,
    body: Spooled,
}

/// The photos as they came; what is none already by its size stands among the errors.
fn declared(parts: &mut Parts, ticket: &Ticket, lang: Lang) -> (Vec<Photo>, Vec<FieldError>) {
    let (mut photos, mut errors) = (Vec::new(), Vec::new());
    for (place, photo) in std::mem::take(&mut parts.photos) {
        match photo {
            Ok(body) => photos.push(Photo {
                place,
                declared: declare(ticket.id, place, &body),
                body,
            }),
            Err(refusal) => errors.push(photo_error(place, &refusal, lang)),
        }
    }
    (photos, errors)
}

/// Looks into the photos of a form whose answers are in order, before anything is filed.
async fn look(
    app: &App,
    photos: Vec<Photo>,
    lang: Lang,
) -> Result<(Vec<(DeclaredPhoto, Looked)>, Vec<FieldError>), AppError> {
    let (mut looked, mut errors) = (Vec::new(), Vec::new());
    for photo in photos {
        match evidence::look(app, photo.body).await {
            Ok(one) => looked.push((photo.declared, one)),
            Err(AppError::Refused(refusal)) => {
                errors.push(photo_error(photo.place, &refusal, lang));
            }
            Err(error) => return Err(error),
        }
    }
    Ok((looked, errors))
}

fn declare(report: ReportId, place: usize, body: &Spooled) -> DeclaredPhoto {
    DeclaredPhoto {
        id: photo_id(report, place),
        kind: PhotoKind::Report,
        sha256: body.sha256,
        size_bytes: body.size_bytes,
    }
}

/// The photo's id follows from the form's, so that the same form sent again names the same photos.
/// Nobody else knows the form's id, so nobody can take the photo's.
fn photo_id(report: ReportId, place: usize) -> PhotoId {
    let digest = sha256(format!("{report} photo {place}").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.bytes()[..16]);
    PhotoId::new(Builder::from_random_bytes(bytes).into_uuid())
}

/// Files the report and keeps its photos.
async fn take_in(
    app: &App,
    new: NewReport,
    photos: Vec<(DeclaredPhoto, Looked)>,
    metrics: &Metrics,
) -> Result<ReceiptView, AppError> {
    let filed = reports::file(app, &Actor::Anonymous, new).await?;
    let reporter = Actor::Reporter(filed.report);
    for (declared, looked) in photos {
        // The report is filed: a photo that cannot be kept now must not hide its receipt code.
        // The page says how many are missing, and a reload sends them again.
        match evidence::store_looked(app, &reporter, declared.id, looked).await {
            Ok(_) => metrics.count_upload_bytes(declared.size_bytes),
            Err(error) => error.log(),
        }
    }
    let report = store::reports::get(&app.db, &reporter, filed.report).await;
    let report = AppError::written(report)?;
    Ok(ReceiptView {
        code: filed.receipt_code.to_string(),
        number: filed.number,
        received_at: report.received_at,
        deadline: tracking::deadline(app, filed.report).await?,
        photos: tracking::photo_count(app, filed.report).await?,
    })
}

fn error(refusal: &Refusal, lang: Lang) -> FieldError {
    FieldError {
        field: refused_part(refusal.field).to_owned(),
        message: refusal.message(lang),
    }
}

fn photo_error(place: usize, refusal: &Refusal, lang: Lang) -> FieldError {
    let message = match refusal.code {
        Code::PayloadTooLarge => lang
            .pick(
                "照片合计超过 100 MB，请少选几张。",
                "All photos together are more than 100 MB: choose fewer.",
            )
            .to_owned(),
        _ => refusal.message(lang),
    };
    FieldError {
        field: part::PHOTO.to_owned(),
        message: match lang {
            Lang::Zh => format!("第 {place} 张：{message}"),
            Lang::En => format!("Photo {place}: {message}"),
        },
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

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_same_form_names_the_same_photos_and_another_form_names_others() {
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let id = |report, place| photo_id(ReportId::new(report), place);
        assert_eq!(id(one, 1), id(one, 1));
        assert_ne!(id(one, 1), id(one, 2));
        assert_ne!(id(one, 1), id(other, 1));
        assert!(PhotoId::parse(id(one, 1).uuid(), "id").is_ok());
    }

    #[test]
    fn a_bad_photo_is_told_by_its_place() {
        let refusal = Refusal::on(Code::PhotoTruncated, "photoId");
        let error = photo_error(2, &refusal, Lang::En);
        assert_eq!(error.field, part::PHOTO);
        assert_eq!(error.message, "Photo 2: The photo is cut off or damaged.");
    }
}

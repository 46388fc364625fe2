//! Photos: one request carries one declared photo here, another shows it to whoever may see it.
//!
//! The request has the shape of tus 1.0 with its extensions `creation` and
//! `creation-with-upload`: the whole photo comes with the creation, so nothing is left to resume.
//! Resumable pieces can follow under the same addresses without a new contract. What a photo must
//! be is decided elsewhere; here are headers, bounds, and the answer in JSON.

mod headers;
mod problem;

use actix_web::{
    HttpRequest, HttpResponse,
    error::PayloadError,
    http::{StatusCode, header},
    web::{self, Payload},
};
use chrono::{DateTime, SecondsFormat, Utc};
use futures_util::TryStreamExt as _;
use liangxin_domain::{
    actor::Actor,
    evidence::photo::PhotoFormat,
    id::PhotoId,
    limits::PHOTO_BYTES,
    refusal::{Code, Lang, Refusal},
};
use serde::Serialize;

use super::{body::stood_still, metrics::Metrics, request};
use headers::Announced;
use liangxin_app::{
    app::App,
    error::AppError,
    spool::{Spooled, Spooling},
    store::evidence::Photo,
    usecase::evidence::{self, Shown, Wanted},
};
use problem::Problem;

/// Where photos are sent.
pub const PATH: &str = "/uploads";

/// The version of tus whose shape requests and answers have.
const TUS_VERSION: &str = "1.0.0";

/// What of tus there is beside its core.
const TUS_EXTENSIONS: &str = "creation,creation-with-upload";

/// Adds the uploads. They need `web::Data<App>` and `web::Data<Metrics>`.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::resource(PATH)
            .route(web::post().to(create))
            .route(web::method(actix_web::http::Method::OPTIONS).to(abilities)),
    )
    .service(web::resource(format!("{PATH}/{{id}}")).route(web::get().to(picture)))
    .service(web::resource(format!("{PATH}/{{id}}/original")).route(web::get().to(original)));
}

/// The answer to an upload that is refused before its route is asked.
pub(crate) fn refused(refusal: Refusal, lang: Lang) -> HttpResponse {
    Problem::from(refusal).answer(lang)
}

/// Tells a client what it may rely on (tus 1.0, section "OPTIONS").
async fn abilities() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header(("Tus-Resumable", TUS_VERSION))
        .insert_header(("Tus-Version", TUS_VERSION))
        .insert_header(("Tus-Extension", TUS_EXTENSIONS))
        .insert_header(("Tus-Max-Size", PHOTO_BYTES))
        .finish()
}

/// What a stored photo is answered with.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Stored {
    id: String,
    sha256: String,
    size_bytes: u64,
    stored_at: String,
}

async fn create(
    request: HttpRequest,
    app: web::Data<App>,
    metrics: web::Data<Metrics>,
    body: Payload,
) -> HttpResponse {
    match receive(&request, &app, body).await {
        Ok((photo, stored_at)) => {
            metrics.count_upload_bytes(photo.declared.size_bytes);
            created(&photo, stored_at)
        }
        Err(problem) => problem.answer(request::lang(&request)),
    }
}

/// Asks who sends, then what is announced, and only then reads the bytes.
async fn receive(
    request: &HttpRequest,
    app: &App,
    body: Payload,
) -> Result<(Photo, DateTime<Utc>), Problem> {
    let caller = request::sender(app, request).await?;
    if caller.actor == Actor::Anonymous {
        return Err(Refusal::of(Code::SignInRequired).into());
    }
    let announced = Announced::parse(request.headers())?;
    let size = u64::try_from(announced.size_bytes).unwrap_or(u64::MAX);
    if coming_bytes(request).is_some_and(|coming| coming > size) {
        return Err(headers::wrong(headers::UPLOAD_LENGTH).into());
    }
    evidence::promised(app, &caller, announced.photo, size).await?;
    if let Actor::Reporter(_) = caller.actor {
        app.send_photos(&caller, size)?;
        app.admit_photos(size).await?;
    }
    let spooling = app.spool.begin(size).map_err(no_room)?;
    let body = read(body, size, spooling).await?;
    let photo = evidence::store_photo(app, &caller, announced.photo, body).await?;
    let stored_at = photo.stored_at.ok_or_else(|| {
        AppError::internal(
            "tell when a photo was stored",
            "it was stored and has no time",
        )
    })?;
    Ok((photo, stored_at))
}

/// How many bytes the head says that the body has.
fn coming_bytes(request: &HttpRequest) -> Option<u64> {
    let size = request.headers().get(header::CONTENT_LENGTH)?;
    size.to_str().ok()?.parse().ok()
}

/// Takes in as many bytes as were announced. A head can say anything, so the bytes are counted as they come.
async fn read(body: Payload, announced: u64, mut spooling: Spooling) -> Result<Spooled, Problem> {
    let mut body = body.into_inner();
    while let Some(chunk) = body.try_next().await.map_err(|error| broken(&error))? {
        let more = u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        if more > announced - spooling.size_bytes() {
            return Err(headers::wrong(headers::UPLOAD_LENGTH).into());
        }
        spooling.write(&chunk).await.map_err(no_room)?;
    }
    if spooling.size_bytes() < announced {
        return Err(Problem::broken_off());
    }
    Ok(spooling.finish().await.map_err(no_room)?)
}

fn broken(error: &PayloadError) -> Problem {
    if stood_still(error) {
        Refusal::of(Code::RequestTimeout).into()
    } else {
        Problem::broken_off()
    }
}

fn no_room(error: std::io::Error) -> AppError {
    AppError::unavailable("take a photo in", error)
}

/// A photo, for whoever may see the record that owes it.
async fn picture(request: HttpRequest, app: web::Data<App>, id: web::Path<String>) -> HttpResponse {
    show(&request, &app, &id, Wanted::Picture).await
}

/// The original of a reporter's photo, for whoever opened it.
async fn original(
    request: HttpRequest,
    app: web::Data<App>,
    id: web::Path<String>,
) -> HttpResponse {
    show(&request, &app, &id, Wanted::Original).await
}

async fn show(request: &HttpRequest, app: &App, id: &str, wanted: Wanted) -> HttpResponse {
    let found = async {
        let caller = request::caller(app, request).await?;
        if caller.actor == Actor::Anonymous {
            return Err(Problem::from(Refusal::of(Code::SignInRequired)));
        }
        let id = id
            .parse::<PhotoId>()
            .map_err(|_| Refusal::of(Code::NotFound))?;
        Ok(evidence::read_photo(app, &caller, id, wanted).await?)
    };
    match found.await {
        Ok(Shown { format, bytes }) => HttpResponse::Ok()
            .content_type(media_type(format))
            .insert_header((header::CACHE_CONTROL, "private, no-store"))
            .body(bytes),
        Err(problem) => problem.answer(request::lang(request)),
    }
}

const fn media_type(format: Option<PhotoFormat>) -> &'static str {
    match format {
        Some(PhotoFormat::Jpeg) => "image/jpeg",
        Some(PhotoFormat::Png) => "image/png",
        Some(PhotoFormat::Webp) => "image/webp",
        None => "application/octet-stream",
    }
}

fn created(photo: &Photo, stored_at: DateTime<Utc>) -> HttpResponse {
    let declared = &photo.declared;
    HttpResponse::build(StatusCode::CREATED)
        .insert_header((header::LOCATION, format!("{PATH}/{}", declared.id)))
        .insert_header(("Tus-Resumable", TUS_VERSION))
        .insert_header(("Upload-Offset", declared.size_bytes))
        .json(Stored {
            id: declared.id.to_string(),
            sha256: declared.sha256.to_string(),
            size_bytes: declared.size_bytes,
            stored_at: stored_at.to_rfc3339_opts(SecondsFormat::Millis, true),
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::{FromRequest as _, test::TestRequest};
    use liangxin_app::spool::Spool;

    async fn read_body(sent: &'static [u8], announced: u64) -> Result<Vec<u8>, Problem> {
        let (request, mut payload) = TestRequest::post().set_payload(sent).to_http_parts();
        let body = Payload::from_request(&request, &mut payload).await.unwrap();
        let directory = tempfile::tempdir().unwrap();
        let spool = Spool::open(directory.path().to_owned(), 0).unwrap();
        let read = read(body, announced, spool.begin(announced).unwrap()).await;
        Ok(read?.read().unwrap())
    }

    #[actix_web::test]
    async fn a_body_as_announced_is_read() {
        assert_eq!(read_body(b"JPEG", 4).await.unwrap(), b"JPEG");
    }

    #[actix_web::test]
    async fn more_than_announced_is_wrong_for_good_and_less_may_come_again() {
        let more = read_body(b"JPEGJPEG", 4).await.unwrap_err();
        assert_eq!(
            (more.status(), more.code()),
            (StatusCode::BAD_REQUEST, Code::UploadHeaders)
        );
        let less = read_body(b"JP", 4).await.unwrap_err();
        assert_eq!(
            (less.status(), less.code()),
            (StatusCode::BAD_REQUEST, Code::Unavailable)
        );
    }

    #[actix_web::test]
    async fn a_client_learns_the_version_and_the_greatest_size() {
        let answer = abilities().await;
        assert_eq!(answer.status(), StatusCode::NO_CONTENT);
        assert_eq!(answer.headers().get("Tus-Version").unwrap(), "1.0.0");
        assert_eq!(
            answer.headers().get("Tus-Extension").unwrap(),
            TUS_EXTENSIONS
        );
        assert_eq!(answer.headers().get("Tus-Max-Size").unwrap(), "25000000");
    }
}

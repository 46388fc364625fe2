//! Photos that are held, for whoever may see the record that owes them: the picture, its copies, and the original of one
//! that was opened. Whether somebody may see one is asked at each fetch; a browser may keep what it got, and asks before
//! it shows it again.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, EntityTag, Header as _, IfNoneMatch},
    },
    web::{self, Bytes},
};
use liangxin_domain::{
    actor::Actor,
    evidence::photo::PhotoFormat,
    id::PhotoId,
    refusal::{Code, Refusal},
};

use super::{request, uploads::Problem};
use liangxin_app::{
    app::App,
    usecase::evidence::{self, Given, Shown, Wanted},
};

mod range;

use range::{Part, part_of};

/// Where photos are shown.
pub const PATH: &str = "/photos";

/// Adds the photos. They need `web::Data<App>`.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource(format!("{PATH}/{{id}}")).route(web::get().to(picture)))
        .service(web::resource(format!("{PATH}/{{id}}/large")).route(web::get().to(large)))
        .service(web::resource(format!("{PATH}/{{id}}/small")).route(web::get().to(small)))
        .service(web::resource(format!("{PATH}/{{id}}/original")).route(web::get().to(original)));
}

/// A photo, for whoever may see the record that owes it.
async fn picture(request: HttpRequest, app: web::Data<App>, id: web::Path<String>) -> HttpResponse {
    show(&request, &app, &id, Wanted::Picture).await
}

/// Its copy to look at: the picture alone.
async fn large(request: HttpRequest, app: web::Data<App>, id: web::Path<String>) -> HttpResponse {
    show(&request, &app, &id, Wanted::Large).await
}

/// Its copy for lists: the picture alone.
async fn small(request: HttpRequest, app: web::Data<App>, id: web::Path<String>) -> HttpResponse {
    show(&request, &app, &id, Wanted::Small).await
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
        Ok(Given::Here(shown)) => answer(request, shown, wanted),
        Ok(Given::Elsewhere(link)) => HttpResponse::SeeOther()
            .insert_header((header::LOCATION, link))
            .insert_header((header::CACHE_CONTROL, "private, no-store"))
            // The address in the store is nobody else's to know.
            .insert_header((header::REFERRER_POLICY, "no-referrer"))
            .finish(),
        Err(problem) => problem.answer(request::lang(request)),
    }
}

/// The bytes, or the part of them that is asked for, or that nothing changed (RFC 9110, sections 13 and 14).
fn answer(request: &HttpRequest, shown: Shown, wanted: Wanted) -> HttpResponse {
    let Shown {
        format,
        sha256,
        bytes,
    } = shown;
    let tag = EntityTag::new_strong(sha256.to_string());
    let keeping = match wanted {
        // Kept only by whoever asks again each time, so that a right that ended ends what is kept.
        Wanted::Large | Wanted::Small => "private, no-cache",
        Wanted::Picture | Wanted::Original => "private, no-store",
    };
    let is_kept = match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => request.headers().contains_key(header::IF_NONE_MATCH),
        Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|other| other.weak_eq(&tag)),
        Err(_) => false,
    };
    if is_kept {
        return HttpResponse::NotModified()
            .insert_header((header::ETAG, tag.to_string()))
            .insert_header((header::CACHE_CONTROL, keeping))
            .finish();
    }
    let bytes = Bytes::from(bytes);
    let whole = bytes.len();
    let (status, body, range) = match part_of(request.headers(), whole, &tag) {
        Part::Whole => (StatusCode::OK, bytes, None),
        Part::Range(from, last) => (
            StatusCode::PARTIAL_CONTENT,
            bytes.slice(from..=last),
            Some(format!("bytes {from}-{last}/{whole}")),
        ),
        Part::Outside => (
            StatusCode::RANGE_NOT_SATISFIABLE,
            Bytes::new(),
            Some(format!("bytes */{whole}")),
        ),
    };
    let mut answer = HttpResponse::build(status);
    answer
        .content_type(media_type(format))
        .insert_header((header::ACCEPT_RANGES, "bytes"))
        .insert_header((header::CACHE_CONTROL, keeping))
        .insert_header((header::ETAG, tag.to_string()));
    if let Some(range) = range {
        answer.insert_header((header::CONTENT_RANGE, range));
    }
    answer.body(body)
}

const fn media_type(format: Option<PhotoFormat>) -> &'static str {
    match format {
        Some(PhotoFormat::Jpeg) => "image/jpeg",
        Some(PhotoFormat::Png) => "image/png",
        Some(PhotoFormat::Webp) => "image/webp",
        Some(PhotoFormat::Heic) => "image/heic",
        Some(PhotoFormat::Avif) => "image/avif",
        Some(PhotoFormat::Dng) => "image/x-adobe-dng",
        None => "application/octet-stream",
    }
}

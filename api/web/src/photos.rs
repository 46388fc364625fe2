//! Photos that are held, for whoever may see the record that owes them: the picture, its copies, and the original of one
//! that was opened. Whether somebody may see one is asked at each fetch; a browser may keep what it got, and asks before
//! it shows it again.

use actix_web::{
    HttpRequest, HttpResponse,
    body::SizedStream,
    http::{
        StatusCode,
        header::{self, ContentEncoding, EntityTag, Header as _, IfNoneMatch},
    },
    web::{self, Bytes},
};
use futures_util::{Stream, TryStreamExt as _, stream};
use liangxin_domain::{
    actor::Actor,
    evidence::photo::PhotoFormat,
    id::PhotoId,
    refusal::{Code, Refusal},
};

use super::{in_time::in_time_with_photos, request, uploads::Problem};
use liangxin_app::{
    app::App,
    error::AppError,
    usecase::evidence::{self, Content, Given, Reading, Shown, Wanted},
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
        Ok(
            match evidence::read_photo(app, &caller, id, wanted).await? {
                Given::Here(shown) => answer(request, app, shown, wanted).await?,
                Given::Elsewhere(link) => HttpResponse::SeeOther()
                    .insert_header((header::LOCATION, link))
                    .insert_header((header::CACHE_CONTROL, "private, no-store"))
                    // The address in the store is nobody else's to know.
                    .insert_header((header::REFERRER_POLICY, "no-referrer"))
                    .finish(),
            },
        )
    };
    let answer = in_time_with_photos(request, found).await;
    answer.unwrap_or_else(|problem| problem.answer(request::lang(request)))
}

/// The bytes, or the part of them that is asked for, or that nothing changed (RFC 9110, sections 13 and 14).
async fn answer(
    request: &HttpRequest,
    app: &App,
    shown: Shown,
    wanted: Wanted,
) -> Result<HttpResponse, AppError> {
    let Shown {
        format,
        sha256,
        content,
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
        return Ok(HttpResponse::NotModified()
            .insert_header((header::ETAG, tag.to_string()))
            .insert_header((header::CACHE_CONTROL, keeping))
            .finish());
    }
    let whole = match &content {
        Content::Bytes(bytes) => bytes.len(),
        Content::Held(size_bytes) => usize::try_from(*size_bytes).unwrap_or(usize::MAX),
    };
    let mut answer = HttpResponse::Ok();
    answer
        .content_type(media_type(format))
        .insert_header((header::ACCEPT_RANGES, "bytes"))
        .insert_header((header::CACHE_CONTROL, keeping))
        .insert_header((header::ETAG, tag.to_string()));
    let (from, length) = match part_of(request.headers(), whole, &tag) {
        Part::Whole => (0, whole),
        Part::Range(from, last) => {
            let range = format!("bytes {from}-{last}/{whole}");
            answer.status(StatusCode::PARTIAL_CONTENT);
            answer.insert_header((header::CONTENT_RANGE, range));
            (from, last + 1 - from)
        }
        Part::Outside => {
            answer.status(StatusCode::RANGE_NOT_SATISFIABLE);
            answer.insert_header((header::CONTENT_RANGE, format!("bytes */{whole}")));
            return Ok(answer.finish());
        }
    };
    match content {
        Content::Bytes(bytes) => Ok(answer.body(Bytes::from(bytes).slice(from..from + length))),
        Content::Held(_) => {
            let (from, length) = (number(from), number(length));
            let pieces = evidence::pieces(app, sha256, from).await?;
            // Photos do not get smaller by it, and the length would be lost.
            answer.insert_header(ContentEncoding::Identity);
            Ok(answer.body(SizedStream::new(length, first(pieces, length))))
        }
    }
}

/// The first bytes of pieces, as many as were told.
fn first(pieces: Reading, length: u64) -> impl Stream<Item = Result<Bytes, AppError>> {
    stream::try_unfold((pieces, length), async |(mut pieces, left)| {
        if left == 0 {
            return Ok(None);
        }
        let Some(mut piece) = pieces.try_next().await? else {
            return Ok(None);
        };
        piece.truncate(usize::try_from(left).unwrap_or(usize::MAX));
        let left = left - number(piece.len());
        Ok::<_, AppError>(Some((Bytes::from(piece), (pieces, left))))
    })
}

fn number(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
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

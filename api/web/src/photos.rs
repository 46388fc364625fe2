//! Photos that are held, for whoever may see the record that owes them: the picture, and the original of one that was
//! opened.

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use liangxin_domain::{
    actor::Actor,
    evidence::photo::PhotoFormat,
    id::PhotoId,
    refusal::{Code, Refusal},
};

use super::{request, uploads::Problem};
use liangxin_app::{
    app::App,
    usecase::evidence::{self, Shown, Wanted},
};

/// Where photos are shown.
pub const PATH: &str = "/photos";

/// Adds the photos. They need `web::Data<App>`.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource(format!("{PATH}/{{id}}")).route(web::get().to(picture)))
        .service(web::resource(format!("{PATH}/{{id}}/original")).route(web::get().to(original)));
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
        Some(PhotoFormat::Heic) => "image/heic",
        Some(PhotoFormat::Avif) => "image/avif",
        Some(PhotoFormat::Dng) => "image/x-adobe-dng",
        None => "application/octet-stream",
    }
}

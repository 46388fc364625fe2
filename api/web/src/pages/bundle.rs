//! The file of a case over HTTP: one ZIP, written while it is sent, for whoever has the link and still may. Its parts are laid out
//! in `files.rs`, listed for machines in `lists.rs` and for people in `index.rs` and `visit.rs`, with the sheets to be signed of `sheets.rs`, and written by `archive.rs`.

mod archive;
mod files;
mod index;
mod lists;
mod sheets;
mod visit;
pub(super) mod words;

use actix_web::{
    HttpRequest, HttpResponse,
    body::SizedStream,
    http::{
        Method,
        header::{self, ContentEncoding},
    },
    web::{self, Bytes},
};
use futures_util::stream;
use liangxin_app::{app::App, error::AppError, turns::Heavy, usecase::bundles};

use super::answer::or_refusal;
use super::layout::percent_encoded;
use super::reading;
use crate::in_time::in_time_with_photos;

/// Where the file of a case is fetched.
const PATH: &str = "/bundles/{token}";

/// Adds the file.
pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource(PATH).route(reading().to(fetch)));
}

async fn fetch(
    request: HttpRequest,
    app: web::Data<App>,
    token: web::Path<String>,
) -> HttpResponse {
    // The originals of a case may be read for it, one after the other.
    let answer = answer(&request, &app, &token);
    or_refusal(&request, in_time_with_photos(&request, answer).await)
}

async fn answer(request: &HttpRequest, app: &App, token: &str) -> Result<HttpResponse, AppError> {
    let (id, bundle) = bundles::open(app, token).await?;
    let number = bundle.case.number.clone();
    let entries = lists::entries(app, &bundle)?;
    let size = archive::size(&entries)?;
    let mut answer = HttpResponse::Ok();
    answer
        .content_type("application/zip")
        .insert_header((header::CONTENT_DISPOSITION, named(&number)))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        // Photos do not get smaller by it, and the length would be lost.
        .insert_header(ContentEncoding::Identity);
    if request.method() == Method::HEAD {
        // Nothing is written for who asks how much it would be.
        let nothing = stream::empty::<Result<Bytes, AppError>>();
        return Ok(answer.body(SizedStream::new(size, nothing)));
    }
    let turn = app.turn(Heavy::Papers, "write an archive").await?;
    if let Some(list) = lists::digest(&entries) {
        bundles::note_fetched(app, id, list).await?;
    }
    let written = archive::written(app.clone(), entries, size, turn);
    Ok(answer.body(SizedStream::new(size, written)))
}

/// By the number of the case (RFC 6266 and RFC 8187).
fn named(number: &str) -> String {
    let name = percent_encoded(&format!("{number}.zip"));
    format!("attachment; filename=\"case.zip\"; filename*=UTF-8''{name}")
}

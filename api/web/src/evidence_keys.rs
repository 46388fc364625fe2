//! The public keys by which anybody checks what this server signed as evidence. They are no secret and need no caller.

use actix_web::{HttpResponse, http::header, web};
use liangxin_app::{app::App, error::AppError};

/// Where they are (RFC 8615).
pub const PATH: &str = "/.well-known/liangxin-keys.json";

/// Every key that ever signed evidence, as a JSON Web Key Set (RFC 7517) with the time in which each was the one.
pub(crate) async fn published(app: web::Data<App>) -> HttpResponse {
    match app.evidence_keys.published().to_json() {
        Ok(keys) => HttpResponse::Ok()
            .content_type("application/jwk-set+json")
            // A rotation shows after a restart; nobody needs to see it at once.
            .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
            .body(keys),
        Err(error) => {
            AppError::internal("write the public keys", error).log();
            HttpResponse::InternalServerError().finish()
        }
    }
}

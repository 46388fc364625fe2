//! The badge for door, counter and web as a drawing, the plaque to be printed, and the page on which anybody checks the
//! square code of either, offline once it is there. It computes nothing: what is signed is made by the use case.

mod verify;
mod view;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use liangxin_app::{app::App, error::AppError, usecase::ratings};
use liangxin_domain::{
    merchants::merchant::Merchant,
    refusal::{Code, Refusal},
};
use std::str::FromStr as _;

use super::answer::{answered, html};
use super::merchant::find_merchant;
use super::track_request::BODY_BYTES;
use super::{passport, reading};
use crate::request;
use view::{BadgeView, Purpose};

/// The badge of the merchant whose code is in the address.
const BADGE_PATH: &str = "/m/{code}/badge.svg";
/// Its plaque.
const PLAQUE_PATH: &str = "/m/{code}/plaque";
/// Where a badge is checked, and the code of a visit.
const VERIFY_PATH: &str = passport::ACTION;
/// What checks it.
const SCRIPT_PATH: &str = "/assets/verify.js";
/// How the plaque looks.
const PLAQUE_STYLE_PATH: &str = "/assets/plaque.css";
/// The signed list of badges that are void (RFC 8615).
const REVOKED_PATH: &str = "/.well-known/liangxin-revoked-badges";
/// For what a badge is drawn, as a part of its address.
const PURPOSE_PART: &str = "for";

/// Policy of the page that checks badges: one script of our own, which asks nobody; the code of a visit is sent to
/// ourselves.
const VERIFY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Adds them.
pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource(BADGE_PATH).route(reading().to(badge)))
        .service(web::resource(PLAQUE_PATH).route(reading().to(plaque)))
        .service(
            web::resource(VERIFY_PATH)
                .app_data(web::PayloadConfig::new(BODY_BYTES))
                .route(reading().to(ask))
                .route(web::post().to(passport::read)),
        )
        .service(web::resource(SCRIPT_PATH).route(reading().to(script)))
        .service(web::resource(PLAQUE_STYLE_PATH).route(reading().to(style)))
        .service(web::resource(REVOKED_PATH).route(reading().to(revoked)));
}

async fn badge(request: HttpRequest, app: web::Data<App>, code: web::Path<String>) -> HttpResponse {
    answered(&request, draw(&request, &app, &code)).await
}

async fn draw(request: &HttpRequest, app: &App, code: &str) -> Result<HttpResponse, AppError> {
    let asked = request::parameter(request, PURPOSE_PART);
    let purpose = asked.as_deref().map_or(Ok(Purpose::Web), Purpose::from_str);
    let purpose = purpose.map_err(|_| Refusal::of(Code::NotFound))?;
    let drawing = view::draw(&found(app, code).await?, purpose);
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "image/svg+xml"))
        // Whoever keeps it longer shows what may be void.
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .insert_header(("cross-origin-resource-policy", "cross-origin"))
        .body(drawing.into_string()))
}

async fn plaque(
    request: HttpRequest,
    app: web::Data<App>,
    code: web::Path<String>,
) -> HttpResponse {
    let sheet = async {
        let view = found(&app, &code).await?;
        Ok(html(StatusCode::OK, view::plaque(&view, PLAQUE_STYLE_PATH)))
    };
    answered(&request, sheet).await
}

/// The badge of a merchant that has one.
async fn found(app: &App, code: &str) -> Result<BadgeView, AppError> {
    let unknown = || Refusal::of(Code::MerchantUnknown);
    let merchant: Merchant = find_merchant(app, code).await?.ok_or_else(unknown)?;
    let made = ratings::made_badge(app, &merchant)
        .await?
        .ok_or_else(unknown)?;
    let address = format!("{}{VERIFY_PATH}#{}", app.public_url, made.token);
    Ok(BadgeView::of(&merchant, made, address, app.now()))
}

async fn ask(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    answered(&request, page(&request, &app)).await
}

async fn page(request: &HttpRequest, app: &App) -> Result<HttpResponse, AppError> {
    let revoked = ratings::revoked_badges(app).await?;
    let keys = app.evidence_keys.published().to_json();
    let keys = keys.map_err(|e| AppError::internal("write the public keys", e))?;
    let page = verify::render(&keys, &revoked, SCRIPT_PATH, request::lang(request));
    let mut answer = html(StatusCode::OK, page);
    let policy = header::HeaderValue::from_static(VERIFY_POLICY);
    answer
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(answer)
}

async fn script() -> HttpResponse {
    file("text/javascript; charset=utf-8", verify::SCRIPT)
}

async fn style() -> HttpResponse {
    file("text/css; charset=utf-8", view::PLAQUE_STYLE)
}

fn file(media: &'static str, text: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, media))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .body(text)
}

async fn revoked(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    let list = async {
        let list = ratings::revoked_badges(&app).await?;
        Ok(HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, "application/jose"))
            .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
            .body(list))
    };
    answered(&request, list).await
}

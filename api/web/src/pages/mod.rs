//! The pages: for buyers, reporters and merchants on whatever phone they have, without account and
//! without script. The handlers fetch what a page shows and turn what a form sends into a command;
//! the views turn plain data into HTML and decide nothing.

mod answer;
mod badge;
mod bundle;
mod by_hand;
mod conversation;
mod decisions;
mod former;
mod front;
mod home;
mod layout;
mod mail;
mod merchant;
mod message;
mod more_photos;
mod notice;
mod open;
mod opinion;
mod paper;
mod passport;
mod rating;
mod receipt;
mod receipt_request;
mod record;
mod report;
mod report_form;
mod style;
mod track;
mod track_request;
mod track_words;
mod tracking;

pub use answer::{not_found, refused_early};
pub use home::HomeView;

use actix_web::{Route, guard, web};

/// Adds the pages. They need `web::Data` of `App` and `Metrics`; with a
/// `web::Data<HomeView>` the first page shows its links for development.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/").route(reading().to(front::home)))
        .service(web::resource(style::STYLESHEET_PATH).route(reading().to(front::stylesheet)))
        .service(
            web::resource(style::PAPER_STYLESHEET_PATH)
                .route(reading().to(front::paper_stylesheet)),
        )
        .service(web::resource("/favicon.ico").route(reading().to(front::icon)))
        .service(web::resource("/robots.txt").route(reading().to(front::robots)))
        .service(web::resource(["/m", home::CHECK_ACTION]).route(reading().to(merchant::find)))
        .service(web::resource("/m/{code}").route(reading().to(merchant::show)))
        .service(
            web::resource(report_form::ACTION)
                .route(reading().to(report::ask))
                .route(web::post().to(report::file)),
        )
        .service(
            web::resource(receipt_request::ROUTE)
                .route(reading().to(receipt_request::show))
                .route(web::post().to(receipt_request::forget)),
        )
        .service(
            web::resource(track::ACTION)
                .app_data(web::PayloadConfig::new(track_request::BODY_BYTES))
                .route(reading().to(track_request::ask))
                .route(web::post().to(track_request::show)),
        )
        .service(
            web::resource(opinion::ACTION)
                .app_data(web::PayloadConfig::new(track_request::BODY_BYTES))
                .route(web::post().to(opinion::give)),
        )
        .service(web::resource(more_photos::ACTION).route(web::post().to(more_photos::add)))
        .configure(badge::routes)
        .configure(bundle::routes)
        .configure(mail::routes)
        .configure(notice::routes)
        .configure(open::routes)
        .configure(record::routes);
}

/// Most bytes that a body at a path may have. Only two forms bring photos.
pub(crate) fn most_bytes(path: &str) -> u64 {
    let most = if [report_form::ACTION, more_photos::ACTION].contains(&path) {
        report::MOST_BYTES
    } else {
        track_request::BODY_BYTES
    };
    u64::try_from(most).unwrap_or(u64::MAX)
}

/// Whoever may GET something may ask for its head.
pub(crate) fn reading() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

//! The first page and the small files that browsers and crawlers ask for.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};

use super::answer::html;
use super::home::{self, HomeView};
use super::style::{PAPER_STYLESHEET, STYLESHEET, paper_stylesheet_href, stylesheet_href};
use crate::request;

/// A pair of scales in balance, the mark of the site.
const ICON: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\" fill=\"none\" \
    stroke=\"#0b6b4f\" stroke-width=\"2.5\" stroke-linecap=\"round\" stroke-linejoin=\"round\">\
    <path d=\"M16 4v22M8 27h16M5 9h22M5 9l-3.5 8h7zM27 9l-3.5 8h7z\"/></svg>";

/// Merchants' pages may be found by anybody; forms and receipts are no business of a crawler.
const ROBOTS: &str = "User-agent: *\nAllow: /m/\nAllow: /open\nDisallow: /\n";

/// The first page.
pub(super) async fn home(
    request: HttpRequest,
    development: Option<web::Data<HomeView>>,
) -> HttpResponse {
    let plain = HomeView::default();
    let view = development.as_ref().map_or(&plain, |view| view.get_ref());
    html(StatusCode::OK, home::render(view, request::lang(&request)))
}

/// The stylesheet. Under the address that pages link to it never changes; under any other it is
/// whatever this server has, so nobody may keep it.
pub(super) async fn stylesheet(request: HttpRequest) -> HttpResponse {
    sheet(&request, &stylesheet_href(), STYLESHEET)
}

/// The stylesheet of papers, kept likewise.
pub(super) async fn paper_stylesheet(request: HttpRequest) -> HttpResponse {
    sheet(&request, &paper_stylesheet_href(), PAPER_STYLESHEET)
}

fn sheet(request: &HttpRequest, href: &str, text: &'static str) -> HttpResponse {
    let is_current = request.uri().to_string().ends_with(href);
    let keep = if is_current {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    file("text/css; charset=utf-8", keep, text)
}

/// The site's mark.
pub(super) async fn icon() -> HttpResponse {
    file("image/svg+xml", "public, max-age=86400", ICON)
}

/// What crawlers may read.
pub(super) async fn robots() -> HttpResponse {
    file("text/plain; charset=utf-8", "public, max-age=86400", ROBOTS)
}

fn file(media: &'static str, keep: &'static str, text: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, media))
        .insert_header((header::CACHE_CONTROL, keep))
        .body(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    async fn kept(uri: &str) -> String {
        let answer = stylesheet(TestRequest::get().uri(uri).to_http_request()).await;
        answer
            .headers()
            .get(header::CACHE_CONTROL)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned()
    }

    #[actix_web::test]
    async fn only_the_current_stylesheet_is_kept_for_ever() {
        assert!(kept(&stylesheet_href()).await.contains("immutable"));
        assert_eq!(kept("/assets/site.css").await, "no-cache");
        assert_eq!(kept("/assets/site.css?v=old").await, "no-cache");
    }

    #[actix_web::test]
    async fn the_first_page_shows_development_links_only_if_they_are_given() {
        let request = || TestRequest::get().uri("/?lang=en").to_http_request();
        let text = |answer: HttpResponse| async {
            let bytes = actix_web::body::to_bytes(answer.into_body()).await.unwrap();
            String::from_utf8(bytes.to_vec()).unwrap()
        };
        assert!(
            !text(home(request(), None).await)
                .await
                .contains("/graphiql")
        );
        let extras = Some(vec![("GraphiQL".to_owned(), "/graphiql".to_owned())]);
        let view = web::Data::new(HomeView { extras });
        assert!(
            text(home(request(), Some(view)).await)
                .await
                .contains("/graphiql")
        );
    }
}

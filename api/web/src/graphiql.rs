//! The query editor for those who write clients, out of the binary: it asks no other host for anything.
//!
//! The files and their licences are told in `assets/graphiql/README.md`. The page holds no script of its own, so that its
//! policy need not allow any. Mounted in development only; production answers 404 like any unknown address.

use actix_web::{HttpResponse, http::header, web};

use super::security::EDITOR_POLICY;

/// A file whose name carries its version never changes: one year.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Our own files change with the program.
const ASK_AGAIN: &str = "no-cache";

const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// One file of the editor.
struct Asset {
    name: &'static str,
    content_type: &'static str,
    caching: &'static str,
    bytes: &'static [u8],
}

const PAGE: &str = include_str!("../assets/graphiql/index.html");

const ASSETS: [Asset; 11] = [
    Asset {
        name: "graphiql-3.9.0.min.js",
        content_type: SCRIPT,
        caching: FOR_EVER,
        bytes: include_bytes!("../assets/graphiql/graphiql-3.9.0.min.js"),
    },
    Asset {
        name: "graphiql-3.9.0.min.css",
        content_type: STYLE,
        caching: FOR_EVER,
        bytes: include_bytes!("../assets/graphiql/graphiql-3.9.0.min.css"),
    },
    Asset {
        name: "react-18.3.1.production.min.js",
        content_type: SCRIPT,
        caching: FOR_EVER,
        bytes: include_bytes!("../assets/graphiql/react-18.3.1.production.min.js"),
    },
    Asset {
        name: "react-dom-18.3.1.production.min.js",
        content_type: SCRIPT,
        caching: FOR_EVER,
        bytes: include_bytes!("../assets/graphiql/react-dom-18.3.1.production.min.js"),
    },
    Asset {
        name: "start.js",
        content_type: SCRIPT,
        caching: ASK_AGAIN,
        bytes: include_bytes!("../assets/graphiql/start.js"),
    },
    Asset {
        name: "start.css",
        content_type: STYLE,
        caching: ASK_AGAIN,
        bytes: include_bytes!("../assets/graphiql/start.css"),
    },
    // Whoever receives the files has a right to their licences, also if all they have is the binary.
    Asset {
        name: "NOTICE.txt",
        content_type: TEXT,
        caching: ASK_AGAIN,
        bytes: include_bytes!("../assets/graphiql/NOTICE.txt"),
    },
    Asset {
        name: "LICENSE-graphiql.txt",
        content_type: TEXT,
        caching: ASK_AGAIN,
        bytes: include_bytes!("../assets/graphiql/LICENSE-graphiql.txt"),
    },
    Asset {
        name: "LICENSE-react.txt",
        content_type: TEXT,
        caching: ASK_AGAIN,
        bytes: include_bytes!("../assets/graphiql/LICENSE-react.txt"),
    },
    Asset {
        name: "LICENSE-fira-code.txt",
        content_type: TEXT,
        caching: ASK_AGAIN,
        bytes: include_bytes!("../assets/graphiql/LICENSE-fira-code.txt"),
    },
    Asset {
        name: "LICENSE-roboto.txt",
        content_type: TEXT,
        caching: ASK_AGAIN,
        bytes: include_bytes!("../assets/graphiql/LICENSE-roboto.txt"),
    },
];

/// Mounts the editor at `/graphiql` and its files at `/assets/graphiql/{file}`.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/graphiql", web::get().to(page))
        .route("/assets/graphiql/{file}", web::get().to(asset));
}

async fn page() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, HTML))
        .insert_header((header::CACHE_CONTROL, ASK_AGAIN))
        .insert_header((header::CONTENT_SECURITY_POLICY, EDITOR_POLICY))
        .body(PAGE)
}

async fn asset(file: web::Path<String>) -> HttpResponse {
    match ASSETS.iter().find(|asset| asset.name == file.as_str()) {
        Some(asset) => HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, asset.content_type))
            .insert_header((header::CACHE_CONTROL, asset.caching))
            .body(asset.bytes),
        None => HttpResponse::NotFound().finish(),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::{
        App,
        http::StatusCode,
        test::{TestRequest, call_service, init_service},
    };

    use super::*;

    async fn get(path: &str) -> (StatusCode, String, String) {
        let app = init_service(App::new().configure(routes)).await;
        let answer = call_service(&app, TestRequest::get().uri(path).to_request()).await;
        let text = |name| {
            let value = answer.headers().get(name);
            value.map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
        };
        let (kind, caching) = (text(header::CONTENT_TYPE), text(header::CACHE_CONTROL));
        (answer.status(), kind, caching)
    }

    #[actix_web::test]
    async fn every_file_that_the_page_names_is_served() {
        let named: Vec<&str> = PAGE
            .split('"')
            .filter(|part| part.starts_with("/assets/"))
            .collect();
        assert_eq!(named.len(), 6);
        for path in named {
            assert_eq!(get(path).await.0, StatusCode::OK, "{path}");
        }
    }

    #[actix_web::test]
    async fn a_versioned_file_is_kept_for_ever_and_an_own_one_is_not() {
        let versioned = get("/assets/graphiql/react-18.3.1.production.min.js").await;
        assert_eq!(versioned, (StatusCode::OK, SCRIPT.into(), FOR_EVER.into()));
        let own = get("/assets/graphiql/start.js").await;
        assert_eq!(own, (StatusCode::OK, SCRIPT.into(), ASK_AGAIN.into()));
    }

    #[actix_web::test]
    async fn no_other_file_is_served() {
        for path in ["README.md", "..%2f..%2fCargo.toml", "index.html"] {
            let path = format!("/assets/graphiql/{path}");
            assert_eq!(get(&path).await.0, StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[test]
    fn the_page_holds_no_script_of_its_own_and_asks_no_other_host() {
        assert!(!PAGE.contains("<script>") && !PAGE.contains("<style") && !PAGE.contains("//"));
    }

    #[test]
    fn the_files_are_those_that_the_readme_names() {
        let readme = include_str!("../assets/graphiql/README.md");
        for asset in ASSETS.iter().filter(|asset| asset.caching == FOR_EVER) {
            let digest = liangxin_app::app::sha256(asset.bytes).to_string();
            let row = readme.lines().find(|line| line.contains(asset.name));
            assert!(
                row.is_some_and(|row| row.contains(&digest)),
                "{}",
                asset.name
            );
        }
    }
}

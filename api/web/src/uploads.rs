//! Photos on their way: tus 1.0 with its extensions `creation`, `creation-with-upload`, `checksum`, `termination` and
//! `expiration`.
//!
//! An unmodified client sends a declared photo here in any pieces over any line: what came is kept, and the next request
//! goes on from there. What a photo must be is decided elsewhere; here are headers, bounds, and the answers.

mod headers;
mod problem;

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::{Method, StatusCode, header},
    web::{self, Payload},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::SecondsFormat;
use futures_util::TryStreamExt as _;
use liangxin_domain::{
    actor::Actor,
    id::UploadId,
    limits::PHOTO_BYTES,
    refusal::{Code, Lang, Refusal},
};
use serde::Serialize;

use super::{
    body::Pace,
    in_time::{in_time, in_time_with_photos},
    metrics::Metrics,
    places::{self, Place},
    request,
};
use headers::{TUS_RESUMABLE, UPLOAD_LENGTH, UPLOAD_METADATA, UPLOAD_OFFSET};
use liangxin_app::{
    app::App,
    caller::Caller,
    error::AppError,
    usecase::evidence::{self, Announced, Body, Coming, From, Receiving, UploadState},
};
pub(super) use problem::Problem;

/// Where photos are sent.
pub const PATH: &str = "/uploads";

/// The version of tus that is spoken.
const TUS_VERSION: &str = "1.0.0";

/// What of tus there is beside its core.
const TUS_EXTENSIONS: &str = "creation,creation-with-upload,checksum,termination,expiration";

/// How the bytes of a request can be checked.
const TUS_CHECKSUMS: &str = "sha1,sha256";

/// In which header the signed receipt comes that all photos of the record are held.
const RECEIPT_HEADER: &str = "Liangxin-Receipt";

/// In which header it is told at once what is wrong with a photo that is held: `blank` if it is of one colour all over.
const PHOTO_HEADER: &str = "Liangxin-Photo";

/// In which a client that cannot send every method says which one it means.
const METHOD_OVERRIDE: &str = "X-HTTP-Method-Override";

/// Adds the uploads. They need `web::Data` of the application, of [`Metrics`] and of [`Pace`].
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::resource(PATH)
            .route(web::post().to(create))
            .route(web::method(Method::OPTIONS).to(abilities)),
    )
    .service(
        web::resource(format!("{PATH}/{{id}}"))
            .route(web::head().to(resume))
            .route(web::patch().to(resume))
            .route(web::delete().to(resume))
            .route(web::post().to(resume))
            .route(web::method(Method::OPTIONS).to(abilities)),
    );
}

/// The answer to an upload that is refused before its route is asked.
pub(crate) fn refused(refusal: Refusal, lang: Lang) -> HttpResponse {
    Problem::from(refusal).answer(lang)
}

/// Tells a client what it may rely on (tus 1.0, section "OPTIONS").
async fn abilities() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((TUS_RESUMABLE, TUS_VERSION))
        .insert_header(("Tus-Version", TUS_VERSION))
        .insert_header(("Tus-Extension", TUS_EXTENSIONS))
        .insert_header(("Tus-Checksum-Algorithm", TUS_CHECKSUMS))
        .insert_header(("Tus-Max-Size", PHOTO_BYTES))
        .finish()
}

/// What a begun upload is answered with; it is held exactly if it says when it was stored.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Begun {
    id: String,
    sha256: String,
    size_bytes: u64,
    stored_at: Option<String>,
}

/// What comes with each request.
struct Asked<'a> {
    request: &'a HttpRequest,
    app: &'a App,
    metrics: &'a Metrics,
    pace: Pace,
}

async fn create(
    request: HttpRequest,
    app: web::Data<App>,
    metrics: web::Data<Metrics>,
    pace: web::Data<Pace>,
    body: Payload,
) -> HttpResponse {
    let (app, metrics, pace) = (&app, &metrics, **pace);
    let asked = Asked {
        request: &request,
        app,
        metrics,
        pace,
    };
    match asked.begin(body).await {
        Ok(sent) => begun(&sent),
        Err(problem) => problem.answer(request::lang(&request)),
    }
}

/// Everything that is done with an upload that was begun.
async fn resume(
    request: HttpRequest,
    app: web::Data<App>,
    metrics: web::Data<Metrics>,
    (pace, id): (web::Data<Pace>, web::Path<String>),
    body: Payload,
) -> HttpResponse {
    let (app, metrics, pace) = (&app, &metrics, **pace);
    let asked = Asked {
        request: &request,
        app,
        metrics,
        pace,
    };
    match asked.resume(&id, body).await {
        Ok(answer) => answer,
        Err(problem) => problem.answer(request::lang(&request)),
    }
}

impl Asked<'_> {
    /// Asks who sends, then what is announced, and only then reads the bytes.
    async fn begin(&self, body: Payload) -> Result<Sent, Problem> {
        let caller = self.sender().await?;
        let head = headers::Creation::parse(self.request.headers())?;
        let size_bytes = head.size_bytes;
        let coming = request::coming_bytes(self.request.headers());
        if coming.is_some_and(|coming| coming > size_bytes) {
            return Err(headers::wrong(UPLOAD_LENGTH).into());
        }
        let announced = Announced {
            photo: head.photo,
            size_bytes,
            body: head.body,
            stray: head.stray,
        };
        let begun = evidence::begin_upload(self.app, &caller, announced);
        let standing = in_time(self.request, begun).await?;
        if head.body == Body::Follows {
            return self.sent(standing).await;
        }
        let coming = Coming {
            upload: standing.upload,
            from: From::Start,
            checksum: head.checksum,
            keep_every: self.pace.keep_every,
            room_for: self.pace.silence,
        };
        let standing = self.receive(&caller, coming, body).await?;
        self.sent(standing).await
    }

    /// With the receipt of the record, if no photo of it is missing any more.
    async fn sent(&self, standing: UploadState) -> Result<Sent, Problem> {
        let receipt = match standing.photo.stored_at {
            Some(_) => {
                let receipt = evidence::holding_receipt(self.app, standing.photo.owner);
                in_time(self.request, receipt).await?
            }
            None => None,
        };
        Ok(Sent { standing, receipt })
    }

    async fn resume(&self, id: &str, body: Payload) -> Result<HttpResponse, Problem> {
        let caller = self.sender().await?;
        headers::version(self.request.headers())?;
        let id = id.parse::<UploadId>();
        let id = id.map_err(|_| Refusal::on(Code::PhotoUnknown, "photoId"))?;
        match self.method() {
            Method::HEAD => {
                let found = evidence::find_upload(self.app, &caller, id);
                let standing = in_time_with_photos(self.request, found).await?;
                Ok(stands(&self.sent(standing).await?))
            }
            Method::PATCH => {
                let head = headers::Continuation::parse(self.request.headers())?;
                let coming = Coming {
                    upload: id,
                    from: From::Offset(head.offset_bytes),
                    checksum: head.checksum,
                    keep_every: self.pace.keep_every,
                    room_for: self.pace.silence,
                };
                let standing = self.receive(&caller, coming, body).await?;
                let sent = self.sent(standing).await?;
                Ok(told(StatusCode::NO_CONTENT, &sent).finish())
            }
            Method::DELETE => {
                in_time(self.request, evidence::end_upload(self.app, &caller, id)).await?;
                Ok(HttpResponse::NoContent()
                    .insert_header((TUS_RESUMABLE, TUS_VERSION))
                    .finish())
            }
            _ => Ok(HttpResponse::MethodNotAllowed()
                .insert_header((header::ALLOW, "HEAD, PATCH, DELETE, OPTIONS"))
                .insert_header((TUS_RESUMABLE, TUS_VERSION))
                .finish()),
        }
    }

    fn method(&self) -> Method {
        let meant = self.request.headers().get(METHOD_OVERRIDE);
        let meant = meant.and_then(|meant| Method::from_bytes(meant.as_bytes()).ok());
        match (self.request.method(), meant) {
            (&Method::POST, Some(meant)) => meant,
            (method, _) => method.clone(),
        }
    }

    async fn sender(&self) -> Result<Caller, Problem> {
        let sender = request::sender(self.app, self.request);
        let caller = in_time(self.request, sender).await?;
        match caller.actor {
            Actor::Anonymous => Err(Refusal::of(Code::SignInRequired).into()),
            _ => Ok(caller),
        }
    }

    async fn receive(
        &self,
        caller: &Caller,
        coming: Coming,
        body: Payload,
    ) -> Result<UploadState, Problem> {
        let place = match caller.actor {
            Actor::Reporter(_) => places::take(self.request),
            _ => None,
        };
        let receiving = evidence::receive(self.app, caller, coming);
        let receiving = in_time(self.request, receiving).await?;
        let coming = request::coming_bytes(self.request.headers());
        if coming.is_some_and(|coming| coming > receiving.room_bytes) {
            self.ended(receiving.discard()).await?;
            return Err(headers::wrong(UPLOAD_LENGTH).into());
        }
        let standing = self.read(body, receiving, place).await?;
        if standing.photo.stored_at.is_some() {
            let size_bytes = standing.photo.declared.size_bytes;
            self.metrics.count_upload_bytes(size_bytes);
        }
        Ok(standing)
    }

    /// Takes in what a body brings. A head can say anything, so the bytes are counted as they come.
    async fn read(
        &self,
        body: Payload,
        receiving: Receiving,
        place: Option<Place>,
    ) -> Result<UploadState, Problem> {
        let mut body = body.into_inner();
        let mut room_bytes = receiving.room_bytes;
        loop {
            // A connection that is silent is told too when another one went on.
            let next = tokio::select! {
                biased;
                () = receiving.ended() => return self.ended(receiving.end()).await,
                () = places::lost(place.as_ref()) => return self.broken(receiving).await,
                next = body.try_next() => next,
            };
            let bytes = match next {
                Ok(Some(bytes)) => bytes,
                Ok(None) => return self.ended(receiving.end()).await,
                Err(_) => return self.broken(receiving).await,
            };
            let more = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            let Some(left) = room_bytes.checked_sub(more) else {
                self.ended(receiving.discard()).await?;
                return Err(headers::wrong(UPLOAD_LENGTH).into());
            };
            room_bytes = left;
            let taken = async { Ok::<_, AppError>(receiving.take(bytes.into()).await) };
            if !in_time_with_photos(self.request, taken).await? {
                return self.ended(receiving.end()).await;
            }
        }
    }

    /// What became of what came: at the end of a photo it is looked into.
    async fn ended(
        &self,
        end: impl Future<Output = Result<UploadState, AppError>>,
    ) -> Result<UploadState, Problem> {
        Ok(in_time_with_photos(self.request, end).await?)
    }

    /// A body that stopped short, or stood still, is nobody's fault: what came is kept, and told. The status is one after
    /// which clients go on by themselves.
    async fn broken(&self, receiving: Receiving) -> Result<UploadState, Problem> {
        let standing = self.ended(receiving.break_off()).await?;
        if standing.photo.stored_at.is_some() {
            return Ok(standing);
        }
        let kept = standing.offset_bytes.to_string();
        Err(Refusal::on(Code::UploadBroken, "photoId").with(kept).into())
    }
}

/// How an upload stands, with the receipt of its record if that was the last photo that was missing.
struct Sent {
    standing: UploadState,
    receipt: Option<String>,
}

/// An answer that tells where the upload stands.
fn told(status: StatusCode, Sent { standing, receipt }: &Sent) -> HttpResponseBuilder {
    let mut answer = HttpResponse::build(status);
    if let Some(receipt) = receipt {
        answer.insert_header((RECEIPT_HEADER, receipt.as_str()));
    }
    if standing.photo.is_blank() {
        answer.insert_header((PHOTO_HEADER, "blank"));
    }
    answer
        .insert_header((TUS_RESUMABLE, TUS_VERSION))
        .insert_header((UPLOAD_OFFSET, standing.offset_bytes));
    if standing.photo.stored_at.is_none() {
        let expires = std::time::SystemTime::from(standing.expires_at);
        let expires = header::HttpDate::from(expires).to_string();
        answer.insert_header(("Upload-Expires", expires));
    }
    answer
}

/// The answer to a HEAD, which no cache may keep.
fn stands(sent: &Sent) -> HttpResponse {
    let declared = &sent.standing.photo.declared;
    let id = STANDARD.encode(declared.id.to_string());
    told(StatusCode::OK, sent)
        .insert_header((UPLOAD_LENGTH, declared.size_bytes))
        .insert_header((UPLOAD_METADATA, format!("id {id}")))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}

fn begun(sent: &Sent) -> HttpResponse {
    let UploadState { upload, photo, .. } = &sent.standing;
    let (declared, stored_at) = (&photo.declared, photo.stored_at);
    told(StatusCode::CREATED, sent)
        .insert_header((header::LOCATION, format!("{PATH}/{upload}")))
        .json(Begun {
            id: declared.id.to_string(),
            sha256: declared.sha256.to_string(),
            size_bytes: declared.size_bytes,
            stored_at: stored_at.map(|at| at.to_rfc3339_opts(SecondsFormat::Millis, true)),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

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

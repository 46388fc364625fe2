//! Request bodies, in one place for every route: they come as they are, no longer than their route takes, and on the
//! move; and what nobody reads is not read on.
//!
//! A few hundred bytes that unpack to a gigabyte would be unpacked before any bound sees them. A body that stands still
//! holds a connection and a file. A body that goes on for ever after its answer would be drained for ever.

use actix_web::{
    Error, HttpMessage as _, HttpRequest, HttpResponse,
    body::{BodySize, BoxBody, MessageBody},
    dev::{Payload, ServiceRequest, ServiceResponse},
    error::PayloadError,
    http::{ConnectionType, StatusCode, header},
    middleware::Next,
    web::{self, Bytes},
};
use futures_util::Stream;
use liangxin_domain::{
    limits::{
        ANSWER_SECONDS, BODY_SPAN_BYTES, BODY_SPAN_SECONDS, GRAPHQL_BODY_BYTES,
        PHOTO_ANSWER_SECONDS, PHOTO_BYTES, SILENCE_SECONDS,
    },
    refusal::{Code, Refusal},
};
use std::{
    cell::RefCell,
    io::ErrorKind,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
    time::Duration,
};
use tokio::time::{Instant, Sleep, sleep};

use super::{graphql, pages, reply, request, uploads};

/// How fast a body has to come: so many bytes in each span of time, or to its end.
///
/// Progress decides, not the whole time: a photo of 2 MB over a line of 15 kB a second arrives, and so does one over
/// the worst line of a village; what stands still for two spans does not.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// The span.
    pub span: Duration,
    /// Bytes in each.
    pub least_bytes: usize,
    /// How long a photo on its way may be silent: there every byte is progress, and what came is kept.
    pub silence: Duration,
    /// How often what came of a photo is kept.
    pub keep_every: Duration,
    /// How long an answer may take, once the body is there.
    pub answer: Duration,
    /// How long one may take for which photos are looked into, each in its turn.
    pub photos: Duration,
}

impl Pace {
    /// How fast a body has to come to a path.
    fn to(self, path: &str) -> Self {
        if path.starts_with(uploads::PATH) {
            Self {
                span: self.silence,
                least_bytes: 1,
                ..self
            }
        } else {
            self
        }
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            span: Duration::from_secs(BODY_SPAN_SECONDS),
            least_bytes: BODY_SPAN_BYTES,
            silence: Duration::from_secs(SILENCE_SECONDS),
            keep_every: Duration::from_secs(1),
            answer: Duration::from_secs(ANSWER_SECONDS),
            photos: Duration::from_secs(PHOTO_ANSWER_SECONDS),
        }
    }
}

/// Most bytes that a body at a path may have: what its route takes, or nothing.
fn most_bytes(path: &str) -> u64 {
    if path.starts_with(graphql::PATH) {
        GRAPHQL_BODY_BYTES
    } else if path.starts_with(uploads::PATH) {
        PHOTO_BYTES
    } else {
        pages::most_bytes(path)
    }
}

/// Middleware for `from_fn`: refuses a body with a content coding, and one that says itself that it is too long, before
/// anything reads it, in the words of its route; times the others. The connection ends with the answer to a body that was
/// not read to its end.
pub async fn bounded(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let refused = if is_packed(&request) {
        Some(Code::UnsupportedMediaType)
    } else if request::coming_bytes(request.headers())
        .is_some_and(|size| size > most_bytes(request.path()))
    {
        Some(Code::PayloadTooLarge)
    } else {
        None
    };
    let rest = Rc::new(RefCell::new(request.take_payload()));
    if let Some(code) = refused {
        let mut answer = refuse(request.request(), code);
        if code == Code::UnsupportedMediaType {
            answer.headers_mut().insert(
                header::ACCEPT_ENCODING,
                header::HeaderValue::from_static("identity"),
            );
        }
        answer.head_mut().set_connection_type(ConnectionType::Close);
        return Ok(request
            .into_response(answer)
            .map_body(|_, body| held(body, rest)));
    }
    if !matches!(*rest.borrow(), Payload::None) {
        let pace = request.app_data::<web::Data<Pace>>();
        let pace = pace.map_or_else(Pace::default, |pace| ***pace);
        let pace = pace.to(request.path());
        request.set_payload(Payload::Stream {
            payload: Box::pin(Moving {
                body: Rc::clone(&rest),
                pace,
                span: Box::pin(sleep(pace.span)),
                came_bytes: 0,
            }),
        });
    }
    let answer = next.call(request).await?;
    Ok(answer.map_body(|_, body| held(body, rest)))
}

fn is_packed(request: &ServiceRequest) -> bool {
    let codings = request.headers().get_all(header::CONTENT_ENCODING);
    codings
        .map(|coding| coding.as_bytes().trim_ascii())
        .any(|coding| !coding.is_empty() && !coding.eq_ignore_ascii_case(b"identity"))
}

fn refuse(http: &HttpRequest, code: Code) -> HttpResponse {
    let refusal = Refusal::of(code);
    let lang = request::lang(http);
    if http.path().starts_with(graphql::PATH) {
        let status = match code {
            Code::PayloadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            _ => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        };
        let (code, message) = (refusal.code.as_str(), refusal.message(lang));
        reply::refusal(http, status, code, &message)
    } else if http.path().starts_with(uploads::PATH) {
        let refusal = match code {
            Code::PayloadTooLarge => {
                Refusal::on(Code::PhotoTooLarge, "photoId").with(PHOTO_BYTES.to_string())
            }
            _ => refusal,
        };
        uploads::refused(refusal, lang)
    } else {
        pages::refused_early(http, refusal)
    }
}

/// Whether a body stood still.
pub(super) fn stood_still(error: &PayloadError) -> bool {
    matches!(error, PayloadError::Io(cause) if cause.kind() == ErrorKind::TimedOut)
}

/// What to tell of a body that could not be read.
pub(super) fn unreadable(error: &Error) -> Refusal {
    let is_late = error.as_error::<PayloadError>().is_some_and(stood_still);
    Refusal::of(match error.as_response_error().status_code() {
        _ if is_late => Code::RequestTimeout,
        StatusCode::PAYLOAD_TOO_LARGE => Code::PayloadTooLarge,
        _ => Code::BadRequest,
    })
}

/// A body that has to move.
struct Moving {
    body: Rc<RefCell<Payload>>,
    pace: Pace,
    span: Pin<Box<Sleep>>,
    came_bytes: usize,
}

impl Stream for Moving {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let polled = Pin::new(&mut *self.body.borrow_mut()).poll_next(cx);
        if let Poll::Ready(Some(Ok(bytes))) = &polled {
            self.came_bytes = self.came_bytes.saturating_add(bytes.len());
            if self.pace.least_bytes == 1 {
                // Silence counts from the last byte.
                let next = Instant::now() + self.pace.span;
                self.came_bytes = 0;
                self.span.as_mut().reset(next);
            }
        }
        while polled.is_pending() && self.span.as_mut().poll(cx).is_ready() {
            if self.came_bytes < self.pace.least_bytes {
                let late = std::io::Error::from(ErrorKind::TimedOut);
                return Poll::Ready(Some(Err(PayloadError::Io(late))));
            }
            self.came_bytes = 0;
            let next = Instant::now() + self.pace.span;
            self.span.as_mut().reset(next);
        }
        polled
    }
}

/// An answer that holds what is left of the request. While somebody holds it, the server knows that it was not read, and
/// closes the connection after the answer; let go, it would be read to its end, however far that is.
struct Held {
    answer: BoxBody,
    _rest: Rc<RefCell<Payload>>,
}

fn held(answer: impl MessageBody + 'static, rest: Rc<RefCell<Payload>>) -> BoxBody {
    BoxBody::new(Held {
        answer: BoxBody::new(answer),
        _rest: rest,
    })
}

impl MessageBody for Held {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        self.answer.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.answer).poll_next(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_on_its_way_may_be_silent_for_a_minute_and_every_byte_counts() {
        let pace = Pace::default().to("/uploads/x");
        assert_eq!((pace.span, pace.least_bytes), (Duration::from_secs(60), 1));
        let Pace { answer, photos, .. } = Pace::default();
        let said = (Duration::from_secs(15), Duration::from_secs(180));
        assert_eq!((answer, photos), said, "as the page for operators says");
        let form = Pace::default().to("/report");
        assert_eq!(
            (form.span, form.least_bytes),
            (Duration::from_secs(20), 10_000)
        );
    }
}

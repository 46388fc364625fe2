//! `Expect: 100-continue`: a client that asks whether its body is welcome, before it sends it (RFC 9110, section
//! 10.1.1).
//!
//! The library says yes before anything has looked at the request. Here the application is asked first, and the yes goes
//! out when it comes to the body: whoever is refused for the length, or for want of a right, is told so and sends
//! nothing. Nothing is decided here; what is looked at before a body is read, each route knows.

use actix_http::{Payload, Request};
use actix_service::{
    IntoServiceFactory, Service, ServiceFactory, ServiceFactoryExt as _,
    boxed::{self, BoxService, BoxServiceFactory},
    fn_factory, map_config,
};
use actix_web::{
    Error, HttpMessage as _,
    body::{BoxBody, MessageBody},
    dev::{AppConfig, Response, always_ready},
    error::PayloadError,
    http::ConnectionType,
    web::Bytes,
};
use futures_util::{
    FutureExt as _, Stream,
    future::{Either, LocalBoxFuture, pending, select},
};
use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll},
};
use tokio::sync::oneshot;

/// What the application says.
pub(super) type Answer = Response<BoxBody>;

/// What makes a service for each worker; what cannot be served is an answer too.
pub(super) type Factory<R> = BoxServiceFactory<(), Request, R, Answer, ()>;

/// What asks the application about a request whose client waits for a word.
pub(super) fn asked(app: Factory<Answer>) -> Factory<Request> {
    boxed::factory(fn_factory(move || {
        app.new_service(()).map(|app| app.map(Asked))
    }))
}

/// What answers every other request, and goes on with those that were begun when it was asked.
pub(super) fn answered(app: Factory<Answer>) -> Factory<Answer> {
    boxed::factory(fn_factory(move || {
        app.new_service(()).map(|app| app.map(Answered))
    }))
}

/// An application of the library, whose errors are answers.
pub(super) fn application<S, B>(app: impl IntoServiceFactory<S, Request>) -> Factory<Answer>
where
    S: ServiceFactory<Request, Config = AppConfig> + 'static,
    S::Error: Into<Error>,
    S::InitError: fmt::Debug,
    S::Response: Into<Response<B>>,
    B: MessageBody + 'static,
{
    let app = app
        .into_factory()
        .map(|answer| answer.into().map_into_boxed_body())
        .map_err(|error| Answer::from(error.into().error_response()))
        .map_init_err(|error| tracing::error!(?error, "the application does not begin"));
    boxed::factory(map_config(app, |()| AppConfig::default()))
}

type Application = BoxService<Request, Answer, Answer>;

type Answering = LocalBoxFuture<'static, Result<Answer, Answer>>;

/// What was begun when the application was asked, and goes on when the body comes.
struct Begun(Answering);

struct Asked(Application);

impl Service<Request> for Asked {
    type Response = Request;
    type Error = Answer;
    type Future = LocalBoxFuture<'static, Result<Request, Answer>>;

    always_ready!();

    fn call(&self, mut request: Request) -> Self::Future {
        let (tell, told) = oneshot::channel();
        match request.take_payload() {
            Payload::None => {}
            body => {
                let body = Box::pin(Wanted {
                    body,
                    tell: Some(tell),
                });
                *request.payload() = Payload::Stream { payload: body };
            }
        }
        let answering = self.0.call(request);
        // Who lets go of a body has no wish for it.
        let is_wanted = told.then(async |told| match told {
            Ok(()) => {}
            Err(_) => pending().await,
        });
        async move {
            match select(answering, Box::pin(is_wanted)).await {
                Either::Left((Ok(answer) | Err(answer), _)) => Err(last(answer)),
                Either::Right(((), answering)) => {
                    let request = Request::new();
                    request.extensions_mut().insert(Begun(answering));
                    Ok(request)
                }
            }
        }
        .boxed_local()
    }
}

/// Whether the client sends its body after this answer all the same, nobody knows: the connection ends.
fn last(mut answer: Answer) -> Answer {
    answer.head_mut().set_connection_type(ConnectionType::Close);
    answer
}

struct Answered(Application);

impl Service<Request> for Answered {
    type Response = Answer;
    type Error = Answer;
    type Future = Answering;

    always_ready!();

    fn call(&self, request: Request) -> Self::Future {
        let begun = request.extensions_mut().remove::<Begun>();
        match begun {
            Some(Begun(answering)) => answering,
            None => self.0.call(request),
        }
    }
}

/// A body that tells when somebody comes to it first.
struct Wanted {
    body: Payload,
    tell: Option<oneshot::Sender<()>>,
}

impl Stream for Wanted {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(tell) = self.tell.take() {
            // Nobody hears it if the request is over.
            let _ = tell.send(());
        }
        Pin::new(&mut self.body).poll_next(cx)
    }
}

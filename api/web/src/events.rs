//! Answers that follow each other as events, as GraphQL over SSE has them in its "distinct connections mode".
//!
//! None is made before it can be sent: whoever does not read holds a connection and no more. A stream that ends goes on
//! with the next connection, for which clients ask by themselves: so it ends without `complete`, which would say that
//! nothing follows.

use std::{convert::Infallible, time::Duration};

use actix_web::{
    HttpResponse,
    http::header::{self, ContentEncoding},
    web::Bytes,
};
use async_graphql::Response;
use futures_util::{
    Stream, StreamExt as _,
    future::ready,
    stream::{self, BoxStream},
};
use liangxin_domain::limits::STREAM_SILENCE_SECONDS;
use tokio::{sync::watch, time::timeout};

use super::{negotiate::Media, reply::Reply};

/// How often is said that the connection is there, if nothing else is.
const SILENCE: Duration = Duration::from_secs(STREAM_SILENCE_SECONDS);

/// A comment, which says nothing to clients.
const STILL_THERE: &[u8] = b":\n\n";

/// Answers as they come, until the process is told to end.
pub(super) fn answer(
    first: Response,
    following: BoxStream<'static, Response>,
    mut stop: watch::Receiver<bool>,
) -> HttpResponse {
    let told = async move {
        // Where nobody is left to tell, it ends too.
        let _ = stop.wait_for(|is_told| *is_told).await;
    };
    let events = events(first, following, SILENCE).take_until(Box::pin(told));
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, Media::Events.content_type()))
        .insert_header((header::VARY, "Accept"))
        // Nobody on the way gathers what has to come at once: not what packs answers here, and not nginx.
        .insert_header(ContentEncoding::Identity)
        .insert_header(("X-Accel-Buffering", "no"))
        .streaming(events)
}

fn events(
    first: Response,
    following: BoxStream<'static, Response>,
    silence: Duration,
) -> impl Stream<Item = Result<Bytes, Infallible>> {
    let answers = stream::once(ready(first)).chain(following).boxed();
    stream::unfold(answers, move |mut answers| async move {
        let event = match timeout(silence, answers.next()).await {
            Ok(answer) => Bytes::from(Reply::result(answer?).event()?),
            Err(_) => Bytes::from_static(STILL_THERE),
        };
        Some((Ok(event), answers))
    })
}

#[cfg(test)]
mod tests {
    use async_graphql::value;

    use super::*;

    /// The next bytes of a stream, as text.
    async fn said(events: &mut (impl Stream<Item = Result<Bytes, Infallible>> + Unpin)) -> String {
        let Some(Ok(bytes)) = events.next().await else {
            return String::new();
        };
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    #[tokio::test]
    async fn each_answer_is_an_event_and_silence_is_broken_by_a_comment() {
        let one = |number: i32| Response::new(value!({ "number": number }));
        let more = stream::once(ready(one(2))).chain(stream::pending());
        let mut events = Box::pin(events(one(1), more.boxed(), Duration::from_millis(1)));
        let event = |number| format!("event: next\ndata: {{\"data\":{{\"number\":{number}}}}}\n\n");
        assert_eq!(said(&mut events).await, event(1));
        assert_eq!(said(&mut events).await, event(2));
        assert_eq!(said(&mut events).await, ":\n\n");
        assert_eq!(said(&mut events).await, ":\n\n");
    }

    #[tokio::test]
    async fn it_ends_where_the_answers_do_without_saying_that_nothing_follows() {
        let only = Response::new(value!({ "number": 1 }));
        let mut events = Box::pin(events(only, stream::empty().boxed(), SILENCE));
        assert!(said(&mut events).await.starts_with("event: next\n"));
        assert_eq!(said(&mut events).await, "");
    }
}

//! Rows that many fields of one request ask for by id, fetched together.
//!
//! The library's own loader waits for a clock between the asking and the fetching, and the clock knows nothing shorter than a
//! thousandth of a second: one or two of them in an answer that takes three in all. This one waits until the request has
//! nothing more to ask: all fields of a list are asked before the first of them goes on.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::future::{BoxFuture, try_join_all};
use liangxin_app::error::AppError;
use tokio::sync::oneshot;
use tokio::task::yield_now;

/// What was found under ids, or why nothing could be.
type Found<K, V> = Result<HashMap<K, V>, AppError>;

/// The answer to one who waits.
type Answer<V> = Result<Option<V>, Arc<AppError>>;

/// Those who wait, each for an id.
type Waiting<K, V> = Vec<(K, oneshot::Sender<Answer<V>>)>;

/// How rows are fetched by their ids.
type Fetch<K, V> = dyn Fn(Vec<K>) -> BoxFuture<'static, Found<K, V>> + Send + Sync;

/// Rows of one kind by their ids.
pub(super) struct Batch<K, V> {
    waiting: Mutex<Waiting<K, V>>,
    fetch: Box<Fetch<K, V>>,
}

impl<K, V> Batch<K, V>
where
    K: Copy + Eq + Hash,
    V: Clone,
{
    /// A batch that fetches by this.
    pub(super) fn new(
        fetch: impl Fn(Vec<K>) -> BoxFuture<'static, Found<K, V>> + Send + Sync + 'static,
    ) -> Self {
        Self {
            waiting: Mutex::default(),
            fetch: Box::new(fetch),
        }
    }

    /// What is under an id; nothing if there is none.
    pub(super) async fn one(&self, id: K) -> Result<Option<V>, AppError> {
        loop {
            let (answer, answered) = oneshot::channel();
            let is_first = {
                let mut waiting = self.waiting();
                waiting.push((id, answer));
                waiting.len() == 1
            };
            if is_first {
                let turn = Turn(self);
                yield_now().await;
                turn.take().await;
            }
            // Who was to fetch for all is gone: a field beside it failed. Somebody else is first then.
            if let Ok(found) = answered.await {
                return found.map_err(|error| shared(&error));
            }
        }
    }

    /// What is under each of some ids, in their order; what is not there is left out.
    pub(super) async fn each(&self, ids: impl Iterator<Item = K>) -> Result<Vec<V>, AppError> {
        let found = try_join_all(ids.map(|id| self.one(id))).await?;
        Ok(found.into_iter().flatten().collect())
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting<K, V>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The turn of the first who asked, who fetches for all. Given up, all who wait are told.
struct Turn<'a, K, V>(&'a Batch<K, V>)
where
    K: Copy + Eq + Hash,
    V: Clone;

impl<K, V> Turn<'_, K, V>
where
    K: Copy + Eq + Hash,
    V: Clone,
{
    async fn take(self) {
        let batch = self.0;
        let waiting = mem::take(&mut *batch.waiting());
        // Who asks from now on is first again.
        mem::forget(self);
        let ids: HashSet<K> = waiting.iter().map(|(id, _)| *id).collect();
        let found = (batch.fetch)(ids.into_iter().collect()).await;
        let found = found.map_err(Arc::new);
        for (id, answer) in waiting {
            let one = match &found {
                Ok(found) => Ok(found.get(&id).cloned()),
                Err(error) => Err(Arc::clone(error)),
            };
            // Nobody waits for it any more: a field beside it failed.
            let _ = answer.send(one);
        }
    }
}

impl<K, V> Drop for Turn<'_, K, V>
where
    K: Copy + Eq + Hash,
    V: Clone,
{
    fn drop(&mut self) {
        self.0.waiting().clear();
    }
}

/// What a fetch for many failed with, as the error of one.
pub(super) fn shared(error: &AppError) -> AppError {
    match error {
        AppError::Refused(refusal) => refusal.clone().into(),
        AppError::Unavailable { source, .. } => {
            AppError::unavailable("load rows together", format!("{error}: {source}"))
        }
        AppError::Internal { source, .. } => {
            AppError::internal("load rows together", format!("{error}: {source}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::task::Poll;

    use futures_util::{FutureExt as _, future::join_all, poll};
    use liangxin_domain::refusal::{Code, Refusal};

    use super::*;

    type Asked = Arc<Mutex<Vec<Vec<u8>>>>;

    /// Finds ten times each even number, and notes what it is asked for.
    fn evens() -> (Batch<u8, u32>, Asked) {
        let asked = Asked::default();
        let note = Arc::clone(&asked);
        let batch = Batch::new(move |mut ids: Vec<u8>| {
            ids.sort_unstable();
            note.lock().unwrap().push(ids.clone());
            async move {
                yield_now().await;
                let even = ids.into_iter().filter(|id| id % 2 == 0);
                Ok(even.map(|id| (id, u32::from(id) * 10)).collect())
            }
            .boxed()
        });
        (batch, asked)
    }

    #[tokio::test]
    async fn what_is_asked_together_is_fetched_together_and_each_once() {
        let (batch, asked) = evens();
        let found = join_all([2, 4, 2, 3].map(|id| batch.one(id))).await;
        let found: Vec<_> = found.into_iter().map(Result::unwrap).collect();
        assert_eq!(found, [Some(20), Some(40), Some(20), None]);
        assert_eq!(*asked.lock().unwrap(), [[2, 3, 4]]);
        assert_eq!(batch.each([8, 5, 6].into_iter()).await.unwrap(), [80, 60]);
        assert_eq!(asked.lock().unwrap().len(), 2);
    }

    #[tokio::test]
    async fn a_list_longer_than_the_library_polls_at_once_is_one_fetch() {
        let (batch, asked) = evens();
        let found = batch.each(0..200).await.unwrap();
        assert_eq!(found.len(), 100);
        assert_eq!(asked.lock().unwrap().len(), 1);
    }

    #[tokio::test]
    async fn who_waits_is_answered_though_the_first_gave_up() {
        for gives_up_while in ["it waits for others", "it fetches"] {
            let (batch, _) = evens();
            let mut first = Box::pin(batch.one(2));
            assert_eq!(poll!(&mut first).map(Result::ok), Poll::Pending);
            let mut second = Box::pin(batch.one(4));
            assert_eq!(poll!(&mut second).map(Result::ok), Poll::Pending);
            if gives_up_while == "it fetches" {
                assert_eq!(poll!(&mut first).map(Result::ok), Poll::Pending);
            }
            drop(first);
            assert_eq!(second.await.unwrap(), Some(40), "{gives_up_while}");
        }
    }

    #[tokio::test]
    async fn a_refusal_is_everybodys() {
        let batch: Batch<u8, u32> =
            Batch::new(|_| async { Err(Refusal::of(Code::NotFound).into()) }.boxed());
        for found in join_all([1, 2].map(|id| batch.one(id))).await {
            assert_eq!(found.unwrap_err().refusal().code, Code::NotFound);
        }
    }
}

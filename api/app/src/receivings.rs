//! What this process receives of photos on their way, so that whoever comes for the same photo can ask the one before to
//! keep what it has, and end. It spares bytes and decides nothing: who may go on is decided in the database, and what another
//! replica receives is not known here.

use liangxin_domain::id::UploadId;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{sync::watch, time::timeout};

/// How long whoever comes waits for the one before.
const PATIENCE: Duration = Duration::from_secs(1);

/// The requests that are being received.
#[derive(Debug, Clone, Default)]
pub struct Receivings(Arc<Mutex<HashMap<UploadId, watch::Sender<bool>>>>);

/// A request that is being received, until it is dropped.
#[derive(Debug)]
pub(crate) struct Registered {
    all: Receivings,
    upload: UploadId,
    asked: watch::Receiver<bool>,
}

impl Receivings {
    /// Notes that a request is being received.
    pub(crate) fn register(&self, upload: UploadId) -> Registered {
        let (ask, asked) = watch::channel(false);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(upload, ask);
        drop(all);
        Registered {
            all: self.clone(),
            upload,
            asked,
        }
    }

    /// Asks whoever receives for an upload to end, and waits a moment until it did.
    pub async fn end(&self, upload: UploadId) {
        let ask = {
            let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            all.get(&upload).cloned()
        };
        if let Some(ask) = ask {
            ask.send_replace(true);
            // Whoever does not hear in time is taken over all the same.
            let _ = timeout(PATIENCE, ask.closed()).await;
        }
    }
}

impl Registered {
    /// Waits until somebody asks for the end; for ever once it is another's turn.
    pub(crate) async fn asked(&mut self) {
        if self.asked.wait_for(|asked| *asked).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        let mut all = self.all.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_own = all
            .get(&self.upload)
            .is_some_and(|ask| self.asked.same_channel(&ask.subscribe()));
        if is_own {
            all.remove(&self.upload);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[tokio::test]
    async fn whoever_comes_waits_until_the_one_before_has_ended() {
        let all = Receivings::default();
        let upload = UploadId::new(Uuid::nil());
        all.end(upload).await;
        let mut first = all.register(upload);
        let ended = async {
            first.asked().await;
            drop(first);
        };
        tokio::join!(all.end(upload), ended);
        assert!(all.0.lock().unwrap().is_empty());
        let first = all.register(upload);
        let second = all.register(upload);
        drop(first);
        assert_eq!(all.0.lock().unwrap().len(), 1, "the second one stays");
        drop(second);
        assert!(all.0.lock().unwrap().is_empty());
    }
}

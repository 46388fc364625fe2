//! Receiving what one request brings of a photo. What came is kept about every second and when the request ends, however
//! it ends; a newer request for the same upload takes it over at once, and this one finds out when it keeps.

use super::{
    checksum::Checksum,
    coming::{Coming, From},
    coming_budget::Budget,
    coming_room::Room,
    finish::{apart, find, finish, settle},
    part::{elsewhere, keep},
    restore::{is_lost, restore},
    store_photo::Expected,
    upload::{UploadState, gone, hold, wanted},
};
use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    receivings::Registered,
    spool::{Spooled, Spooling},
    store::{self, uploads::Upload},
};
use liangxin_domain::{
    actor::Actor,
    refusal::{Code, Refusal},
};
use ring::digest::Context;
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::mpsc,
    task::JoinHandle,
    time::{Instant, error::Elapsed, timeout, timeout_at},
};
use uuid::Uuid;

/// Of a fast line, as many bytes are kept at once: as much is sent again after a fall of the server.
const PIECE_BYTES: u64 = 4_000_000;

/// When somebody else goes on, what is on its way already may still come for so long altogether.
const REST_AT_MOST: Duration = Duration::from_millis(500);

/// And no longer than until nothing came for so long.
const REST_SILENCE: Duration = Duration::from_millis(50);

/// As many pieces of the body wait to be written.
const WAITING: usize = 8;

/// A request that is being received.
#[derive(Debug)]
pub struct Receiving {
    bytes: mpsc::Sender<Said>,
    done: JoinHandle<Result<UploadState, AppError>>,
    /// How many bytes it may bring at most.
    pub room_bytes: u64,
}

#[derive(Debug)]
enum Said {
    Bytes(Vec<u8>),
    End,
    Discard,
}

impl Receiving {
    /// Takes in what came next; false if nothing more is wanted, and [`Receiving::end`] tells why.
    pub async fn take(&self, bytes: Vec<u8>) -> bool {
        self.bytes.send(Said::Bytes(bytes)).await.is_ok()
    }

    /// Waits until nothing more is wanted: the upload went to another request, or something failed.
    pub async fn ended(&self) {
        self.bytes.closed().await;
    }

    /// The request came to its end.
    pub async fn end(self) -> Result<UploadState, AppError> {
        self.last(Some(Said::End)).await
    }

    /// The request broke off: what came is kept. Dropping it says the same.
    pub async fn break_off(self) -> Result<UploadState, AppError> {
        self.last(None).await
    }

    /// The request is wrong: what came of it and is not kept yet is not kept.
    pub async fn discard(self) -> Result<UploadState, AppError> {
        self.last(Some(Said::Discard)).await
    }

    async fn last(self, said: Option<Said>) -> Result<UploadState, AppError> {
        if let Some(said) = said {
            // Whoever hears no more has told why.
            let _ = self.bytes.send(said).await;
        }
        drop(self.bytes);
        let done = self.done.await;
        done.map_err(|e| AppError::internal("keep what came of a photo", e))?
    }
}

/// Begins to receive what a request brings; whoever received for this upload before can keep nothing more. Refused,
/// before a byte is read and without harm to anybody, where it does not go on from where the upload stands.
pub async fn receive(app: &App, caller: &Caller, coming: Coming) -> Result<Receiving, AppError> {
    let actor = &caller.actor;
    let (upload, Expected { photo, report }) = wanted(app, actor, coming.upload).await?;
    let is_held = photo.stored_at.is_some();
    // Of what the store lost nothing is there: it comes again as a whole.
    let restores = is_lost(app, &photo).await?;
    let stands = |upload: &Upload| if restores { 0 } else { upload.offset_bytes };
    let fits = |upload: &Upload| match coming.from {
        From::Offset(offset) if offset != stands(upload) => Err(elsewhere(stands(upload))),
        From::Offset(_) | From::Start => Ok(()),
    };
    fits(&upload)?;
    let budget = report.map(|_| Budget::of(app, caller, coming.from.byte()));
    let budget = budget.transpose()?;
    let (upload, holder) = if is_held {
        // Nothing is kept any more, so that there is nothing to take over.
        (upload, Uuid::nil())
    } else {
        hold(app, actor, upload.id).await?
    };
    // Somebody may have kept more in between.
    fits(&upload)?;
    let missing = upload.size_bytes.saturating_sub(upload.offset_bytes);
    let (skip_bytes, room_bytes) = match coming.from {
        _ if restores => (0, upload.size_bytes),
        From::Start if is_held => (upload.size_bytes, upload.size_bytes),
        From::Start => (upload.offset_bytes, upload.size_bytes),
        From::Offset(_) => (0, missing),
    };
    let has_room = app.spool.has_room(room_bytes).map_err(no_room)?;
    if !has_room {
        return Err(no_room(std::io::ErrorKind::StorageFull.into()));
    }
    let room = if report.is_some() && !is_held {
        Some(Room::new(app.admit_photos(missing).await?, coming.room_for))
    } else {
        None
    };
    let (bytes, heard) = mpsc::channel(WAITING);
    let mut registered = app.receivings.register(upload.id);
    let receiver = Receiver {
        app: app.clone(),
        actor: actor.clone(),
        upload,
        holder,
        restores,
        budget,
        room,
        skip_bytes,
        piece: None,
        keep_every: coming.keep_every,
        check: coming
            .checksum
            .map(|sum| (Context::new(sum.algorithm()), sum)),
    };
    let done = apart(async move { receiver.run(heard, &mut registered).await });
    Ok(Receiving {
        bytes,
        done,
        room_bytes,
    })
}

fn no_room(error: std::io::Error) -> AppError {
    AppError::unavailable("take a photo in", error)
}

/// What was received of a request and is not kept yet.
struct Piece {
    spooling: Spooling,
    keep_at: Instant,
}

struct Receiver {
    app: App,
    actor: Actor,
    upload: Upload,
    holder: Uuid,
    /// Whether it brings the bytes of an original that is gone.
    restores: bool,
    /// What a stranger's bytes are taken from.
    budget: Option<Budget>,
    /// The room of what a stranger sends.
    room: Option<Room>,
    skip_bytes: u64,
    piece: Option<Piece>,
    keep_every: Duration,
    check: Option<(Context, Checksum)>,
}

impl Receiver {
    async fn run(
        mut self,
        mut heard: mpsc::Receiver<Said>,
        registered: &mut Registered,
    ) -> Result<UploadState, AppError> {
        loop {
            let ends_at = self.room.as_mut().and_then(Room::ends_at);
            let wake_at = [self.keep_at(), ends_at].into_iter().flatten().min();
            let said = tokio::select! {
                biased;
                () = registered.asked() => self.rest(&mut heard).await?,
                said = next(&mut heard, wake_at) => match said {
                    Ok(said) => said,
                    Err(_) => {
                        self.keep_unless_checked().await?;
                        continue;
                    }
                },
            };
            match said {
                Some(Said::Bytes(bytes)) => self.take(&bytes).await?,
                Some(Said::End) => {
                    self.check()?;
                    return self.end().await;
                }
                Some(Said::Discard) => return self.stand().await,
                None => return self.end().await,
            }
        }
    }

    /// Takes in what has come already, for whoever goes on behind it; answers how the request ended, if it did: what is
    /// wrong of it is kept no more than it would be if nobody came.
    async fn rest(&mut self, heard: &mut mpsc::Receiver<Said>) -> Result<Option<Said>, AppError> {
        let latest = Instant::now() + REST_AT_MOST;
        while Instant::now() < latest {
            match timeout(REST_SILENCE, heard.recv()).await {
                Ok(Some(Said::Bytes(bytes))) => self.take(&bytes).await?,
                Ok(ended) => return Ok(ended),
                Err(_) => break,
            }
        }
        Ok(None)
    }

    async fn take(&mut self, bytes: &[u8]) -> Result<(), AppError> {
        if let Some((context, _)) = &mut self.check {
            context.update(bytes);
        }
        if let Some(budget) = &mut self.budget
            && let Err(spent) = budget.take(&self.app, length(bytes.len()))
        {
            self.keep_unless_checked().await?;
            return Err(spent.into());
        }
        let known = usize::try_from(self.skip_bytes).unwrap_or(usize::MAX);
        let known = known.min(bytes.len());
        self.skip_bytes = self.skip_bytes.saturating_sub(length(known));
        let (_, bytes) = bytes.split_at(known);
        if bytes.is_empty() {
            return Ok(());
        }
        if let Some(room) = &mut self.room
            && let Err(full) = room.take(&self.app, length(bytes.len())).await
        {
            self.keep_unless_checked().await?;
            return Err(full);
        }
        let mut piece = match self.piece.take() {
            Some(piece) => piece,
            None => Piece {
                spooling: self.app.spool.begin(length(bytes.len())).map_err(no_room)?,
                keep_at: Instant::now() + self.keep_every,
            },
        };
        piece.spooling.write(bytes).await.map_err(no_room)?;
        let came = piece.spooling.size_bytes();
        let is_last = self.upload.offset_bytes.saturating_add(came) >= self.upload.size_bytes;
        let is_due = came >= PIECE_BYTES || piece.keep_at <= Instant::now();
        self.piece = Some(piece);
        // The last piece is kept with the whole.
        if is_due && !is_last && self.check.is_none() {
            self.keep().await?;
        }
        Ok(())
    }

    fn check(&mut self) -> Result<(), AppError> {
        let Some((context, wanted)) = self.check.take() else {
            return Ok(());
        };
        if context.finish().as_ref() == wanted.wanted() {
            return Ok(());
        }
        Err(Refusal::on(Code::UploadChecksum, "Upload-Checksum").into())
    }

    async fn piece(&mut self) -> Result<Option<Arc<Spooled>>, AppError> {
        match self.piece.take() {
            Some(piece) => {
                let spooled = piece.spooling.finish().await.map_err(no_room)?;
                Ok(Some(Arc::new(spooled)))
            }
            None => Ok(None),
        }
    }

    /// When what came has to be kept, if anything did. What is checked as a whole is kept as a whole.
    fn keep_at(&self) -> Option<Instant> {
        let piece = self.piece.as_ref()?;
        (self.check.is_none() && !self.restores).then_some(piece.keep_at)
    }

    async fn keep_unless_checked(&mut self) -> Result<(), AppError> {
        match self.keep_at() {
            Some(_) => self.keep().await,
            None => Ok(()),
        }
    }

    async fn keep(&mut self) -> Result<(), AppError> {
        if let Some(piece) = self.piece().await? {
            self.keep_piece(&piece).await?;
        }
        Ok(())
    }

    async fn keep_piece(&mut self, piece: &Arc<Spooled>) -> Result<(), AppError> {
        let held = (&self.upload, self.holder);
        self.upload = keep(&self.app, &self.actor, held, piece).await?;
        Ok(())
    }

    /// Keeps what is left, or puts the photo together if that is its end.
    async fn end(mut self) -> Result<UploadState, AppError> {
        let piece = self.piece().await?;
        if self.restores {
            restore(&self.app, &self.actor, &self.upload, piece).await?;
            return self.stand().await;
        }
        let Some(piece) = piece else {
            return settle(&self.app, &self.actor, self.upload).await;
        };
        let end = self.upload.offset_bytes.saturating_add(piece.size_bytes);
        if end < self.upload.size_bytes {
            self.keep_piece(&piece).await?;
            return self.stand().await;
        }
        let finished = finish(&self.app, &self.actor, &self.upload, Some(&piece)).await;
        if matches!(finished, Err(AppError::Unavailable { .. })) {
            // For whoever comes next.
            self.keep_piece(&piece).await?;
        }
        finished
    }

    async fn stand(self) -> Result<UploadState, AppError> {
        let now = store::uploads::find(&self.app.db, self.upload.id).await?;
        let photo = find(&self.app, &self.upload).await?;
        Ok(UploadState::of(now.ok_or_else(gone)?, photo))
    }
}

/// What is said next, if it is said before a piece has to be kept.
async fn next(
    heard: &mut mpsc::Receiver<Said>,
    keep_at: Option<Instant>,
) -> Result<Option<Said>, Elapsed> {
    match keep_at {
        Some(at) => timeout_at(at, heard.recv()).await,
        None => Ok(heard.recv().await),
    }
}

fn length(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

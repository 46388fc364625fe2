//! Writing a ZIP while it is sent: of a photo some pieces are in memory. Parts are stored as they are and bear no time, so that the same
//! parts make the same bytes, and how many there will be is known before.

use actix_web::web::Bytes;
use futures_util::{Stream, TryStreamExt as _, stream};
use liangxin_app::{
    app::{App, sha256},
    error::AppError,
    turns::Turn,
    usecase::bundles,
};
use liangxin_domain::evidence::digest::Sha256;
use std::{
    cell::RefCell,
    io::{self, Write},
    rc::Rc,
    time::Duration,
};
use tokio::{runtime::Handle, sync::mpsc, time::timeout};
use zip::{
    CompressionMethod, DateTime, ZipWriter,
    write::{SimpleFileOptions, StreamWriter},
};

/// A part of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its path in the archive.
    pub name: String,
    /// What is in it.
    pub content: Content,
}

/// What is in a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// These bytes.
    Made(Vec<u8>),
    /// What is held under a digest, and how long it is.
    Held(Sha256, u64),
}

impl Content {
    /// How many bytes it has.
    pub(super) fn size(&self) -> u64 {
        match self {
            Self::Made(bytes) => u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            Self::Held(_, size) => *size,
        }
    }

    /// What they are named by.
    pub(super) fn digest(&self) -> Sha256 {
        match self {
            Self::Made(bytes) => sha256(bytes),
            Self::Held(digest, _) => *digest,
        }
    }
}

/// How many bytes the archive of some parts will have.
pub(super) fn size(entries: &[Entry]) -> Result<u64, AppError> {
    let sink = Sink::default();
    let mut zip = ZipWriter::new_stream(sink.clone());
    for entry in entries {
        begin(&mut zip, entry)?;
    }
    close(zip)?;
    let around = u64::try_from(sink.take().len()).unwrap_or(u64::MAX);
    let within = entries.iter().map(|entry| entry.content.size());
    Ok(around + within.sum::<u64>())
}

/// How many pieces wait to be sent.
const WAITING: usize = 2;

/// How long a piece may wait to be sent: whoever takes nothing for so long is let go, and somebody else has the turn.
const SILENCE: Duration = Duration::from_secs(60);

/// As many bytes a second are to be taken, all in all, or somebody else has the turn. A proposal.
const LEAST_BYTES: u64 = 10_000;

/// The archive, piece by piece, written on a thread of its own as long as the turn lasts. It breaks off where something that is
/// held cannot be fetched as it was put there: half of an archive is none.
pub(super) fn written(
    app: App,
    entries: Vec<Entry>,
    size_bytes: u64,
    turn: Turn,
) -> impl Stream<Item = Result<Bytes, AppError>> + use<> {
    let (sent, taken) = mpsc::channel(WAITING);
    let runtime = Handle::current();
    tokio::task::spawn_blocking(move || {
        let most = SILENCE + Duration::from_secs(size_bytes / LEAST_BYTES);
        let writing = async { timeout(most, write(&app, &entries, &sent)).await };
        let late = |late| Err(AppError::unavailable("send an archive", late));
        let done = runtime.block_on(writing).unwrap_or_else(late);
        drop(turn);
        // Whoever went away needs no word.
        if let Err(error) = done
            && !sent.is_closed()
        {
            error.log();
            let _ = sent.try_send(Err(error));
        }
    });
    stream::unfold(taken, async |mut taken| Some((taken.recv().await?, taken)))
}

/// Where pieces of an archive go.
type Sent = mpsc::Sender<Result<Bytes, AppError>>;

async fn write(app: &App, entries: &[Entry], sent: &Sent) -> Result<(), AppError> {
    let sink = Sink::default();
    let mut zip = ZipWriter::new_stream(sink.clone());
    for entry in entries {
        begin(&mut zip, entry)?;
        match &entry.content {
            Content::Made(bytes) => add(&mut zip, bytes)?,
            Content::Held(digest, _) => {
                let mut pieces = bundles::fetch(app, *digest).await?;
                while let Some(piece) = pieces.try_next().await? {
                    add(&mut zip, &piece)?;
                    send(sent, &sink).await?;
                }
            }
        }
        send(sent, &sink).await?;
    }
    close(zip)?;
    send(sent, &sink).await
}

async fn send(sent: &Sent, sink: &Sink) -> Result<(), AppError> {
    let what = "send an archive";
    let piece = sink.take();
    let took = timeout(SILENCE, sent.send(Ok(piece.into()))).await;
    let took = took.map_err(|e| AppError::unavailable(what, e))?;
    took.map_err(|_| AppError::unavailable(what, "its reader went away"))
}

type Zip = ZipWriter<StreamWriter<Sink>>;

fn begin(zip: &mut Zip, entry: &Entry) -> Result<(), AppError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644);
    let begun = zip.start_file(&entry.name, options);
    begun.map_err(|error| AppError::internal("begin a part of an archive", error))
}

fn add(zip: &mut Zip, bytes: &[u8]) -> Result<(), AppError> {
    let done = zip.write_all(bytes);
    done.map_err(|error| AppError::internal("write a part of an archive", error))
}

fn close(zip: Zip) -> Result<(), AppError> {
    let closed = zip.finish();
    closed.map_err(|error| AppError::internal("close an archive", error))?;
    Ok(())
}

/// What was written and not sent yet.
#[derive(Debug, Clone, Default)]
struct Sink(Rc<RefCell<Vec<u8>>>);

impl Sink {
    fn take(&self) -> Vec<u8> {
        self.0.take()
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use zip::ZipArchive;

    #[test]
    fn more_parts_than_a_plain_zip_may_have_are_as_many_bytes_as_was_told_and_all_are_there() {
        let entry = |number: u32| Entry {
            name: format!("{number}"),
            content: Content::Made(number.to_be_bytes().to_vec()),
        };
        let entries: Vec<_> = (0..66_000).map(entry).collect();
        let sink = Sink::default();
        let mut zip = ZipWriter::new_stream(sink.clone());
        for entry in &entries {
            let Content::Made(bytes) = &entry.content else {
                unreachable!("each was made");
            };
            begin(&mut zip, entry).unwrap();
            add(&mut zip, bytes).unwrap();
        }
        close(zip).unwrap();
        let written = sink.take();
        assert_eq!(written.len() as u64, size(&entries).unwrap());
        let archive = ZipArchive::new(io::Cursor::new(written)).unwrap();
        assert_eq!(archive.len(), entries.len());
    }
}

//! Writing a ZIP while it is sent: one part at a time is in memory. Parts are stored as they are and bear no time, so that the same
//! parts make the same bytes, and how many there will be is known before.

use actix_web::web::Bytes;
use futures_util::{Stream, stream};
use liangxin_app::{
    app::{App, sha256},
    error::AppError,
    usecase::bundles,
};
use liangxin_domain::evidence::digest::Sha256;
use std::{
    cell::RefCell,
    io::{self, Write},
    rc::Rc,
    vec::IntoIter,
};
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
        put(&mut zip, entry, &[])?;
    }
    close(zip)?;
    let around = u64::try_from(sink.take().len()).unwrap_or(u64::MAX);
    let within = entries.iter().map(|entry| entry.content.size());
    Ok(around + within.sum::<u64>())
}

/// The archive, part by part. It breaks off where something that is held cannot be fetched as it was put there: half of an
/// archive is none.
pub(super) fn written(
    app: App,
    entries: Vec<Entry>,
) -> impl Stream<Item = Result<Bytes, AppError>> + use<> {
    let sink = Sink::default();
    let writing = Writing {
        app,
        left: entries.into_iter(),
        zip: Some(ZipWriter::new_stream(sink.clone())),
        sink,
    };
    stream::try_unfold(writing, async |mut writing| {
        let next = writing.next().await.inspect_err(AppError::log)?;
        Ok(next.map(|bytes| (bytes, writing)))
    })
}

/// An archive on its way.
struct Writing {
    app: App,
    left: IntoIter<Entry>,
    zip: Option<Zip>,
    sink: Sink,
}

impl Writing {
    async fn next(&mut self) -> Result<Option<Bytes>, AppError> {
        let Some(mut zip) = self.zip.take() else {
            return Ok(None);
        };
        match self.left.next() {
            None => close(zip)?,
            Some(entry) => {
                let held;
                let bytes = match &entry.content {
                    Content::Made(bytes) => bytes,
                    Content::Held(digest, _) => {
                        held = bundles::fetch(&self.app, *digest).await?;
                        &held
                    }
                };
                put(&mut zip, &entry, bytes)?;
                self.zip = Some(zip);
            }
        }
        Ok(Some(self.sink.take().into()))
    }
}

type Zip = ZipWriter<StreamWriter<Sink>>;

fn put(zip: &mut Zip, entry: &Entry, bytes: &[u8]) -> Result<(), AppError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644);
    let begun = zip.start_file(&entry.name, options);
    begun.map_err(|error| AppError::internal("begin a part of an archive", error))?;
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
            put(&mut zip, entry, bytes).unwrap();
        }
        close(zip).unwrap();
        let written = sink.take();
        assert_eq!(written.len() as u64, size(&entries).unwrap());
        let archive = ZipArchive::new(io::Cursor::new(written)).unwrap();
        assert_eq!(archive.len(), entries.len());
    }
}

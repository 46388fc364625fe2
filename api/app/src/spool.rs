//! Bodies on their way: written to disk as they come, so that a phone that stops in the middle holds a file and no
//! memory. What is not kept is gone when nobody needs it any more.

use liangxin_domain::evidence::digest::Sha256;
use ring::digest::{Context, SHA256};
use std::{
    io::{Error, ErrorKind, Result},
    path::{Path, PathBuf},
};
use tempfile::{NamedTempFile, TempPath};
use tokio::{
    fs::File,
    io::{AsyncReadExt as _, AsyncWriteExt as _},
};

/// How many bytes of a body are in memory while it is put into another one.
const PIECE_BYTES: usize = 256 * 1024;

/// A directory for bodies on their way, and how much of its disk they must leave.
#[derive(Debug)]
pub struct Spool {
    directory: PathBuf,
    reserve_bytes: u64,
}

impl Spool {
    /// Uses a directory, and makes it if it is not there. `reserve_bytes` of its disk stay free for the database and for
    /// reports without photos.
    pub fn open(directory: PathBuf, reserve_bytes: u64) -> Result<Self> {
        std::fs::create_dir_all(&directory)?;
        Ok(Self::new(directory, reserve_bytes))
    }

    /// As [`Spool::open`], of a directory that has to be there.
    #[must_use]
    pub const fn new(directory: PathBuf, reserve_bytes: u64) -> Self {
        Self {
            directory,
            reserve_bytes,
        }
    }

    /// Removes what a killed process left. Only for whoever has the directory alone.
    pub fn clear(&self) -> Result<()> {
        for entry in std::fs::read_dir(&self.directory)? {
            std::fs::remove_file(entry?.path())?;
        }
        Ok(())
    }

    /// Whether the disk holds so many bytes more without touching the reserve.
    pub fn has_room(&self, bytes: u64) -> Result<bool> {
        let disk = rustix::fs::statvfs(&self.directory)?;
        let free = disk.f_bavail.saturating_mul(disk.f_frsize);
        Ok(free >= self.reserve_bytes.saturating_add(bytes))
    }

    /// Begins to take a body of about so many bytes in; [`ErrorKind::StorageFull`] without room for them.
    pub fn begin(&self, bytes: u64) -> Result<Spooling> {
        if !self.has_room(bytes)? {
            return Err(ErrorKind::StorageFull.into());
        }
        let (file, path) = NamedTempFile::new_in(&self.directory)?.into_parts();
        Ok(Spooling {
            file: File::from_std(file),
            path,
            digest: Context::new(&SHA256),
            size_bytes: 0,
        })
    }
}

/// A body that is being taken in.
pub struct Spooling {
    file: File,
    path: TempPath,
    digest: Context,
    size_bytes: u64,
}

impl Spooling {
    /// How many bytes have come.
    #[must_use]
    pub const fn size_bytes(&self) -> u64 {
        self.size_bytes
    }

    /// Takes in what came next.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).await?;
        self.digest.update(bytes);
        let more = u64::try_from(bytes.len()).map_err(Error::other)?;
        self.size_bytes = self.size_bytes.saturating_add(more);
        Ok(())
    }

    /// Takes in another body.
    pub async fn append(&mut self, body: &Spooled) -> Result<()> {
        let mut file = File::open(&body.path).await?;
        let mut piece = vec![0; PIECE_BYTES];
        loop {
            let came = file.read(&mut piece).await?;
            if came == 0 {
                return Ok(());
            }
            self.write(piece.get(..came).unwrap_or_default()).await?;
        }
    }

    /// The body is complete.
    pub async fn finish(mut self) -> Result<Spooled> {
        self.file.flush().await?;
        let mut digest = [0; 32];
        digest.copy_from_slice(self.digest.finish().as_ref());
        Ok(Spooled {
            path: self.path,
            sha256: Sha256::new(digest),
            size_bytes: self.size_bytes,
        })
    }
}

/// A body that came. Dropping it removes the file.
#[derive(Debug)]
pub struct Spooled {
    path: TempPath,
    /// The digest of its bytes.
    pub sha256: Sha256,
    /// How many there are.
    pub size_bytes: u64,
}

impl Spooled {
    /// Where it lies until it is dropped.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its bytes. Blocks: for a thread that may.
    pub fn read(&self) -> Result<Vec<u8>> {
        std::fs::read(&self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::sha256;

    #[tokio::test]
    async fn a_body_lies_on_disk_with_its_digest_until_nobody_needs_it() {
        let directory = tempfile::tempdir().unwrap();
        let spool = Spool::open(directory.path().join("spool"), 0).unwrap();
        let mut spooling = spool.begin(4).unwrap();
        spooling.write(b"JP").await.unwrap();
        spooling.write(b"EG").await.unwrap();
        let spooled = spooling.finish().await.unwrap();
        assert_eq!(spooled.read().unwrap(), b"JPEG");
        assert_eq!((spooled.sha256, spooled.size_bytes), (sha256(b"JPEG"), 4));
        let files = || {
            std::fs::read_dir(directory.path().join("spool"))
                .unwrap()
                .count()
        };
        assert_eq!(files(), 1);
        drop(spooled);
        assert_eq!(files(), 0);
        // One that never came to its end, and one of a process that was killed.
        drop(spool.begin(4).unwrap());
        std::fs::write(directory.path().join("spool/left"), b"x").unwrap();
        assert_eq!(files(), 1);
        spool.clear().unwrap();
        assert_eq!(files(), 0);
    }

    #[tokio::test]
    async fn a_body_is_put_behind_what_came_before_it_whole() {
        let directory = tempfile::tempdir().unwrap();
        let spool = Spool::open(directory.path().to_owned(), 0).unwrap();
        let rest: Vec<u8> = (0..2 * PIECE_BYTES + 1)
            .map(|n| n.to_le_bytes()[1])
            .collect();
        let mut last = spool.begin(1).unwrap();
        last.write(&rest).await.unwrap();
        let last = last.finish().await.unwrap();
        let mut joined = spool.begin(1).unwrap();
        joined.write(b"JP").await.unwrap();
        joined.append(&last).await.unwrap();
        let whole = [b"JP".as_slice(), &rest].concat();
        let joined = joined.finish().await.unwrap();
        assert_eq!(joined.read().unwrap(), whole);
        assert_eq!(joined.sha256, sha256(&whole));
        assert_eq!(last.read().unwrap(), rest);
    }

    #[test]
    fn what_would_touch_the_reserve_is_not_begun() {
        let directory = tempfile::tempdir().unwrap();
        let spool = Spool::open(directory.path().to_owned(), u64::MAX / 2).unwrap();
        assert!(!spool.has_room(1).unwrap());
        let refused = spool.begin(4).map(drop).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::StorageFull);
    }
}

//! Objects piece by piece, for what is sent on and not looked into.

use super::{ObjectError, Objects, part_key};
use futures_util::stream::{self, BoxStream, StreamExt as _};
use liangxin_domain::{
    evidence::{digest::Sha256, object::Name},
    id::PartId,
};
use std::{
    io::{ErrorKind, SeekFrom},
    path::PathBuf,
    sync::PoisonError,
};
use tokio::{
    fs::File,
    io::{AsyncReadExt as _, AsyncSeekExt as _},
};

/// How many bytes of a file are read at once.
const PIECE_BYTES: usize = 64 * 1024;

/// Bytes as they come.
pub type Pieces = BoxStream<'static, Result<Vec<u8>, ObjectError>>;

impl Objects {
    /// The bytes of an original from one of them on, as they come; `None` if nothing is kept under the digest. That they
    /// have this digest is the caller's to look at.
    pub async fn pieces(&self, digest: Sha256, from: u64) -> Result<Option<Pieces>, ObjectError> {
        self.pieces_at(Name::Original(digest).key(), from).await
    }

    /// The bytes of a part, as they come; `None` if it is not there.
    pub async fn part_pieces(&self, part: PartId) -> Result<Option<Pieces>, ObjectError> {
        self.pieces_at(part_key(part), 0).await
    }

    async fn pieces_at(&self, key: String, from: u64) -> Result<Option<Pieces>, ObjectError> {
        match self {
            Self::Folder(root) => of_file(root.join(key), from).await,
            Self::Service(service) => service.pieces(key, from).await,
            Self::Memory(kept) => {
                let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                let bytes = kept.get(&key).map(|bytes| {
                    let from = usize::try_from(from).unwrap_or(usize::MAX);
                    bytes.get(from..).unwrap_or_default().to_vec()
                });
                Ok(bytes.map(|bytes| stream::iter([Ok(bytes)]).boxed()))
            }
        }
    }
}

async fn of_file(path: PathBuf, from: u64) -> Result<Option<Pieces>, ObjectError> {
    let mut file = match File::open(path).await {
        Ok(file) => file,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(e.into()),
    };
    file.seek(SeekFrom::Start(from)).await?;
    let pieces = stream::try_unfold(file, async |mut file| {
        let mut piece = vec![0; PIECE_BYTES];
        let came = file.read(&mut piece).await?;
        piece.truncate(came);
        Ok::<_, ObjectError>((came > 0).then_some((piece, file)))
    });
    Ok(Some(pieces.boxed()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::sha256;
    use futures_util::TryStreamExt as _;
    use std::{collections::HashMap, sync::Mutex};

    #[tokio::test]
    async fn the_bytes_from_one_of_them_on_come_piece_by_piece() {
        let bytes: Vec<u8> = (0..150_000_u32).map(|n| n.to_le_bytes()[0]).collect();
        let digest = sha256(&bytes);
        let key = Name::Original(digest).key();
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(&key);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, &bytes).unwrap();
        let folder = Objects::Folder(directory.path().to_owned());
        let memory = Objects::Memory(Mutex::new(HashMap::from([(key, bytes.clone())])));
        for objects in [folder, memory] {
            for from in [0, 1, 70_000, 149_999, 150_000, 200_000] {
                let pieces = objects.pieces(digest, from).await.unwrap().unwrap();
                let pieces: Vec<Vec<u8>> = pieces.try_collect().await.unwrap();
                let from = usize::try_from(from).unwrap();
                assert_eq!(pieces.concat(), bytes.get(from..).unwrap_or_default());
            }
            let nothing = objects.pieces(sha256(b"nothing"), 0).await.unwrap();
            assert!(nothing.is_none());
        }
    }
}

//! What lies in a store, page by page in the order of its keys, for who compares it with the database.

use super::{ObjectError, Objects};
use chrono::{DateTime, Utc};
use liangxin_domain::evidence::object::Area;
use std::{
    io::{Error, ErrorKind},
    path::Path,
    sync::PoisonError,
};

/// Something that lies in a store.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed {
    /// Under which key.
    pub key: String,
    /// How long it is.
    pub size_bytes: u64,
    /// When it came, if the store says so.
    pub came_at: Option<DateTime<Utc>>,
}

impl Objects {
    /// What lies behind a key in an area, in the order of the bytes of the keys; at most `most`.
    pub async fn list(
        &self,
        area: Area,
        after: Option<String>,
        most: usize,
    ) -> Result<Vec<Listed>, ObjectError> {
        let prefix = area.prefix();
        match self {
            Self::Folder(root) => {
                let root = root.clone();
                let walk = move || {
                    let mut found = Vec::new();
                    walk(&root, prefix, (after.as_deref(), most), &mut found)?;
                    Ok::<_, Error>(found)
                };
                Ok(tokio::task::spawn_blocking(walk).await??)
            }
            Self::Service(service) => service.list(prefix.to_owned(), after, most).await,
            Self::Memory(kept) => {
                let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                let held = kept.iter().filter(|(key, _)| key.starts_with(prefix));
                let listed = held.map(|(key, bytes)| Listed {
                    key: key.clone(),
                    size_bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
                    came_at: None,
                });
                let mut behind: Vec<_> = listed
                    .filter(|listed| after.as_ref().is_none_or(|after| listed.key > *after))
                    .collect();
                behind.sort();
                behind.truncate(most);
                Ok(behind)
            }
        }
    }
}

/// Adds what lies in a directory and behind a key. Directories are read one by one, as far as they are needed.
fn walk(
    root: &Path,
    prefix: &str,
    (after, most): (Option<&str>, usize),
    found: &mut Vec<Listed>,
) -> Result<(), Error> {
    let entries = match std::fs::read_dir(root.join(prefix)) {
        Ok(entries) => entries,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(e),
    };
    let mut below = Vec::new();
    for entry in entries {
        let entry = entry?;
        let metadata = entry.metadata()?;
        // In the order of whole keys a directory is what its name is with the slash.
        let slash = if metadata.is_dir() { "/" } else { "" };
        let name = entry.file_name();
        below.push((
            format!("{prefix}{}{slash}", name.to_string_lossy()),
            metadata,
        ));
    }
    below.sort_by(|(one, _), (other, _)| one.cmp(other));
    for (key, metadata) in below {
        if found.len() >= most {
            return Ok(());
        }
        let is_behind = after.is_none_or(|after| *key > *after);
        if metadata.is_dir() {
            if is_behind || after.is_some_and(|after| after.starts_with(&*key)) {
                walk(root, &key, (after, most), found)?;
            }
        } else if is_behind {
            found.push(Listed {
                key,
                size_bytes: metadata.len(),
                came_at: metadata.modified().ok().map(DateTime::from),
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use liangxin_domain::evidence::object::Name;

    #[tokio::test]
    async fn a_directory_is_listed_in_the_order_of_its_keys_whatever_the_page() {
        let directory = tempfile::tempdir().unwrap();
        let mut keys: Vec<_> = (0..40_u8)
            .map(|n| Name::Original(crate::digest::sha256(&[n])).key())
            .chain(["originals/zz.new", "originals/a0.x", "originals/a0/b"].map(str::to_owned))
            .collect();
        for key in &keys {
            let path = directory.path().join(key);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, key).unwrap();
        }
        keys.sort();
        let objects = Objects::Folder(directory.path().to_owned());
        for most in [1, 7, 100] {
            let (mut seen, mut after) = (Vec::new(), None);
            loop {
                let page = objects.list(Area::Originals, after, most).await.unwrap();
                assert!(page.len() <= most);
                let Some(last) = page.last() else { break };
                after = Some(last.key.clone());
                seen.extend(page.into_iter().map(|listed| listed.key));
            }
            assert_eq!(seen, keys, "{most}");
        }
        let nowhere = Objects::Folder(directory.path().join("nowhere"));
        assert_eq!(nowhere.list(Area::Originals, None, 9).await.unwrap(), []);
    }
}

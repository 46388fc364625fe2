//! The typeface of papers that are written as PDF: one file that has Han characters and Latin letters, named by the operator or
//! found where Debian puts one. It is read when the first paper asks for it and kept; a paper holds the characters that stand
//! on it and no others. The program brings none along: each is larger than the program and has a licence of its own.

use liangxin_domain::refusal::{Code, Refusal};
use skrifa::{FontRef, MetadataProvider as _, raw::TableProvider as _, string::StringId};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

/// Where packages put one: Noto Sans CJK (SIL Open Font License 1.1) of Debian, Fedora and Arch, and WenQuanYi (Apache 2.0 or
/// GPL 3 with the exception for documents) of Debian.
const USUAL: [&str; 4] = [
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
];

/// The largest file that is read, in bytes: three times that of Noto. A proposal.
const MOST_BYTES: u64 = 64_000_000;

/// How many faces of a collection are looked at.
const MOST_FACES: u32 = 32;

/// What a face has to have: a character of each of the words on a paper.
const NEEDED: [char; 6] = ['现', '场', '笔', '录', 'A', '0'];

/// Where the typeface comes from.
#[derive(Debug)]
enum Place {
    /// A file that the operator named.
    Named(PathBuf),
    /// Where packages put one.
    Usual,
}

/// A typeface, once it is read.
#[derive(Debug, Clone)]
pub(crate) struct Read {
    /// The bytes of the file.
    pub bytes: Arc<Vec<u8>>,
    /// Which face of a collection it is.
    pub index: u32,
}

/// The typeface of papers.
#[derive(Debug)]
pub struct Face {
    place: Place,
    read: Mutex<Option<Read>>,
}

impl Face {
    /// The face of a file that is named, or of the first of the usual ones that is there.
    #[must_use]
    pub fn at(named: Option<PathBuf>) -> Self {
        Self {
            place: named.map_or(Place::Usual, Place::Named),
            read: Mutex::default(),
        }
    }

    /// The face, read from the disk if that was not done yet; asked for on a thread that may wait. Whoever puts the file there
    /// later need not start the server again.
    pub(crate) fn get(&self) -> Result<Read, Refusal> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(read) = &*read {
            return Ok(read.clone());
        }
        let found = match &self.place {
            Place::Named(path) => found_in(path),
            Place::Usual => USUAL.iter().find_map(|path| found_in(Path::new(path))),
        };
        let found = found.ok_or_else(|| Refusal::of(Code::PaperFontMissing))?;
        *read = Some(found.clone());
        Ok(found)
    }
}

/// The Simplified Chinese face of a file, or the first one that will do; nothing if there is none.
fn found_in(path: &Path) -> Option<Read> {
    let size = fs::metadata(path).ok().filter(fs::Metadata::is_file)?.len();
    if size > MOST_BYTES {
        return None;
    }
    let bytes = fs::read(path).ok()?;
    let faces = (0..MOST_FACES).map_while(|index| {
        let face = FontRef::from_index(&bytes, index).ok()?;
        Some((index, face))
    });
    let mut fit: Vec<_> = faces.filter(|(_, face)| is_fit(face)).collect();
    // Of one point of code each region has a shape of its own.
    fit.sort_by_key(|(_, face)| !is_simplified(face));
    let index = fit.first()?.0;
    drop(fit);
    Some(Read {
        bytes: Arc::new(bytes),
        index,
    })
}

/// Whether it has what papers need, in outlines, and does not say that it may be put into no document (OpenType, `fsType`).
fn is_fit(face: &FontRef<'_>) -> bool {
    let known = face.charmap();
    let is_restricted = face.os2().is_ok_and(|os2| os2.fs_type() & 0xf == 2);
    let has_outlines = face.glyf().is_ok() || face.cff().is_ok();
    let has_all = NEEDED.iter().all(|sign| known.map(*sign).is_some());
    !is_restricted && has_outlines && has_all
}

/// Such as `Noto Sans CJK SC`.
fn is_simplified(face: &FontRef<'_>) -> bool {
    let mut names = face.localized_strings(StringId::FAMILY_NAME);
    names.any(|name| name.to_string().ends_with(" SC"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_there_and_one_that_is_no_typeface_are_told_by_their_code() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("face.ttf");
        let missing = Face::at(Some(path.clone()));
        let code = |face: &Face| face.get().map(|_| ()).unwrap_err().code;
        assert_eq!(code(&missing), Code::PaperFontMissing);
        fs::write(&path, b"no typeface").unwrap();
        assert_eq!(code(&missing), Code::PaperFontMissing);
        let large = fs::File::create(&path).unwrap();
        large.set_len(MOST_BYTES + 1).unwrap();
        assert_eq!(code(&missing), Code::PaperFontMissing);
    }
}

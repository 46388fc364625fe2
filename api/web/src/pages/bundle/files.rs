//! Where each part of the file of a case lies in its archive. Names are made of what the case knows, in plain letters, so that they
//! unpack everywhere.

use liangxin_app::usecase::{
    bundles::{Bundle, Exhibit, Receipt},
    notices::OpenNotice,
};
use liangxin_domain::{
    evidence::photo::{PhotoFormat, PhotoOwner},
    refusal::Lang,
};

/// The pages for people.
pub(super) const fn index(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "index.html",
        Lang::En => "index.en.html",
    }
}

/// The stylesheet of the pages.
pub(super) const STYLE: &str = "style.css";
/// The stylesheet of the papers, as the archive names it.
pub(super) const PAPER_STYLE: &str = "papers/paper.css";
/// The same, as a paper beside it names it.
pub(super) const PAPER_STYLE_BESIDE: &str = "paper.css";
/// The same, as a sheet names it.
pub(super) const PAPER_STYLE_ELSEWHERE: &str = "../papers/paper.css";
/// The list of everything, for machines.
pub(super) const MANIFEST: &str = "manifest.json";
/// What happened, with its proofs.
pub(super) const HISTORY: &str = "history.json";
/// The measurements with their verdicts.
pub(super) const VERDICTS: &str = "verdicts.json";
/// The public keys.
pub(super) const KEYS: &str = "keys.json";
/// What checks it all.
pub(super) const CHECK: &str = "check.py";

/// The original of a photo; none of a reporter's, whose original says by which phone it was taken, and none that is missing.
pub(super) fn original(place: usize, exhibit: &Exhibit) -> Option<String> {
    let photo = &exhibit.photo;
    let is_here = photo.stored_at.is_some() && matches!(photo.owner, PhotoOwner::Visit(_));
    let extension = extension(photo.facts.as_ref().map(|facts| facts.format));
    is_here.then(|| format!("originals/{}.{extension}", stem(place, exhibit)))
}

/// The copy of a reporter's photo, with nothing in it but the picture.
pub(super) fn copy(place: usize, exhibit: &Exhibit) -> Option<String> {
    let is_reporters = matches!(exhibit.photo.owner, PhotoOwner::Report(_));
    let is_here = is_reporters && exhibit.copies.is_some();
    is_here.then(|| format!("copies/{}.jpg", stem(place, exhibit)))
}

fn stem(place: usize, exhibit: &Exhibit) -> String {
    let declared = &exhibit.photo.declared;
    format!("{:02}-{}-{}", place + 1, declared.kind, declared.id)
}

const fn extension(format: Option<PhotoFormat>) -> &'static str {
    match format {
        Some(PhotoFormat::Jpeg) => "jpg",
        Some(PhotoFormat::Png) => "png",
        Some(PhotoFormat::Webp) => "webp",
        Some(PhotoFormat::Heic) => "heic",
        Some(PhotoFormat::Avif) => "avif",
        Some(PhotoFormat::Dng) => "dng",
        None => "bin",
    }
}

/// A receipt.
pub(super) fn receipt(receipt: &Receipt) -> String {
    format!("receipts/{}-{}.jws", receipt.record, receipt.version)
}

/// A seal.
pub(super) fn seal(number: i32) -> String {
    format!("seals/{number:06}.jws")
}

/// A paper.
pub(super) fn paper(place: usize, paper: &OpenNotice, lang: Lang) -> String {
    let language = lang.pick("", ".en");
    format!(
        "papers/{:02}-{}{language}.html",
        place + 1,
        paper.notice.paper
    )
}

/// A sheet to be signed.
pub(super) fn sheet(stem: &str, lang: Lang) -> String {
    format!("{stem}{}.html", lang.pick("", ".en"))
}

/// The photos with their places.
pub(super) fn photos(bundle: &Bundle) -> impl Iterator<Item = (usize, &Exhibit)> {
    bundle.photos.iter().enumerate()
}

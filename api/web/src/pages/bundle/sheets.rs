//! Sheets that are signed by hand: the evidence slip of each photo of a visit, and the record of how the photos of a visit were
//! taken. They are filled from what is kept.

use liangxin_app::{
    app::App,
    store::bundles::Named,
    usecase::bundles::{Bundle, Exhibit, Recorded},
};
use liangxin_domain::{
    event::EventKind,
    evidence::photo::{PhotoFactKind, PhotoFormat, PhotoOwner},
    id::UserId,
    law::calendar::shanghai_date,
    notices::{
        field::{MatterField, OpenField},
        paper::Paper,
    },
};
use std::collections::BTreeSet;

use super::{files, words};
use crate::pages::{
    by_hand::{self, Known},
    layout::Bilingual,
    notice::words as paper_words,
    paper::{PaperView, Picture},
};

/// A photo with its place among those of the case.
type Placed<'a> = (usize, &'a Exhibit);

/// A sheet and the name of its file, without language and ending.
pub(super) struct Sheet {
    /// Such as `sheets/evidence-slip-02`.
    pub stem: String,
    /// What is printed.
    pub view: PaperView,
}

/// The sheets of a case: for each visit with photos the record, then the slips.
pub(super) fn sheets(app: &App, bundle: &Bundle) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    for (number, recorded) in bundle.visits.iter().enumerate() {
        let photos = held(bundle, recorded);
        if photos.is_empty() {
            continue;
        }
        let record = record(bundle, recorded, &photos);
        let record = sheet(app, bundle, (Paper::ExtractionRecord, record), None);
        sheets.extend(record.map(|view| Sheet {
            stem: format!("sheets/extraction-record-{:02}", number + 1),
            view,
        }));
        for photo in photos {
            let slip = slip(bundle, recorded, photo);
            let picture = picture(photo);
            let slip = sheet(app, bundle, (Paper::EvidenceSlip, slip), picture);
            sheets.extend(slip.map(|view| Sheet {
                stem: format!("sheets/evidence-slip-{:02}", photo.0 + 1),
                view,
            }));
        }
    }
    sheets
}

/// The photos of a visit that are held.
fn held<'a>(bundle: &'a Bundle, recorded: &Recorded) -> Vec<Placed<'a>> {
    let owner = PhotoOwner::Visit(recorded.visit.id);
    let photos = files::photos(bundle);
    photos
        .filter(|(_, it)| it.photo.owner == owner && it.photo.stored_at.is_some())
        .collect()
}

/// The sheet by the form of the day on which the case was filed; none if there was no form yet.
fn sheet(
    app: &App,
    bundle: &Bundle,
    (paper, known): (Paper, Known),
    picture: Option<Picture>,
) -> Option<PaperView> {
    let day = shanghai_date(bundle.case.filed_at);
    let mut view = by_hand::sheet(app, &bundle.bureau, (paper, day), known)?;
    view.picture = picture;
    Some(view)
}

/// What both sheets say of a case and a visit.
fn common(bundle: &Bundle, recorded: &Recorded) -> Known {
    let merchant = &bundle.merchant;
    let party = Bilingual::new(merchant.name_zh.clone(), merchant.name_en.clone());
    let mut known = Known::from([
        (OpenField::CaseNumber.into(), plain(&bundle.case.number)),
        (OpenField::RespondentName.into(), party),
        (
            MatterField::Officers.into(),
            people(bundle, recorded.visit.team.iter()),
        ),
    ]);
    // Where nobody arrived nobody knows where it was.
    if !recorded.visit.arrivals.is_empty() {
        let place = plain(&merchant.address);
        known.insert(OpenField::ExtractionPlace.into(), place);
    }
    known
}

fn record(bundle: &Bundle, recorded: &Recorded, photos: &[Placed<'_>]) -> Known {
    let mut known = common(bundle, recorded);
    let content = lines(photos, |(place, it)| {
        let size = it.photo.declared.size_bytes;
        let (kind, file) = (words::kind(it.photo.declared.kind), name(*place, it));
        Bilingual::new(
            format!("{}，{file}，{size} 字节", kind.zh),
            format!("{}, {file}, {size} bytes", kind.en),
        )
    });
    known.insert(OpenField::Content.into(), content);
    known.insert(
        OpenField::CheckValues.into(),
        lines(photos, |(_, it)| plain(&check_values(it))),
    );
    let extractors: BTreeSet<_> = photos
        .iter()
        .filter_map(|(_, it)| sender(bundle, it))
        .collect();
    if !extractors.is_empty() {
        let extractors = people(bundle, extractors.into_iter());
        known.insert(OpenField::Extractor.into(), extractors);
    }
    let taken: Option<Vec<_>> = photos.iter().map(|(_, it)| taken(it)).collect();
    if let Some((first, last)) =
        taken.and_then(|all| Some((*all.iter().min()?, *all.iter().max()?)))
    {
        let (first, last) = (paper_words::moment(first), paper_words::moment(last));
        let told = match first == last {
            true => first,
            false => Bilingual::new(
                format!("{}至{}", first.zh, last.zh),
                format!("{} to {}", first.en, last.en),
            ),
        };
        known.insert(OpenField::ExtractedAt.into(), as_told(&told));
    }
    let media: Option<BTreeSet<_>> = photos.iter().map(|(_, it)| medium(it)).collect();
    if let Some(media) = media {
        let media = Vec::from_iter(media).join("、");
        known.insert(OpenField::Medium.into(), as_told(&plain(&media)));
    }
    known
}

fn slip(bundle: &Bundle, recorded: &Recorded, (place, exhibit): Placed<'_>) -> Known {
    let mut known = common(bundle, recorded);
    let (kind, file) = (
        words::kind(exhibit.photo.declared.kind),
        name(place, exhibit),
    );
    let evidence = Bilingual::new(
        format!("{}（{file}）", kind.zh),
        format!("{} ({file})", kind.en),
    );
    known.insert(OpenField::EvidenceName.into(), evidence);
    known.insert(OpenField::CheckValues.into(), plain(&check_values(exhibit)));
    if let Some(at) = taken(exhibit) {
        let told = as_told(&paper_words::moment(at));
        known.insert(OpenField::ExtractedAt.into(), told);
    }
    known
}

fn plain(words: &str) -> Bilingual {
    Bilingual::new(words, "")
}

/// What stands in the files themselves, where anybody can have written it.
fn as_told(words: &Bilingual) -> Bilingual {
    Bilingual::new(
        format!("{}（照片内记载）", words.zh),
        match words.en.is_empty() {
            true => format!("{} (as the photo says)", words.zh),
            false => format!("{} (as the photo says)", words.en),
        },
    )
}

/// One line a photo.
fn lines(photos: &[Placed<'_>], say: impl Fn(&Placed<'_>) -> Bilingual) -> Bilingual {
    let mut lines = Bilingual::new("", "");
    for (number, photo) in photos.iter().enumerate() {
        let said = say(photo);
        let en = if said.en.is_empty() {
            &said.zh
        } else {
            &said.en
        };
        for (text, said) in [(&mut lines.zh, &said.zh), (&mut lines.en, en)] {
            text.push_str(&format!("{}. {said}\n", number + 1));
        }
    }
    lines
}

fn check_values(exhibit: &Exhibit) -> String {
    let sha256 = exhibit.photo.declared.sha256;
    match exhibit.sm3 {
        Some(sm3) => format!("SHA-256 {sha256}\nSM3 {sm3}"),
        None => format!("SHA-256 {sha256}"),
    }
}

fn name(place: usize, exhibit: &Exhibit) -> String {
    let file = files::original(place, exhibit).unwrap_or_default();
    file.rsplit('/').next().unwrap_or_default().to_owned()
}

fn taken(exhibit: &Exhibit) -> Option<chrono::DateTime<chrono::Utc>> {
    exhibit.photo.facts.as_ref()?.taken_at
}

/// Maker and model of the camera, as the file says.
fn medium(exhibit: &Exhibit) -> Option<String> {
    let found = &exhibit.photo.facts.as_ref()?.found;
    let fact = |kind| found.iter().find(|fact| fact.kind == kind);
    let (make, model) = (fact(PhotoFactKind::Make)?, fact(PhotoFactKind::Model)?);
    Some(format!("{} {}", make.value, model.value))
}

/// Who sent a photo.
fn sender(bundle: &Bundle, exhibit: &Exhibit) -> Option<UserId> {
    let stored: &str = EventKind::PhotoStored.into();
    let photo = exhibit.photo.declared.id.uuid();
    let mut events = bundle.history.events.iter().map(|proved| &proved.event);
    let stored = events.find(|event| event.subject == photo && event.kind == stored);
    stored?.actor_user.map(UserId::new)
}

fn people(bundle: &Bundle, people: impl Iterator<Item = UserId>) -> Bilingual {
    let named = people.filter_map(|user| bundle.people.get(&user));
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for Named {
        name_zh,
        name_en,
        certificate_no,
    } in named
    {
        let number = certificate_no.as_deref();
        let number = number
            .map(|number| format!(" {number}"))
            .unwrap_or_default();
        zh.push(format!("{name_zh}{number}"));
        en.push(format!("{name_en}{number}"));
    }
    Bilingual::new(zh.join("、"), en.join(", "))
}

/// The picture, where a browser shows the format.
fn picture((place, exhibit): Placed<'_>) -> Option<Picture> {
    let format = exhibit.photo.facts.as_ref()?.format;
    let is_shown = matches!(
        format,
        PhotoFormat::Jpeg | PhotoFormat::Png | PhotoFormat::Webp
    );
    let file = files::original(place, exhibit).filter(|_| is_shown)?;
    Some(Picture {
        source: format!("../{file}"),
        shows: words::kind(exhibit.photo.declared.kind),
    })
}

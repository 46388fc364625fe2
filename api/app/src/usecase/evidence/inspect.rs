//! What the server makes of the bytes of a photo: whether it takes them in, and which facts it notes. The bytes
//! themselves are read by the crate `liangxin-picture`; here its answers get the words of the trade.

use chrono::{DateTime, Utc};
use liangxin_domain::{
    evidence::photo::{
        PhotoCopy, PhotoDoubt, PhotoFact, PhotoFactKind, PhotoFacts, PhotoFormat, PhotoLikeness,
    },
    limits::{PHOTO_BYTES, PHOTO_PIXELS},
    place::Position,
    refusal::{Code, Refusal},
};
use liangxin_picture::{
    Fault, Format, Structure,
    copy::{Bounds, Copier, Decoded, NoCopy, SIDES},
    facts::{self, Doubt, Fact, Facts, Taken},
    likeness::{Likeness, is_blank},
};

/// Most memory that one picture may take on its way to a copy, in bytes: a hundred megapixels in four channels. A
/// photo that takes more is held without a copy. A proposal.
pub(super) const DECODE_BYTES: u64 = 400_000_000;

/// How much memory looking at a photo takes, in bytes, by what its header claims and its file holds.
pub(super) fn weigh(bytes: &[u8]) -> u64 {
    let [_, small] = SIDES;
    let picture = liangxin_picture::copy::weigh(bytes, small).min(DECODE_BYTES);
    // Some decoders make a copy of the file.
    picture.saturating_add(size_of(bytes).saturating_mul(2))
}

/// What a look into a photo finds.
#[derive(Debug)]
pub(super) struct Inspected {
    /// What stands in it.
    pub(super) facts: PhotoFacts,
    /// The words by which photos that look like it are searched, its own first; none if nobody could look at it.
    pub(super) probes: Vec<Likeness>,
}

/// Reads what stands in a photo that came at a time; what is not a whole picture of a known format is refused. Runs
/// long: call it on a blocking thread.
pub(super) fn inspect(bytes: &[u8], now: DateTime<Utc>) -> Result<Inspected, Refusal> {
    let [_, small] = SIDES;
    let (structure, decoded) = decoded(bytes, small)?;
    let facts = facts::read(&structure, now);
    let copier = decoded.map(|it| it.upright(facts.turn.value));
    let probes = copier
        .as_ref()
        .ok()
        .map(|it| Likeness::probes(it.picture()));
    let probes = probes.and_then(Result::ok).unwrap_or_default();
    let (copy, likeness) = match copier {
        Ok(copier) => (PhotoCopy::Possible, likeness(&copier, &probes)),
        Err(NoCopy::TooLarge) => (PhotoCopy::TooLarge, None),
        Err(NoCopy::Undecodable | NoCopy::Damaged) => (PhotoCopy::Undecodable, None),
    };
    let facts = PhotoFacts {
        format: format(structure.format),
        width: structure.width,
        height: structure.height,
        taken_at: facts.taken_at().map(|fact| fact.value),
        position: position(&facts),
        copy,
        likeness,
        found: found(&structure, &facts),
    };
    Ok(Inspected { facts, probes })
}

/// The structure of a photo that may be taken in, and from what copies are made, up to a longer side.
pub(super) fn decoded(
    bytes: &[u8],
    side: u32,
) -> Result<(Structure, Result<Decoded, NoCopy>), Refusal> {
    if size_of(bytes) > PHOTO_BYTES {
        return Err(refuse(Code::PhotoTooLarge).with(PHOTO_BYTES.to_string()));
    }
    let bounds = Bounds {
        memory_bytes: DECODE_BYTES,
        side,
    };
    Decoded::look(bytes, PHOTO_PIXELS, bounds).map_err(|fault| match fault {
        Fault::Format => refuse(Code::PhotoFormat),
        Fault::Truncated => refuse(Code::PhotoTruncated),
        Fault::Pixels => refuse(Code::PhotoTooManyPixels).with(PHOTO_PIXELS.to_string()),
        Fault::Tail(most) => refuse(Code::PhotoTail).with(most.to_string()),
    })
}

pub(super) fn refuse(code: Code) -> Refusal {
    Refusal::on(code, "photoId")
}

fn size_of(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

const fn format(format: Format) -> PhotoFormat {
    match format {
        Format::Jpeg => PhotoFormat::Jpeg,
        Format::Png => PhotoFormat::Png,
        Format::Webp => PhotoFormat::Webp,
        Format::Heic => PhotoFormat::Heic,
        Format::Avif => PhotoFormat::Avif,
        Format::Dng => PhotoFormat::Dng,
    }
}

/// The first of the words is the picture's own.
fn likeness(copier: &Copier, probes: &[Likeness]) -> Option<PhotoLikeness> {
    let Likeness {
        frequencies,
        fields,
    } = *probes.first()?;
    Some(PhotoLikeness {
        frequencies,
        fields,
        is_blank: is_blank(copier.picture()),
    })
}

fn position(facts: &Facts) -> Option<Position> {
    let place = facts.place.as_ref()?.value;
    let at = |accuracy| Position::parse(place.latitude, place.longitude, accuracy, "exif").ok();
    // A place stays one if its accuracy cannot be.
    at(place.accuracy_metres).or_else(|| at(None))
}

/// All facts in the order in which they are shown.
fn found(structure: &Structure, facts: &Facts) -> Vec<PhotoFact> {
    let mut found: Vec<_> = facts.taken.iter().map(taken).collect();
    let told = |kind, fact: &Fact<String>| PhotoFact {
        kind,
        value: fact.value.clone(),
        source: fact.source.clone(),
        doubt: None,
    };
    let plain = |kind, value: String, source: &str| PhotoFact {
        kind,
        value,
        source: source.to_owned(),
        doubt: None,
    };
    found.extend(facts.place.as_ref().map(|fact| {
        let place = fact.value;
        let accuracy = place.accuracy_metres.map(|metres| format!(" ±{metres}"));
        let value = format!("{:.6} {:.6}", place.latitude, place.longitude);
        let value = value + &accuracy.unwrap_or_default();
        plain(PhotoFactKind::Position, value, &fact.source)
    }));
    for (kind, fact) in [
        (PhotoFactKind::Make, &facts.make),
        (PhotoFactKind::Model, &facts.model),
        (PhotoFactKind::Software, &facts.software),
    ] {
        found.extend(fact.as_ref().map(|fact| told(kind, fact)));
    }
    let turn = facts.turn.value.exif().to_string();
    found.push(plain(PhotoFactKind::Orientation, turn, &facts.turn.source));
    found.extend(facts.manifest.as_ref().map(|fact| {
        let generator = fact.value.generator.clone().unwrap_or_default();
        plain(PhotoFactKind::Manifest, generator, &fact.source)
    }));
    found.extend(structure.behind.iter().map(|piece| {
        let value = format!("{} {}", piece.extra.name(), piece.size);
        plain(PhotoFactKind::Behind, value, "structure")
    }));
    found
}

fn taken(fact: &Fact<Taken>) -> PhotoFact {
    let Taken { local, at, doubt } = fact.value;
    let local = local.map(|local| local.format("%Y-%m-%dT%H:%M:%S").to_string());
    PhotoFact {
        kind: PhotoFactKind::TakenAt,
        value: at.map(|at| at.to_rfc3339()).or(local).unwrap_or_default(),
        source: fact.source.clone(),
        doubt: doubt.map(|doubt| match doubt {
            Doubt::NeverSet => PhotoDoubt::NeverSet,
            Doubt::BeforeCameras => PhotoDoubt::BeforeCameras,
            Doubt::AfterArrival => PhotoDoubt::AfterArrival,
            Doubt::OldFix => PhotoDoubt::OldFix,
        }),
    }
}

//! What the steps of a visit take.

use super::occurred::{OccurredInput, claim};
use crate::merchants::mutation::PlateInput;
use crate::reports::input::{PhotoInput, PositionInput};
use async_graphql::{Enum, InputObject};
use chrono::NaiveDate;
use liangxin_domain::inspections::visit::Seal;
use liangxin_domain::{
    evidence::photo::{DeclaredPhoto, PhotoKind},
    id::{EntryId, InstrumentId, PhotoId},
    inspections::{
        arrival::{PartyMet, PositionMissing, Whereabouts},
        command::Command,
        occurred::Claim,
        signing::Signature,
    },
    refusal::{Code, Refusal},
    text::{Line, Reason},
};
use uuid::Uuid;

step_inputs! {
    visit_id "The visit.", id "Made by the phone; names this write.";

    /// Arrive on site.
    CheckInInput {
        /// When, as the phone knew it.
        occurred: OccurredInput,
        /// Where; left out where the phone does not know, with the reason.
        position: Option<PositionInput>,
        /// Why the phone does not know where it is; in place of the position.
        position_missing: Option<PositionMissing>,
        /// Whom the officer met. May be said later, by the same operation; no visit is closed before.
        party: Option<PartyMet>,
    }

    /// Send others in the place of inspectors.
    ReplaceInspectorsInput named "Made by the client; names this write." {
        /// Who goes from now on: two or more inspectors with certificates, at most 20.
        inspector_ids: Vec<Uuid>,
        /// Why: 5 to 4,000 characters.
        reason: String,
    }

    /// Record an instrument's mark and seal.
    CheckInstrumentInput {
        /// The instrument on the merchant's ledger.
        instrument_id: Uuid,
        /// The last day on the mark; leave it out if there is no readable mark.
        mark_valid_until: Option<NaiveDate>,
        /// The seal.
        seal: Seal,
        /// A note of at most 120 characters.
        note: Option<String>,
        /// When it was looked at; that day tells whether the mark was valid. Without it the server's moment counts.
        occurred: Option<OccurredInput>,
    }

    /// Put an instrument on the merchant's ledger that stands there and is on no ledger.
    AddSeenInstrumentInput named "Made by the phone; names the instrument and this write." {
        /// What its plate says.
        plate: PlateInput,
        /// When it was seen.
        occurred: Option<OccurredInput>,
    }

    /// Say that something recorded is void: a slip of the finger, the wrong instrument.
    VoidFindingInput {
        /// The measurement or the instrument check, by its id.
        finding_id: Uuid,
        /// Why: 5 to 4,000 characters.
        reason: String,
        /// When it was said.
        occurred: Option<OccurredInput>,
    }

    /// Promise photos of a visit; they follow to `/uploads`.
    DeclarePhotosInput {
        /// The photos; with those declared before at most 24.
        photos: Vec<VisitPhotoInput>,
        /// When they were promised.
        occurred: Option<OccurredInput>,
    }

    /// Close the record towards the merchant.
    SignRecordInput {
        /// Who signed; with the picture of the signature.
        signer_name: Option<String>,
        /// The declared photo of the signature.
        signature_photo_id: Option<Uuid>,
        /// Why there is no signature; instead of the two above.
        refused_reason: Option<String>,
        /// When it was signed or refused.
        occurred: Option<OccurredInput>,
    }

    /// Close a visit.
    SubmitVisitInput {
        /// When the record was closed.
        occurred: Option<OccurredInput>,
    }

    /// Open a closed visit again.
    ReopenVisitInput {
        /// Why: 5 to 4,000 characters.
        reason: String,
        /// When it was opened.
        occurred: Option<OccurredInput>,
    }
}

impl CheckInInput {
    pub(crate) fn parse(self) -> Result<Command, Refusal> {
        let position = self.position.map(|it| it.parse("position")).transpose()?;
        Ok(Command::CheckIn {
            occurred: self.occurred.parse()?,
            place: Whereabouts::of(position, self.position_missing)?,
            party: self.party,
        })
    }
}

impl AddSeenInstrumentInput {
    pub(crate) fn parse(self) -> Result<Command, Refusal> {
        Ok(Command::AddSeenInstrument {
            instrument: InstrumentId::parse(self.id, "id")?,
            plate: self.plate.parse()?,
            occurred: claim(self.occurred.as_ref())?,
        })
    }
}

impl CheckInstrumentInput {
    pub(crate) fn parse(self) -> Result<Command, Refusal> {
        Ok(Command::CheckInstrument {
            check: EntryId::parse(self.id, "id")?,
            instrument: InstrumentId::new(self.instrument_id),
            mark_valid_until: self.mark_valid_until,
            seal: self.seal,
            note: Line::parse_optional(self.note.as_deref(), "note")?,
            occurred: claim(self.occurred.as_ref())?,
        })
    }
}

impl VoidFindingInput {
    pub(crate) fn parse(self) -> Result<Command, Refusal> {
        Ok(Command::VoidFinding {
            entry: EntryId::new(self.finding_id),
            reason: Reason::parse(&self.reason, "reason")?,
            occurred: claim(self.occurred.as_ref())?,
        })
    }
}

/// What a photo of a visit shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum VisitPhotoKind {
    /// What the inspector saw.
    Scene,
    /// The instrument's mark or seal.
    Mark,
    /// The signature under the record.
    Signature,
}

/// A photo of a visit.
#[derive(InputObject)]
pub(super) struct VisitPhotoInput {
    /// What it shows.
    kind: VisitPhotoKind,
    /// The photo.
    photo: PhotoInput,
    /// When it was taken; its clock stands for `takenAt` of the capture where that is left out.
    occurred: Option<OccurredInput>,
}

impl VisitPhotoInput {
    fn parse(&self) -> Result<(DeclaredPhoto, Option<Claim>), Refusal> {
        let mut declared = self.photo.parse(match self.kind {
            VisitPhotoKind::Scene => PhotoKind::Scene,
            VisitPhotoKind::Mark => PhotoKind::Mark,
            VisitPhotoKind::Signature => PhotoKind::Signature,
        })?;
        let taken = claim(self.occurred.as_ref())?;
        let shown = taken.as_ref().map(|taken| taken.wall);
        declared.capture.taken_at = declared.capture.taken_at.or(shown);
        Ok((declared, taken))
    }
}

impl DeclarePhotosInput {
    pub(crate) fn parse(self) -> Result<Command, Refusal> {
        let most = 1 + liangxin_domain::limits::PHOTOS_PER_OWNER;
        let (mut photos, mut taken) = (Vec::new(), Vec::new());
        for photo in self.photos.iter().take(most) {
            let (declared, claim) = photo.parse()?;
            taken.extend(claim.map(|claim| (declared.id, claim)));
            photos.push(declared);
        }
        Ok(Command::DeclarePhotos {
            photos,
            taken,
            occurred: claim(self.occurred.as_ref())?,
        })
    }
}

impl SignRecordInput {
    pub(crate) fn parse(self) -> Result<Command, Refusal> {
        let name = Line::parse_optional(self.signer_name.as_deref(), "signerName")?;
        let reason = Line::parse_optional(self.refused_reason.as_deref(), "refusedReason")?;
        let signature = match (name, self.signature_photo_id, reason) {
            (Some(name), Some(photo), None) => Signature::Signed {
                name,
                photo: PhotoId::new(photo),
            },
            (None, None, Some(reason)) => Signature::Refused { reason },
            (_, _, Some(_)) => return Err(Refusal::on(Code::OutOfRange, "refusedReason")),
            (None, ..) => return Err(Refusal::on(Code::FieldRequired, "signerName")),
            (Some(_), ..) => return Err(Refusal::on(Code::FieldRequired, "signaturePhotoId")),
        };
        Ok(Command::SignRecord {
            signature,
            occurred: claim(self.occurred.as_ref())?,
        })
    }
}

impl SubmitVisitInput {
    pub(crate) fn parse(self) -> Result<Command, Refusal> {
        Ok(Command::SubmitVisit {
            occurred: claim(self.occurred.as_ref())?,
        })
    }
}

impl ReopenVisitInput {
    pub(crate) fn parse(self) -> Result<Command, Refusal> {
        Ok(Command::ReopenVisit {
            reason: Reason::parse(&self.reason, "reason")?,
            occurred: claim(self.occurred.as_ref())?,
        })
    }
}

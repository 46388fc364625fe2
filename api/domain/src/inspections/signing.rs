//! How the record was closed towards the merchant: signed, or why not (SAMR Order 2, articles 28 and 43). A signature names the
//! digest of the record under which it stands. What is recorded, corrected or said to be void later is an addendum: the
//! signature says that it does not stand under it, and the record is signed anew, also after the visit was closed. No
//! signature takes another one away.

use super::{
    command::Setting,
    visit::{Visit, VisitState},
};
use crate::{
    evidence::{
        digest::Sha256,
        photo::{PhotoKind, PhotoOwner},
    },
    id::PhotoId,
    limits::VISIT_SIGNINGS,
    policy::{Action, Permit},
    refusal::{Code, Refusal},
    reports::state::Mark,
    text::Line,
};
use serde::{Deserialize, Serialize};

/// Whether somebody signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Signature {
    /// Signed by this person; the stroke is a declared photo.
    Signed {
        /// Name of the person who signed.
        name: Line,
        /// The picture of the signature.
        photo: PhotoId,
    },
    /// Absent or refused; the reason goes into the record (Order 2, article 43).
    Refused {
        /// Why.
        reason: Line,
    },
}

/// A signature, or the reason why there is none, with what it stands under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signing {
    /// Which of the two.
    pub signature: Signature,
    /// The digest of the record as it was then; nothing where it was not kept yet.
    pub under: Option<Sha256>,
    /// Who took it, and when the server heard of it; nothing where it was not kept yet.
    pub taken: Option<Mark>,
}

impl Signing {
    /// Whether it stands under the record as it is. Of one from before digests were kept nobody can say that it does not.
    #[must_use]
    pub fn covers(&self, record: Sha256) -> bool {
        self.under.is_none_or(|under| under == record)
    }

    /// Whether somebody signed the record as it is.
    fn is_signed(&self, record: Sha256) -> bool {
        matches!(self.signature, Signature::Signed { .. }) && self.under == Some(record)
    }

    fn has_photo(&self, wanted: PhotoId) -> bool {
        matches!(self.signature, Signature::Signed { photo, .. } if photo == wanted)
    }
}

impl Visit {
    /// The last signature, or the last reason why there is none.
    #[must_use]
    pub fn signing(&self) -> Option<&Signing> {
        self.signings.last()
    }

    /// The merchant signs, or the reason is noted.
    pub(super) fn sign(
        mut self,
        permit: &Permit,
        signature: Signature,
        setting: &Setting,
    ) -> Result<Self, Refusal> {
        let declared = Some((PhotoOwner::Visit(self.id), PhotoKind::Signature));
        if matches!(signature, Signature::Signed { .. }) && setting.signature != declared {
            return Err(Refusal::on(Code::PhotoUnknown, "signaturePhotoId"));
        }
        let by = permit.person(Action::RecordFinding)?;
        self.may_be_signed(setting)?;
        let place = self.place_of(&signature, setting)?;
        let taken = Some(Mark {
            by,
            at: setting.now,
        });
        let signing = Signing {
            signature,
            under: setting.record,
            taken,
        };
        self.signings.insert(place, signing);
        Ok(self)
    }

    /// On site, also where that comes late; afterwards as long as something was added that nobody signed.
    fn may_be_signed(&self, setting: &Setting) -> Result<(), Refusal> {
        if let VisitState::Submitted { at } = self.state
            && setting.occurred.is_after(at)
        {
            let last = self.signing().zip(setting.record);
            if last.is_none_or(|(last, record)| last.covers(record)) {
                return Err(self.wrong_state());
            }
        }
        if self.signings.len() >= VISIT_SIGNINGS {
            return Err(Refusal::of(Code::FieldTooLong).with(VISIT_SIGNINGS.to_string()));
        }
        Ok(())
    }

    /// Where it stands among the others. Nobody refused what the merchant has signed, unless it was before: whoever would not
    /// sign at first may sign later, and word of the one may come after the other. Then it stands before the signature, which
    /// stays the last word. No picture of a signature goes from one record to another.
    fn place_of(&self, signature: &Signature, setting: &Setting) -> Result<usize, Refusal> {
        let last = self.signings.len();
        let Some(record) = setting.record else {
            return Ok(last);
        };
        let mut before = self.signings.iter().enumerate();
        match signature {
            Signature::Refused { .. } => match before.find(|(_, it)| it.is_signed(record)) {
                None => Ok(last),
                Some((place, signed)) if is_said_before(signed, setting) => Ok(place),
                Some(_) => Err(Refusal::on(Code::RecordSigned, "refusedReason")),
            },
            Signature::Signed { photo, .. } => {
                match before.any(|(_, it)| it.has_photo(*photo) && !it.covers(record)) {
                    true => Err(Refusal::on(Code::SignatureUsed, "signaturePhotoId")),
                    false => Ok(last),
                }
            }
        }
    }
}

/// Whether a phone says that something was before the server heard of a signature.
fn is_said_before(signed: &Signing, setting: &Setting) -> bool {
    let heard = signed.taken.map(|taken| taken.at);
    setting.occurred.claim.is_some() && heard.is_some_and(|heard| setting.occurred.at() < heard)
}

//! What can be asked of a complaint, and which step answers.

use super::{
    complaint::Complaint,
    consent::{Consent, MediationConsent, RepresentedConsent, Side, Way},
    ending::AgreementForm,
    ground::{Grounds, RefusalReason, TerminationReason},
    mediation::{
        Announcement, BodyKind, ChosenBy, CostBearer, RecusalRequest, RecusalRuling, Session,
        SessionMode, TestOrder,
    },
    side::LeadOutcome,
};
use crate::{
    commands,
    event::Event,
    id::{ReportId, UserId},
    law::calendar::shanghai_date,
    places::{custody::Receiving, division::DivisionCode},
    policy::Permit,
    refusal::{Code, Refusal},
    step::{Command as _, Machine, Step},
    text::{Line, Narrative},
};
use chrono::{DateTime, NaiveDate, Utc};

commands! {
    /// What can be asked of a complaint.
    Command:

    /// Send it to the competent unit (form 3).
    DispatchComplaint {
        /// The division of that unit.
        to: DivisionCode,
    } => DispatchComplaint;
    /// Sign for a dispatched complaint.
    TakeInComplaint => TakeInComplaint;
    /// Give it back to the unit that sent it, for want of competence.
    ReturnComplaint => ReturnComplaint;
    /// Name who handles it.
    AssignComplaint {
        /// A case officer of the place.
        handler: UserId,
    } => AssignComplaint;
    /// Ask the complainant to prove the identity (form 4).
    RequestIdentityProof {
        /// The last day for the proof.
        until: NaiveDate,
    } => HandleComplaint;
    /// Note that the identity was proved.
    ProveIdentity => HandleComplaint;
    /// Propose to refuse.
    ProposeRefusal {
        /// Ground, words, citation.
        reason: RefusalReason,
    } => HandleComplaint;
    /// Refuse as proposed (form 6).
    ApproveRefusal => DecideComplaint;
    /// Accept (form 5).
    AcceptComplaint => HandleComplaint;
    /// Take the complaint back before acceptance.
    WithdrawComplaint {
        /// Why, if said.
        words: Option<Narrative>,
        /// The consent of the persons who are represented.
        represented: Option<RepresentedConsent>,
    } => WithdrawComplaint;
    /// Consent to mediation by the bureau or by a body.
    ConsentToMediation {
        /// Who consents.
        side: Side,
        /// To what.
        to: MediationConsent,
        /// By which way it was given.
        way: Way,
    } => ConsentToMediation;
    /// No longer want complaint information to be published.
    WithdrawPublicationConsent => ConsentToMediation;
    /// Entrust a body with the mediation.
    EntrustMediation {
        /// What kind of body.
        kind: BodyKind,
        /// Which one.
        body: Line,
    } => HandleComplaint;
    /// Mediate again after the body gave it back.
    TakeBackMediation => HandleComplaint;
    /// Announce a session on site (form 7).
    AnnounceSession {
        /// When it will be.
        meets_at: DateTime<Utc>,
        /// Where.
        place: Line,
        /// Who mediates.
        mediators: Vec<Line>,
        /// The last day to ask that a mediator steps back.
        recusal_until: NaiveDate,
    } => HandleComplaint;
    /// Write down a session that was held.
    HoldSession {
        /// How it was held.
        mode: SessionMode,
        /// When it was held.
        held_at: DateTime<Utc>,
        /// The place, for a session on site.
        place: Option<Line>,
        /// Who mediated.
        mediators: Vec<Line>,
        /// What was said.
        record: Narrative,
    } => HandleComplaint;
    /// Ask that a mediator steps back.
    RequestRecusal {
        /// Who asks.
        side: Side,
        /// Which mediator.
        mediator: Line,
        /// Why.
        words: Narrative,
    } => RequestRecusal;
    /// Decide about a mediator.
    DecideRecusal {
        /// Granted or not.
        ruling: RecusalRuling,
    } => DecideComplaint;
    /// Send a sample to a testing body.
    SendForTesting {
        /// The testing body.
        body: Line,
        /// What is tested.
        sample: Line,
        /// Who chose the body.
        chosen_by: ChosenBy,
        /// Who pays.
        cost: CostBearer,
    } => HandleComplaint;
    /// Record what the test says.
    RecordTestResult {
        /// What it says.
        result: Narrative,
    } => HandleComplaint;
    /// Record that the sides agreed (form 9, or the record of what was performed).
    RecordAgreement {
        /// With a letter or without.
        form: AgreementForm,
        /// On what.
        terms: Narrative,
        /// The consent of the persons who are represented.
        represented: Option<RepresentedConsent>,
    } => HandleComplaint;
    /// Propose to terminate the mediation.
    ProposeTermination {
        /// Ground, words, citation.
        reason: TerminationReason,
    } => HandleComplaint;
    /// Terminate as proposed (form 8).
    TerminateMediation {
        /// The consent of the persons who are represented.
        represented: Option<RepresentedConsent>,
    } => DecideComplaint;
    /// Note that a side was told of the termination.
    NoteSideTold {
        /// Which side.
        side: Side,
        /// By which way.
        way: Way,
    } => HandleComplaint;
    /// Close the file.
    CloseComplaint => HandleComplaint;
    /// Send the closed file to the archive.
    ArchiveComplaint => HandleComplaint;
    /// Hand conduct of article 42 to the police.
    ReferToPolice {
        /// Which police.
        police: Line,
        /// What was done.
        conduct: Narrative,
    } => ReferToPolice;
    /// Write down a lead that was found while mediating.
    ReportLead {
        /// What was found.
        words: Narrative,
    } => HandleComplaint;
    /// Decide what becomes of the lead.
    SettleLead {
        /// What becomes of it.
        outcome: LeadOutcome,
        /// Why.
        words: Narrative,
    } => DecideComplaint;
}

/// What else a step on a complaint needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The moment.
    pub now: DateTime<Utc>,
    /// The grounds of the edition that the complaint falls under.
    pub grounds: Grounds,
    /// The last day of C-MEDIATE; unknown while a calendar is missing.
    pub mediate_until: Option<NaiveDate>,
    /// What the complainant said on form 1 about mediation by a body.
    pub entrustment: Option<Consent>,
    /// The side whose own hand it is; an officer writes down what either said.
    pub own_side: Option<Side>,
    /// The division that the officer sits in.
    pub seat: Option<DivisionCode>,
    /// Whether the unit that the command names can take the complaint in.
    pub receiving: Receiving,
    /// Whether the person that the command names may have it.
    pub receiver: Receiver,
    /// The report that a lead opens.
    pub lead_report: Option<ReportId>,
}

/// Whether whoever a command names may have the complaint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receiver {
    /// There is such a case officer of the place.
    Fit,
    /// There is not.
    Unknown,
}

impl Setting {
    /// A consent as it is noted: by a side's own hand, or by the officer who heard it.
    #[must_use]
    pub fn consent(&self, permit: &Permit, way: Way) -> Consent {
        Consent {
            way,
            at: self.now,
            noted_by: permit.by().filter(|_| self.own_side.is_none()),
        }
    }

    fn check_own_side(&self, side: Side) -> Result<(), Refusal> {
        match self.own_side {
            Some(own) if own != side => Err(Refusal::of(Code::Denied)),
            _ => Ok(()),
        }
    }

    fn check_receiver(&self, code: Code, field: &'static str) -> Result<(), Refusal> {
        match self.receiver {
            Receiver::Fit => Ok(()),
            Receiver::Unknown => Err(Refusal::on(code, field)),
        }
    }
}

impl Machine for Complaint {
    type Command = Command;
    type Setting = Setting;

    #[expect(clippy::too_many_lines, reason = "one arm a command")]
    fn take(
        self,
        command: Command,
        permit: &Permit,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        let (now, action) = (setting.now, command.action());
        match command {
            Command::DispatchComplaint { to } => self.dispatch(permit, to, setting),
            Command::TakeInComplaint => self.take_in(permit),
            Command::ReturnComplaint => self.give_back(permit),
            Command::AssignComplaint { handler } => {
                setting.check_receiver(Code::HandlerUnknown, "handlerId")?;
                self.assign(permit, handler)
            }
            Command::RequestIdentityProof { until } => {
                self.request_identity_proof(permit, until, &setting.grounds, now)
            }
            Command::ProveIdentity => self.prove_identity(permit, now),
            Command::ProposeRefusal { reason } => {
                self.propose_refusal(permit, reason, &setting.grounds, now)
            }
            Command::ApproveRefusal => self.approve_refusal(permit, now),
            Command::AcceptComplaint => self.accept(permit, setting.entrustment, now),
            Command::WithdrawComplaint { words, represented } => {
                self.withdraw(permit, words, represented, now)
            }
            Command::ProposeTermination { reason } => {
                self.propose_termination(permit, reason, setting)
            }
            Command::TerminateMediation { represented } => self.terminate(permit, represented, now),
            Command::NoteSideTold { side, way } => self.note_told(permit, (side, way), now),
            Command::CloseComplaint => self.close(permit, now),
            Command::ArchiveComplaint => self.archive(permit, now),
            Command::ReferToPolice { police, conduct } => {
                self.refer_to_police(permit, (police, conduct), now)
            }
            Command::ReportLead { words } => self.report_lead(permit, words, setting),
            Command::SettleLead { outcome, words } => {
                self.settle_lead(permit, (outcome, words), now)
            }
            Command::ConsentToMediation { side, to, way } => {
                setting.check_own_side(side)?;
                self.consent(permit, (side, to), setting.consent(permit, way))
            }
            Command::WithdrawPublicationConsent => {
                permit.allows(action)?;
                setting.check_own_side(Side::Complainant)?;
                let event = Event::ComplaintConsentWithdrawn { complaint: self.id };
                Ok(self.noted(event, Vec::new(), None))
            }
            Command::EntrustMediation { kind, body } => self.entrust(permit, (kind, body), now),
            Command::TakeBackMediation => self.take_back(permit),
            Command::AnnounceSession {
                meets_at,
                place,
                mediators,
                recusal_until,
            } => {
                let announcement = Announcement {
                    meets_at,
                    place,
                    mediators,
                    recusal_until,
                    by: permit.person(action)?,
                    at: now,
                };
                self.announce_session(permit, announcement)
            }
            Command::HoldSession {
                mode,
                held_at,
                place,
                mediators,
                record,
            } => {
                let session = Session {
                    mode,
                    held_at,
                    place,
                    mediators,
                    record,
                    by: permit.person(action)?,
                };
                self.hold_session(permit, session, now)
            }
            Command::RequestRecusal {
                side,
                mediator,
                words,
            } => {
                setting.check_own_side(side)?;
                let request = RecusalRequest {
                    side,
                    mediator,
                    words,
                    at: now,
                };
                self.request_recusal(permit, request)
            }
            Command::DecideRecusal { ruling } => self.decide_recusal(permit, ruling, now),
            Command::SendForTesting {
                body,
                sample,
                chosen_by,
                cost,
            } => {
                let order = TestOrder {
                    body,
                    sample,
                    chosen_by,
                    cost,
                    began_on: shanghai_date(now),
                    by: permit.person(action)?,
                };
                self.send_for_testing(permit, order)
            }
            Command::RecordTestResult { result } => self.record_test_result(permit, result, now),
            Command::RecordAgreement {
                form,
                terms,
                represented,
            } => self.agree(permit, (form, terms), represented, now),
        }
    }
}

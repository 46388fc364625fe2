//! How a case ends: carried out, without a penalty (Order 2, article 60), at somebody else (articles 7
//! to 16), without a party (article 47), or by what a review or a court makes of its decision.

use super::{
    case::Case,
    charge::Penalty,
    command::Setting,
    file::{CaseStateKind, File, NoPenaltyGround, Outcome, Proposal, Round},
};
use crate::{
    law::calendar::shanghai_date,
    limits::CASE_ACTS,
    money::Fen,
    refusal::{Code, Refusal},
    reports::state::Mark,
    text::{Line, Reason},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

words! {
    /// How a case ended without a penalty.
    pub enum EndingKind {
        /// No penalty is imposed.
        NoPenalty,
        /// It went to another agency or to the police.
        Transferred,
        /// The party is gone and nobody has its rights and duties, so that nothing can be investigated (Order 2, article
        /// 47; that number by general knowledge, unverified). This is no ground for sparing it: nobody reports, audits or is
        /// told, and nothing is established.
        Terminated,
    }

    /// What was made of a decision.
    pub enum ChangeKind as "DecisionChangeKind" {
        /// It was taken away: nothing of it is shown, rated or rewarded any more.
        Annulled,
        /// Its fine was lowered, or what is taken of gains and things.
        Lowered,
        /// A slip of the pen was put right; nothing that was decided is another.
        Corrected,
    }

    /// Who changed a decision.
    pub enum ChangedBy as "DecisionChangedBy" {
        /// The bureau itself: an act of its own, against which the party may go as against the decision.
        Bureau,
        /// Who reviewed it.
        Review,
        /// A court.
        Court,
    }
}

/// That a case ended without a penalty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// How.
    pub kind: EndingKind,
    /// The head who decided, and when.
    pub made: Mark,
}

/// What is left of the sums of a decision, where a change says it; what it does not name stays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Left {
    /// Of the fine.
    pub fine: Option<Fen>,
    /// Of the confiscated gains.
    pub gains: Option<Fen>,
    /// Of the worth of the confiscated things.
    pub goods: Option<Fen>,
}

/// What a review, a court or the bureau itself made of a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What.
    pub kind: ChangeKind,
    /// Who changed it; nothing in what was noted before it was asked.
    #[serde(default)]
    pub by: Option<ChangedBy>,
    /// What that is called.
    pub body: Line,
    /// The number of its paper.
    pub document: Line,
    /// The day of its paper.
    pub on: NaiveDate,
    /// Why.
    pub reason: Reason,
    /// What is left of the fine.
    pub fine: Fen,
    /// What is left of the confiscated gains, where it says so.
    #[serde(default)]
    pub gains: Option<Fen>,
    /// What is left of the worth of the confiscated things, where it says so.
    #[serde(default)]
    pub goods: Option<Fen>,
    /// Who noted it, and when.
    pub noted: Mark,
}

/// The sums of a decision.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    pub(super) fine: Fen,
    pub(super) gains: Fen,
    pub(super) goods: Fen,
}

impl File {
    /// What was made of the decision, the oldest first.
    pub fn changes(&self) -> impl DoubleEndedIterator<Item = &Change> {
        self.former_changes.iter().chain(&self.change)
    }

    /// What the last change that says it left of a sum.
    fn left(&self, part: impl Fn(&Change) -> Option<Fen>) -> Option<Fen> {
        let lowered = self
            .changes()
            .filter(|change| change.kind == ChangeKind::Lowered);
        lowered.filter_map(part).next_back()
    }

    /// What those who lowered it left of the sums of a decision, whatever became of it after that.
    pub(super) fn left_of(&self, decided: &Penalty) -> Sums {
        let fine = self.left(|change| Some(change.fine));
        let gains = self.left(|change| change.gains);
        let goods = self.left(|change| change.goods);
        Sums {
            fine: fine.unwrap_or_else(|| decided.fine()),
            gains: gains.unwrap_or_else(|| decided.taken_gains()),
            goods: goods.unwrap_or(decided.sanction.items_value),
        }
    }
}

impl Proposal {
    /// Refuses a ground for no penalty that the register or the days tell to be none: the first offence has none before
    /// it, and what was found in time is not barred by it (Administrative Penalty Law, articles 33 and 36).
    pub(super) fn check_ground(&self, setting: &Setting) -> Result<(), Refusal> {
        let Outcome::NoPenalty { ground, .. } = &self.outcome else {
            return Ok(());
        };
        match (ground, &setting.limits) {
            (NoPenaltyGround::FirstOffence, _) if setting.has_earlier_offence => {
                Err(Refusal::on(Code::OffenceNotFirst, "ground"))
            }
            (NoPenaltyGround::TimeBarred, Some(limits)) => limits.check_over(),
            _ => Ok(()),
        }
    }

    /// What is spared for being slight or the first time was put right, and somebody saw it (article 33).
    pub(super) fn check_corrected(
        &self,
        conduct_on: NaiveDate,
        setting: &Setting,
    ) -> Result<(), Refusal> {
        let Outcome::NoPenalty {
            ground,
            corrected_on,
            ..
        } = &self.outcome
        else {
            return Ok(());
        };
        match (ground, corrected_on) {
            (_, Some(day)) => setting.check_past(*day, Some(conduct_on), "correctedOn"),
            (NoPenaltyGround::Slight | NoPenaltyGround::FirstOffence, None) => {
                Err(Refusal::on(Code::FieldRequired, "correctedOn"))
            }
            _ => Ok(()),
        }
    }
}

impl Case {
    /// Ends the case without a penalty. Whether that person investigated is the policy's to ask.
    pub(super) fn end(&mut self, ending: Ending, setting: &Setting) -> Result<(), Refusal> {
        self.undecided()?;
        match ending.kind {
            EndingKind::NoPenalty => self.may_be_spared(setting)?,
            EndingKind::Terminated => self.has_lost_its_party(setting)?,
            EndingKind::Transferred => {}
        }
        self.file.ending = Some(ending);
        Ok(())
    }

    /// The final report says so and passed its audit, and no referral to the police is open.
    fn may_be_spared(&mut self, setting: &Setting) -> Result<(), Refusal> {
        self.still_open()?;
        self.referral_is_over()?;
        let round = self
            .file
            .round()
            .ok_or(Refusal::of(Code::ProposalRequired))?;
        if let Outcome::Penalty(_) = round.proposal.outcome {
            return Err(Refusal::of(Code::NoPenaltyNotProposed));
        }
        round.proposal.check_ground(setting)?;
        self.audited().map(|_| ())
    }

    /// The register says so too, and the police are not asked about a crime. It may wait meanwhile: whoever could not be
    /// found may be found dead.
    fn has_lost_its_party(&self, setting: &Setting) -> Result<(), Refusal> {
        self.referral_is_over()?;
        if setting.is_party_gone {
            return Ok(());
        }
        Err(Refusal::of(Code::PartyNotGone))
    }

    /// Closes a case whose decision is carried out, or cannot be: then with a reason.
    pub(super) fn finish(
        &mut self,
        in_spite: Option<&Reason>,
        made: Mark,
        setting: &Setting,
    ) -> Result<(), Refusal> {
        self.in_execution()?;
        if in_spite.is_none() && !self.is_carried_out(setting) {
            return Err(Refusal::of(Code::NotCarriedOut));
        }
        self.file.closed = Some(made);
        Ok(())
    }

    /// Puts a closed case into the archive, with the service of what the party had to get (Order 2, article 78). Where it
    /// ended because the party is gone nobody is left to get anything.
    pub(super) fn archive(&mut self, made: Mark, setting: &Setting) -> Result<(), Refusal> {
        let state = self.state_kind();
        if !state.is_over() || self.file.archived.is_some() {
            return Err(self.wrong_state());
        }
        if let (false, Some(number)) = (state == CaseStateKind::Terminated, &setting.unserved) {
            return Err(Refusal::of(Code::PaperNotServed).with(number.clone()));
        }
        self.file.archived = Some(made);
        Ok(())
    }

    /// What a change leaves of the fine and of the rest.
    pub(super) fn left_by(&self, kind: ChangeKind, said: Left) -> (Fen, Left) {
        match kind {
            ChangeKind::Annulled => (Fen::ZERO, Left::default()),
            ChangeKind::Corrected => (self.fine(), Left::default()),
            ChangeKind::Lowered => (said.fine.unwrap_or_else(|| self.fine()), said),
        }
    }

    /// Notes what was made of the decision. Each change stays in the file.
    pub(super) fn change(&mut self, change: Change, setting: &Setting) -> Result<(), Refusal> {
        let wrong = self.wrong_state();
        let decision = self
            .file
            .decision
            .as_ref()
            .ok_or(Refusal::of(Code::CaseNotDecided))?;
        if self.file.is_annulled() {
            return Err(wrong);
        }
        let decided_on = shanghai_date(decision.made.at);
        setting.check_past(change.on, Some(decided_on), "on")?;
        if change.kind == ChangeKind::Lowered {
            // Nobody asks for less of what nobody was told, and what is left has to be served first.
            if decision.served.is_none() {
                return Err(Refusal::of(Code::DecisionNotServed));
            }
            self.is_lighter_by(&change)?;
        }
        // Nothing follows an annulment, so that it is never one too many.
        let is_last = change.kind == ChangeKind::Annulled;
        if !is_last && self.file.former_changes.len() >= CASE_ACTS {
            return Err(Refusal::of(Code::FieldTooLong).with(CASE_ACTS.to_string()));
        }
        let former = self.file.change.replace(change);
        self.file.former_changes.extend(former);
        Ok(())
    }

    /// Something becomes less, and nothing more.
    fn is_lighter_by(&self, change: &Change) -> Result<(), Refusal> {
        let sums = [
            ("fineYuan", Some(change.fine), self.fine()),
            ("gainsYuan", change.gains, self.gains()),
            ("goodsYuan", change.goods, self.goods()),
        ];
        let said = sums.into_iter();
        let said: Vec<_> = said
            .filter_map(|(field, left, now)| Some((field, left?, now)))
            .collect();
        if let Some((field, _, now)) = said.iter().find(|(_, left, now)| left > now) {
            return Err(Refusal::on(Code::FineHeavierThanNotice, field).with(now.to_string()));
        }
        if said.iter().all(|(_, left, now)| left == now) {
            let refused = Refusal::on(Code::FineHeavierThanNotice, "fineYuan");
            return Err(refused.with(self.fine().to_string()));
        }
        Ok(())
    }

    /// Whether it shows that the party did something wrong: it was punished, or spared for being slight or the first
    /// time.
    #[must_use]
    pub fn shows_offence(&self) -> bool {
        let is_spared = self
            .file
            .ending
            .is_some_and(|ending| ending.kind == EndingKind::NoPenalty)
            && matches!(
                self.file.round().and_then(Round::ground),
                Some(NoPenaltyGround::Slight | NoPenaltyGround::FirstOffence)
            );
        is_spared || self.standing().is_some()
    }

    /// The penalty that stands: decided, and not taken away.
    #[must_use]
    pub fn standing(&self) -> Option<&Penalty> {
        let decision = self.file.decision.as_ref()?;
        (!self.file.is_annulled()).then_some(&decision.penalty)
    }

    /// Fines, gains and the worth of things that stand: what a reward is a share of, where its scheme counts
    /// all of them.
    #[must_use]
    pub fn sum(&self) -> Fen {
        let sum = |sum: Fen, other| sum.checked_add(other).unwrap_or(sum);
        let taken = [self.gains(), self.goods()];
        taken.into_iter().fold(self.fine(), sum)
    }

    /// The fine that stands.
    #[must_use]
    pub fn fine(&self) -> Fen {
        self.sums().fine
    }

    /// The confiscated gains that stand.
    #[must_use]
    pub fn gains(&self) -> Fen {
        self.sums().gains
    }

    /// The worth of the confiscated things that stands.
    #[must_use]
    pub fn goods(&self) -> Fen {
        self.sums().goods
    }

    fn sums(&self) -> Sums {
        let standing = self.standing();
        standing.map_or_else(Sums::default, |penalty| self.file.left_of(penalty))
    }
}

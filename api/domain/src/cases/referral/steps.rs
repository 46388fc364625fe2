//! What may be done to a referral, and what waits for it.

use super::{
    CrimeReport, GoodsHandedOver, HandedOver, LiabilityNote, PoliceAnswer, PoliceReturn, Referral,
    ReferralDecision, ReferralState, ReviewRequest,
};
use crate::{
    cases::{case::Case, command::Setting},
    law::calendar::shanghai_date,
    limits::CASE_ACTS,
    refusal::{Code, Refusal},
    reports::state::{Mark, Receiver},
    text::Narrative,
};

impl Case {
    /// Refuses what waits while the police have the case.
    pub(in crate::cases) fn not_with_police(&self) -> Result<(), Refusal> {
        if self.file.is_with_police() {
            return Err(Refusal::of(Code::PoliceHaveCase));
        }
        Ok(())
    }

    /// Refuses to decide the case before it is said whether it is the police's.
    pub(in crate::cases) fn referral_is_over(&self) -> Result<(), Refusal> {
        self.not_with_police()?;
        if self.file.referral().is_some_and(Referral::is_open) {
            return Err(Refusal::of(Code::ReferralOpen));
        }
        Ok(())
    }

    /// Refuses to end the case at the police before they got its referral, and at anybody else while one is open.
    pub(in crate::cases) fn may_go_to(&self, to: Receiver) -> Result<(), Refusal> {
        self.undecided()?;
        if to != Receiver::Police {
            return self.referral_is_over();
        }
        let referral = self.file.referral();
        let given = referral.and_then(|referral| referral.handed_over.as_ref());
        given.map(|_| ()).ok_or(Refusal::of(Code::ReferralRequired))
    }

    /// The officers of the case report a suspected crime, in any state before the case is decided or ended.
    pub(in crate::cases) fn report_crime(
        &mut self,
        (facts, report): (Narrative, Narrative),
        made: Mark,
    ) -> Result<(), Refusal> {
        self.undecided()?;
        if self.investigators.iter().count() < 2 {
            return Err(Refusal::of(Code::InspectorsTwoRequired));
        }
        self.referral_is_over()?;
        if self.file.referrals.len() >= CASE_ACTS {
            return Err(Refusal::of(Code::FieldTooLong).with(CASE_ACTS.to_string()));
        }
        self.file.referrals.push(Referral::of(CrimeReport {
            facts,
            report,
            officers: self.investigators.clone(),
            made,
        }));
        Ok(())
    }

    pub(in crate::cases) fn decide_referral(
        &mut self,
        decided: ReferralDecision,
    ) -> Result<(), Refusal> {
        self.referral_in(&[ReferralState::Reported])?.decided = Some(decided);
        Ok(())
    }

    pub(in crate::cases) fn hand_over(&mut self, handed_over: HandedOver) -> Result<(), Refusal> {
        self.referral_in(&[ReferralState::Approved])?.handed_over = Some(handed_over);
        Ok(())
    }

    pub(in crate::cases) fn police_answered(
        &mut self,
        answer: PoliceAnswer,
        setting: &Setting,
    ) -> Result<(), Refusal> {
        let open = [ReferralState::HandedOver, ReferralState::UnderReview];
        let referral = self.referral_in(&open)?;
        let asked = referral.review.as_ref().map(|review| review.made.at);
        let handed_over = referral.handed_over.as_ref().map(|given| given.made.at);
        let since = asked.or(handed_over).map(shanghai_date);
        setting.check_past(answer.on, since, "on")?;
        referral.answers.push(answer);
        Ok(())
    }

    /// One review of a refusal, as long as its days run and the case is not decided here.
    pub(in crate::cases) fn ask_review(
        &mut self,
        review: ReviewRequest,
        setting: &Setting,
    ) -> Result<(), Refusal> {
        let wrong = self.wrong_state();
        let may_ask = self.file.may_ask_review();
        let referral = self.referral_in(&[ReferralState::Refused])?;
        if referral.review.is_some() {
            return Err(Refusal::of(Code::ReviewAskedBefore));
        }
        if !may_ask {
            return Err(wrong);
        }
        let until = referral.answers.last().and_then(|answer| answer.until);
        if let Some(until) = until.filter(|until| setting.today() > *until) {
            return Err(Refusal::of(Code::ReviewLate).with(until.to_string()));
        }
        referral.review = Some(review);
        Ok(())
    }

    pub(in crate::cases) fn hand_over_goods(
        &mut self,
        goods: GoodsHandedOver,
    ) -> Result<(), Refusal> {
        let referral = self.referral_in(&[ReferralState::Accepted])?;
        if referral.goods.is_some() {
            return Err(Refusal::of(Code::GoodsWithPolice));
        }
        referral.goods = Some(goods);
        Ok(())
    }

    /// What became of a case that the police took up, also after this bureau ended it.
    pub(in crate::cases) fn note_liability(
        &mut self,
        note: LiabilityNote,
        setting: &Setting,
    ) -> Result<(), Refusal> {
        let taken = [ReferralState::Accepted, ReferralState::Returned];
        let referral = self.referral_in(&taken)?;
        setting.check_past(note.on, referral.accepted_on(), "on")?;
        if referral.liability.len() >= CASE_ACTS {
            return Err(Refusal::of(Code::FieldTooLong).with(CASE_ACTS.to_string()));
        }
        referral.liability.push(note);
        Ok(())
    }

    pub(in crate::cases) fn police_returned(
        &mut self,
        returned: PoliceReturn,
        setting: &Setting,
    ) -> Result<(), Refusal> {
        let referral = self.referral_in(&[ReferralState::Accepted])?;
        setting.check_past(returned.on, referral.accepted_on(), "on")?;
        referral.returned = Some(returned);
        Ok(())
    }

    fn referral_in(&mut self, states: &[ReferralState]) -> Result<&mut Referral, Refusal> {
        let referral = self.file.referrals.last_mut();
        let referral = referral.ok_or(Refusal::of(Code::ReferralRequired))?;
        referral.is_in(states)?;
        Ok(referral)
    }
}

//! A penalty that two officers impose on the spot (Order 2, articles 66 to 70; Administrative Penalty Law,
//! articles 51 and 52): a warning or a small fine for plain facts. The party is told and heard by word of
//! mouth, and gets the decision at once. There is neither filing nor audit nor notice, so that the case is
//! born decided and served; it is carried out and closed like every other.

use super::{
    announce::{Answer, AnswerKind, delivered},
    basis::Basis,
    case::Case,
    charge::Penalty,
    command::Setting,
    decide::{Decision, SuitPeriod},
    file::{File, Outcome, Proposal, Round},
    service::Delivery,
};
use crate::{
    id::{CaseId, MerchantId},
    inspections::visit::Team,
    law::calendar::shanghai_date,
    money::Fen,
    notices::notice::Channel,
    places::division::DivisionCode,
    refusal::{Code, Refusal},
    reports::state::Mark,
    text::{Narrative, Reason},
};
use serde::{Deserialize, Serialize};

/// The period for handing the papers of a penalty on the spot to the office: Order 2, articles 66 to 70.
pub const SIMPLE: &str = "P-SIMPLE";

/// What a file says of a penalty on the spot in place of filing, audit and notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnTheSpotRecord {
    /// What the party was told before: facts, reason, basis, and what it may say and do.
    pub told: Narrative,
    /// That the papers came to the office.
    pub papers: Option<Mark>,
}

/// A penalty that two officers impose on the spot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnTheSpot {
    /// The case that it makes.
    pub id: CaseId,
    /// Its number on paper.
    pub number: String,
    /// How the officers came to it: one visit, or none.
    pub basis: Basis,
    /// The party.
    pub merchant: MerchantId,
    /// Where it is imposed.
    pub division: DivisionCode,
    /// The certified officers.
    pub officers: Team,
    /// What is imposed and ordered.
    pub penalty: Penalty,
    /// What the party was told before.
    pub told: Narrative,
    /// What it said; nothing if it had nothing to say.
    pub said: Option<Narrative>,
    /// What the officers answer to that.
    pub defence_review: Option<Reason>,
    /// Which period for suit the decision tells it.
    pub suit: SuitPeriod,
    /// That it got the decision.
    pub delivery: Delivery,
    /// The officer who decided, and when.
    pub made: Mark,
}

impl OnTheSpot {
    /// The case that it makes. What the law keeps for the ordinary procedure is refused.
    pub fn impose(self, setting: &Setting) -> Result<Case, Refusal> {
        self.check(setting)?;
        let same_acts = self.penalty.same_acts(&self.basis.told, setting);
        let Self { penalty, made, .. } = self;
        let served = delivered(self.delivery, made.at, made, setting)?;
        let answer = self.said.map(|said| Answer {
            kind: AnswerKind::Statement,
            words: Some(said),
            proof: None,
            at: made.at,
            arrived_on: None,
        });
        let round = Round {
            proposal: Proposal {
                outcome: Outcome::Penalty(penalty.clone()),
                weighty: None,
                new_facts: None,
                same_acts,
                made,
            },
            audits: Vec::new(),
            notice: None,
            answers: answer.into_iter().collect(),
            hearing: None,
            conference: None,
            former_conferences: Vec::new(),
            is_timed: false,
        };
        let file = File {
            rounds: vec![round],
            decision: Some(Decision {
                penalty,
                defence_review: self.defence_review,
                provincial_approval: None,
                made,
                served: Some(served),
                suit: self.suit,
            }),
            on_the_spot: Some(OnTheSpotRecord {
                told: self.told,
                papers: None,
            }),
            ..File::default()
        };
        Ok(Case {
            id: self.id,
            number: self.number,
            basis: self.basis,
            merchant: self.merchant,
            division: self.division,
            investigators: self.officers,
            filed_at: made.at,
            filed_by: made.by,
            file,
            version: 1,
        })
    }

    fn check(&self, setting: &Setting) -> Result<(), Refusal> {
        if self.officers.iter().count() < 2 {
            return Err(Refusal::on(Code::InspectorsTwoRequired, "investigatorIds"));
        }
        if !self.officers.has(self.made.by) {
            return Err(Refusal::on(Code::OnTheSpotOfficer, "investigatorIds"));
        }
        if self.said.is_some() && self.defence_review.is_none() {
            return Err(Refusal::on(Code::DefenceReviewRequired, "defenceReview"));
        }
        let is_handed_over = self.delivery.channel == Channel::InPerson
            && shanghai_date(self.delivery.at) == shanghai_date(self.made.at);
        if !is_handed_over {
            return Err(Refusal::on(Code::OnTheSpotDelivery, "channel"));
        }
        self.penalty.check_small(setting.on_the_spot_up_to)?;
        self.penalty.check(setting)?;
        self.penalty.check_fined_once(setting)
    }
}

impl Penalty {
    /// Refuses what is neither a warning nor a fine of at most that sum (Administrative Penalty Law,
    /// article 51). A sum that nobody knows allows no fine.
    fn check_small(&self, up_to: Option<Fen>) -> Result<(), Refusal> {
        let takes = self.taken_gains() > Fen::ZERO
            || self.sanction.items.is_some()
            || self.sanction.compensation > Fen::ZERO;
        if takes {
            return Err(Refusal::of(Code::OnTheSpotKind));
        }
        if self.fine() > up_to.unwrap_or_default() {
            let most = up_to.map_or_else(|| "—".to_owned(), |most| most.to_string());
            return Err(Refusal::on(Code::OnTheSpotSum, "fineYuan").with(most));
        }
        Ok(())
    }
}

impl File {
    /// Whether the penalty was imposed on the spot.
    #[must_use]
    pub const fn is_simple(&self) -> bool {
        self.on_the_spot.is_some()
    }
}

impl Case {
    /// The papers of a penalty on the spot came to the office.
    pub(super) fn file_papers(&mut self, made: Mark) -> Result<(), Refusal> {
        let wrong = self.wrong_state();
        match &mut self.file.on_the_spot {
            Some(record) if record.papers.is_none() => {
                record.papers = Some(made);
                Ok(())
            }
            _ => Err(wrong),
        }
    }

    /// Whether papers of a penalty on the spot have not come to the office yet.
    pub(super) fn lacks_papers(&self) -> bool {
        let record = self.file.on_the_spot.as_ref();
        record.is_some_and(|record| record.papers.is_none())
    }
}

#[cfg(test)]
mod tests;

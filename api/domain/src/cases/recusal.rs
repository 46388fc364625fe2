//! Who steps back from a case (Administrative Penalty Law, article 43; Order 2, article 4): the party asks for it, or an
//! officer does, for himself too; a head rules, and on somebody who is a head the heads together. Until it is ruled
//! nothing stops, but whoever it is about does not judge. Whoever stepped back takes no act in the case any more; what he
//! did before stays, for the head to judge, and a team that lost an officer investigates on when a head filled it up.

use super::{
    case::Case,
    command::Setting,
    decide::{spoken, together},
};
use crate::{
    id::UserId,
    inspections::visit::FormerTeam,
    limits::CASE_ACTS,
    policy::Action,
    refusal::{Code, Refusal},
    reports::state::Mark,
    text::{Line, Narrative, Reason},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

words! {
    /// Why somebody should step back (Administrative Penalty Law, article 43).
    pub enum RecusalGround as "RecusalGround" {
        /// A direct interest in the case.
        DirectInterest,
        /// Another tie that may touch on fairness.
        OtherTie,
    }

    /// Who asks that somebody steps back.
    pub enum RecusalAsker as "RecusalAsker" {
        /// The party; an officer notes what came on paper.
        Party,
        /// The one concerned.
        Oneself,
        /// Somebody else of the office.
        Colleague,
    }
}

/// A request that somebody steps back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recusal {
    /// Whom it is about.
    pub of: UserId,
    /// Why.
    pub ground: RecusalGround,
    /// In what words.
    pub words: Narrative,
    /// Who asks.
    pub asker: RecusalAsker,
    /// The signed paper of the party, where an officer notes it.
    pub proof: Option<Line>,
    /// Who wrote it down, and when.
    pub asked: Mark,
    /// What a head made of it; nothing while it is open.
    pub ruled: Option<RecusalRuled>,
}

/// What a head made of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecusalRuled {
    /// Whether that person steps back.
    pub is_granted: bool,
    /// Why, or why not.
    pub reason: Reason,
    /// The heads who decided together, where it is about one of them.
    pub attendees: Vec<Line>,
    /// The head, and when.
    pub made: Mark,
}

/// An officer of the office that has the case, about whom it is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concerned {
    /// The name in Chinese, which is none of those who rule together.
    pub name: String,
    /// Whether it is one of its heads. The order asks for the heads together where it is the one who answers for the
    /// office (article 4); which of several that is nobody here knows, so it is asked for each.
    pub is_head: bool,
}

impl Recusal {
    /// Whether a head still has to rule.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.ruled.is_none()
    }
}

impl Case {
    /// Refuses whoever stepped back from the case, or said that the party is a relative or that there is an interest.
    pub(super) fn is_free(
        &self,
        user: UserId,
        setting: &Setting,
        field: Option<&'static str>,
    ) -> Result<(), Refusal> {
        if self.file.has_stepped_back(user) || setting.tied.contains(&user) {
            let refusal = Refusal::of(Code::Recused);
            return Err(Refusal { field, ..refusal });
        }
        Ok(())
    }

    /// Refuses whoever is asked to step back what judges the case, until a head ruled: whether a judge is fair is settled
    /// before he judges, and nothing of the investigation stops for it (article 43).
    pub(super) fn may_judge(&self, user: UserId, action: Action) -> Result<(), Refusal> {
        let judges = matches!(
            action,
            Action::AuditCase | Action::HoldHearing | Action::DecideCase | Action::TransferReport
        );
        if judges && self.file.is_asked_to_step_back(user) {
            return Err(Refusal::of(Code::RecusalOpen));
        }
        Ok(())
    }

    /// Who may take no act in it: who stepped back, and those of the team whom a tie keeps from it.
    #[must_use]
    pub fn stepped_back(&self, tied: &BTreeSet<UserId>) -> BTreeSet<UserId> {
        let kept_away = self.investigators.iter().filter(|user| tied.contains(user));
        let stepped_back = self.file.stepped_back().map(|(user, _)| user);
        stepped_back.chain(kept_away).collect()
    }

    /// Those of the team who still may act: less than two of them investigate nothing (Order 2, article 19).
    pub(super) fn has_team(&self, setting: &Setting) -> Result<(), Refusal> {
        let free = self.investigators.iter();
        let free = free.filter(|user| self.is_free(*user, setting, None).is_ok());
        if free.count() < 2 {
            return Err(Refusal::of(Code::TeamIncomplete));
        }
        Ok(())
    }

    /// Somebody is asked to step back. Nothing stops until it is ruled (article 43).
    pub(super) fn ask_recusal(
        &mut self,
        (of, ground): (UserId, RecusalGround),
        (words, proof): (Narrative, Option<Line>),
        asked: Mark,
        setting: &Setting,
    ) -> Result<(), Refusal> {
        self.not_over()?;
        if setting.concerned.is_none() {
            return Err(Refusal::on(Code::HandlerUnknown, "officerId"));
        }
        self.is_free(of, setting, Some("officerId"))?;
        if self.file.is_asked_to_step_back(of) {
            return Err(Refusal::on(Code::RecusalOpen, "officerId"));
        }
        if self.file.recusals.len() >= CASE_ACTS {
            return Err(Refusal::of(Code::FieldTooLong).with(CASE_ACTS.to_string()));
        }
        let asker = if setting.is_party || proof.is_some() {
            RecusalAsker::Party
        } else if asked.by == of {
            RecusalAsker::Oneself
        } else {
            RecusalAsker::Colleague
        };
        self.file.recusals.push(Recusal {
            of,
            ground,
            words,
            asker,
            proof,
            asked,
            ruled: None,
        });
        Ok(())
    }

    /// A head rules, never on himself; on one who is a head, the heads together (Order 2, article 4). A hearing that
    /// somebody was to lead who steps back is announced anew. What was asked before the case ended is ruled on after it too.
    pub(super) fn rule_on_recusal(
        &mut self,
        of: UserId,
        ruled: RecusalRuled,
        setting: &Setting,
    ) -> Result<(), Refusal> {
        let mut open = self.file.recusals.iter_mut();
        let Some(open) = open.find(|recusal| recusal.of == of && recusal.is_open()) else {
            return Err(Refusal::of(Code::NothingProposed));
        };
        if ruled.made.by == of {
            return Err(Refusal::on(Code::RecusalOfOneself, "officerId"));
        }
        check_heads(&ruled.attendees, setting.concerned.as_ref())?;
        let is_granted = ruled.is_granted;
        open.ruled = Some(ruled);
        let round = self.file.round_mut().filter(|_| is_granted);
        if let Some(hearing) = round.and_then(|round| round.hearing.as_mut())
            && !hearing.is_held()
        {
            hearing.announced.take_if(|announced| announced.chair == of);
        }
        Ok(())
    }

    /// Others investigate, two or more with certificates. Nobody comes in who stepped back, or who judged the case.
    pub(super) fn replace_team(
        &mut self,
        reason: Reason,
        made: Mark,
        setting: &Setting,
    ) -> Result<(), Refusal> {
        const FIELD: &str = "investigatorIds";
        self.not_over()?;
        let team = self.investigators.others(setting.team.as_ref(), FIELD)?;
        for user in team.iter() {
            self.is_free(user, setting, Some(FIELD))?;
            if self.file.judges().contains(&user) {
                return Err(Refusal::on(Code::InvestigatorCannotApprove, FIELD));
            }
        }
        if self.file.teams.len() >= CASE_ACTS {
            return Err(Refusal::of(Code::FieldTooLong).with(CASE_ACTS.to_string()));
        }
        let officers = std::mem::replace(&mut self.investigators, team.clone());
        self.file.teams.push(FormerTeam {
            officers,
            reason,
            made,
        });
        Ok(())
    }

    fn not_over(&self) -> Result<(), Refusal> {
        if self.state_kind().is_over() {
            return Err(self.wrong_state());
        }
        Ok(())
    }
}

/// Those who rule together, where it is about one of them: two people at least, and not the one whom it is about.
fn check_heads(named: &[Line], concerned: Option<&Concerned>) -> Result<(), Refusal> {
    if named.len() > 1 || concerned.is_some_and(|concerned| concerned.is_head) {
        together(named)?;
    }
    let own = concerned.map(|concerned| spoken(&concerned.name));
    let mut named = named.iter().map(|name| Some(spoken(name.as_str())));
    if own.is_some() && named.any(|name| name == own) {
        return Err(Refusal::on(Code::RecusalOfOneself, "attendees"));
    }
    Ok(())
}

impl super::file::File {
    /// Who stepped back, and when that was ruled.
    pub fn stepped_back(&self) -> impl Iterator<Item = (UserId, DateTime<Utc>)> {
        self.recusals.iter().filter_map(|recusal| {
            let ruled = recusal.ruled.as_ref().filter(|ruled| ruled.is_granted)?;
            Some((recusal.of, ruled.made.at))
        })
    }

    /// Whether somebody stepped back.
    #[must_use]
    pub fn has_stepped_back(&self, user: UserId) -> bool {
        self.stepped_back().any(|(who, _)| who == user)
    }

    /// Whether a head still has to rule on somebody.
    #[must_use]
    pub fn is_asked_to_step_back(&self, user: UserId) -> bool {
        self.recusals
            .iter()
            .any(|recusal| recusal.of == user && recusal.is_open())
    }

    /// Who audited the case, leads or led its hearing, or decided it.
    fn judges(&self) -> BTreeSet<UserId> {
        let audits = self.rounds.iter().flat_map(|round| &round.audits);
        let hearings = self
            .rounds
            .iter()
            .filter_map(|round| round.hearing.as_ref());
        let announced = hearings.filter_map(|hearing| hearing.announced.as_ref());
        audits
            .map(|audit| audit.made.by)
            .chain(announced.map(|announced| announced.chair))
            .chain(self.decision.as_ref().map(|decision| decision.made.by))
            .collect()
    }
}

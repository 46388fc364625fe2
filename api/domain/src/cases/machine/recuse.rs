//! The steps about who may act in a case.

use super::{Made, elsewhere};
use crate::{
    cases::{
        case::Case,
        command::{Command, Setting},
        recusal::RecusalRuled,
    },
    event::Event,
    notices::paper::Paper,
    refusal::Refusal,
    reports::state::Mark,
};

impl Case {
    pub(super) fn recuse(
        &mut self,
        command: Command,
        made: Mark,
        setting: &Setting,
    ) -> Result<Made, Refusal> {
        let case = self.id;
        match command {
            Command::AskRecusal {
                of,
                ground,
                words,
                proof,
            } => {
                self.ask_recusal((of, ground), (words, proof), made, setting)?;
                Ok((Event::CaseRecusalAsked { case }, Vec::new(), None))
            }
            Command::RuleOnRecusal {
                of,
                grant,
                reason,
                attendees,
            } => {
                let ruled = RecusalRuled {
                    is_granted: grant,
                    reason,
                    attendees,
                    made,
                };
                self.rule_on_recusal(of, ruled, setting)?;
                let paper = Some(Paper::CaseRecusalDecision);
                Ok((Event::CaseRecusalRuled { case }, Vec::new(), paper))
            }
            Command::ReplaceTeam { reason, .. } => {
                self.replace_team(reason, made, setting)?;
                Ok((Event::CaseTeamReplaced { case }, Vec::new(), None))
            }
            _ => Err(elsewhere()),
        }
    }
}

//! What an officer sends to screen a reward.

use async_graphql::InputObject;
use liangxin_app::usecase::rewards::Request;
use liangxin_domain::{
    id::{CaseId, ReportId, RewardId},
    limits::MAJOR_FACTS,
    refusal::{Code, Refusal},
    rewards::screening::{MajorFact, MajorFinding},
    text::Narrative,
};
use uuid::Uuid;

/// What makes the violation major, on the officer's word.
#[derive(InputObject)]
struct MajorFactInput {
    /// The fact.
    fact: MajorFact,
    /// What it rests on; the reporter does not see it. At most 4,000 characters.
    reason: String,
}

/// Screen the reward for a report.
#[derive(InputObject)]
pub(super) struct ScreenRewardInput {
    /// Made by the client; names the reward and this write.
    id: Uuid,
    /// The report. Its case must be closed, or somebody held criminally liable by its referral.
    report_id: Uuid,
    /// For a report without a case of its own: the decided case of the same merchant that rests
    /// on its facts too.
    case_id: Option<Uuid>,
    /// What makes the violation major besides money. At most 4, each once. `CRIME_SUSPECTED` is not among it: that
    /// comes from the referral of the case.
    #[graphql(default)]
    major_facts: Vec<MajorFactInput>,
}

impl ScreenRewardInput {
    pub(super) fn parse(self) -> Result<(RewardId, Request), Refusal> {
        if self.major_facts.len() > MAJOR_FACTS {
            return Err(Refusal::on(Code::FieldTooLong, "majorFacts").with(MAJOR_FACTS.to_string()));
        }
        let found = self.major_facts.into_iter().map(|found| {
            Ok(MajorFinding {
                fact: found.fact,
                reason: Narrative::parse(&found.reason, "majorFacts")?,
            })
        });
        let request = Request {
            report: ReportId::new(self.report_id),
            case: self.case_id.map(CaseId::new),
            found: found.collect::<Result<_, Refusal>>()?,
        };
        Ok((RewardId::parse(self.id, "id")?, request))
    }
}

//! What an officer sends to screen a reward.

use async_graphql::InputObject;
use chrono::NaiveDate;
use liangxin_app::usecase::rewards::Request;
use liangxin_domain::{
    id::{CaseId, ReportId, RewardId},
    limits::MAJOR_FACTS,
    refusal::{Code, Refusal},
    rewards::screening::{Liability, MajorFact, MajorFinding},
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

/// Criminal liability for what was reported.
#[derive(InputObject)]
struct LiabilityInput {
    /// The day of the prosecution or of the judgment.
    established_on: NaiveDate,
    /// What it rests on. At most 4,000 characters.
    reason: String,
}

/// Screen the reward for a report.
#[derive(InputObject)]
pub(super) struct ScreenRewardInput {
    /// Made by the client; names the reward and this write.
    id: Uuid,
    /// The report, whose case must be decided, or must have gone to the police.
    report_id: Uuid,
    /// For a report without a case of its own: the decided case of the same merchant that rests
    /// on its facts too.
    case_id: Option<Uuid>,
    /// What makes the violation major besides money. At most 4, each once.
    #[graphql(default)]
    major_facts: Vec<MajorFactInput>,
    /// Required exactly for a report whose case went to the police; counts as `CRIME_SUSPECTED`.
    liability: Option<LiabilityInput>,
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
        let liability = self.liability.map(|liability| {
            Ok::<_, Refusal>(Liability {
                established_on: liability.established_on,
                reason: Narrative::parse(&liability.reason, "liability")?,
            })
        });
        let request = Request {
            report: ReportId::new(self.report_id),
            case: self.case_id.map(CaseId::new),
            found: found.collect::<Result<_, Refusal>>()?,
            liability: liability.transpose()?,
        };
        Ok((RewardId::parse(self.id, "id")?, request))
    }
}

//! Who steps back from a case, on the wire.

use super::{penalty_input::attendees, types::CasePayload};
use crate::{
    accounts::types::{PersonView, person},
    context::Known as _,
    moment::Moment,
};
use async_graphql::{Context, Description, Object, SimpleObject};
use liangxin_app::{error::AppError, store};
use liangxin_domain::{
    cases::{
        case::Case,
        command::Command,
        recusal::{Recusal, RecusalAsker, RecusalGround},
    },
    id::{CaseId, UserId},
    limits::OFFICERS,
    refusal::{Code, Refusal},
    text::{Line, Narrative, Reason},
};
use uuid::Uuid;

/// A request that somebody steps back from a case.
#[derive(Description)]
pub(super) struct RecusalView {
    case: CaseId,
    recusal: Recusal,
}

impl RecusalView {
    /// The party sees what it asked for itself.
    pub(super) fn of(case: &Case, is_party: bool) -> Vec<Self> {
        let recusals = case.file.recusals.iter();
        recusals
            .filter(|recusal| !is_party || recusal.asker == RecusalAsker::Party)
            .map(|recusal| Self {
                case: case.id,
                recusal: recusal.clone(),
            })
            .collect()
    }
}

/// Something that a person did in a case.
#[derive(SimpleObject)]
#[graphql(name = "CaseAct")]
struct ActView {
    /// What, as the log calls it.
    kind: String,
    /// When the person did it.
    at: Moment,
}

#[Object(name = "CaseRecusal", use_type_description)]
impl RecusalView {
    /// Whom it is about.
    async fn officer(&self, ctx: &Context<'_>) -> Result<Option<PersonView>, AppError> {
        person(ctx, self.recusal.of).await
    }
    /// Why.
    async fn ground(&self) -> RecusalGround {
        self.recusal.ground
    }
    /// In what words.
    async fn words(&self) -> &str {
        self.recusal.words.as_str()
    }
    /// Who asks.
    async fn asker(&self) -> RecusalAsker {
        self.recusal.asker
    }
    /// When it was asked.
    async fn asked_at(&self) -> Moment {
        Moment(self.recusal.asked.at)
    }
    /// Whether that person steps back; null while no head ruled.
    async fn granted(&self) -> Option<bool> {
        let ruled = self.recusal.ruled.as_ref();
        ruled.map(|ruled| ruled.is_granted)
    }
    /// Why, or why not.
    async fn reason(&self) -> Option<&str> {
        let ruled = self.recusal.ruled.as_ref();
        ruled.map(|ruled| ruled.reason.as_str())
    }
    /// The heads who ruled together.
    async fn attendees(&self) -> Vec<&str> {
        let ruled = self.recusal.ruled.iter();
        ruled
            .flat_map(|ruled| &ruled.attendees)
            .map(Line::as_str)
            .collect()
    }
    /// When a head ruled.
    async fn ruled_at(&self) -> Option<Moment> {
        self.recusal
            .ruled
            .as_ref()
            .map(|ruled| Moment(ruled.made.at))
    }
    /// What that person did in the case, the earliest first, at most a hundred: it stays, and is the head's to judge. Null
    /// for merchants.
    #[graphql(complexity = "5 + child_complexity")]
    async fn acts(&self, ctx: &Context<'_>) -> Result<Option<Vec<ActView>>, AppError> {
        if ctx.actor()?.merchant().is_some() {
            return Ok(None);
        }
        let about = self.case.uuid();
        let acts = store::history::acts_of(&ctx.app()?.db, self.recusal.of, about).await?;
        let shown = acts.into_iter().map(|(kind, at)| ActView {
            kind: kind.to_string(),
            at: Moment(at),
        });
        Ok(Some(shown.collect()))
    }
}

step_inputs! {
    case_id "The case.", id "Made by the client; names this write.";

    /// Ask that somebody steps back from a case.
    AskRecusalInput {
        /// Who: of the office that has the case.
        officer_id: Uuid,
        /// Why.
        ground: RecusalGround,
        /// In what words. At most 4,000 characters.
        words: String,
        /// The signed paper of the merchant, where an officer notes it. At most 120 characters.
        proof: Option<String>,
    }

    /// Rule on such a request.
    RuleOnRecusalInput {
        /// About whom.
        officer_id: Uuid,
        /// Whether that person steps back.
        grant: bool,
        /// Why, or why not: 5 to 4,000 characters.
        reason: String,
        /// The heads who decided together, two at least where it is about one of them. At most 100 names.
        attendees: Option<Vec<String>>,
    }

    /// Let others investigate.
    ReplaceTeamInput {
        /// Who does from now on: two or more certified officers, at most 20.
        investigator_ids: Vec<Uuid>,
        /// Why: 5 to 4,000 characters.
        reason: String,
    }
}

steps! {
    /// The writes about who may act in a case.
    CaseRecusalMutation("CaseRecusalsMutation") moves Case, answers CasePayload;

    /// Asks that somebody steps back from a case: the merchant, or an officer, for himself too. Until a head ruled nothing
    /// stops.
    ask_recusal(input: AskRecusalInput) => Command::AskRecusal {
        of: UserId::new(input.officer_id),
        ground: input.ground,
        words: Narrative::parse(&input.words, "words")?,
        proof: Line::parse_optional(input.proof.as_deref(), "proof")?,
    };
    /// Rules on such a request. Whoever steps back takes no act in the case any more (`RECUSED`).
    rule_on_recusal(input: RuleOnRecusalInput) => Command::RuleOnRecusal {
        of: UserId::new(input.officer_id),
        grant: input.grant,
        reason: Reason::parse(&input.reason, "reason")?,
        attendees: attendees(&input.attendees.unwrap_or_default())?,
    };
    /// Lets others investigate, because somebody stepped back or for another reason.
    replace_team(input: ReplaceTeamInput) => Command::ReplaceTeam {
        officers: team(input.investigator_ids)?,
        reason: Reason::parse(&input.reason, "reason")?,
    };
}

fn team(ids: Vec<Uuid>) -> Result<Vec<UserId>, Refusal> {
    if ids.len() > OFFICERS {
        return Err(Refusal::on(Code::FieldTooLong, "investigatorIds").with(OFFICERS.to_string()));
    }
    Ok(ids.into_iter().map(UserId::new).collect())
}

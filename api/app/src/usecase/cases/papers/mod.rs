//! The papers of a case. Facts are what the visit found, in the words of the verdicts, or what was written
//! when the case was opened: nothing of the report behind it stands on a paper for the other side.

mod announced;
mod carried_out;
mod catalogue;
mod decided;
mod investigated;
mod recused;
mod repaired;
mod served;
mod words;

use crate::{
    app::{App, Law},
    error::AppError,
    store,
    usecase::notices::{self, NewNotice},
    work::Work,
};
use liangxin_domain::{
    cases::{
        case::Case,
        command::{Command, Setting},
    },
    evidence::photo::PhotoOwner,
    id::{NoticeId, UserId, VisitId},
    inspections::visit::{InstrumentCheck, Measurement},
    law::calendar::shanghai_date,
    merchants::merchant::Merchant,
    notices::{
        draft::{Audience, Draft, MayRead, OnFile, ToRespondent, Written},
        field::OpenField,
        notice::{Notice, Subject},
        paper::Paper,
        said::Said,
    },
};

pub(super) use decided::imposed;
pub(super) use investigated::filed;
pub(crate) use served::note_served;
pub(in crate::usecase) use words::against;

/// What the papers of a case tell of it.
struct Matter<'a> {
    case: &'a Case,
    law: &'a Law,
    party: Merchant,
    facts: String,
    measured: Vec<Measurement>,
    checked: Vec<InstrumentCheck>,
    /// How many photos of the visit are held.
    photos: u64,
    /// Whom the party may ask and answer.
    contact: Option<String>,
}

/// Issues papers about a case.
pub(super) async fn issue(
    app: &App,
    work: &Work,
    case: &Case,
    (paper, written): (Paper, Vec<Written>),
) -> Result<(), AppError> {
    for written in written {
        let new = NewNotice {
            id: NoticeId::new(work.new_id(&app.ids)),
            paper,
            subject: Subject::Case(case.id),
            division: case.division,
            written,
        };
        notices::issue(app, work, new).await?;
    }
    Ok(())
}

/// What stands on the papers of a step, once for each who gets one.
pub(super) async fn written(
    app: &App,
    work: &Work,
    case: &Case,
    (setting, command): (&Setting, &Command),
) -> Result<Vec<Written>, AppError> {
    let matter = matter(app, work, case).await?;
    match command {
        Command::OrderCorrection { .. }
        | Command::SuspendCase { .. }
        | Command::ResumeCase
        | Command::ExtendCase { .. }
        | Command::ProposePenalty { .. }
        | Command::ProposeNoPenalty { .. }
        | Command::AuditCase { .. } => {
            investigated::written(work, &matter, (setting, command)).await
        }
        Command::AskRecusal { .. }
        | Command::RuleOnRecusal { .. }
        | Command::ReplaceTeam { .. } => recused::written(work, &matter, command).await,
        Command::IssueNotice
        | Command::ServeNotice { .. }
        | Command::AnswerNotice { .. }
        | Command::RequestHearing { .. }
        | Command::AnnounceHearing { .. }
        | Command::HoldHearing { .. } => {
            announced::written(work, &matter, (setting, command)).await
        }
        Command::RecordConference { .. }
        | Command::DecideCase { .. }
        | Command::ServeDecision { .. }
        | Command::ChangeDecision { .. }
        | Command::CloseCase { .. }
        | Command::TerminateCase { .. }
        | Command::TransferCase { .. }
        | Command::HandOver { .. } => decided::written(work, &matter, (setting, command)).await,
        Command::AcceptRepair { .. }
        | Command::ExtendRepair { .. }
        | Command::DecideRepair { .. }
        | Command::UndoRepair { .. } => repaired::written(work, &matter, command).await,
        // These are notes; what they lead to has papers of its own.
        Command::FilePapers
        | Command::NoteRemedy { .. }
        | Command::RepairCredit { .. }
        | Command::ReportCrime { .. }
        | Command::DecideReferral { .. }
        | Command::NotePoliceAnswer { .. }
        | Command::AskReview { .. }
        | Command::HandOverGoods { .. }
        | Command::NoteLiability { .. }
        | Command::ReturnFromPolice { .. } => Ok(Vec::new()),
        Command::AllowInstalments { .. }
        | Command::RecordFinePayment { .. }
        | Command::CheckCorrection { .. }
        | Command::RemindParty
        | Command::ApplyToCourt { .. }
        | Command::FinishCase { .. }
        | Command::ArchiveCase => carried_out::written(work, &matter, (setting, command)).await,
    }
}

/// What the visit behind a case measured and looked at; nothing where no visit is behind it.
pub(super) async fn seen(
    work: &Work,
    visit: Option<VisitId>,
) -> Result<(Vec<Measurement>, Vec<InstrumentCheck>), AppError> {
    let Some(visit) = visit else {
        return Ok((Vec::new(), Vec::new()));
    };
    let measured = store::measurements::measurements_of(work, visit).await?;
    let checked = store::measurements::checks_of(work, visit).await?;
    Ok((measured, checked))
}

async fn matter<'a>(app: &'a App, work: &Work, case: &'a Case) -> Result<Matter<'a>, AppError> {
    let (measured, checked) = seen(work, case.basis.visit).await?;
    let photos = match case.basis.visit {
        Some(visit) => store::evidence::count_held(work, PhotoOwner::Visit(visit)).await?,
        None => 0,
    };
    let bureau = store::places::competent_bureau(work, case.division).await?;
    Ok(Matter {
        case,
        law: &app.law,
        party: store::merchants::get(work, case.merchant).await?,
        facts: words::facts(case, &measured, &checked),
        measured,
        checked,
        photos,
        contact: bureau.map(|bureau| bureau.contact()),
    })
}

/// What stands on a paper beside the number of the case and the party.
type Fields = Vec<(OpenField, Said)>;

impl Matter<'_> {
    /// The same for the party and for the file.
    fn for_both(&self, fields: Fields) -> Vec<Written> {
        let party = Draft::to(ToRespondent(Some(self.case.merchant)));
        vec![
            self.write(party, fields.clone()),
            self.write(Draft::to(OnFile), fields),
        ]
    }

    /// For the file alone.
    fn on_file(&self, fields: Fields) -> Vec<Written> {
        vec![self.write(Draft::to(OnFile), fields)]
    }

    /// The title that a paper bears. A form that was taken back has none any more; its word still tells what it was.
    fn title_of(&self, paper: &Notice) -> String {
        let form = self
            .law
            .papers
            .form_on(paper.paper, shanghai_date(paper.issued_at));
        form.map_or_else(|_| paper.paper.to_string(), |form| form.title_zh.clone())
    }

    fn write<A: Audience + MayRead<OpenField>>(&self, draft: Draft<A>, fields: Fields) -> Written {
        let begun = draft
            .say(OpenField::CaseNumber, self.case.number.as_str())
            .say(OpenField::RespondentName, self.party.name_zh.as_str());
        let said = |draft: Draft<A>, (field, said)| draft.say(field, said);
        fields.into_iter().fold(begun, said).finish()
    }
}

/// The name of somebody, nothing if it is nobody.
async fn name_if(work: &Work, user: Option<UserId>) -> Result<String, AppError> {
    match user {
        Some(user) => store::accounts::name_zh(work, user).await,
        None => Ok(String::new()),
    }
}

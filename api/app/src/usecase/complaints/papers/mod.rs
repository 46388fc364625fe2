//! The papers that steps on a complaint produce, each by the form of the day, for those whom the
//! form names. The other side reads a complainant's name only on papers of a mediation that both
//! agreed to.

mod before;
mod ending;
mod mediation;

use super::particulars::open;
use crate::{
    app::App,
    error::AppError,
    store,
    usecase::notices::{self, NewNotice},
    work::Work,
};
use chrono::NaiveDate;
use liangxin_domain::{
    complaints::{
        complaint::Complaint,
        filing::{Agent, DemandKind, Particulars},
        state::ComplaintState,
    },
    id::NoticeId,
    law::{calendar::shanghai_date, code_set::CodeSet},
    money::Fen,
    notices::{
        draft::{Audience, Draft, MayRead, OnFile, ToBody, ToComplainant, ToRespondent, Written},
        field::{OpenField, PartyField},
        notice::Subject,
        paper::Paper,
        said::written_out,
    },
};

/// What papers tell of a complaint.
struct Matter<'a> {
    app: &'a App,
    complaint: &'a Complaint,
    particulars: Particulars,
    /// Whom to ask.
    contact: String,
    today: NaiveDate,
}

/// Issues the paper of a step, once for each reader that its form names.
pub(super) async fn issue(
    app: &App,
    work: &Work,
    complaint: &Complaint,
    paper: Paper,
) -> Result<(), AppError> {
    let sealed = store::complaints::sealed_particulars(work, complaint.id).await?;
    let bureau = store::places::competent_bureau(work, complaint.division).await?;
    let bureau =
        bureau.ok_or_else(|| AppError::internal("issue a paper", "no bureau is competent"))?;
    let matter = Matter {
        app,
        complaint,
        particulars: open(app, complaint, &sealed)?,
        contact: bureau.contact(),
        today: work.today(),
    };
    let papers = match (&complaint.state, paper) {
        // The unit that signs for a dispatch writes nothing of its own: it signs the letter.
        (ComplaintState::Registered(_), Paper::DispatchLetter) => Vec::new(),
        (_, Paper::DispatchLetter | Paper::ReturnLetter) => {
            vec![before::between_bureaus(&matter, work, &bureau, paper).await?]
        }
        (_, Paper::PoliceReferral) => ending::police(&matter, work).await?,
        (ComplaintState::Registered(_), Paper::ComplaintForm) => {
            vec![before::form(&matter, work).await?]
        }
        (state, _) => matter.written(state, paper)?,
    };
    for written in papers {
        let new = NewNotice {
            id: NoticeId::new(work.new_id(&app.ids)),
            paper,
            subject: Subject::Complaint(complaint.id),
            division: complaint.division,
            written,
        };
        notices::issue(app, work, new).await?;
    }
    Ok(())
}

impl Matter<'_> {
    fn written(&self, state: &ComplaintState, paper: Paper) -> Result<Vec<Written>, AppError> {
        Ok(match (state, paper) {
            (_, Paper::MediationNotice) => mediation::session(self),
            (ComplaintState::Registered(_), Paper::IdentityProof) => vec![before::proved(self)],
            (ComplaintState::IdProofPending(proof), _) => vec![before::prove(self, proof)],
            (ComplaintState::Refused(refused), _) => vec![before::refused(self, refused)?],
            (ComplaintState::Withdrawn(withdrawn), _) => vec![before::withdrawn(self, withdrawn)],
            (ComplaintState::Accepted(_), _) => before::accepted(self),
            (ComplaintState::Mediating(mediating), _) => mediation::goes_on(self, mediating),
            (ComplaintState::Entrusted(entrusted), _) => mediation::entrusted(self, entrusted),
            (ComplaintState::SuspendedRecusal(waiting), _) => {
                vec![mediation::recusal_asked(self, waiting)]
            }
            (ComplaintState::Testing(testing), _) => mediation::test_ordered(self, testing),
            (ComplaintState::AgreedLetter(agreed), _) => ending::letter(self, agreed),
            (ComplaintState::AgreedPerformed(agreed), _) => ending::record(self, agreed),
            (ComplaintState::Terminated(terminated), _) => ending::terminated(self, terminated)?,
            (ComplaintState::Closed(closed), _) => vec![ending::closed(self, closed)],
            (ComplaintState::Archived(_), _) => vec![ending::archived(self)],
            (ComplaintState::Registered(_) | ComplaintState::Dispatched(_), _) => Vec::new(),
        })
    }

    fn to_complainant(&self) -> Draft<ToComplainant> {
        self.numbered(ToComplainant(self.complaint.id))
    }

    fn to_respondent(&self) -> Draft<ToRespondent> {
        self.numbered(ToRespondent(self.complaint.merchant))
    }

    fn to_body(&self) -> Draft<ToBody> {
        self.numbered(ToBody)
    }

    fn on_file(&self) -> Draft<OnFile> {
        self.numbered(OnFile)
    }

    fn numbered<A: Audience + MayRead<OpenField>>(&self, audience: A) -> Draft<A> {
        Draft::to(audience).say(OpenField::ComplaintNumber, self.complaint.number.as_str())
    }

    /// With the operator's name.
    fn about<A: MayRead<OpenField>>(&self, draft: Draft<A>) -> Draft<A> {
        draft.say(OpenField::RespondentName, &self.particulars.respondent.name)
    }

    /// With both sides' names, demand and facts.
    fn dispute<A: MayRead<OpenField> + MayRead<PartyField>>(&self, draft: Draft<A>) -> Draft<A> {
        self.about(draft)
            .say(PartyField::ComplainantName, self.names())
            .say(OpenField::Demand, self.demand())
    }

    fn received_on(&self) -> NaiveDate {
        shanghai_date(self.complaint.received_at)
    }

    fn names(&self) -> String {
        let people = &self.particulars.complainants;
        let speaking = match self.particulars.representatives {
            0 => people.len(),
            some => some,
        };
        let names: Vec<_> = people
            .iter()
            .take(speaking)
            .map(|person| person.name.as_str())
            .collect();
        match people.len() - speaking.min(people.len()) {
            0 => names.join("、"),
            _ => format!("{}等{}人", names.join("、"), people.len()),
        }
    }

    fn demand(&self) -> String {
        let demand = &self.particulars.demand;
        let kind = match demand.kind {
            DemandKind::Repair => "修理",
            DemandKind::Redo => "重作",
            DemandKind::Replace => "更换",
            DemandKind::Return => "退货",
            DemandKind::MakeUpQuantity => "补足商品数量",
            DemandKind::Refund => "退还货款或者服务费用",
            DemandKind::Compensation => "赔偿损失",
        };
        let amount = demand.amount.as_ref().map(Fen::to_string);
        let amount = amount.map_or_else(String::new, |yuan| format!("（{yuan}元）"));
        let words = demand.words.as_ref();
        let words = words.map_or_else(String::new, |words| format!("：{words}"));
        // A field of a paper holds what a narrative holds.
        format!("{kind}{amount}{words}")
            .chars()
            .take(4000)
            .collect()
    }

    fn agent(&self) -> Option<String> {
        let Agent {
            person,
            matter,
            powers,
            until,
            ..
        } = self.particulars.agent.as_ref()?;
        let until = written_out(*until);
        Some(format!("{}；{matter}；{powers}；至{until}", person.name))
    }

    /// The words of a ground in the edition that the complaint falls under.
    fn ground(&self, set: CodeSet, code: &str) -> Result<String, AppError> {
        let row = self.app.law.code_sets.get_on(set, code, self.received_on());
        let row = row.map_err(|e| AppError::internal("find a ground", e))?;
        Ok(row.text_zh.clone())
    }
}

//! Issuing a paper inside the unit of work of the step that makes it.

use super::content;
use crate::{
    app::App,
    error::AppError,
    store::{self, numbers::Series},
    work::Work,
};
use liangxin_domain::{
    event::Event,
    id::NoticeId,
    notices::{
        draft::Written,
        notice::{Notice, NoticeState, Subject},
        paper::Paper,
    },
    places::division::DivisionCode,
    refusal::{Code, Refusal},
};

/// A paper to be issued.
#[derive(Debug, Clone)]
pub struct NewNotice {
    /// Made by the client or by `app.ids`.
    pub id: NoticeId,
    /// The kind.
    pub paper: Paper,
    /// What it is about.
    pub subject: Subject,
    /// Where the matter lies.
    pub division: DivisionCode,
    /// For whom, and what stands on it: what a `Draft` was made into.
    pub written: Written,
}

/// Issues a paper by the form of today, in the name of the actor's bureau, or of the one that is
/// competent for the matter if the actor has none. A missing field is refused by its name, and so is a
/// day on which no form of the paper is in force: no step goes on without its paper. The permit for the step
/// is the caller's business.
pub async fn issue(app: &App, work: &Work, new: NewNotice) -> Result<NoticeId, AppError> {
    let NewNotice {
        id,
        paper,
        subject,
        division,
        written,
    } = new;
    let form = app.law.papers.form_on(paper, work.today());
    let form = form.map_err(|_| Refusal::of(Code::FormMissing).with(paper.to_string()))?;
    let written = app.law.papers.complete(form, written)?;
    let seat = work.actor().division().copied().unwrap_or(division);
    let bureau = store::places::competent_bureau(work, seat).await?;
    let bureau =
        bureau.ok_or_else(|| AppError::internal("issue a paper", "no bureau is competent"))?;
    let notice = Notice {
        id,
        paper,
        number: store::numbers::next(work, series_of(subject), division).await?,
        subject,
        recipient: written.recipient(),
        division,
        issued_by: work.actor().user(),
        issued_at: work.now(),
        state: NoticeState::Issued,
    };
    let kept = content::keep(app, &notice, (form, &bureau), &written)?;
    store::notices::insert(work, &notice, &kept).await?;
    app.record(
        work,
        Event::PaperIssued {
            notice: id,
            report: notice.reporter_of(),
        },
    );
    Ok(id)
}

/// By which series the papers of a matter are numbered.
const fn series_of(subject: Subject) -> Series {
    match subject {
        Subject::Complaint(_) => Series::ComplaintPaper,
        Subject::Report(_) | Subject::Reward(_) | Subject::Dispute(_) => Series::ReportPaper,
        Subject::Case(_) => Series::Paper,
    }
}

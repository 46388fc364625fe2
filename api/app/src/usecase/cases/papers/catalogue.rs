//! What lies in the file of a case, in its two parts and their order: as its archive lists it, and as it goes along with the
//! case to another agency.

use super::Matter;
use crate::{error::AppError, store, work::Work};
use liangxin_domain::{
    actor::Actor,
    cases::archive::{Part, place},
    law::calendar::shanghai_date,
    notices::{
        notice::{Notice, Subject},
        recipient::RecipientKind,
        said::written_out,
    },
};

/// Every copy of every paper, by part.
pub(super) async fn catalogue(work: &Work, matter: &Matter<'_>) -> Result<String, AppError> {
    let papers = &papers(work, matter).await?;
    let parts = [(Part::Main, "正卷"), (Part::Side, "副卷")];
    let lines = parts.into_iter().flat_map(move |(part, title)| {
        let of_part = papers
            .iter()
            .filter(move |paper| place(paper.paper).0 == part);
        let listed = of_part
            .zip(1..)
            .map(move |(paper, at)| format!("{at}. {}", entry(matter, paper)));
        std::iter::once(title.to_owned()).chain(listed)
    });
    let lines: Vec<_> = lines.collect();
    Ok(lines.join("\n"))
}

/// The papers of the main part, once each, by the copies that the file keeps; what the bureau thought stays with it.
pub(super) async fn enclosed(work: &Work, matter: &Matter<'_>) -> Result<String, AppError> {
    let papers = papers(work, matter).await?;
    let kept = papers.iter().filter(|paper| {
        place(paper.paper).0 == Part::Main && paper.recipient.kind() == RecipientKind::File
    });
    let listed = kept
        .zip(1..)
        .map(|(paper, at)| format!("{at}. {}，{}", matter.title_of(paper), paper.number));
    let lines: Vec<_> = listed.collect();
    Ok(lines.join("\n"))
}

/// In the order of the file.
async fn papers(work: &Work, matter: &Matter<'_>) -> Result<Vec<Notice>, AppError> {
    let subject = Subject::Case(matter.case.id);
    let mut papers = store::notices::list(work, &Actor::System, subject).await?;
    papers.sort_by_key(|paper| place(paper.paper));
    Ok(papers)
}

fn entry(matter: &Matter<'_>, paper: &Notice) -> String {
    let made = written_out(shanghai_date(paper.issued_at));
    let title = matter.title_of(paper);
    let whose = whose(paper.recipient.kind());
    format!("{title}（{whose}），{}，{made}", paper.number)
}

/// Whose copy a paper is.
const fn whose(kind: RecipientKind) -> &'static str {
    match kind {
        RecipientKind::Complainant => "送投诉人",
        RecipientKind::Respondent => "送当事人",
        RecipientKind::Reporter => "送举报人",
        RecipientKind::Bureau => "送有关市场监督管理部门",
        RecipientKind::Body => "送有关单位",
        RecipientKind::File => "存卷",
    }
}

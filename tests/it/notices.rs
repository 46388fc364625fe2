//! Papers: issued once and for ever, seen by whom they concern, served once.

mod service;

use chrono::TimeDelta;
use liangxin_app::app::sha256;
use liangxin_app::caller::Caller;
use liangxin_app::error::AppError;
use liangxin_app::usecase::notices::read;
use liangxin_domain::actor::Actor;
use liangxin_domain::id::{CaseId, NoticeId, ReportId};
use liangxin_domain::notices::field::{OpenField, PartyField};
use liangxin_domain::notices::notice::Subject;
use liangxin_domain::notices::paper::Paper;
use liangxin_domain::notices::recipient::RecipientKind;
use liangxin_domain::notices::said::Said;
use liangxin_domain::refusal::Code;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::column;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::papers::{self, COMPLAINANT, issued};
use liangxin_tests::session::Reply;
use serde_json::json;
use uuid::Uuid;

fn code(outcome: Result<NoticeId, AppError>) -> (Code, Option<&'static str>) {
    let refusal = outcome.unwrap_err().refusal();
    (refusal.code, refusal.field)
}

fn report(flow: &Flow) -> Subject {
    Subject::Report(ReportId::new(flow.report()))
}

async fn listed(app: &TestApp, who: &str, (kind, id): (&str, Uuid)) -> Vec<String> {
    let variables = json!({ "subjectKind": kind, "subjectId": id });
    let reply = app.as_(who).run("ListNotices", variables).await.ok();
    let papers = reply.data("notices").as_array().unwrap();
    papers
        .iter()
        .map(|paper| paper["paper"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn every_paper_is_issued_for_each_of_its_recipients_and_reads_back_as_it_was_written() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let forms = &app.parts().law.papers;
        for form in forms.iter() {
            for kind in &form.served_on {
                let to = papers::recipient(*kind, flow.report());
                let written = papers::filled(forms, form, to, "甲");
                let id = issued(&app, (report(&flow), form.paper), written.clone())
                    .await
                    .unwrap();
                let open = read(app.parts(), &Caller::system(), id).await.unwrap();
                assert_eq!(open.notice.recipient, to);
                assert_eq!(
                    open.bureau_en,
                    "Changsha Tianxin District Market Regulation Bureau"
                );
                for (field, said) in written.iter() {
                    assert_eq!(
                        open.written.get(field),
                        Some(said),
                        "{} {field}",
                        form.paper
                    );
                }
            }
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn every_paper_without_a_required_field_is_refused_by_its_name_and_leaves_nothing_behind() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let forms = &app.parts().law.papers;
        let before = app.census().await;
        for form in forms.iter() {
            let kind = form.served_on[0];
            let to = papers::recipient(kind, flow.report());
            let stands = |field| form.standing.iter().any(|standing| standing.field == field);
            for missing in form
                .required
                .iter()
                .copied()
                .filter(|field| !stands(*field))
            {
                let full = papers::filled(forms, form, to, "甲");
                let rest = full.iter().filter(|(field, _)| *field != missing);
                let rest = rest.map(|(field, said)| (field, said.clone())).collect();
                let written = liangxin_domain::notices::draft::Written::stored(to, rest).unwrap();
                let outcome = issued(&app, (report(&flow), form.paper), written).await;
                assert_eq!(
                    code(outcome),
                    (Code::FieldRequired, Some(missing.name())),
                    "{}",
                    form.paper
                );
            }
        }
        assert!(app.census().await.changed_since(&before).is_empty());
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_invisible_character_and_a_wrong_recipient_are_refused() {
    on_both(async |app| {
        let about = (
            Subject::Complaint(papers::complaint()),
            Paper::RefusalNotice,
        );
        let hostile = papers::refusal("本案\u{202e}不予受理");
        assert_eq!(
            code(issued(&app, about, hostile).await),
            (Code::TextCharacter, Some("reason"))
        );
        let about = (
            Subject::Complaint(papers::complaint()),
            Paper::RefusalNotice,
        );
        let wrong = issued(&app, about, papers::mediation(&app)).await;
        assert_eq!(code(wrong), (Code::RecipientNotAllowed, Some("recipient")));
    })
    .await;
}

#[tokio::test]
async fn the_name_on_a_paper_stands_nowhere_in_the_database() {
    on_both(async |app| {
        let about = (
            Subject::Complaint(papers::complaint()),
            Paper::AcceptanceNotice,
        );
        let id = issued(&app, about, papers::acceptance()).await.unwrap();
        let census = app.census().await;
        assert!(census.tables_with(COMPLAINANT).is_empty());
        assert_eq!(
            census.tables_with("退还短缺部分"),
            ["notice"],
            "the search finds what is there"
        );
        let open = read(app.parts(), &Caller::system(), id).await.unwrap();
        let name = open.written.get(PartyField::ComplainantName.into());
        assert_eq!(name, Some(&Said::from(COMPLAINANT)));
    })
    .await;
}

/// Form 1 of the version before told who acts for the complainant in the open.
#[tokio::test]
async fn a_paper_on_which_the_agent_stands_in_the_open_is_read_as_it_was() {
    on_both(async |app| {
        let about = (
            Subject::Complaint(papers::complaint()),
            Paper::ComplaintForm,
        );
        let to = papers::recipient(RecipientKind::File, Uuid::nil());
        let forms = &app.parts().law.papers;
        let known = forms.iter().find(|form| form.paper == Paper::ComplaintForm);
        let written = papers::filled(forms, known.unwrap(), to, "甲");
        let id = issued(&app, about, written).await.unwrap();
        let db = &app.parts().db;
        let [content] = &column::<String>(db, "notice", "content", "TRUE").await[..] else {
            panic!("one paper");
        };
        let sealed = column::<Vec<u8>>(db, "notice", "sealed", "TRUE").await;
        let before = content.replace(
            "\"fields\":{",
            "\"fields\":{\"agent\":\"李代理；代为投诉\",",
        );
        let digest = sha256(&[before.as_bytes(), &[0], &sealed[0]].concat());
        app.execute(&format!(
            "UPDATE notice SET content = '{before}', digest = '{digest}'"
        ))
        .await;
        let open = read(app.parts(), &Caller::system(), id).await.unwrap();
        let agent = open.written.get(PartyField::Agent.into());
        assert_eq!(agent, Some(&Said::from("李代理；代为投诉")));
    })
    .await;
}

#[tokio::test]
async fn a_paper_that_was_edited_in_the_database_is_not_read_any_more() {
    on_both(async |app| {
        let about = (
            Subject::Complaint(papers::complaint()),
            Paper::RefusalNotice,
        );
        let id = issued(&app, about, papers::refusal("理由甲"))
            .await
            .unwrap();
        app.execute("UPDATE notice SET content = replace(content, '理由甲', '理由乙')")
            .await;
        let error = read(app.parts(), &Caller::system(), id).await.unwrap_err();
        assert_eq!(error.refusal().code, Code::Internal);
    })
    .await;
}

#[tokio::test]
async fn an_id_that_names_a_paper_already_is_refused() {
    on_both(async |app| {
        let id = NoticeId::new(app.new_id());
        let parts = app.parts();
        for expected in [None, Some(Code::IdReused)] {
            let work = parts.work(&Actor::System).await.unwrap();
            let new = liangxin_app::usecase::notices::NewNotice {
                id,
                paper: Paper::RefusalNotice,
                subject: Subject::Complaint(papers::complaint()),
                division: "430103".parse().unwrap(),
                written: papers::refusal("理由").into(),
            };
            let outcome = liangxin_app::usecase::notices::issue(parts, &work, new).await;
            assert_eq!(outcome.err().map(|error| error.refusal().code), expected);
            match expected {
                None => work.commit().await.unwrap(),
                Some(_) => drop(work),
            }
        }
    })
    .await;
}

/// One paper of a report for each kind of recipient, and one decision of its case for the merchant.
async fn all_kinds(app: &TestApp, flow: &Flow) {
    let forms = &app.parts().law.papers;
    let today = app.now().date_naive();
    for (paper, kind) in [
        (Paper::VerificationRecord, RecipientKind::File),
        (Paper::CompetenceReply, RecipientKind::Reporter),
        (Paper::TransferLetter, RecipientKind::Body),
        (Paper::DispatchLetter, RecipientKind::Bureau),
    ] {
        let form = forms.form_on(paper, today).unwrap();
        let to = papers::recipient(kind, flow.report());
        let written = papers::filled(forms, form, to, "甲");
        issued(app, (report(flow), paper), written).await.unwrap();
        app.advance(TimeDelta::seconds(1));
    }
    let form = forms.form_on(Paper::PenaltyDecision, today).unwrap();
    for kind in [RecipientKind::Respondent, RecipientKind::File] {
        let to = papers::recipient(kind, flow.report());
        let written = papers::filled(forms, form, to, "甲");
        let case = Subject::Case(CaseId::new(flow.case()));
        issued(app, (case, Paper::PenaltyDecision), written)
            .await
            .unwrap();
    }
}

/// Those that the story's own steps issue come first.
const ALL: [&str; 6] = [
    "report_form",
    "verification_record",
    "verification_record",
    "competence_reply",
    "transfer_letter",
    "dispatch_letter",
];

#[tokio::test]
async fn officers_see_the_whole_file_of_what_they_see_and_everybody_else_what_is_addressed_to_them()
{
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DecideCase).await;
        all_kinds(&app, &flow).await;
        let (of_report, of_case) = (("REPORT", flow.report()), ("CASE", flow.case()));
        for key in ["lin", "deng", "xiao", "he", "luo", "zhou", "yi", "liao"] {
            assert_eq!(listed(&app, key, of_report).await, ALL, "{key}");
        }
        for key in ["peng", "gong", "shen", "qiu", "wu", "shi", "ouyang"] {
            assert!(listed(&app, key, of_report).await.is_empty(), "{key}");
        }
        for (key, papers) in [
            // The approval, the file, the audit, the notice, its receipt and the decision are the story's own.
            ("deng", 10),
            ("zhou", 10),
            // The notice: neither decision reached him yet.
            ("wu", 1),
            ("shi", 0),
            ("peng", 0),
            ("shen", 0),
        ] {
            assert_eq!(listed(&app, key, of_case).await.len(), papers, "{key}");
        }
        let nobody = json!({ "subjectKind": "REPORT", "subjectId": flow.report() });
        assert_eq!(
            app.anonymous().run("ListNotices", nobody).await.problems(),
            ["SIGN_IN_REQUIRED"]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_report_that_moves_to_another_district_takes_its_papers_along() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        issued(
            &app,
            (report(&flow), Paper::CompetenceReply),
            papers::competence_reply(flow.report(), "一"),
        )
        .await
        .unwrap();
        app.execute("UPDATE report SET unit = '430104'").await;
        assert!(
            listed(&app, "lin", ("REPORT", flow.report()))
                .await
                .is_empty()
        );
        assert_eq!(listed(&app, "yi", ("REPORT", flow.report())).await.len(), 2);
        app.drain_jobs().await;
    })
    .await;
}

async fn tracked(app: &TestApp, receipt_code: &str) -> Reply {
    let variables = json!({ "receiptCode": receipt_code });
    app.anonymous().run("TrackReport", variables).await.ok()
}

#[tokio::test]
async fn the_reporter_sees_the_papers_that_are_for_the_reporter_and_no_other() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DecideCase).await;
        all_kinds(&app, &flow).await;
        let reply = tracked(&app, &flow.receipt_code().await).await;
        let papers = reply.data("trackReport.report.notices").as_array().unwrap();
        assert_eq!(papers.len(), 1);
        assert_eq!(papers[0]["title"], "Reply on competence");
        assert!(papers[0]["url"].as_str().unwrap().contains("/notices/"));
        let told = reply
            .data("trackReport.report.timeline")
            .as_array()
            .unwrap();
        let count = told
            .iter()
            .filter(|entry| entry["event"] == "paper_issued")
            .count();
        assert_eq!(count, 1, "of the other papers the reporter is told nothing");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_standing_words_are_kept_with_the_paper() {
    on_both(async |app| {
        let about = (
            Subject::Complaint(papers::complaint()),
            Paper::RefusalNotice,
        );
        let id = issued(&app, about, papers::refusal("理由")).await.unwrap();
        let open = read(app.parts(), &Caller::system(), id).await.unwrap();
        let Some(Said::Words(routes)) = open.written.get(OpenField::OtherRoutes.into()) else {
            panic!("the other routes are not on the paper");
        };
        assert!(routes.contains("人民法院"));
    })
    .await;
}

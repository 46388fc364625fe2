use super::*;
use crate::{
    id::{BureauId, ComplaintId, ReportId},
    notices::{
        field::{FieldClass, MatterField, OpenField},
        recipient::Recipient,
        said::Said,
    },
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

fn forms() -> Forms {
    Forms::embedded().unwrap()
}

fn day() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

fn recipient(kind: RecipientKind) -> Recipient {
    let id = Uuid::nil();
    match kind {
        RecipientKind::Complainant => Recipient::Complainant(ComplaintId::new(id)),
        RecipientKind::Respondent => Recipient::Respondent(None),
        RecipientKind::Reporter => Recipient::Reporter(ReportId::new(id)),
        RecipientKind::Bureau => Recipient::Bureau(BureauId::new(id)),
        RecipientKind::Body => Recipient::Body,
        RecipientKind::File => Recipient::File,
    }
}

fn said(forms: &Forms, field: Field) -> Said {
    match forms.label(field).unwrap().kind {
        SaidKind::Words => Said::from(field.name()),
        SaidKind::Day => Said::from(day()),
        SaidKind::Moment => Said::from(DateTime::<Utc>::UNIX_EPOCH),
    }
}

/// A paper on which stands what its form needs and nothing else.
fn filled(forms: &Forms, form: &Form, kind: RecipientKind) -> BTreeMap<Field, Said> {
    let chosen = form.alternatives_for(kind).next();
    let needed = form.required.iter().chain(chosen.into_iter().flatten());
    needed
        .map(|field| (*field, said(forms, *field)))
        .inspect(|(field, _)| {
            assert!(kind.may_read(field.class()));
        })
        .collect()
}

#[test]
fn every_paper_has_a_form_today_and_the_ten_are_numbered() {
    let forms = forms();
    let mut numbers: Vec<_> = Paper::iter()
        .filter_map(|paper| forms.form_on(paper, day()).unwrap().number)
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=10).collect::<Vec<_>>());
}

#[test]
fn no_paper_can_be_issued_before_its_form_is_in_force() {
    let early = "2026-04-14".parse().unwrap();
    for paper in Paper::iter() {
        assert!(forms().form_on(paper, early).is_err(), "{paper}");
    }
}

#[test]
fn every_paper_is_issued_with_its_required_fields_and_refused_without_any_one_of_them_by_name() {
    let forms = forms();
    for form in forms.iter() {
        for kind in &form.served_on {
            let full = filled(&forms, form, *kind);
            let whole = Written::stored(recipient(*kind), full.clone()).unwrap();
            forms.complete(form, whole).unwrap();
            for missing in &form.required {
                let mut fields = full.clone();
                fields.remove(missing);
                let written = Written::stored(recipient(*kind), fields).unwrap();
                let outcome = forms.complete(form, written);
                if form
                    .standing
                    .iter()
                    .any(|standing| standing.field == *missing)
                {
                    assert!(outcome.unwrap().get(*missing).is_some());
                } else {
                    let expected = Refusal::on(Code::FieldRequired, missing.name());
                    assert_eq!(outcome, Err(expected), "{}", form.paper);
                }
            }
        }
    }
}

#[test]
fn a_paper_is_refused_for_a_recipient_whom_its_form_does_not_name() {
    let forms = forms();
    for form in forms.iter() {
        for kind in RecipientKind::iter().filter(|kind| !form.served_on.contains(kind)) {
            let written = Written::stored(recipient(kind), BTreeMap::new()).unwrap();
            let refusal = forms.complete(form, written).unwrap_err();
            assert_eq!(
                refusal.code,
                Code::RecipientNotAllowed,
                "{} {kind}",
                form.paper
            );
        }
    }
}

#[test]
fn no_form_for_the_other_side_a_bureau_or_a_body_has_a_field_that_points_at_a_reporter() {
    for form in forms().iter() {
        let outward = form
            .served_on
            .iter()
            .any(|kind| !matches!(kind, RecipientKind::File | RecipientKind::Reporter));
        let points = form
            .fields()
            .any(|field| field.class() == FieldClass::Reporter);
        assert!(!(outward && points), "{}", form.paper);
    }
}

#[test]
fn a_field_that_the_form_has_not_a_wrong_kind_and_invisible_characters_are_refused_by_name() {
    let forms = forms();
    let form = forms.form_on(Paper::RefusalNotice, day()).unwrap();
    let full = filled(&forms, form, RecipientKind::Complainant);
    let refused = |field: OpenField, said: Said| {
        let mut fields = full.clone();
        fields.insert(field.into(), said);
        let written = Written::stored(recipient(RecipientKind::Complainant), fields).unwrap();
        let refusal = forms.complete(form, written).unwrap_err();
        (refusal.code, refusal.field)
    };
    assert_eq!(
        refused(OpenField::Mediators, Said::from("甲")),
        (Code::FieldNotOnForm, Some("mediators"))
    );
    assert_eq!(
        refused(OpenField::DecidedOn, Said::from("tomorrow")),
        (Code::FieldFormat, Some("decidedOn"))
    );
    for hostile in ["好\u{202E}坏", "a\u{0}b", "隔\u{2066}离"] {
        assert_eq!(
            refused(OpenField::Reason, Said::from(hostile)),
            (Code::TextCharacter, Some("reason"))
        );
    }
    let long = Said::from("长".repeat(PAPER_FIELD_CHARS + 1));
    assert_eq!(
        refused(OpenField::Reason, long),
        (Code::FieldTooLong, Some("reason")),
        "it is never cut"
    );
}

#[test]
fn the_refusal_and_the_termination_name_all_five_routes_of_article_39() {
    let forms = forms();
    for paper in [Paper::RefusalNotice, Paper::TerminationNotice] {
        let form = forms.form_on(paper, day()).unwrap();
        let standing = form
            .standing
            .iter()
            .find(|standing| standing.field == OpenField::OtherRoutes.into())
            .unwrap();
        for route in ["协商和解", "消费者协会", "行政部门投诉", "仲裁", "人民法院"]
        {
            assert!(standing.words.contains(route), "{paper}: {route}");
        }
    }
}

#[test]
fn what_a_party_may_do_stands_on_the_papers_of_a_case() {
    let forms = forms();
    let standing = |paper, field: OpenField| {
        let form = forms.form_on(paper, day()).unwrap();
        let of_field = |standing: &&DefaultWords| standing.field == field.into();
        form.standing.iter().find(of_field).unwrap().words.clone()
    };
    assert!(standing(Paper::PenaltyNotice, OpenField::Rights).contains("五个工作日"));
    assert!(standing(Paper::PaymentReminder, OpenField::Rights).contains("十个工作日"));
    assert!(standing(Paper::HearingNotice, OpenField::RecusalRight).contains("回避"));
    for paper in [
        Paper::PenaltyDecision,
        Paper::CorrectionOrder,
        Paper::OnTheSpotDecision,
    ] {
        let words = standing(paper, OpenField::Remedies);
        for part in ["六十日", "本级人民政府", "六个月", "人民法院"] {
            assert!(words.contains(part), "{paper}: {part}");
        }
    }
    // What goes to the police with its letter is said for each case.
    let letter = forms.form_on(Paper::PoliceTransfer, day()).unwrap();
    assert!(letter.required.contains(&OpenField::Enclosures.into()));
}

#[test]
fn a_right_to_a_hearing_stands_on_a_notice_only_where_it_was_written() {
    let forms = forms();
    let form = forms.form_on(Paper::PenaltyNotice, day()).unwrap();
    let fields = filled(&forms, form, RecipientKind::Respondent);
    let written = Written::stored(Recipient::Respondent(None), fields).unwrap();
    let complete = forms.complete(form, written).unwrap();
    assert_eq!(complete.get(OpenField::HearingRight.into()), None);
}

#[test]
fn a_penalty_decision_says_what_shows_the_facts_why_that_sum_and_how_to_pay() {
    let forms = forms();
    let form = forms.form_on(Paper::PenaltyDecision, day()).unwrap();
    for field in [OpenField::Proofs, OpenField::Discretion, OpenField::Payment] {
        assert!(form.required.contains(&field.into()), "{field}");
        let named = format!("{{{field}}}");
        assert!(
            form.text_zh
                .iter()
                .any(|sentence| sentence.contains(&named))
        );
    }
}

#[test]
fn a_file_with_a_missing_form_a_misspelt_field_or_a_stray_sentence_is_not_read() {
    let text = include_str!("../../../law/papers.toml");
    assert!(
        Forms::parse(&text.replace("id = \"refusal_notice\"", "id = \"acceptance_notice\""))
            .is_err()
    );
    assert!(Forms::parse(&text.replace("{groundText}", "{groundtext}")).is_err());
    assert!(
        Forms::parse(&text.replacen("id = \"complaintNumber\"", "id = \"complaintNo\"", 1))
            .is_err()
    );
}

#[test]
fn a_sentence_falls_into_words_and_fields() {
    assert_eq!(
        pieces("于{receivedOn}收到。"),
        [
            Piece::Words("于"),
            Piece::Field("receivedOn"),
            Piece::Words("收到。")
        ]
    );
    assert_eq!(pieces("a { b"), [Piece::Words("a { b")]);
}

#[test]
fn a_test_is_ordered_for_a_complaint_or_for_a_report_and_never_for_both() {
    let forms = forms();
    let form = forms.form_on(Paper::TestingEntrustment, day()).unwrap();
    let complaint = filled(&forms, form, RecipientKind::File);
    let number = |field: MatterField| Field::from(field);
    let mut both = complaint.clone();
    both.insert(number(MatterField::ReportNumber), Said::from("JB-1"));
    let complete = |fields| {
        let written = Written::stored(Recipient::File, fields).unwrap();
        forms.complete(form, written).map(|_| ())
    };
    assert_eq!(
        complete(both),
        Err(Refusal::on(Code::FieldNotOnForm, "reportNumber"))
    );
    let mut report = complaint;
    for field in [
        OpenField::ComplaintNumber,
        OpenField::CostBearer,
        OpenField::ChosenBy,
    ] {
        report.remove(&field.into());
    }
    assert_eq!(
        complete(report.clone()),
        Err(Refusal::on(Code::FieldRequired, "complaintNumber"))
    );
    report.insert(number(MatterField::ReportNumber), Said::from("JB-1"));
    assert_eq!(
        complete(report.clone()),
        Err(Refusal::on(Code::FieldRequired, "basis"))
    );
    report.insert(OpenField::Basis.into(), Said::from("第十八条"));
    assert_eq!(complete(report), Ok(()));
}

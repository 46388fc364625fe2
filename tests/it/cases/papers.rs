//! What stands on the papers of a case.

use chrono::TimeDelta;
use liangxin_app::ports::clock::Clock;
use liangxin_demo::fixtures::{merchant_id, user_id};
use liangxin_domain::notices::field::OpenField;
use liangxin_tests::app::on_both;
use serde_json::json;

use super::matter::{Matter, overdue_scale};

#[tokio::test]
async fn a_decision_says_what_shows_it_what_was_said_to_it_why_so_heavy_and_what_may_be_done() {
    on_both(async |app| {
        let matter = Matter::on_patrol(&app).await;
        let mut penalty = Matter::penalty("M-VER-01", 800);
        penalty["sanction"] = json!({ "stopUse": "电子计价秤（2023040117）" });
        matter.announced(penalty).await;
        let said = "秤已送检，请求从轻。";
        matter
            .step(
                "wu",
                "AnswerNotice",
                json!({ "statement": said, "waives": false }),
            )
            .await;
        app.advance(TimeDelta::days(9));
        let review = "送检发生在查处之后，不予采纳。";
        matter
            .step("he", "DecideCase", json!({ "defenceReview": review }))
            .await;
        for (field, part) in [
            (OpenField::Facts, "已超期"),
            (OpenField::Proofs, "有购物视频和复称记录"),
            (OpenField::Violation, "超过检定周期仍使用"),
            (OpenField::Basis, "《"),
            (OpenField::Penalty, "罚款800"),
            (OpenField::Penalty, "责令停止使用：电子计价秤"),
            (OpenField::Discretion, "首次查处"),
            (OpenField::Correction, "停止短缺量销售"),
            (OpenField::Correction, "日前（含当日）改正。"),
            (OpenField::Defence, said),
            (OpenField::DefenceReview, review),
            (OpenField::Payment, "十五日内"),
            (OpenField::Remedies, "行政复议"),
            (OpenField::Remedies, "人民法院"),
            (OpenField::RespondentAddress, "书院坪"),
        ] {
            let said = matter.said(("penalty_decision", "RESPONDENT"), field).await;
            assert!(said.contains(part), "{field}: {said}");
        }
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn no_step_is_taken_without_its_paper_where_no_form_is_in_force() {
    on_both(async |app| {
        let early = "2026-04-14T01:00:00Z".parse().unwrap();
        let app = app.with(|parts| parts.clock = Clock::manual(early));
        let filing = json!({ "input": {
            "id": app.new_id(), "basis": "OWN_DISCOVERY", "conductOn": "2026-04-10",
            "facts": "暗访购买五花肉2000克，实际1850克。",
            "merchantId": merchant_id("tianxin-stall-17").uuid(),
            "investigatorIds": [user_id("zhou").uuid(), user_id("tang").uuid()],
        } });
        let refused = app.as_("he").refused("FileCase", filing).await;
        assert_eq!(refused, ["FORM_MISSING"]);
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn what_the_merchant_says_stands_on_the_decision_whole_however_long() {
    on_both(async |app| {
        let matter = Matter::on_patrol(&app).await;
        matter.announced(Matter::penalty("M-VER-01", 800)).await;
        for end in ["甲。", "乙。"] {
            let statement = format!("{}{end}", "秤".repeat(3_998));
            let statement = json!({ "statement": statement, "waives": false });
            matter.step("wu", "AnswerNotice", statement).await;
        }
        app.advance(TimeDelta::days(9));
        let review = json!({ "defenceReview": "所述与检定记录不符，不予采纳。" });
        matter.step("he", "DecideCase", review).await;
        let paper = ("penalty_decision", "RESPONDENT");
        let said = matter.said(paper, OpenField::Defence).await;
        assert!(said.contains("甲。") && said.ends_with("乙。"));
        assert_eq!(said.chars().count(), 8_001);
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_decision_not_to_punish_says_what_was_looked_at_on_what_it_rests_and_what_may_be_done() {
    on_both(async |app| {
        let matter = Matter::on_patrol(&app).await;
        let shown = "检定机构证明检定标记仍在有效期内。";
        let proposed = json!({ "ground": "NOT_ESTABLISHED", "reason": shown });
        matter.step("deng", "ProposeNoPenalty", proposed).await;
        matter.audited("CASE").await;
        let reason = "经复核，违法事实不能成立。";
        matter
            .step("he", "CloseCase", json!({ "reason": reason }))
            .await;
        for (field, part) in [
            (OpenField::Facts, "已超期"),
            (OpenField::Proofs, "现场笔录"),
            (OpenField::Proofs, shown),
            (OpenField::Basis, "第六十条"),
            (OpenField::Reason, reason),
            (OpenField::Remedies, "行政复议"),
        ] {
            let paper = ("no_penalty_decision", "RESPONDENT");
            let said = matter.said(paper, field).await;
            assert!(said.contains(part), "{field}: {said}");
        }
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn of_a_slip_in_a_decision_on_its_way_the_party_learns_with_the_decision() {
    on_both(async |app| {
        let matter = Matter::on_patrol(&app).await;
        matter.announced(Matter::penalty("M-VER-01", 800)).await;
        let waived = json!({ "waives": true });
        matter.step("wu", "AnswerNotice", waived).await;
        matter.step("he", "DecideCase", json!({})).await;
        let on = (app.now() + TimeDelta::hours(8)).date_naive();
        let corrected = json!({
            "kind": "CORRECTED", "by": "BUREAU", "body": "天心区市场监督管理局", "document": "天市监补〔2026〕1号",
            "on": on, "reason": "文书号笔误，予以补正。",
        });
        matter.step("he", "ChangeDecision", corrected).await;
        let seen = async |who: &str| matter.seen(who).await.data("case.change").clone();
        assert_eq!(seen("he").await["fineYuan"], "800.00");
        assert_eq!(seen("wu").await, json!(null));
        let papers = json!({ "subjectKind": "CASE", "subjectId": matter.case });
        let papers = app.as_("deng").run("ListNotices", papers).await.ok();
        let papers = papers.data("notices").as_array().unwrap().clone();
        let changes = papers.iter().filter(|it| it["paper"] == "decision_change");
        let whose: Vec<_> = changes.map(|it| it["recipient"].clone()).collect();
        assert_eq!(whose, ["FILE"]);
        matter
            .step("deng", "ServeDecision", matter.delivery())
            .await;
        assert_eq!(seen("wu").await["kind"], "CORRECTED");
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn whoever_left_the_office_is_named_for_what_they_did() {
    on_both(async |app| {
        let visit = overdue_scale(&app).await;
        let leaves = async |who: &str| {
            let left = "UPDATE \"user\" SET disabled_at = '2026-11-23 01:00:00+00:00'";
            app.execute(&format!("{left} WHERE email LIKE '{who}@%'"))
                .await;
        };
        leaves("tang").await;
        let filed = json!({ "input": {
            "id": app.new_id(), "visitId": visit, "inSpite": "拍照设备故障，另有执法记录仪录像。",
            "investigatorIds": [user_id("zhou").uuid(), user_id("peng").uuid()],
        } });
        let case = filed["input"]["id"].as_str().unwrap().parse().unwrap();
        app.as_("he").run("FileCase", filed).await.ok();
        let matter = Matter {
            app: app.clone(),
            case,
        };
        let proofs = matter
            .said(("filing_approval", "FILE"), OpenField::Proofs)
            .await;
        assert!(proofs.contains("现场笔录，唐雨晴"), "{proofs}");
        leaves("peng").await;
        let seen = matter.seen("he").await;
        let team = seen.data("case.investigators").as_array().unwrap().clone();
        let named: Vec<_> = team.iter().map(|officer| officer["id"].clone()).collect();
        for who in ["zhou", "peng"] {
            assert!(
                named.contains(&json!(user_id(who).uuid())),
                "{who}: {seen:?}"
            );
        }
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn what_the_bureau_changes_itself_may_be_objected_to_and_what_a_court_did_is_only_told() {
    on_both(async |app| {
        let matter = Matter::on_patrol(&app).await;
        matter.announced(Matter::penalty("M-VER-01", 800)).await;
        let waived = json!({ "waives": true });
        matter.step("wu", "AnswerNotice", waived).await;
        let decided = json!({ "suit": "FIFTEEN_DAYS" });
        matter.step("he", "DecideCase", decided).await;
        matter
            .step("deng", "ServeDecision", matter.delivery())
            .await;
        let paper = ("decision_change", "RESPONDENT");
        let on = (app.now() + TimeDelta::hours(8)).date_naive();
        let mut change = json!({
            "kind": "LOWERED", "by": "BUREAU", "body": "天心区市场监督管理局", "document": "天市监变〔2026〕1号",
            "on": on, "fineYuan": 500, "reason": "裁量不当，自行变更。",
        });
        let changed = matter.step("he", "ChangeDecision", change.clone()).await;
        assert_eq!(changed.text("changeDecision.case.change.by"), "BUREAU");
        let said = matter.said(paper, OpenField::Remedies).await;
        for part in ["不服本通知", "六十日", "本级人民政府", "十五日", "人民法院"] {
            assert!(said.contains(part), "{part}: {said}");
        }
        // Their own papers say what may be done against them.
        for (by, fine) in [("REVIEW", 400), ("COURT", 300)] {
            change["by"] = json!(by);
            change["fineYuan"] = json!(fine);
            matter.step("he", "ChangeDecision", change.clone()).await;
            assert_eq!(matter.said(paper, OpenField::Remedies).await, "", "{by}");
            let penalty = matter.said(paper, OpenField::Penalty).await;
            assert!(penalty.contains(&fine.to_string()), "{penalty}");
        }
        // A slip of the pen is no new act; nothing of what was made before is lost.
        change["kind"] = json!("CORRECTED");
        change["by"] = json!("BUREAU");
        let corrected = matter.step("he", "ChangeDecision", change).await;
        let former = corrected.data("changeDecision.case.formerChanges");
        let former: Vec<_> = former.as_array().unwrap().iter().collect();
        let fines: Vec<_> = former.iter().map(|change| &change["fineYuan"]).collect();
        assert_eq!(fines, ["500.00", "400.00", "300.00"]);
        let left = corrected.text("changeDecision.case.change.fineYuan");
        assert_eq!(left, "300.00");
        assert_eq!(matter.said(paper, OpenField::Remedies).await, "");
        assert_eq!(matter.said(paper, OpenField::Penalty).await, "");
        let what = matter.said(paper, OpenField::Change).await;
        assert!(what.contains("补正"), "{what}");
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_penalty_on_the_spot_says_where_what_was_said_to_it_and_what_must_be_put_right() {
    on_both(async |app| {
        let case = app.new_id();
        let mut input = Matter::on_the_spot(&app, case);
        input["said"] = json!("秤明天就送检。");
        input["defenceReview"] = json!("送检不免除责任，不予采纳。");
        let input = json!({ "input": input });
        app.as_("zhou").run("PunishOnTheSpot", input).await.ok();
        let matter = Matter {
            app: app.clone(),
            case,
        };
        for (field, part) in [
            (OpenField::PenaltyPlace, "书院坪"),
            (OpenField::Defence, "秤明天就送检"),
            (OpenField::DefenceReview, "不予采纳"),
            (OpenField::Correction, "停止短缺量销售"),
        ] {
            let paper = ("on_the_spot_decision", "RESPONDENT");
            let said = matter.said(paper, field).await;
            assert!(said.contains(part), "{field}: {said}");
        }
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_decision_that_takes_no_money_asks_for_none() {
    on_both(async |app| {
        let case = app.new_id();
        let mut input = Matter::on_the_spot(&app, case);
        input["charges"][0]["fineYuan"] = json!(0);
        input["sanction"] = json!({ "warning": true });
        let input = json!({ "input": input });
        app.as_("zhou").run("PunishOnTheSpot", input).await.ok();
        let matter = Matter {
            app: app.clone(),
            case,
        };
        let paper = ("on_the_spot_decision", "RESPONDENT");
        for (field, words) in [
            (OpenField::Penalty, "警告"),
            (OpenField::Payment, "本决定没有需要缴纳的款项。"),
        ] {
            assert_eq!(matter.said(paper, field).await, words, "{field}");
        }
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_fine_for_several_acts_names_each_in_words() {
    on_both(async |app| {
        let matter = Matter::on_patrol(&app).await;
        let mut penalty = Matter::penalty("M-VER-01", 800);
        let other = Matter::penalty("M-QTY-01", 2_000)["charges"][0].clone();
        penalty["charges"].as_array_mut().unwrap().push(other);
        matter.step("deng", "ProposePenalty", penalty).await;
        matter.audited("CASE").await;
        matter.step("deng", "IssueNotice", json!({})).await;
        let paper = ("penalty_notice", "RESPONDENT");
        for field in [OpenField::Penalty, OpenField::Proofs, OpenField::Violation] {
            let said = matter.said(paper, field).await;
            assert!(!said.contains("M-"), "{field}: {said}");
        }
        let said = matter.said(paper, OpenField::Penalty).await;
        assert!(said.contains("罚款合计2800.00元"), "{said}");
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_notice_of_a_penalty_says_where_the_party_may_answer() {
    on_both(async |app| {
        let matter = Matter::on_patrol(&app).await;
        matter.announced(Matter::penalty("M-VER-01", 800)).await;
        let paper = ("penalty_notice", "RESPONDENT");
        let contact = matter.said(paper, OpenField::BureauContact).await;
        for part in ["长沙市天心区市场监督管理局", "书院坪路6号", "电话12315"] {
            assert!(contact.contains(part), "{part}: {contact}");
        }
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn an_archived_file_has_a_main_part_and_a_side_part_in_their_order() {
    on_both(async |app| {
        let matter = Matter {
            app: app.clone(),
            case: app.new_id(),
        };
        let input = json!({ "input": Matter::on_the_spot(&app, matter.case) });
        app.as_("zhou").run("PunishOnTheSpot", input).await.ok();
        matter.step("zhou", "FilePapers", json!({})).await;
        matter.paid("200", "罚0200").await;
        matter.corrected().await;
        matter.archived().await;
        let paper = ("case_archive", "FILE");
        let said = matter.said(paper, OpenField::Catalogue).await;
        let lines: Vec<_> = said
            .lines()
            .map(|line| line.split('，').next().unwrap())
            .collect();
        assert_eq!(
            lines,
            [
                "正卷",
                "1. 当场行政处罚决定书（送当事人）",
                "2. 当场行政处罚决定书（存卷）",
                "副卷",
                "1. 结案审批表（存卷）",
            ]
        );
        app.leave_jobs();
    })
    .await;
}

//! Law files that are looked at before they are in force, and what a change would do.

use std::path::{Path, PathBuf};

use liangxin_app::usecase::law::retime;
use liangxin_tests::app::on_both;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::program;

use crate::complaints::Dispute;

use super::MADE_UP_2027;

#[tokio::test]
async fn a_change_of_law_is_timed_without_saving_anything() {
    on_both(async |app| {
        Flow::after(&app, Step::FileCase).await;
        app.drain_jobs().await;
        let part = r#"
[[deadline]]
id = "P-DECIDE"
track = "case"
duty_zh = "作出处理决定"
duty_en = "decide the case"
length = 60
unit = "calendar_days"
starts_zh = "立案之日"
starts_en = "the case is filed"
instrument = "一部虚构的规定"
edition = "虚构"
article = "第一条"
valid_from = "2026-01-01"
provenance = "proposal"
"#;
        let edition = app.parts().law.deadlines.with_part(part).unwrap();
        let before = app.census().await;
        let found = retime(app.parts(), &edition).await.unwrap();
        assert_eq!(
            app.census().await.changed_since(&before),
            Vec::<&str>::new()
        );
        assert_eq!((found.changed.len(), found.untouched), (1, 0));
        let changed = &found.changed[0];
        assert!(
            changed.number.starts_with("AJ-430103-"),
            "{}",
            changed.number
        );
        assert_eq!(changed.rule_id, "P-DECIDE");
        assert!(changed.new_article.ends_with("第一条"));
        let same = retime(app.parts(), &app.parts().law.deadlines)
            .await
            .unwrap();
        assert_eq!(same.changed, []);
    })
    .await;
}

#[tokio::test]
async fn a_change_of_law_names_complaints_by_their_numbers() {
    on_both(async |app| {
        Dispute::filed(&app).await;
        app.drain_jobs().await;
        let part = r#"
[[deadline]]
id = "C-ACCEPT"
track = "complaint"
duty_zh = "决定是否受理投诉"
duty_en = "decide about a complaint"
length = 5
unit = "working_days"
starts_zh = "收到投诉之日"
starts_en = "the complaint is received"
instrument = "一部虚构的规定"
edition = "虚构"
article = "第一条"
valid_from = "2026-04-15"
provenance = "proposal"
"#;
        let edition = app.parts().law.deadlines.with_part(part).unwrap();
        let found = retime(app.parts(), &edition).await.unwrap();
        let numbers: Vec<_> = found.changed.iter().map(|one| &one.number).collect();
        assert_eq!(numbers.len(), 1);
        assert!(numbers[0].starts_with("TS-430103-"), "{numbers:?}");
    })
    .await;
}

fn directory(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let directory =
        std::env::temp_dir().join(format!("liangxin-law-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    for (name, text) in files {
        std::fs::write(directory.join(name), text).unwrap();
    }
    directory
}

fn check(directory: &Path) -> (bool, String) {
    program::said(&["law", "check", "--law", &directory.to_string_lossy()])
}

#[test]
fn the_built_in_law_is_found_without_fault() {
    let (succeeds, said) = program::said(&["law", "check"]);
    assert!(succeeds, "{said}");
    assert!(said.contains("nothing is wrong"), "{said}");
    assert!(said.contains("calendar: 2023 2024 2025 2026"), "{said}");
    assert!(said.contains("C-MEDIATE×2"), "{said}");
}

#[test]
fn a_mistake_in_a_law_file_is_named_with_file_and_row() {
    let deadlines = include_str!("../../../api/domain/law/deadlines.toml");
    let schemes = include_str!("../../../api/domain/law/reward-schemes.toml");
    let rival = schemes.replacen("id = \"CN-2021-4\"", "id = \"CN-OTHER\"", 1);
    let first = rival.find("[[scheme]]").unwrap();
    let second = rival[first + 1..].find("\n[[scheme]]").unwrap() + first + 1;
    let both = format!("{schemes}\n{}", &rival[first..second]);
    let wrong = [
        (
            "unit",
            "deadlines.toml",
            deadlines.replacen("\"working_days\"", "\"worknig_days\"", 1),
            "deadlines.toml, deadline 1 (C-ACCEPT)",
        ),
        (
            "overlap",
            "deadlines.toml",
            deadlines.replacen("valid_to = \"2026-04-14\"", "valid_to = \"2026-04-15\"", 1),
            "two rows of C-ACCEPT apply on 2026-04-15",
        ),
        (
            "gap",
            "deadlines.toml",
            deadlines.replacen("valid_to = \"2026-04-14\"", "valid_to = \"2026-04-10\"", 1),
            "deadlines.toml, C-ACCEPT: no row between 2026-04-10 and 2026-04-15",
        ),
        (
            "lost",
            "deadlines.toml",
            deadlines.replace("id = \"R-VERIFY\"", "id = \"R-VERFIY\""),
            "deadlines.toml, R-VERIFY",
        ),
        (
            "rivals",
            "reward-schemes.toml",
            both,
            "reward-schemes.toml, CN-OTHER",
        ),
        (
            "name",
            "deadlnies.toml",
            deadlines.to_owned(),
            "deadlnies.toml is none of the files",
        ),
    ];
    for (name, file, text, expected) in wrong {
        let directory = directory(name, &[(file, &text)]);
        let (succeeds, said) = check(&directory);
        assert!(!succeeds && said.contains(expected), "{name}: {said}");
        std::fs::remove_dir_all(directory).unwrap();
    }
}

#[test]
fn a_law_file_without_a_row_that_a_step_needs_stops_the_start() {
    let deadlines = include_str!("../../../api/domain/law/deadlines.toml");
    let codes = include_str!("../../../api/domain/law/code-sets.toml");
    let wrong = [
        (
            "deadlines.toml",
            deadlines.replace("id = \"R-VERIFY\"", "id = \"R-VERFIY\""),
            "deadlines.toml, R-VERIFY",
        ),
        (
            "code-sets.toml",
            codes.replace("code = \"NF_1_MINOR\"", "code = \"NF_1\""),
            "code-sets.toml, NF_1_MINOR",
        ),
    ];
    for (file, text, expected) in wrong {
        let directory = directory("start", &[(file, &text)]);
        let law = directory.to_string_lossy().into_owned();
        let data = directory.join("data").to_string_lossy().into_owned();
        let (starts, said) = program::said(&["migrate", "--law", &law, "--data", &data]);
        assert!(!starts && said.contains(expected), "{said}");
        std::fs::remove_dir_all(directory).unwrap();
    }
}

#[test]
fn a_year_and_a_change_of_law_go_through_the_program() {
    let place = directory("program", &[]);
    let data = place.join("data");
    let csv = place.join("2027.csv");
    std::fs::write(&csv, MADE_UP_2027).unwrap();
    program::run(&["migrate"], &data);
    let load = [
        "law",
        "load-calendar",
        "--year",
        "2027",
        "--file",
        &csv.to_string_lossy(),
    ];
    let said = program::run(&load, &data);
    assert!(
        said.contains("14 days off, 0 weekend days of work"),
        "{said}"
    );
    assert!(said.contains("2027-01-04: unknown -> off"), "{said}");
    assert!(said.contains("nothing applies yet"), "{said}");
    let part = place.join("part.toml");
    let deadlines = include_str!("../../../api/domain/law/deadlines.toml");
    std::fs::write(&part, deadlines).unwrap();
    let what_if = ["law", "what-if", "--edition", &part.to_string_lossy()];
    let said = program::run(&what_if, &data);
    assert!(said.contains("0 open periods: 0 would change"), "{said}");
    std::fs::remove_dir_all(place).unwrap();
}

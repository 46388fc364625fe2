//! The README, the pages that it leads to and their Chinese twins say the same, and what they say of the settings is
//! what the program reads.

use std::collections::BTreeSet;

use liangxin::config::{ENVIRONMENT, Settings};
use liangxin_domain::metrology::{rules::RuleSet, verdict::Outcome, wire};
use liangxin_tests::contract::root;
use serde_json::json;

/// A page and its Chinese twin.
type Twins = [&'static str; 2];

const README: Twins = ["README.md", "README.zh-CN.md"];
const OPERATING: Twins = ["api/OPERATING.md", "api/OPERATING.zh-CN.md"];
const VERDICTS: Twins = ["api/metrology/README.md", "api/metrology/README.zh-CN.md"];
const LAW: Twins = ["api/domain/law/README.md", "api/domain/law/README.zh-CN.md"];
const PAGES: [Twins; 4] = [README, OPERATING, VERDICTS, LAW];

/// Pages in one language.
const SINGLE: [&str; 9] = [
    "api/domain/README.md",
    "api/metrology/rules/README.md",
    "mobile-contract/README.md",
    "mobile-contract/citizen/README.md",
    "mobile-contract/inspector/README.md",
    "mobile-contract/merchant/README.md",
    "mobile-contract/officer/README.md",
    "mobile-contract/operator/README.md",
    "tests/README.md",
];

/// Who arrives reads this much and no more.
const README_LINES: usize = 200;

/// Numbers of the two worked verdicts, as the verdicts have them.
const WORKED: [(&str, &str); 7] = [
    ("prepackaged-lot", "15 g"),
    ("prepackaged-lot", "498.215384615 g"),
    ("prepackaged-lot", "4.613719785 g"),
    ("fuel-dispenser", "20041.875 mL"),
    ("fuel-dispenser", "20055.70389375 mL"),
    ("fuel-dispenser", "0.022992729 %"),
    ("fuel-dispenser", "0.021213474 %"),
];

/// Read before the settings, and by another library: how much is logged.
const LOG: &str = "LIANGXIN_LOG";

/// What stands before the table of figures.
const MEASURED: &str = "<!-- measured -->";

/// What stands before the table of what photos were measured to take.
const MEASURED_PHOTOS: &str = "<!-- measured photos -->";

/// What stands before each table of faults and their tests, and how many those are.
const FAULTS: [(&str, usize); 2] = [("<!-- faults -->", 16), ("<!-- faults of secrecy -->", 23)];

/// What stands before the command that tests everything.
const TEST_COMMAND: &str = "<!-- test-command -->";

fn text(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The fenced blocks of a language, in their order.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<(bool, Vec<&str>)> = None;
    for line in text.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(found)) => open = Some((found == language, Vec::new())),
            (Some(_), Some(_)) => {
                if let Some((true, lines)) = open.take() {
                    blocks.push(lines.join("\n"));
                }
            }
            (Some((_, lines)), None) => lines.push(line),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    blocks
}

/// The cells of a row of a table; none if the line is no row.
fn cells(line: &str) -> Option<Vec<&str>> {
    let row = line.strip_prefix('|')?.strip_suffix('|')?;
    Some(row.split('|').map(str::trim).collect())
}

/// The name that a cell has in backticks and nothing beside it.
fn code(cell: &str) -> Option<&str> {
    let name = cell.strip_prefix('`')?.strip_suffix('`')?;
    (!name.contains('`')).then_some(name)
}

/// Rows of the table of settings: the name in the environment, the key in the file.
fn settings(text: &str) -> Vec<(String, Option<String>)> {
    let is_name = |name: &&str| {
        name.contains('_') && !name.contains(|c: char| !matches!(c, 'A'..='Z' | '0'..='9' | '_'))
    };
    let rows = text
        .lines()
        .filter_map(cells)
        .filter_map(|row| match row.as_slice() {
            [name, key, _, _] => {
                let name = code(name).filter(is_name)?;
                Some((name.to_owned(), code(key).map(str::to_owned)))
            }
            _ => None,
        });
    rows.collect()
}

/// Rows of the table of figures: the figure and the command.
fn measured(text: &str) -> Vec<(String, String)> {
    let (_, after) = text
        .split_once(MEASURED)
        .unwrap_or_else(|| panic!("there is no {MEASURED}"));
    let lines = after.trim_start().lines().map_while(cells).skip(2);
    let rows = lines.map(|row| match row.as_slice() {
        [_, figure, command] => ((*figure).to_owned(), (*command).to_owned()),
        other => panic!("the table of figures has three columns: {other:?}"),
    });
    rows.collect()
}

#[test]
fn both_languages_give_the_same_commands_in_the_same_order() {
    for twins in PAGES {
        let [english, chinese] = twins.map(|name| blocks(&text(name), "sh"));
        assert!(!english.is_empty(), "{}", twins[0]);
        assert_eq!(english, chinese, "{}", twins[0]);
    }
}

#[test]
fn both_languages_have_the_same_headings() {
    for twins in PAGES {
        let [english, chinese] = twins.map(|name| {
            let text = text(name);
            let levels = text.lines().filter(|line| line.starts_with('#'));
            let levels = levels.map(|line| line.bytes().take_while(|c| *c == b'#').count());
            levels.collect::<Vec<_>>()
        });
        assert_eq!(english, chinese, "{}", twins[0]);
    }
}

#[test]
fn the_readme_is_short_enough_for_who_arrives() {
    for name in README {
        let lines = text(name).lines().count();
        assert!(lines <= README_LINES, "{name} has {lines} lines");
    }
}

#[test]
fn both_readmes_name_the_command_that_tests_everything() {
    for name in README {
        let text = text(name);
        let (_, after) = text
            .split_once(TEST_COMMAND)
            .unwrap_or_else(|| panic!("{name} has no {TEST_COMMAND}"));
        assert_eq!(blocks(after, "sh")[0], "cargo test --workspace", "{name}");
    }
}

#[test]
fn both_languages_explain_every_setting_and_no_other() {
    let read = ENVIRONMENT.iter().map(|(name, _)| *name).chain([LOG]);
    let read: Vec<_> = read.collect();
    for name in OPERATING {
        let told = settings(&text(name));
        let names: Vec<_> = told.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, read, "{name}");
    }
    let [english, chinese] = OPERATING.map(|name| settings(&text(name)));
    assert_eq!(english, chinese);
}

#[test]
fn every_key_of_the_settings_file_that_is_named_is_one() {
    for (name, key) in settings(&text(OPERATING[0])) {
        match key {
            Some(key) => {
                let read = serde_json::from_value::<Settings>(json!({ &key: "x" }));
                assert!(read.is_ok(), "{name}: the settings have no `{key}`");
            }
            None => assert_eq!(name, LOG, "only the log has no key"),
        }
    }
}

#[test]
fn both_readmes_state_the_same_figures() {
    let [english, chinese] = README.map(|name| measured(&text(name)));
    assert!(!english.is_empty());
    assert_eq!(english, chinese);
}

/// The text of every file of tests and of the crates.
fn sources(folder: &std::path::Path) -> String {
    let mut all = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.push_str(&sources(&path));
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            all.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
    all
}

#[test]
fn each_figure_of_photos_has_a_goal_a_day_and_a_command_or_says_that_there_is_none() {
    let page = text("tests/README.md");
    let (_, table) = page.split_once(MEASURED_PHOTOS).unwrap();
    let (table, _) = table.split_once("\n## ").unwrap();
    let rows: Vec<_> = table.lines().filter_map(cells).skip(2).collect();
    assert!(rows.len() >= 8, "{rows:?}");
    for row in rows {
        let [what, goal, figure, command] = row[..] else {
            panic!("{row:?}");
        };
        assert!(!what.is_empty() && !goal.is_empty(), "{row:?}");
        let is_dated = figure.contains("(2026-") || figure.contains("(2027-");
        let says_none = ["not run", "held to it by the test"];
        assert!(
            is_dated || says_none.iter().any(|none| figure.starts_with(none)),
            "{row:?}"
        );
        assert!(
            command.starts_with('`') && command.ends_with('`'),
            "{row:?}"
        );
    }
}

/// The names of the tests that run: a helper of that name is none, nor is what is ignored.
fn tests_of(source: &str) -> BTreeSet<&str> {
    let lines: Vec<_> = source.lines().map(str::trim_start).collect();
    let marks = ["#[test]", "#[tokio::test", "#[actix_web::test"];
    let is_mark = |line: &str| marks.iter().any(|mark| line.starts_with(mark));
    let marked = lines.windows(2).filter(|pair| is_mark(pair[0]));
    let named = marked.filter_map(|pair| {
        let line = pair[1].strip_prefix("async ").unwrap_or(pair[1]);
        line.strip_prefix("fn ")?.split('(').next()
    });
    named.collect()
}

#[test]
fn what_is_ignored_or_helps_is_no_test() {
    let source = "#[test]\nfn one() {\n    #[tokio::test]\n    async fn two() {\n#[test]\n#[ignore]\nfn three() {\nfn four(";
    assert!(tests_of(source).into_iter().eq(["one", "two"]));
}

#[test]
fn every_fault_of_the_tables_has_tests_that_are_there() {
    let page = text("tests/README.md");
    let all = sources(&root().join("tests/it")) + &sources(&root().join("api"));
    let tests = tests_of(&all);
    for (mark, count) in FAULTS {
        let (_, table) = page.split_once(mark).unwrap();
        let (table, _) = table.split_once("\n## ").unwrap();
        let rows: Vec<_> = table.lines().filter_map(cells).skip(2).collect();
        let numbers: Vec<_> = rows.iter().map(|row| row[0]).collect();
        let known: Vec<_> = (1..=count).map(|number| number.to_string()).collect();
        assert_eq!(numbers, known, "{mark}");
        for row in rows {
            let named: Vec<_> = row[2].split('`').skip(1).step_by(2).collect();
            assert!(!named.is_empty(), "{row:?}");
            for name in named {
                assert!(tests.contains(name), "there is no test {name}");
            }
        }
    }
}

#[test]
fn what_the_pages_link_to_is_there() {
    for name in PAGES.into_iter().flatten().chain(SINGLE) {
        let text = text(name);
        let folder = root().join(name);
        let folder = folder.parent().unwrap();
        let links = text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split([')', '#']).next());
        let pictures = text
            .split("src=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next());
        for link in links.chain(pictures).filter(|link| !link.contains("://")) {
            assert!(folder.join(link).exists(), "{name}: there is no {link}");
        }
    }
}

#[test]
fn both_languages_work_out_the_verdicts_that_the_program_gives() {
    let rules = RuleSet::embedded().unwrap();
    for example in ["prepackaged-lot", "fuel-dispenser"] {
        let file = root().join(format!("mobile-contract/examples/{example}.json"));
        let measurement = wire::read_measurement(&std::fs::read_to_string(file).unwrap()).unwrap();
        let verdict = measurement.judge(&rules).unwrap();
        assert_eq!(verdict.outcome, Outcome::Conforms, "{example}");
        let told: Vec<_> = WORKED.iter().filter(|(of, _)| *of == example).collect();
        for (_, number) in told {
            let is_given = verdict
                .intermediates
                .iter()
                .any(|given| given.amount.to_string() == *number)
                || verdict.findings.iter().any(|finding| {
                    finding
                        .measured
                        .as_ref()
                        .is_some_and(|given| given.to_string() == *number)
                });
            assert!(is_given, "{example}: the verdict has no {number}");
            for name in VERDICTS {
                assert!(
                    text(name).contains(*number),
                    "{name} does not work out {number}"
                );
            }
        }
    }
}

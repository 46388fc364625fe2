//! Every command to a case, with two values a field.

use super::check;
use liangxin_domain::{
    cases::{case::Ruling, command::Command},
    money::Fen,
    text::Narrative,
};

#[test]
fn every_field_of_a_command_to_a_case_counts() {
    check(&every());
}

fn words(text: &str) -> Narrative {
    Narrative::parse(text, "words").unwrap()
}

fn every() -> Vec<Command> {
    let day = |text: &str| text.parse().unwrap();
    let fine = |yuan| Fen::from_yuan(yuan).unwrap();
    let ruling = |yuan, correction: Option<Narrative>, until, review: Option<Narrative>| {
        Command::DecideCase {
            ruling: Ruling {
                fine: fine(yuan),
                correction,
                correct_by: day(until),
                defence_review: review,
            },
        }
    };
    let propose = |violation: &str, yuan, text, until| Command::ProposePenalty {
        violation: violation.parse().unwrap(),
        fine: fine(yuan),
        correction: words(text),
        correct_by: day(until),
    };
    let mut found = vec![
        Command::ServeNotice,
        Command::TransferCase,
        Command::AnswerNotice { defence: None },
        propose("M-QTY-01", 100, "甲", "2026-12-01"),
        propose("M-QTY-02", 100, "甲", "2026-12-01"),
        propose("M-QTY-01", 200, "甲", "2026-12-01"),
        propose("M-QTY-01", 100, "乙", "2026-12-01"),
        propose("M-QTY-01", 100, "甲", "2026-12-02"),
        ruling(100, Some(words("甲")), "2026-12-01", None),
        ruling(200, Some(words("甲")), "2026-12-01", None),
        ruling(100, Some(words("乙")), "2026-12-01", None),
        ruling(100, None, "2026-12-01", None),
        ruling(100, Some(words("甲")), "2026-12-02", None),
        ruling(100, Some(words("甲")), "2026-12-01", Some(words("甲"))),
    ];
    for text in ["甲", "乙"] {
        found.extend([
            Command::AuditCase {
                opinion: words(text),
            },
            Command::AnswerNotice {
                defence: Some(words(text)),
            },
            Command::CloseCase {
                reason: words(text),
            },
        ]);
    }
    found
}

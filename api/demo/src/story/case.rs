//! Step 4: the case, in the order of the law.

use super::{
    Story,
    cast::{DENG, HE, Person, WU, XIAO, team},
    clock, day, moment,
};
use crate::{answer::Answer, error::StoryError, narrator::Narrator};
use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use serde_json::{Value, json};

/// Seller: retail goods short beyond the tolerance (Order of quantity 2020, article 5).
const VIOLATION: &str = "M-QTY-01";
/// What the merchant must put right.
const CORRECTION: &str = "停止使用超期未检定的电子计价秤，送检合格后方可使用；退还短缺货款。";
/// Days from filing to the end of the correction.
const CORRECTION_DAYS: u64 = 14;
/// Why it is no heavier.
const TIER_REASON: &str = "首次查处，短缺量不大，当场退还货款，从轻处罚。";
/// A violation that nobody was charged with.
const OTHER_VIOLATION: &str = "M-QTY-02";
/// A fine in yuan that the article does not allow.
const FINE_TOO_HIGH: i64 = 50_000;
/// The fine in yuan that is proposed and decided.
const FINE: i64 = 800;
/// When a bureau opens, in the time of the database: half past nine in China.
const MORNING: TimeDelta = TimeDelta::minutes(90);

impl Story {
    pub(super) async fn case(&mut self, tell: &mut dyn Narrator) -> Result<(), StoryError> {
        let input = json!({
            "id": self.id("case"),
            "visitId": self.id("visit"),
            "investigatorIds": team(),
        });
        let filed = self.run(HE, "FileCase", json!({ "input": input })).await?;
        tell.say(
            HE.name,
            "files a case on the failed visit and names two investigators (立案)",
            &format!(
                "case {}, {}",
                filed.text("/case/number")?,
                clock(&filed, "/case/clocks/0")?
            ),
            None,
        );
        let correct_by = day(&filed, "/case/filedAt")? + Days::new(CORRECTION_DAYS);
        self.propose(correct_by, tell).await?;
        self.decide_too_early(tell).await?;
        self.audit(tell).await?;
        self.give_notice(tell).await?;
        self.decide(tell).await
    }

    async fn propose(
        &mut self,
        correct_by: NaiveDate,
        tell: &mut dyn Narrator,
    ) -> Result<(), StoryError> {
        let found = self.id("measurement");
        let input = |id: &str, fine: i64| {
            json!({
                "id": self.id(id),
                "caseId": self.id("case"),
                "charges": [{ "violation": VIOLATION, "findings": [found], "fineYuan": fine }],
                "tier": "LIGHT",
                "tierReason": TIER_REASON,
                "correction": CORRECTION,
                "correctBy": correct_by,
            })
        };
        let too_high = json!({ "input": input("proposal too high", FINE_TOO_HIGH) });
        let proposal = input("proposal", FINE);
        // Played again after the audit, the state may say no before the range does.
        let codes = ["FINE_OUT_OF_RANGE", "WRONG_STATE"];
        let refused = self.run_refused(DENG, ("ProposePenalty", &codes), too_high);
        let refused = refused.await?;
        tell.say(
            DENG.name,
            &format!("tries to propose a fine of {FINE_TOO_HIGH} yuan for {VIOLATION}"),
            &refused,
            None,
        );
        let proposed = self.step_on(DENG, "ProposePenalty", proposal).await?;
        tell.say(
            DENG.name,
            "proposes a fine within the range, with a correction (调查终结报告)",
            &format!(
                "{}: {} yuan, to be put right by {}",
                proposed.text("/case/rounds/0/penalty/charges/0/violation")?,
                proposed.text("/case/rounds/0/penalty/fineYuan")?,
                proposed.text("/case/rounds/0/penalty/correctBy")?
            ),
            None,
        );
        Ok(())
    }

    /// Tries to decide before the audit. The attempt names another violation, so that it is refused
    /// also when it is played again after every step before the decision was done.
    async fn decide_too_early(&mut self, tell: &mut dyn Narrator) -> Result<(), StoryError> {
        let input = json!({
            "id": self.id("decision too early"),
            "caseId": self.id("case"),
            "fines": [{ "violation": OTHER_VIOLATION, "fineYuan": FINE }],
        });
        let codes = [
            "AUDIT_REQUIRED",
            "NOTICE_REQUIRED",
            "DEFENCE_WINDOW_OPEN",
            "DECISION_DIFFERS",
            "WRONG_STATE",
        ];
        let input = json!({ "input": input });
        let refused = self.run_refused(HE, ("DecideCase", &codes), input).await?;
        tell.say(
            HE.name,
            "tries to decide at once, without audit, notice and hearing",
            &refused,
            None,
        );
        Ok(())
    }

    async fn audit(&mut self, tell: &mut dyn Narrator) -> Result<(), StoryError> {
        let input = json!({
            "id": self.id("audit"),
            "caseId": self.id("case"),
            "kind": "CASE",
            "opinion": "事实清楚，证据充分，程序合法，拟处罚适当，同意。",
        });
        let audited = self.step_on(XIAO, "AuditCase", input).await?;
        tell.say(
            XIAO.name,
            "audits the case, which others investigated (法制审核)",
            &format!(
                "{}: {}",
                audited.text("/case/state")?,
                audited.text("/case/rounds/0/audits/0/opinion")?
            ),
            None,
        );
        Ok(())
    }

    async fn give_notice(&mut self, tell: &mut dyn Narrator) -> Result<(), StoryError> {
        let input = json!({ "id": self.id("notice"), "caseId": self.id("case") });
        let issued = self.step_on(DENG, "IssueNotice", input).await?;
        let at = issued.time("/case/rounds/0/notice/issuedAt")?;
        let input = self.delivered("notice served", at);
        let served = self.step_on(DENG, "ServeNotice", input).await?;
        let until = served.date("/case/rounds/0/notice/served/until")?;
        tell.say(
            DENG.name,
            "writes the notice of the intended penalty and hands it over (告知书)",
            &format!("a statement and defence (陈述申辩) is possible until {until}"),
            None,
        );
        self.wait(until, tell).await
    }

    /// Wu has nothing to say and signs no waiver: nobody decides before his days are over.
    async fn wait(&mut self, until: NaiveDate, tell: &mut dyn Narrator) -> Result<(), StoryError> {
        let input = json!({ "id": self.id("decision in the window"), "caseId": self.id("case") });
        let codes = ["DEFENCE_WINDOW_OPEN", "WRONG_STATE"];
        let input = json!({ "input": input });
        let refused = self.run_refused(HE, ("DecideCase", &codes), input).await?;
        tell.say(HE.name, "tries to decide the same day", &refused, None);
        let mut days = until.iter_days().skip(1);
        let open = days.find(|day| day.weekday().number_from_monday() < 6);
        let morning = NaiveDateTime::from(open.unwrap_or(until)) + MORNING;
        self.pass(morning.and_utc()).await?;
        let now = self.server_time().await?;
        tell.say(
            "Calendar (日历)",
            "five working days pass, in which Wu says nothing",
            &moment(now),
            None,
        );
        Ok(())
    }

    async fn decide(&mut self, tell: &mut dyn Narrator) -> Result<(), StoryError> {
        let input = json!({ "id": self.id("decision"), "caseId": self.id("case") });
        let decided = self.step_on(HE, "DecideCase", input).await?;
        let penalty = "/case/decision/penalty";
        tell.say(
            HE.name,
            "decides: a fine and an order to put it right (处罚决定、责令改正)",
            &format!(
                "{} yuan for {}, correction by {}",
                decided.text(&format!("{penalty}/fineYuan"))?,
                decided.text(&format!("{penalty}/charges/0/violation"))?,
                decided.text(&format!("{penalty}/correctBy"))?
            ),
            None,
        );
        let at = decided.time("/case/decision/at")?;
        let input = self.delivered("decision served", at);
        let served = self.step_on(DENG, "ServeDecision", input).await?;
        let until = served.find_text("/case/decision/served/until");
        tell.say(
            DENG.name,
            "hands the decision over (送达)",
            &format!(
                "it is public now; the fine is due by {}",
                until.unwrap_or_else(|| "a day not known yet".to_owned())
            ),
            None,
        );
        let on = day(&decided, "/case/decision/at")?;
        self.carry_out(on, tell).await
    }

    /// The fine is paid, the scale is looked at again, the case is closed.
    async fn carry_out(
        &mut self,
        on: NaiveDate,
        tell: &mut dyn Narrator,
    ) -> Result<(), StoryError> {
        let input = json!({
            "id": self.id("payment"),
            "caseId": self.id("case"),
            "sumYuan": FINE.to_string(),
            "paidOn": on,
            "receipt": "湘罚缴0001",
        });
        let paid = self.step_on(DENG, "RecordFinePayment", input).await?;
        tell.say(
            DENG.name,
            "notes that the fine was paid (缴款)",
            &format!("{} yuan are owed", paid.text("/case/execution/owedYuan")?),
            None,
        );
        let input = json!({
            "id": self.id("correction check"),
            "caseId": self.id("case"),
            "on": on,
            "isMade": true,
            "found": "电子计价秤已送检合格，短缺货款已退还。",
        });
        self.step_on(DENG, "CheckCorrection", input).await?;
        let input = json!({ "id": self.id("closing"), "caseId": self.id("case") });
        let closed = self.step_on(HE, "FinishCase", input).await?;
        tell.say(
            HE.name,
            "closes the case: paid, and put right (结案)",
            &closed.text("/case/state")?,
            None,
        );
        Ok(())
    }

    /// A paper handed over to Wu at the moment in which it was written.
    fn delivered(&self, id: &str, at: DateTime<Utc>) -> Value {
        json!({
            "id": self.id(id),
            "caseId": self.id("case"),
            "delivery": {
                "channel": "IN_PERSON",
                "at": at,
                "to": WU.name,
                "proof": "当事人在送达回证上签字。",
            },
        })
    }

    async fn step_on(
        &mut self,
        who: Person,
        operation: &str,
        input: Value,
    ) -> Result<Answer, StoryError> {
        self.run(who, operation, json!({ "input": input })).await
    }
}

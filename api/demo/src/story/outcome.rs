//! Steps 5 to 7: what the public, the reward officer and the citizen see in the end.

use super::{
    MOST_LOOKS, PAUSE, STALL, Story,
    cast::{CITIZEN, HE, LUO},
    found, moment,
};
use crate::{answer::Answer, error::StoryError, fixtures, narrator::Narrator};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

/// How long the server may take, after a look that found no grade yet, by its own clock.
const GRADE_SECONDS: i64 = 45;

impl Story {
    pub(super) async fn grade(&mut self, tell: &mut dyn Narrator) -> Result<(), StoryError> {
        let case = self.run(HE, "GetCase", json!({ "id": self.id("case") }));
        let decided_at = case.await?.time("/decision/served/at")?;
        let merchant = self.wait_for_grade(decided_at).await?;
        let grade = merchant.text("/rating/grade")?;
        let points = merchant.find_text("/rating/points");
        let points = points.map_or_else(String::new, |points| format!(", {points} of 100 points"));
        tell.say(
            "Anybody (公众)",
            &format!(
                "looks up {} by the code on its wall",
                merchant.text("/name")?
            ),
            &format!(
                "grade {grade}{points}, out of {} official findings, formula {}",
                merchant.text("/rating/findings")?,
                merchant.text("/rating/formulaVersion")?
            ),
            None,
        );
        for said in merchant.list("/rating/sentences")? {
            tell.say(
                "Fact (事实)",
                "said before the letter",
                &said.text("")?,
                None,
            );
        }
        tell_reasons(&merchant, tell)?;
        let code = merchant.text("/code")?;
        let path = format!("/m/{code}");
        let page = self.page(&path).await?;
        if !page.contains(&format!(">{grade}<")) || !page.contains("<svg") {
            return Err(StoryError::Incomplete {
                request: path,
                what: "grade and square code".to_owned(),
            });
        }
        let url = merchant.text("/pageUrl")?;
        tell.say(
            "Anybody (公众)",
            "opens the page behind the square code (二维码)",
            &format!("it shows grade {grade} and the reasons"),
            Some(&url),
        );
        Ok(())
    }

    /// The stall with the first grade that was computed after the decision.
    async fn wait_for_grade(&mut self, decided_at: DateTime<Utc>) -> Result<Answer, StoryError> {
        let code = fixtures::merchant_code(STALL);
        let mut deadline = None;
        for _ in 0..MOST_LOOKS {
            let variables = json!({ "code": code.as_str() });
            let merchant = self.ask("LookUpMerchant", variables).await?;
            let computed_at = merchant.find_time("/rating/computedAt");
            if computed_at.is_some_and(|computed_at| computed_at >= decided_at) {
                return Ok(merchant);
            }
            let now = self.server_time().await?;
            if now > *deadline.get_or_insert(now + TimeDelta::seconds(GRADE_SECONDS)) {
                break;
            }
            tokio::time::sleep(PAUSE).await;
        }
        Err(StoryError::NoGrade {
            seconds: GRADE_SECONDS.unsigned_abs(),
        })
    }

    pub(super) async fn reward(&mut self, tell: &mut dyn Narrator) -> Result<(), StoryError> {
        let report = self.receipt().await?.report;
        let input = json!({ "id": self.id("reward"), "reportId": report });
        let screened = self.run(LUO, "ScreenReward", json!({ "input": input }));
        let screened = screened.await?;
        tell.say(
            LUO.name,
            &format!(
                "screens the reward under {} {}",
                screened.text("/reward/schemeId")?,
                screened.text("/reward/edition")?
            ),
            &format!(
                "{}: {}",
                screened.text("/reward/outcome")?,
                screened.text("/reward/reason")?
            ),
            None,
        );
        Ok(())
    }

    pub(super) async fn come_back(&mut self, tell: &mut dyn Narrator) -> Result<(), StoryError> {
        let receipt = self.receipt().await?;
        let page = self.client.form("/track", ("code", &receipt.code)).await;
        self.answered();
        found("/track", page?)?;
        tell.say(
            CITIZEN,
            "types the receipt code into the form",
            "the page with all that happened is there",
            Some(&receipt.track_url),
        );
        let tracked = self.ask("TrackReport", json!({ "receiptCode": receipt.code }));
        let tracked = tracked.await?;
        tell.say(
            CITIZEN,
            "asks for the same by phone",
            &format!(
                "{} is {}; {} of {} photos held; reward {}",
                tracked.text("/report/number")?,
                tracked.text("/report/state")?,
                tracked.text("/report/photosStored")?,
                tracked.text("/report/photosDeclared")?,
                tracked.text("/report/reward/outcome")?
            ),
            None,
        );
        for entry in tracked.list("/report/timeline")? {
            let event = entry.text("/event")?.replace('_', " ");
            let at = moment(entry.time("/at")?);
            tell.say("Timeline (经过)", &at, &event, None);
        }
        if let Some(folder) = &self.mails {
            tell.say(
                CITIZEN,
                "is asked by mail whether news is wanted; before a yes nothing else goes there",
                "one question for the address, without what was reported",
                Some(folder),
            );
        }
        Ok(())
    }
}

/// Tells where the points come from, and in one line which indicators were not counted.
fn tell_reasons(merchant: &Answer, tell: &mut dyn Narrator) -> Result<(), StoryError> {
    const REASON: &str = "Reason (依据)";
    let mut uncounted = Vec::new();
    for reason in merchant.list("/rating/reasons")? {
        let text = reason.text("/text")?;
        match (reason.find_text("/indicator"), reason.find_text("/points")) {
            (Some(indicator), None) => uncounted.push(indicator),
            (Some(indicator), Some(_)) => tell.say(REASON, &indicator, &text, None),
            (None, _) => tell.say(REASON, &reason.text("/code")?, &text, None),
        }
    }
    if !uncounted.is_empty() {
        let text = "not checked yet, not counted";
        tell.say(REASON, &uncounted.join(", "), text, None);
    }
    Ok(())
}

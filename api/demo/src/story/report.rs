//! Step 1: a citizen reports, without account and without name.

use super::{STALL, Story, cast::CITIZEN};
use crate::{
    error::StoryError,
    fixtures,
    narrator::Narrator,
    photos::{self, LATITUDE, LONGITUDE, Picture},
};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use liangxin_domain::law::calendar::shanghai_date;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// When the meat was bought, in hours and minutes of UTC: 09:12 in China, early enough that the
/// day is the same in both.
const BOUGHT_AT: (u32, u32) = (1, 12);
/// How many days a story may take from its first request to its last replay. The five working days that it lets
/// pass are nine at most, with the weekends around them.
const STORY_DAYS: i64 = 14;

/// What the citizen took home.
#[derive(Clone)]
pub(super) struct Receipt {
    /// The id that the bureau knows the report by.
    pub(super) report: String,
    pub(super) number: String,
    pub(super) code: String,
    pub(super) track_url: String,
    pub(super) bought_at: DateTime<Utc>,
    upload_token: String,
    photos: Vec<Picture>,
}

impl Story {
    pub(super) async fn report(&mut self, tell: &mut dyn Narrator) -> Result<(), StoryError> {
        let path = format!("/report?m={}", fixtures::merchant_code(STALL));
        self.page(&path).await?;
        tell.say(
            CITIZEN,
            "scans the code on the wall of stall 17 and opens the form, without account",
            "the page is there, in Chinese or English, without any script",
            Some(&self.client.url(&path)),
        );
        let receipt = self.receipt().await?;
        tell.say(
            CITIZEN,
            "reports pork (五花肉): 26.00 yuan/kg, paid 2800 g, fair-check scale (公平秤) 2660 g",
            &format!(
                "report {}; receipt code (查询码) {}, the only way back",
                receipt.number, receipt.code
            ),
            Some(&receipt.track_url),
        );
        self.send(CITIZEN, &receipt.upload_token, &receipt.photos, tell)
            .await
    }

    /// The receipt; whoever sends the same report with the same secret gets it again.
    pub(super) async fn receipt(&mut self) -> Result<Receipt, StoryError> {
        if let Some(receipt) = &self.receipt {
            return Ok(receipt.clone());
        }
        let now = self.server_time().await?;
        let mut days = 0;
        let receipt = loop {
            let bought_at = bought_before(now) - TimeDelta::days(days);
            match self.file(bought_at).await {
                // The story began on an earlier day, and this report was filed with its date.
                Err(error) if error.code() == Some("ID_REUSED") && days < STORY_DAYS => days += 1,
                filed => break filed?,
            }
        };
        self.receipt = Some(receipt.clone());
        Ok(receipt)
    }

    async fn file(&mut self, bought_at: DateTime<Utc>) -> Result<Receipt, StoryError> {
        let photos = Vec::from(
            [
                ("photo stall", "stall sign 17", photos::STALL),
                ("photo display", "fair-check scale", photos::DISPLAY),
            ]
            .map(|(name, label, bytes)| Picture {
                id: self.id(name),
                label,
                bytes,
            }),
        );
        let input = self.report_input(bought_at, &photos);
        let answer = self.ask("FileReport", json!({ "input": input })).await?;
        Ok(Receipt {
            report: answer.text("/receipt/reportId")?,
            number: answer.text("/receipt/number")?,
            code: answer.text("/receipt/receiptCode")?,
            track_url: answer.text("/receipt/trackUrl")?,
            bought_at,
            upload_token: answer.text("/receipt/uploadToken")?,
            photos,
        })
    }

    fn report_input(&self, bought_at: DateTime<Utc>, photos: &[Picture]) -> Value {
        let photos: Vec<Value> = photos.iter().map(Picture::input).collect();
        json!({
            "id": self.id("report"),
            "secret": self.secret(),
            "merchantCode": fixtures::merchant_code(STALL).as_str(),
            "party": "书院坪农贸市场17号摊位",
            "division": "430103",
            "place": "书院坪农贸市场肉类区",
            "position": { "latitude": LATITUDE, "longitude": LONGITUDE, "accuracyM": 12.0 },
            "occurredAt": bought_at,
            "goods": "五花肉",
            "unitPriceYuanPerKg": "26.00",
            "settledGrams": "2800",
            "checkedGrams": "2660",
            "narrative": "买了五花肉，按2800克付款，拿到市场公平秤上只有2660克，少了140克。",
            "contactEmail": "citizen@mail.example",
            "consentToMail": true,
            "photos": photos,
        })
    }

    fn secret(&self) -> String {
        self.secret_of("secret")
    }

    /// The secret that goes with a report.
    pub(super) fn secret_of(&self, thing: &str) -> String {
        let mut text = String::new();
        for byte in self.hash(thing) {
            // Writing into a string does not fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }
}

/// The last 09:12 in China that is over.
fn bought_before(now: DateTime<Utc>) -> DateTime<Utc> {
    let (hour, minute) = BOUGHT_AT;
    let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    let today = shanghai_date(now).and_time(time).and_utc();
    if today <= now {
        today
    } else {
        today - TimeDelta::days(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use liangxin_domain::{refusal::Lang, reports::report::SenderSecret};

    #[test]
    fn the_meat_was_bought_at_the_last_09_12_that_is_over() {
        for (now, bought) in [
            ("2026-11-23T01:12:00Z", "2026-11-23T01:12:00Z"),
            ("2026-11-23T01:11:59Z", "2026-11-22T01:12:00Z"),
            // In China it is the next day already, but not yet morning.
            ("2026-11-23T20:00:00Z", "2026-11-23T01:12:00Z"),
        ] {
            let now: DateTime<Utc> = now.parse().unwrap();
            assert_eq!(bought_before(now), bought.parse::<DateTime<Utc>>().unwrap());
        }
    }

    #[test]
    fn the_secret_is_one_that_the_server_takes() {
        let story = Story::new("http://127.0.0.1:9", 7, Lang::En).unwrap();
        assert!(SenderSecret::parse(&story.secret()).is_ok());
    }
}

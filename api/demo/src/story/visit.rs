//! Steps 2 and 3: the report is taken in; two inspectors go and find out.

use super::{
    SCALE, STALL, Story,
    cast::{LIN, Person, TANG, ZHOU, team},
    clock, moment,
};
use crate::{
    answer::Answer,
    error::StoryError,
    fixtures,
    narrator::Narrator,
    photos::{self, LATITUDE, LONGITUDE, Picture},
};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use liangxin_domain::law::calendar::shanghai_date;
use serde_json::{Value, json};

/// How many rows of a list to ask for at once.
const ROWS: u32 = 50;

impl Story {
    pub(super) async fn take_in(&mut self, tell: &mut dyn Narrator) -> Result<(), StoryError> {
        let report = self.receipt().await?.report;
        let queued = self.look_through("ReportQueue", LIN, &report).await?;
        tell.say(
            LIN.name,
            "signs in and finds the report in the queue; who sent it is nowhere in it",
            &format!(
                "{}, {}",
                queued.text("/number")?,
                clock(&queued, "/clocks/0")?
            ),
            None,
        );
        let input = json!({ "id": self.id("accept"), "reportId": report });
        let accepted = self.run(LIN, "AcceptReport", json!({ "input": input }));
        let state = accepted.await?.text("/report/state")?;
        tell.say(
            LIN.name,
            "takes it in (受理)",
            &format!("the report is {state}"),
            None,
        );
        self.repeat(tell).await?;
        self.dispatch(tell).await
    }

    async fn dispatch(&mut self, tell: &mut dyn Narrator) -> Result<(), StoryError> {
        let inspectors = self.run(LIN, "ListInspectors", json!({})).await?.list("")?;
        let certified = inspectors.iter();
        let certified = certified.filter(|one| one.find_text("/certificateNo").is_some());
        let certified = certified.count();
        let input = json!({
            "id": self.id("visit"),
            "reportId": self.receipt().await?.report,
            "merchantId": fixtures::merchant_id(STALL).uuid(),
            "inspectorIds": team(),
        });
        let sent = self.run(LIN, "DispatchVisit", json!({ "input": input }));
        let sent = sent.await?;
        tell.say(
            LIN.name,
            &format!(
                "finds {} inspectors, {certified} with a certificate (执法证), and sends two",
                inspectors.len()
            ),
            &format!(
                "{} and {} go to {}",
                sent.text("/visit/team/0/name")?,
                sent.text("/visit/team/1/name")?,
                sent.text("/visit/merchant/name")?
            ),
            None,
        );
        Ok(())
    }

    pub(super) async fn inspect(&mut self, tell: &mut dyn Narrator) -> Result<(), StoryError> {
        let visit = self.id("visit");
        let listed = self
            .look_through("MyVisits", ZHOU, &visit.to_string())
            .await?;
        tell.say(
            ZHOU.name,
            "opens the list of visits on the phone",
            &format!(
                "{}, {}",
                listed.text("/merchant/name")?,
                listed.text("/merchant/address")?
            ),
            None,
        );
        let arrived_at = self.check_in(tell).await?;
        self.check_scale(arrived_at, tell).await?;
        self.photograph(arrived_at, tell).await?;
        self.weigh(arrived_at, tell).await?;
        self.close_record(arrived_at, tell).await
    }

    /// Arrives; on a replay at the moment that the server noted the first time.
    async fn check_in(&mut self, tell: &mut dyn Narrator) -> Result<DateTime<Utc>, StoryError> {
        let visit = self.id("visit");
        let known = self.run(ZHOU, "GetVisit", json!({ "id": visit })).await?;
        let at = match known.find_time("/checkIn/at") {
            Some(at) => at,
            None => self.server_time().await?,
        };
        let input = json!({
            "id": self.id("check in"),
            "visitId": visit,
            "occurred": self.occurred(at),
            "position": { "latitude": LATITUDE, "longitude": LONGITUDE, "accuracyM": 8.0 },
            "party": "TOLD",
        });
        let mut colleague = input.clone();
        colleague["id"] = json!(self.id("second check in"));
        let arrived = self.run(ZHOU, "CheckIn", json!({ "input": input }));
        let arrived = arrived.await?;
        tell.say(
            ZHOU.name,
            "checks in on site with time and position (签到)",
            &format!(
                "{} N, {} E; the server heard of it at {}",
                arrived.text("/visit/checkIn/position/latitude")?,
                arrived.text("/visit/checkIn/position/longitude")?,
                moment(arrived.time("/visit/checkIn/receivedAt")?)
            ),
            None,
        );
        let arrived = self.run(TANG, "CheckIn", json!({ "input": colleague }));
        let arrivals = arrived.await?.list("/visit/arrivals")?.len();
        tell.say(
            TANG.name,
            "checks in beside him: each shows the certificate and tells of the right to ask for another officer",
            &format!("{arrivals} officers are on record"),
            None,
        );
        Ok(at)
    }

    /// What the phone says of all that is done on site. A replay has to say the same again, so that everything is of the moment
    /// of the arrival, which the server keeps; a phone tells each moment by itself.
    fn occurred(&self, at: DateTime<Utc>) -> Value {
        let boot = self.id("phone");
        let china = FixedOffset::east_opt(8 * 3600);
        json!({
            "wall": china.map(|zone| at.with_timezone(&zone).to_rfc3339()),
            "zone": "Asia/Shanghai",
            "monotonicMs": "60000",
            "bootId": boot,
            "anchor": {
                "serverTime": at,
                "askedMonotonicMs": "60000",
                "monotonicMs": "60000",
                "bootId": boot,
            },
        })
    }

    async fn check_scale(
        &mut self,
        arrived_at: DateTime<Utc>,
        tell: &mut dyn Narrator,
    ) -> Result<(), StoryError> {
        let scale = fixtures::instrument_id(SCALE).uuid();
        let input = json!({
            "id": self.id("scale check"),
            "visitId": self.id("visit"),
            "instrumentId": scale,
            "markValidUntil": mark_valid_until(),
            "seal": "INTACT",
            "note": "检定合格证已过期",
            "occurred": self.occurred(arrived_at),
        });
        let checked = self.run(ZHOU, "CheckInstrument", json!({ "input": input }));
        let checked = checked.await?;
        tell.say(
            ZHOU.name,
            "reads the mark of verification on the scale (检定合格证)",
            &format!(
                "valid until {}: {} for {} days; the seal is {}",
                checked.text("/visit/instrumentChecks/0/verification/validUntil")?,
                checked.text("/visit/instrumentChecks/0/verification/state")?,
                checked.text("/visit/instrumentChecks/0/verification/days")?,
                checked.text("/visit/instrumentChecks/0/seal")?
            ),
            None,
        );
        Ok(())
    }

    async fn photograph(
        &mut self,
        arrived_at: DateTime<Utc>,
        tell: &mut dyn Narrator,
    ) -> Result<(), StoryError> {
        let photos = [
            ("photo scene", "the stall", photos::SCENE),
            ("photo mark", "the mark", photos::MARK),
            ("photo signature", "the signature", photos::SIGNATURE),
        ]
        .map(|(name, label, bytes)| Picture {
            id: self.id(name),
            label,
            bytes,
        });
        let [scene, mark, signature] = photos.each_ref().map(Picture::input);
        let input = json!({
            "id": self.id("photos"),
            "visitId": self.id("visit"),
            "occurred": self.occurred(arrived_at),
            "photos": [
                { "kind": "SCENE", "photo": scene },
                { "kind": "MARK", "photo": mark },
                { "kind": "SIGNATURE", "photo": signature },
            ],
        });
        let declared = self.run(ZHOU, "DeclarePhotos", json!({ "input": input }));
        let missing = declared.await?.text("/visit/missingPhotos")?;
        tell.say(
            ZHOU.name,
            "declares three photos by their digests before sending them",
            &format!("{missing} are missing; no case may be filed while any is"),
            None,
        );
        let token = self.token(ZHOU).await?;
        self.send(ZHOU.name, &token, &photos, tell).await
    }

    async fn weigh(
        &mut self,
        arrived_at: DateTime<Utc>,
        tell: &mut dyn Narrator,
    ) -> Result<(), StoryError> {
        let input = json!({
            "id": self.id("measurement"),
            "visitId": self.id("visit"),
            "instrumentId": fixtures::instrument_id(SCALE).uuid(),
            "weighedOn": shanghai_date(arrived_at),
            "goodsName": "五花肉",
            "goods": { "food": { "group": "MEAT" } },
            "unitPriceYuanPerKg": "26.00",
            "settledGrams": "2800",
            "checkedGrams": "2660",
            "occurred": self.occurred(arrived_at),
            "method": "HIGHER_ACCURACY",
            "madeWith": {
                "serial": "TX-SCALE-01",
                "certificate": "CZ2026-30011",
                "validUntil": "2027-04-30",
                "maxErrorGrams": "1",
            },
        });
        let weighed = self.run(ZHOU, "RecordMeasurement", json!({ "input": input }));
        let verdict = weighed.await?;
        tell.say(
            ZHOU.name,
            "weighs the pork again on a scale of higher accuracy (高准确度核称法)",
            &format!(
                "{}: {}",
                verdict.text("/measurement/verdict/outcome")?,
                verdict.text("/measurement/verdict/explanation")?
            ),
            None,
        );
        Ok(())
    }

    async fn close_record(
        &mut self,
        arrived_at: DateTime<Utc>,
        tell: &mut dyn Narrator,
    ) -> Result<(), StoryError> {
        let visit = self.id("visit");
        let input = json!({
            "id": self.id("signing"),
            "visitId": visit,
            "signerName": "吴德明",
            "signaturePhotoId": self.id("photo signature"),
            "occurred": self.occurred(arrived_at),
        });
        let signed = self.run(ZHOU, "SignRecord", json!({ "input": input }));
        let signer = signed.await?.text("/visit/signature/signerName")?;
        let input = json!({
            "id": self.id("submission"),
            "visitId": visit,
            "occurred": self.occurred(arrived_at),
        });
        let closed = self.run(ZHOU, "SubmitVisit", json!({ "input": input }));
        let closed = closed.await?;
        tell.say(
            ZHOU.name,
            "lets the merchant sign the record (现场笔录) and closes the visit",
            &format!(
                "signed by {signer}; the visit is {}, {} photos missing",
                closed.text("/visit/state")?,
                closed.text("/visit/missingPhotos")?
            ),
            None,
        );
        Ok(())
    }

    /// Reads a list page by page until the row with that id comes.
    async fn look_through(
        &mut self,
        operation: &str,
        who: Person,
        id: &str,
    ) -> Result<Answer, StoryError> {
        let mut after = None;
        loop {
            let variables = json!({ "first": ROWS, "after": after });
            let page = self.run(who, operation, variables).await?;
            let mut rows = page.list("/items")?.into_iter();
            if let Some(row) = rows.find(|row| row.find_text("/id").as_deref() == Some(id)) {
                return Ok(row);
            }
            if !page.is("/hasNextPage") {
                return Err(StoryError::Incomplete {
                    request: operation.to_owned(),
                    what: format!("row {id}"),
                });
            }
            after = Some(page.text("/endCursor")?);
        }
    }
}

/// The last day on the mark of the stall's scale (`fixtures/instruments.toml`).
fn mark_valid_until() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, 11).unwrap_or_default()
}

//! What an officer does on a visit, and what of it truly happened when: the officer's memory, which no phone can lose.

use std::fs;

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use liangxin_app::app::sha256;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Phone;
use super::clock::seconds;
use crate::contract::root;
use crate::pictures;

/// So many photos one officer takes on one visit at most: few, since each is read and made smaller.
const PHOTOS: usize = 2;

/// Where an officer is sent.
#[derive(Debug, Clone, Copy)]
pub struct Site {
    /// The visit.
    pub visit: Uuid,
    /// The scale that stands there.
    pub scale: Uuid,
}

/// Something that happened.
#[derive(Debug)]
pub struct Happened {
    /// What the server calls it.
    pub act: &'static str,
    /// What it made or is about.
    pub entry: Option<Uuid>,
    /// When it truly was.
    pub at: DateTime<Utc>,
    /// By how much the phone's clock was ahead.
    pub off: TimeDelta,
    /// What the phone said of when it was.
    pub said: Value,
}

/// What stands on the record.
#[derive(Debug)]
pub struct Finding {
    /// Its id.
    pub id: Uuid,
    /// The day that the phone took it for, of a weighing.
    pub day: Option<String>,
    /// Whether it is void by now.
    pub is_void: bool,
}

/// All that one officer did on one visit.
#[derive(Debug)]
pub struct Diary {
    /// Who.
    pub who: &'static str,
    /// Where.
    pub site: Site,
    /// What happened, in its order.
    pub happened: Vec<Happened>,
    /// What was found.
    pub findings: Vec<Finding>,
    /// The photos that were taken: their ids and digests.
    pub photos: Vec<(Uuid, String)>,
    writes: Vec<Uuid>,
    has_arrived: bool,
    closing: Option<Uuid>,
}

/// One write with what it is.
struct Act {
    name: (&'static str, &'static str),
    input: Value,
    entry: Option<Uuid>,
    after: Vec<Uuid>,
    photos: Vec<(Uuid, Vec<u8>)>,
}

impl Act {
    /// One that waits for nothing: its field and what the server calls it, its input, and what it is about.
    const fn new(name: (&'static str, &'static str), input: Value, entry: Option<Uuid>) -> Self {
        Self {
            name,
            input,
            entry,
            after: Vec::new(),
            photos: Vec::new(),
        }
    }
}

impl Diary {
    /// That of an officer who is sent.
    pub const fn new(who: &'static str, site: Site) -> Self {
        Self {
            who,
            site,
            happened: Vec::new(),
            findings: Vec::new(),
            photos: Vec::new(),
            writes: Vec::new(),
            has_arrived: false,
            closing: None,
        }
    }

    fn is_closed(&self) -> bool {
        self.closing.is_some()
    }
}

impl Phone {
    /// Something of what officers do on a visit.
    pub(super) async fn work(&mut self, diary: &mut Diary) -> anyhow::Result<()> {
        // Whoever closed the record is done, but for mistakes. Whoever forgets to arrive says so later.
        let most = if diary.is_closed() { 3 } else { 9 };
        match self.chance.between(0, most) {
            0 => self.void(diary).await,
            1 => self.correct(diary).await,
            2 if diary.is_closed() => self.reopen(diary).await,
            2..=4 if !diary.has_arrived => self.arrive(diary).await,
            2..=4 => self.look(diary).await,
            5 | 6 => self.weigh(diary).await,
            7 => self.photograph(diary).await,
            _ if diary.who == "zhou" && self.chance.between(0, 4) == 0 => self.close(diary).await,
            _ => self.look(diary).await,
        }
    }

    /// What is left to do at the end.
    pub(super) async fn finish(&mut self, diary: &mut Diary) -> anyhow::Result<()> {
        if !diary.has_arrived {
            self.arrive(diary).await?;
        }
        match diary.who == "zhou" && !diary.is_closed() {
            true => self.close(diary).await,
            false => Ok(()),
        }
    }

    async fn arrive(&mut self, diary: &mut Diary) -> anyhow::Result<()> {
        let position = json!({ "latitude": 28.17059, "longitude": 112.97383, "accuracyM": 8.0 });
        let input = json!({ "position": position, "party": "TOLD" });
        diary.has_arrived = true;
        let act = Act::new(("checkIn", "CHECK_IN"), input, None);
        self.record(diary, act).await.map(drop)
    }

    async fn look(&mut self, diary: &mut Diary) -> anyhow::Result<()> {
        let id = self.chance.uuid();
        let input = json!({
            "id": id, "instrumentId": diary.site.scale, "markValidUntil": "2026-05-11", "seal": "INTACT",
        });
        let act = Act::new(("checkInstrument", "CHECK_INSTRUMENT"), input, Some(id));
        self.record(diary, act).await?;
        diary.findings.push(Finding {
            id,
            day: None,
            is_void: false,
        });
        Ok(())
    }

    async fn weigh(&mut self, diary: &mut Diary) -> anyhow::Result<()> {
        let (id, day) = (self.chance.uuid(), self.day().await?);
        let input = json!({
            "id": id,
            "instrumentId": diary.site.scale,
            "weighedOn": day,
            "goodsName": "五花肉",
            "goods": { "food": { "group": "MEAT" } },
            "unitPriceYuanPerKg": "28",
            "settledGrams": "2000",
            "checkedGrams": self.grams(),
            "method": "HIGHER_ACCURACY",
            "madeWith": {
                "serial": "TX-SCALE-01",
                "certificate": "CZ2026-30011",
                "validUntil": "2027-04-30",
                "maxErrorGrams": "1",
            },
        });
        let act = Act::new(("recordMeasurement", "MEASURE"), input, Some(id));
        self.record(diary, act).await?;
        diary.findings.push(Finding {
            id,
            day: Some(day),
            is_void: false,
        });
        Ok(())
    }

    /// Puts another weighing in the place of one, of the same day as that one: it tells what was weighed then.
    async fn correct(&mut self, diary: &mut Diary) -> anyhow::Result<()> {
        let mut standing = diary.findings.iter_mut();
        let weighing = standing.find(|finding| !finding.is_void && finding.day.is_some());
        let Some(former) = weighing else {
            return Ok(());
        };
        former.is_void = true;
        let (id, former, day) = (self.chance.uuid(), former.id, former.day.clone());
        let file = root().join("mobile-contract/measurements/retail-weighing.example.json");
        let mut document: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
        document["weighed_on"] = json!(day);
        document["checked"] = json!(format!("{} g", self.grams()));
        document["standard"]["max_error"] = json!("1 g");
        let input = json!({
            "id": id, "findingId": former, "reason": "录入时少按一位数字。", "measurement": document.to_string(),
        });
        let act = Act::new(("correctFinding", "CORRECT_FINDING"), input, Some(id));
        self.record(diary, act).await?;
        diary.findings.push(Finding {
            id,
            day,
            is_void: false,
        });
        Ok(())
    }

    async fn void(&mut self, diary: &mut Diary) -> anyhow::Result<()> {
        let standing = diary.findings.iter().filter(|finding| !finding.is_void);
        // A closed record has something on it.
        if diary.is_closed() && standing.count() < 2 {
            return Ok(());
        }
        let mut standing = diary.findings.iter_mut();
        let Some(finding) = standing.find(|finding| !finding.is_void) else {
            return Ok(());
        };
        finding.is_void = true;
        let id = finding.id;
        let input = json!({ "findingId": id, "reason": "测错了秤，不是这一台。" });
        let act = Act::new(("voidFinding", "VOID_FINDING"), input, Some(id));
        self.record(diary, act).await.map(drop)
    }

    async fn photograph(&mut self, diary: &mut Diary) -> anyhow::Result<()> {
        if diary.photos.len() >= PHOTOS {
            return Ok(());
        }
        let number = self.chance.between(0, u64::MAX);
        let bytes = pictures::large(number, pictures::scale().len() + 64);
        self.declare(diary, "SCENE", bytes).await.map(drop)
    }

    /// Takes a photo, promises it some time later, and answers its id.
    async fn declare(
        &mut self,
        diary: &mut Diary,
        kind: &str,
        bytes: Vec<u8>,
    ) -> anyhow::Result<Uuid> {
        let photo = self.chance.uuid();
        let taken = self.occurred().await?;
        let shot = self.happened(("TAKE_PHOTO", Some(photo)), taken.clone());
        diary.happened.push(shot);
        diary.photos.push((photo, sha256(&bytes).to_string()));
        self.pass(600);
        let declared = pictures::declared(photo, &bytes);
        let photos = json!([{ "kind": kind, "photo": declared, "occurred": taken }]);
        let name = ("declarePhotos", "DECLARE_PHOTOS");
        let mut act = Act::new(name, json!({ "photos": photos }), None);
        act.photos.push((photo, bytes));
        self.record(diary, act).await?;
        Ok(photo)
    }

    /// Something was found, the merchant signs or does not, and the record is closed.
    async fn close(&mut self, diary: &mut Diary) -> anyhow::Result<()> {
        if diary.findings.iter().all(|finding| finding.is_void) {
            self.look(diary).await?;
        }
        let input = match self.chance.between(0, 3) {
            0 => json!({ "refusedReason": "当事人不在场。" }),
            _ => {
                let stroke = pictures::stroke().to_vec();
                let photo = self.declare(diary, "SIGNATURE", stroke).await?;
                json!({ "signerName": "吴德明", "signaturePhotoId": photo })
            }
        };
        let mut act = Act::new(("signRecord", "SIGN_RECORD"), input, None);
        act.after.clone_from(&diary.writes);
        let signed = self.record(diary, act).await?;
        self.submit(diary, vec![signed]).await
    }

    async fn submit(&mut self, diary: &mut Diary, after: Vec<Uuid>) -> anyhow::Result<()> {
        let mut act = Act::new(("submitVisit", "SUBMIT_VISIT"), json!({}), None);
        act.after = after;
        diary.closing = Some(self.record(diary, act).await?);
        Ok(())
    }

    /// Opens the record again that the phone knows to be closed, for one more look.
    async fn reopen(&mut self, diary: &mut Diary) -> anyhow::Result<()> {
        let Some(closing) = diary.closing else {
            return Ok(());
        };
        if !self.outbox.is_done(closing).await? {
            return Ok(());
        }
        let input = json!({ "reason": "还有一台秤没有查看。" });
        let act = Act::new(("reopenVisit", "REOPEN_VISIT"), input, None);
        let opened = self.record(diary, act).await?;
        self.look(diary).await?;
        self.submit(diary, vec![opened]).await
    }

    /// Writes down what happens; answers the write.
    async fn record(&mut self, diary: &mut Diary, act: Act) -> anyhow::Result<Uuid> {
        let Act {
            name: (field, name),
            mut input,
            entry,
            after,
            photos,
        } = act;
        if input["id"].is_null() {
            input["id"] = json!(self.chance.uuid());
        }
        let write: Uuid = input["id"].as_str().context("no id")?.parse()?;
        let said = self.occurred().await?;
        input["visitId"] = json!(diary.site.visit);
        input["occurred"] = said.clone();
        diary.happened.push(self.happened((name, entry), said));
        self.write((field, input), &after, &photos).await?;
        diary.writes.push(write);
        // Two moments of one phone are never the same.
        self.pass(600);
        Ok(write)
    }

    fn happened(&self, (act, entry): (&'static str, Option<Uuid>), said: Value) -> Happened {
        Happened {
            act,
            entry,
            at: self.app.now(),
            off: self.clocks.off(),
            said,
        }
    }

    fn grams(&mut self) -> String {
        self.chance.between(1_700, 1_990).to_string()
    }

    /// Some time passes, in seconds at most.
    pub(super) fn pass(&mut self, most: u64) {
        let passed = seconds(self.chance.between(1, most));
        self.app.advance(passed);
    }
}

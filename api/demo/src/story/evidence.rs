//! The photos of the story: sent in pieces, held against a signed receipt, and found where they are used a second time.

use super::{
    MOST_LOOKS, PAUSE, STALL, Story,
    cast::{CITIZEN, LIN},
};
use crate::{
    answer::Answer,
    error::StoryError,
    fixtures,
    narrator::Narrator,
    photos::{self, Picture},
};
use liangxin_app::{
    app::sha256, ports::evidence_keys::PublicKeys, usecase::evidence::check_receipt,
};
use serde_json::json;

/// Where the keys are published with which receipts are checked.
const KEYS: &str = "/.well-known/liangxin-keys.json";

impl Story {
    /// Sends photos one after the other, tells of each, and checks the receipt that comes with the last.
    pub(super) async fn send(
        &mut self,
        who: &str,
        token: &str,
        photos: &[Picture],
        tell: &mut dyn Narrator,
    ) -> Result<(), StoryError> {
        let mut receipt = None;
        for photo in photos {
            let mut progress = |sent, total| tell.progress(photo.label, sent, total);
            let sent = self
                .client
                .upload(photo.id, photo.bytes, token, &mut progress)
                .await;
            self.answered();
            let sent = sent?;
            let digest: String = sent.held.text("/sha256")?.chars().take(16).collect();
            let size = sent.held.text("/sizeBytes")?;
            let how = match sent.pieces {
                0 => "which the server has already".to_owned(),
                pieces => format!("in {pieces} pieces, as a bad line lets it (tus 1.0)"),
            };
            tell.say(
                who,
                &format!("sends the photo \"{}\", {how}", photo.label),
                &format!("{size} bytes held, SHA-256 {digest}…"),
                None,
            );
            receipt = sent.receipt;
        }
        let line = receipt.ok_or_else(|| StoryError::Incomplete {
            request: "/uploads".to_owned(),
            what: "signed receipt with the last photo".to_owned(),
        })?;
        self.check(who, &line, photos, tell).await
    }

    /// Checks a receipt with the published keys, as anybody can who was given it, and that it names what was sent.
    async fn check(
        &mut self,
        who: &str,
        line: &str,
        photos: &[Picture],
        tell: &mut dyn Narrator,
    ) -> Result<(), StoryError> {
        let keys = self.page(KEYS).await?;
        let wrong = || StoryError::Incomplete {
            request: KEYS.to_owned(),
            what: "key that proves the receipt".to_owned(),
        };
        let keys = PublicKeys::parse(keys.as_bytes()).map_err(|_| wrong())?;
        let holding = check_receipt(&keys, line).map_err(|_| wrong())?;
        let names = |photo: &Picture| {
            let sent = sha256(photo.bytes);
            holding
                .photos
                .iter()
                .any(|held| held.sha256 == sent.to_string())
        };
        if !photos.iter().all(names) {
            return Err(StoryError::Incomplete {
                request: "/uploads".to_owned(),
                what: "receipt that names every photo that was sent".to_owned(),
            });
        }
        tell.say(
            who,
            "gets the signed receipt (存证回执) with the last one and checks it with the published keys",
            &format!(
                "true: {} held since {}; the phone may delete its copies",
                match holding.photos.len() {
                    1 => "the photo is".to_owned(),
                    several => format!("all {several} photos are"),
                },
                holding.at
            ),
            Some(&self.client.url(KEYS)),
        );
        Ok(())
    }

    /// The citizen grows impatient and reports the same again; the officer is shown that the photo is one that is held, and
    /// marks the report as said before.
    pub(super) async fn repeat(&mut self, tell: &mut dyn Narrator) -> Result<(), StoryError> {
        let first = self.receipt().await?;
        let photo = Picture {
            id: self.id("repeated photo"),
            label: "stall sign 17, once more",
            bytes: photos::STALL,
        };
        let input = json!({
            "id": self.id("repeated report"),
            "secret": self.secret_of("repeated secret"),
            "earlierReceiptCode": first.code,
            "merchantCode": fixtures::merchant_code(STALL).as_str(),
            "party": "书院坪农贸市场17号摊位",
            "division": "430103",
            "place": "书院坪农贸市场肉类区",
            "occurredAt": first.bought_at,
            "goods": "五花肉",
            "unitPriceYuanPerKg": "26.00",
            "settledGrams": "2800",
            "checkedGrams": "2660",
            "narrative": "还是17号摊位少秤140克的事，请尽快处理。",
            "photos": [photo.input()],
        });
        let filed = self.ask("FileReport", json!({ "input": input })).await?;
        let number = filed.text("/receipt/number")?;
        let token = filed.text("/receipt/uploadToken")?;
        self.send(CITIZEN, &token, &[photo], tell).await?;
        let repeated = filed.text("/receipt/reportId")?;
        let found = self.look_alike(&repeated, &first.report).await?;
        tell.say(
            LIN.name,
            &format!("opens report {number}, which came a moment later"),
            &format!(
                "its photo is that of report {}: {}, {} of 64 bits apart",
                first.number,
                found.text("/resemblance")?,
                found.text("/bitsApart")?
            ),
            None,
        );
        let input = json!({
            "id": self.id("duplicate"),
            "reportId": repeated,
            "earlierId": first.report,
            "sameness": "同一举报人（凭前一查询码），同一摊位、同一次购买，照片也是同一张。",
        });
        let marked = self.run(LIN, "MarkDuplicate", json!({ "input": input }));
        let state = marked.await?.text("/report/state")?;
        tell.say(
            LIN.name,
            "marks it as said before by the same reporter (重复举报), whom the earlier receipt code proves",
            &format!("the report is {state}; who that is she does not learn"),
            None,
        );
        Ok(())
    }

    /// The photo of one report that looks like that of another.
    async fn look_alike(&mut self, report: &str, other: &str) -> Result<Answer, StoryError> {
        for _ in 0..MOST_LOOKS {
            let seen = self
                .run(LIN, "ReportPhotos", json!({ "id": report }))
                .await?;
            // Null until they were searched for.
            let found = seen.list("/photos/0/lookAlikes/seen").unwrap_or_default();
            let mut found = found.into_iter();
            let is_other = |one: &Answer| one.find_text("/reportId").as_deref() == Some(other);
            if let Some(found) = found.find(is_other) {
                return Ok(found);
            }
            tokio::time::sleep(PAUSE).await;
        }
        Err(StoryError::Incomplete {
            request: "ReportPhotos".to_owned(),
            what: format!("look-alike of the photo of {CITIZEN}"),
        })
    }
}

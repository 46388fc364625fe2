//! The photos of the story: sent in pieces, held against a signed receipt, and found where they are used a second time.

use super::{
    MOST_LOOKS, PAUSE, Story,
    cast::{CITIZEN, LIN, STRANGER},
};
use crate::{
    answer::Answer,
    error::StoryError,
    narrator::Narrator,
    photos::{self, Picture},
};
use liangxin_app::{ports::evidence_keys::PublicKeys, usecase::evidence::check_receipt};
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
        match receipt {
            Some(line) => self.check(who, &line, tell).await,
            None => Ok(()),
        }
    }

    /// Checks a receipt with the published keys, as anybody can who was given it.
    async fn check(
        &mut self,
        who: &str,
        line: &str,
        tell: &mut dyn Narrator,
    ) -> Result<(), StoryError> {
        let keys = self.page(KEYS).await?;
        let wrong = || StoryError::Incomplete {
            request: KEYS.to_owned(),
            what: "key that proves the receipt".to_owned(),
        };
        let keys = PublicKeys::parse(keys.as_bytes()).map_err(|_| wrong())?;
        let holding = check_receipt(&keys, line).map_err(|_| wrong())?;
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

    /// Somebody else uses the citizen's photo against another stall, and the officer is shown that.
    pub(super) async fn copy(&mut self, tell: &mut dyn Narrator) -> Result<(), StoryError> {
        let first = self.receipt().await?;
        let photo = Picture {
            id: self.id("copied photo"),
            label: "stall sign 17, passed on",
            bytes: photos::STALL,
        };
        let input = json!({
            "id": self.id("copied report"),
            "secret": self.secret_of("copied secret"),
            "party": "书院坪农贸市场18号摊位",
            "division": "430103",
            "place": "书院坪农贸市场肉类区",
            "occurredAt": first.bought_at,
            "goods": "排骨",
            "unitPriceYuanPerKg": "38.00",
            "settledGrams": "1000",
            "checkedGrams": "880",
            "narrative": "群里有人发了照片，说18号摊位也少秤，请查一查。",
            "photos": [photo.input()],
        });
        let filed = self.ask("FileReport", json!({ "input": input })).await?;
        let number = filed.text("/receipt/number")?;
        let token = filed.text("/receipt/uploadToken")?;
        self.send(STRANGER, &token, &[photo], tell).await?;
        let found = self.look_alike(&filed.text("/receipt/reportId")?).await?;
        let other = found.text("/reportId")?;
        let whose = if other == first.report {
            first.number
        } else {
            other
        };
        tell.say(
            LIN.name,
            &format!("opens report {number}, which accuses stall 18"),
            &format!(
                "its photo is that of report {whose}: {}, {} of 64 bits apart",
                found.text("/resemblance")?,
                found.text("/bitsApart")?
            ),
            None,
        );
        Ok(())
    }

    /// The first photo of another record that looks like one of a report's.
    async fn look_alike(&mut self, report: &str) -> Result<Answer, StoryError> {
        for _ in 0..MOST_LOOKS {
            let seen = self
                .run(LIN, "ReportPhotos", json!({ "id": report }))
                .await?;
            if let Ok(found) = seen.list("/photos/0/lookAlikes/seen")
                && let Some(found) = found.into_iter().next()
            {
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

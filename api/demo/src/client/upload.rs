//! Photos by tus 1.0, as a phone on a bad line sends them.

use super::{Client, incomplete, no_answer, refused, with};
use crate::{answer::Answer, error::StoryError};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::{Method, RequestBuilder, Response, header};
use serde_json::Value;
use uuid::Uuid;

const UPLOADS: &str = "/uploads";
const OFFSET: &str = "Upload-Offset";

/// In how many pieces a photo goes: few, so that the story is short, and more than one, so that it shows that they are.
const PIECES: usize = 4;

/// Told how many bytes the server keeps, and of how many.
pub type Progress<'a> = &'a mut (dyn FnMut(u64, u64) + Send);

/// What became of a photo that was sent.
#[derive(Debug)]
pub struct Uploaded {
    /// What the server holds.
    pub held: Answer,
    /// In how many requests its bytes went; none if it was held already.
    pub pieces: usize,
    /// The signed receipt of its record, if no photo of that is missing any more.
    pub receipt: Option<String>,
}

impl Client {
    /// Sends the bytes of a declared photo in pieces, each from where the server says that it stands, until it is held.
    pub async fn upload(
        &self,
        photo: Uuid,
        bytes: &[u8],
        token: &str,
        progress: Progress<'_>,
    ) -> Result<Uploaded, StoryError> {
        let total = number(bytes.len());
        let mut begun = self.begin(photo, total, token).await?;
        let piece = bytes.len().div_ceil(PIECES).max(1);
        let mut pieces = 0;
        while offset(&begun)? < total {
            let at = self.stands(&begun, token).await?;
            let rest = usize::try_from(at).ok().and_then(|at| bytes.get(at..));
            let rest = rest.ok_or_else(|| incomplete(UPLOADS, OFFSET))?;
            if !rest.is_empty() {
                let next = rest.get(..piece.min(rest.len())).unwrap_or(rest);
                self.go_on(&begun, (at, next), token).await?;
                pieces += 1;
                progress(at + number(next.len()), total);
            }
            // The same photo of the same record is the same upload; of one that is held it tells all.
            begun = self.begin(photo, total, token).await?;
        }
        let receipt = begun.headers().get("Liangxin-Receipt");
        let receipt = receipt
            .and_then(|line| line.to_str().ok())
            .map(str::to_owned);
        let held = begun.json().await;
        let held: Value = held.map_err(|cause| no_answer(UPLOADS, cause))?;
        Ok(Uploaded {
            held: Answer::of(UPLOADS, held),
            pieces,
            receipt,
        })
    }

    async fn begin(&self, photo: Uuid, total: u64, token: &str) -> Result<Response, StoryError> {
        let id = STANDARD.encode(photo.to_string());
        let request = self.http.post(self.url(UPLOADS));
        let request = request
            .header("Upload-Length", total)
            .header("Upload-Metadata", format!("id {id}"));
        self.tus(request, token).await
    }

    /// Where the server says that the upload stands.
    async fn stands(&self, begun: &Response, token: &str) -> Result<u64, StoryError> {
        let request = self.http.request(Method::HEAD, location(begun)?);
        offset(&self.tus(request, token).await?)
    }

    async fn go_on(
        &self,
        begun: &Response,
        (at, piece): (u64, &[u8]),
        token: &str,
    ) -> Result<(), StoryError> {
        let request = self.http.patch(location(begun)?);
        let request = request
            .header(OFFSET, at)
            .header(header::CONTENT_TYPE, "application/offset+octet-stream")
            .body(piece.to_vec());
        self.tus(request, token).await.map(drop)
    }

    async fn tus(&self, request: RequestBuilder, token: &str) -> Result<Response, StoryError> {
        let request = request.header("Tus-Resumable", "1.0.0");
        let answer = self.send(UPLOADS, with(request, Some(token))).await?;
        if answer.status().is_success() {
            return Ok(answer);
        }
        let told = answer.json().await;
        let told: Value = told.map_err(|cause| no_answer(UPLOADS, cause))?;
        Err(refused(UPLOADS, &told))
    }
}

fn location(begun: &Response) -> Result<reqwest::Url, StoryError> {
    let location = begun.headers().get(header::LOCATION);
    let location = location.and_then(|location| location.to_str().ok());
    let location = location.and_then(|location| begun.url().join(location).ok());
    location.ok_or_else(|| incomplete(UPLOADS, "Location"))
}

fn offset(answer: &Response) -> Result<u64, StoryError> {
    let offset = answer.headers().get(OFFSET);
    let offset = offset.and_then(|offset| offset.to_str().ok()?.parse().ok());
    offset.ok_or_else(|| incomplete(UPLOADS, OFFSET))
}

fn number(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

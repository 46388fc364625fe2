//! Noting that a paper was served.

use super::types::{ChannelView, RecordServicePayload};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    evidence::digest::Sha256,
    notices::notice::{Command, Notice, Service},
    refusal::Refusal,
    text::Narrative,
};

step_inputs! {
    notice_id "The paper.", id "Made by the client; names this write.";

    /// Note that a paper reached its recipient.
    RecordServiceInput {
        /// How it was served.
        channel: ChannelView,
        /// When it arrived: not before it was issued, not in the future.
        served_at: DateTime<Utc>,
        /// What shows it: the number of a registered letter, who answered the phone, a signed return.
        proof: String,
        /// The SHA-256 digest of a scanned proof, 64 hexadecimal digits.
        proof_sha256: Option<String>,
    }
}

impl RecordServiceInput {
    fn parse(self) -> Result<Command, Refusal> {
        let proof_sha256 = self
            .proof_sha256
            .map(|hex| Sha256::parse(&hex, "proofSha256"))
            .transpose()?;
        let service = Service {
            channel: self.channel.into(),
            at: self.served_at,
            proof: Narrative::parse(&self.proof, "proof")?,
            proof_sha256,
        };
        Ok(Command::RecordService { service })
    }
}

steps! {
    /// The writes of this noun.
    NoticeMutation("NoticesMutation") moves Notice, answers RecordServicePayload;

    /// Notes how and when a paper was served, and what shows it; once for each paper.
    record_service(input: RecordServiceInput) => input.parse()?;
}

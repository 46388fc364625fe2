//! Noting that a paper was served.

use super::types::RecordServicePayload;
use crate::moment::Moment;
use liangxin_domain::{
    evidence::digest::Sha256,
    notices::notice::{Channel, Command, Notice, Service},
    refusal::Refusal,
    text::{Line, Narrative},
};

step_inputs! {
    notice_id "The paper.", id "Made by the client; names this write.";

    /// Note that a paper reached its recipient.
    RecordServiceInput {
        /// How it was served.
        channel: Channel,
        /// When it arrived: not before it was issued, not in the future.
        served_at: Moment,
        /// What shows it: the number of a registered letter, who answered the phone, a signed return. 5 to 4,000 characters.
        proof: String,
        /// The SHA-256 digest of a scanned proof, 64 hexadecimal digits.
        proof_sha256: Option<String>,
        /// Who took it: required for a paper of a case that goes to the merchant, and for no other one. At most 120 characters.
        to: Option<String>,
        /// Who saw that the merchant would not take it, for such a paper that was left. At most 120 characters.
        witness: Option<String>,
        /// The signed confirmation of the address, for electronic service of such a paper. At most 120 characters.
        address_confirmation: Option<String>,
    }
}

impl RecordServiceInput {
    fn parse(self) -> Result<Command, Refusal> {
        let proof_sha256 = self
            .proof_sha256
            .map(|hex| Sha256::parse(&hex, "proofSha256"))
            .transpose()?;
        let service = Service {
            channel: self.channel,
            at: self.served_at.0,
            proof: Narrative::parse_telling(&self.proof, "proof")?,
            proof_sha256,
        };
        let confirmed = self.address_confirmation.as_deref();
        Ok(Command::RecordService {
            service,
            to: Line::parse_optional(self.to.as_deref(), "to")?,
            witness: Line::parse_optional(self.witness.as_deref(), "witness")?,
            address_confirmation: Line::parse_optional(confirmed, "addressConfirmation")?,
        })
    }
}

steps! {
    /// The writes of this noun.
    NoticeMutation("NoticesMutation") moves Notice, answers RecordServicePayload;

    /// Notes how and when a paper was served, and what shows it; once for each paper. A paper of a case that goes to the
    /// merchant is served by the same rule as the notice of its penalty: never by telephone or short message,
    /// electronically only to a confirmed address, left only before a witness; a receipt is written.
    record_service(input: RecordServiceInput) => input.parse()?;
}

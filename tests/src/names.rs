//! The ids that what citizens send gets, which they learn from the receipt.

use liangxin_app::naming;
use liangxin_domain::receipts::ReceiptKind;
use liangxin_domain::reports::report::SenderSecret;
use uuid::Uuid;

use crate::app::TestApp;

impl TestApp {
    /// The id of the report that a citizen named so.
    pub fn report_named(&self, sent: Uuid, secret: &str) -> Uuid {
        self.filed(ReceiptKind::Report, sent, secret)
    }

    /// The id of the complaint that a consumer named so.
    pub fn complaint_named(&self, sent: Uuid, secret: &str) -> Uuid {
        self.filed(ReceiptKind::Complaint, sent, secret)
    }

    /// Keeps a write under the id that was sent, as the version before did.
    pub async fn rename_command(&self, operation: &str, sent: &str) {
        let sent = match self.parts().db.is_postgres() {
            true => format!("'{sent}'"),
            false => format!("X'{}'", sent.replace('-', "")),
        };
        self.execute(&format!(
            "UPDATE command SET id = {sent} WHERE operation = '{operation}'"
        ))
        .await;
    }

    fn filed(&self, kind: ReceiptKind, sent: Uuid, secret: &str) -> Uuid {
        let secret =
            SenderSecret::parse(secret).unwrap_or_else(|_| panic!("{secret} is no secret"));
        naming::of_filed(&self.parts().keys, kind, sent, &secret)
    }
}

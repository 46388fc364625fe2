//! Coming back with the receipt code of a report or of a complaint.

use liangxin_domain::reports::receipt::ReceiptCode;

payload! {
    /// What became of coming back with a receipt code.
    ComeBackPayload {
        /// The receipt code once more, in its own spelling: in the first successful answer after filing
        /// and never again; null afterwards. If it is not written down yet, this is the last time.
        receipt_code: String,
        /// Why not.
        problems,
    }
    of |ctx, code: Option<ReceiptCode>| code.map(|code| code.to_string())
}

//! Coming back with a receipt code: what it opens. The code itself is in [`crate::reports::receipt`].

words! {
    /// What a receipt code opens. A code for one is never a code for the other.
    pub enum ReceiptKind {
        /// A report (举报).
        Report,
        /// A complaint (投诉).
        Complaint,
    }
}

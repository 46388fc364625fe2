//! The file of a case as one bundle (案件材料包): originals, digests, receipts, papers, verdicts, and the history of the case with
//! its proofs, for who has to judge by them elsewhere. It is made for a purpose, and that it was made is told in the log. Who
//! reported never stands in it: of a reporter's photo it holds the copy and the digests, because an original says by which phone
//! it was taken (Order 121, article 37).

use crate::{commands, text::Line};

/// The form of the list of what a bundle holds. Who reads another one alone refuses this.
pub const FORM: &str = "liangxin-bundle-1";

commands! {
    /// Writes about bundles.
    BundleWrite:

    /// Take the file of a case out.
    MakeCaseBundle {
        /// For what.
        purpose: Line,
    } => MakeCaseBundle;
}

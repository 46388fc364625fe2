//! What is demanded of accounts.

use super::Settings;
use liangxin_domain::accounts::second_factor::Demand;

impl Settings {
    /// Who must have a second factor.
    pub(super) fn second_factor(&self) -> Result<Demand, String> {
        let word = self.second_factor.as_deref().unwrap_or("optional");
        word.parse().map_err(|_| {
            format!("LIANGXIN_SECOND_FACTOR: `{word}` is neither optional nor required")
        })
    }

    /// For how many days an account that was given its access is nobody's second person. Three whole days, if nothing is said:
    /// whoever was taken in for a weekend notices on Monday. A proposal.
    pub(super) fn settling_days(&self) -> Result<u16, String> {
        let text = self.settling_days.as_deref().unwrap_or("3");
        let days = text.parse().ok().filter(|days| (1..=90).contains(days));
        days.ok_or_else(|| {
            format!("LIANGXIN_SETTLING_DAYS: `{text}` is no number of days from 1 to 90, such as 3")
        })
    }
}

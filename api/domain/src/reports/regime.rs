//! Which order a report came in under. Order 121 replaced Order 20 on 2026-04-15; a report keeps
//! the order of the day on which it was received, and reports of both live side by side.

use chrono::NaiveDate;

/// The order that governs the handling of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Regime {
    /// 《市场监督管理投诉举报处理暂行办法》, Order 20 of 2019, repealed by Order 121, article 46.
    Order20,
    /// 《市场监督管理投诉举报处理办法》, Order 121, in force 2026-04-15.
    Order121,
}

impl Regime {
    /// The order of the day on which something was received.
    #[must_use]
    pub fn on(received_on: NaiveDate) -> Self {
        match NaiveDate::from_ymd_opt(2026, 4, 15) {
            Some(first) if received_on < first => Self::Order20,
            _ => Self::Order121,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_new_order_begins_on_its_first_day() {
        assert_eq!(Regime::on("2026-04-14".parse().unwrap()), Regime::Order20);
        assert_eq!(Regime::on("2026-04-15".parse().unwrap()), Regime::Order121);
    }
}

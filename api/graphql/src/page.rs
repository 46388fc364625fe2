//! Pages on the wire: an opaque cursor, forward only.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::DateTime;
use liangxin_app::store::page::{Cursor, Page};
use liangxin_domain::{
    limits::PAGE,
    refusal::{Code, Refusal},
};
use uuid::Uuid;

/// Declares a page of a list, with what stands above its rows.
macro_rules! page {
    ($(#[$doc:meta])* $name:ident of $view:ty, $items_doc:tt) => {
        $(#[$doc])*
        #[derive(async_graphql::SimpleObject)]
        pub(crate) struct $name {
            #[doc = $items_doc]
            items: Vec<$view>,
            /// Send it as `after` to get the next page.
            end_cursor: Option<String>,
            /// Whether more follow.
            has_next_page: bool,
        }

        impl $name {
            /// The rows as they are shown.
            pub(super) fn of<T>(
                found: liangxin_app::store::page::Rows<T>,
                mut show: impl FnMut(T) -> $view,
            ) -> Self {
                Self {
                    end_cursor: found.end.map($crate::page::seal),
                    has_next_page: found.has_more,
                    items: found.rows.into_iter().map(|(_, row)| show(row)).collect(),
                }
            }
        }
    };
}

/// Reads the arguments of a list field.
pub(super) fn parse(first: Option<i32>, after: Option<&str>) -> Result<Page, Refusal> {
    let after = after
        .map(|text| open(text).ok_or(Refusal::on(Code::FieldFormat, "after")))
        .transpose()?;
    Page::parse(first, after, PAGE)
}

/// A cursor as clients see it. They may keep it and send it back, nothing else.
pub(super) fn seal(cursor: Cursor) -> String {
    let mut bytes = cursor.at.timestamp_millis().to_be_bytes().to_vec();
    bytes.extend_from_slice(cursor.id.as_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

fn open(text: &str) -> Option<Cursor> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let (millis, id) = bytes.split_at_checked(8)?;
    let at = DateTime::from_timestamp_millis(i64::from_be_bytes(millis.try_into().ok()?))?;
    Some(Cursor {
        at,
        id: Uuid::from_slice(id).ok()?,
    })
}

/// What a list field costs: its children times the rows that were asked for, which are looked up whatever of them is shown.
pub(super) fn cost(first: Option<i32>, child: usize) -> usize {
    let rows = first.map_or(
        usize::try_from(PAGE.default).unwrap_or(usize::MAX),
        |first| usize::try_from(first).unwrap_or(0),
    );
    rows.saturating_mul(child.max(1)).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_and_rubbish_is_refused() {
        let cursor = Cursor {
            at: DateTime::UNIX_EPOCH,
            id: Uuid::from_u128(7),
        };
        assert_eq!(open(&seal(cursor)), Some(cursor));
        for bad in ["", "AAAA", "not base64!", &"A".repeat(5000)] {
            assert!(parse(None, Some(bad)).is_err());
        }
    }

    #[test]
    fn more_than_a_hundred_rows_are_refused_not_clamped() {
        assert!(parse(Some(100), None).is_ok());
        assert_eq!(parse(Some(101), None).unwrap_err().code, Code::PageTooLarge);
        assert!(parse(Some(-1), None).is_err());
    }
}

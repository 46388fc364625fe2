#![cfg(test)]

use super::*;
use std::collections::HashSet;

const MARKET: &str = "203.0.113.7";

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
}

fn spend(budgets: &Budgets, address: &str, seconds: i64) -> bool {
    let spent = budgets.spend(Spending::Filing, address, at(seconds));
    spent.is_ok()
}

/// How many reports an address files at a moment before it is refused.
fn at_once(budgets: &Budgets, address: &str, seconds: i64) -> usize {
    let filed = std::iter::repeat_with(|| spend(budgets, address, seconds));
    filed.take_while(|is_filed| *is_filed).count()
}

#[test]
fn a_budget_lies_between_its_bounds_and_is_over_until_the_end_of_its_window_by_the_clock() {
    let budgets = Budgets::default();
    let filed = at_once(&budgets, MARKET, 7);
    assert!((120..=720).contains(&filed), "{filed}");
    for (second, wait) in [(7, "594"), (8, "593"), (599, "2")] {
        let refused = budgets.spend(Spending::Filing, MARKET, at(second));
        let refused = refused.unwrap_err();
        assert_eq!(refused.code, Code::TooManyAttempts);
        assert_eq!(refused.detail.as_deref(), Some(wait));
    }
    assert!(spend(&budgets, MARKET, 600));
    assert!(spend(&budgets, "203.0.113.8", 7));
    assert_eq!(budgets.spend(Spending::Look, MARKET, at(7)), Ok(()));
    let more = (600..21_600).filter(|second| spend(&budgets, MARKET, *second));
    let filed = filed + 1 + more.count();
    assert!((750..=1_750).contains(&filed), "{filed}");
}

#[test]
fn whoever_floods_an_address_once_shuts_no_door_for_longer_than_six_hours_but_for_photos_that_wait()
{
    let budgets = Budgets::default();
    let photos = |bytes| budgets.send_photos(0..bytes, MARKET, at(7));
    while photos(100_000_000).is_ok() {}
    while budgets.spend(Spending::Similar, MARKET, at(7)).is_ok() {}
    for second in 0..21_600 {
        spend(&budgets, MARKET, second);
    }
    let again = at(21_600);
    assert!(spend(&budgets, MARKET, 21_600));
    assert_eq!(budgets.spend(Spending::Similar, MARKET, again), Ok(()));
    assert_eq!(budgets.may_send_photos(MARKET, again), Ok(()));
    assert_eq!(budgets.send_photos(0..1, MARKET, again), Ok(()));
}

/// What somebody is answered who sends wishes one after the other, where so many units went to somebody else after some of them.
fn answers(
    network: (Network, i32),
    (spending, drawn): (Spending, u64),
    wishes: &[i32],
    (others, after): (i32, usize),
) -> Vec<Result<(), DateTime<Utc>>> {
    let mut touched = Touched::default();
    // The first window is drawn; another one is as wide as it can be.
    let draw = |(spending, window, _): Key, _: DateTime<Utc>| match spending.windows() {
        [first, ..] if *first == window => drawn,
        _ => window.draws(network.1) - 1,
    };
    let mut answers = Vec::new();
    for (place, units) in (0..).zip(wishes) {
        if place == after && others > 0 {
            let _ = touched.take((spending, others), &[network], at(0), draw);
        }
        answers.push(touched.take((spending, *units), &[network], at(0), draw));
    }
    answers
}

/// In how many draws, of all that there are, somebody is answered as never without what somebody else spends.
fn noticed(
    network: (Network, i32),
    spending: Spending,
    wishes: &[i32],
    others: (i32, usize),
) -> i64 {
    let [window, ..] = spending.windows() else {
        return 0;
    };
    let mut seen: HashMap<_, i64> = HashMap::new();
    for drawn in 0..window.draws(network.1) {
        let draw = (spending, drawn);
        *seen
            .entry(answers(network, draw, wishes, others))
            .or_default() += 1;
        *seen
            .entry(answers(network, draw, wishes, (0, 0)))
            .or_default() -= 1;
    }
    seen.into_values().filter(|more| *more > 0).sum()
}

fn market() -> (Network, i32) {
    (Network::Household(MARKET.parse().unwrap()), 1)
}

#[test]
fn a_report_of_somebody_else_is_noticed_by_one_draw_of_all_whenever_it_comes() {
    let wishes = [[119].as_slice(), &[1; 5], &[100; 5], &[1; 100]].concat();
    for after in [0, 1, 3, 60] {
        let noticed = noticed(market(), Spending::Filing, &wishes, (1, after));
        assert!(noticed <= 1, "{noticed} of 601, after {after}");
    }
}

#[test]
fn a_shorter_window_has_no_fewer_draws_by_which_a_neighbour_would_be_noticed() {
    let draws = |spending: Spending| {
        let windows = spending.windows().iter();
        windows.map(|window| window.draws(1)).collect::<Vec<_>>()
    };
    let all = [Spending::Filing, Spending::Photos, Spending::Drafts].map(draws);
    assert_eq!(all, [vec![601, 1_001], vec![80_001], vec![3_001]]);
}

#[test]
fn nor_is_it_noticed_more_often_by_who_counts_what_all_households_of_a_site_have() {
    let site = (Network::Site([0x2001, 0xdb8, 7]), HOUSEHOLDS);
    let wishes = [[60; 16].as_slice(), &[1; 20], &[60; 95]].concat();
    let noticed = noticed(site, Spending::Similar, &wishes, (1, 0));
    assert!(noticed <= 1, "{noticed} of 5,761");
}

#[test]
fn nobody_feels_for_the_end_of_a_budget_with_large_and_small_wishes() {
    let mut wishes = vec![1_900, 2_000, 1_000, 500, 250, 100];
    wishes.extend([50, 20, 10, 5, 2, 1, 1, 100, 50, 20, 10, 5, 2, 1, 1]);
    for after in [0, 1, 6, 13, 14] {
        let noticed = noticed(market(), Spending::Drafts, &wishes, (30, after));
        assert!(noticed <= 30, "{noticed} of 3,001, after {after}");
    }
}

#[test]
fn how_much_there_is_is_drawn_anew_for_each_window_and_address() {
    let budgets = Budgets::default();
    let looks = |home: i64, window: i64| {
        let (address, now) = (format!("203.0.113.{home}"), at(window * 600));
        let look = || budgets.spend(Spending::Look, &address, now);
        let looks = std::iter::repeat_with(look);
        looks.take_while(Result::is_ok).count()
    };
    let windows: HashSet<_> = (0..4).map(|window| looks(7, window)).collect();
    let homes: HashSet<_> = (0..4).map(|home| looks(home, 0)).collect();
    assert!(
        windows.len() > 1 && homes.len() > 1,
        "{windows:?} {homes:?}"
    );
}

#[test]
fn photos_are_counted_by_their_bytes() {
    let budgets = Budgets::default();
    let send = |bytes| budgets.send_photos(0..bytes, MARKET, at(0)).is_ok();
    assert!(send(499_950_000), "half a gigabyte in any window");
    let more = std::iter::repeat_with(|| send(1_000_000));
    let more = more.take_while(|is_sent| *is_sent).count();
    assert!(more <= 8_000, "{more}");
    assert!(!send(1));
}

#[test]
fn a_photo_in_a_thousand_pieces_takes_as_much_as_in_one() {
    let budgets = Budgets::default();
    let spent = |address: &str| {
        let touched = budgets.touched.lock().unwrap();
        let home = Network::Household(address.parse().unwrap());
        let of_home = touched.spent.iter().filter(|(key, _)| key.2 == home);
        of_home.map(|(_, (spent, _))| *spent).sum::<i32>()
    };
    for piece in 0..1_000 {
        let bytes = piece * 2_500..(piece + 1) * 2_500;
        assert_eq!(budgets.send_photos(bytes, MARKET, at(0)), Ok(()));
    }
    let other = "203.0.113.8";
    assert_eq!(budgets.send_photos(0..2_500_000, other, at(0)), Ok(()));
    assert_eq!((spent(MARKET), spent(other)), (25, 25));
}

#[test]
fn whoever_asks_whether_photos_may_come_takes_nothing_and_is_told_what_who_sends_is_told() {
    let budgets = Budgets::default();
    let ask = || budgets.may_send_photos(MARKET, at(7));
    assert_eq!(ask(), Ok(()));
    assert!(budgets.touched.lock().unwrap().spent.is_empty());
    let send = || budgets.send_photos(0..100_000_000, MARKET, at(7));
    while send().is_ok() {
        assert_eq!(ask(), Ok(()));
    }
    assert_eq!(ask(), send());
    assert_eq!(budgets.may_send_photos("203.0.113.8", at(7)), Ok(()));
    assert_eq!(budgets.may_send_photos("", at(7)), Ok(()));
}

#[test]
fn one_address_lets_no_more_photos_wait_than_a_quarter_of_what_waits_for_a_day_of_all() {
    let budgets = Budgets::default();
    let keep = |bytes, seconds| budgets.keep_drafts(bytes, MARKET, at(seconds));
    let end = 86_399;
    assert_eq!(keep(200_000_000, end), Ok(()));
    // At the end of a window and the beginning of the next: a photo waits for a day.
    let more = [end, end + 1].map(|second| {
        let kept = std::iter::repeat_with(|| keep(100_000, second));
        kept.take_while(Result::is_ok).count()
    });
    let more = u64::try_from(more.iter().sum::<usize>()).unwrap() * 100_000;
    assert!(
        200_000_000 + more <= DraftRoom::default().bytes / 4,
        "{more}"
    );
    // What waits comes out of a budget of its own.
    assert_eq!(budgets.send_photos(0..1, MARKET, at(end)), Ok(()));
}

#[test]
fn a_household_of_ipv6_is_one_and_an_address_written_in_ipv6_is_the_same() {
    let budgets = Budgets::default();
    for _ in 0..60 {
        assert!(spend(&budgets, "2001:db8::1", 0));
        assert!(spend(&budgets, "2001:db8::ffff:2", 0));
    }
    assert!(at_once(&budgets, "2001:db8::1", 0) <= 600);
    assert!(!spend(&budgets, "2001:db8::3", 0));
    assert!(spend(&budgets, "2001:db8:0:1::3", 0));
    assert!(at_once(&budgets, "::ffff:203.0.113.7", 0) >= 120);
    assert!(!spend(&budgets, MARKET, 0));
}

#[test]
fn whoever_has_many_households_of_a_site_has_sixteen_budgets_and_the_next_site_its_own() {
    let budgets = Budgets::default();
    let home = |site: u16, home: u32| format!("2001:db8:{site:x}:{home:x}::1");
    // However little each of them has, they are more than sixteen of the widest.
    let filed = (0..100).map(|number| at_once(&budgets, &home(7, number), 0));
    let filed = filed.sum::<usize>();
    assert!((16 * 120..=16 * 720).contains(&filed), "{filed}");
    assert!(!spend(&budgets, &home(7, 100), 0));
    assert!(at_once(&budgets, &home(7, 100), 600) >= 120);
    assert!(spend(&budgets, &home(8, 100), 0));
}

#[test]
fn whoever_has_no_address_has_no_budget_and_a_full_table_lets_in() {
    let budgets = Budgets::default();
    assert!((0..1000).all(|_| spend(&budgets, "", 0)));
    let [window, ..] = Spending::Filing.windows() else {
        unreachable!()
    };
    for number in 0..u32::try_from(MOST).unwrap() {
        let place = std::net::Ipv4Addr::from(number).into();
        let mut touched = budgets.touched.lock().unwrap();
        let key = (Spending::Filing, *window, Network::Household(place));
        touched.spent.insert(key, (1, at(10)));
    }
    assert!((0..1000).all(|_| spend(&budgets, MARKET, 0)));
    assert!(spend(&budgets, MARKET, 11));
    assert_eq!(
        budgets.touched.lock().unwrap().spent.len(),
        2,
        "its two windows"
    );
}

#[test]
fn a_table_full_of_addresses_that_spent_little_forgets_them_and_not_who_floods() {
    let budgets = Budgets::default();
    assert!(at_once(&budgets, MARKET, 0) >= 120);
    let [_, long] = Spending::Filing.windows() else {
        unreachable!()
    };
    for number in 0..u32::try_from(MOST).unwrap() {
        let place = std::net::Ipv4Addr::from(number).into();
        let mut touched = budgets.touched.lock().unwrap();
        let key = (Spending::Filing, *long, Network::Household(place));
        touched.spent.insert(key, (1, long.end(at(0))));
    }
    assert!(spend(&budgets, "203.0.113.8", 5));
    assert!(budgets.touched.lock().unwrap().spent.len() < 10);
    assert!(!spend(&budgets, MARKET, 5));
}

#[test]
fn a_form_without_photos_is_taken_of_whoever_may_send_no_more() {
    let budgets = Budgets::default();
    let send = |bytes| budgets.send_photos(0..bytes, MARKET, at(0)).is_ok();
    assert!((0..18).any(|_| !send(2_000_000_000)));
    assert!(send(0) && !send(1));
}

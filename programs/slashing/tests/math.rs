//! Property tests of fees and vote counts over random numbers.
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

use proptest::prelude::*;
use slashing::math::{bps_up, court_fee, pro_rata, Count};

/// More base units than the supply of HYPER.
const SUPPLY: u64 = 1 << 53;

proptest! {
    #[test]
    fn a_fee_is_a_tenth_of_the_bond(bond in 0..SUPPLY) {
        prop_assert_eq!(court_fee(bond), bond / 10);
    }

    #[test]
    fn a_cap_rounds_up_and_lets_something_through(amount in 1..SUPPLY, bps in 1..=5_000u16) {
        let cap = bps_up(amount, bps).unwrap();
        let exact = u128::from(amount) * u128::from(bps);
        prop_assert!(cap >= 1);
        prop_assert!(u128::from(cap) * 10_000 >= exact && u128::from(cap - 1) * 10_000 < exact);
    }

    #[test]
    fn all_parts_of_a_pool_stay_within_it(
        pool in 0..SUPPLY, weights in prop::collection::vec(1..SUPPLY, 1..20),
    ) {
        let total = weights.iter().sum();
        let parts = weights.iter().map(|weight| pro_rata(pool, *weight, total).unwrap());
        let paid: u64 = parts.sum();
        prop_assert!(paid <= pool && pool - paid < weights.len() as u64);
    }

    #[test]
    fn what_is_decided_no_later_vote_changes(
        uphold in 0..SUPPLY, overturn in 0..SUPPLY, silent in 0..SUPPLY, voters: u16,
        quorum_bps in 100..=5_000u16, late in 0..=10_000u64,
    ) {
        let total = uphold + overturn + silent;
        let count = Count { uphold, overturn, total, voters, least_voters: 3, quorum_bps };
        if count.is_upheld_early() {
            let against = u64::try_from(u128::from(silent) * u128::from(late) / 10_000).unwrap();
            let after = Count { overturn: overturn + against, ..count };
            prop_assert!(after.upholds());
        }
    }
}

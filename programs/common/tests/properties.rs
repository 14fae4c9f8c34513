//! Property tests of this crate over random numbers.
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

use hypernode_common::{
    ed25519::{count_signers, Refusal},
    fees::{split_price, FeeShares},
    index::{accrued, grow, MIN_TOTAL_WEIGHT, PRECISION},
    reputation::{Attempt, AttemptOutcome, Counters},
    stake::{weight, MAX_DURATION, MIN_DURATION},
};
use proptest::prelude::*;

const NONE: [[u8; 32]; 0] = [];

fn shares() -> impl Strategy<Value = FeeShares> {
    (0..=10_000u16).prop_flat_map(|protocol_bps| {
        (0..=protocol_bps, 0..=10_000 - protocol_bps).prop_map(
            move |(stakers_bps, operations_bps)| FeeShares {
                protocol_bps,
                stakers_bps,
                operations_bps,
            },
        )
    })
}

fn attempt() -> impl Strategy<Value = Attempt> {
    let outcome = prop_oneof![
        Just(AttemptOutcome::Ok),
        Just(AttemptOutcome::Rejected),
        Just(AttemptOutcome::TimedOut)
    ];
    (
        outcome,
        any::<u32>(),
        any::<u32>(),
        prop::option::of(any::<i64>()),
    )
        .prop_map(
            |(outcome, up_seconds, down_seconds, start_latency)| Attempt {
                outcome,
                up_seconds,
                down_seconds,
                start_latency,
            },
        )
}

/// Return the data of a precompile instruction with signatures of `keys` over `message`.
fn precompile(keys: &[[u8; 32]], message: &[u8]) -> Vec<u8> {
    let count = u16::try_from(keys.len()).unwrap();
    let (body, len) = (2 + 14 * count, u16::try_from(message.len()).unwrap());
    let message_at = body + 96 * count;
    let mut data = vec![u8::try_from(count).unwrap(), 0];
    for i in 0..count {
        let at = body + 96 * i;
        for field in [at, 0xFFFF, at + 64, 0xFFFF, message_at, len, 0xFFFF] {
            data.extend(field.to_le_bytes());
        }
    }
    for key in keys {
        data.extend([7; 64]);
        data.extend(key);
    }
    data.extend(message);
    data
}

proptest! {
    #[test]
    fn a_split_adds_up_and_the_node_keeps_the_dust(price: u64, shares in shares()) {
        let split = split_price(price, shares).unwrap();
        let fees = split.treasury + split.stakers + split.operations;
        prop_assert_eq!(split.node + fees, price);
        let exact = u128::from(price)
            * u128::from(shares.protocol_bps + shares.operations_bps) / 10_000;
        prop_assert!(u128::from(fees) <= exact);
    }

    #[test]
    fn weight_grows_with_time_and_stays_within_four_times(
        amount in 0..=u64::MAX / 4, duration in MIN_DURATION..MAX_DURATION,
    ) {
        let (short, long) = (weight(amount, duration), weight(amount, duration + 1));
        prop_assert!(short <= long);
        prop_assert!(amount <= short.unwrap() && long.unwrap() <= amount * 4);
    }

    #[test]
    fn reputation_stays_in_its_bounds(
        lives in prop::collection::vec((attempt(), any::<i64>()), 0..40),
    ) {
        let mut counters = Counters::new(0);
        for (attempt, now) in lives {
            counters.record(attempt, now);
            let ceiling = if counters.jobs() < 10 { 750 } else { 1_000 };
            prop_assert!(counters.score() <= ceiling);
            prop_assert!(counters.penalty <= 1_000 && counters.latency_bps <= 10_000);
        }
    }

    #[test]
    fn no_bytes_make_the_precompile_reader_panic(data: Vec<u8>, message: [u8; 32]) {
        prop_assert!(!matches!(count_signers(&data, &message, &NONE), Ok(1..)));
    }

    #[test]
    fn one_changed_index_or_offset_never_adds_a_signer(at in 2..30usize, byte: u8) {
        let keys = [[1; 32], [2; 32]];
        let mut data = precompile(&keys, &[9; 32]);
        data[at] = byte;
        let counted = count_signers(&data, &[9; 32], &keys);
        prop_assert!(matches!(counted, Ok(2) | Err(_)));
    }
}

#[test]
fn every_key_counts_once() {
    let keys = [[1; 32], [2; 32], [3; 32]];
    let count =
        |signers: &[[u8; 32]]| count_signers(&precompile(signers, &[9; 32]), &[9; 32], &keys);
    assert_eq!(count(&keys), Ok(3));
    assert_eq!(count(&[]), Ok(0));
    assert_eq!(count(&[[1; 32], [1; 32]]), Err(Refusal::DuplicateKey));
    assert_eq!(count(&[[1; 32], [4; 32]]), Err(Refusal::UnknownKey));
}

#[test]
fn another_message_is_refused() {
    let data = precompile(&[[1; 32]], &[9; 32]);
    let refusal = Err(Refusal::WrongMessage);
    assert_eq!(count_signers(&data, &[8; 32], &[[1; 32]]), refusal);
    let longer = precompile(&[[1; 32]], &[9; 33]);
    assert_eq!(count_signers(&longer, &[9; 32], &[[1; 32]]), refusal);
}

#[test]
fn data_of_another_instruction_is_refused() {
    for at in [4, 8, 14] {
        let mut data = precompile(&[[1; 32]], &[9; 32]);
        data[at] = 0;
        data[at + 1] = 0;
        let refusal = Err(Refusal::ForeignInstruction);
        assert_eq!(count_signers(&data, &[9; 32], &[[1; 32]]), refusal, "{at}");
    }
}

proptest! {
    #[test]
    fn earnings_are_the_exact_quotient(weight in any::<u64>(), grown in 0..=u128::from(u64::MAX) << 6) {
        let exact = u128::from(weight).checked_mul(grown).map(|product| product / PRECISION);
        let expected = exact.and_then(|exact| u64::try_from(exact).ok());
        prop_assert_eq!(accrued(weight, grown, 0), expected);
    }

    /// Earned plus remainder equals the amount shared, to the last 10⁻¹² base unit.
    #[test]
    fn a_distribution_loses_nothing(
        amount in 0..=1_000_000_000_000_000u64,
        total in MIN_TOTAL_WEIGHT..=4_000_000_000_000_000u64,
        left in 0..4_000_000_000_000_000u128,
    ) {
        let growth = grow(7, left, amount, total).unwrap();
        let shared = (growth.index - 7) * u128::from(total);
        prop_assert_eq!(shared + growth.remainder, u128::from(amount) * PRECISION + left);
        prop_assert!(growth.remainder < u128::from(total));
    }
}

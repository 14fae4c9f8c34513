//! Tests of this crate's formulas and byte layouts against `tests/vectors`, which also test the Python code.
#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use hypernode_common::{
    fees::{split_price, FeeShares},
    index::{accrued, grow},
    reputation::{fade, latency_bps, weigh, Attempt, AttemptOutcome, Counters},
    stake::{capacity, multiplier_bps, stake_tier, weight},
    windows::{late_window, verdict_window},
};
use serde_json::Value;
use sha2::{Digest, Sha256};

fn vectors(name: &str) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors");
    serde_json::from_slice(&fs::read(folder.join(name).with_extension("json")).unwrap()).unwrap()
}

fn list<'a>(document: &'a Value, group: &str) -> &'a [Value] {
    let cases = document[group].as_array().unwrap();
    assert!(!cases.is_empty());
    cases
}

/// Parse a JSON number; numbers that a double cannot hold are decimal strings.
fn number<T: TryFrom<i128>>(value: &Value) -> T
where
    T::Error: std::fmt::Debug,
{
    let wide = match value.as_str() {
        Some(text) => text.parse().unwrap(),
        None => i128::from(value.as_i64().unwrap()),
    };
    T::try_from(wide).unwrap()
}

fn bytes(value: &Value) -> Vec<u8> {
    let text = value.as_str().unwrap();
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(text.get(at..at.saturating_add(2)).unwrap(), 16).unwrap())
        .collect()
}

fn hash(value: &Value) -> [u8; 32] {
    bytes(value).try_into().unwrap()
}

fn sha256(data: impl AsRef<[u8]>) -> [u8; 32] {
    Sha256::digest(data).into()
}

#[test]
fn windows_follow_from_the_timeout() {
    for case in list(&vectors("windows"), "cases") {
        let seconds = |name: &str| number::<u32>(&case[name]);
        let timeout = seconds("timeout_seconds");
        assert_eq!(
            verdict_window(timeout, seconds("floor")),
            seconds("verdict_window")
        );
        assert_eq!(late_window(timeout), seconds("late_window"));
    }
}

#[test]
fn documents_hash_to_the_digest_of_their_canonical_bytes() {
    for name in ["spec_hash", "receipt_hash"] {
        for case in list(&vectors(name), "cases") {
            let canonical = case["canonical"].as_str().unwrap();
            assert_eq!(
                sha256(canonical),
                hash(&case["hash"]),
                "{name}: {}",
                case["name"]
            );
            let reread: Value = serde_json::from_str(canonical).unwrap();
            assert_eq!(reread, case["document"], "{name}: {}", case["name"]);
        }
    }
}

#[test]
fn receipts_are_signed_under_their_own_domain() {
    for case in list(&vectors("receipt_hash"), "cases") {
        let expected = [b"hn/receipt-signature/1", hash(&case["hash"]).as_slice()].concat();
        assert_eq!(bytes(&case["signing_bytes"]), expected);
    }
}

#[test]
fn prices_are_split_alike() {
    let document = vectors("fee_split");
    for case in list(&document, "cases") {
        let shares = FeeShares {
            protocol_bps: number(&case["protocol_bps"]),
            stakers_bps: number(&case["stakers_bps"]),
            operations_bps: number(&case["operations_bps"]),
        };
        assert!(shares.are_sound());
        let split = split_price(number(&case["price"]), shares).unwrap();
        assert_eq!(split.node, number::<u64>(&case["node"]), "{case}");
        assert_eq!(split.treasury, number::<u64>(&case["treasury"]), "{case}");
        assert_eq!(split.stakers, number::<u64>(&case["stakers"]), "{case}");
        assert_eq!(
            split.operations,
            number::<u64>(&case["operations"]),
            "{case}"
        );
    }
}

#[test]
fn stakes_weigh_and_allow_alike() {
    let document = vectors("stake_weight");
    for case in list(&document, "weights") {
        let duration = number(&case["duration"]);
        assert_eq!(
            multiplier_bps(duration),
            Some(number(&case["multiplier_bps"])),
            "{case}"
        );
        let weighed = weight(number(&case["amount"]), duration);
        assert_eq!(weighed, Some(number(&case["weight"])), "{case}");
    }
    for case in list(&document, "tiers") {
        let tier = format!("{:?}", stake_tier(number(&case["weight"])));
        assert_eq!(tier, case["tier"], "{case}");
    }
    for case in list(&document, "capacity") {
        assert_eq!(
            capacity(number(&case["stake"])),
            number::<u16>(&case["jobs"]),
            "{case}"
        );
    }
}

#[test]
fn reputations_score_alike() {
    let document = vectors("reputation");
    for case in list(&document, "scores") {
        let found = counters(&case["state"]);
        assert_eq!(
            found.completion_bps(),
            number::<u64>(&case["completion_bps"]),
            "{case}"
        );
        assert_eq!(
            found.uptime_bps(),
            number::<u64>(&case["uptime_bps"]),
            "{case}"
        );
        assert_eq!(found.score(), number::<u16>(&case["score"]), "{case}");
    }
    for case in list(&document, "weighed") {
        let ratings =
            ["completion_bps", "uptime_bps", "latency_bps"].map(|name| number(&case[name]));
        let [completion, uptime, latency] = ratings;
        assert_eq!(
            weigh(completion, uptime, latency),
            number::<u64>(&case["score"]),
            "{case}"
        );
    }
    for case in list(&document, "latency") {
        assert_eq!(
            latency_bps(number(&case["seconds"])),
            number::<u16>(&case["latency_bps"])
        );
    }
    for case in list(&document, "fading") {
        let left = fade(number(&case["value"]), number(&case["elapsed"]));
        assert_eq!(left, number::<u32>(&case["faded"]), "{case}");
    }
}

#[test]
fn a_nodes_life_goes_alike() {
    let document = vectors("reputation");
    let mut reputation = counters(&list(&document, "scores")[0]["state"]);
    assert_eq!(reputation, Counters::new(reputation.updated_at));
    for step in list(&document, "life") {
        let attempt = Attempt {
            outcome: match step["outcome"].as_str().unwrap() {
                "ok" => AttemptOutcome::Ok,
                "rejected" => AttemptOutcome::Rejected,
                "declined" => AttemptOutcome::Declined,
                _ => AttemptOutcome::TimedOut,
            },
            up_seconds: number(&step["up_seconds"]),
            down_seconds: number(&step["down_seconds"]),
            start_latency: step["start_latency"].as_i64(),
        };
        reputation.record(attempt, number(&step["now"]));
        assert_eq!(reputation, counters(&step["state"]), "{step}");
        assert_eq!(reputation.score(), number::<u16>(&step["score"]), "{step}");
    }
}

fn counters(state: &Value) -> Counters {
    Counters {
        ok: number(&state["ok"]),
        rejected: number(&state["rejected"]),
        timed_out: number(&state["timed_out"]),
        up_seconds: number(&state["up_seconds"]),
        down_seconds: number(&state["down_seconds"]),
        latency_bps: number(&state["latency_bps"]),
        penalty: number(&state["penalty"]),
        updated_at: number(&state["updated_at"]),
    }
}

#[test]
fn rewards_grow_and_accrue() {
    let document = vectors("rewards");
    let wide = |value: &Value| value.as_str().unwrap().parse::<u128>().unwrap();
    for case in list(&document, "grow") {
        let growth = grow(
            wide(&case["index"]),
            wide(&case["remainder"]),
            number(&case["amount"]),
            number(&case["total_weight"]),
        )
        .unwrap();
        assert_eq!(growth.index, wide(&case["new_index"]), "{case}");
        assert_eq!(growth.remainder, wide(&case["new_remainder"]), "{case}");
    }
    for case in list(&document, "accrued") {
        let earned = accrued(
            number(&case["weight"]),
            wide(&case["now"]),
            wide(&case["then"]),
        );
        assert_eq!(earned, Some(number(&case["earned"])), "{case}");
    }
}

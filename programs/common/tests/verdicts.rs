//! Tests of attestations, prices and sentences against `tests/vectors`: every row of the verdict table.
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

use std::{fs, path::Path};

use hypernode_common::{
    attestation::{Attestation, Audit, Blame, Decision},
    metering::{expected, Meter},
    sentence::{exposure, factor, is_covered, pool_share, Frozen},
};
use proptest::prelude::*;
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
fn number<T: TryFrom<u64>>(value: &Value) -> T
where
    T::Error: std::fmt::Debug,
{
    let wide = match value.as_str() {
        Some(text) => text.parse().unwrap(),
        None => value.as_u64().unwrap(),
    };
    T::try_from(wide).unwrap()
}

fn bytes<const N: usize>(value: &Value) -> [u8; N] {
    let text = value.as_str().unwrap();
    let read: Vec<u8> = (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect();
    read.try_into().unwrap()
}

fn sha256(data: impl AsRef<[u8]>) -> [u8; 32] {
    Sha256::digest(data).into()
}

fn decision(fields: &Value) -> Decision {
    Decision {
        verdict: number(&fields["verdict"]),
        reason: number(&fields["reason"]),
        ending: number(&fields["result"]["ending"]),
        exit_code: number(&fields["result"]["exit_code"]),
        root: bytes(&fields["result"]["root"]),
        audit: Audit::from_u8(number(&fields["audit"])).unwrap(),
        own: number(&fields["own"]),
        blame: Blame::from_u8(number(&fields["blame"])).unwrap(),
    }
}

fn frozen(job: &Value) -> Frozen {
    Frozen {
        rate: number(&job["rate"]),
        cap: number(&job["cap"]),
        timeout_seconds: number(&job["timeout_seconds"]),
        audit_bps: number(&job["audit_bps"]),
        quorum: number(&job["quorum"]),
        factor: number(&job["factor"]),
        ratio_bps: number(&job["ratio_bps"]),
        baseline_bps: number(&job["baseline_bps"]),
        seconds: number(&job["seconds"]),
    }
}

#[test]
fn attestations_have_the_same_bytes_and_digest() {
    for case in list(&vectors("attestation"), "cases") {
        let (name, fields) = (&case["name"], &case["fields"]);
        let decision = decision(fields);
        let encoded = Attestation {
            cluster: &bytes(&fields["cluster"]),
            program: &bytes(&fields["program"]),
            job: &bytes(&fields["job"]),
            sequence: number(&fields["sequence"]),
            attempt: number(&fields["attempt"]),
            node: &bytes(&fields["node"]),
            receipt_hash: &bytes(&fields["receipt_hash"]),
            submitted_slot: number(&fields["submitted_slot"]),
            seconds: number(&fields["seconds"]),
            epoch: number(&fields["epoch"]),
            draw_id: bytes(&fields["draw_id"]),
            decision: &decision,
        }
        .encode();
        assert!(decision.is_sound(), "{name}");
        assert_eq!(encoded, bytes::<255>(&case["encoded"]), "{name}");
        assert_eq!(sha256(encoded), bytes::<32>(&case["digest"]), "{name}");
    }
}

#[test]
fn a_decision_is_taken_exactly_if_it_is_sound() {
    let document = vectors("attestation");
    let taken: Vec<[u64; 5]> = list(&document["sound"], "taken")
        .iter()
        .map(|case| {
            ["verdict", "reason", "audit", "own", "blame"].map(|name| number::<u64>(&case[name]))
        })
        .collect();
    let mut sound = 0;
    for verdict in 0..=3u8 {
        for reason in 0..=13u8 {
            for audit in (0..=5u8).filter_map(Audit::from_u8) {
                let blames = (0..=4u8).filter_map(Blame::from_u8);
                for (own, blame) in blames.flat_map(|blame| [(0, blame), (1, blame)]) {
                    let decision = Decision {
                        verdict,
                        reason,
                        ending: 0,
                        exit_code: 0,
                        root: [0; 32],
                        audit,
                        own,
                        blame,
                    };
                    let row = [
                        u64::from(verdict),
                        u64::from(reason),
                        audit as u64,
                        u64::from(own),
                        blame as u64,
                    ];
                    assert_eq!(decision.is_sound(), taken.contains(&row), "{decision:?}");
                    sound += u32::from(decision.is_sound());
                    let stopped = Decision {
                        ending: 4,
                        exit_code: 1,
                        ..decision
                    };
                    assert!(!stopped.is_sound());
                    assert!(!Decision {
                        ending: 5,
                        ..decision
                    }
                    .is_sound());
                }
            }
        }
    }
    assert_eq!(usize::try_from(sound).unwrap(), taken.len());
}

#[test]
fn every_row_of_the_verdict_table_has_the_same_digest_and_money() {
    let document = vectors("verdict");
    let mut decided = 0;
    for case in list(&document, "cases") {
        let Some(fields) = case.get("decision") else {
            continue;
        };
        decided += 1;
        let (name, decision, money) = (&case["name"], decision(fields), &case["money"]);
        let claim = &case["claim"];
        let digest = Attestation {
            cluster: &sha256("cluster"),
            program: &sha256("program"),
            job: &sha256("job"),
            sequence: 7,
            attempt: 1,
            node: &sha256("node"),
            receipt_hash: &sha256("receipt"),
            submitted_slot: (1 << 40) + 5,
            seconds: number(&claim["seconds"]),
            epoch: 3,
            draw_id: sha256("draw")[..8].try_into().unwrap(),
            decision: &decision,
        }
        .encode();
        assert_eq!(sha256(digest), bytes::<32>(&case["digest"]), "{name}");
        assert!(decision.is_sound(), "{name}");
        let job = Frozen {
            rate: number(&money["rate"]),
            cap: number(&money["cap"]),
            timeout_seconds: number(&claim["timeout_seconds"]),
            audit_bps: number(&money["audit_bps"]),
            quorum: number(&claim["quorum"]),
            factor: number(&money["factor"]),
            ratio_bps: number(&money["ratio_bps"]),
            baseline_bps: number(&claim["baseline_bps"]),
            seconds: number(&claim["seconds"]),
        };
        let stake = number(&money["stake"]);
        assert_eq!(
            job.price(&decision),
            Some(number(&money["price"])),
            "{name}"
        );
        let sentence = sentence_of(&job, &decision, stake);
        assert_eq!(sentence, Some(number(&money["sentence"])), "{name}");
    }
    assert!(decided > 50);
}

#[test]
fn factors_prices_and_sentences_are_the_same() {
    let document = vectors("sentence");
    for case in list(&document, "factors") {
        let found = factor(
            number(&case["audit_bps"]),
            number(&case["oracles"]),
            number(&case["quorum"]),
            case["replicated"].as_bool().unwrap(),
        );
        assert_eq!(found, Some(number(&case["factor"])), "{case}");
    }
    for case in list(&document, "money") {
        let (name, job, decision) = (
            &case["name"],
            frozen(&case["job"]),
            decision(&case["decision"]),
        );
        assert_eq!(job.price(&decision), Some(number(&case["price"])), "{name}");
        let sentence = sentence_of(&job, &decision, number(&case["stake"])).unwrap();
        assert_eq!(sentence, number::<u64>(&case["sentence"]), "{name}");
        let open = exposure(job.rate, job.timeout_seconds, job.factor);
        assert_eq!(open, Some(number(&case["exposure"])), "{name}");
        let pool = pool_share(sentence, job.rate, decision.own, job.quorum);
        assert_eq!(pool, number::<u64>(&case["pool_share"]), "{name}");
    }
    for case in list(&document, "covered") {
        let covered = is_covered(
            number(&case["exposure"]),
            number(&case["stake"]),
            number(&case["held"]),
            number(&case["fraud_bps"]),
        );
        assert_eq!(covered, case["covered"].as_bool().unwrap(), "{case}");
    }
}

#[test]
fn a_nodes_ratio_goes_alike() {
    let document = vectors("sentence");
    let mut meter = Meter::default();
    for step in list(&document, "meter") {
        meter.record(number(&step["seconds"]), number(&step["own"]));
        assert_eq!(meter.node_ms, number::<u64>(&step["node_ms"]), "{step}");
        assert_eq!(meter.own_ms, number::<u64>(&step["own_ms"]), "{step}");
        assert_eq!(
            meter.ratio_bps(),
            number::<u32>(&step["ratio_bps"]),
            "{step}"
        );
    }
    for step in list(&document, "confirmed") {
        meter.confirm(number(&step["seconds"]), number(&step["own"]));
        assert_eq!(meter.node_ms, number::<u64>(&step["node_ms"]), "{step}");
        assert_eq!(meter.own_ms, number::<u64>(&step["own_ms"]), "{step}");
        let ratio = number::<u32>(&step["ratio_bps"]);
        assert_eq!(meter.ratio_bps(), ratio, "{step}");
    }
    for case in list(&document, "excess") {
        let found = expected(number(&case["own"]), number(&case["baseline_bps"]));
        assert_eq!(found, number::<u64>(&case["expected"]), "{case}");
    }
}

proptest! {
    #[test]
    fn a_sentence_and_a_price_never_exceed_what_stands_behind_them(
        rate in 0..1u64 << 30,
        timeout_seconds in 1..604_800u32,
        seconds: u32,
        own: u32,
        factor in 1..256u32,
        quorum in 1..5u8,
        ratio_bps: u32,
        baseline_bps: u32,
        stake: u64,
        blame in 0..4u8,
        verdict in 1..3u8,
    ) {
        let job = Frozen {
            rate,
            cap: rate * u64::from(timeout_seconds),
            timeout_seconds,
            audit_bps: 500,
            quorum,
            factor: factor.max(2 * u32::from(quorum) + 3),
            ratio_bps,
            baseline_bps,
            seconds,
        };
        let decision = Decision {
            verdict,
            reason: 0,
            ending: 0,
            exit_code: 0,
            root: [0; 32],
            audit: Audit::Repeated,
            own,
            blame: Blame::from_u8(blame).unwrap(),
        };
        let open = exposure(rate, timeout_seconds, job.factor).unwrap();
        let (price, sentence) = (job.price(&decision).unwrap(), sentence_of(&job, &decision, stake).unwrap());
        prop_assert!(sentence <= open);
        prop_assert!(price <= job.cap);
        prop_assert!(price == 0 || sentence == 0 || decision.blame == Blame::Timeout);
    }
}

/// Return what the program takes: a timeout's sentence is frozen with the assignment, others with the verdict.
fn sentence_of(job: &Frozen, decision: &Decision, stake: u64) -> Option<u64> {
    if decision.blame == Blame::Timeout {
        job.timeout_sentence(stake)
    } else {
        job.sentence(decision)
    }
}

//! Second implementation of the draw, for `tests/vectors/draw.json` only: no program computes a draw.
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

use std::{fs, path::Path};

use serde_json::Value;
use sha2::{Digest, Sha256};

struct Geometry {
    groups: usize,
    slots: u64,
    distance: u64,
}

struct Block {
    slot: u64,
    parent_slot: u64,
    hash: Vec<u8>,
}

fn vectors() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/draw.json");
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn list<'a>(document: &'a Value, group: &str) -> &'a [Value] {
    let cases = document[group].as_array().unwrap();
    assert!(!cases.is_empty());
    cases
}

fn number(value: &Value) -> u64 {
    match value.as_str() {
        Some(text) => text.parse().unwrap(),
        None => value.as_u64().unwrap(),
    }
}

fn bytes(value: &Value) -> Vec<u8> {
    let text = value.as_str().unwrap();
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}

fn geometry(case: &Value) -> Geometry {
    Geometry {
        groups: usize::try_from(number(&case["geometry"]["groups"])).unwrap(),
        slots: number(&case["geometry"]["slots"]),
        distance: number(&case["geometry"]["distance"]),
    }
}

fn blocks(case: &Value) -> Vec<Block> {
    list(case, "blocks")
        .iter()
        .map(|block| Block {
            slot: number(&block["slot"]),
            parent_slot: number(&block["parent_slot"]),
            hash: bytes(&block["hash"]),
        })
        .collect()
}

/// Return whether each block is provably the first one of the next group that holds a block.
fn proven(submitted_slot: u64, blocks: &[Block], geometry: &Geometry) -> bool {
    let group = |slot: u64| slot / geometry.slots;
    let start = (submitted_slot + geometry.distance).div_ceil(geometry.slots) * geometry.slots;
    blocks.len() == geometry.groups
        && blocks[0].parent_slot < start
        && blocks[0].slot >= start
        && blocks.windows(2).all(|pair| {
            pair[1].parent_slot >= pair[0].slot
                && group(pair[1].parent_slot) == group(pair[0].slot)
                && group(pair[1].slot) > group(pair[0].slot)
        })
}

fn encode_seed(submission: &Value, hash: &[u8]) -> Vec<u8> {
    let mut data = b"hn/audit/3".to_vec();
    data.extend(bytes(&submission["genesis"]));
    data.extend(hash);
    data.extend(bytes(&submission["job"]));
    data.extend(number(&submission["sequence"]).to_le_bytes());
    data.push(u8::try_from(number(&submission["attempt"])).unwrap());
    data.extend(bytes(&submission["receipt_hash"]));
    data
}

fn seed(submission: &Value, hash: &[u8]) -> [u8; 32] {
    Sha256::digest(encode_seed(submission, hash)).into()
}

fn panel(seed: &[u8; 32], oracles: usize) -> Vec<u64> {
    let mut order: Vec<u64> = (0..).take(oracles).collect();
    for (word, last) in seed[8..].chunks_exact(4).zip((1..oracles).rev()) {
        let chance = u32::from_le_bytes(word.try_into().unwrap());
        order.swap(last, usize::try_from(chance).unwrap() % (last + 1));
    }
    order
}

fn threshold(rate: u64, groups: u64) -> u64 {
    list(&vectors(), "thresholds")
        .iter()
        .find(|case| number(&case["rate"]) == rate && number(&case["groups"]) == groups)
        .map(|case| number(&case["t"]))
        .unwrap()
}

#[test]
fn thresholds_reach_their_rate_and_are_the_least_that_do() {
    for case in list(&vectors(), "thresholds") {
        let (rate, groups, t) = (
            number(&case["rate"]),
            number(&case["groups"]),
            number(&case["t"]),
        );
        if rate == 10_000 {
            continue; // Every job is drawn: t decides the panel only.
        }
        let drawn = |t: u64| {
            let left = 1.0 - t as f64 / (groups * 10_000) as f64;
            1.0 - left.powi(i32::try_from(groups).unwrap())
        };
        let wanted = rate as f64 / 10_000.0 - 1e-12;
        assert!(drawn(t) >= wanted, "{case}");
        assert!(t == 0 || drawn(t - 1) < wanted, "{case}");
    }
}

#[test]
fn seeds_have_the_same_bytes() {
    for case in list(&vectors(), "seeds") {
        let (submission, hash) = (&case["submission"], bytes(&case["hash"]));
        assert_eq!(encode_seed(submission, &hash), bytes(&case["encoded"]));
        assert_eq!(seed(submission, &hash).to_vec(), bytes(&case["seed"]));
    }
}

#[test]
fn draws_panels_and_ids_are_the_same() {
    for case in list(&vectors(), "draws") {
        let (name, geometry, blocks) = (&case["name"], geometry(case), blocks(case));
        assert!(proven(
            number(&case["submission"]["submitted_slot"]),
            &blocks,
            &geometry
        ));
        let rate = number(&case["rate"]);
        let seeds: Vec<_> = blocks
            .iter()
            .map(|block| seed(&case["submission"], &block.hash))
            .collect();
        let groups = u64::try_from(geometry.groups).unwrap();
        let limit = threshold(rate, groups);
        let chance = |seed: &[u8; 32]| u64::from_le_bytes(seed[..8].try_into().unwrap());
        let mut first = seeds
            .iter()
            .position(|seed| chance(seed) % (groups * 10_000) < limit);
        if rate == 10_000 {
            first = first.or(Some(seeds.len() - 1));
        }
        let ordering = first.map_or(0, |index| (index + 1) % seeds.len());
        assert_eq!(first.is_some(), case["drawn"].as_bool().unwrap(), "{name}");
        let expected: Vec<u64> = list(case, "panel").iter().map(number).collect();
        let oracles = usize::try_from(number(&case["oracles"])).unwrap();
        assert_eq!(panel(&seeds[ordering], oracles), expected, "{name}");

        let mut id = b"hn/draw/3".to_vec();
        blocks.iter().for_each(|block| id.extend(&block.hash));
        assert_eq!(
            Sha256::digest(id)[..8].to_vec(),
            bytes(&case["draw_id"]),
            "{name}"
        );
    }
}

#[test]
fn blocks_that_prove_nothing_are_refused() {
    for case in list(&vectors(), "refused") {
        let submitted_slot = number(&case["submitted_slot"]);
        assert!(
            !proven(submitted_slot, &blocks(case), &geometry(case)),
            "{}",
            case["name"]
        );
    }
}

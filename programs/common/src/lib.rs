//! The arithmetic and the bytes that the programs agree on: pure, integer, without an account in sight.
//!
//! `hypernode.domain` computes the same in Python; `tests/vectors` holds both to it.
#![no_std]
#![forbid(unsafe_code)]

pub mod attestation;
pub mod ed25519;
pub mod fees;
pub mod index;
pub mod loader;
pub mod reputation;
pub mod stake;
pub mod token;

/// Basis points of a whole.
pub const BPS: u64 = 10_000;

pub const DAY: i64 = 86_400;

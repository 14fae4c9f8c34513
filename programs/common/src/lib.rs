//! Arithmetic and byte layouts shared by the programs: pure integer functions that read no accounts.
//!
//! `hypernode.domain` computes the same in Python; `tests/vectors` checks both.
#![no_std]
#![forbid(unsafe_code)]

pub mod attestation;
pub mod ed25519;
pub mod fees;
pub mod index;
pub mod loader;
pub mod metering;
pub mod reputation;
pub mod sentence;
pub mod stake;
pub mod token;
pub mod windows;

/// Basis points in 100 %.
pub const BPS: u64 = 10_000;

pub const DAY: i64 = 86_400;

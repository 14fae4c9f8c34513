//! What several of the programs do with the runtime, written once: accounts, tokens, quorums, upgrade authority.
#![no_std]
#![forbid(unsafe_code)]

pub mod quorum;
pub mod seeded;
pub mod tokens;
pub mod upgrade;

//! Runtime calls shared by the programs: accounts, tokens, oracle quorums, upgrade authority.
#![no_std]
#![forbid(unsafe_code)]

pub mod quorum;
pub mod seeded;
pub mod tokens;
pub mod upgrade;

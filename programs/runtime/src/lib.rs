//! What several of the programs do with the runtime, written once: accounts, tokens, proofs, authority.
#![no_std]
#![forbid(unsafe_code)]

pub mod proof;
pub mod seeded;
pub mod tokens;
pub mod upgrade;

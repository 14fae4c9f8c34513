//! Accounts, one file each.
mod config;
mod lists;
mod proposal;
mod release;
mod vote_record;

pub use config::{Config, Floors, GovernanceParams};
pub use lists::*;
pub use proposal::Proposal;
pub use release::{Release, Split};
pub use vote_record::VoteRecord;

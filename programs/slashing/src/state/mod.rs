//! Accounts, one file each.
mod config;
mod lists;
mod record;
mod report;
mod transitions;
mod vote;

pub use config::{Config, SlashingParams};
pub use lists::*;
pub use record::Record;
pub use report::Report;
pub use vote::Vote;

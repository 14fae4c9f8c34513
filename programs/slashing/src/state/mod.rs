//! Accounts, one file each.
mod config;
mod fault;
mod lists;
mod record;
mod report;
mod transitions;
mod vote;

pub use config::{Config, SlashingParams};
pub use fault::{fault_address, fault_address_at, Fault};
pub use lists::*;
pub use record::Record;
pub use report::{Accusation, Report};
pub use vote::Vote;

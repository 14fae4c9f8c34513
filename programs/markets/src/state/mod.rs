//! Accounts, one file each, and the reputation entries of attempts.
mod attempt;
mod buyer;
mod config;
mod job;
mod lists;
mod market;
mod node;
mod oracle_set;

pub use buyer::BuyerAccount;
pub use config::Config;
pub use job::{Job, JobTerms, Receipt, Request};
pub use lists::*;
pub use market::{Market, MarketTerms};
pub use node::{Hardware, Node, Reputation};
pub use oracle_set::OracleSet;

//! Accounts, one file each.
mod pool;
mod stake;

pub use pool::Pool;
pub use stake::Stake;

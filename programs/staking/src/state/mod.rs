//! One file per account.
mod pool;
mod stake;

pub use pool::Pool;
pub use stake::Stake;

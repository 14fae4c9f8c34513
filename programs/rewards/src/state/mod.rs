//! Accounts, one file each, and the stream that the accumulator holds.
mod accumulator;
mod stream;

pub use accumulator::{Accumulator, Due};
pub use stream::Stream;

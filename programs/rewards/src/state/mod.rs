//! One file per account, and the flow within it.
mod accumulator;
mod stream;

pub use accumulator::{Accumulator, Due};
pub use stream::Stream;

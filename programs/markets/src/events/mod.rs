//! One event per transition, written after it, with the amounts it moved and both states.
mod buyers;
mod jobs;
mod nodes;
mod settings;

pub use buyers::*;
pub use jobs::*;
pub use nodes::*;
pub use settings::*;

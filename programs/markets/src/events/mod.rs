//! Events: one for each transition, emitted after it, with the amounts moved and both states.
mod buyers;
mod jobs;
mod nodes;
mod settings;

pub use buyers::*;
pub use jobs::*;
pub use nodes::*;
pub use settings::*;

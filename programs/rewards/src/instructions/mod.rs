//! Instructions, one file each: arguments, accounts, `validate`, handler.
pub mod accept_authority;
pub mod claim;
pub mod distribute;
pub mod init_accumulator;
pub mod propose_authority;
pub mod set_windows;

pub use accept_authority::*;
pub use claim::*;
pub use distribute::*;
pub use init_accumulator::*;
pub use propose_authority::*;
pub use set_windows::*;

//! One file per instruction: args, accounts, `validate`, handler.
pub mod accept_authority;
pub mod extend;
pub mod init_pool;
pub mod propose_authority;
pub mod restake;
pub mod stake;
pub mod top_up;
pub mod unstake;
pub mod withdraw;

pub use accept_authority::*;
pub use extend::*;
pub use init_pool::*;
pub use propose_authority::*;
pub use restake::*;
pub use stake::*;
pub use top_up::*;
pub use unstake::*;
pub use withdraw::*;

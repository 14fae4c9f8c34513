//! Rewards program: distributes fees and the community pool to stakers by weight, through one growing index.
use anchor_lang::prelude::*;

pub mod constants;
pub mod errors;
pub mod events;
mod instructions;
pub mod state;
mod tokens;

pub use instructions::*;
pub use state::Accumulator;

declare_id!("32dEyfbMDM58tKr4xEvAWVByo9t14so5g7zwJ673A9KA");

#[program]
pub mod rewards {
    use super::*;

    /// Create the accumulator, once. The signer must be the program's upgrade authority.
    pub fn init_accumulator(
        ctx: &mut Context<InitAccumulator>,
        fee_window: i64,
        community_window: i64,
    ) -> Result<()> {
        InitAccumulator::init_accumulator(ctx, fee_window, community_window)
    }

    /// Propose the next authority, which must accept. The zero address withdraws the proposal.
    pub fn propose_authority(
        ctx: &mut Context<ProposeAuthority>,
        new_authority: Address,
    ) -> Result<()> {
        ProposeAuthority::propose_authority(ctx, new_authority)
    }

    /// Accept the proposed authority.
    pub fn accept_authority(ctx: &mut Context<AcceptAuthority>) -> Result<()> {
        AcceptAuthority::accept_authority(ctx)
    }

    /// Set the seconds over which new fees and new community tokens are distributed.
    pub fn set_windows(
        ctx: &mut Context<SetWindows>,
        fee_window: i64,
        community_window: i64,
    ) -> Result<()> {
        SetWindows::set_windows(ctx, fee_window, community_window)
    }

    /// Distribute what is due by now, and start a stream with what has arrived. Any wallet may call this.
    pub fn distribute(ctx: &mut Context<Distribute>) -> Result<()> {
        Distribute::distribute(ctx)
    }

    /// Pay a staker the rewards of its stake.
    pub fn claim(ctx: &mut Context<Claim>) -> Result<()> {
        Claim::claim(ctx)
    }
}

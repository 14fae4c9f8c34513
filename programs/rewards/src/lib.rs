//! Rewards: fees and the community pool flow to stakers by weight, through one growing index.
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

    /// Make the accumulator, once; the signer must be the program's upgrade authority.
    pub fn init_accumulator(
        ctx: &mut Context<InitAccumulator>,
        fee_window: i64,
        community_window: i64,
    ) -> Result<()> {
        InitAccumulator::init_accumulator(ctx, fee_window, community_window)
    }

    /// Name the next authority, who must accept; the zero address takes a proposal back.
    pub fn propose_authority(
        ctx: &mut Context<ProposeAuthority>,
        new_authority: Address,
    ) -> Result<()> {
        ProposeAuthority::propose_authority(ctx, new_authority)
    }

    /// Take the authority over.
    pub fn accept_authority(ctx: &mut Context<AcceptAuthority>) -> Result<()> {
        AcceptAuthority::accept_authority(ctx)
    }

    /// Set over how many seconds new fees and new community tokens flow.
    pub fn set_windows(
        ctx: &mut Context<SetWindows>,
        fee_window: i64,
        community_window: i64,
    ) -> Result<()> {
        SetWindows::set_windows(ctx, fee_window, community_window)
    }

    /// Let everything flow that is due by now, and begin with what has arrived. Anybody may.
    pub fn distribute(ctx: &mut Context<Distribute>) -> Result<()> {
        Distribute::distribute(ctx)
    }

    /// Pay a staker what its weight has earned.
    pub fn claim(ctx: &mut Context<Claim>) -> Result<()> {
        Claim::claim(ctx)
    }
}

//! Staking: HYPER locked for a notice period, and the weight that it gives.
use anchor_lang::prelude::*;

pub mod constants;
pub mod errors;
pub mod events;
mod instructions;
mod rewards;
pub mod state;
mod tokens;

pub use instructions::*;
pub use state::{Pool, Stake};

declare_id!("BRAtWUsRbfjsg1dvnuRuCEk5cayZwhnhBXWxqhobPYSG");

#[program]
pub mod staking {
    use super::*;

    /// Make the pool, once; the signer must be the program's upgrade authority.
    pub fn init_pool(ctx: &mut Context<InitPool>) -> Result<()> {
        InitPool::init_pool(ctx)
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

    /// Lock an amount; `duration` is how long it stays locked after `unstake`.
    pub fn stake(ctx: &mut Context<OpenStake>, amount: u64, duration: i64) -> Result<()> {
        OpenStake::stake(ctx, amount, duration)
    }

    /// Add to an active stake; its duration stays.
    pub fn top_up(ctx: &mut Context<TopUp>, amount: u64) -> Result<()> {
        TopUp::top_up(ctx, amount)
    }

    /// Lengthen the duration of an active stake; it never gets shorter.
    pub fn extend(ctx: &mut Context<Extend>, duration: i64) -> Result<()> {
        Extend::extend(ctx, duration)
    }

    /// Begin the cooldown; the weight is gone at once.
    pub fn unstake(ctx: &mut Context<Unstake>) -> Result<()> {
        Unstake::unstake(ctx)
    }

    /// Call the cooldown off; the weight is back.
    pub fn restake(ctx: &mut Context<Restake>) -> Result<()> {
        Restake::restake(ctx)
    }

    /// Give up what was earned and not claimed, so that nothing but the cooldown and a report can keep a stake.
    pub fn forfeit_rewards(ctx: &mut Context<ForfeitRewards>) -> Result<()> {
        ForfeitRewards::forfeit_rewards(ctx)
    }

    /// Mark a stake's rewards as paid; only the rewards program, which pays them.
    pub fn take_rewards(ctx: &mut Context<TakeRewards>) -> Result<()> {
        TakeRewards::take_rewards(ctx)
    }

    /// Keep a stake from leaving while a report is open; only the slashing program.
    pub fn hold(ctx: &mut Context<Hold>) -> Result<()> {
        Hold::hold(ctx)
    }

    /// Let go of a stake when a report has ended; only the slashing program.
    pub fn release_hold(ctx: &mut Context<ReleaseHold>) -> Result<()> {
        ReleaseHold::release_hold(ctx)
    }

    /// Take a part of a stake; only the slashing program.
    pub fn slash(ctx: &mut Context<Slash>, amount: u64) -> Result<()> {
        Slash::slash(ctx, amount)
    }

    /// Take everything back after the cooldown, and close.
    pub fn withdraw(ctx: &mut Context<Withdraw>) -> Result<()> {
        Withdraw::withdraw(ctx)
    }
}

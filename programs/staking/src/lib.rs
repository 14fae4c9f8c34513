//! Staking program: wallets lock HYPER until a cooldown is over, and get weight for it.
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

    /// Create the pool, once. The signer must be the program's upgrade authority.
    pub fn init_pool(ctx: &mut Context<InitPool>) -> Result<()> {
        InitPool::init_pool(ctx)
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

    /// Open the signer's stake. `duration` is the cooldown in seconds between `unstake` and `withdraw`.
    pub fn stake(ctx: &mut Context<OpenStake>, amount: u64, duration: i64) -> Result<()> {
        OpenStake::stake(ctx, amount, duration)
    }

    /// Add tokens to an active stake. The duration does not change.
    pub fn top_up(ctx: &mut Context<TopUp>, amount: u64) -> Result<()> {
        TopUp::top_up(ctx, amount)
    }

    /// Lengthen the duration of an active stake.
    pub fn extend(ctx: &mut Context<Extend>, duration: i64) -> Result<()> {
        Extend::extend(ctx, duration)
    }

    /// Start the cooldown. The weight becomes zero at once.
    pub fn unstake(ctx: &mut Context<Unstake>) -> Result<()> {
        Unstake::unstake(ctx)
    }

    /// Cancel the cooldown and restore the weight.
    pub fn restake(ctx: &mut Context<Restake>) -> Result<()> {
        Restake::restake(ctx)
    }

    /// Give up the unclaimed rewards to all stakers, so that only the cooldown and open reports can delay a withdrawal.
    pub fn forfeit_rewards(ctx: &mut Context<ForfeitRewards>) -> Result<()> {
        ForfeitRewards::forfeit_rewards(ctx)
    }

    /// Clear a stake's unclaimed rewards. Only the rewards program, which pays them, may call this.
    pub fn take_rewards(ctx: &mut Context<TakeRewards>) -> Result<()> {
        TakeRewards::take_rewards(ctx)
    }

    /// Hold a stake while a report is open, and the amount that it will take; zero until it is confirmed. Only the
    /// slashing program may call this.
    pub fn hold(ctx: &mut Context<Hold>, amount: u64) -> Result<()> {
        Hold::hold(ctx, amount)
    }

    /// Hold the amount of a report that was confirmed. Only the slashing program may call this.
    pub fn hold_more(ctx: &mut Context<Hold>, amount: u64) -> Result<()> {
        Hold::hold_more(ctx, amount)
    }

    /// Release a hold and its amount when a report has ended. Only the slashing program may call this.
    pub fn release_hold(ctx: &mut Context<ReleaseHold>, amount: u64) -> Result<()> {
        ReleaseHold::release_hold(ctx, amount)
    }

    /// Take an amount from a stake. Only the slashing program may call this.
    pub fn slash(ctx: &mut Context<Slash>, amount: u64) -> Result<()> {
        Slash::slash(ctx, amount)
    }

    /// Withdraw the whole stake after the cooldown and close the account.
    pub fn withdraw(ctx: &mut Context<Withdraw>) -> Result<()> {
        Withdraw::withdraw(ctx)
    }
}

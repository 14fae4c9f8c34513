use anchor_lang::prelude::*;

use crate::{
    errors::StakingError,
    events::RewardsForfeited,
    state::{Pool, Stake},
};

#[derive(Accounts)]
pub struct ForfeitRewards {
    #[account(address = stake.owner @ StakingError::NotOwner)]
    pub owner: Signer,
    #[account(mut, seeds = [b"pool"], bump)]
    pub pool: Account<Pool>,
    #[account(mut)]
    pub stake: Account<Stake>,
}

impl ForfeitRewards {
    /// Clear the unclaimed rewards, so that a failure of the rewards program cannot lock the principal. They return to
    /// the stakers.
    pub fn forfeit_rewards(ctx: &mut Context<Self>) -> Result<()> {
        let stake = &mut ctx.accounts.stake;
        let amount = stake.take_owed();
        ctx.accounts.pool.count_forfeited(amount)?;
        stake.invariant()?;
        emit!(RewardsForfeited {
            owner: stake.owner,
            amount: amount.into(),
        });
        Ok(())
    }
}

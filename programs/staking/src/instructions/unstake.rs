use anchor_lang::prelude::*;

use crate::{
    errors::StakingError,
    events::Unstaked,
    state::{Pool, Stake},
};

#[derive(Accounts)]
pub struct Unstake {
    #[account(address = stake.owner @ StakingError::NotOwner)]
    pub owner: Signer,
    #[account(mut, seeds = [b"pool"], bump)]
    pub pool: Account<Pool>,
    #[account(mut)]
    pub stake: Account<Stake>,
}

impl Unstake {
    pub fn unstake(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let (stake, pool) = (&mut accounts.stake, &mut accounts.pool);

        let old_weight = stake.weight;
        stake.unstake(Clock::get()?.unix_timestamp)?;
        pool.reweigh(old_weight.get(), 0)?;

        stake.invariant()?;
        pool.invariant()?;
        emit!(Unstaked {
            owner: stake.owner,
            amount: stake.amount,
            old_weight,
            withdrawable_at: stake.withdrawable_at()?.into(),
            total_weight: pool.total_weight,
        });
        Ok(())
    }
}

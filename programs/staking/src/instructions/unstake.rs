use anchor_lang::prelude::*;

use crate::{
    constants::ACCUMULATOR,
    errors::StakingError,
    events::Unstaked,
    rewards::index,
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
    /// CHECK: address constraint. Earnings are booked at its index.
    #[account(address = ACCUMULATOR @ StakingError::WrongAccumulator)]
    pub accumulator: UncheckedAccount,
}

impl Unstake {
    pub fn unstake(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let (stake, pool) = (&mut accounts.stake, &mut accounts.pool);
        let now = Clock::get()?.unix_timestamp;

        stake.accrue(index(&accounts.accumulator)?)?;
        let old_weight = stake.weight;
        stake.unstake(now)?;
        pool.reweigh(old_weight.get(), 0)?;

        stake.invariant()?;
        pool.invariant()?;
        emit!(Unstaked {
            owner: stake.owner,
            amount: stake.amount,
            old_weight,
            withdrawable_at: stake.earliest_exit(now)?.into(),
            total_weight: pool.total_weight,
        });
        Ok(())
    }
}

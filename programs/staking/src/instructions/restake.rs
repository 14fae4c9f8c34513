use anchor_lang::prelude::*;

use crate::{
    constants::ACCUMULATOR,
    errors::StakingError,
    events::Restaked,
    rewards::fresh_index,
    state::{Pool, Stake},
};

#[derive(Accounts)]
pub struct Restake {
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

impl Restake {
    pub fn restake(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let (stake, pool) = (&mut accounts.stake, &mut accounts.pool);

        let now = Clock::get()?.unix_timestamp;
        stake.accrue(fresh_index(&accounts.accumulator, now)?)?;
        stake.restake(now)?;
        pool.reweigh(0, stake.weight.get())?;

        stake.invariant()?;
        pool.invariant()?;
        emit!(Restaked {
            owner: stake.owner,
            amount: stake.amount,
            weight: stake.weight,
            total_weight: pool.total_weight,
        });
        Ok(())
    }
}

use anchor_lang::prelude::*;

use crate::{
    errors::StakingError,
    events::Restaked,
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
}

impl Restake {
    pub fn restake(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let (stake, pool) = (&mut accounts.stake, &mut accounts.pool);

        stake.restake(Clock::get()?.unix_timestamp)?;
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

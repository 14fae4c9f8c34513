use anchor_lang::prelude::*;

use crate::{
    constants::{ACCUMULATOR, SLASHER},
    errors::StakingError,
    events::StakeSlashed,
    rewards::index,
    state::{Pool, Stake},
    tokens::transfer_from_vault,
};

#[derive(Accounts)]
pub struct Slash {
    #[account(address = SLASHER @ StakingError::NotSlasher)]
    pub slasher: Signer,
    #[account(mut, seeds = [b"pool"], bump)]
    pub pool: Account<Pool>,
    #[account(mut)]
    pub stake: Account<Stake>,
    /// CHECK: address constraint. Earnings are booked at its index.
    #[account(address = ACCUMULATOR @ StakingError::WrongAccumulator)]
    pub accumulator: UncheckedAccount,
    /// CHECK: address by its seeds; the token program checks the rest.
    #[account(mut, seeds = [b"vault"], bump)]
    pub vault: UncheckedAccount,
    /// CHECK: the slashing program chooses it; the token program requires the vault's mint.
    #[account(mut)]
    pub destination: UncheckedAccount,
    pub token_program: Program<Token>,
}

impl Slash {
    pub fn slash(ctx: &mut Context<Self>, amount: u64) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let (stake, pool) = (&mut accounts.stake, &mut accounts.pool);

        stake.accrue(index(&accounts.accumulator)?)?;
        let old_weight = stake.weight;
        stake.slash(amount, Clock::get()?.unix_timestamp)?;
        pool.remove_tokens(amount)?;
        pool.reweigh(old_weight.get(), stake.weight.get())?;
        transfer_from_vault(pool, &accounts.vault, &accounts.destination, amount)?;

        stake.invariant()?;
        pool.invariant()?;
        emit!(StakeSlashed {
            owner: stake.owner,
            slashed: amount.into(),
            amount: stake.amount,
            old_weight,
            weight: stake.weight,
            total_staked: pool.total_staked,
            total_weight: pool.total_weight,
        });
        Ok(())
    }
}

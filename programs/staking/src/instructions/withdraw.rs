use anchor_lang::prelude::*;

use crate::{
    errors::StakingError,
    events::StakeWithdrawn,
    state::{Pool, Stake},
    tokens::transfer_from_vault,
};

#[derive(Accounts)]
pub struct Withdraw {
    #[account(address = stake.owner @ StakingError::NotOwner)]
    pub owner: Signer,
    #[account(mut, seeds = [b"pool"], bump)]
    pub pool: Account<Pool>,
    #[account(mut, close = payer)]
    pub stake: Account<Stake>,
    /// CHECK: address by its seeds; the token program checks the rest.
    #[account(mut, seeds = [b"vault"], bump)]
    pub vault: UncheckedAccount,
    /// CHECK: the owner chooses it; the token program requires the vault's mint.
    #[account(mut)]
    pub destination: UncheckedAccount,
    /// CHECK: address constraint. Paid the stake's rent; may be the owner.
    #[account(mut, unsafe(dup), address = stake.payer @ StakingError::WrongPayer)]
    pub payer: UncheckedAccount,
    pub token_program: Program<Token>,
}

impl Withdraw {
    pub fn withdraw(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let (stake, pool) = (&accounts.stake, &mut accounts.pool);

        let amount = stake.withdraw(Clock::get()?.unix_timestamp)?;
        pool.remove_tokens(amount)?;
        transfer_from_vault(pool, &accounts.vault, &accounts.destination, amount)?;

        pool.invariant()?;
        emit!(StakeWithdrawn {
            owner: stake.owner,
            amount: stake.amount,
            total_staked: pool.total_staked,
        });
        Ok(())
    }
}

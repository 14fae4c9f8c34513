use anchor_lang::prelude::*;
use hypernode_runtime::tokens::amount_of;
use staking::Pool;

use crate::{events::Distributed, state::Accumulator, tokens::transfer};

#[derive(Accounts)]
pub struct Distribute {
    #[account(mut, seeds = [b"accumulator"], bump)]
    pub accumulator: Account<Accumulator>,
    /// Holds the total weight that shares the distribution.
    #[account(seeds = [b"pool"], bump = pool.bump, seeds::program = staking::ID)]
    pub pool: Account<Pool>,
    /// CHECK: address by its seeds; the token program checks the rest.
    #[account(mut, seeds = [b"vault"], bump)]
    pub vault: UncheckedAccount,
    /// CHECK: address by its seeds; the token program checks the rest.
    #[account(mut, seeds = [b"community"], bump)]
    pub community: UncheckedAccount,
    pub token_program: Program<Token>,
}

impl Distribute {
    pub fn distribute(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let (accumulator, vault) = (&mut accounts.accumulator, &accounts.vault);
        let now = Clock::get()?.unix_timestamp;
        let total_weight = accounts.pool.total_weight;

        let due = accumulator.advance(total_weight.get(), now)?;
        transfer(accumulator, &accounts.community, vault, due.community)?;
        accumulator.take_back(accounts.pool.forfeited.get())?;
        let begun = accumulator.add(amount_of(vault)?, amount_of(&accounts.community)?, now)?;

        accumulator.invariant()?;
        emit!(Distributed {
            fees: due.fees.into(),
            community: due.community.into(),
            fees_begun: begun.fees.into(),
            community_begun: begun.community.into(),
            total_weight,
            index: accumulator.index,
            distributed: accumulator.distributed,
            at: now.into(),
        });
        Ok(())
    }
}

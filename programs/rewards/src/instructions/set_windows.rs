use anchor_lang::prelude::*;

use crate::{errors::RewardsError, events::WindowsSet, state::Accumulator};

#[derive(Accounts)]
pub struct SetWindows {
    #[account(address = accumulator.authority @ RewardsError::NotAuthority)]
    pub authority: Signer,
    #[account(mut, seeds = [b"accumulator"], bump)]
    pub accumulator: Account<Accumulator>,
}

impl SetWindows {
    pub fn set_windows(
        ctx: &mut Context<Self>,
        fee_window: i64,
        community_window: i64,
    ) -> Result<()> {
        let accumulator = &mut ctx.accounts.accumulator;
        accumulator.set_windows(fee_window, community_window);
        accumulator.invariant()?;
        emit!(WindowsSet {
            fee_window: accumulator.fee_window,
            community_window: accumulator.community_window,
        });
        Ok(())
    }
}

use anchor_lang::prelude::*;

use crate::{
    errors::GovernanceError,
    events::ProposalVetoed,
    nonce::refuse_durable_nonce,
    state::{Config, Proposal},
};

#[derive(Accounts)]
pub struct Veto {
    #[account(address = config.guardian @ GovernanceError::NotGuardian)]
    pub guardian: Signer,
    #[account(seeds = [b"config"], bump)]
    pub config: Account<Config>,
    #[account(mut)]
    pub proposal: Account<Proposal>,
    pub instructions: Sysvar<SysvarInstructions>,
}

impl Veto {
    pub fn veto(ctx: &mut Context<Self>, version: u64) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let now = Clock::get()?.unix_timestamp;
        refuse_durable_nonce(&accounts.instructions)?;
        accounts.config.check_guardian(version, now)?;
        let proposal = &mut accounts.proposal;
        let old_status = proposal.status;
        proposal.veto(now)?;
        proposal.invariant()?;
        emit!(ProposalVetoed {
            proposal: *proposal.address(),
            id: proposal.id,
            guardian: accounts.config.guardian,
            version: version.into(),
            executed: proposal.executed,
            old_status,
            new_status: proposal.status,
        });
        Ok(())
    }
}

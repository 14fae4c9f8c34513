use anchor_lang::{
    cpi::{CpiSeed, CpiSigner, InstructionView},
    prelude::*,
};
use pinocchio::cpi::invoke_signed_with_slice;

use crate::{
    allowed,
    constants::AUTHORITY_SEED,
    content::{named, Content},
    errors::GovernanceError,
    events::ProposalExecuted,
    state::{Proposal, ProposalKind},
};

/// The remaining accounts are the program to call and then its accounts, in the approved order.
#[derive(Accounts)]
pub struct Execute {
    /// An instruction cannot name it, because Anchor refuses the same writable account twice.
    #[account(mut)]
    pub proposal: Account<Proposal>,
    /// CHECK: address by its seeds. Signs the call.
    #[account(seeds = [b"authority"], bump)]
    pub authority: UncheckedAccount,
}

impl Execute {
    pub fn execute(ctx: &mut Context<Self>, index: u8, flags: &[u8], data: &[u8]) -> Result<()> {
        let rest = ctx.remaining_accounts()?;
        let bump = ctx.bumps.authority;
        let proposal = &mut ctx.accounts.proposal;
        let now = Clock::get()?.unix_timestamp;
        proposal.check_executable(index, now)?;

        let old_status = proposal.status;
        let hash = proposal.voted_for(index);
        // Stored before the call, so that code inside the call cannot execute this instruction again.
        proposal.execute(now)?;
        proposal.invariant()?;
        emit!(ProposalExecuted {
            proposal: *proposal.address(),
            id: proposal.id,
            index,
            count: proposal.count,
            hash,
            old_status,
            new_status: proposal.status,
        });
        match (proposal.current_kind(), rest.split_first()) {
            (ProposalKind::Text, _) => Ok(()),
            (kind, Some((program, accounts))) => {
                allowed::check(kind, program.address(), data)?;
                let content = Content::rebuild(program, accounts, flags, data)?;
                require!(content.hash() == hash, GovernanceError::WrongInstruction);
                call(program, accounts, flags, data, bump)
            }
            (_, None) => Err(GovernanceError::WrongInstruction.into()),
        }
    }
}

fn call(
    program: &AccountView,
    accounts: &[AccountView],
    flags: &[u8],
    data: &[u8],
    bump: u8,
) -> Result<()> {
    let metas: Vec<_> = accounts
        .iter()
        .zip(flags)
        .map(|(account, flags)| named(account, *flags))
        .collect();
    let instruction = InstructionView {
        program_id: program.address(),
        data,
        accounts: &metas,
    };
    let bump = [bump];
    let seeds = [CpiSeed::from(AUTHORITY_SEED), CpiSeed::from(&bump)];
    invoke_signed_with_slice(&instruction, accounts, &[CpiSigner::from(&seeds)])
}

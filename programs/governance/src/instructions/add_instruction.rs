use anchor_lang::prelude::*;

use crate::{
    allowed,
    content::{Content, InstructionMeta},
    errors::GovernanceError,
    events::InstructionAdded,
    state::Proposal,
};

#[derive(Accounts)]
pub struct AddInstruction {
    #[account(address = proposal.proposer @ GovernanceError::NotProposer)]
    pub proposer: Signer,
    #[account(mut)]
    pub proposal: Account<Proposal>,
}

impl AddInstruction {
    pub fn add_instruction(
        ctx: &mut Context<Self>,
        program: &Address,
        metas: &[InstructionMeta],
        data: &[u8],
    ) -> Result<()> {
        let proposal = &mut ctx.accounts.proposal;
        allowed::check(proposal.current_kind(), program, data)?;
        let content = Content::of(program, metas, data)?;
        let hash = content.hash();
        let index = proposal.add(hash)?;
        proposal.invariant()?;
        emit!(InstructionAdded {
            proposal: *proposal.address(),
            id: proposal.id.get(),
            index,
            hash,
            content: content.into_bytes(),
        });
        Ok(())
    }
}

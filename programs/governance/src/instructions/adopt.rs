use anchor_lang::{
    cpi::{CpiSeed, CpiSigner, InstructionAccount, InstructionView},
    prelude::*,
};
use pinocchio::cpi::invoke_signed;

use crate::{
    allowed::{is_governed, ACCEPT_AUTHORITY},
    constants::AUTHORITY_SEED,
    errors::GovernanceError,
    events::AuthorityAdopted,
};

#[derive(Accounts)]
pub struct Adopt {
    /// CHECK: address by its seeds. Becomes the program's authority.
    #[account(seeds = [b"authority"], bump)]
    pub authority: UncheckedAccount,
    /// CHECK: the called program checks it. Account that stores the program's authority.
    #[account(mut)]
    pub state: UncheckedAccount,
    /// CHECK: constraint. One of the governed programs.
    #[account(constraint = is_governed(program.address()) @ GovernanceError::UnknownProgram)]
    pub program: UncheckedAccount,
}

impl Adopt {
    pub fn adopt(ctx: &mut Context<Self>) -> Result<()> {
        let Adopt {
            authority,
            state,
            program,
        } = &ctx.accounts;
        let instruction = InstructionView {
            program_id: program.address(),
            data: &ACCEPT_AUTHORITY,
            accounts: &[
                InstructionAccount::readonly_signer(authority.address()),
                InstructionAccount::writable(state.address()),
            ],
        };
        let bump = [ctx.bumps.authority];
        let seeds = [CpiSeed::from(AUTHORITY_SEED), CpiSeed::from(&bump)];
        invoke_signed(
            &instruction,
            &[authority.account(), state.account()],
            &[CpiSigner::from(&seeds)],
        )?;
        emit!(AuthorityAdopted {
            program: *program.address(),
            state: *state.address(),
        });
        Ok(())
    }
}

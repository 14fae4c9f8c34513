use anchor_lang::{
    cpi::{CpiSeed, CpiSigner, InstructionAccount, InstructionView},
    prelude::*,
};
use pinocchio::cpi::invoke_signed;

use crate::{
    allowed::SET_PAUSE,
    constants::AUTHORITY_SEED,
    errors::GovernanceError,
    events::Paused,
    nonce::refuse_durable_nonce,
    programs::{MARKETS, MARKETS_CONFIG_TAG, MARKETS_PAUSED_AT},
    state::Config,
};

#[derive(Accounts)]
pub struct Pause {
    #[account(address = config.guardian @ GovernanceError::NotGuardian)]
    pub guardian: Signer,
    #[account(seeds = [b"config"], bump)]
    pub config: Account<Config>,
    /// CHECK: address by its seeds. Signs the call.
    #[account(seeds = [b"authority"], bump)]
    pub authority: UncheckedAccount,
    /// CHECK: `flags_of` checks the owner, the markets program the seeds.
    #[account(mut)]
    pub markets_config: UncheckedAccount,
    /// CHECK: address constraint.
    #[account(address = MARKETS @ GovernanceError::UnknownProgram)]
    pub markets_program: UncheckedAccount,
    pub instructions: Sysvar<SysvarInstructions>,
}

impl Pause {
    pub fn pause(ctx: &mut Context<Self>, flags: u8, version: u64) -> Result<()> {
        let accounts = &mut ctx.accounts;
        refuse_durable_nonce(&accounts.instructions)?;
        accounts
            .config
            .check_guardian(version, Clock::get()?.unix_timestamp)?;
        let old_flags = flags_of(&accounts.markets_config)?;
        let new_flags = old_flags | flags;
        require!(new_flags != old_flags, GovernanceError::BadPauseFlags);
        accounts.set_pause(new_flags, ctx.bumps.authority)?;
        emit!(Paused {
            guardian: accounts.config.guardian,
            version: version.into(),
            old_flags,
            new_flags,
        });
        Ok(())
    }
    fn set_pause(&self, flags: u8, bump: u8) -> Result<()> {
        let [a, b, c, d, e, f, g, h] = SET_PAUSE;
        let instruction = InstructionView {
            program_id: &MARKETS,
            data: &[a, b, c, d, e, f, g, h, flags],
            accounts: &[
                InstructionAccount::readonly_signer(self.authority.address()),
                InstructionAccount::writable(self.markets_config.address()),
            ],
        };
        let bump = [bump];
        let seeds = [CpiSeed::from(AUTHORITY_SEED), CpiSeed::from(&bump)];
        invoke_signed(
            &instruction,
            &[self.authority.account(), self.markets_config.account()],
            &[CpiSigner::from(&seeds)],
        )
    }
}

/// Return the current pause flags. The markets program checks during the call that this is its configuration.
fn flags_of(config: &UncheckedAccount) -> Result<u8> {
    require!(
        config.account().owned_by(&MARKETS),
        GovernanceError::UnknownProgram
    );
    let data = config.account().try_borrow()?;
    require!(
        data.starts_with(&MARKETS_CONFIG_TAG),
        GovernanceError::UnknownProgram
    );
    let flags = data.get(MARKETS_PAUSED_AT);
    flags.copied().ok_or(GovernanceError::UnknownProgram.into())
}

use anchor_lang::{prelude::*, AccountInitialize, Space};
use staking::{Pool, Stake};

use crate::{
    constants::FAULT_SEED,
    errors::SlashingError,
    events::ReportExecuted,
    programs::Staking,
    stakes::{release_hold, slash, Slash},
    state::{fault_address_at, Config, Fault, Record, Report},
    tokens::burn_from_vault,
};

#[derive(Accounts)]
pub struct Execute {
    /// Pays for the fault account, which is never closed.
    #[account(mut)]
    pub payer: Signer,
    #[account(seeds = [b"config"], bump)]
    pub config: Account<Config>,
    #[account(mut)]
    pub report: Account<Report>,
    #[account(mut)]
    pub record: Account<Record>,
    /// CHECK: created here, at the address whose bump the report stores.
    #[account(mut)]
    pub fault: UncheckedAccount,
    #[account(mut)]
    pub pool: Account<Pool>,
    /// Stake of the accused. There is one per wallet.
    #[account(mut)]
    pub stake: Account<Stake>,
    /// CHECK: staking checks it.
    #[account(mut)]
    pub stake_vault: UncheckedAccount,
    /// CHECK: staking checks it.
    pub accumulator: UncheckedAccount,
    /// CHECK: address by its seeds; the token program checks the rest.
    #[account(mut, seeds = [b"vault"], bump)]
    pub vault: UncheckedAccount,
    /// CHECK: address constraint; the token program checks the rest.
    #[account(mut, address = config.mint @ SlashingError::WrongMint)]
    pub mint: UncheckedAccount,
    pub staking_program: Program<Staking>,
    pub token_program: Program<Token>,
    pub system_program: Program<System>,
}

impl Execute {
    fn validate(&self) -> Result<()> {
        let accused = self.report.accused;
        // record
        require!(self.record.accused == accused, SlashingError::WrongRecord);
        // fault: an account that signs could be created at any address, and this one would stay free.
        let report = &self.report;
        let (subject, sequence) = (report.subject(), report.sequence.get());
        let expected = fault_address_at(&accused, &subject, sequence, report.fault_bump)?;
        require!(*self.fault.address() == expected, SlashingError::WrongFault);
        require!(
            !self.fault.account().owned_by(&crate::ID),
            SlashingError::AlreadyPunished
        );
        // stake
        require!(self.stake.owner == accused, SlashingError::WrongStake);
        Ok(())
    }

    #[access_control(ctx.accounts.validate())]
    pub fn execute(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let now = Clock::get()?.unix_timestamp;
        let old_status = accounts.report.status;
        accounts.report.require_executable(now)?;

        let (report, record) = (&mut accounts.report, &mut accounts.record);
        let slashed = record.charge(report, accounts.stake.amount.get(), now)?;
        record.close_one()?;
        report.execute(slashed, now)?;
        let (config, stake) = (&accounts.config, &mut accounts.stake);
        let taking = Slash {
            pool: &mut accounts.pool,
            stake,
            stake_vault: &mut accounts.stake_vault,
            accumulator: &accounts.accumulator,
            destination: &mut accounts.vault,
            token_program: &accounts.token_program,
        };
        slash(config, taking, slashed);
        let burned = report.burned.get();
        burn_from_vault(config, &accounts.vault, &accounts.mint, burned)?;
        release_hold(config, stake);
        write_fault(&accounts.payer, &accounts.fault, report, now)?;

        record.invariant()?;
        report.invariant()?;
        emit!(ReportExecuted {
            report: *report.address(),
            accused: report.accused,
            job: report.job,
            sequence: report.sequence,
            reason: report.reason,
            slashed: report.slashed,
            burned: report.burned,
            buyer_due: report.buyer_due,
            reporter_due: report.reporter_due,
            validators_due: report.validators_due,
            old_status,
            new_status: report.status,
        });
        Ok(())
    }
}

/// Create the fault account, the record that this job was punished.
fn write_fault(
    payer: &Signer,
    fault: &UncheckedAccount,
    report: &Account<Report>,
    now: i64,
) -> Result<()> {
    let subject = report.subject();
    let sequence = report.sequence.get().to_le_bytes();
    let bump = [report.fault_bump];
    let seeds: [&[u8]; 5] = [
        FAULT_SEED,
        report.accused.as_ref(),
        subject.as_ref(),
        &sequence,
        &bump,
    ];
    let mut written = <Account<Fault> as AccountInitialize>::create_and_initialize(
        payer.account(),
        fault.account(),
        <Account<Fault> as Space>::INIT_SPACE,
        &crate::ID,
        &Default::default(),
        Some(&seeds),
        None,
    )?;
    *written = Fault {
        accused: report.accused,
        subject,
        sequence: report.sequence,
        report: *report.address(),
        slashed: report.slashed,
        executed_at: now.into(),
        bump: report.fault_bump,
    };
    Ok(())
}

use anchor_lang::prelude::*;

use crate::{errors::SlashingError, events::RecordClosed, state::Record};

#[derive(Accounts)]
pub struct CloseRecord {
    #[account(mut, close = payer)]
    pub record: Account<Record>,
    /// CHECK: address constraint. Paid the record's rent.
    #[account(mut, address = record.payer @ SlashingError::WrongPayer)]
    pub payer: UncheckedAccount,
}

impl CloseRecord {
    pub fn close_record(ctx: &mut Context<Self>) -> Result<()> {
        let record = &ctx.accounts.record;
        record.require_idle(Clock::get()?.unix_timestamp)?;
        emit!(RecordClosed {
            accused: record.accused,
        });
        Ok(())
    }
}

//! Slashing: validators vote on reports of faults or oracles attest them; an upheld one costs the accused stake.
use anchor_lang::prelude::*;

pub mod constants;
pub mod errors;
pub mod events;
mod instructions;
pub mod math;
mod oracles;
mod programs;
mod stakes;
pub mod state;
mod tokens;

pub use instructions::*;
use state::{Accusation, FaultReason, SlashingParams};

declare_id!("3uryKioSZhC2NwVpUEg5vg94QXANB1GaH4eEJHGuNSSA");

#[program]
pub mod slashing {
    use super::*;

    /// Make the configuration and the vault, once; the signer must be the program's upgrade authority.
    pub fn init_config(ctx: &mut Context<InitConfig>) -> Result<()> {
        InitConfig::init_config(ctx)
    }

    /// Name the next authority, who must accept; the zero address takes a proposal back.
    pub fn propose_authority(
        ctx: &mut Context<ProposeAuthority>,
        new_authority: Address,
    ) -> Result<()> {
        ProposeAuthority::propose_authority(ctx, new_authority)
    }

    /// Take the authority over.
    pub fn accept_authority(ctx: &mut Context<AcceptAuthority>) -> Result<()> {
        AcceptAuthority::accept_authority(ctx)
    }

    /// Change the parameters of reports to come.
    pub fn set_params(ctx: &mut Context<SetParams>, params: SlashingParams) -> Result<()> {
        SetParams::set_params(ctx, params)
    }

    /// Accuse the owner of a stake, with a bond; the stake cannot leave until the report has ended.
    pub fn report(
        ctx: &mut Context<OpenReport>,
        evidence: [u8; 32],
        reason: u8,
        job: Address,
        sequence: u64,
        buyer: Address,
    ) -> Result<()> {
        let accusation = Accusation {
            job,
            sequence,
            attempt: 0,
            reason: FaultReason::try_from(reason)?,
            evidence,
            buyer,
        };
        OpenReport::report(ctx, &accusation)
    }

    /// Accuse by the oracles' word; the instruction right before holds their signatures.
    #[allow(clippy::too_many_arguments)] // The instruction's own arguments, forwarded as one value.
    pub fn report_attested(
        ctx: &mut Context<OpenAttestedReport>,
        evidence: [u8; 32],
        reason: u8,
        job: Address,
        sequence: u64,
        attempt: u8,
        buyer: Address,
        expires_at: i64,
    ) -> Result<()> {
        let accusation = Accusation {
            job,
            sequence,
            attempt,
            reason: FaultReason::try_from(reason)?,
            evidence,
            buyer,
        };
        OpenAttestedReport::report_attested(ctx, &accusation, expires_at)
    }

    /// Vote to uphold a report or to overturn it, with a stake that was locked before the report.
    pub fn vote(ctx: &mut Context<CastVote>, uphold: bool) -> Result<()> {
        CastVote::vote(ctx, uphold)
    }

    /// Count the votes, when the voting is over or nothing can change it any more; anybody may.
    pub fn resolve(ctx: &mut Context<Resolve>) -> Result<()> {
        Resolve::resolve(ctx)
    }

    /// Ask for a second round with more validators, with a bond.
    pub fn appeal(ctx: &mut Context<Appeal>) -> Result<()> {
        Appeal::appeal(ctx)
    }

    /// Slash the accused's stake, and book who gets it; anybody may.
    pub fn execute(ctx: &mut Context<Execute>) -> Result<()> {
        Execute::execute(ctx)
    }

    /// End a report about a job that was punished meanwhile; anybody may.
    pub fn dismiss_moot(ctx: &mut Context<DismissMoot>) -> Result<()> {
        DismissMoot::dismiss_moot(ctx)
    }

    /// Pay the owner of a token account what is due to him; anybody may.
    pub fn claim_due(ctx: &mut Context<ClaimDue>) -> Result<()> {
        ClaimDue::claim_due(ctx)
    }

    /// Pay a validator who said what came out, and close the vote; anybody may.
    pub fn claim_vote_bounty(ctx: &mut Context<ClaimVoteBounty>) -> Result<()> {
        ClaimVoteBounty::claim_vote_bounty(ctx)
    }

    /// Close a vote that has nothing to claim; anybody may.
    pub fn close_vote(ctx: &mut Context<CloseVote>) -> Result<()> {
        CloseVote::close_vote(ctx)
    }

    /// Close a report that nobody has anything to claim from; anybody may.
    pub fn close_report(ctx: &mut Context<CloseReport>) -> Result<()> {
        CloseReport::close_report(ctx)
    }

    /// Close a record of long ago; anybody may.
    pub fn close_record(ctx: &mut Context<CloseRecord>) -> Result<()> {
        CloseRecord::close_record(ctx)
    }
}

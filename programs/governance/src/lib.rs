//! ComputeDAO: proposals, votes, timelock, treasury, and the split of what is unlocked.
use anchor_lang::prelude::*;

mod allowed;
pub mod constants;
mod content;
pub mod errors;
pub mod events;
mod instructions;
mod nonce;
mod programs;
pub mod state;
mod tokens;

pub use content::InstructionMeta;
pub use instructions::*;
use state::{Floors, GovernanceParams, ProposalKind, VoteChoice};

declare_id!("8xANJ4UNc1yxGvkeFvcYhJChwMHgU8GpH8zxAnTyhVRx");

#[program]
pub mod governance {
    use super::*;

    /// Make the configuration and both token accounts, once; the signer must be the program's upgrade
    /// authority.
    pub fn init_config(
        ctx: &mut Context<InitConfig>,
        guardian: Address,
        guardian_expires_at: i64,
        params: GovernanceParams,
        floors: Floors,
    ) -> Result<()> {
        InitConfig::init_config(ctx, guardian, guardian_expires_at, &params, &floors)
    }

    /// Change quorum, threshold and times for future proposals. Only by an executed proposal.
    pub fn set_params(ctx: &mut Context<SetParams>, params: GovernanceParams) -> Result<()> {
        SetParams::set_params(ctx, &params)
    }

    /// Name the guardian and the end of its mandate; zero and zero is nobody. Only by an executed proposal.
    pub fn set_guardian(
        ctx: &mut Context<SetGuardian>,
        guardian: Address,
        expires_at: i64,
    ) -> Result<()> {
        SetGuardian::set_guardian(ctx, guardian, expires_at)
    }

    /// Send the operations' part of each release elsewhere. Only by an executed proposal.
    pub fn set_operations(ctx: &mut Context<SetOperations>) -> Result<()> {
        SetOperations::set_operations(ctx)
    }

    /// Pay from the treasury. Only by an executed proposal.
    pub fn treasury_transfer(ctx: &mut Context<TreasuryTransfer>, amount: u64) -> Result<()> {
        TreasuryTransfer::treasury_transfer(ctx, amount)
    }

    /// Take over the authority of one of our programs that proposed it. Anybody may.
    pub fn adopt(ctx: &mut Context<Adopt>) -> Result<()> {
        Adopt::adopt(ctx)
    }

    /// Begin a draft, under today's configuration for good.
    pub fn create_proposal(
        ctx: &mut Context<CreateProposal>,
        kind: u8,
        description_hash: [u8; 32],
    ) -> Result<()> {
        CreateProposal::create_proposal(ctx, ProposalKind::try_from(kind)?, description_hash)
    }

    /// Add what the proposal will do; the content goes into the event, its hash into the proposal.
    pub fn add_instruction(
        ctx: &mut Context<AddInstruction>,
        program: Address,
        metas: Vec<InstructionMeta>,
        data: Vec<u8>,
    ) -> Result<()> {
        AddInstruction::add_instruction(ctx, &program, &metas, &data)
    }

    /// Open the vote.
    pub fn activate(ctx: &mut Context<Activate>) -> Result<()> {
        Activate::activate(ctx)
    }

    /// Vote once, with the weight that was locked before the proposal: 0 against, 1 for, 2 abstain.
    pub fn vote(ctx: &mut Context<Vote>, choice: u8) -> Result<()> {
        Vote::vote(ctx, VoteChoice::try_from(choice)?)
    }

    /// Count when the vote is over. Anybody may.
    pub fn finalize(ctx: &mut Context<Finalize>) -> Result<()> {
        Finalize::finalize(ctx)
    }

    /// Start the timelock of what succeeded. Anybody may.
    pub fn queue(ctx: &mut Context<Queue>) -> Result<()> {
        Queue::queue(ctx)
    }

    /// Do the next thing that was voted for, with the program's authority. Anybody may.
    pub fn execute(
        ctx: &mut Context<Execute>,
        index: u8,
        flags: Vec<u8>,
        data: Vec<u8>,
    ) -> Result<()> {
        Execute::execute(ctx, index, &flags, &data)
    }

    /// End what was not queued or executed in time. Anybody may.
    pub fn expire(ctx: &mut Context<Expire>) -> Result<()> {
        Expire::expire(ctx)
    }

    /// Take a draft or an open vote back; a draft older than 7 days anybody may.
    pub fn cancel(ctx: &mut Context<Cancel>) -> Result<()> {
        Cancel::cancel(ctx)
    }

    /// End a proposal before it is executed. The guardian only.
    pub fn veto(ctx: &mut Context<Veto>, version: u64) -> Result<()> {
        Veto::veto(ctx, version)
    }

    /// Add pause flags of the markets program. The guardian only; a vote lifts them.
    pub fn pause(ctx: &mut Context<Pause>, flags: u8, version: u64) -> Result<()> {
        Pause::pause(ctx, flags, version)
    }

    /// Split what was unlocked: 30 % to the community, 20 % burned, the rest to operations. Anybody may.
    pub fn release(ctx: &mut Context<MakeRelease>) -> Result<()> {
        MakeRelease::release(ctx)
    }

    /// Close the record of a vote whose proposal has ended.
    pub fn close_vote(ctx: &mut Context<CloseVote>) -> Result<()> {
        CloseVote::close_vote(ctx)
    }

    /// Close a proposal 30 days after its end. Anybody may.
    pub fn close_proposal(ctx: &mut Context<CloseProposal>) -> Result<()> {
        CloseProposal::close_proposal(ctx)
    }
}

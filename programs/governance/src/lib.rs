//! Governance program of the DAO: proposals, votes, timelock, treasury and releases of unlocked HYPER.
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

    /// Create the configuration and both token accounts, once. The signer must be the program's upgrade
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

    /// Set quorum, threshold and times of future proposals. Only an executed proposal may call this.
    pub fn set_params(ctx: &mut Context<SetParams>, params: GovernanceParams) -> Result<()> {
        SetParams::set_params(ctx, &params)
    }

    /// Set the guardian and the end of its mandate; zeros remove it. Only an executed proposal may call this.
    pub fn set_guardian(
        ctx: &mut Context<SetGuardian>,
        guardian: Address,
        expires_at: i64,
    ) -> Result<()> {
        SetGuardian::set_guardian(ctx, guardian, expires_at)
    }

    /// Set the token account that gets the operations' part. Only an executed proposal may call this.
    pub fn set_operations(ctx: &mut Context<SetOperations>) -> Result<()> {
        SetOperations::set_operations(ctx)
    }

    /// Pay from the treasury. Only an executed proposal may call this.
    pub fn treasury_transfer(ctx: &mut Context<TreasuryTransfer>, amount: u64) -> Result<()> {
        TreasuryTransfer::treasury_transfer(ctx, amount)
    }

    /// Accept the authority of a governed program that proposed it. Any wallet may call this.
    pub fn adopt(ctx: &mut Context<Adopt>) -> Result<()> {
        Adopt::adopt(ctx)
    }

    /// Create a draft. It keeps the current configuration.
    pub fn create_proposal(
        ctx: &mut Context<CreateProposal>,
        kind: u8,
        description_hash: [u8; 32],
    ) -> Result<()> {
        CreateProposal::create_proposal(ctx, ProposalKind::try_from(kind)?, description_hash)
    }

    /// Add an instruction to a draft. The event carries the content, the proposal stores its hash.
    pub fn add_instruction(
        ctx: &mut Context<AddInstruction>,
        program: Address,
        metas: Vec<InstructionMeta>,
        data: Vec<u8>,
    ) -> Result<()> {
        AddInstruction::add_instruction(ctx, &program, &metas, &data)
    }

    /// Activate a draft: open its vote.
    pub fn activate(ctx: &mut Context<Activate>) -> Result<()> {
        Activate::activate(ctx)
    }

    /// Vote once with the weight that was locked before the proposal: 0 against, 1 for, 2 abstain.
    pub fn vote(ctx: &mut Context<Vote>, choice: u8) -> Result<()> {
        Vote::vote(ctx, VoteChoice::try_from(choice)?)
    }

    /// Count the votes after the voting period. Any wallet may call this.
    pub fn finalize(ctx: &mut Context<Finalize>) -> Result<()> {
        Finalize::finalize(ctx)
    }

    /// Start the timelock of a proposal that succeeded. Any wallet may call this.
    pub fn queue(ctx: &mut Context<Queue>) -> Result<()> {
        Queue::queue(ctx)
    }

    /// Execute the proposal's next instruction with the DAO's authority. Any wallet may call this.
    pub fn execute(
        ctx: &mut Context<Execute>,
        index: u8,
        flags: Vec<u8>,
        data: Vec<u8>,
    ) -> Result<()> {
        Execute::execute(ctx, index, &flags, &data)
    }

    /// End a proposal that was not queued or executed in time. Any wallet may call this.
    pub fn expire(ctx: &mut Context<Expire>) -> Result<()> {
        Expire::expire(ctx)
    }

    /// Cancel a draft or an open vote. Any wallet may cancel a draft older than 7 days.
    pub fn cancel(ctx: &mut Context<Cancel>) -> Result<()> {
        Cancel::cancel(ctx)
    }

    /// End a proposal before its execution. Only the guardian may call this.
    pub fn veto(ctx: &mut Context<Veto>, version: u64) -> Result<()> {
        Veto::veto(ctx, version)
    }

    /// Add pause flags of the markets program. Only the guardian may call this; a proposal clears flags.
    pub fn pause(ctx: &mut Context<Pause>, flags: u8, version: u64) -> Result<()> {
        Pause::pause(ctx, flags, version)
    }

    /// Split unlocked HYPER: 30 % to the community, 20 % burned, the rest to operations. Any wallet may call it.
    pub fn release(ctx: &mut Context<MakeRelease>) -> Result<()> {
        MakeRelease::release(ctx)
    }

    /// Close the voter's record of a vote whose proposal has ended.
    pub fn close_vote(ctx: &mut Context<CloseVote>) -> Result<()> {
        CloseVote::close_vote(ctx)
    }

    /// Close a proposal 30 days after its end. Any wallet may call this.
    pub fn close_proposal(ctx: &mut Context<CloseProposal>) -> Result<()> {
        CloseProposal::close_proposal(ctx)
    }
}

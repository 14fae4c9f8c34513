use anchor_lang::prelude::*;
use anchor_spl::token::{self, TokenAccount};

use crate::{
    constants::PAUSE_NEW_NODES,
    errors::MarketsError,
    events::NodeRegistered,
    state::{Config, Hardware, Node, Reputation},
};

#[derive(Accounts)]
pub struct RegisterNode {
    pub operator: Signer,
    /// Pays the rent; may be the operator.
    #[account(mut, unsafe(dup))]
    pub payer: Signer,
    #[account(seeds = [b"config"], bump)]
    pub config: Account<Config>,
    #[account(init, payer = payer, seeds = [b"node", operator.address().as_ref()], bump)]
    pub node: Account<Node>,
    /// HYPER token account of the operator's choice.
    #[account(token::mint = config.mint)]
    pub payout: Account<TokenAccount>,
    pub system_program: Program<System>,
}

impl RegisterNode {
    fn validate(&self, worker_key: &Address) -> Result<()> {
        require!(*worker_key != Address::default(), MarketsError::ZeroAddress);
        // config
        require!(
            !self.config.is_paused(PAUSE_NEW_NODES),
            MarketsError::Paused
        );
        Ok(())
    }

    #[access_control(ctx.accounts.validate(&worker_key))]
    pub fn register_node(
        ctx: &mut Context<Self>,
        worker_key: Address,
        hardware: Hardware,
    ) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let node = &mut accounts.node;
        node.operator = *accounts.operator.address();
        node.worker_key = worker_key;
        node.payout = *accounts.payout.address();
        node.payer = *accounts.payer.address();
        node.begin_probation();
        node.reputation = Reputation::new(Clock::get()?.unix_timestamp);
        node.bump = ctx.bumps.node;
        node.set_hardware(&hardware);
        node.invariant()?;
        emit!(NodeRegistered {
            node: *node.address(),
            operator: node.operator,
            worker_key,
            payout: node.payout,
            gpu_vendor: node.gpu_vendor,
            gpu_count: node.gpu_count,
            vram_mib: node.vram_mib,
            hardware_hash: node.hardware_hash,
            score: node.reputation.score,
        });
        Ok(())
    }
}

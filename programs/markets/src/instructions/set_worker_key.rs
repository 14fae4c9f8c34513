use anchor_lang::prelude::*;

use crate::{errors::MarketsError, events::WorkerKeySet, state::Node};

#[derive(Accounts)]
pub struct SetWorkerKey {
    #[account(address = node.operator @ MarketsError::NotOperator)]
    pub operator: Signer,
    #[account(mut)]
    pub node: Account<Node>,
}

impl SetWorkerKey {
    pub fn set_worker_key(ctx: &mut Context<Self>, worker_key: Address) -> Result<()> {
        require!(worker_key != Address::default(), MarketsError::ZeroAddress);
        let node = &mut ctx.accounts.node;
        let old_worker_key = node.worker_key;
        node.worker_key = worker_key;
        node.invariant()?;
        emit!(WorkerKeySet {
            node: *node.address(),
            operator: node.operator,
            old_worker_key,
            new_worker_key: worker_key,
        });
        Ok(())
    }
}

use anchor_lang::prelude::*;

use crate::{errors::MarketsError, events::NodeClosed, state::Node};

#[derive(Accounts)]
pub struct CloseNode {
    #[account(address = node.operator @ MarketsError::NotOperator)]
    pub operator: Signer,
    #[account(mut, close = payer)]
    pub node: Account<Node>,
    /// CHECK: address constraint. Paid the rent; may be the operator.
    #[account(mut, unsafe(dup), address = node.payer @ MarketsError::WrongPayer)]
    pub payer: UncheckedAccount,
}

impl CloseNode {
    pub fn close_node(ctx: &mut Context<Self>) -> Result<()> {
        let node = &ctx.accounts.node;
        node.check_closable(Clock::get()?.unix_timestamp)?;
        emit!(NodeClosed {
            node: *node.address(),
            operator: node.operator,
        });
        Ok(())
    }
}

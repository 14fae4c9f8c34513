//! ComputeDAO: proposals, votes, timelock and treasury.
use anchor_lang::prelude::*;

declare_id!("8xANJ4UNc1yxGvkeFvcYhJChwMHgU8GpH8zxAnTyhVRx");

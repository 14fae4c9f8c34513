//! Canonical bytes of an instruction and their hash. A proposal stores the hash, and voters vote on it.
//!
//! domain (16) · program (32) · number of accounts (u8) · each account's address (32) and flags (u8: bit 0
//! signer, bit 1 writable) · data (the rest). `hypernode.domain.governance` computes the same.
use anchor_lang::prelude::*;
use pinocchio::instruction::InstructionAccount;

use crate::{
    constants::{MAX_ACCOUNTS, MAX_DATA},
    errors::GovernanceError,
};

const DOMAIN: &[u8; 16] = b"hn/instruction/1";
const HEADER: usize = DOMAIN.len() + 32 + 1;
const PER_ACCOUNT: usize = 33;

const SIGNER: u8 = 1;
const WRITABLE: u8 = 2;

/// One account of an instruction and its flags.
#[derive(Clone, Copy, AnchorSerialize, AnchorDeserialize, IdlType)]
pub struct InstructionMeta {
    pub address: Address,
    /// Bit 0 signer, bit 1 writable.
    pub flags: u8,
}

/// Canonical bytes of one instruction.
pub struct Content(Vec<u8>);

impl Content {
    pub fn of(program: &Address, metas: &[InstructionMeta], data: &[u8]) -> Result<Self> {
        let mut content = Self::begin(program, metas.len(), data)?;
        for meta in metas {
            content.account(&meta.address, meta.flags)?;
        }
        Ok(content.finish(data))
    }

    /// Compute the bytes from the accounts, flags and data of a call.
    pub fn rebuild(
        program: &AccountView,
        accounts: &[AccountView],
        flags: &[u8],
        data: &[u8],
    ) -> Result<Self> {
        require!(
            accounts.len() == flags.len(),
            GovernanceError::WrongInstruction
        );
        let mut content = Self::begin(program.address(), accounts.len(), data)?;
        for (account, flags) in accounts.iter().zip(flags) {
            content.account(account.address(), *flags)?;
        }
        Ok(content.finish(data))
    }

    pub fn hash(&self) -> [u8; 32] {
        sha256(&self.0)
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    fn begin(program: &Address, accounts: usize, data: &[u8]) -> Result<Self> {
        require!(
            accounts <= MAX_ACCOUNTS && data.len() <= MAX_DATA,
            GovernanceError::BadInstruction
        );
        let count = u8::try_from(accounts).map_err(|_| GovernanceError::BadInstruction)?;
        let size = accounts
            .saturating_mul(PER_ACCOUNT)
            .saturating_add(HEADER)
            .saturating_add(data.len());
        let mut bytes = Vec::with_capacity(size);
        bytes.extend_from_slice(DOMAIN);
        bytes.extend_from_slice(program.as_ref());
        bytes.push(count);
        Ok(Self(bytes))
    }

    fn account(&mut self, address: &Address, flags: u8) -> Result<()> {
        require!(
            flags & !(SIGNER | WRITABLE) == 0,
            GovernanceError::BadInstruction
        );
        self.0.extend_from_slice(address.as_ref());
        self.0.push(flags);
        Ok(())
    }

    fn finish(mut self, data: &[u8]) -> Self {
        self.0.extend_from_slice(data);
        self
    }
}

/// Return the account's entry in a call of the instruction.
pub fn named<'a>(account: &'a AccountView, flags: u8) -> InstructionAccount<'a> {
    InstructionAccount::new(
        account.address(),
        flags & WRITABLE != 0,
        flags & SIGNER != 0,
    )
}

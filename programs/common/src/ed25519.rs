//! Parser for the Ed25519 precompile's instruction data. It counts the known keys that signed one message.
//!
//! The precompile verifies every signature before a program runs, but over any bytes the entry points at. An
//! entry counts only if its signature, key and message lie in the same instruction and its key and message
//! are the expected ones.

/// Most keys in a list: 2 k - 1 oracles with k = 4. Each takes one bit in the mask of keys already seen.
pub const MAX_KEYS: usize = 7;
pub const MESSAGE_LEN: usize = 32;

/// Count of entries and a byte of padding.
const HEADER_LEN: usize = 2;
/// Seven u16: signature offset and instruction, key offset and instruction, message offset, size, instruction.
const ENTRY_LEN: usize = 14;
const SIGNATURE_LEN: usize = 64;
const KEY_LEN: usize = 32;
/// Instruction index that means "the instruction that holds this entry".
const SAME_INSTRUCTION: u16 = u16::MAX;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// An entry is truncated or points outside the data.
    Malformed,
    /// An entry points into another instruction, whose bytes this parser does not see.
    ForeignInstruction,
    WrongMessage,
    UnknownKey,
    DuplicateKey,
}

/// Return how many different `keys` signed exactly `message`. One bad entry refuses the whole instruction.
pub fn count_signers<K: AsRef<[u8]>>(
    data: &[u8],
    message: &[u8; MESSAGE_LEN],
    keys: &[K],
) -> Result<u8, Refusal> {
    let (&count, _) = data.split_first().ok_or(Refusal::Malformed)?;
    let entries_len = usize::from(count)
        .checked_mul(ENTRY_LEN)
        .ok_or(Refusal::Malformed)?;
    let entries = slice(data, HEADER_LEN, entries_len)?;
    let mut seen = 0u16;
    let mut signers = 0u8;
    for entry in entries.chunks_exact(ENTRY_LEN) {
        let bit = signer_bit(data, entry, message, keys)?;
        if seen & bit != 0 {
            return Err(Refusal::DuplicateKey);
        }
        seen |= bit;
        signers = signers.saturating_add(1);
    }
    Ok(signers)
}

fn signer_bit<K: AsRef<[u8]>>(
    data: &[u8],
    entry: &[u8],
    message: &[u8; MESSAGE_LEN],
    keys: &[K],
) -> Result<u16, Refusal> {
    let [s0, s1, si0, si1, k0, k1, ki0, ki1, m0, m1, ml0, ml1, mi0, mi1] = *entry else {
        return Err(Refusal::Malformed);
    };
    let instructions = [[si0, si1], [ki0, ki1], [mi0, mi1]];
    if instructions
        .iter()
        .any(|index| u16::from_le_bytes(*index) != SAME_INSTRUCTION)
    {
        return Err(Refusal::ForeignInstruction);
    }
    let offset = |low, high| usize::from(u16::from_le_bytes([low, high]));
    slice(data, offset(s0, s1), SIGNATURE_LEN)?;
    if slice(data, offset(m0, m1), offset(ml0, ml1))? != message {
        return Err(Refusal::WrongMessage);
    }
    let key = slice(data, offset(k0, k1), KEY_LEN)?;
    let position = keys
        .iter()
        .take(MAX_KEYS)
        .position(|known| known.as_ref() == key)
        .ok_or(Refusal::UnknownKey)?;
    u32::try_from(position)
        .ok()
        .and_then(|shift| 1u16.checked_shl(shift))
        .ok_or(Refusal::UnknownKey)
}

fn slice(data: &[u8], at: usize, len: usize) -> Result<&[u8], Refusal> {
    let end = at.checked_add(len).ok_or(Refusal::Malformed)?;
    data.get(at..end).ok_or(Refusal::Malformed)
}

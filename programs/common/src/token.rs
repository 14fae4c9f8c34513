//! Parser for the token program's accounts.

/// Size of a token account in bytes.
pub const ACCOUNT_LEN: usize = 165;
/// Offset of the amount, after the mint and the owner (32 bytes each).
const AMOUNT_AT: usize = 64;

/// Return a token account's balance, or `None` if the data is truncated.
pub fn amount(data: &[u8]) -> Option<u64> {
    let amount = data.get(AMOUNT_AT..)?.first_chunk::<8>()?;
    Some(u64::from_le_bytes(*amount))
}

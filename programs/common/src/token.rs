//! Reads the token program's accounts.

/// Bytes of a token account.
pub const ACCOUNT_LEN: usize = 165;
/// After the mint and the owner.
const AMOUNT_AT: usize = 64;

/// What a token account holds; `None` if the data is cut off.
pub fn amount(data: &[u8]) -> Option<u64> {
    let amount = data.get(AMOUNT_AT..)?.first_chunk::<8>()?;
    Some(u64::from_le_bytes(*amount))
}

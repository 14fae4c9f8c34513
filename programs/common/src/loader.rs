//! Parser for the upgradeable loader's ProgramData account, which holds a program's upgrade authority.

/// Layout: enum tag of `ProgramData` (u32), deployment slot (u64), optional authority.
const PROGRAM_DATA_TAG: u32 = 3;
const AUTHORITY_TAG_AT: usize = 12;
const AUTHORITY_AT: usize = 13;
const KEY_LEN: usize = 32;

/// Return the upgrade authority, or `None` if the data is not ProgramData or the program is immutable.
pub fn upgrade_authority(data: &[u8]) -> Option<&[u8]> {
    let tag = data.first_chunk::<4>()?;
    if u32::from_le_bytes(*tag) != PROGRAM_DATA_TAG || *data.get(AUTHORITY_TAG_AT)? != 1 {
        return None;
    }
    data.get(AUTHORITY_AT..)?.get(..KEY_LEN)
}

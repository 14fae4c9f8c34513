//! Reads the upgradeable loader's ProgramData account, which names who may replace a program.

/// Enum tag of `ProgramData` (u32), then the deployment slot (u64), then the optional authority.
const PROGRAM_DATA_TAG: u32 = 3;
const AUTHORITY_TAG_AT: usize = 12;
const AUTHORITY_AT: usize = 13;
const KEY_LEN: usize = 32;

/// The upgrade authority; `None` if the bytes are not ProgramData or the program is final.
pub fn upgrade_authority(data: &[u8]) -> Option<&[u8]> {
    let tag = data.first_chunk::<4>()?;
    if u32::from_le_bytes(*tag) != PROGRAM_DATA_TAG || *data.get(AUTHORITY_TAG_AT)? != 1 {
        return None;
    }
    data.get(AUTHORITY_AT..)?.get(..KEY_LEN)
}

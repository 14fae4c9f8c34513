//! Test program without a framework: it runs one operation on the numbers in its instruction data.
//!
//! Data: the operation (1 byte), then its operands, little-endian. Return data: the result, little-endian; an
//! operation that can overflow adds a last byte, 1 for overflow.
#![no_std]

use core::{panic::PanicInfo, slice};

/// Bytes before the instruction data without accounts: the number of accounts and the length of the data.
const HEADER: usize = 16;
const KEY: usize = 32;

extern "C" {
    fn sol_set_return_data(data: *const u8, length: u64);
    fn abort() -> !;
}

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    // SAFETY: a system call without arguments that ends the program.
    unsafe { abort() }
}

/// # Safety
/// The VM passes a pointer to its serialised input.
#[no_mangle]
pub unsafe extern "C" fn entrypoint(input: *const u8) -> u64 {
    // SAFETY: without accounts, the input is a zero count, the length of the data, and the data.
    let data = unsafe {
        let length = input.add(8).cast::<u64>().read_unaligned() as usize;
        slice::from_raw_parts(input.add(HEADER), length)
    };
    match run(data) {
        Some(()) => 0,
        None => 1,
    }
}

fn run(data: &[u8]) -> Option<()> {
    let (&operation, operands) = data.split_first()?;
    let (a, b) = (|| word(operands, 0), || word(operands, 1));
    let (wide_a, wide_b) = (|| wide(operands, 0), || wide(operands, 1));
    match operation {
        0 => flagged(u64::overflowing_mul(a()?, b()?), u64::to_le_bytes),
        1 => flagged(i64::overflowing_mul(a()? as i64, b()? as i64), i64::to_le_bytes),
        2 => give(&wide_a()?.wrapping_mul(wide_b()?).to_le_bytes()),
        3 => give(&wide_a()?.checked_div(wide_b()?)?.to_le_bytes()),
        4 => give(&wide_a()?.checked_rem(wide_b()?)?.to_le_bytes()),
        5 => give(&(a()? as i64).checked_div(b()? as i64)?.to_le_bytes()),
        6 => give(&(a()? as i64).checked_rem(b()? as i64)?.to_le_bytes()),
        7 => give(
            &seven(
                a()?,
                b()?,
                word(operands, 2)?,
                word(operands, 3)?,
                word(operands, 4)?,
                word(operands, 5)?,
                word(operands, 6)?,
            )
            .to_le_bytes(),
        ),
        8 => give(&in_order(a()?, b()?, word(operands, 2)?, word(operands, 3)?).bytes()),
        9 => copy_key(operands),
        10 => flagged(u128::overflowing_mul(wide_a()?, wide_b()?), u128::to_le_bytes),
        _ => return None,
    }
    Some(())
}

/// Takes more arguments than there are registers.
#[inline(never)]
fn seven(a: u64, b: u64, c: u64, d: u64, e: u64, f: u64, g: u64) -> u64 {
    [b, c, d, e, f, g].iter().fold(a, |sum, n| sum.rotate_left(7) ^ n)
}

struct Sorted {
    words: [u64; 4],
    swaps: u64,
}

impl Sorted {
    fn bytes(&self) -> [u8; 40] {
        let mut bytes = [0; 40];
        for (place, word) in bytes.chunks_exact_mut(8).zip(self.words.iter().chain([&self.swaps])) {
            place.copy_from_slice(&word.to_le_bytes());
        }
        bytes
    }
}

/// Returns more than one register.
#[inline(never)]
fn in_order(a: u64, b: u64, c: u64, d: u64) -> Sorted {
    let mut sorted = Sorted { words: [a, b, c, d], swaps: 0 };
    for last in (1..4).rev() {
        for i in 0..last {
            if sorted.words[i] > sorted.words[i + 1] {
                sorted.words.swap(i, i + 1);
                sorted.swaps += 1;
            }
        }
    }
    sorted
}

/// Return the key at the offset in the first byte. Its address may be unaligned.
fn copy_key(operands: &[u8]) {
    let key = operands.split_first().and_then(|(&at, rest)| rest.get(at as usize..)?.first_chunk::<KEY>());
    if let Some(key) = key {
        let copy: [u8; KEY] = *core::hint::black_box(key);
        give(&copy);
    }
}

fn word(operands: &[u8], index: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*operands.get(index * 8..)?.first_chunk()?))
}

fn wide(operands: &[u8], index: usize) -> Option<u128> {
    Some(u128::from_le_bytes(*operands.get(index * 16..)?.first_chunk()?))
}

fn flagged<T, const N: usize>((value, overflowed): (T, bool), bytes: fn(T) -> [u8; N]) {
    let mut result = [0; 17];
    result[..N].copy_from_slice(&bytes(value));
    result[N] = overflowed.into();
    give(&result[..=N]);
}

fn give(result: &[u8]) {
    // SAFETY: pointer and length are of one slice; the VM only reads it.
    unsafe { sol_set_return_data(result.as_ptr(), result.len() as u64) }
}

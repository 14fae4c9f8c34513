"""Edits that add the operating system `solana` to the standard library."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Edit:
    """Text that occurs exactly once in a file, and its replacement."""

    path: str
    old: str
    new: str


_ALLOCATOR = """\
    target_os = "zkvm" => {
        mod zkvm;
    }
"""

_ALLOCATOR_SOLANA = """\
    target_os = "solana" => {
        // A program brings its own allocator.
        #[stable(feature = "alloc_system_type", since = "1.28.0")]
        unsafe impl GlobalAlloc for System {
            #[inline]
            unsafe fn alloc(&self, _layout: Layout) -> *mut u8 {
                ptr::null_mut()
            }
            #[inline]
            unsafe fn dealloc(&self, _ptr: *mut u8, _layout: Layout) {}
        }
    }
"""

_PANIC_HANDLER = """\
#[cfg(not(any(test, doctest)))]
#[panic_handler]
pub fn panic_handler("""

# No hook and no counter: both need writable statics, which a program cannot have.
_PANIC_HANDLER_SOLANA = """\
#[cfg(all(not(any(test, doctest)), target_os = "solana"))]
#[panic_handler]
pub fn panic_handler(info: &core::panic::PanicInfo<'_>) -> ! {
    unsafe extern "Rust" {
        fn custom_panic(info: &core::panic::PanicInfo<'_>);
    }
    unsafe { custom_panic(info) };
    crate::sys::abort_internal()
}

#[cfg(not(any(test, doctest, target_os = "solana")))]
#[panic_handler]
pub fn panic_handler("""

_PANIC_COUNT = """\
    let must_abort = panic_count::increase(true);

    // Check if we need to abort"""

_ABORT = """\
pub fn abort_internal() -> ! {
    core::intrinsics::abort();
}"""

_ABORT_SOLANA = """\
#[cfg(target_os = "solana")]
pub fn abort_internal() -> ! {
    unsafe extern "C" {
        fn abort() -> !;
    }
    unsafe { abort() }
}

#[cfg(not(target_os = "solana"))]
pub fn abort_internal() -> ! {
    core::intrinsics::abort();
}"""

_ABORT_IF_SOLANA = """\
    if cfg!(target_os = "solana") {
        crate::sys::abort_internal();
    }
"""

_OOM = "pub fn rust_oom(layout: Layout) -> ! {\n"


def _also(path: str, before: str, after: str) -> Edit:
    """Add `solana` to a list of operating systems, between two of its lines."""
    indent = before[: len(before) - len(before.lstrip())]
    return Edit(path, f"{before}\n{after}", f'{before}\n{indent}target_os = "solana",\n{after}')


EDITS = (
    Edit(
        "std/src/sys/alloc/mod.rs",
        '    target_arch = "xtensa",\n)) {\n    8',
        '    target_arch = "xtensa",\n    target_arch = "bpf",\n)) {\n    8',
    ),
    Edit("std/src/sys/alloc/mod.rs", _ALLOCATOR, _ALLOCATOR + _ALLOCATOR_SOLANA),
    _also("std/src/sys/io/error/mod.rs", '        target_os = "zkvm",', ""),
    _also(
        "std/src/sys/thread_local/mod.rs", '        target_os = "zkvm",', '        target_os = "trusty",\n'
    ),
    _also(
        "std/src/sys/thread_local/mod.rs",
        '            target_os = "zkvm",',
        '            target_os = "trusty",\n',
    ),
    _also("std/src/sys/random/mod.rs", '        target_os = "vexos",', "    ) => {"),
    _also("std/src/sys/random/mod.rs", '    target_os = "vexos",', ")))]"),
    Edit("std/src/panicking.rs", _PANIC_HANDLER, _PANIC_HANDLER_SOLANA),
    Edit("std/src/panicking.rs", _PANIC_COUNT, _ABORT_IF_SOLANA + _PANIC_COUNT),
    Edit("std/src/sys/pal/unsupported/common.rs", _ABORT, _ABORT_SOLANA),
    Edit("std/src/alloc.rs", _OOM, _OOM + _ABORT_IF_SOLANA),
)

//! Safe wrapper of LLVM's C API: contexts and modules, freed on drop.

use std::{
    ffi::{CStr, CString},
    marker::PhantomData,
    ptr, slice,
};

use anyhow::{Result, bail, ensure};
pub use bpf_linker::llvm_sys::LLVMOpcode as Opcode;
use bpf_linker::llvm_sys::{
    bit_reader::LLVMParseBitcodeInContext2,
    bit_writer::LLVMWriteBitcodeToMemoryBuffer,
    core::{
        LLVMContextCreate, LLVMContextDispose, LLVMCreateMemoryBufferWithMemoryRange,
        LLVMDisposeMemoryBuffer, LLVMDisposeMessage, LLVMDisposeModule, LLVMGetBufferSize,
        LLVMGetBufferStart, LLVMGetDataLayoutStr, LLVMGetFirstFunction, LLVMGetNamedFunction,
        LLVMGetNextFunction, LLVMGetTarget, LLVMModuleCreateWithNameInContext, LLVMSetDataLayout,
        LLVMSetTarget,
    },
    ir_reader::LLVMParseIRInContext2,
    linker::LLVMLinkModules2,
    prelude::{LLVMContextRef, LLVMMemoryBufferRef, LLVMModuleRef},
};

mod values;

pub use values::{Function, Shape, Type};

/// LLVM context. Its modules cannot outlive it or link with modules of another context.
pub struct Context(LLVMContextRef);

/// A module of a context.
pub struct Module<'c> {
    raw: LLVMModuleRef,
    context: PhantomData<&'c Context>,
}

impl Context {
    pub fn new() -> Self {
        // SAFETY: takes nothing; disposed of once, in `drop`.
        Self(unsafe { LLVMContextCreate() })
    }

    pub fn empty_module(&self, name: &CStr) -> Module<'_> {
        // SAFETY: the context is alive and the name ends in a zero byte.
        Module::owning(unsafe { LLVMModuleCreateWithNameInContext(name.as_ptr(), self.0) })
    }

    pub fn read_bitcode(&self, name: &str, bitcode: &[u8]) -> Result<Module<'_>> {
        let mut module = ptr::null_mut();
        let buffer = Buffer::over(bitcode, false);
        // SAFETY: context and buffer are alive, and the module is only used when LLVM says it made one.
        let failed = unsafe { LLVMParseBitcodeInContext2(self.0, buffer.0, &raw mut module) };
        ensure!(failed == 0, "{name} is not bitcode of this LLVM version");
        Ok(Module::owning(module))
    }

    pub fn read_ir(&self, text: &str) -> Result<Module<'_>> {
        let text = CString::new(text)?;
        let (mut module, mut message) = (ptr::null_mut(), ptr::null_mut());
        let buffer = Buffer::over(text.as_bytes(), true);
        // SAFETY: as in `read_bitcode`; a zero byte follows the text, as the buffer was promised.
        let failed = unsafe { LLVMParseIRInContext2(self.0, buffer.0, &raw mut module, &raw mut message) };
        if failed == 0 {
            return Ok(Module::owning(module));
        }
        // SAFETY: on failure LLVM leaves a message that ends in a zero byte and is ours to free.
        let why = unsafe { CStr::from_ptr(message) }.to_string_lossy().into_owned();
        // SAFETY: freed once, and not used again.
        unsafe { LLVMDisposeMessage(message) };
        bail!(why)
    }
}

impl Drop for Context {
    fn drop(&mut self) {
        // SAFETY: modules borrow the context, so none is left.
        unsafe { LLVMContextDispose(self.0) }
    }
}

impl<'c> Module<'c> {
    fn owning(raw: LLVMModuleRef) -> Self {
        Self { raw, context: PhantomData }
    }

    /// Move the content of another module into this one.
    pub fn link(&mut self, other: Module<'c>) -> Result<()> {
        let other = std::mem::ManuallyDrop::new(other);
        // SAFETY: both are alive and of one context; the call frees `other`, whose `drop` is therefore off.
        let failed = unsafe { LLVMLinkModules2(self.raw, other.raw) };
        ensure!(failed == 0, "the module cannot be linked: a symbol is defined twice or with another type");
        Ok(())
    }

    pub fn take_target_of(&self, other: &Module<'c>) {
        // SAFETY: both are alive; LLVM copies the two strings.
        unsafe {
            LLVMSetTarget(self.raw, LLVMGetTarget(other.raw));
            LLVMSetDataLayout(self.raw, LLVMGetDataLayoutStr(other.raw));
        }
    }

    pub fn function(&self, name: &str) -> Option<Function<'_>> {
        let name = CString::new(name).ok()?;
        // SAFETY: the module is alive and the name ends in a zero byte.
        Function::of(unsafe { LLVMGetNamedFunction(self.raw, name.as_ptr()) })
    }

    pub fn functions(&self) -> Vec<Function<'_>> {
        // SAFETY: the module is alive.
        let first = Function::of(unsafe { LLVMGetFirstFunction(self.raw) });
        std::iter::successors(first, |function| {
            // SAFETY: a function of this module, which is alive.
            Function::of(unsafe { LLVMGetNextFunction(function.raw()) })
        })
        .collect()
    }

    pub fn to_bitcode(&self) -> Vec<u8> {
        // SAFETY: the module is alive; the buffer is ours and freed by `Buffer`.
        let buffer = Buffer(unsafe { LLVMWriteBitcodeToMemoryBuffer(self.raw) });
        // SAFETY: start and size of one buffer, which lives until the copy is made.
        unsafe {
            slice::from_raw_parts(LLVMGetBufferStart(buffer.0).cast(), LLVMGetBufferSize(buffer.0)).to_vec()
        }
    }

    #[cfg(test)]
    pub fn to_text(&self) -> String {
        use bpf_linker::llvm_sys::core::LLVMPrintModuleToString;
        // SAFETY: the module is alive; the text ends in a zero byte and is freed once.
        unsafe {
            let text = LLVMPrintModuleToString(self.raw);
            let copy = CStr::from_ptr(text).to_string_lossy().into_owned();
            LLVMDisposeMessage(text);
            copy
        }
    }
}

impl Drop for Module<'_> {
    fn drop(&mut self) {
        // SAFETY: alive, and not consumed by `link`, which takes the module by value.
        unsafe { LLVMDisposeModule(self.raw) }
    }
}

struct Buffer(LLVMMemoryBufferRef);

impl Buffer {
    /// Return a view that must not outlive the bytes. Each caller drops it before it returns.
    fn over(bytes: &[u8], zero_follows: bool) -> Self {
        // SAFETY: pointer and length are of one slice; LLVM does not write through the pointer.
        Self(unsafe {
            LLVMCreateMemoryBufferWithMemoryRange(
                bytes.as_ptr().cast(),
                bytes.len(),
                c"input".as_ptr(),
                zero_follows.into(),
            )
        })
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        // SAFETY: this value owns the buffer and frees it once.
        unsafe { LLVMDisposeMemoryBuffer(self.0) }
    }
}

//! Safe wrapper of the functions, instructions and types in an LLVM module.

use std::{marker::PhantomData, ptr, slice};

use bpf_linker::llvm_sys::{
    LLVMAttributeFunctionIndex, LLVMLinkage, LLVMTypeKind,
    core::{
        LLVMAddAttributeAtIndex, LLVMBuildCall2, LLVMCountParamTypes, LLVMCountParams,
        LLVMCountStructElementTypes, LLVMCreateBuilderInContext, LLVMCreateEnumAttribute, LLVMDisposeBuilder,
        LLVMGetArrayLength2, LLVMGetElementType, LLVMGetEnumAttributeKindForName, LLVMGetFirstBasicBlock,
        LLVMGetFirstInstruction, LLVMGetInstructionOpcode, LLVMGetIntTypeWidth, LLVMGetNextBasicBlock,
        LLVMGetNextInstruction, LLVMGetNumArgOperands, LLVMGetOperand, LLVMGetParamTypes, LLVMGetReturnType,
        LLVMGetTypeKind, LLVMGetValueName2, LLVMGlobalGetValueType, LLVMInstructionEraseFromParent,
        LLVMIsACallInst, LLVMIsDeclaration, LLVMIsFunctionVarArg, LLVMPositionBuilderBefore,
        LLVMRemoveCallSiteEnumAttribute, LLVMRemoveEnumAttributeAtIndex, LLVMReplaceAllUsesWith,
        LLVMSetLinkage, LLVMStructGetTypeAtIndex, LLVMTypeOf,
    },
    prelude::{LLVMTypeRef, LLVMValueRef},
};

use super::{Context, Opcode};

// Every value below borrows its module, so it is alive whenever one of its methods runs. SAFETY comments that
// say only "alive" refer to this.

#[derive(Clone, Copy)]
pub struct Function<'m>(LLVMValueRef, PhantomData<&'m ()>);

#[derive(Clone, Copy)]
pub struct Instruction<'m>(LLVMValueRef, PhantomData<&'m ()>);

#[derive(Clone, Copy)]
pub struct Type<'m>(LLVMTypeRef, PhantomData<&'m ()>);

/// Composition of a type, for counting registers.
pub enum Shape<'m> {
    Void,
    Integer(u64),
    Struct(Vec<Type<'m>>),
    Array(Type<'m>, u64),
    Scalar,
}

pub struct Signature<'m> {
    pub params: Vec<Type<'m>>,
    pub result: Type<'m>,
    pub variadic: bool,
}

impl<'m> Function<'m> {
    pub(super) fn of(raw: LLVMValueRef) -> Option<Self> {
        (!raw.is_null()).then_some(Self(raw, PhantomData))
    }

    pub(super) fn raw(self) -> LLVMValueRef {
        self.0
    }

    pub fn name(self) -> String {
        let mut length = 0;
        // SAFETY: alive; LLVM sets the length of the name it returns.
        let name =
            unsafe { slice::from_raw_parts(LLVMGetValueName2(self.0, &raw mut length).cast(), length) };
        String::from_utf8_lossy(name).into_owned()
    }

    pub fn is_declaration(self) -> bool {
        // SAFETY: alive.
        unsafe { LLVMIsDeclaration(self.0) != 0 }
    }

    pub fn signature(self) -> Signature<'m> {
        // SAFETY: alive; the array has as many places as the function type has parameters.
        unsafe {
            let function = LLVMGlobalGetValueType(self.0);
            let mut params = vec![ptr::null_mut(); LLVMCountParamTypes(function) as usize];
            LLVMGetParamTypes(function, params.as_mut_ptr());
            Signature {
                params: params.into_iter().map(Type::of).collect(),
                result: Type::of(LLVMGetReturnType(function)),
                variadic: LLVMIsFunctionVarArg(function) != 0,
            }
        }
    }

    pub fn instructions(self) -> Vec<Instruction<'m>> {
        let mut found = Vec::new();
        // SAFETY: alive; each walk ends at the null that LLVM returns after the last element.
        unsafe {
            let mut block = LLVMGetFirstBasicBlock(self.0);
            while !block.is_null() {
                let mut instruction = LLVMGetFirstInstruction(block);
                while !instruction.is_null() {
                    found.push(Instruction(instruction, PhantomData));
                    instruction = LLVMGetNextInstruction(instruction);
                }
                block = LLVMGetNextBasicBlock(block);
            }
        }
        found
    }

    pub fn add_attribute(self, context: &Context, name: &str) {
        // SAFETY: alive, and the attribute is of the function's context.
        unsafe {
            let attribute = LLVMCreateEnumAttribute(context.0, attribute_kind(name), 0);
            LLVMAddAttributeAtIndex(self.0, LLVMAttributeFunctionIndex, attribute);
        }
    }

    pub fn remove_attribute(self, name: &str) {
        // SAFETY: alive; removing an absent attribute does nothing.
        unsafe { LLVMRemoveEnumAttributeAtIndex(self.0, LLVMAttributeFunctionIndex, attribute_kind(name)) }
    }

    pub fn remove_parameter_attribute(self, name: &str) {
        // SAFETY: alive; attribute index 0 is the result, parameters count from 1.
        unsafe {
            for index in 1..=LLVMCountParams(self.0) {
                LLVMRemoveEnumAttributeAtIndex(self.0, index, attribute_kind(name));
            }
        }
    }

    pub fn make_internal(self) {
        // SAFETY: alive.
        unsafe { LLVMSetLinkage(self.0, LLVMLinkage::LLVMInternalLinkage) }
    }

    pub fn replace_uses_with(self, other: Function<'m>) {
        // SAFETY: both alive and of one module; LLVM checks that their types agree.
        unsafe { LLVMReplaceAllUsesWith(self.0, other.0) }
    }
}

impl<'m> Instruction<'m> {
    pub fn opcode(self) -> Opcode {
        // SAFETY: alive.
        unsafe { LLVMGetInstructionOpcode(self.0) }
    }

    /// Return the width of the result if it is an integer.
    pub fn integer_bits(self) -> Option<u64> {
        // SAFETY: alive.
        match Type::of(unsafe { LLVMTypeOf(self.0) }).shape() {
            Shape::Integer(bits) => Some(bits),
            _ => None,
        }
    }

    pub fn is_call(self) -> bool {
        // SAFETY: alive.
        unsafe { !LLVMIsACallInst(self.0).is_null() }
    }

    /// Remove an attribute of all arguments. Only for calls.
    pub fn remove_argument_attribute(self, name: &str) {
        // SAFETY: alive, and a call: the callers filter by `is_call`.
        unsafe {
            for index in 1..=LLVMGetNumArgOperands(self.0) {
                LLVMRemoveCallSiteEnumAttribute(self.0, index, attribute_kind(name));
            }
        }
    }

    /// Remove an attribute of this call, which may differ from the called function's. Only for calls.
    pub fn remove_call_attribute(self, name: &str) {
        // SAFETY: alive, and a call: the callers filter by `is_call`.
        unsafe { LLVMRemoveCallSiteEnumAttribute(self.0, LLVMAttributeFunctionIndex, attribute_kind(name)) }
    }

    /// Replace this instruction with a call of `function` on its two operands.
    pub fn replace_with_call(self, context: &Context, function: Function<'m>) {
        // SAFETY: alive and with two operands, since only binary operators are replaced; the function takes and
        // returns the operator's type; the builder is freed once.
        unsafe {
            let builder = LLVMCreateBuilderInContext(context.0);
            LLVMPositionBuilderBefore(builder, self.0);
            let mut operands = [LLVMGetOperand(self.0, 0), LLVMGetOperand(self.0, 1)];
            let call = LLVMBuildCall2(
                builder,
                LLVMGlobalGetValueType(function.0),
                function.0,
                operands.as_mut_ptr(),
                2,
                c"".as_ptr(),
            );
            LLVMReplaceAllUsesWith(self.0, call);
            LLVMInstructionEraseFromParent(self.0);
            LLVMDisposeBuilder(builder);
        }
    }
}

impl<'m> Type<'m> {
    fn of(raw: LLVMTypeRef) -> Self {
        Self(raw, PhantomData)
    }

    pub fn shape(self) -> Shape<'m> {
        // SAFETY: types live as long as their context; each call fits the kind that was just asked for.
        unsafe {
            match LLVMGetTypeKind(self.0) {
                LLVMTypeKind::LLVMVoidTypeKind => Shape::Void,
                LLVMTypeKind::LLVMIntegerTypeKind => Shape::Integer(LLVMGetIntTypeWidth(self.0).into()),
                LLVMTypeKind::LLVMStructTypeKind => Shape::Struct(
                    (0..LLVMCountStructElementTypes(self.0))
                        .map(|field| Self::of(LLVMStructGetTypeAtIndex(self.0, field)))
                        .collect(),
                ),
                LLVMTypeKind::LLVMArrayTypeKind => {
                    Shape::Array(Self::of(LLVMGetElementType(self.0)), LLVMGetArrayLength2(self.0))
                }
                _ => Shape::Scalar,
            }
        }
    }
}

fn attribute_kind(name: &str) -> u32 {
    // SAFETY: pointer and length are of one string.
    unsafe { LLVMGetEnumAttributeKindForName(name.as_ptr().cast(), name.len()) }
}

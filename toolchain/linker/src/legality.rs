//! Rules for functions that the BPF backend can call: five argument registers, one result register.

use std::{collections::BTreeMap, fmt};

use crate::llvm::{Function, Shape, Type};

/// The calling convention has registers r1 to r5 for arguments and r0 for the result.
const ARGUMENT_REGISTERS: u64 = 5;
const RESULT_REGISTERS: u64 = 1;
const REGISTER_BITS: u64 = 64;

/// Reason for which the backend refuses a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    ArgumentRegisters(u64),
    Result(u64),
    Variadic,
}

/// Functions that must be inlined, by name.
pub type Inlined = BTreeMap<String, Refusal>;

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ArgumentRegisters(n) => write!(f, "{n} argument registers"),
            Self::Result(n) => write!(f, "returns {n} registers"),
            Self::Variadic => f.write_str("variadic"),
        }
    }
}

pub fn refusal(function: Function<'_>) -> Option<Refusal> {
    let signature = function.signature();
    let arguments = signature.params.iter().map(registers).sum();
    let result = registers(&signature.result);
    if arguments > ARGUMENT_REGISTERS {
        Some(Refusal::ArgumentRegisters(arguments))
    } else if result > RESULT_REGISTERS || is_aggregate(&signature.result) {
        // The backend refuses every aggregate, even one of a single register.
        Some(Refusal::Result(result))
    } else {
        signature.variadic.then_some(Refusal::Variadic)
    }
}

/// Return the registers that a value takes when it is passed by value.
fn registers(t: &Type<'_>) -> u64 {
    match t.shape() {
        Shape::Void => 0,
        Shape::Integer(bits) => bits.div_ceil(REGISTER_BITS),
        Shape::Struct(fields) => fields.iter().map(registers).sum(),
        Shape::Array(element, length) => length.saturating_mul(registers(&element)),
        Shape::Scalar => 1,
    }
}

fn is_aggregate(t: &Type<'_>) -> bool {
    matches!(t.shape(), Shape::Struct(_) | Shape::Array(..))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::llvm::Context;

    fn refused(declaration: &str) -> Option<Refusal> {
        let context = Context::new();
        let module = context.read_ir(&format!("declare {declaration}")).unwrap();
        refusal(module.functions()[0])
    }

    #[test]
    fn five_registers_in_and_one_out_are_legal() {
        assert_eq!(refused("i64 @f(i64, i32, ptr, i8, i64)"), None);
        assert_eq!(refused("void @f(i128, i128, i1)"), None);
        assert_eq!(refused("void @f([2 x i64], {i64, i64})"), None);
    }

    #[test]
    fn a_sixth_register_is_refused() {
        assert_eq!(refused("void @f(i64, i64, i64, i64, i64, i8)"), Some(Refusal::ArgumentRegisters(6)));
        assert_eq!(refused("void @f(i128, i128, i128)"), Some(Refusal::ArgumentRegisters(6)));
        assert_eq!(refused("void @f([6 x i8])"), Some(Refusal::ArgumentRegisters(6)));
    }

    #[test]
    fn a_result_of_two_registers_is_refused() {
        assert_eq!(refused("i128 @f()"), Some(Refusal::Result(2)));
        assert_eq!(refused("{i64, i1} @f()"), Some(Refusal::Result(2)));
        assert_eq!(refused("{i64} @f()"), Some(Refusal::Result(1)));
    }

    #[test]
    fn a_variable_number_of_arguments_is_refused() {
        assert_eq!(refused("void @f(ptr, ...)"), Some(Refusal::Variadic));
    }
}

//! Rewrite of function attributes, so that the optimiser leaves only calls that the backend accepts.

use crate::{
    legality::{self, Inlined},
    llvm::{Context, Module},
};

/// Rewrite the attributes before the optimiser runs. Return the functions that it must inline.
pub fn legalise(context: &Context, module: &Module<'_>) -> Inlined {
    let mut inlined = Inlined::new();
    for function in module.functions() {
        if function.is_declaration() || function.name().starts_with("llvm.") {
            continue;
        }
        function.remove_attribute("noinline");
        function.remove_attribute("optnone");
        // The backend reads `sret` as an aggregate return, although the pointer is passed like any other.
        function.remove_parameter_attribute("sret");
        for call in function.instructions().into_iter().filter(|i| i.is_call()) {
            call.remove_argument_attribute("sret");
            // rustc repeats `#[inline(never)]` at the call, where it overrides `alwaysinline`.
            call.remove_call_attribute("noinline");
        }
        if let Some(why) = legality::refusal(function) {
            function.add_attribute(context, "alwaysinline");
            // Internal, so that no copy remains that the backend would refuse.
            function.make_internal();
            inlined.insert(function.name(), why);
        }
    }
    inlined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::legality::Refusal;

    fn legalised(text: &str) -> (String, Inlined) {
        let context = Context::new();
        let module = context.read_ir(text).unwrap();
        let inlined = legalise(&context, &module);
        (module.to_text(), inlined)
    }

    #[test]
    fn drops_what_keeps_a_function_from_being_inlined() {
        let (text, inlined) = legalised("define void @f() noinline optnone { ret void }");
        assert!(!text.contains("noinline") && !text.contains("optnone"), "{text}");
        assert!(inlined.is_empty() && !text.contains("alwaysinline"), "{text}");
    }

    #[test]
    fn drops_it_at_the_call_too() {
        let (text, _) = legalised("declare void @g() define void @f() { call void @g() noinline ret void }");
        assert!(!text.contains("noinline"), "{text}");
    }

    #[test]
    fn takes_result_pointers_for_plain_pointers() {
        let (text, inlined) = legalised(
            "define void @f(ptr sret([4 x i64]) %out) { ret void }
             define void @g(ptr %p) { call void @f(ptr sret([4 x i64]) %p) ret void }",
        );
        assert!(!text.contains("sret"), "{text}");
        assert!(inlined.is_empty(), "{inlined:?}");
    }

    #[test]
    fn inlines_what_cannot_be_called_and_nothing_else() {
        let (text, inlined) = legalised(
            "define i64 @six(i64 %a, i64 %b, i64 %c, i64 %d, i64 %e, i64 %f) { ret i64 %f }
             define { i64, i64 } @pair() { ret { i64, i64 } zeroinitializer }
             define i64 @five(i64 %a, i64 %b, i64 %c, i64 %d, i64 %e) { ret i64 %e }",
        );
        let expected = [("pair", Refusal::Result(2)), ("six", Refusal::ArgumentRegisters(6))];
        assert_eq!(inlined, expected.map(|(name, why)| (name.to_owned(), why)).into());
        assert!(text.contains("define internal i64 @six") && text.contains("define i64 @five"), "{text}");
    }
}

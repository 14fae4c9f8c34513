; Replacements of arithmetic that the BPF backend would compile to a library call with a two-register result.
; LLVM inlines every function here before it optimises the callers.

define hidden i128 @__sbf_wide64(i64 %x, i64 %y) #0 {
  %x0 = and i64 %x, 4294967295
  %x1 = lshr i64 %x, 32
  %y0 = and i64 %y, 4294967295
  %y1 = lshr i64 %y, 32
  %p00 = mul i64 %x0, %y0
  %p01 = mul i64 %x0, %y1
  %p10o = mul i64 %x1, %y0
  ; the empty asm stops LLVM 22 from turning these steps back into a 128-bit multiplication
  %p10 = call i64 asm "", "=r,0"(i64 %p10o)
  %p11 = mul i64 %x1, %y1
  %c0 = lshr i64 %p00, 32
  %m0 = add i64 %p10, %c0
  %m0l = and i64 %m0, 4294967295
  %m0h = lshr i64 %m0, 32
  %m1 = add i64 %p01, %m0l
  %m1h = lshr i64 %m1, 32
  %h0 = add i64 %p11, %m0h
  %hi = add i64 %h0, %m1h
  %lo = mul i64 %x, %y
  %zlo = zext i64 %lo to i128
  %zhi = zext i64 %hi to i128
  %s = shl i128 %zhi, 64
  %r = or i128 %s, %zlo
  ret i128 %r
}

define hidden i128 @__sbf_mul128(i128 %a, i128 %b) #0 {
  %a0 = trunc i128 %a to i64
  %b0 = trunc i128 %b to i64
  %as = lshr i128 %a, 64
  %bs = lshr i128 %b, 64
  %a1 = trunc i128 %as to i64
  %b1 = trunc i128 %bs to i64
  %w = call i128 @__sbf_wide64(i64 %a0, i64 %b0)
  %c = mul i64 %a0, %b1
  %d = mul i64 %a1, %b0
  %e = add i64 %c, %d
  %ez = zext i64 %e to i128
  %es = shl i128 %ez, 64
  %r = add i128 %w, %es
  ret i128 %r
}

define hidden { i64, i1 } @__sbf_umulo64(i64 %x, i64 %y) #0 {
  %w = call i128 @__sbf_wide64(i64 %x, i64 %y)
  %h = lshr i128 %w, 64
  %hi = trunc i128 %h to i64
  %lo = trunc i128 %w to i64
  %o = icmp ne i64 %hi, 0
  %r0 = insertvalue { i64, i1 } poison, i64 %lo, 0
  %r1 = insertvalue { i64, i1 } %r0, i1 %o, 1
  ret { i64, i1 } %r1
}

; 128-bit operands a1:a0 and b1:b0. It overflows when both high halves are set, when a cross product leaves
; 64 bits, or when adding the cross products to the high half of a0*b0 carries; one cross product is zero
; whenever the first case does not hold, so their sum cannot carry unseen.
define hidden { i128, i1 } @__sbf_umulo128(i128 %a, i128 %b) #0 {
  %a0 = trunc i128 %a to i64
  %b0 = trunc i128 %b to i64
  %as = lshr i128 %a, 64
  %bs = lshr i128 %b, 64
  %a1 = trunc i128 %as to i64
  %b1 = trunc i128 %bs to i64
  %a1set = icmp ne i64 %a1, 0
  %b1set = icmp ne i64 %b1, 0
  %both = and i1 %a1set, %b1set
  %c = call i128 @__sbf_wide64(i64 %a0, i64 %b1)
  %d = call i128 @__sbf_wide64(i64 %a1, i64 %b0)
  %cs = lshr i128 %c, 64
  %ds = lshr i128 %d, 64
  %crossh = or i128 %cs, %ds
  %crosso = icmp ne i128 %crossh, 0
  %c0 = trunc i128 %c to i64
  %d0 = trunc i128 %d to i64
  %cross = add i64 %c0, %d0
  %w = call i128 @__sbf_wide64(i64 %a0, i64 %b0)
  %ws = lshr i128 %w, 64
  %wh = trunc i128 %ws to i64
  %wl = trunc i128 %w to i64
  %hi = add i64 %wh, %cross
  %carry = icmp ult i64 %hi, %wh
  %o1 = or i1 %both, %crosso
  %o = or i1 %o1, %carry
  %hiz = zext i64 %hi to i128
  %his = shl i128 %hiz, 64
  %loz = zext i64 %wl to i128
  %r = or i128 %his, %loz
  %r0 = insertvalue { i128, i1 } poison, i128 %r, 0
  %r1 = insertvalue { i128, i1 } %r0, i1 %o, 1
  ret { i128, i1 } %r1
}

define hidden { i64, i1 } @__sbf_smulo64(i64 %x, i64 %y) #0 {
  %w = call i128 @__sbf_wide64(i64 %x, i64 %y)
  %hs = lshr i128 %w, 64
  %hu = trunc i128 %hs to i64
  %lo = trunc i128 %w to i64
  ; signed high half = unsigned high half - (x<0 ? y : 0) - (y<0 ? x : 0)
  %xm = ashr i64 %x, 63
  %ym = ashr i64 %y, 63
  %s1 = and i64 %xm, %y
  %s2 = and i64 %ym, %x
  %h1 = sub i64 %hu, %s1
  %h2 = sub i64 %h1, %s2
  %sign = ashr i64 %lo, 63
  %o = icmp ne i64 %h2, %sign
  %r0 = insertvalue { i64, i1 } poison, i64 %lo, 0
  %r1 = insertvalue { i64, i1 } %r0, i1 %o, 1
  ret { i64, i1 } %r1
}

; quotient and remainder, written to memory: five arguments, no result
define hidden void @__sbf_udivrem128(ptr %out, i64 %n0, i64 %n1, i64 %d0, i64 %d1) {
entry:
  %hi = or i64 %n1, %d1
  %small = icmp eq i64 %hi, 0
  br i1 %small, label %narrow, label %wide
narrow:
  %q = udiv i64 %n0, %d0
  %qm = mul i64 %q, %d0
  %rr = sub i64 %n0, %qm
  %qz = zext i64 %q to i128
  %rz = zext i64 %rr to i128
  store i128 %qz, ptr %out, align 8
  %o1 = getelementptr i8, ptr %out, i64 16
  store i128 %rz, ptr %o1, align 8
  ret void
wide:
  %z0 = zext i64 %n0 to i128
  %z1 = zext i64 %n1 to i128
  %z1s = shl i128 %z1, 64
  %n = or i128 %z0, %z1s
  %y0 = zext i64 %d0 to i128
  %y1 = zext i64 %d1 to i128
  %y1s = shl i128 %y1, 64
  %d = or i128 %y0, %y1s
  br label %loop
loop:
  %i = phi i64 [ 128, %wide ], [ %i2, %loop ]
  %quo = phi i128 [ %n, %wide ], [ %quo2, %loop ]
  %rem = phi i128 [ 0, %wide ], [ %rem2, %loop ]
  %top = lshr i128 %quo, 127
  %carry = lshr i128 %rem, 127
  %r1 = shl i128 %rem, 1
  %r2 = or i128 %r1, %top
  %q1 = shl i128 %quo, 1
  %ge = icmp uge i128 %r2, %d
  %c = icmp ne i128 %carry, 0
  %take = or i1 %ge, %c
  %sub = select i1 %take, i128 %d, i128 0
  %rem2 = sub i128 %r2, %sub
  %bit = zext i1 %take to i128
  %quo2 = or i128 %q1, %bit
  %i2 = add i64 %i, -1
  %done = icmp eq i64 %i2, 0
  br i1 %done, label %exit, label %loop
exit:
  store i128 %quo2, ptr %out, align 8
  %o2 = getelementptr i8, ptr %out, i64 16
  store i128 %rem2, ptr %o2, align 8
  ret void
}

define hidden i128 @__sbf_udiv128(i128 %a, i128 %b) #0 {
  %out = alloca [2 x i128], align 8
  %a0 = trunc i128 %a to i64
  %b0 = trunc i128 %b to i64
  %as = lshr i128 %a, 64
  %bs = lshr i128 %b, 64
  %a1 = trunc i128 %as to i64
  %b1 = trunc i128 %bs to i64
  call void @__sbf_udivrem128(ptr %out, i64 %a0, i64 %a1, i64 %b0, i64 %b1)
  %q = load i128, ptr %out, align 8
  ret i128 %q
}

define hidden i128 @__sbf_urem128(i128 %a, i128 %b) #0 {
  %out = alloca [2 x i128], align 8
  %a0 = trunc i128 %a to i64
  %b0 = trunc i128 %b to i64
  %as = lshr i128 %a, 64
  %bs = lshr i128 %b, 64
  %a1 = trunc i128 %as to i64
  %b1 = trunc i128 %bs to i64
  call void @__sbf_udivrem128(ptr %out, i64 %a0, i64 %a1, i64 %b0, i64 %b1)
  %p = getelementptr i8, ptr %out, i64 16
  %q = load i128, ptr %p, align 8
  ret i128 %q
}

define hidden i64 @__sbf_sdiv64(i64 %x, i64 %y) #0 {
  %xm = ashr i64 %x, 63
  %ym = ashr i64 %y, 63
  %x1 = xor i64 %x, %xm
  %xa = sub i64 %x1, %xm
  %y1 = xor i64 %y, %ym
  %ya = sub i64 %y1, %ym
  %q = udiv i64 %xa, %ya
  %s = xor i64 %xm, %ym
  %q1 = xor i64 %q, %s
  %r = sub i64 %q1, %s
  ret i64 %r
}

define hidden i64 @__sbf_srem64(i64 %x, i64 %y) #0 {
  %xm = ashr i64 %x, 63
  %x1 = xor i64 %x, %xm
  %xa = sub i64 %x1, %xm
  %ym = ashr i64 %y, 63
  %y1 = xor i64 %y, %ym
  %ya = sub i64 %y1, %ym
  %q = urem i64 %xa, %ya
  %q1 = xor i64 %q, %xm
  %r = sub i64 %q1, %xm
  ret i64 %r
}
attributes #0 = { alwaysinline nounwind }

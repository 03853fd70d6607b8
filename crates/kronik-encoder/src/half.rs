//! Half precision numbers, widened by hand: one function is no reason for a dependency.

/// The exact value of an IEEE 754 half precision number.
#[inline]
pub(crate) fn to_f32(bits: u16) -> f32 {
    let sign = u32::from(bits & 0x8000) << 16;
    let magnitude = u32::from(bits & 0x7fff);
    let wide = if magnitude >= 0x7c00 {
        // Infinite or not a number: the greatest exponent stays the greatest.
        0x7f80_0000 | (magnitude & 0x3ff) << 13
    } else if magnitude >= 0x400 {
        (magnitude << 13) + ((127 - 15) << 23)
    } else {
        // Subnormal (or zero): a whole number of 2⁻²⁴.
        (magnitude as f32 * 2f32.powi(-24)).to_bits()
    };
    f32::from_bits(sign | wide)
}

#[cfg(test)]
mod tests {
    use super::to_f32;

    #[test]
    fn half_precision_values_are_exact() {
        for (bits, value) in [
            (0x0000, 0.0),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_95),
            (0x7bff, 65_504.0),
            (0x0001, 5.960_464_5e-8),
            (0x03ff, 6.097_555e-5),
            (0x0400, 6.103_515_6e-5),
        ] {
            assert_eq!(to_f32(bits), value, "{bits:#x}");
        }
        assert!(to_f32(0x7c00).is_infinite());
        assert!(to_f32(0x7e00).is_nan());
        assert!(to_f32(0x8000).is_sign_negative());
    }
}

//! All kernels against the portable one, bit for bit, and that one against plain arithmetic.

use super::*;
use proptest::prelude::*;

fn paths() -> impl Iterator<Item = Path> {
    Kernel::ALL.into_iter().filter_map(Path::of)
}

fn bits(values: &[f32]) -> Vec<u32> {
    values.iter().map(|v| v.to_bits()).collect()
}

/// Runs `work` on every path and holds the results together.
fn check(work: impl Fn(Path) -> Vec<f32>) -> Vec<f32> {
    let expected = work(Path(Kernel::Portable));
    for path in paths() {
        assert_eq!(bits(&work(path)), bits(&expected), "{:?}", path.kernel());
    }
    expected
}

/// Floats of a size that a net sees, from bytes.
fn floats(bytes: &[i8], from: usize, count: usize) -> Vec<f32> {
    let at = |i: usize| f32::from(bytes[(from + i * 7) % bytes.len()]) + (i % 13) as f32 / 13.0;
    (0..count).map(|i| at(i) / 19.0).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn products_of_8_bit_numbers_are_exact(
        bytes in prop::collection::vec(-127i8..=127, 1..300),
        rows in 0usize..20,
        outputs in 1usize..70,
        quads in 1usize..30,
    ) {
        let inputs = 4 * quads;
        let number = |i: usize| bytes[i * 31 % bytes.len()];
        let raw: Vec<u8> = (0..outputs * inputs).map(|i| number(i + 5) as u8).collect();
        let mut input = Rows { width: inputs, ..Rows::default() };
        for row in 0..rows {
            let numbers: Vec<i8> = (0..inputs).map(|i| number(i + 3 * row)).collect();
            input.sums.push(numbers.iter().map(|&x| i32::from(x)).sum());
            input.numbers.extend(numbers);
            input.scales.push(1.0);
        }
        let found = check(|path| {
            let weights = path.pack(&raw, inputs, vec![1.0; outputs], vec![0.0; outputs]);
            let mut out = vec![0.0; rows * outputs];
            path.multiply(&weights, &input, 0, &mut out);
            out
        });
        for row in 0..rows {
            for output in 0..outputs {
                let terms = (0..inputs).map(|i| {
                    let weight = i32::from(raw[output * inputs + i] as i8);
                    weight * i32::from(input.numbers[row * inputs + i])
                });
                prop_assert_eq!(found[row * outputs + output], terms.sum::<i32>() as f32);
            }
        }
    }

    #[test]
    fn float_loops_do_not_depend_on_the_path(
        bytes in prop::collection::vec(any::<i8>(), 1..200),
        rows in 1usize..9,
        width in 1usize..80,
    ) {
        let values = floats(&bytes, 0, rows * width);
        let (weight, bias) = (floats(&bytes, 1, width), floats(&bytes, 2, width));
        check(|path| {
            let mut out = values.clone();
            path.normalise(&mut out, &weight, &bias, 1e-12);
            path.activate(&mut out);
            path.add(&mut out, &values);
            let mut dots = vec![0.0; rows];
            path.row_dots(&out, &values, width, &mut dots);
            out.extend(dots);
            out
        });
        check(|path| {
            let mut numbers = Rows::default();
            path.quantise(&values, width, &mut numbers);
            let whole = numbers.numbers.iter().map(|&n| f32::from(n));
            let sums = numbers.sums.iter().map(|&n| n as f32);
            whole.chain(sums).chain(numbers.scales.iter().copied()).collect()
        });
    }

    #[test]
    fn attention_and_products_do_not_depend_on_the_path(
        bytes in prop::collection::vec(any::<i8>(), 1..200),
        length in 1usize..40,
        heads in 1usize..3,
    ) {
        let heads = Heads { count: heads, size: 16 * heads };
        let width = heads.count * heads.size;
        let qkv = floats(&bytes, 0, length * 3 * width);
        let mixed = check(|path| {
            let mut out = vec![0.0; length * width];
            path.attend(&qkv, heads, &mut Vec::new(), &mut out);
            out
        });
        // A weighted mean of the values lies between them.
        for (i, x) in mixed.iter().enumerate() {
            let column = i % width + 2 * width;
            let values = qkv.iter().skip(column).step_by(3 * width);
            let top = values.fold(0f32, |top, v| top.max(v.abs()));
            prop_assert!(x.abs() <= top * 1.0001);
        }
    }
}

#[test]
fn the_greatest_sums_do_not_overflow() {
    let inputs = 1536;
    for (weight, x) in [(127i8, 127i8), (-127, 127), (127, -127), (-127, -127)] {
        let input = Rows {
            width: inputs,
            numbers: vec![x; inputs],
            scales: vec![1.0],
            sums: vec![i32::from(x) * inputs as i32],
        };
        let expected = f32::from(weight) * f32::from(x) * inputs as f32;
        for path in paths() {
            let raw = vec![weight as u8; 17 * inputs];
            let weights = path.pack(&raw, inputs, vec![1.0; 17], vec![0.0; 17]);
            let mut out = vec![0.0; 17];
            path.multiply(&weights, &input, 0, &mut out);
            assert_eq!(out, [expected; 17], "{:?} {weight} {x}", path.kernel());
        }
    }
}

#[test]
fn numbers_that_are_none_pass_without_a_panic() {
    let values = [
        f32::NAN,
        f32::INFINITY,
        f32::NEG_INFINITY,
        f32::MAX,
        1e-45,
        0.0,
    ];
    for first in values {
        let row: Vec<f32> = (0..48)
            .map(|i| if i == 5 { first } else { values[i % 6] })
            .collect();
        for path in paths() {
            let mut numbers = Rows::default();
            path.quantise(&row, 48, &mut numbers);
            assert!(numbers.numbers.iter().all(|&n| n != i8::MIN));
            let mut out = vec![0.0; 16];
            path.attend(
                &row,
                Heads { count: 1, size: 16 },
                &mut Vec::new(),
                &mut out,
            );
        }
    }
}

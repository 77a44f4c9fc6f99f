use super::*;

fn kernels() -> impl Iterator<Item = Engine> {
    [Kernel::Portable, Kernel::Avx2, Kernel::Avx512].into_iter().filter_map(|kernel| kernel.checked().ok())
}

/// Repeatable numbers between -1 and 1.
fn noise(len: usize, seed: u32) -> Vec<f32> {
    let mut state = seed.wrapping_mul(2_654_435_761).max(1);
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as f32 / u32::MAX as f32 * 2.0 - 1.0
    };
    (0..len).map(|_| next()).collect()
}

fn close(a: f32, b: f32) -> bool {
    (a - b).abs() <= 1e-4 * (1.0 + b.abs())
}

#[test]
fn affine_is_a_matrix_product() {
    for engine in kernels() {
        for (n_in, n_out, n_rows) in [(64, 106, 1), (96, 50, 3), (64, 74, 13), (5, 1, 2)] {
            let (w, b, x) = (noise(n_in * n_out, 1), noise(n_out, 2), noise(n_in * n_rows, 3));
            let layer = engine.linear(n_in, &w, &b);
            let mut out = vec![0.0; n_rows * layer.stride()];
            engine.affine(&layer, &x, n_in, n_rows, &mut out);
            for row in 0..n_rows {
                for o in 0..n_out {
                    let want: f32 = b[o] + (0..n_in).map(|i| w[o * n_in + i] * x[row * n_in + i]).sum::<f32>();
                    assert!(close(out[row * layer.stride() + o], want), "{engine:?} {n_in} {n_out} {row} {o}");
                }
            }
        }
    }
}

#[test]
fn maxout_of_overlapping_rows_keeps_the_largest_piece() {
    let (n_in, n_rows) = (3 * WIDTH, 11);
    let (w, b) = (noise(WIDTH * PIECES * n_in, 4), noise(WIDTH * PIECES, 5));
    let x = noise((n_rows + 2) * WIDTH, 6);
    for engine in kernels() {
        let layer = engine.maxout(n_in, &w, &b);
        let mut out = vec![0.0; n_rows * WIDTH];
        engine.maxout_rows(&layer, &x, WIDTH, n_rows, &mut out);
        for row in 0..n_rows {
            for o in 0..WIDTH {
                let piece = |p: usize| -> f32 {
                    let at = o * PIECES + p;
                    b[at] + (0..n_in).map(|i| w[at * n_in + i] * x[row * WIDTH + i]).sum::<f32>()
                };
                assert!(close(out[row * WIDTH + o], piece(0).max(piece(1)).max(piece(2))), "{engine:?} {row} {o}");
            }
        }
    }
}

#[test]
fn a_row_has_the_same_bits_however_many_rows_go_with_it() {
    let (w, b, x) = (noise(WIDTH * PIECES * WIDTH, 7), noise(WIDTH * PIECES, 8), noise(9 * WIDTH, 9));
    for engine in kernels() {
        let layer = engine.maxout(WIDTH, &w, &b);
        let mut together = vec![0.0; 9 * layer.stride()];
        engine.affine(&layer, &x, WIDTH, 9, &mut together);
        for row in 0..9 {
            let mut alone = vec![0.0; layer.stride()];
            engine.affine(&layer, &x[row * WIDTH..], WIDTH, 1, &mut alone);
            assert_eq!(alone, together[row * layer.stride()..(row + 1) * layer.stride()], "{engine:?} {row}");
        }
    }
}

#[test]
fn small_routines_agree_between_kernels() {
    let norm = Norm { gain: noise(WIDTH, 10), bias: noise(WIDTH, 11) };
    let (y, residual) = (noise(2 * WIDTH, 12), noise(2 * WIDTH, 13));
    let (bias, feature) = (noise(2 * HIDDEN, 14), noise(2 * HIDDEN, 15));
    let mut seen = Vec::new();
    for engine in kernels() {
        let mut out = vec![0.0; 2 * WIDTH];
        engine.norm_rows(&norm, &y, Some(&residual), &mut out);
        let mut hidden = [0.0; HIDDEN];
        engine.hidden(&bias, &[&feature, &feature], &mut hidden);
        seen.push((out, hidden));
    }
    assert!(seen.iter().all(|it| *it == seen[0]));
}

#[test]
fn integer_layers_are_close_to_exact_ones_and_equal_in_every_kernel() {
    use super::int16::Int16Rows;
    let (n_in, n_rows) = (3 * WIDTH, 11);
    let (w, b) = (noise(WIDTH * PIECES * n_in, 21), noise(WIDTH * PIECES, 22));
    for magnitude in [0.0, 1e-20, 0.01, 1.0, 40.0, 1e9] {
        let x: Vec<f32> = noise((n_rows + 2) * WIDTH, 23).iter().map(|it| it * magnitude).collect();
        let mut seen: Vec<Vec<f32>> = Vec::new();
        for engine in kernels() {
            let layer = engine.maxout(n_in, &w, &b);
            let mut exact = vec![0.0; n_rows * WIDTH];
            engine.maxout_rows(&layer, &x, WIDTH, n_rows, &mut exact);
            let layer = engine.maxout_int16(&w, &b);
            let (mut out, mut rows) = (vec![0.0; n_rows * WIDTH], Int16Rows::default());
            engine.maxout_rows_int16(&layer, &x, &mut rows, &mut out);
            for (have, want) in out.iter().zip(&exact) {
                assert!((have - want).abs() <= 1e-2 * (1.0 + magnitude), "{engine:?} {magnitude} {have} {want}");
            }
            for n_rows in 0..n_rows {
                let mut fewer = vec![0.0; n_rows * WIDTH];
                engine.sum_int16(&layer, &rows, &mut fewer);
                assert_eq!(fewer, out[..n_rows * WIDTH], "{engine:?}");
            }
            seen.push(out);
        }
        assert!(seen.iter().all(|it| *it == seen[0]), "{magnitude}");
    }
}

#[test]
fn integer_sums_cannot_overflow() {
    use super::int16::Int16Rows;
    // The worst case: all weights and all values at their largest, with the same sign.
    let (w, b) = (vec![0.7; WIDTH * PIECES * 3 * WIDTH], vec![0.0; WIDTH * PIECES]);
    let x = vec![3.1; 3 * WIDTH];
    for engine in kernels() {
        let layer = engine.maxout_int16(&w, &b);
        let (mut out, mut rows) = (vec![0.0; WIDTH], Int16Rows::default());
        engine.maxout_rows_int16(&layer, &x, &mut rows, &mut out);
        let sum = rows.values[..3 * WIDTH].iter().map(|&it| i64::from(it) * 8191).sum::<i64>();
        assert!(sum < 1 << 31 && sum > (1 << 31) / 10 * 9, "{engine:?} {sum}");
        assert!(out.iter().all(|it| (it / (0.7 * 3.1 * 288.0) - 1.0).abs() < 1e-3), "{engine:?} {out:?}");
    }
}

#[test]
fn numbers_that_are_none_do_no_harm_in_integer_layers() {
    use super::int16::Int16Rows;
    let (mut w, b) = (noise(WIDTH * PIECES * 3 * WIDTH, 24), noise(WIDTH * PIECES, 25));
    let mut x = noise(5 * WIDTH, 26);
    (w[7], w[3_000], x[9], x[200]) = (f32::NAN, f32::INFINITY, f32::NAN, f32::NEG_INFINITY);
    for engine in kernels() {
        let layer = engine.maxout_int16(&w, &b);
        let mut out = vec![0.0; 3 * WIDTH];
        engine.maxout_rows_int16(&layer, &x, &mut Int16Rows::default(), &mut out);
    }
}

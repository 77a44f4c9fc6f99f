//! Learned tables: a weight for each feature, and how likely their sum makes it (logistic regression).

/// The weights of a table, lines of name and weight, in the order of the names; 0 for a name without a line.
pub(crate) fn weights<'a, const N: usize>(lines: impl Iterator<Item = &'a str>, names: &[&str; N]) -> [f64; N] {
    let mut found = [0.0; N];
    for line in lines.filter(|it| !it.starts_with('#')) {
        let Some((name, weight)) = line.split_once('\t') else { continue };
        if let Some(ix) = names.iter().position(|it| *it == name) {
            found[ix] = weight.trim().parse().unwrap_or(0.0);
        }
    }
    found
}

/// How likely features are by their weights, 0 to 1.
pub(crate) fn likely<const N: usize>(features: &[f64; N], weights: &[f64; N]) -> f64 {
    let odds: f64 = features.iter().zip(weights).map(|(value, weight)| value * weight).sum();
    1.0 / (1.0 + (-odds).exp())
}

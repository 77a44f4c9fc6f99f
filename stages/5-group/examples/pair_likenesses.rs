//! Prints the likenesses of all pairs that grouping looks at, for training its weights: `A B same likeness…`, tab-separated.
//! `cargo run --release -p rapporteur-group --example pair_likenesses -- ROWS.jsonl`
// An example is a small program: it may read files and print.
#![allow(clippy::disallowed_methods, clippy::print_stdout)]

mod rows;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("which rows?")?;
    let (reports, clusters): (Vec<_>, Vec<_>) =
        rows::load(&path)?.into_iter().map(|it| (it.report, it.cluster)).unzip();
    let (names, pairs) = rapporteur_group::pair_likenesses(&reports);
    println!("a\tb\tsame\t{}", names.join("\t"));
    for (one, other, values) in pairs {
        let values: Vec<String> = values.iter().map(|it| format!("{it:.5}")).collect();
        println!(
            "{}\t{}\t{}\t{}",
            reports[one].id(),
            reports[other].id(),
            u8::from(clusters[one] == clusters[other]),
            values.join("\t")
        );
    }
    Ok(())
}

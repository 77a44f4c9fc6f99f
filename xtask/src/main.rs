//! Chores, as `cargo xtask NAME`. The same commands at home and on a build machine.

// A program for the terminal: it prints, and its status is its answer.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::exit)]

mod bench;
mod ci;
mod eval;
mod fuzz;
mod language;
mod peers;
mod run;
mod test;
mod tidy;

/// What a chore answers: nothing, or why it failed.
type Outcome = Result<(), String>;

/// One chore. The help text is made from the table.
struct Chore {
    name: &'static str,
    arguments: &'static str,
    help: &'static str,
    run: fn(&[String]) -> Outcome,
}

const CHORES: &[Chore] = &[
    Chore {
        name: "test",
        arguments: "",
        help: "all that must be green: house rules, every test, doc examples, the page in a browser when one is installed",
        run: test::run,
    },
    Chore {
        name: "ci",
        arguments: "",
        help: "test, and besides: formatting, lints, licences, floors when the evaluation folder is there, bench smoke",
        run: ci::run,
    },
    Chore { name: "tidy", arguments: "", help: "the house rules alone, with file and line", run: tidy::run },
    Chore {
        name: "eval",
        arguments: "[TASK…] [--verbose] [--pin [--allow-regression]] [--write] [--peers]",
        help: "scores on the evaluation folder (RAPPORTEUR_EVAL, else ../shared): ours, floor, peer; --peers runs other programs over the same pages; `eval language` compares with spaCy",
        run: eval::run,
    },
    Chore {
        name: "train",
        arguments: "TABLE [--write]",
        help: "learns a table from the evaluation folder and prints the scores of held-out folds; tables: page-lines",
        run: eval::train,
    },
    Chore {
        name: "bench",
        arguments: "[WORKLOAD…] [--smoke]",
        help: "speed against peers; --smoke checks that outputs are equal and measures nothing",
        run: bench::run,
    },
    Chore {
        name: "fuzz",
        arguments: "[--minutes N] [--from NUMBER] [--only NUMBER] [--giants BYTES]",
        help: "hostile input for stages 1 and 2: mutated reports for N minutes (1), or one thing many times over; findings go to target/fuzz",
        run: fuzz::run,
    },
    Chore {
        name: "peers",
        arguments: "[NAME…]",
        help: "installs the Python programs we compare with into target/venv",
        run: peers::run,
    },
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = arguments.split_first() else {
        print_help();
        std::process::exit(2);
    };
    let Some(chore) = CHORES.iter().find(|chore| chore.name == name) else {
        if !matches!(name.as_str(), "help" | "--help" | "-h") {
            eprintln!("error: no chore is called {name:?}");
        }
        print_help();
        std::process::exit(2);
    };
    if let Err(why) = (chore.run)(rest) {
        eprintln!("\nxtask {name}: {why}");
        std::process::exit(1);
    }
}

fn print_help() {
    println!("usage: cargo xtask CHORE\n");
    for chore in CHORES {
        println!("  {} {}\n      {}", chore.name, chore.arguments, chore.help);
    }
}

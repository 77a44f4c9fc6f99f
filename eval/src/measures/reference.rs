//! Our measures against the reference scorer, on gold and predictions made at random. Left out where there is no Python or
//! no evaluation folder.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::{GoldFigure, Scores, body, figures, quotes, stories, times};
use crate::Points;
use crate::predictions::{Figure, Quote, Time};

/// Numbers that look random and are the same on every run (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n
    }

    fn of<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    fn span(&mut self) -> Points {
        let start = self.below(40);
        (start, start + self.below(9))
    }

    fn spans(&mut self) -> Vec<Points> {
        (0..self.below(3)).map(|_| self.span()).collect()
    }
}

/// Scores by the reference, flat: `joint.F1`.
fn reference(scorer: &Path, task: &str, gold: &[Value], predicted: &[Value]) -> Option<Scores> {
    let folder = std::env::temp_dir().join(format!("rapporteur-measures-{}-{task}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, rows: &[Value]| {
        let mut text = String::new();
        for row in rows {
            writeln!(text, "{row}").unwrap();
        }
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let (gold, predicted) = (write("gold.jsonl", gold), write("predicted.jsonl", predicted));
    let done = Command::new("python3").arg(scorer).arg(task).arg(gold).arg(predicted).output().ok()?;
    let _ = std::fs::remove_dir_all(&folder);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let mut scores = Scores::default();
    flatten("", &serde_json::from_slice(&done.stdout).unwrap(), &mut scores);
    Some(scores)
}

fn flatten(prefix: &str, value: &Value, into: &mut Scores) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let name = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
                flatten(&name, value, into);
            }
        }
        _ => into.0.push((prefix.to_owned(), value.as_f64().unwrap())),
    }
}

/// The reference scorer, when it can be run.
fn scorer() -> Option<PathBuf> {
    let scorer = crate::corpora::folder().map(|it| it.join("eval/score.py")).filter(|it| it.is_file());
    let python = Command::new("python3").arg("--version").output().is_ok_and(|it| it.status.success());
    if scorer.is_none() || !python {
        eprintln!("left out: no reference scorer (RAPPORTEUR_EVAL) or no python3");
        return None;
    }
    scorer
}

const ROUNDS: u64 = 6;

#[test]
fn quotes_agree_with_the_reference() {
    let Some(scorer) = scorer() else { return };
    for round in 1..=ROUNDS {
        let mut dice = Dice(round * 7919);
        let mut quote = || Quote { source: dice.spans(), cue: dice.spans(), content: dice.spans(), ..Quote::default() };
        let mut documents =
            |n: usize| -> Vec<Vec<Quote>> { (0..6).map(|_| (0..n).map(|_| quote()).collect()).collect() };
        let (gold, mut predicted) = (documents(4), documents(5));
        // Some right ones, or joint would mostly be zero.
        predicted[0] = gold[0].clone();
        predicted[1].splice(1..3, gold[1].iter().take(2).cloned());
        let rows = |documents: &[Vec<Quote>]| -> Vec<Value> {
            let one = |it: &Quote| json!({"source": it.source, "cue": it.cue, "content": it.content});
            let quotes = |it: &Vec<Quote>| it.iter().map(one).collect::<Vec<Value>>();
            documents.iter().enumerate().map(|(ix, it)| json!({"id": format!("d{ix}"), "quotes": quotes(it)})).collect()
        };
        let wanted = reference(&scorer, "quotes", &rows(&gold), &rows(&predicted)).unwrap();
        assert_eq!(quotes(&gold, &predicted).0, wanted, "round {round}");
    }
}

#[test]
fn times_agree_with_the_reference() {
    let Some(scorer) = scorer() else { return };
    for round in 1..=ROUNDS {
        let mut dice = Dice(round * 104_729);
        let mut documents = |n: usize| -> Vec<Vec<Time>> {
            let mut time = || Time {
                at: dice.span(),
                kind: dice.of(&["DATE", "TIME", "SET"]).to_owned(),
                value: dice.of(&[Some("2031"), Some("P1W"), None]).map(str::to_owned),
            };
            (0..7).map(|_| (0..n).map(|_| time()).collect()).collect()
        };
        let (gold, predicted) = (documents(6), documents(5));
        let rows = |documents: &[Vec<Time>], name: &str| -> Vec<Value> {
            let one = |it: &Time| json!({"start": it.at.0, "end": it.at.1, "type": it.kind, "value": it.value});
            let list = |it: &Vec<Time>| it.iter().map(one).collect::<Vec<Value>>();
            documents.iter().enumerate().map(|(ix, it)| json!({"id": format!("d{ix}"), name: list(it)})).collect()
        };
        let wanted = reference(&scorer, "times", &rows(&gold, "timex"), &rows(&predicted, "times")).unwrap();
        assert_eq!(times(&gold, &predicted).0, wanted, "round {round}");
    }
}

#[test]
fn stories_agree_with_the_reference() {
    let Some(scorer) = scorer() else { return };
    for round in 1..=ROUNDS {
        let mut dice = Dice(round * 1_299_709);
        let gold: Vec<String> = (0..40).map(|_| dice.of(&["a", "b", "c", "d", "e"]).to_owned()).collect();
        let predicted: Vec<Option<String>> =
            (0..40).map(|_| dice.of(&[Some("x"), Some("y"), Some("z"), None]).map(str::to_owned)).collect();
        let gold_rows: Vec<Value> =
            gold.iter().enumerate().map(|(ix, it)| json!({"id": format!("r{ix}"), "cluster": it})).collect();
        let labelled = predicted.iter().enumerate().filter_map(|(ix, it)| Some((ix, it.as_ref()?)));
        let rows: Vec<Value> = labelled.map(|(ix, it)| json!({"id": format!("r{ix}"), "story": it})).collect();
        let wanted = reference(&scorer, "stories", &gold_rows, &rows).unwrap();
        assert_eq!(stories(&gold, &predicted), wanted, "round {round}");
    }
}

#[test]
fn body_agrees_with_the_reference() {
    let Some(scorer) = scorer() else { return };
    let words = [
        "the", "Ferry", "is", "3.5", "à", "e\u{301}t", "क\u{94d}ष", "日本", "x_y", "—", "\n", "½", "don’t", "Ⅻ",
        "\u{200d}", "",
    ];
    for round in 1..=ROUNDS {
        let mut dice = Dice(round * 15_485_863);
        let mut texts = || -> Vec<String> {
            let mut text = |n: usize| (0..n).map(|_| dice.of(&words)).collect::<Vec<&str>>().join(" ");
            [0, 1, 3, 4, 5, 9, 30, 80].iter().map(|n| text(*n)).collect()
        };
        let (gold, mut predicted) = (texts(), texts());
        predicted[7] = format!("{} {}", &gold[7], &predicted[6]);
        predicted[4].clone_from(&gold[4]);
        let rows = |texts: &[String]| -> Vec<Value> {
            texts.iter().enumerate().map(|(ix, it)| json!({"id": format!("p{ix}"), "body": it})).collect()
        };
        let wanted = reference(&scorer, "body", &rows(&gold), &rows(&predicted)).unwrap();
        assert_eq!(body(&gold, &predicted).0, wanted, "round {round}");
    }
}

#[test]
fn figures_agree_with_the_reference() {
    let Some(scorer) = scorer() else { return };
    let values = ["5", "5.0", "1,000", "2-3", "2 to 3", "-4", "dozens", "1e3", "", "7.1234567"];
    let numbers = [Some(5.0), Some(1000.0), Some(2.0), Some(-4.0), None, Some(7.123_456_7)];
    let units = ["-", "", "euro", "euros", "Euro", "km/h", "square kilometre", "%", "Å s"];
    for round in 1..=ROUNDS {
        let mut dice = Dice(round * 32_452_843);
        let mut gold: Vec<Vec<GoldFigure>> = Vec::new();
        let mut predicted: Vec<Vec<Figure>> = Vec::new();
        for _ in 0..30 {
            let changes = ["=", "~", "<", ">", "up", "down"];
            gold.push(
                (0..dice.below(4))
                    .map(|_| GoldFigure {
                        value: dice.of(&values).to_owned(),
                        normalized_unit: dice.of(&units).to_owned(),
                        change: dice.of(&changes).to_owned(),
                    })
                    .collect(),
            );
            predicted.push(
                (0..dice.below(5))
                    .map(|_| Figure {
                        value: dice.of(&numbers),
                        value_max: dice.of(&[None, None, Some(3.0)]),
                        normalized_unit: dice.of(&units).to_owned(),
                        change: dice.of(&changes).to_owned(),
                        ..Figure::default()
                    })
                    .collect(),
            );
        }
        let gold_row =
            |it: &GoldFigure| json!({"value": it.value, "normalized_unit": it.normalized_unit, "change": it.change});
        let row = |it: &Figure| json!({"value": it.value, "value_max": it.value_max, "normalized_unit": it.normalized_unit, "change": it.change});
        let gold_rows: Vec<Value> = gold
            .iter()
            .map(|it| json!({"text": "", "quantities": it.iter().map(gold_row).collect::<Vec<Value>>()}))
            .collect();
        let rows: Vec<Value> =
            predicted.iter().map(|it| json!({"figures": it.iter().map(row).collect::<Vec<Value>>()})).collect();
        let wanted = reference(&scorer, "figures", &gold_rows, &rows).unwrap();
        assert_eq!(figures(&gold, &predicted).0, wanted, "round {round}");
    }
}

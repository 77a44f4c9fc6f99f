//! `rapporteur-eval train page-lines [--write]`: learns which lines of a whole page are its article, from pages whose
//! article is known, read without their markup. Prints the scores of held-out folds; `--write` keeps the table.

use std::path::PathBuf;

use rapporteur::Lexicon;
use rapporteur::stages::training::{FEATURES, Features, line_features};

use rapporteur_eval::measures::{body, grams, n_common};
use rapporteur_eval::system::{Input, System};
use rapporteur_eval::{Outcome, corpora};

const FOLDS: usize = 5;

struct Document {
    lines: Vec<Line>,
    article: String,
}

struct Line {
    features: Features,
    is_article: bool,
    weight: f64,
    text: String,
}

/// The fold of a story, of so many.
pub(crate) fn fold_of(story: &str, n_folds: u64) -> u64 {
    story.bytes().fold(7, |sum: u64, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte))) % n_folds
}

/// Runs the training of a table.
pub(crate) fn run(arguments: &[String], system: &dyn System) -> Outcome<()> {
    if arguments.first().is_some_and(|it| it == "happenings") {
        return crate::train_happenings::run(arguments, system);
    }
    if arguments.first().is_some_and(|it| it == "disputes") {
        return crate::train_disputes::run(arguments, system);
    }
    if arguments.first().is_some_and(|it| it == "statements" || it == "sentences") {
        return crate::train_paraphrase::run(arguments, system);
    }
    if arguments.first().is_none_or(|it| it != "page-lines") {
        return Err(
            "usage: rapporteur-eval train page-lines|happenings|disputes|statements|sentences [--write]".to_owned()
        );
    }
    let folder = corpora::folder().ok_or("there is no evaluation folder: set RAPPORTEUR_EVAL (see eval/README.md)")?;
    let corpus = corpora::pages_body(&folder.join("eval/html/aeb"))?;
    let articles = system.read(&corpus.inputs);
    let texts: Vec<Input> =
        articles.iter().zip(&corpus.inputs).map(|(it, input)| Input::text(&input.id, &it.report.text)).collect();
    let documents: Vec<Document> = system
        .read(&texts)
        .iter()
        .zip(&corpus.gold)
        .map(|(article, gold)| document(&article.report, gold.body.as_deref().unwrap_or_default()))
        .collect();
    println!("{} pages, {} lines", documents.len(), documents.iter().map(|it| it.lines.len()).sum::<usize>());
    let mut odds: Vec<Vec<f64>> = vec![Vec::new(); documents.len()];
    for fold in 0..FOLDS {
        let model = Model::fit(documents.iter().enumerate().filter(|(ix, _)| ix % FOLDS != fold).map(|it| it.1));
        for (ix, document) in documents.iter().enumerate().filter(|(ix, _)| ix % FOLDS == fold) {
            odds[ix] = document.lines.iter().map(|it| model.odds(&it.features)).collect();
        }
    }
    for least in [-1.5, -1.0, -0.5, 0.0, 0.5] {
        let gold: Vec<String> = documents.iter().map(|it| it.article.clone()).collect();
        let kept = |ix: usize| {
            let lines = documents[ix].lines.iter().zip(&odds[ix]).filter(|(_, odds)| least <= **odds);
            lines.map(|(line, _)| line.text.as_str()).collect::<Vec<_>>().join("\n")
        };
        let predicted: Vec<String> = (0..documents.len()).map(kept).collect();
        let scores = body(&gold, &predicted).0;
        let score = |name: &str| scores.get(name).unwrap_or(f64::NAN);
        println!("held out, log odds from {least:>4}: P {:.3} R {:.3} F1 {:.3}", score("P"), score("R"), score("F1"));
    }
    let table = Model::fit(documents.iter()).table();
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../stages/2-clean/data/page_lines.tsv");
    if arguments.iter().any(|it| it == "--write") {
        std::fs::write(&path, table).map_err(|why| format!("{}: {why}", path.display()))?;
        println!("written: stages/2-clean/data/page_lines.tsv");
    }
    Ok(())
}

/// Lines that share half of their runs of four words with the article are the article's.
fn document(report: &rapporteur_model::Report, article: &str) -> Document {
    fn words(text: &str) -> Vec<&str> {
        text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect()
    }
    let gold = words(article);
    let gold = grams(&gold);
    let lines = line_features(report, Lexicon::shared())
        .into_iter()
        .map(|(span, features)| {
            let text = span.of(&report.text).to_owned();
            let own = words(&text);
            let (n_words, own) = (own.len(), grams(&own));
            let n_shared = n_common(&own, &gold);
            let is_shared = 2 * n_shared >= own.values().sum::<usize>() && 0 < n_shared;
            let is_article =
                is_shared && (4 <= n_words) || (n_words < 4 && !text.is_empty() && article.contains(&text));
            Line { features, is_article, weight: ((n_words + 1) as f64).sqrt(), text }
        })
        .collect();
    Document { lines, article: article.to_owned() }
}

/// Logistic regression with a small penalty on the weights, fitted by Adam over all lines at once.
struct Model {
    mean: Vec<f64>,
    spread: Vec<f64>,
    weights: Vec<f64>,
    bias: f64,
}

impl Model {
    fn fit<'a>(documents: impl Iterator<Item = &'a Document>) -> Model {
        const STEPS: i32 = 400;
        const RATE: f64 = 0.1;
        const PENALTY: f64 = 1e-3;
        let lines: Vec<&Line> = documents.flat_map(|it| &it.lines).collect();
        let n = FEATURES.len();
        let count = lines.len().max(1) as f64;
        let mean: Vec<f64> =
            (0..n).map(|ix| lines.iter().map(|it| f64::from(it.features[ix])).sum::<f64>() / count).collect();
        let spread: Vec<f64> = (0..n)
            .map(|ix| {
                let square = |it: &&Line| (f64::from(it.features[ix]) - mean[ix]).powi(2);
                (lines.iter().map(square).sum::<f64>() / count).sqrt().max(1e-3)
            })
            .collect();
        let mut model = Model { mean, spread, weights: vec![0.0; n], bias: 0.0 };
        let rows: Vec<Vec<f64>> = lines.iter().map(|it| model.scaled(&it.features)).collect();
        let total: f64 = lines.iter().map(|it| it.weight).sum();
        // The last place is the bias.
        let (mut first, mut second) = (vec![0.0; n + 1], vec![0.0; n + 1]);
        for step in 1..=STEPS {
            let mut slope = vec![0.0; n + 1];
            for (row, line) in rows.iter().zip(&lines) {
                let odds = model.bias + row.iter().zip(&model.weights).map(|(a, b)| a * b).sum::<f64>();
                let wanted = if line.is_article { 1.0 } else { 0.0 };
                let miss = (1.0 / (1.0 + (-odds).exp()) - wanted) * line.weight / total;
                slope.iter_mut().zip(row).for_each(|(sum, it)| *sum += miss * it);
                slope[n] += miss;
            }
            slope.iter_mut().zip(&model.weights).for_each(|(sum, it)| *sum += PENALTY * it);
            for ix in 0..=n {
                first[ix] = 0.9 * first[ix] + 0.1 * slope[ix];
                second[ix] = 0.999 * second[ix] + 0.001 * slope[ix] * slope[ix];
                let (mean, square) =
                    (first[ix] / (1.0 - 0.9_f64.powi(step)), second[ix] / (1.0 - 0.999_f64.powi(step)));
                let change = RATE * mean / (square.sqrt() + 1e-8);
                match model.weights.get_mut(ix) {
                    Some(weight) => *weight -= change,
                    None => model.bias -= change,
                }
            }
        }
        model
    }

    fn scaled(&self, features: &Features) -> Vec<f64> {
        let both = self.mean.iter().zip(&self.spread);
        features.iter().zip(both).map(|(it, (mean, spread))| (f64::from(*it) - mean) / spread).collect()
    }

    fn odds(&self, features: &Features) -> f64 {
        self.bias + self.scaled(features).iter().zip(&self.weights).map(|(a, b)| a * b).sum::<f64>()
    }

    fn table(&self) -> String {
        let mut table = "# Which lines of a whole page are its article: mean, spread, weight of each feature.\n\
            # Learned from the pages of the article-extraction benchmark (MIT), read without their markup.\n\
            # Made by: cargo xtask train page-lines --write\n"
            .to_owned();
        for (ix, name) in FEATURES.iter().enumerate() {
            table += &format!("{name}\t{:.5}\t{:.5}\t{:.5}\n", self.mean[ix], self.spread[ix], self.weights[ix]);
        }
        table + &format!("(bias)\t0\t1\t{:.5}\n", self.bias)
    }
}

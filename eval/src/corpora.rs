//! Readers of the evaluation folder: one function a corpus, plain data out. Its texts never enter the repository.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::measures::GoldFigure;
use crate::predictions::{Quote, Time};
use crate::system::Input;
use crate::{Outcome, Points};

/// The evaluation folder: `RAPPORTEUR_EVAL`, else `../shared`; `None` when it is not there.
pub fn folder() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let folder = std::env::var_os("RAPPORTEUR_EVAL").map_or_else(beside, PathBuf::from);
    folder.join("eval").is_dir().then_some(folder)
}

/// Documents and what the gold says of each, in the corpus' order.
#[derive(Debug, Clone, Default)]
pub struct Corpus<T> {
    /// The documents.
    pub inputs: Vec<Input>,
    /// The gold of each.
    pub gold: Vec<T>,
}

/// Rows of a JSON Lines file.
pub fn rows(path: &Path) -> Outcome<Vec<Value>> {
    let text = std::fs::read_to_string(path).map_err(|why| format!("cannot read {}: {why}", path.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(ix, line)| serde_json::from_str(line).map_err(|why| format!("{}:{}: {why}", path.display(), ix + 1)))
        .collect()
}

/// A JSON file. Python writes `NaN` where nothing is known, which JSON does not have.
pub fn json(path: &Path) -> Outcome<Value> {
    let text = std::fs::read_to_string(path).map_err(|why| format!("cannot read {}: {why}", path.display()))?;
    serde_json::from_str(&text.replace(": NaN", ": null")).map_err(|why| format!("{}: {why}", path.display()))
}

/// A string field; empty when it is not there.
pub fn string(row: &Value, name: &str) -> String {
    row[name].as_str().unwrap_or("").to_owned()
}

/// A string field that says something.
pub fn some(row: &Value, name: &str) -> Option<String> {
    row[name].as_str().filter(|it| !it.is_empty() && *it != "None").map(str::to_owned)
}

/// A whole number, as an offset.
fn offset(value: &Value) -> usize {
    value.as_u64().unwrap_or(0) as usize
}

/// `[[start, end], …]`.
fn spans(value: &Value) -> Vec<Points> {
    value.as_array().into_iter().flatten().map(|it| (offset(&it[0]), offset(&it[1]))).collect()
}

fn list<'a>(row: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    row[name].as_array().into_iter().flatten()
}

fn input(row: &Value) -> Input {
    Input {
        title: some(row, "title"),
        date: some(row, "date").or_else(|| some(row, "dct")).map(|it| it.chars().take(10).collect()),
        url: some(row, "url"),
        outlet: some(row, "outlet"),
        ..Input::text(string(row, "id"), row["text"].as_str().unwrap_or(""))
    }
}

/// PolNeAR: every attribution of the first annotator.
pub fn quotes(path: &Path) -> Outcome<Corpus<Vec<Quote>>> {
    let mut corpus = Corpus::default();
    for row in rows(path)? {
        let first = row["annotators"].as_object().and_then(|it| it.iter().min_by_key(|(name, _)| (*name).clone()));
        let quote = |it: &Value| Quote {
            source: spans(&it["source"]),
            cue: spans(&it["cue"]),
            content: spans(&it["content"]),
            ..Quote::default()
        };
        corpus.gold.push(first.into_iter().flat_map(|(_, it)| it.as_array()).flatten().map(quote).collect());
        // The title is the text's first line already.
        corpus.inputs.push(Input { title: None, ..input(&row) });
    }
    Ok(corpus)
}

/// TimeBank and AQUAINT: TIMEX3 with the document's date.
pub fn times(path: &Path) -> Outcome<Corpus<Vec<Time>>> {
    let mut corpus = Corpus::default();
    for row in rows(path)? {
        let time = |it: &Value| Time {
            at: (offset(&it["start"]), offset(&it["end"])),
            kind: string(it, "type"),
            value: it["value"].as_str().map(str::to_owned),
        };
        corpus.gold.push(list(&row, "timex").map(time).collect());
        corpus.inputs.push(input(&row));
    }
    Ok(corpus)
}

/// NewsQuant: sentences with quantities.
pub fn figures(path: &Path) -> Outcome<Corpus<Vec<GoldFigure>>> {
    let mut corpus = Corpus::default();
    for (ix, row) in rows(path)?.iter().enumerate() {
        let figure = |it: &Value| GoldFigure {
            value: it["value"].as_str().map_or_else(|| it["value"].to_string(), str::to_owned),
            normalized_unit: string(it, "normalized_unit"),
            change: string(it, "change"),
        };
        corpus.gold.push(list(row, "quantities").map(figure).collect());
        corpus.inputs.push(Input { id: format!("sentence-{ix:04}"), ..input(row) });
    }
    Ok(corpus)
}

/// Articles with the label of their story.
pub fn stories(path: &Path) -> Outcome<Corpus<String>> {
    let mut corpus = Corpus::default();
    for row in rows(path)? {
        corpus.gold.push(string(&row, "cluster"));
        corpus.inputs.push(input(&row));
    }
    Ok(corpus)
}

/// A page with what is known to be right about it; `None` where the corpus does not say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// Running text.
    pub body: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Authors.
    pub authors: Option<Vec<String>>,
    /// Day of publication; empty when the page bears none.
    pub date: Option<String>,
}

/// The article-extraction benchmark: pages and their running text.
pub fn pages_body(folder: &Path) -> Outcome<Corpus<Page>> {
    let truth = json(&folder.join("ground-truth.json"))?;
    let mut corpus = Corpus::default();
    for (id, row) in truth.as_object().into_iter().flatten() {
        corpus.inputs.push(page(&folder.join("html").join(format!("{id}.html.gz")), id)?);
        corpus.gold.push(Page { body: some(row, "articleBody"), ..Page::default() });
    }
    Ok(corpus)
}

/// Fundus: pages with checked title, authors, day and paragraphs. The versions of a publisher's file belong to its pages in
/// order of day.
pub fn pages_checked(folder: &Path) -> Outcome<Corpus<Page>> {
    let mut corpus = Corpus::default();
    for region in folders(folder)? {
        for file in files(&region)?.iter().filter(|it| it.extension().is_some_and(|it| it == "json")) {
            let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let prefix = format!("{name}_");
            let pages: Vec<PathBuf> = files(&region)?
                .into_iter()
                .filter(|it| it.file_name().is_some_and(|it| it.to_string_lossy().starts_with(&prefix)))
                .collect();
            let versions = json(file)?;
            let mut versions: Vec<(&String, &Value)> = versions.as_object().into_iter().flatten().collect();
            versions.sort_by_key(|(name, _)| (*name).clone());
            for (path, (_, row)) in pages.iter().zip(versions) {
                let id = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                corpus.inputs.push(page(path, &id)?);
                let paragraphs = list(&row["body"], "sections").flat_map(|it| list(it, "paragraphs"));
                let summary = list(&row["body"], "summary");
                let texts: Vec<&str> = summary.chain(paragraphs).filter_map(Value::as_str).collect();
                let authors: Vec<String> = list(row, "authors").filter_map(Value::as_str).map(str::to_owned).collect();
                corpus.gold.push(Page {
                    body: Some(texts.join("\n")).filter(|it| !it.is_empty()),
                    title: some(row, "title"),
                    authors: row["authors"].is_array().then_some(authors),
                    date: some(row, "publishing_date").map(|it| it.chars().take(10).collect()),
                });
            }
        }
    }
    Ok(corpus)
}

/// Pages and their day of publication.
pub fn pages_dated(folder: &Path) -> Outcome<Corpus<Page>> {
    let gold = json(&folder.join("gold.json"))?;
    let mut corpus = Corpus::default();
    for (url, row) in gold.as_object().into_iter().flatten() {
        let mut input = page(&folder.join("html").join(string(row, "file")), url)?;
        input.url = Some(url.clone());
        corpus.inputs.push(input);
        // Pages that bear no date are in the corpus too: to say nothing is right there.
        corpus.gold.push(Page { date: Some(string(row, "date")), ..Page::default() });
    }
    Ok(corpus)
}

/// A page from disk, unpacked when it is packed.
fn page(path: &Path, id: &str) -> Outcome<Input> {
    let packed = [path.to_owned(), PathBuf::from(format!("{}.gz", path.display()))];
    let path = packed.iter().find(|it| it.is_file()).unwrap_or(&packed[0]);
    let bytes = std::fs::read(path).map_err(|why| format!("cannot read {}: {why}", path.display()))?;
    let bytes = unpacked(bytes).map_err(|why| format!("{}: {why}", path.display()))?;
    Ok(Input { id: id.to_owned(), bytes, is_html: true, ..Input::default() })
}

/// The bytes of a file, unpacked when they are gzip.
pub(crate) fn unpacked(bytes: Vec<u8>) -> Outcome<Vec<u8>> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes);
    }
    let mut unpacked = Vec::new();
    let done = flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked);
    done.map_err(|why| format!("cannot unpack: {why}"))?;
    Ok(unpacked)
}

fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).map_err(|why| format!("cannot list {}: {why}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|it| it.path()).collect();
    paths.sort();
    Ok(paths)
}

fn folders(folder: &Path) -> Outcome<Vec<PathBuf>> {
    Ok(files(folder)?.into_iter().filter(|it| it.is_dir()).collect())
}

/// What happens in a sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct GoldAct {
    /// PLOVER type.
    pub kind: String,
    /// Code of who acts.
    pub actor: String,
    /// Code of towards whom.
    pub recipient: String,
}

/// Names of event types that PLOVER has since merged.
fn plover(kind: &str) -> &str {
    match kind {
        "DEMAND" => "REQUEST",
        "DISAPPROVE" | "INVESTIGATE" => "ACCUSE",
        "FIGHT" => "ASSAULT",
        _ => kind,
    }
}

/// The PLOVER type of a CAMEO code by its first two digits; `None` for public statements, which PLOVER does not code.
fn plover_of_cameo(code: &str) -> Option<&'static str> {
    let kind = match code.get(..2)? {
        "02" | "10" => "REQUEST",
        "03" => "AGREE",
        "04" => "CONSULT",
        "05" => "SUPPORT",
        "06" => "COOPERATE",
        "07" => "AID",
        // PLOVER has parted yielding: what is released, lifted, let in or ceased is a retreat.
        "08" if matches!(code.get(..3), Some("084" | "085" | "086" | "087")) => "RETREAT",
        "08" => "CONCEDE",
        "09" | "11" => "ACCUSE",
        "12" => "REJECT",
        "13" => "THREATEN",
        "14" => "PROTEST",
        "15" => "MOBILIZE",
        "16" => "SANCTION",
        "17" => "COERCE",
        "18" | "19" | "20" => "ASSAULT",
        _ => return None,
    };
    Some(kind)
}

/// PLOVER sentences. Parties of an act without a target act on each other.
pub fn acts_plover(path: &Path) -> Outcome<Corpus<Vec<GoldAct>>> {
    let mut corpus = Corpus::default();
    for row in rows(path)? {
        let codes = |name: &str| -> Vec<String> {
            list(&row, name).map(|it| string(it, "code")).filter(|it| !it.is_empty()).collect()
        };
        let (actors, recipients) = (codes("source"), codes("target"));
        let mutual = recipients.is_empty();
        let recipients = if mutual { actors.clone() } else { recipients };
        let kind = plover(row["event"].as_str().unwrap_or("")).to_owned();
        let mut acts = Vec::new();
        for actor in &actors {
            for recipient in recipients.iter().filter(|it| !mutual || *it != actor) {
                acts.push(GoldAct { kind: kind.clone(), actor: actor.clone(), recipient: recipient.clone() });
            }
        }
        if acts.is_empty() {
            acts.push(GoldAct { kind, actor: actors.first().cloned().unwrap_or_default(), recipient: String::new() });
        }
        acts.sort();
        acts.dedup();
        corpus.gold.push(acts);
        corpus.inputs.push(input(&row));
    }
    Ok(corpus)
}

/// PETRARCH-2's sentences, CAMEO codes turned into PLOVER types.
pub fn acts_petrarch(path: &Path) -> Outcome<Corpus<Vec<GoldAct>>> {
    let mut corpus = Corpus::default();
    for row in rows(path)? {
        let act = |it: &Value| {
            let kind = plover_of_cameo(it["eventcode"].as_str()?)?.to_owned();
            Some(GoldAct { kind, actor: string(it, "sourcecode"), recipient: string(it, "targetcode") })
        };
        let mut acts: Vec<GoldAct> = list(&row, "events").filter_map(act).collect();
        acts.sort();
        acts.dedup();
        corpus.gold.push(acts);
        let day = string(&row, "date");
        let day = (day.len() == 8).then(|| format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]));
        corpus.inputs.push(Input { date: day, ..input(&row) });
    }
    Ok(corpus)
}

/// What ECB+ marks in a document.
#[derive(Debug, Clone, Default)]
pub struct GoldEvents {
    /// Topic: two events of one kind, with documents on each.
    pub topic: String,
    /// Where each token stands in the text that is made of them.
    pub tokens: Vec<Points>,
    /// The sentence of each token.
    pub sentence: Vec<u64>,
    /// Sentences in which something is marked; in the others nothing was looked for.
    pub looked_at: Vec<u64>,
    /// Mentions of events: tokens, and the chain if there is one.
    pub mentions: Vec<(Vec<usize>, Option<String>)>,
}

/// ECB+: texts are put together of their tokens, a sentence a line.
pub fn events(path: &Path) -> Outcome<Corpus<GoldEvents>> {
    let mut corpus = Corpus::default();
    for row in rows(path)? {
        let mut gold = GoldEvents { topic: string(&row, "topic"), ..GoldEvents::default() };
        let (mut text, mut at) = (String::new(), 0);
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        for token in list(&row, "tokens") {
            let sentence = token[1].as_u64().unwrap_or(0);
            let word = match token[2].as_str().unwrap_or("") {
                "``" | "\'\'" => "\"",
                word => word,
            };
            if !text.is_empty() {
                text.push(if gold.sentence.last() == Some(&sentence) { ' ' } else { '\n' });
                at += 1;
            }
            let end = at + word.chars().count();
            names.insert(token[0].as_str().unwrap_or("").to_owned(), gold.tokens.len());
            gold.tokens.push((at, end));
            gold.sentence.push(sentence);
            text.push_str(word);
            at = end;
        }
        for mention in list(&row, "mentions") {
            let tokens: Vec<usize> =
                list(mention, "tokens").filter_map(|it| names.get(it.as_str()?).copied()).collect();
            gold.looked_at.extend(tokens.iter().map(|it| gold.sentence[*it]));
            if string(mention, "type").contains("ACTION") && !tokens.is_empty() {
                gold.mentions.push((tokens, some(mention, "chain")));
            }
        }
        gold.looked_at.sort_unstable();
        gold.looked_at.dedup();
        // A row of JSON, so that the reader takes every line for text.
        let input = Input { title: Some(String::new()), ..Input::text(string(&row, "doc"), &text) };
        corpus.inputs.push(input);
        corpus.gold.push(gold);
    }
    Ok(corpus)
}

/// RE3D: spans of persons, organisations, places and nationalities, each with its type.
pub fn actors(path: &Path) -> Outcome<Corpus<Vec<(Points, String)>>> {
    let mut corpus = Corpus::default();
    for row in rows(path)? {
        let is_actor =
            |it: &&Value| matches!(it["type"].as_str(), Some("Person" | "Organisation" | "Location" | "Nationality"));
        let marked = list(&row, "entities").filter(is_actor);
        let mut spans: Vec<(Points, String)> =
            marked.map(|it| ((offset(&it["begin"]), offset(&it["end"])), string(it, "type"))).collect();
        spans.sort_unstable();
        spans.dedup_by_key(|it| it.0);
        corpus.gold.push(spans);
        corpus.inputs.push(Input { title: None, ..input(&row) });
    }
    Ok(corpus)
}

/// A pair of articles that share words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MinedPair {
    /// One.
    pub a: String,
    /// The other.
    pub b: String,
    /// How much they share: `exact near partial shared`.
    pub band: String,
}

/// Mined pairs by corpus.
pub fn copies(path: &Path) -> Outcome<BTreeMap<String, Vec<MinedPair>>> {
    let mut by_corpus: BTreeMap<String, Vec<MinedPair>> = BTreeMap::new();
    for row in rows(path)? {
        let name = match row["corpus"].as_str().unwrap_or("") {
            "clusters_giveme5w1h" => "newscluster",
            "clusters_wikinews_big" => "wikinews_big",
            "clusters_basil" => "basil",
            other => return Err(format!("{}: unknown corpus {other:?}", path.display())),
        };
        let [a, b, band] = ["a", "b", "band"].map(|it| string(&row, it));
        by_corpus.entry(name.to_owned()).or_default().push(MinedPair { a, b, band });
    }
    Ok(by_corpus)
}

/// One hash over files and folders, names included: the same for the same corpus.
pub fn sha256(paths: &[PathBuf]) -> Outcome<String> {
    fn feed(hasher: &mut Sha256, path: &Path) -> Outcome<()> {
        if path.is_dir() {
            return files(path)?.iter().try_for_each(|it| feed(hasher, it));
        }
        let bytes = std::fs::read(path).map_err(|why| format!("cannot read {}: {why}", path.display()))?;
        hasher.update(path.file_name().unwrap_or_default().to_string_lossy().as_bytes());
        hasher.update((bytes.len() as u64).to_le_bytes());
        hasher.update(&bytes);
        Ok(())
    }
    let mut hasher = Sha256::new();
    for path in paths {
        feed(&mut hasher, path)?;
    }
    let hash = hasher.finalize();
    Ok(hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}

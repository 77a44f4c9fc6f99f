//! This program as the system under test, through its library.

use rapporteur::{Lexicon, Rapporteur, Reading, Settings, Silent};
use rapporteur_model::{Annotated, Article, CheckVerdict, Claim, Relations, Story};

use crate::system::{Input, System};

/// The program with its language model loaded.
pub struct Ours {
    rapporteur: Rapporteur,
}

impl Ours {
    /// Finds (or fetches) and loads the language model.
    pub fn open() -> Result<Ours, rapporteur::Error> {
        let settings = Settings { store: rapporteur::models::Store::from_env(), ..Settings::default() };
        let mut say = |line: &str| eprintln!("rapporteur: {line}");
        Ok(Ours { rapporteur: Rapporteur::open(&settings, &mut say)? })
    }

    /// A document as a user would give it: a row of JSON with what the corpus knows beside the text.
    fn row(input: &Input) -> Vec<u8> {
        let body = String::from_utf8_lossy(&input.bytes);
        let mut row = serde_json::Map::new();
        row.insert("id".into(), input.id.clone().into());
        row.insert("text".into(), body.into_owned().into());
        for (name, value) in
            [("title", &input.title), ("date", &input.date), ("url", &input.url), ("outlet", &input.outlet)]
        {
            if let Some(value) = value {
                row.insert(name.into(), value.clone().into());
            }
        }
        serde_json::to_vec(&row).unwrap_or_default()
    }

    fn article(input: &Input) -> Article {
        let mut problems = Vec::new();
        let bare = input.title.is_none() && input.date.is_none() && input.url.is_none() && input.outlet.is_none();
        let bytes = if bare { input.bytes.clone() } else { Self::row(input) };
        let ending = match (input.is_html, bare) {
            (true, _) => "html",
            (false, true) => "txt",
            (false, false) => "json",
        };
        let bytes = if input.is_html { input.bytes.clone() } else { bytes };
        let location = format!("{}.{ending}", input.id);
        let mut articles = rapporteur::read_bytes(&location, &bytes, &mut problems);
        let mut article = if articles.is_empty() { Article::default() } else { articles.swap_remove(0) };
        article.report.id.clone_from(&input.id);
        article
    }
}

impl System for Ours {
    fn read(&self, inputs: &[Input]) -> Vec<Article> {
        inputs.iter().map(Self::article).collect()
    }

    fn annotate(&self, inputs: &[Input]) -> Vec<Annotated> {
        let reading = Reading { articles: self.read(inputs), problems: Vec::new() };
        self.rapporteur.annotate_articles(reading, &Silent).reports
    }

    fn relate(&self, reports: &[Annotated]) -> Relations {
        rapporteur::stages::relate(reports, Lexicon::shared())
    }

    fn group(&self, reports: &[Annotated], relations: &Relations) -> Vec<Story> {
        rapporteur::stages::group(reports, relations, Lexicon::shared())
    }

    fn happenings(&self, reports: &[Annotated]) -> Vec<Vec<(usize, usize)>> {
        let lists = rapporteur::stages::happenings::happenings(reports);
        lists.into_iter().map(|it| it.into_iter().map(|(report, act)| (report.ix(), act)).collect()).collect()
    }

    fn check(&self, inputs: &[Input], sentences: &[String]) -> Vec<Option<CheckVerdict>> {
        let reading = Reading { articles: self.read(inputs), problems: Vec::new() };
        let brief = sentences.join("\n\n");
        let (collection, checked) = self.rapporteur.verify_articles(brief.as_bytes(), reading, &Silent);
        let text = collection.reports.last().map_or("", |it| it.text());
        let mut found = Vec::new();
        let mut from = 0;
        for line in text.split_inclusive('\n') {
            let to = from + line.len();
            let here = checked.iter().filter(|it| (from..to).contains(&(it.sentence.start() as usize)));
            // A line of two sentences is as good as the worse of them.
            found.push(here.map(|it| it.verdict).max());
            from = to;
        }
        found.resize(sentences.len(), None);
        found
    }

    fn weigh(&self, reports: &[Annotated], relations: &Relations, story: &Story) -> Vec<Claim> {
        rapporteur::stages::weigh(story, reports, relations, Lexicon::shared())
    }
}

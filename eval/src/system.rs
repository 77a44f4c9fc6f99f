//! What the harness needs from a program: four steps over records, and nothing of its rows or files.

use rapporteur_model::{Annotated, Article, CheckVerdict, Claim, Relations, Story};

/// One document as a corpus gives it.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// Name in the corpus.
    pub id: String,
    /// The document: HTML as saved, or UTF-8 text.
    pub bytes: Vec<u8>,
    /// Whether it is HTML. Text is to be read as it stands: the corpus counts in its code points.
    pub is_html: bool,
    /// Title, when the corpus gives it beside the text.
    pub title: Option<String>,
    /// Day of publication, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Publisher.
    pub outlet: Option<String>,
}

impl Input {
    /// A text without anything beside it.
    pub fn text(id: impl Into<String>, text: &str) -> Input {
        Input { id: id.into(), bytes: text.as_bytes().to_vec(), ..Input::default() }
    }

    /// The same with a day.
    pub fn dated(self, date: impl Into<String>) -> Input {
        Input { date: Some(date.into()), ..self }
    }
}

/// A program under test. Steps that it does not have find nothing.
pub trait System {
    /// Stages 1 and 2. One article for each input, in the same order.
    fn read(&self, inputs: &[Input]) -> Vec<Article>;

    /// Stages 1 to 3. One for each input, in the same order. The inputs are one run: a report may be dated by another.
    fn annotate(&self, inputs: &[Input]) -> Vec<Annotated> {
        self.read(inputs).into_iter().map(|article| Annotated { article, ..Annotated::default() }).collect()
    }

    /// Stage 4. Indices in the answer count in `reports`.
    fn relate(&self, _reports: &[Annotated]) -> Relations {
        Relations::default()
    }

    /// Stage 5.
    fn group(&self, _reports: &[Annotated], _relations: &Relations) -> Vec<Story> {
        Vec::new()
    }

    /// Acts of all reports that are one happening, a list of report and act each.
    fn happenings(&self, _reports: &[Annotated]) -> Vec<Vec<(usize, usize)>> {
        Vec::new()
    }

    /// The verdict on each of some sentences against the reports that `inputs` are; `None` where it has none.
    fn check(&self, _inputs: &[Input], sentences: &[String]) -> Vec<Option<CheckVerdict>> {
        vec![None; sentences.len()]
    }

    /// Stage 6, for one story.
    fn weigh(&self, _reports: &[Annotated], _relations: &Relations, _story: &Story) -> Vec<Claim> {
        Vec::new()
    }
}

/// A system that finds nothing: the lower end of every measure, and proof that no measure divides by zero.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl System for Silent {
    fn read(&self, inputs: &[Input]) -> Vec<Article> {
        let article = |input: &Input| {
            let mut article = Article::default();
            article.report.id.clone_from(&input.id);
            article.report.text = String::from_utf8_lossy(&input.bytes).into_owned();
            article.report.raw_map = rapporteur_model::RawMap::identity(article.report.text.len(), 0);
            article
        };
        inputs.iter().map(article).collect()
    }
}

//! Reads JSON rows with `id`, `text` and maybe `title`, `date`, `outlet`, `cluster`.
#![allow(dead_code)]

use rapporteur_model::{Annotated, ArticleBlock, Evidenced, Role, Span};

pub(crate) struct Row {
    pub(crate) report: Annotated,
    pub(crate) cluster: String,
}

pub(crate) fn load(path: &str) -> Result<Vec<Row>, Box<dyn std::error::Error>> {
    let mut rows = Vec::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let row: serde_json::Value = serde_json::from_str(line)?;
        let field = |name: &str| row[name].as_str().filter(|it| !it.is_empty());
        let mut report = Annotated::default();
        report.article.report.id = field("id").unwrap_or("?").to_owned();
        report.article.report.text = field("text").unwrap_or("").to_owned();
        let mut start = 0;
        for line in report.article.report.text.split_inclusive('\n') {
            if !line.trim().is_empty() {
                let span = Span::at(start, start + line.trim_end().len());
                report.article.blocks.push(ArticleBlock { span, role: Role::Body, repeat_of: None, how: "test" });
            }
            start += line.len();
        }
        let metadata = &mut report.article.metadata;
        metadata.title = field("title").map(|it| Evidenced::declared(it.to_owned(), "row"));
        metadata.date_published = field("date").map(|it| Evidenced::declared(it.to_owned(), "row"));
        metadata.outlet = field("outlet").map(|it| Evidenced::declared(it.to_owned(), "row"));
        rows.push(Row { report, cluster: field("cluster").unwrap_or("").to_owned() });
    }
    rows.sort_by(|one, other| one.report.id().cmp(other.report.id()));
    Ok(rows)
}

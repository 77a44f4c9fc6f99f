//! Prints `{"id", "body", "title", "date", "authors"}` for each page of a folder, for scoring.

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "an example for the command line")]

use rapporteur_lexicon::Lexicon;
use rapporteur_read::{Limits, Source, read};
use std::io::Read as _;

fn main() {
    let folder = std::env::args().nth(1).unwrap_or_default();
    let show = std::env::args().nth(2);
    let mut paths: Vec<_> = std::fs::read_dir(folder).expect("a folder").flatten().map(|it| it.path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".json") || name.ends_with(".info") {
            continue;
        }
        let mut bytes = std::fs::read(&path).expect("a file");
        if name.ends_with(".gz") {
            let mut unpacked = Vec::new();
            flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_end(&mut unpacked).expect("gzip");
            bytes = unpacked;
        }
        let outcome = read(&Source { location: &name, bytes: &bytes }, &Limits::default());
        for report in outcome.reports {
            let article = rapporteur_clean::clean(report, Lexicon::shared());
            let text = article.text();
            if show.as_deref() == Some("--blocks") {
                println!("=== {} {:?}", article.report.id, article.metadata);
                for (ix, it) in article.blocks.iter().enumerate() {
                    let block = article.report.blocks.get(ix).cloned().unwrap_or_default();
                    println!(
                        "{} [{}] {}% {} | {}",
                        it.role.as_str(),
                        it.how,
                        block.link_bytes * 100 / block.span.len().max(1),
                        block.path,
                        it.span.of(text)
                    );
                }
                continue;
            }
            let body: Vec<&str> = article
                .blocks
                .iter()
                .filter(|it| {
                    it.role.is_body()
                        && (it.role != rapporteur_model::Role::Standfirst || show.as_deref() == Some("--standfirst"))
                })
                .map(|it| it.span.of(text))
                .collect();
            let metadata = &article.metadata;
            let offsets = rapporteur_text::Offsets::new(text, rapporteur_text::Unit::Char);
            let place = |it: rapporteur_model::Span| (offsets.at(it.start()), offsets.at(it.end()));
            let row = serde_json::json!({
                "dateline": metadata.dateline.as_ref().map(|it| &it.value),
                "anchor": metadata.anchor.as_ref().map(|it| &it.day),
                "cited": article.cited.iter().map(|it| (&it.name, it.kind.as_str(), it.span.of(text))).collect::<Vec<_>>(),
                "repeats": article.blocks.iter().filter(|it| it.repeat_of.is_some()).count(),
                "blocks": article.blocks.iter().map(|it| (place(it.span).0, place(it.span).1, it.role.as_str())).collect::<Vec<_>>(),
                "id": article.report.id,
                "body": body.join("\n"),
                "title": metadata.title.as_ref().map(|it| &it.value),
                "date": metadata.date_published.as_ref().map(|it| &it.value),
                "date_how": metadata.date_published.as_ref().map(|it| &it.how),
                "outlet": metadata.outlet.as_ref().map(|it| &it.value),
                "authors": metadata.authors.iter().map(|it| &it.value).collect::<Vec<_>>(),
                "authors_how": metadata.authors.first().map(|it| &it.how),
            });
            println!("{row}");
        }
    }
}

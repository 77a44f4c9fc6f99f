//! A page that a server gave just now, as a web archive would give it later: named by its address, with what the server said.

use rapporteur_model::Declared;

use super::Document;
use super::warc::http;
use crate::report::id_of_address;

impl Document {
    /// The page at `location`, which is the same for all its versions; `address` is where it was in truth, behind
    /// redirects, and `media_type` what the server called it.
    pub fn fetched(location: &str, address: &str, media_type: &str, bytes: Vec<u8>) -> Document {
        let declared = Declared { name: "warc:target-uri".to_owned(), value: address.to_owned(), raw: None };
        Document {
            location: location.to_owned(),
            bytes,
            id: id_of_address(location),
            declared: vec![declared],
            charset: http::charset(media_type),
            is_html: http::kind_of(media_type) == http::Kind::Html,
            problems: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::read_document;

    #[test]
    fn a_page_is_named_by_its_address_and_read_as_the_server_says() {
        let bytes = b"<title>F\xe4hre</title><p>The F\xe4hre to Kalvik ran again on Monday.".to_vec();
        let (from, to) = ("https://kalvik.example/", "https://kalvik.example/index.html");
        let document = Document::fetched(from, to, "text/html; charset=ISO-8859-1", bytes);
        let read = read_document(&document, &Limits::default());
        let report = &read.reports[0];
        assert_eq!((report.id.as_str(), report.location.as_str()), ("kalvik.example", from));
        assert!(report.text.contains("The Fähre to Kalvik"), "{}", report.text);
        assert!(report.declared.iter().any(|it| it.name == "warc:target-uri" && it.value == to));
    }
}

//! Wrong and damaged models: an error that says what to do, never a panic.

use std::path::Path;

use super::{load, model_path};
use crate::weights::Weights;
use crate::{Error, Options, Pipeline};

fn no_model(path: &str) -> Error {
    Pipeline::from_folder(Path::new(path), &Options::default()).err().unwrap()
}

#[test]
fn a_folder_without_a_model_is_named() {
    let error = no_model(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    assert!(matches!(error, Error::NoModel { .. }));
    assert!(error.to_string().contains("no folder there holds both `tokenizer` and `meta.json`"));
    let error = no_model("/nowhere/at/all");
    assert!(error.to_string().starts_with("cannot read /nowhere/at/all"));
    let this = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
    let error = Pipeline::from_wheel(this, &Options::default()).err().unwrap();
    assert!(error.to_string().contains("as a wheel"));
}

#[test]
fn bytes_that_are_no_weights_are_refused() {
    for bytes in [&b""[..], b"\xc1", b"\x80", b"\xdf\xff\xff\xff\xff", b"\x81\xa5nodes\x90", b"\xdd\xff\xff\xff\xff"] {
        assert!(matches!(Weights::read("x", bytes), Err(Error::Damaged { .. })));
    }
}

/// Cuts or overwrites every file of a model in turn.
#[test]
fn a_damaged_file_is_named() {
    let Some(path) = model_path().filter(|it| it.is_dir()) else { return };
    let Ok(crate::source::Source::Folder(folder)) = crate::source::Source::folder(&path) else { return };
    let copy = std::env::temp_dir().join(format!("rapporteur-damaged-{}", std::process::id()));
    let files = [
        "meta.json", "tokenizer", "vocab/lookups.bin", "vocab/vectors", "tok2vec/model", "tagger/model", "tagger/cfg",
        "parser/model", "parser/moves", "ner/model", "ner/moves", "attribute_ruler/patterns",
        "lemmatizer/lookups/lookups.bin", "vocab/key2row",
    ];
    for file in files {
        let to = copy.join(file);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(folder.join(file), to).unwrap();
    }
    for file in &files[1..13] {
        let whole = std::fs::read(copy.join(file)).unwrap();
        let cut = whole[..whole.len() / 2].to_vec();
        for damaged in [Vec::new(), cut, b"\x93\x01\x02\x03".to_vec(), b"{}".to_vec()] {
            std::fs::write(copy.join(file), &damaged).unwrap();
            let error = load(&copy, &Options::default()).err().unwrap_or_else(|| panic!("{file} was accepted"));
            assert!(error.to_string().contains(file), "{error}");
        }
        std::fs::remove_file(copy.join(file)).unwrap();
        let error = load(&copy, &Options::default()).err().unwrap();
        assert!(error.to_string().contains(&format!("`{file}`")), "{error}");
        std::fs::write(copy.join(file), whole).unwrap();
    }
    load(&copy, &Options::default()).unwrap();
    std::fs::remove_dir_all(&copy).unwrap();
}

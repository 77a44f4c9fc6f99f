//! Readers that share no code with the writers.

use quick_xml::Reader;
use quick_xml::events::Event;

/// The ids of the nodes, and the ends of the edges, of a GraphML file.
pub(super) fn graph(text: &str) -> (Vec<String>, Vec<(String, String)>) {
    let allowed = |c: char| matches!(c, '\t' | '\n' | ' '..) && !matches!(c, '\u{FFFE}' | '\u{FFFF}');
    assert!(text.chars().all(allowed), "a character that XML forbids");
    let (mut nodes, mut edges) = (Vec::new(), Vec::new());
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(it) | Event::Empty(it) => {
                let value = |name: &str| {
                    let found = it.attributes().map(|it| it.unwrap()).find(|it| it.key.as_ref() == name);
                    found.map(|it| it.value.into_owned()).unwrap_or_default()
                };
                match it.name().as_ref() {
                    "node" => nodes.push(value("id")),
                    "edge" => edges.push((value("source"), value("target"))),
                    "graphml" | "graph" | "key" | "data" => {}
                    other => panic!("no such element: {other:?}"),
                }
            }
            Event::Eof => return (nodes, edges),
            _ => {}
        }
    }
}

/// The items of an RSS 2.0 feed, each with its elements as name and text, read as the standard has them.
pub(super) fn feed(text: &str) -> Vec<Vec<(String, String)>> {
    let mut reader = Reader::from_str(text);
    let mut path: Vec<String> = Vec::new();
    let (mut items, mut channel): (Vec<Vec<(String, String)>>, Vec<String>) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(it) => {
                path.push(it.name().as_ref().to_owned());
                match &path.iter().map(String::as_str).collect::<Vec<_>>()[..] {
                    ["rss"] | ["rss", "channel"] => {}
                    ["rss", "channel", "item"] => items.push(Vec::new()),
                    ["rss", "channel", name] => channel.push((*name).to_owned()),
                    ["rss", "channel", "item", name] => {
                        items.last_mut().unwrap().push(((*name).to_owned(), String::new()));
                    }
                    other => panic!("no such place: {other:?}"),
                }
            }
            Event::End(_) => drop(path.pop()),
            Event::Text(it) if path.len() == 4 => {
                items.last_mut().unwrap().last_mut().unwrap().1.push_str(&it.into_inner());
            }
            Event::GeneralRef(it) if path.len() == 4 => {
                let sign = match it.as_ref() {
                    "lt" => '<',
                    "gt" => '>',
                    "amp" => '&',
                    "quot" => '"',
                    "apos" => '\'',
                    other => panic!("no such entity: {other}"),
                };
                items.last_mut().unwrap().last_mut().unwrap().1.push(sign);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    for wanted in ["title", "link", "description"] {
        assert!(channel.iter().any(|it| it == wanted), "a channel has a {wanted}");
    }
    items
}

/// A Parquet file: rows, and the cells of each column as text.
pub(super) struct Table {
    pub(super) n_rows: usize,
    pub(super) columns: Vec<(String, Vec<String>)>,
}

pub(super) fn footer(bytes: &[u8]) -> Table {
    let end = bytes.len() - 8;
    assert_eq!((&bytes[..4], &bytes[end + 4..]), (&b"PAR1"[..], &b"PAR1"[..]));
    let len = u32::from_le_bytes(bytes[end..end + 4].try_into().unwrap()) as usize;
    let mut at = end - len;
    let footer = thrift(bytes, &mut at);
    assert_eq!(at, end);
    let n_rows = footer.number(3);
    let schema = &footer.list(2)[1..];
    let chunks = footer.list(4).first().map_or(&[][..], |it| it.list(1));
    let columns = schema.iter().enumerate().map(|(ix, column)| {
        let cells = chunks.get(ix).map_or_else(Vec::new, |it| cells(bytes, it.field(3), n_rows));
        (column.text(4), cells)
    });
    Table { n_rows, columns: columns.collect() }
}

fn cells(bytes: &[u8], chunk: &Thrift, n_rows: usize) -> Vec<String> {
    let mut at = chunk.number(9);
    let end = at + chunk.number(7);
    let header = thrift(bytes, &mut at);
    assert_eq!((header.number(3), header.field(5).number(1)), (end - at, n_rows));
    let mut take = |n: usize| {
        at += n;
        &bytes[at - n..at]
    };
    let mut found = Vec::new();
    for _ in 0..n_rows {
        found.push(if chunk.number(1) == 2 {
            i64::from_le_bytes(take(8).try_into().unwrap()).to_string()
        } else {
            let len = u32::from_le_bytes(take(4).try_into().unwrap()) as usize;
            String::from_utf8(take(len).to_vec()).unwrap()
        });
    }
    assert_eq!(at, end);
    found
}

/// Any value of Thrift's compact protocol.
enum Thrift {
    Number(i64),
    Bytes(Vec<u8>),
    List(Vec<Thrift>),
    Record(Vec<(i64, Thrift)>),
}

impl Thrift {
    fn field(&self, number: i64) -> &Thrift {
        let Thrift::Record(fields) = self else { panic!("no record") };
        fields.iter().find(|it| it.0 == number).map(|it| &it.1).expect("the field is there")
    }

    fn number(&self, number: i64) -> usize {
        let Thrift::Number(it) = self.field(number) else { panic!("no number") };
        *it as usize
    }

    fn list(&self, number: i64) -> &[Thrift] {
        let Thrift::List(it) = self.field(number) else { panic!("no list") };
        it
    }

    fn text(&self, number: i64) -> String {
        let Thrift::Bytes(it) = self.field(number) else { panic!("no text") };
        String::from_utf8(it.clone()).unwrap()
    }
}

fn thrift(bytes: &[u8], at: &mut usize) -> Thrift {
    value(bytes, at, 12)
}

fn byte(bytes: &[u8], at: &mut usize) -> u8 {
    *at += 1;
    bytes[*at - 1]
}

fn unsigned(bytes: &[u8], at: &mut usize) -> u64 {
    let mut found = 0;
    for shift in (0..).step_by(7) {
        let it = byte(bytes, at);
        found |= u64::from(it & 0x7F) << shift;
        if it < 0x80 {
            break;
        }
    }
    found
}

fn signed(bytes: &[u8], at: &mut usize) -> i64 {
    let it = unsigned(bytes, at);
    (it >> 1) as i64 ^ -((it & 1) as i64)
}

fn value(bytes: &[u8], at: &mut usize, of: u8) -> Thrift {
    match of {
        4..=6 => Thrift::Number(signed(bytes, at)),
        8 => {
            let len = unsigned(bytes, at) as usize;
            *at += len;
            Thrift::Bytes(bytes[*at - len..*at].to_vec())
        }
        9 => {
            let head = byte(bytes, at);
            let n = if head >> 4 == 15 { unsigned(bytes, at) } else { u64::from(head >> 4) };
            Thrift::List((0..n).map(|_| value(bytes, at, head & 15)).collect())
        }
        12 => {
            let (mut fields, mut last) = (Vec::new(), 0);
            loop {
                let head = byte(bytes, at);
                if head == 0 {
                    return Thrift::Record(fields);
                }
                last = if head >> 4 == 0 { signed(bytes, at) } else { last + i64::from(head >> 4) };
                fields.push((last, value(bytes, at, head & 15)));
            }
        }
        other => panic!("type {other}"),
    }
}

//! Weight files: the layer tree that thinc writes as msgpack.

use rmpv::ValueRef;

use crate::Error;

/// A float array in C order.
pub(crate) struct Array {
    pub(crate) shape: Vec<usize>,
    pub(crate) data: Vec<f32>,
}

/// A weight file: layers in breadth-first order, each with its name, its attributes and its arrays.
pub(crate) struct Weights<'a> {
    file: &'a str,
    nodes: Vec<Node<'a>>,
}

struct Node<'a> {
    name: &'a str,
    attrs: Fields<'a>,
    params: Fields<'a>,
}

type Fields<'a> = Vec<(ValueRef<'a>, ValueRef<'a>)>;

/// Reads one msgpack value, naming the file when it cannot be read.
pub(crate) fn unpack<'a>(file: &str, mut bytes: &'a [u8]) -> Result<ValueRef<'a>, Error> {
    rmpv::decode::read_value_ref(&mut bytes).map_err(|error| Error::damaged(file, format!("not msgpack ({error})")))
}

/// The text of a string or binary value.
pub(crate) fn text<'a>(value: &ValueRef<'a>) -> Option<&'a str> {
    match value {
        ValueRef::String(string) => string.into_str(),
        ValueRef::Binary(bytes) => std::str::from_utf8(bytes).ok(),
        _ => None,
    }
}

/// The value of a text key in a map.
pub(crate) fn field<'v, 'a>(value: &'v ValueRef<'a>, key: &str) -> Option<&'v ValueRef<'a>> {
    match value {
        ValueRef::Map(fields) => in_fields(fields, key),
        _ => None,
    }
}

fn in_fields<'v, 'a>(fields: &'v Fields<'a>, key: &str) -> Option<&'v ValueRef<'a>> {
    fields.iter().find(|(name, _)| text(name) == Some(key)).map(|(_, value)| value)
}

impl<'a> Weights<'a> {
    pub(crate) fn read(file: &'a str, bytes: &'a [u8]) -> Result<Weights<'a>, Error> {
        let root = unpack(file, bytes)?;
        let list = |key: &str| match field(&root, key) {
            Some(ValueRef::Array(items)) => Ok(items.clone()),
            _ => Err(Error::damaged(file, format!("it has no list `{key}`"))),
        };
        let (nodes, attrs, params) = (list("nodes")?, list("attrs")?, list("params")?);
        if nodes.len() != attrs.len() || nodes.len() != params.len() {
            return Err(Error::damaged(file, "its lists of layers differ in length"));
        }
        let nodes = nodes
            .iter()
            .zip(attrs)
            .zip(params)
            .map(|((node, attrs), params)| match (field(node, "name").and_then(text), attrs, params) {
                (Some(name), ValueRef::Map(attrs), ValueRef::Map(params)) => Ok(Node { name, attrs, params }),
                _ => Err(Error::damaged(file, "a layer has no name, attributes or arrays")),
            })
            .collect::<Result<_, _>>()?;
        Ok(Weights { file, nodes })
    }

    /// The array `param` of the `nth` layer called `name`; its shape must be `shape`, where 0 stands for any size.
    pub(crate) fn array(&self, name: &str, nth: usize, param: &str, shape: &[usize]) -> Result<Array, Error> {
        let what = || format!("array `{param}` of layer `{name}` {nth}");
        let node = self.node(name, nth)?;
        let value =
            in_fields(&node.params, param).ok_or_else(|| Error::damaged(self.file, format!("no {}", what())))?;
        let array = read_array(value).ok_or_else(|| Error::damaged(self.file, format!("{} cannot be read", what())))?;
        let fits = array.shape.len() == shape.len()
            && array.shape.iter().zip(shape).all(|(&is, &wanted)| is > 0 && (wanted == 0 || is == wanted));
        if !fits {
            let problem = format!("{} has shape {:?}, not {shape:?}", what(), array.shape);
            return Err(Error::unsupported(self.file, problem));
        }
        Ok(array)
    }

    /// An integer attribute of the `nth` layer called `name`.
    pub(crate) fn integer(&self, name: &str, nth: usize, attr: &str) -> Result<u64, Error> {
        let node = self.node(name, nth)?;
        let value = match in_fields(&node.attrs, attr) {
            Some(&ValueRef::Binary(mut bytes)) => {
                rmpv::decode::read_value_ref(&mut bytes).ok().and_then(|it| it.as_u64())
            }
            Some(value) => value.as_u64(),
            None => None,
        };
        value.ok_or_else(|| Error::damaged(self.file, format!("layer `{name}` {nth} has no number `{attr}`")))
    }

    fn node(&self, name: &str, nth: usize) -> Result<&Node<'a>, Error> {
        self.nodes
            .iter()
            .filter(|node| node.name == name)
            .nth(nth)
            .ok_or_else(|| Error::unsupported(self.file, format!("it has no layer `{name}` {nth}")))
    }
}

fn read_array(value: &ValueRef<'_>) -> Option<Array> {
    if text(field(value, "type")?)? != "<f4" {
        return None;
    }
    let ValueRef::Array(shape) = field(value, "shape")? else { return None };
    let shape: Vec<usize> =
        shape.iter().map(|it| it.as_u64().and_then(|n| n.try_into().ok())).collect::<Option<_>>()?;
    let ValueRef::Binary(bytes) = field(value, "data")? else { return None };
    let n_items = shape.iter().try_fold(1usize, |n, &size| n.checked_mul(size))?;
    if n_items.checked_mul(4)? != bytes.len() {
        return None;
    }
    Some(Array { shape, data: floats(bytes) })
}

/// Little-endian floats.
pub(crate) fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.as_chunks::<4>().0.iter().map(|chunk| f32::from_le_bytes(*chunk)).collect()
}

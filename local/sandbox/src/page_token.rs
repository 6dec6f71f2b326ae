//! Opaque page tokens: where the next page of a list starts, tied to the list it is for.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// A token for the page of `list` that starts at `offset`.
pub fn encode(list: &str, offset: usize) -> String {
    URL_SAFE_NO_PAD.encode(format!("{offset}:{list}"))
}

/// The offset in a token of `list`; `None` if it was not made by [`encode`] for this list.
pub fn decode(list: &str, token: &str) -> Option<usize> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
    let (offset, of) = text.split_once(':')?;
    if of == list { offset.parse().ok() } else { None }
}

/// One page of `items`, and the offset of the next one if there is one.
pub fn slice<T>(items: Vec<T>, offset: usize, size: usize) -> (Vec<T>, Option<usize>) {
    let end = offset.saturating_add(size);
    let next = (end < items.len()).then_some(end);
    (items.into_iter().skip(offset).take(size).collect(), next)
}

//! XML bodies. The document is read as XML first, and values are inserted into its texts and attributes: whatever they
//! hold, they add no element and no entity.

use quick_xml::escape::{escape, resolve_predefined_entity};
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesCData, BytesRef, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer, XmlVersion};

use crate::config::template::{self, Values};
use crate::workflow::values::Scope;

/// Fills a document in. The error says what is wrong with it.
pub fn fill(text: &str, scope: &Scope<'_>) -> Result<Vec<u8>, String> {
    render(text, |template| {
        let filled = template::text(template, scope).unwrap_or_default();
        match filled.chars().find(|c| !is_carried(*c)) {
            Some(c) => Err(format!("a value holds {}, which XML cannot carry", c.escape_unicode())),
            None => Ok(filled),
        }
    })
}

/// What is wrong with a document of the project file, if anything.
pub fn check(text: &str) -> Result<(), String> {
    struct Anything;
    impl Values for Anything {
        fn at(&self, _: &str) -> Option<&serde_json::Value> {
            Some(&serde_json::Value::Null)
        }
    }
    render(text, |template| Ok(template::text(template, &Anything).unwrap_or_default())).map(drop)
}

fn render(text: &str, fill: impl Fn(&str) -> Result<String, String>) -> Result<Vec<u8>, String> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut writer = Writer::new(Vec::new());
    let mut open = 0_usize;
    let mut roots = 0_usize;
    loop {
        let event = reader.read_event().map_err(|error| format!("it is not well-formed ({error})"))?;
        let event = match event {
            Event::Eof => break,
            Event::Start(start) => {
                roots += usize::from(open == 0);
                open += 1;
                Event::Start(element(&start, &fill)?)
            }
            Event::Empty(start) => {
                roots += usize::from(open == 0);
                Event::Empty(element(&start, &fill)?)
            }
            Event::End(end) => {
                open = open.saturating_sub(1);
                Event::End(end)
            }
            Event::Text(text) => {
                let template = text.decode().map_err(|error| error.to_string())?.into_owned();
                Event::Text(BytesText::from_escaped(escaped(&fill(&template)?, false)))
            }
            Event::CData(data) => {
                let template = data.decode().map_err(|error| error.to_string())?.into_owned();
                // A value with "]]>" in it becomes two sections, and so does one with a CR, which only stays one as a reference.
                for (index, line) in fill(&template)?.split('\r').enumerate() {
                    let cr = (index > 0).then(|| Event::Text(BytesText::from_escaped("&#13;")));
                    for part in cr.into_iter().chain(BytesCData::escaped(line).map(Event::CData)) {
                        writer.write_event(part).map_err(|error| error.to_string())?;
                    }
                }
                continue;
            }
            Event::GeneralRef(name) if !stands_for_a_character(&name) => {
                let name = String::from_utf8_lossy(&name).into_owned();
                return Err(format!(
                    "nothing says what &{name}; is, or XML cannot carry it; write the character itself, or &#…; with its number"
                ));
            }
            Event::DocType(_) => return Err("it has a DOCTYPE; leave it away".into()),
            other => {
                if String::from_utf8_lossy(&other).contains("{{") {
                    return Err(
                        "a variable stands in a comment or an instruction; put it into a text or an attribute".into()
                    );
                }
                other
            }
        };
        writer.write_event(event).map_err(|error| error.to_string())?;
    }
    if open > 0 {
        return Err("an element is not closed".into());
    }
    if roots != 1 {
        return Err("it needs one outermost element".into());
    }
    Ok(writer.into_inner())
}

fn element(
    start: &BytesStart<'_>,
    fill: impl Fn(&str) -> Result<String, String>,
) -> Result<BytesStart<'static>, String> {
    let name = std::str::from_utf8(start.name().into_inner()).map_err(|error| error.to_string())?.to_owned();
    if name.contains("{{") {
        return Err("a variable stands in the name of an element; it can only be in a text or an attribute".into());
    }
    let mut filled = BytesStart::new(name);
    for attribute in start.attributes() {
        let attribute: Attribute<'_> =
            attribute.map_err(|error| format!("an attribute is not well-formed ({error})"))?;
        let key = std::str::from_utf8(attribute.key.into_inner()).map_err(|error| error.to_string())?;
        let template = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| error.to_string())?;
        filled.push_attribute((key.as_bytes(), escaped(&fill(&template)?, true).as_bytes()));
    }
    Ok(filled)
}

fn stands_for_a_character(name: &BytesRef<'_>) -> bool {
    match name.resolve_char_ref() {
        Ok(Some(c)) => is_carried(c),
        Ok(None) => resolve_predefined_entity(&name.decode().unwrap_or_default()).is_some(),
        Err(_) => false,
    }
}

/// True for a character that XML 1.0 can carry.
fn is_carried(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// A text as it is written, so that a parser reads what it was: a plain CR would become LF, and in an attribute any line break or
/// tab a space.
fn escaped(text: &str, in_attribute: bool) -> String {
    let text = escape(text).replace('\r', "&#13;");
    if in_attribute { text.replace('\n', "&#10;").replace('\t', "&#9;") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_stay_values() {
        let mut scope = Scope::default();
        scope.set("v", json!("</a><b x=\"1\">&evil; ]]> '{{v}}'"));
        let filled =
            fill("<?xml version=\"1.0\"?><a k='{{v}}' l=\"&lt;\"><![CDATA[{{v}}]]>x &amp; {{v}}<!-- c --></a>", &scope);
        let text = String::from_utf8(filled.unwrap()).unwrap();
        let document = roxmltree::Document::parse(&text).unwrap();
        let root = document.root_element();
        assert_eq!(root.attribute("k"), Some("</a><b x=\"1\">&evil; ]]> '{{v}}'"), "{text}");
        assert_eq!(root.attribute("l"), Some("<"));
        assert_eq!(root.descendants().filter(roxmltree::Node::is_element).count(), 1);
        let inner: String = root.descendants().filter(|node| node.is_text()).filter_map(|node| node.text()).collect();
        assert_eq!(inner, "</a><b x=\"1\">&evil; ]]> '{{v}}'x & </a><b x=\"1\">&evil; ]]> '{{v}}'");
        for (text, carried) in [("\u{0}", false), ("\u{b}", false), ("\u{ffff}", false), ("\u{85}\u{1f600}", true)] {
            scope.set("v", json!(text));
            assert_eq!(fill("<a>{{v}}</a>", &scope).is_ok(), carried, "{text:?}");
        }
    }

    #[test]
    fn what_is_no_document_is_told() {
        for bad in [
            "<a>",
            "</a>",
            "<a></b>",
            "<{{x}}/>",
            "<a><!-- {{x}} --></a>",
            "<!DOCTYPE a [<!ENTITY x 'y'>]><a/>",
            "<a/><b/>",
            "text",
            "<a>&nbsp;</a>",
            "<a b='&nbsp;'/>",
            "<a>&#0;</a>",
            "<a b='&#0;'/>",
            "<a>&#x;</a>",
            "<a>&#xffff;</a>",
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
        check("<a b='{{x}}'>{{y}} &amp; &#xe9;</a>").unwrap();
    }
}

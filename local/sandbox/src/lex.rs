//! Words of the small query languages that three of the apps speak (SOQL, JQL, Drive's `q`).

/// One word.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// A name or keyword, as written.
    Word(String),
    /// A quoted text, without its quotes and escapes.
    Text(String),
    Number(f64),
    /// `=`, `!=`, `<`, `<=`, `>`, `>=`, `~`.
    Operator(&'static str),
    Comma,
    Open,
    Close,
}

const OPERATORS: [&str; 7] = ["!=", "<=", ">=", "=", "<", ">", "~"];

/// Splits `query` into words; the error says what cannot be read and where.
pub fn tokens(query: &str) -> Result<Vec<Token>, String> {
    let mut rest = query;
    let mut found = Vec::new();
    while let Some(first) = rest.chars().next() {
        if let Some(operator) = OPERATORS.into_iter().find(|operator| rest.starts_with(operator)) {
            found.push(Token::Operator(operator));
            rest = &rest[operator.len()..];
        } else if first == '\'' || first == '"' {
            let (text, after) = quoted(rest, first)?;
            found.push(Token::Text(text));
            rest = after;
        } else if is_word(first) {
            let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            found.push(word(&rest[..end]));
            rest = &rest[end..];
        } else {
            match first {
                ',' => found.push(Token::Comma),
                '(' => found.push(Token::Open),
                ')' => found.push(Token::Close),
                c if c.is_whitespace() => {}
                c => {
                    return Err(format!("unexpected character '{c}' at position {}", query.len() - rest.len()));
                }
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    Ok(found)
}

/// Dates are words, too: `2030-01-01T00:00:00+01:00`.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | ':' | '+')
}

fn word(text: &str) -> Token {
    let numeric = text.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    match text.parse() {
        Ok(number) if numeric => Token::Number(number),
        _ => Token::Word(text.to_owned()),
    }
}

/// The text up to the closing quote, and what follows it.
fn quoted(input: &str, quote: char) -> Result<(String, &str), String> {
    let mut text = String::new();
    let mut chars = input.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some((_, escaped)) => text.push(escaped),
                None => break,
            },
            c if c == quote => return Ok((text, &input[at + c.len_utf8()..])),
            c => text.push(c),
        }
    }
    Err(format!("a text that begins with {quote} has no end"))
}

/// Reads words one after another; the parsers are built on it.
pub struct Reader {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
}

impl Reader {
    pub fn new(query: &str) -> Result<Self, String> {
        Ok(Self { tokens: tokens(query)?.into_iter().peekable() })
    }

    pub fn next(&mut self) -> Option<Token> {
        self.tokens.next()
    }

    /// Takes the next word if it is this one, in any case.
    pub fn take(&mut self, keyword: &str) -> bool {
        self.tokens.next_if(|token| matches!(token, Token::Word(word) if word.eq_ignore_ascii_case(keyword))).is_some()
    }

    pub fn take_token(&mut self, token: &Token) -> bool {
        self.tokens.next_if_eq(token).is_some()
    }

    pub fn expect(&mut self, keyword: &str) -> Result<(), String> {
        if self.take(keyword) { Ok(()) } else { Err(format!("expected {keyword}, found {}", self.describe())) }
    }

    pub fn name(&mut self) -> Result<String, String> {
        match self.tokens.next_if(|token| matches!(token, Token::Word(_))) {
            Some(Token::Word(word)) => Ok(word),
            _ => Err(format!("expected a name, found {}", self.describe())),
        }
    }

    pub fn text(&mut self) -> Result<String, String> {
        match self.tokens.next_if(|token| matches!(token, Token::Text(_))) {
            Some(Token::Text(text)) => Ok(text),
            _ => Err(format!("expected a quoted text, found {}", self.describe())),
        }
    }

    pub fn count(&mut self) -> Result<usize, String> {
        match self.next() {
            Some(Token::Number(number)) if number >= 0.0 && number.fract() == 0.0 => Ok(number as usize),
            _ => Err("expected a whole number".to_owned()),
        }
    }

    pub fn end(&mut self) -> Result<(), String> {
        if self.tokens.peek().is_none() { Ok(()) } else { Err(format!("unexpected {}", self.describe())) }
    }

    fn describe(&mut self) -> String {
        match self.tokens.peek() {
            None => "the end".to_owned(),
            Some(Token::Word(word)) => format!("\"{word}\""),
            Some(Token::Text(text)) => format!("the text '{text}'"),
            Some(Token::Number(number)) => format!("the number {number}"),
            Some(Token::Operator(operator)) => format!("\"{operator}\""),
            Some(Token::Comma) => "a comma".to_owned(),
            Some(Token::Open | Token::Close) => "a bracket".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_words_texts_numbers_and_operators() {
        assert_eq!(tokens("2030-01-01T00:00:00.5+01:00"), Ok(vec![Token::Word("2030-01-01T00:00:00.5+01:00".into())]));
        let words = tokens(r"a.b >= 'it\'s' , (-2.5)").expect("readable");
        let expected = [
            Token::Word("a.b".into()),
            Token::Operator(">="),
            Token::Text("it's".into()),
            Token::Comma,
            Token::Open,
            Token::Number(-2.5),
            Token::Close,
        ];
        assert_eq!(words, expected);
    }

    #[test]
    fn says_what_it_cannot_read() {
        assert!(tokens("name = 'open").is_err_and(|error| error.contains("no end")));
        assert!(tokens("a = 'x\\").is_err());
        assert!(tokens("a ; b").is_err_and(|error| error.contains("position 2")));
        assert_eq!(tokens(""), Ok(vec![]));
    }
}

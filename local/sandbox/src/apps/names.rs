//! Made-up names for seeded data: many different ones out of a few words.

const ADJECTIVES: [&str; 16] = [
    "amber", "brisk", "calm", "dusty", "early", "fern", "golden", "hollow", "ivory", "jolly", "keen", "lunar", "misty",
    "noble", "olive", "plain",
];
const NOUNS: [&str; 17] = [
    "anchor", "beacon", "canyon", "delta", "ember", "forest", "garden", "harbour", "island", "junction", "kettle",
    "lantern", "meadow", "nutmeg", "orchard", "pebble", "quarry",
];

/// Two words; different for every `n` below 272, as 16 and 17 share no divisor.
pub fn pair(n: usize) -> (&'static str, &'static str) {
    (ADJECTIVES[n % ADJECTIVES.len()], NOUNS[n % NOUNS.len()])
}

/// As in a title: `Amber Anchor`.
pub fn title(n: usize) -> String {
    let (first, second) = pair(n);
    format!("{} {}", capital(first), capital(second))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    #[test]
    fn are_different() {
        assert_eq!((0..272).map(super::pair).collect::<HashSet<_>>().len(), 272);
        assert_eq!(super::title(0), "Amber Anchor");
    }
}

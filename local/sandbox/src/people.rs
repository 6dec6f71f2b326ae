//! The people who can sign in. They exist in every app.

/// Somebody with an account.
pub struct Person {
    pub id: &'static str,
    pub first_name: &'static str,
    pub last_name: &'static str,
    pub email: &'static str,
    pub role: &'static str,
}

impl Person {
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    pub fn initials(&self) -> String {
        self.first_name.chars().take(1).chain(self.last_name.chars().take(1)).collect()
    }
}

pub static PEOPLE: [Person; 3] = [
    Person { id: "ada", first_name: "Ada", last_name: "Lovelace", email: "ada@lighthouse.test", role: "Administrator" },
    Person { id: "grace", first_name: "Grace", last_name: "Hopper", email: "grace@lighthouse.test", role: "Member" },
    Person { id: "alan", first_name: "Alan", last_name: "Turing", email: "alan@lighthouse.test", role: "Guest" },
];

pub fn find(id: &str) -> Option<&'static Person> {
    PEOPLE.iter().find(|person| person.id == id)
}

/// The person of a stored id. Ids are checked before they are stored, so the first person stands in only for a row
/// written by another version.
pub fn of(id: &str) -> &'static Person {
    find(id).unwrap_or(&PEOPLE[0])
}

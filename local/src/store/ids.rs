//! New ids: random ones, or the same ones in the same order for everybody who begins with the same seed.

use aws_lc_rs::digest;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use uuid::{Builder, Uuid};

use super::setting;

#[derive(Serialize, Deserialize)]
struct Seeded {
    seed: String,
    given: u64,
    /// Runs of workflows have a row of their own: the engine starts them when it comes to it, which must not change the
    /// ids of what the app makes.
    #[serde(default)]
    runs: u64,
}

/// From now on ids follow from `seed`.
pub fn begin(db: &Connection, seed: &str) -> rusqlite::Result<()> {
    setting::set(db, setting::IDS, &Seeded { seed: seed.into(), given: 0, runs: 0 })
}

/// The seed of the ids, if they have one.
pub fn seed(db: &Connection) -> rusqlite::Result<Option<String>> {
    setting::get::<Seeded>(db, setting::IDS).map(|found| found.map(|seeded| seeded.seed))
}

/// The next id. It belongs to the transaction: if that fails, the same id is given again.
pub fn next(db: &Connection) -> rusqlite::Result<Uuid> {
    give(db, |seeded| {
        seeded.given += 1;
        derived(&seeded.seed, seeded.given)
    })
}

/// The next id of a run of a workflow.
pub fn next_run(db: &Connection) -> rusqlite::Result<Uuid> {
    give(db, |seeded| {
        seeded.runs += 1;
        derived(&format!("run:{}", seeded.seed), seeded.runs)
    })
}

fn give(db: &Connection, count: impl FnOnce(&mut Seeded) -> Uuid) -> rusqlite::Result<Uuid> {
    let Some(mut seeded) = setting::get::<Seeded>(db, setting::IDS)? else {
        return Ok(Uuid::new_v4());
    };
    let id = count(&mut seeded);
    setting::set(db, setting::IDS, &seeded)?;
    Ok(id)
}

/// The `number`th id of a seed, in the form of a random one.
pub fn derived(seed: &str, number: u64) -> Uuid {
    let hash = digest::digest(&digest::SHA256, format!("{number}:{seed}").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.as_ref()[..16]);
    Builder::from_random_bytes(bytes).into_uuid()
}

//! What a project has stored at one moment, its sandbox providers included: named snapshots, and the way back to the seed.

mod document;
mod shelf;

use std::sync::Arc;

use crate::app::App;
use crate::clock::Setting;
use crate::store::{Error, Image, Store, ids, setting};

pub use document::{Refused, export, import};
pub use shelf::{Listed, SEED, Shelf, Trouble, check_name};

/// Everything that a project has stored.
#[derive(Debug)]
pub struct Snapshot {
    /// The platform's database.
    pub platform: Arc<Image>,
    /// The sandbox providers'.
    pub sandbox: Arc<Image>,
}

impl Snapshot {
    /// Takes one of a running project.
    pub async fn take(app: &Arc<App>) -> Result<Self, Error> {
        let platform = Arc::new(app.store.copy().await?);
        let sandbox = app.sandbox.clone();
        let sandbox = blocking(move || Image::fill(|memory| Ok(sandbox.copy(memory)?))).await?;
        Ok(Self { platform, sandbox: Arc::new(sandbox) })
    }

    /// What a new project has stored. Ids begin anew with the project's seed, if it has one.
    pub async fn of_new_project(app: &Arc<App>) -> Result<Self, Error> {
        let seed = app.store.read(ids::seed).await?;
        let clock = app.clock.shared();
        blocking(move || {
            let platform = Store::new_image()?;
            if let Some(seed) = seed {
                ids::begin(&platform.connection(), &seed)?;
            }
            let sandbox = Image::fill(|memory| paragon_sandbox::Sandbox::copy_new(clock, memory).map_err(Error::from))?;
            Ok(Self { platform: Arc::new(platform), sandbox: Arc::new(sandbox) })
        })
        .await
    }

    /// Puts it in the place of what a running project has stored; the clock goes back with it. What tests have switched
    /// on (faults) or noted (the journal) ends.
    pub async fn put(&self, app: &Arc<App>) -> Result<(), Error> {
        let _alone = app.changing.lock().await;
        let still = app.workflows.stand_still().await;
        app.store.load(self.platform.clone()).await?;
        let (sandbox, image) = (app.sandbox.clone(), self.sandbox.clone());
        blocking(move || Ok(sandbox.load(&image.connection())?)).await?;
        let clock: Option<Setting> = app.store.read(|db| setting::get(db, setting::CLOCK)).await?;
        app.clock.restore(clock.unwrap_or_default());
        app.faults.clear();
        app.journal.clear();
        app.attempt_changed.notify_waiters();
        drop(still);
        app.workflows.progressed.notify_waiters();
        Ok(())
    }
}

/// Copies are made off the threads that serve.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Error::Closed)?
}

//! The project of a data folder: its id and the key pair that signs user tokens. Made at the first use by any command.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::KeyPair as _;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The file of a data folder that holds its project's id.
pub const PROJECT_FILE: &str = "project.json";
const KEY_FILE: &str = "signing-key.local-only.pem";
const API_KEY_FILE: &str = "api-key.local-only.txt";
const KEY_NOTICE: &str =
    "This key signs user tokens of a paragon-local platform on this machine. It is worth nothing anywhere else.";

/// The project's identity.
pub struct Project {
    /// Id, as the app names it.
    pub id: Uuid,
    /// PEM (PKCS #8) of the private key: signs user tokens.
    pub private_pem: String,
    /// DER (PKCS #1) of the public key: checks them.
    pub public_der: Vec<u8>,
    /// Of the project's server: opens the task history.
    pub api_key: String,
}

impl std::fmt::Debug for Project {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Project").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The data folder could not be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Reading or writing failed.
    #[error(
        "cannot use {path} in the data folder: {source}. Check its permissions, or choose another folder with --data."
    )]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file is there, but is not what it should be.
    #[error("{path} is damaged: {what}. Delete the data folder to begin anew; connected accounts in it are lost.")]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// Key generation failed.
    #[error("could not make keys on this machine")]
    Key,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    id: Uuid,
    notice: String,
}

impl Project {
    /// A project that lives in memory only.
    pub fn in_memory(id: Uuid) -> Result<Self, Error> {
        Self::from_key(id, &new_key()?, &new_api_key()?)
    }

    /// The project of a data folder; made if it is not there, with `new_id`. Two commands that start at once make one project.
    pub fn open(data: &Path, new_id: Uuid) -> Result<Self, Error> {
        make_folder(data).map_err(|source| Error::Io { path: data.into(), source })?;
        let lock_file = data.join("project.lock");
        let lock = File::create(&lock_file).map_err(|source| Error::Io { path: lock_file.clone(), source })?;
        lock.lock().map_err(|source| Error::Io { path: lock_file, source })?;

        let ignore = data.join(".gitignore");
        if !ignore.exists() {
            write(&ignore, b"*\n", 0o644)?;
        }
        let key_file = data.join(KEY_FILE);
        if !key_file.exists() {
            write(&key_file, new_key()?.as_bytes(), 0o600)?;
        }
        let project_file = data.join(PROJECT_FILE);
        if !project_file.exists() {
            let stored = Stored { id: new_id, notice: "A paragon-local project: for this machine only.".into() };
            let text = serde_json::to_string_pretty(&stored).unwrap_or_default();
            write(&project_file, text.as_bytes(), 0o644)?;
        }
        let stored: Stored = serde_json::from_str(&read(&project_file)?)
            .map_err(|error| Error::Damaged { path: project_file, what: error.to_string() })?;
        let api_key_file = data.join(API_KEY_FILE);
        if !api_key_file.exists() {
            write(&api_key_file, new_api_key()?.as_bytes(), 0o600)?;
        }
        let api_key = read(&api_key_file)?;
        if api_key.trim().is_empty() {
            return Err(Error::Damaged { path: api_key_file, what: "it is empty".into() });
        }
        Self::from_key(stored.id, &read(&key_file)?, &api_key).map_err(|error| match error {
            Error::Key => Error::Damaged { path: key_file, what: "it holds no RSA private key".into() },
            other => other,
        })
    }

    fn from_key(id: Uuid, pem: &str, api_key: &str) -> Result<Self, Error> {
        let body: String = pem
            .lines()
            .skip_while(|line| !line.starts_with("-----BEGIN PRIVATE KEY"))
            .skip(1)
            .take_while(|line| !line.starts_with("-----"))
            .collect();
        let der = STANDARD.decode(body).map_err(|_| Error::Key)?;
        let pair = KeyPair::from_pkcs8(&der).map_err(|_| Error::Key)?;
        let public_der = pair.public_key().as_ref().to_vec();
        Ok(Self { id, private_pem: to_pem(&der), public_der, api_key: api_key.trim().to_owned() })
    }
}

/// Makes a folder for its owner only: it holds keys and tokens.
pub fn make_folder(data: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(data)
}

fn new_key() -> Result<String, Error> {
    let pair = KeyPair::generate(KeySize::Rsa2048).map_err(|_| Error::Key)?;
    let der: Pkcs8V1Der<'_> = pair.as_der().map_err(|_| Error::Key)?;
    Ok(format!("{KEY_NOTICE}\n{}", to_pem(der.as_ref())))
}

fn new_api_key() -> Result<String, Error> {
    let mut bytes = [0; 32];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| Error::Key)?;
    Ok(format!("local-only-{}\n", hex::encode(bytes)))
}

fn to_pem(der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let mut pem = String::from("-----BEGIN PRIVATE KEY-----\n");
    for start in (0..text.len()).step_by(64) {
        pem.push_str(&text[start..text.len().min(start + 64)]);
        pem.push('\n');
    }
    pem.push_str("-----END PRIVATE KEY-----\n");
    pem
}

fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|source| Error::Io { path: path.into(), source })
}

/// Writes a whole file or none, so that a crash leaves no half key behind.
pub fn write(path: &Path, content: &[u8], mode: u32) -> Result<(), Error> {
    let attempt = || {
        let draft = path.with_extension("new");
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
        #[cfg(not(unix))]
        let _ = mode;
        let mut file = options.open(&draft)?;
        file.write_all(content)?;
        file.sync_all()?;
        fs::rename(&draft, path)
    };
    attempt().map_err(|source| Error::Io { path: path.into(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_made_once_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let handles: Vec<_> = (0..4)
            .map(|_| {
                let data = folder.path().to_owned();
                std::thread::spawn(move || Project::open(&data, Uuid::new_v4()).unwrap())
            })
            .collect();
        let all: Vec<Project> = handles.into_iter().map(|handle| handle.join().unwrap()).collect();
        assert!(all.iter().all(|one| one.id == all[0].id && one.public_der == all[0].public_der));
    }

    #[cfg(unix)]
    #[test]
    fn the_key_is_for_its_owner_only_and_says_what_it_is() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        Project::open(folder.path(), Uuid::new_v4()).unwrap();
        let file = folder.path().join(KEY_FILE);
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(fs::read_to_string(file).unwrap().starts_with("This key signs user tokens of a paragon-local"));
    }

    #[test]
    fn a_damaged_key_is_named() {
        let folder = tempfile::tempdir().unwrap();
        Project::open(folder.path(), Uuid::new_v4()).unwrap();
        fs::write(folder.path().join(KEY_FILE), "nothing").unwrap();
        let error = Project::open(folder.path(), Uuid::new_v4()).unwrap_err().to_string();
        assert!(error.contains(KEY_FILE) && error.contains("no RSA private key"), "{error}");
    }
}

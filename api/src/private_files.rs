//! What the program writes, nobody else reads: directories are made for their owner alone, and so is every file.

use std::{
    fs::{self, DirBuilder, Permissions},
    io,
    os::unix::fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _},
    path::Path,
};

/// What the program puts into its data directory.
const OWN: [&str; 8] = [
    "keys",
    "liangxin.db",
    "liangxin.db-journal",
    "liangxin.db-shm",
    "liangxin.db-wal",
    "mail",
    "objects",
    "spool",
];
/// What the group and everybody else may do.
const OF_OTHERS: u32 = 0o077;

/// From now on, whatever this process makes is its owner's alone: 0600 for a file, 0700 for a directory. It holds for
/// what libraries make too, such as the files of SQLite.
pub(crate) fn close() {
    use rustix::fs::Mode;
    rustix::process::umask(Mode::RWXG | Mode::RWXO);
}

/// Makes a directory of the program's own, or closes the one that an earlier version made.
pub(crate) fn directory(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    tighten(path)
}

/// Makes the data directory, or closes it if it holds nothing that the program did not put there. Another one, such as a
/// home, is left as it is and told: what the program puts into it is closed by itself.
pub(crate) fn data_directory(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    let mut is_ours = true;
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if OWN.iter().any(|own| entry.file_name() == *own) {
            tighten(&entry.path())?;
        } else {
            is_ours = false;
        }
    }
    if is_ours {
        return tighten(path);
    }
    if fs::metadata(path)?.mode() & OF_OTHERS != 0 {
        tracing::warn!(
            directory = %path.display(),
            "the data directory holds other files too and others may look into it; chmod 700 closes it"
        );
    }
    Ok(())
}

/// Takes from the group and from everybody else what they may do with a file or directory of ours. What belongs to
/// somebody else is theirs to close.
fn tighten(path: &Path) -> io::Result<()> {
    let found = fs::symlink_metadata(path)?;
    let is_ours = found.uid() == rustix::process::geteuid().as_raw();
    if found.is_symlink() || !is_ours || found.mode() & OF_OTHERS == 0 {
        return Ok(());
    }
    fs::set_permissions(
        path,
        Permissions::from_mode(found.mode() & !OF_OTHERS & 0o7777),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().mode() & 0o777
    }

    fn opened(path: &Path) {
        fs::set_permissions(path, Permissions::from_mode(0o755)).unwrap();
    }

    #[test]
    fn a_directory_that_an_earlier_version_made_is_closed_with_what_is_in_it() {
        let place = tempfile::tempdir().unwrap();
        let data = place.path().join("new/data");
        data_directory(&data).unwrap();
        assert_eq!(mode(&data), 0o700);
        for name in ["liangxin.db", "liangxin.db-wal"] {
            fs::write(data.join(name), b"x").unwrap();
            opened(&data.join(name));
        }
        directory(&data.join("mail")).unwrap();
        opened(&data.join("mail"));
        opened(&data);
        data_directory(&data).unwrap();
        assert_eq!(mode(&data), 0o700);
        assert_eq!(mode(&data.join("liangxin.db")), 0o700);
        assert_eq!(mode(&data.join("mail")), 0o700);
    }

    #[test]
    fn a_directory_with_files_of_others_stays_as_it_is_and_ours_in_it_are_closed() {
        let place = tempfile::tempdir().unwrap();
        let home = place.path();
        opened(home);
        fs::write(home.join("letter.txt"), b"x").unwrap();
        opened(&home.join("letter.txt"));
        directory(&home.join("objects")).unwrap();
        opened(&home.join("objects"));
        data_directory(home).unwrap();
        assert_eq!(mode(home), 0o755);
        assert_eq!(mode(&home.join("letter.txt")), 0o755);
        assert_eq!(mode(&home.join("objects")), 0o700);
    }
}

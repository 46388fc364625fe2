//! How many files, and so how many connections, this process may have open at once.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// More are not asked for, even where the system would give them.
const MOST: u64 = 65_536;
/// With fewer a market's morning can fill the server.
const FEW: u64 = 4_096;
/// What is kept for the database, bodies on their way and the log.
const OWN: u64 = 256;

/// Raises the limit as far as the system lets it, and answers how many connections then fit. Too small a limit is told:
/// it is not ours to raise further.
pub(crate) fn raise() -> usize {
    let before = getrlimit(Resource::Nofile);
    let wanted = before.maximum.unwrap_or(MOST).min(MOST);
    let current = before.current.unwrap_or(MOST);
    if current < wanted {
        let raised = Rlimit {
            current: Some(wanted),
            maximum: before.maximum,
        };
        if let Err(error) = setrlimit(Resource::Nofile, raised) {
            tracing::warn!(%error, "the limit of open files cannot be raised");
        }
    }
    let open = getrlimit(Resource::Nofile).current.unwrap_or(MOST);
    if open < FEW {
        tracing::warn!(
            open,
            "few files may be open: raise the hard limit (ulimit -Hn) to {FEW} or more"
        );
    }
    // What a connection sends goes to a file meanwhile.
    usize::try_from((open.saturating_sub(OWN) / 2).max(1)).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_files_may_be_open_as_the_system_allows() {
        let connections = raise();
        let now = getrlimit(Resource::Nofile);
        let open = now.current.unwrap_or(MOST);
        assert!(open >= now.maximum.unwrap_or(MOST).min(MOST));
        assert!(u64::try_from(connections).unwrap() < open);
    }
}

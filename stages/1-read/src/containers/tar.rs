//! Tar archives, member by member in the order they stand: a stream cannot be read by name.

use std::io::Read;
use std::ops::ControlFlow;

use super::{Give, Unpacker, clean_name, is_wanted, odd_name, tell};

impl Unpacker<'_> {
    pub(super) fn tar(
        &mut self,
        location: &str,
        stream: &mut dyn super::Parts,
        give: &mut Give<'_>,
    ) -> ControlFlow<()> {
        if self.is_too_deep(location, give)? {
            return ControlFlow::Continue(());
        }
        let (mut n, mut n_read) = (0, 0);
        let mut archive = ::tar::Archive::new(&mut *stream as &mut dyn Read);
        let entries = match archive.entries() {
            Ok(entries) => entries,
            Err(e) => return tell(location, "archive-damaged", format!("is a tar that cannot be read: {e}"), give),
        };
        for entry in entries {
            let mut entry = match entry {
                Ok(entry) => entry,
                Err(e) => {
                    tell(location, "archive-damaged", format!("cannot be read beyond member {n}: {e}"), give)?;
                    break;
                }
            };
            n += 1;
            if self.limits.archive_entries_max < n {
                let message = format!("holds more than {} members; the rest is left out", n - 1);
                tell(location, "archive-too-many", message, give)?;
                break;
            }
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            let clean = clean_name(&name);
            let kind = entry.header().entry_type();
            if kind.is_dir() || !is_wanted(&clean) {
                continue;
            }
            let place = format!("{location}!{clean}");
            if kind.is_symlink() || kind.is_hard_link() {
                tell(&place, "archive-link", "is a link to another file; left out", give)?;
                continue;
            }
            if !kind.is_file() {
                continue;
            }
            if let Some(odd) = odd_name(&name) {
                tell(&place, "archive-odd-name", format!("its name in the archive {odd}; read as {clean}"), give)?;
            }
            n_read += 1;
            self.member(&place, &mut entry, give)?;
        }
        if let Some(problem) = stream.go_on() {
            tell(location, problem.code, problem.message, give)?;
        } else if n_read == 0 {
            tell(location, "archive-without-reports", "holds no file whose name says report", give)?;
        }
        ControlFlow::Continue(())
    }
}

//! ZIP archives, member by member in the order of their names.

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::ops::ControlFlow;

use ::zip::ZipArchive;

use super::{Give, Ratio, Seekable, Unpacker, clean_name, is_wanted, odd_name, tell};

impl Unpacker<'_> {
    pub(super) fn zip(&mut self, location: &str, file: &mut dyn Seekable, give: &mut Give<'_>) -> ControlFlow<()> {
        if self.is_too_deep(location, give)? {
            return ControlFlow::Continue(());
        }
        let mut archive = match ZipArchive::new(file) {
            Ok(archive) => archive,
            Err(e) => return tell(location, "archive-damaged", format!("is a ZIP that cannot be read: {e}"), give),
        };
        let mut n_read = 0;
        let mut names: Vec<String> = archive.file_names().map(str::to_owned).collect();
        names.sort();
        if self.limits.archive_entries_max < names.len() {
            let entries_max = self.limits.archive_entries_max;
            let message = format!("holds {} members; the first {entries_max} by name are read", names.len());
            tell(location, "archive-too-many", message, give)?;
            names.truncate(entries_max);
        }
        let mut seen = BTreeSet::new();
        for name in names {
            let clean = clean_name(&name);
            if name.ends_with('/') || !is_wanted(&clean) {
                continue;
            }
            let place = format!("{location}!{clean}");
            if let Some(odd) = odd_name(&name) {
                tell(&place, "archive-odd-name", format!("its name in the archive {odd}; read as {clean}"), give)?;
            }
            if !seen.insert(clean) {
                tell(&place, "archive-same-name", "is in the archive twice by the same name; the first is read", give)?;
                continue;
            }
            let mut member = match archive.by_name(&name) {
                Ok(member) => member,
                Err(e) => {
                    tell(&place, "archive-damaged", format!("cannot be unpacked: {e}"), give)?;
                    continue;
                }
            };
            if member.is_symlink() {
                tell(&place, "archive-link", "is a link to another file; left out", give)?;
                continue;
            }
            let mut ratio = Ratio::new(self.limits);
            ratio.packed = member.compressed_size();
            n_read += 1;
            let mut member = Bounded { inner: &mut member, ratio, is_over: false };
            let flow = self.member(&place, &mut member, give);
            if member.is_over
                && let Some(problem) = member.ratio.exceeded()
            {
                tell(&place, problem.code, problem.message, give)?;
            }
            flow?;
        }
        if n_read == 0 {
            tell(location, "archive-without-reports", "holds no file whose name says report", give)?;
        }
        ControlFlow::Continue(())
    }
}

/// A member that stops where its packed bytes cannot be text.
struct Bounded<'a> {
    inner: &'a mut dyn Read,
    ratio: Ratio,
    is_over: bool,
}

impl Read for Bounded<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.is_over {
            return Ok(0);
        }
        let n = self.inner.read(out)?;
        self.ratio.unpacked += n as u64;
        self.is_over = self.ratio.exceeded().is_some();
        Ok(n)
    }
}

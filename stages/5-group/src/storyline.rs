//! Storylines: what is told over days or weeks in several stories, each of one happening.
//!
//! A storyline is a level above the stories and never joins their reports: two meetings of the same people stay two stories.
//! Stories are of one line while the middles of their reports' words are alike on average, whatever their days.

use crate::cluster::average_link;
use crate::nearby::meetings;
use crate::vectors::Profiles;

/// Found by reading the lines of an open collection at several settings: higher, and follow-ups of one affair part; lower,
/// and all of one country's politics is one line.
const THRESHOLD: f32 = 0.26;

/// Stories share at least this by their strongest words; of what is alike by the threshold, hardly any share less.
const SHARED_MIN: f32 = 0.12;

/// The number of the first story in the line of each story.
pub(crate) fn lines(stories: &[Vec<u32>], profiles: &Profiles) -> Vec<u32> {
    let middles = profiles.body.middles(stories);
    let days = vec![None; stories.len()];
    let mut edges = Vec::new();
    meetings(
        &middles,
        profiles.n_rows,
        &days,
        |_| SHARED_MIN,
        |one, other, alike, _| {
            edges.push((one, other, alike));
        },
    );
    let mut firsts = vec![0u32; stories.len()];
    for line in average_link(stories.len(), &edges, THRESHOLD) {
        line.iter().for_each(|it| firsts[*it as usize] = line[0]);
    }
    firsts
}

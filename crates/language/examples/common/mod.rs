//! What the measuring examples share: a model, texts, and what /proc says of this process.
#![allow(dead_code, reason = "every example takes what it needs")]

use std::path::Path;

use rapporteur_language::{Error, Kernel, Options, Pipeline, Precision};

/// Loads a model folder or wheel.
pub(crate) fn load(path: &str, options: &Options) -> Result<Pipeline, Error> {
    let path = Path::new(path);
    let is_wheel = path.extension().is_some_and(|it| it == "whl");
    if is_wheel { Pipeline::from_wheel(path, options) } else { Pipeline::from_folder(path, options) }
}

/// Takes an argument that says how to compute; `false` if it says something else.
pub(crate) fn set_option(options: &mut Options, arg: &str) -> bool {
    match [Kernel::Avx512, Kernel::Avx2, Kernel::Portable].into_iter().find(|it| it.as_str() == arg) {
        Some(kernel) => options.kernel = Some(kernel),
        None if arg == "int16" => options.precision = Precision::Int16,
        None => return false,
    }
    true
}

/// The text of a JSON line `{"text": …}`.
pub(crate) fn text_of(line: &str) -> Result<String, serde_json::Error> {
    let item: serde_json::Value = serde_json::from_str(line)?;
    Ok(item["text"].as_str().unwrap_or_default().to_string())
}

/// The texts of a file of such lines.
pub(crate) fn texts(path: &str) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    Ok(std::fs::read_to_string(path)?.lines().map(text_of).collect::<Result<_, _>>()?)
}

/// Prints a line.
#[allow(clippy::print_stdout, reason = "printing is what these examples do")]
pub(crate) fn say(line: &str) {
    println!("{line}");
}

/// CPU time of this process so far; 0 where there is no /proc.
pub(crate) fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let of_main: f64 = stat.split(' ').next().and_then(|it| it.parse().ok()).unwrap_or(0.0);
    // schedstat is exact but of one thread; stat counts all threads in ticks of 10 ms.
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(") ").next().unwrap_or_default();
    let ticks: f64 = after_name.split(' ').skip(11).take(2).filter_map(|it| it.parse::<f64>().ok()).sum();
    (ticks / 100.0).max(of_main / 1e9)
}

/// Peak resident memory in megabytes; 0 where there is no /proc.
pub(crate) fn peak_mb() -> f64 {
    status_mb("VmHWM:")
}

/// Resident memory in megabytes; 0 where there is no /proc.
pub(crate) fn resident_mb() -> f64 {
    status_mb("VmRSS:")
}

fn status_mb(field: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field)).unwrap_or_default();
    line.split_whitespace().next().and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

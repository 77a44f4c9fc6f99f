//! mcp
use crate::{Error, Setup};
use std::io::{BufRead, Write};
/// x
pub fn serve(_setup: Setup, _input: impl BufRead, _output: impl Write) -> Result<(), Error> {
    Ok(())
}

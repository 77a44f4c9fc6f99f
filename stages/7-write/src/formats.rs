//! Output forms of an account. To add one: its file, and its word in the list below.

use rapporteur_model::{Account, Annotated, Claim, Relations};

/// All that a form may show.
pub struct Page<'a> {
    /// The account.
    pub account: &'a Account,
    /// The claims it is made from.
    pub claims: &'a [Claim],
    /// All reports of the run.
    pub reports: &'a [Annotated],
    /// How they depend on each other.
    pub relations: &'a Relations,
}

/// One output form.
pub struct Format {
    /// Name on the command line.
    pub name: &'static str,
    /// File extension.
    pub extension: &'static str,
    /// Media type.
    pub media_type: &'static str,
    /// Writes the page.
    pub write: fn(&Page<'_>) -> String,
}

/// All forms.
pub const FORMATS: &[Format] = &[];

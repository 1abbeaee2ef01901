//! Opens the preview in a browser.

use std::time::Duration;

/// How long a program that opens addresses may take to say that it cannot.
const PATIENCE: Duration = Duration::from_secs(2);

/// Asks the system to open an address in the person's browser, and waits a moment for it to say that it cannot.
///
/// # Errors
/// A sentence, if there is no browser to be opened. That is no reason not to go on.
pub fn open(address: &str) -> Result<(), String> {
    open::that_detached_with_timeout(address, PATIENCE)
        .map_err(|_| format!("No browser could be opened here; open {address} in one yourself."))
}

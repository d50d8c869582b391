//! What goes wrong in PostgreSQL, as the backend is told.

use backend::store::Fault;

/// No room on a disk (SQLSTATE, appendix A of PostgreSQL's manual).
const DISK_FULL: &str = "53100";
/// Another transaction came in between.
const SERIALIZATION_FAILURE: &str = "40001";
const DEADLOCK_DETECTED: &str = "40P01";
/// A key was there already.
const UNIQUE_VIOLATION: &str = "23505";

/// A failure of PostgreSQL, or of the way to it, for the backend. Its text goes into the log and to nobody
/// else; it names tables and constraints and no content of a record.
pub(super) fn fault(error: sqlx::Error) -> Fault {
    match code(&error).as_deref() {
        Some(DISK_FULL) => Fault::Full,
        _ => Fault::Failed(format!("PostgreSQL: {error}")),
    }
}

/// Whether the same transaction may go well when it is tried again at once: it met another one. A key that
/// was there already is looked at anew, too, because the receipt of the same act may have come with it.
pub(super) fn met_another(error: &sqlx::Error) -> bool {
    matches!(code(error).as_deref(), Some(SERIALIZATION_FAILURE | DEADLOCK_DETECTED | UNIQUE_VIOLATION))
}

fn code(error: &sqlx::Error) -> Option<String> {
    error.as_database_error().and_then(|error| error.code()).map(|code| code.into_owned())
}

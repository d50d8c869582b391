//! The set-up as it is typed (U2), and the file with people.

mod draft;
mod file;

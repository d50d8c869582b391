//! Whether personas sign in (G6). It stands in no table of settings, because no build that is shipped has it.

use super::reader::Reader;
use super::setting::Setting;

/// Under which name a demonstration is asked for.
pub(super) const DEMONSTRATION: Setting = Setting {
    key: "demonstration",
    variable: "PROEF_DEMONSTRATION",
    meaning: "Whether personas sign in",
    left_out: "they do not",
    example: "false",
    secret: false,
};

/// Whether personas sign in: only where the build can do it, and only when it is asked for (G6). Asked of
/// a build that cannot, it is refused, because whoever set it expects people to try things out.
pub(super) fn read(reader: &mut Reader<'_>) -> bool {
    let asked = reader.one_of(&DEMONSTRATION, &[("true", true), ("false", false)]).unwrap_or_default();
    let can = cfg!(feature = "demonstration");
    if asked && !can {
        let why = "this build is for real use; the embedded backend is the one to try things out";
        reader.problem(DEMONSTRATION.variable, why);
    }
    asked && can
}

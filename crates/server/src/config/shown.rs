//! The table of settings as people read it: for `--help`, as an example file, and for OPERATION.md.

use super::setting::SECTIONS;
use super::source::CONFIG;

/// The settings for `--help`: each variable with its key and its meaning.
pub fn help() -> String {
    let mut text = format!(
        "Settings come from environment variables, or from one file in TOML whose path is in {CONFIG}; a variable \
         wins over the file. `proef-server config --example` prints such a file.\n"
    );
    for section in SECTIONS {
        text += &format!("\n{}:\n", section.about);
        for setting in section.settings {
            text += &format!(
                "  {} ({})\n      {}. Left out: {}.\n",
                setting.variable, setting.key, setting.meaning, setting.left_out
            );
            if setting.secret {
                text += &format!("      A secret: {} may hold the path of a file with it.\n", setting.file_variable());
            }
        }
    }
    text
}

/// An example file. What may be left out is commented out.
pub fn example() -> String {
    let mut text = format!("# Settings of proef-server; {CONFIG} holds the path of this file.\n");
    for section in SECTIONS {
        text += &format!("\n# {}.\n[{}]\n", section.about, section.name);
        for setting in section.settings {
            let key = setting.key.rsplit('.').next().unwrap_or_default();
            let needed = setting.left_out == NEEDED;
            text += &format!("\n# {}. Left out: {}.\n", setting.meaning, setting.left_out);
            text += &format!("# The variable {} wins over it.\n", setting.variable);
            if setting.secret {
                text += &format!("# A secret: `{key}-file` may hold the path of a file with it instead.\n");
            }
            text += &format!("{}{key} = {}\n", if needed { "" } else { "# " }, setting.example);
        }
    }
    text
}

/// What is said of a setting without which the server does not start.
const NEEDED: &str = "the server does not start";

/// The settings as a table for a document.
pub fn document() -> String {
    let mut text = String::new();
    for section in SECTIONS {
        text += &format!("**`[{}]`** {}.\n\n", section.name, section.about);
        text.push_str("| variable | key | meaning | left out |\n|---|---|---|---|\n");
        for setting in section.settings {
            let key = setting.key.rsplit('.').next().unwrap_or_default();
            let secret = if setting.secret { " *(secret)*" } else { "" };
            let (variable, meaning, left_out) = (setting.variable, setting.meaning, setting.left_out);
            text += &format!("| `{variable}` | `{key}` | {meaning}{secret} | {left_out} |\n");
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::config::source::Surroundings;

    /// Between which lines of the document the table stands.
    const MARKS: [&str; 2] =
        ["<!-- settings: written by `UPDATE=1 cargo test -p server --lib` -->\n", "<!-- /settings -->\n"];

    #[test]
    fn the_document_holds_the_table_of_settings_as_it_is() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/OPERATION.md");
        let text = std::fs::read_to_string(file).expect("the document");
        let (before, rest) = text.split_once(MARKS[0]).expect("where the table begins");
        let (_, after) = rest.split_once(MARKS[1]).expect("where it ends");
        let right = format!("{before}{}\n{}{}{after}", MARKS[0], document(), MARKS[1]);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(file, &right).expect("written");
        } else {
            assert_eq!(text, right, "UPDATE=1 writes it anew");
        }
    }

    #[test]
    fn the_example_file_can_be_used_as_it_is_and_with_everything_that_it_shows() {
        // A line that begins with `# key = ` becomes a setting; a sentence has no such sign.
        let is_setting = |line: &&str| line.split_once(" = ").is_some_and(|(key, _)| !key[2..].contains(' '));
        let all: String = example()
            .lines()
            .map(|line| if is_setting(&line) { line.trim_start_matches("# ") } else { line })
            .flat_map(|line| [line, "\n"])
            .collect();
        for content in [example(), all] {
            let around = Surroundings {
                variable: &|name| (name == CONFIG).then(|| "proef.toml".to_owned()),
                file: &|_| Ok(content.clone()),
            };
            Config::read(around).expect("it can be used");
        }
    }

    #[test]
    fn help_names_every_setting_and_how_a_secret_is_read() {
        let help = help();
        for setting in super::super::setting::all() {
            assert!(help.contains(&format!("  {} ({})", setting.variable, setting.key)), "{}", setting.key);
            assert_eq!(help.contains(&setting.file_variable()), setting.secret, "{}", setting.key);
        }
    }
}

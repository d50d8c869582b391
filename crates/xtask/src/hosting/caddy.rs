//! The site for Caddy.

use super::{ASKED_FOR, HASHED, Hosting, KEPT, NOT_KEPT};

/// A site for Caddy 2.6 or later. `address` and `root` are what one changes; `upstream` is where the
/// servers listen, where Caddy hands the API on to them.
pub fn caddyfile(hosting: &Hosting, address: &str, root: &str, upstream: Option<&[String]>) -> String {
    let headers: String =
        hosting.security().iter().map(|(name, value)| format!("\t\t\t{name} \"{value}\"\n")).collect();
    let hand_on = match upstream {
        None => "\thandle /api/* {\n\t\trespond 404\n\t}\n".to_owned(),
        Some(servers) => format!(
            "\thandle /api/* {{\n\t\treverse_proxy {} {{\n\t\t\tlb_policy least_conn\n\t\t\tfail_duration 10s\n\t\t}}\n\t}}\n",
            servers.join(" ")
        ),
    };
    format!(
        r#"# The console of Proef, for Caddy.
{address} {{
{hand_on}	handle {{
		root * {root}
		header {{
{headers}			-Server
		}}
		# A name with a hash never has another content.
		@hashed path_regexp {HASHED}
		header @hashed Cache-Control "{KEPT}"
		@other not path_regexp {HASHED}
		header @other Cache-Control "{ASKED_FOR}"

		# Compressed copies are handed out in place of their files only.
		@copies path *.br *.gz
		error @copies 404
		# A path without an ending is a page of the console, which finds its way by itself.
		@page not path_regexp \.[^/]*$
		rewrite @page /index.html
		file_server {{
			precompressed br gzip
		}}
	}}
	handle_errors {{
		header {{
{headers}			Cache-Control "{NOT_KEPT}"
			-Server
		}}
		respond "{{err.status_code}} {{err.status_text}}"
	}}
}}
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_header_stands_in_the_site_and_in_its_errors_and_each_file_has_one_rule_of_keeping() {
        let hosting = Hosting { api: None, embedded: false };
        let text = caddyfile(&hosting, "proef.example", "/srv/proef", Some(&["127.0.0.1:8000".to_owned()]));
        for (name, value) in hosting.security() {
            assert_eq!(text.matches(&format!("{name} \"{value}\"")).count(), 2, "{name}");
        }
        // Of two headers of one name that both match the later would win, so no file matches both.
        assert!(text.contains("@other not path_regexp") && text.contains("reverse_proxy 127.0.0.1:8000"));
        let apart = Hosting { api: Some("https://api.proef.example".to_owned()), embedded: false };
        assert!(!caddyfile(&apart, "proef.example", "/srv/proef", None).contains("reverse_proxy"));
    }
}

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
{headers}			Cache-Control "{ASKED_FOR}"
			-Server
		}}
		# A name with a hash never has another content.
		@hashed path_regexp {HASHED}
		header @hashed Cache-Control "{KEPT}"

		# Compressed copies are handed out in place of their files only.
		@copies path *.br *.gz
		respond @copies 404
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
		}}
		respond "{{err.status_code}} {{err.status_text}}"
	}}
}}
"#
    )
}

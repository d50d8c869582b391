//! The site for nginx.

use super::{ASKED_FOR, HASHED, Hosting, KEPT, KINDS, NOT_KEPT};

/// A server for nginx 1.22 or later with its module for brotli copies, to be included in its `http` part.
///
/// `listen` and `root` are what one changes; `upstream` is where the server listens, where nginx hands
/// the API on to it.
pub fn nginx_conf(hosting: &Hosting, listen: &str, root: &str, upstream: Option<&[String]>) -> String {
    let headers: String =
        hosting.security().iter().map(|(name, value)| format!("    add_header {name} \"{value}\" always;\n")).collect();
    let types: String = KINDS.iter().map(|(ending, kind)| format!("        {kind} {ending};\n")).collect();
    let (servers, hand_on) = match upstream {
        None => (String::new(), "    location ^~ /api/ { return 404; }\n".to_owned()),
        Some(servers) => {
            let each: String = servers.iter().map(|server| format!("    server {server};\n")).collect();
            (format!("upstream proef {{\n{each}    keepalive 16;\n}}\n\n"), HAND_ON.to_owned())
        }
    };
    format!(
        r#"# The console of Proef. Include it in the `http` part of nginx, with ngx_http_brotli_static_module.
# What may be kept, by its name: a name with a hash never has another content.
map $status:$uri $proef_cache {{
    "~^(?!2|304).*" "{NOT_KEPT}";
    "~{HASHED}" "{KEPT}";
    default "{ASKED_FOR}";
}}

{servers}server {{
    listen {listen};
    root {root};
    server_tokens off;
    types {{
{types}    }}
    default_type application/octet-stream;
    charset utf-8;
    charset_types text/css text/plain text/javascript;
    brotli_static on;
    gzip_static on;
    gzip_vary on;

    # On every answer. A location with an add_header of its own would lose all of these.
{headers}    add_header Cache-Control $proef_cache always;

    # Compressed copies are handed out in place of their files only.
    location ~ \.(br|gz)$ {{ return 404; }}
    # A path with an ending is a file, and any other is a page of the console, which finds its way by itself.
    location ~ \.[^/]*$ {{ try_files $uri =404; }}
    location / {{ try_files $uri /index.html; }}
{hand_on}}}
"#
    )
}

/// The API's own answers carry the API's own headers.
const HAND_ON: &str = r#"    location ^~ /api/ {
        proxy_pass http://proef;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $host;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto $scheme;
        # The server that does not answer is passed over; what may have been done is never sent again.
        proxy_next_upstream error timeout;
        proxy_connect_timeout 2s;
        client_max_body_size 4m;
        # One header here keeps those of the site away.
        add_header X-Frame-Options DENY always;
    }
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_header_stands_on_every_answer_and_the_api_is_handed_on_only_where_it_is_wanted() {
        let hosting = Hosting { api: None, embedded: false };
        let conf = nginx_conf(&hosting, "80", "/srv/proef", Some(&["127.0.0.1:8000".to_owned()]));
        for (name, value) in hosting.security() {
            assert!(conf.contains(&format!("add_header {name} \"{value}\" always;")), "{name}");
        }
        assert!(conf.contains("server 127.0.0.1:8000;") && conf.contains("proxy_pass http://proef;"));
        let apart = Hosting { api: Some("https://api.proef.example".to_owned()), embedded: false };
        assert!(!nginx_conf(&apart, "80", "/srv/proef", None).contains("proxy_pass"));
    }
}

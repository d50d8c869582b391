//! nginx, as the host of the console before a server: the program, and one that runs with a site.

use crate::pins::Pins;
use crate::program::answers;
use crate::root_rights::apt_install;
use crate::step::step;
use anyhow::{Context, Result, bail};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

/// The module that hands out brotli copies, where systems put it.
const MODULES: [&str; 3] = ["/usr/lib/nginx/modules", "/usr/lib64/nginx/modules", "/usr/share/nginx/modules"];
const BROTLI: &str = "ngx_http_brotli_static_module.so";

/// How long it may take to listen.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where nginx is, which no ordinary user's search path holds on Debian.
pub fn find() -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let places = env::split_paths(&path).chain([PathBuf::from("/usr/sbin"), PathBuf::from("/usr/local/sbin")]);
    places.map(|place| place.join("nginx")).find(|file| file.is_file())
}

fn module() -> Option<PathBuf> {
    MODULES.iter().map(|folder| Path::new(folder).join(BROTLI)).find(|file| file.is_file())
}

/// Sees to it that nginx and its brotli module are there, installing Debian's where they are not. The
/// service of the system that comes with it is not used.
///
/// # Errors
/// When they are missing and cannot be installed.
pub fn ensure(pins: &Pins) -> Result<()> {
    if find().is_some() && module().is_some() {
        return Ok(());
    }
    if Path::new("/etc/debian_version").exists() || answers("apt-get") {
        step("Debian package nginx, with brotli", || apt_install(&pins.debian.nginx))?;
    }
    match (find(), module()) {
        (Some(_), Some(_)) => Ok(()),
        _ => bail!("no nginx with ngx_http_brotli_static_module: install both"),
    }
}

/// A running nginx. It ends with this value, and also when this program is killed.
pub struct Nginx {
    shell: Child,
    folder: PathBuf,
}

impl Nginx {
    /// Runs a site, whose file says where it listens, in a folder of its own.
    ///
    /// # Errors
    /// When it does not listen within 10 seconds; the message holds its log.
    pub fn start(site: &str, listens: SocketAddr, folder: &Path) -> Result<Nginx> {
        let program = find().context("no nginx")?;
        let module = module().context("no brotli module for nginx")?;
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        fs::write(folder.join("site.conf"), site)?;
        fs::write(folder.join("nginx.conf"), whole(&module, folder))?;
        // The shell stops it when its input closes, however this program ends.
        let script = format!(
            "'{}' -p '{}' -c nginx.conf 2>'{}' & read -r _; kill -QUIT $!; wait",
            program.display(),
            folder.display(),
            log(folder).display()
        );
        let shell = Command::new("sh")
            .args(["-c", &script])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .context("no shell")?;
        let nginx = Nginx { shell, folder: folder.to_path_buf() };
        let begun = Instant::now();
        while TcpStream::connect(listens).is_err() {
            if begun.elapsed() > PATIENCE {
                bail!("nginx does not listen on {listens}:\n{}", fs::read_to_string(log(&nginx.folder))?);
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(nginx)
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        let _ended = self.shell.wait();
        let _gone = fs::remove_dir_all(&self.folder);
    }
}

fn log(folder: &Path) -> PathBuf {
    folder.with_extension("log")
}

/// A place to listen at on this machine that is free, as far as one can know before it is taken.
///
/// # Errors
/// When there is none.
pub fn free_place() -> Result<SocketAddr> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?)
}

/// The configuration around a site: for one user, in one folder.
fn whole(module: &Path, folder: &Path) -> String {
    let folder = folder.display();
    // Root's own files are not for the user that nginx would choose.
    let user = if Path::new("/root").read_dir().is_ok() { "user root;\n" } else { "" };
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .iter()
        .map(|name| format!("    {name}_temp_path {folder}/{name};\n"))
        .collect();
    format!(
        "{user}daemon off;\nworker_processes 1;\npid {folder}/pid;\nerror_log stderr warn;\nload_module {};\n\
         events {{ worker_connections 512; }}\nhttp {{\n    access_log off;\n{temporary}    include site.conf;\n}}\n",
        module.display()
    )
}

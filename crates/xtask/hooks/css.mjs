// Bundles and minifies style/index.css with all it imports into one file, so that a page asks for
// one style sheet. Trunk then gives it a hashed name.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const OUTPUT = 'target/style/console.css';
const MODULES = 'tests/browser/node_modules';
// What `light-dark()`, nesting and `popover` need anyway; older targets would only make it bigger.
const TARGETS = 'chrome >= 123, firefox >= 128, safari >= 17.5';

// npm installs the one package that fits this machine. lightningcss-cli itself only copies the
// program out of it in an install script, and install scripts are switched off.
const fitting = readdirSync(MODULES).find(name => name.startsWith('lightningcss-cli-'));
if (!fitting) throw new Error('no lightningcss for this machine: run `cargo xtask serve`, which installs it');
const program = join(MODULES, fitting, process.platform === 'win32' ? 'lightningcss.exe' : 'lightningcss');

mkdirSync('target/style', { recursive: true });
execFileSync(program, [
  '--bundle', '--minify', '--targets', TARGETS, 'style/index.css', '--output-file', OUTPUT,
], { stdio: 'inherit' });

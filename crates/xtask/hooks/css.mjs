// Bundles and minifies style/index.css with all it imports into one file, so that a page asks for
// one style sheet. Trunk then gives it a hashed name.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

const OUTPUT = 'target/style/console.css';
// What `light-dark()`, nesting and `popover` need anyway; older targets would only make it bigger.
const TARGETS = 'chrome >= 123, firefox >= 128, safari >= 17.5';

mkdirSync('target/style', { recursive: true });
execFileSync('lightningcss', [
  '--bundle', '--minify', '--targets', TARGETS, 'style/index.css', '--output-file', OUTPUT,
], { stdio: 'inherit' });

// Puts the console's later part into Trunk's staging folder: its wasm, made small, and the script
// that loads it. Their names carry the hash that the console's own script already asks for.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const staging = process.env.TRUNK_STAGING_DIR;
const parts = process.env.PROEF_PARTS;
if (!staging || !parts) throw new Error('later.mjs is a hook of Trunk, started by cargo xtask');

const hash = readFileSync(join(parts, 'hash'), 'utf8');
const console_ = readdirSync(staging).find(name => /^proef-[0-9a-f]+\.js$/.test(name));
if (!console_) throw new Error('the console has no script in the staging folder');
// The later part is made small with the very features that index.html names for the main one.
const features = /data-wasm-opt-params="([^"]*)"/.exec(readFileSync('index.html', 'utf8'))[1].split(' ');

let script = readFileSync(join(parts, '__wasm_split.js'), 'utf8').replace('./proef.js', `./${console_}`);
const files = readdirSync(parts).filter(name => name.endsWith('.wasm') && name !== 'proef.wasm');
for (const [place, name] of files.entries()) {
  const hashed = `later-${place}-${hash}.wasm`;
  execFileSync('wasm-opt', ['-Oz', ...features, join(parts, name), '-o', join(staging, hashed)], { stdio: 'inherit' });
  script = script.replaceAll(`./${name}`, `./${hashed}`);
}
const loader = join(staging, `later-${hash}.js`);
writeFileSync(loader, script);
execFileSync('esbuild', [loader, '--minify', '--allow-overwrite', '--log-level=warning', `--outfile=${loader}`]);

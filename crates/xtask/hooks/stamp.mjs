// Gives the embedded backend's two files hashed names and writes the hash into sw.js, in Trunk's
// staging folder. A changed backend thus changes sw.js, which is how browsers notice an update.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const staging = process.env.TRUNK_STAGING_DIR;
if (!staging) throw new Error('stamp.mjs is a hook of Trunk: TRUNK_STAGING_DIR is not set');
const file = name => join(staging, name);

const hash = createHash('sha256')
  .update(readFileSync(file('embedded.js')))
  .update(readFileSync(file('embedded_bg.wasm')))
  .digest('hex')
  .slice(0, 16);
renameSync(file('embedded.js'), file(`embedded-${hash}.js`));
renameSync(file('embedded_bg.wasm'), file(`embedded-${hash}_bg.wasm`));

const worker = readFileSync(file('sw.js'), 'utf8');
if (!worker.includes('__BUILD__')) throw new Error('sw.js has no place for the build');
writeFileSync(file('sw.js'), worker.replaceAll('__BUILD__', hash));

// The scripts that are served as they are lose their comments.
for (const name of ['boot.js', 'theme.js', 'sw.js']) {
  execFileSync('esbuild', [file(name), '--minify', '--allow-overwrite', '--log-level=warning', `--outfile=${file(name)}`]);
}

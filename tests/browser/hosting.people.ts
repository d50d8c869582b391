// The console's files on nginx, as `cargo xtask dist` has them served: every file, in every encoding, with every
// header, and what is no file. Run with `cargo xtask test --only server`.
import { readdirSync } from 'node:fs';
import http from 'node:http';
import { expect, test } from './support';

const SITE = process.env.PROEF_SITE ?? '';

/** What stands on each answer that is the host's own. */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'x-frame-options': 'DENY',
};
const POLICY = ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "base-uri 'none'", "frame-ancestors 'none'", "worker-src 'none'"];

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
}

/** Asks for a path as it is written, with the encodings that a client takes. */
function ask(base: string, path: string, encodings = ''): Promise<Answer> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const request = http.get({ hostname, port, path, headers: { 'accept-encoding': encodings } }, answer => {
      answer.resume().on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers }));
    });
    request.on('error', reject);
  });
}

function expectHeaders({ headers }: Answer, path: string): void {
  expect(headers, path).toMatchObject(HEADERS);
  for (const part of POLICY) expect(headers['content-security-policy'], path).toContain(part);
  expect(headers['content-security-policy'], path).not.toContain('unsafe-inline');
}

test('every file comes in the encoding that is asked for, kept for ever where its name has a hash, and with every header', async ({ baseURL }) => {
  const files = readdirSync(SITE).filter(name => !/\.(br|gz)$/.test(name) && !name.startsWith('_'));
  expect(files).toContain('index.html');
  expect(files.filter(name => name === 'sw.js' || name.startsWith('embedded-')), 'of the embedded backend').toEqual([]);
  const kinds: Record<string, string> = {
    css: 'text/css; charset=utf-8', html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8',
    json: 'application/json', svg: 'image/svg+xml', wasm: 'application/wasm',
  };
  for (const name of files) {
    for (const [encodings, encoding] of [['br, gzip', 'br'], ['gzip', 'gzip'], ['', undefined]] as const) {
      const answer = await ask(baseURL!, `/${name}`, encodings);
      expect(answer.status, name).toBe(200);
      expect(answer.headers['content-encoding'], `${name}, ${encodings}`).toBe(encoding);
      expect(answer.headers['content-type'], name).toBe(kinds[name.split('.').pop()!]);
      const kept = /-[0-9a-f]{16}(_bg)?\.[a-z]+$/.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache';
      expect(answer.headers['cache-control'], name).toBe(kept);
      expectHeaders(answer, name);
    }
  }
});

test('a path without an ending is a page, what is no file is not there, and neither are the compressed copies by their names', async ({ baseURL }) => {
  for (const path of ['/', '/customers', '/set-up/trial.1/people', '/customers/a.b']) {
    const answer = await ask(baseURL!, path, 'br');
    // A page whose last part has a dot in it is none: the console writes no such address.
    const isPage = !path.split('/').pop()!.includes('.');
    expect(answer.status, path).toBe(isPage ? 200 : 404);
    expectHeaders(answer, path);
  }
  for (const path of ['/missing.js', '/proef-0123456789abcdef_bg.wasm', '/index.html.br', '/index.html.gz', '/sw.js', '/../etc/passwd']) {
    const answer = await ask(baseURL!, path);
    expect([400, 404], path).toContain(answer.status);
    if (answer.status === 404) {
      expect(answer.headers['cache-control'], path).toBe('no-store');
      expectHeaders(answer, path);
    }
  }
});

test('the API behind it has its own headers, once each', async ({ baseURL }) => {
  const { status, headers } = await ask(baseURL!, '/api/v1/session');
  expect(status).toBe(200);
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
  expect(headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
});

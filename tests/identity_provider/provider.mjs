// The OpenID provider of the tests: oidc-provider with the accounts of accounts.json and a sign-in page that a
// browser and an HTTP client can fill in alike.
//
//   node provider.mjs PORT CALLBACK...
//
// Port 0 takes any that is free. The first line of the output is the issuer. It ends with its input, so that no
// test leaves one behind. Its keys are new with each start, and it forgets everything: a provider that is
// started anew is the worst one that a client can meet.
import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [port, ...callbacks] = process.argv.slice(2);
const accounts = JSON.parse(readFileSync(new URL('accounts.json', import.meta.url), 'utf8'));

const server = createServer((request, response) => answer(request, response));
await new Promise((listening, failed) => {
  server.once('error', failed);
  server.listen(Number(port), '127.0.0.1', listening);
});
const issuer = `http://127.0.0.1:${server.address().port}`;

// What it warns of (plain HTTP, memory) is meant so here.
console.warn = () => {};
console.info = () => {};
const { default: Provider } = await import('oidc-provider');

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'proef',
    client_secret: 'the-secret-of-the-tests',
    redirect_uris: callbacks,
    response_types: ['code'],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'client_secret_basic',
  }],
  claims: {
    openid: ['sub'],
    email: ['email', 'email_verified'],
    profile: ['name', 'proef_partner', 'proef_role'],
  },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  features: { devInteractions: { enabled: false } },
  findAccount: (context, id) => accounts[id] && { accountId: id, claims: () => ({ sub: id, ...accounts[id] }) },
  interactions: { url: (context, interaction) => `/interaction/${interaction.uid}` },
  jwks: { keys: [key('rsa', { modulusLength: 2048 }, 'RS256')] },
  // Whoever signs in here has agreed to be known there.
  async loadExistingGrant(context) {
    const { client, session, provider: of } = context.oidc;
    const grant = new of.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope('openid email profile');
    await grant.save();
    return grant;
  },
  pkce: { required: () => true },
});

function key(type, options, algorithm) {
  // By its text: exporting a key whose pair is thrown away meanwhile now and then stops Node 20 for ever.
  const privateKeyEncoding = { type: 'pkcs8', format: 'pem' };
  const publicKeyEncoding = { type: 'spki', format: 'pem' };
  const { privateKey } = generateKeyPairSync(type, { ...options, privateKeyEncoding, publicKeyEncoding });
  const jwk = createPrivateKey(privateKey).export({ format: 'jwk' });
  return { ...jwk, alg: algorithm, use: 'sig', kid: randomBytes(8).toString('hex') };
}

async function textOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function page(uid, said) {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sign in</title>
<main><h1>Sign in</h1><p role="status">${said}</p>
<form method="post" action="/interaction/${uid}">
<label>Account <input name="account" autocomplete="username" autofocus></label>
<button name="do" value="sign-in">Sign in</button>
<button name="do" value="cancel">Cancel</button>
</form></main></html>`;
}

async function interaction(request, response, uid) {
  if (request.method === 'POST') {
    const typed = new URLSearchParams(await textOf(request));
    if (typed.get('do') === 'cancel') {
      return provider.interactionFinished(request, response, { error: 'access_denied' });
    }
    if (Object.hasOwn(accounts, typed.get('account') ?? '')) {
      return provider.interactionFinished(request, response, { login: { accountId: typed.get('account') } });
    }
  }
  await provider.interactionDetails(request, response);
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(page(uid, request.method === 'POST' ? 'There is no such account.' : ''));
}

// Tests change what is claimed of an account, as whoever runs a directory does: PUT /accounts/NAME.
async function change(request, response, name) {
  const changed = { ...accounts[name], ...JSON.parse(await textOf(request)) };
  accounts[name] = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== null));
  response.writeHead(204).end();
}

async function answer(request, response) {
  const { pathname } = new URL(request.url, issuer);
  const [, first, second] = pathname.split('/');
  try {
    if (first === 'interaction') return await interaction(request, response, second);
    if (first === 'accounts' && request.method === 'PUT') return await change(request, response, second);
    return await provider.callback()(request, response);
  } catch (error) {
    response.writeHead(400, { 'content-type': 'text/plain' });
    response.end(`${error.message}\n`);
  }
}

process.stdin.on('end', () => process.exit(0)).resume();
console.log(issuer);

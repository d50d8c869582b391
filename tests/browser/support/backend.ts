// Other people at work while a page is open: each with a visit of their own, which the embedded
// backend tells apart by a header. What they do goes over the API, as any client would do it.
import { expect, type Page } from '@playwright/test';

interface Answer {
  status: number;
  body: any; // whatever the endpoint answers
}

/** Sends one request as a person, who is signed in for it. */
export async function ask(page: Page, person: string, method: string, path: string, body: unknown = null, version?: number): Promise<Answer> {
  return page.evaluate(async ([person, method, path, body, version]) => {
    await (window as unknown as { backend: Promise<void> }).backend;
    const send = async (method: string, path: string, body: unknown, more = {}) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), 'proef-write': '1', 'proef-visit': `other-${person}`, ...more };
      return fetch(`/api/v1/${path}`, { method, headers, body: method === 'GET' ? undefined : JSON.stringify(body) });
    };
    await send('POST', 'sign-in', { person });
    const answer = await send(method, path, body, version === undefined ? {} : { 'if-match': `"${version}"` });
    const text = await answer.text();
    return { status: answer.status, body: text ? JSON.parse(text) : null };
  }, [person, method, path, body, version] as const);
}

/** The customer that a person of a partner knows by a name, with its trials. */
export async function customer(page: Page, person: string, company: string, status = '') {
  const { body } = await ask(page, person, 'GET', `customers?q=${encodeURIComponent(company)}&status=${status}`);
  expect(body.rows, `customers called ${company}`).toHaveLength(1);
  return (await ask(page, person, 'GET', `customers/${body.rows[0].id}`)).body;
}

export const accepted = (services: string[], full = false) => ({ accepted: { full_access: full, services } });
export const declined = (reason: string, note = '') => ({ declined: { reason, note } });

/** Answers a request as a full administrator of the organisation that was asked. */
export async function answer(page: Page, person: string, trial: string, answer: unknown): Promise<void> {
  const { body: preview, status: shown } = await ask(page, person, 'POST', `requests/${trial}/answer/preview`, { answer, language: 'en' });
  expect(shown, JSON.stringify(preview)).toBe(200);
  const order = { answer, language: 'en', digest: preview.digest };
  const done = await ask(page, person, 'POST', `requests/${trial}/answer`, order, preview.version);
  expect(done.status, JSON.stringify(done.body)).toBe(200);
}

/** Opens a request by the link of the consent mail that went out last, as one of its recipients. */
export async function open(page: Page, partner: string, person: string, trial: string): Promise<void> {
  const { body: { mails } } = await ask(page, partner, 'GET', `mails?trial=${trial}`);
  const consent = (mails as { kind: string; id: string }[]).find(mail => mail.kind === 'consent');
  const { body: mail } = await ask(page, partner, 'GET', `mails/${consent?.id}`);
  const [token] = /[0-9a-f]{64}/.exec(mail.text) ?? [];
  const opened = await ask(page, person, 'POST', 'requests/open', { token });
  expect(opened.status, JSON.stringify(opened.body)).toBe(200);
}

/** Sets the clock of the demonstration forward, while pages stay as they are (rule G6). */
export async function forward(page: Page, days: number): Promise<void> {
  expect((await ask(page, 'anna-de-vries', 'POST', 'clock', { days })).status).toBe(200);
}

/** Does something with a trial after its preview, as a person. */
export async function act(page: Page, person: string, trial: string, act: unknown): Promise<void> {
  const { body: preview } = await ask(page, person, 'POST', `trials/${trial}/acts/preview`, { act });
  const { status, body } = await ask(page, person, 'POST', `trials/${trial}/acts`, { act, digest: preview.digest }, preview.version);
  expect(status, JSON.stringify(body)).toBe(200);
}

/** Lets the trial that Rederij Storm is asked for run: accepted by Joost, set up by Anna. Its id. */
export async function stormRuns(page: Page, services = ['messaging', 'meetings'], full = false): Promise<string> {
  const { trials: [{ trial }] } = await customer(page, 'anna-de-vries', 'Rederij Storm', 'trial-pending');
  await answer(page, 'joost-de-boer', trial.id, accepted(services, full));
  const { body: preview } = await ask(page, 'anna-de-vries', 'POST', `setup/${trial.id}/finish/preview`);
  const order = { act: null, digest: preview.digest };
  const { status, body } = await ask(page, 'anna-de-vries', 'POST', `setup/${trial.id}/finish`, order, preview.version);
  expect(status, JSON.stringify(body)).toBe(200);
  return trial.id;
}

/** Adds a trial to a customer that Noordzee Telecom manages. Its id. */
export async function addTrial(page: Page, customer: string, services: string[], licences: number): Promise<string> {
  const calling = services.includes('calling') ? 'cloud' : null;
  const draft = { services, calling, licences: `${licences}`, 'supported-location': true, 'attested-in': 'en' };
  const target = { add: { customer } };
  const { body: preview } = await ask(page, 'anna-de-vries', 'POST', 'trials/preview', { draft, target });
  expect(preview.digest, JSON.stringify(preview)).toBeDefined();
  const save = { 'draft-id': `added-${services.join('-')}`, draft, target, digest: preview.digest, language: 'en' };
  const { status, body } = await ask(page, 'anna-de-vries', 'POST', 'trials', save);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.trial;
}

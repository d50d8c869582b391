// What comes in between while a request is read (rules X4, X7, X15), seen by who answers it.
import { axe, consentLink, expect, signIn, test } from './support';
import { send, toReview } from './support/asking';
import { accepted, answer, ask, customer, open } from './support/backend';
import { forwardBefore } from './support/wire';

const SANNE = 'Sanne Visser';
const TITLE = 'Noordzee Telecom would like to run a trial for Rederij Storm';
const STORM = 'Rederij Storm';

test('a service that another partner got meanwhile is offered no more, with the reason, and the rest can be accepted [X4, X15]', async ({ page }) => {
  await signIn(page, 'Ingrid Solberg');
  await toReview(page, { company: 'Storm', email: 'ict@rederijstorm.example' });
  await send(page, STORM);
  const { trials: [{ trial }] } = await customer(page, 'ingrid-solberg', STORM);
  await signIn(page, SANNE);
  await page.getByRole('region', { name: TITLE }).getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
  await answer(page, 'joost-de-boer', trial.id, accepted(['messaging']));

  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(page.getByText('This is how it stands now.', { exact: false })).toBeVisible();
  const messaging = page.getByRole('checkbox', { name: /^Messaging/ });
  await expect(messaging).not.toBeChecked();
  await expect(messaging).toHaveAttribute('aria-disabled', 'true');
  await expect(messaging).toHaveAccessibleDescription(/in trial with another partner/);
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Accept this request?' });
  await expect(dialog.getByText('Not accepted: Messaging.')).toBeVisible();
  await expect(dialog.getByText('Mails that go with it')).toBeVisible();
  await dialog.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(page.getByText('Accepted: Meetings.')).toBeVisible();
});

test('a request that is withdrawn while it is read cannot be accepted, and says so [X13, X15]', async ({ page }) => {
  await signIn(page, SANNE);
  await page.getByRole('link', { name: /^See the request/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
  const { trials: [{ trial }] } = await customer(page, 'anna-de-vries', STORM);
  const { body: preview } = await ask(page, 'anna-de-vries', 'POST', `trials/${trial.id}/acts/preview`, { act: 'cancel' });
  const order = { act: 'cancel', digest: preview.digest };
  const { status } = await ask(page, 'anna-de-vries', 'POST', `trials/${trial.id}/acts`, order, preview.version);
  expect(status).toBe(200);

  await page.getByRole('button', { name: 'Decline', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'Not needed' }).check();
  await dialog.getByRole('button', { name: 'Decline', exact: true }).click();
  await expect(page.getByText('Noordzee Telecom has withdrawn it', { exact: false })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Accept', exact: true })).toHaveCount(0);
});

test('when the day turns while an answer is shown, that is said, both versions stand there, and it can be given [E6]', async ({ page }) => {
  await signIn(page, SANNE);
  await page.getByRole('link', { name: /^See the request/ }).click();
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Accept this request?' });
  const accept = dialog.getByRole('button', { name: 'Accept', exact: true });
  await expect(dialog.getByText('Mails that go with it')).toHaveCount(1);
  expect((await ask(page, 'anna-de-vries', 'POST', 'clock', { days: 1 })).status).toBe(200);
  await accept.click();
  await expect(dialog.getByText('A new day (UTC) has begun since this was shown. Nothing was done yet.')).toBeVisible();
  const titles = dialog.getByRole('heading', { name: /^What (it brings now|was shown before), / });
  await expect(titles).toHaveCount(2);
  const days = (await titles.allTextContents()).map(title => new Date(`${/\d+ \w+ \d{4}/.exec(title)?.[0]} UTC`).getTime());
  expect(days[0] - days[1], 'the day after, and the day before').toBe(24 * 60 * 60 * 1000);
  await expect(dialog.getByText('Mails that go with it')).toHaveCount(2);
  await axe(page, 'both versions');
  await accept.click();
  await expect(page.getByText(/Sanne Visser accepted it on/)).toBeVisible();
});

test('what was changed without changing what an answer brings is said as that, and the answer can be given [E6, X7]', async ({ page }) => {
  await signIn(page, SANNE);
  const { trials: [{ trial }] } = await customer(page, 'anna-de-vries', STORM);
  await page.getByRole('link', { name: /^See the request/ }).click();
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Accept this request?' });
  const accept = dialog.getByRole('button', { name: 'Accept', exact: true });
  await expect(dialog.getByText('Mails that go with it')).toHaveCount(1);
  // That she opened it is noted, which is a change of the same record.
  await open(page, 'anna-de-vries', 'sanne-visser', trial.id);
  await accept.click();
  await expect(dialog.getByText('Something here was changed since this was shown. What it brings is the same.')).toBeVisible();
  await expect(dialog.getByText('Mails that go with it')).toHaveCount(1);
  await accept.click();
  await expect(page.getByText(/Sanne Visser accepted it on/)).toBeVisible();
});

test('a refusal on the day after is given as it is by then, without a word about others [E6, X9]', async ({ page }) => {
  await signIn(page, SANNE);
  await page.getByRole('link', { name: /^See the request/ }).click();
  await page.getByRole('button', { name: 'Decline', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'Not needed' }).check();
  // The day turns between the preview and the answer.
  await forwardBefore(page, '/answer/preview', 1);
  await dialog.getByRole('button', { name: 'Decline', exact: true }).click();
  await expect(page.getByText(/Sanne Visser declined it on/)).toBeVisible();
  await expect(page.getByText('This is how it stands now.')).toHaveCount(0);
});

test('the link still leads to the request after its answer, and shows how it was answered [X7, X15]', async ({ page }) => {
  await signIn(page, SANNE);
  const link = await consentLink(page, 'ict@rederijstorm.example');
  const { trials: [{ trial }] } = await customer(page, 'anna-de-vries', STORM);
  await answer(page, 'joost-de-boer', trial.id, accepted(['meetings']));
  await page.goto(link);
  await expect(page.getByText(/Joost de Boer accepted it on/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Accept', exact: true })).toHaveCount(0);
});

test('the reader’s clock, wrong by a day, changes nothing [L1, X11]', async ({ page }) => {
  await page.clock.install({ time: Date.now() + 86_400_000 });
  await signIn(page, SANNE);
  await expect(page.getByText('29 days left to answer.')).toBeVisible();
});

test('a mail to a Dutch reader, sent by somebody who works in English, is in Dutch [G7]', async ({ page }) => {
  await signIn(page, SANNE);
  const subject = await page.evaluate(async () => {
    const { mails } = await (await fetch('/api/v1/mailbox?q=ict@rederijstorm.example')).json();
    return mails.find((mail: { kind: string }) => mail.kind === 'consent').subject as string;
  });
  expect(subject).toBe('Noordzee Telecom vraagt toestemming voor een proefperiode bij Rederij Storm');
});

// What goes wrong on the way loses nothing and happens once (G2, G3, N18).
import { axe, expect, signIn, test } from './support';
import { ask } from './support/backend';
import { box, button, fillCustomer, heading, kept, next, row, save, shortestToReview, startTrial, text } from './support/wizard';

test.beforeEach(async ({ page }) => {
  await signIn(page, 'Anna de Vries');
});

test('a draft survives a reload in the middle and is offered again [N18]', async ({ page }) => {
  await startTrial(page);
  await fillCustomer(page, { company: 'Kept Ltd', email: 'it@kept.example' });
  await next(page, 'Trial services');
  await box(page, 'Calling').check();
  await text(page, 'Licences').fill('1.5');
  await kept(page);
  await page.reload();
  await expect(text(page, 'Licences')).toHaveValue('1.5');
  await expect(box(page, 'Calling')).toBeChecked();
  await page.goto('/customers');
  await page.getByRole('link', { name: 'Start trial', exact: true }).or(button(page, 'Start trial')).first().click();
  await expect(page.getByRole('heading', { name: 'Continue a draft?' })).toBeVisible();
  await page.getByRole('link', { name: 'Continue Kept Ltd' }).click();
  await expect(text(page, 'Company name')).toHaveValue('Kept Ltd');
});

test('back and forth through all steps with changes keeps what was typed [N, N6, N15]', async ({ page }) => {
  await startTrial(page);
  await fillCustomer(page, { company: 'Walker', email: 'it@walker.example' });
  await next(page, 'Trial services');
  await box(page, 'Meetings').check();
  await box(page, 'Enterprise edition').check();
  await text(page, 'Licences').fill('7');
  await next(page, 'Meetings site');
  await text(page, 'Meetings site URL').fill('walker');
  await button(page, 'Back').click();
  await expect(text(page, 'Licences')).toHaveValue('7');
  await box(page, 'Enterprise edition').uncheck();
  await next(page, 'Review');
  await page.goBack();
  await expect(heading(page, 'Trial services')).toBeVisible();
  await box(page, 'Enterprise edition').check();
  await next(page, 'Meetings site');
  await expect(text(page, 'Meetings site URL')).toHaveValue('walker');
  await next(page, 'Review');
  await page.getByRole('link', { name: 'Edit Customer' }).click();
  await text(page, 'Company name').fill('Walker and Co');
  await page.getByRole('link', { name: 'Review', exact: true }).click();
  await expect(page.getByText('Walker and Co').first()).toBeVisible();
  await save(page, 'No');
  await expect(row(page, 'Walker and Co')).toHaveCount(1);
});

test('a double click on Save, and Back afterwards, make one customer [N18, G2]', async ({ page }) => {
  await startTrial(page);
  await shortestToReview(page, { company: 'Once Only', email: 'it@once.example' });
  await button(page, 'Save').dblclick();
  await page.getByRole('dialog').getByRole('button', { name: 'No', exact: true }).click();
  await expect(row(page, 'Once Only')).toHaveCount(1);
  await page.goBack();
  await expect(page.getByText('This draft was saved already')).toBeVisible();
  await page.getByRole('link', { name: 'See the customer' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Once Only' })).toBeVisible();
});

test('two tabs with the same draft: one saves, the other is led to the customer [N18]', async ({ page, context }) => {
  await startTrial(page);
  await shortestToReview(page, { company: 'Two Tabs', email: 'it@tabs.example' });
  await kept(page);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(button(other, 'Save')).toBeVisible();
  await save(page, 'No');
  await button(other, 'Save').click();
  await expect(other.getByText('This draft was saved already')).toBeVisible();
  await page.reload();
  await expect(row(page, 'Two Tabs')).toHaveCount(1);
});

test('when the day turns while Review is shown, that is said, both plans stand there, and it can be saved [E6, N15]', async ({ page }) => {
  await startTrial(page);
  await shortestToReview(page, { company: 'Midnight', email: 'it@midnight.example' });
  expect((await ask(page, 'anna-de-vries', 'POST', 'clock', { days: 1 })).status).toBe(200);
  await button(page, 'Save').click();
  await expect(page.getByRole('alert').filter({ hasText: 'A new day (UTC) has begun since this was shown. Nothing was saved yet.' })).toBeVisible();
  const titles = page.getByRole('heading', { name: /^What (it brings now|was shown before), / });
  await expect(titles).toHaveCount(2);
  const starts = page.getByRole('table').locator('tbody tr:first-child td:first-child');
  const [now, before] = await starts.allTextContents();
  expect(now).not.toBe(before);
  await axe(page, 'both plans');
  await save(page, 'No');
  await expect(row(page, 'Midnight')).toHaveCount(1);
});

test('two tabs that type into the same draft are told, and choose [N18, G2]', async ({ page, context }) => {
  await startTrial(page);
  await fillCustomer(page, { company: 'First tab', email: 'it@both.example' });
  await kept(page);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(text(other, 'Company name')).toHaveValue('First tab');
  await text(other, 'Company name').fill('Second tab');
  await kept(other);
  await text(page, 'Company name').fill('First tab again');
  await expect(page.getByText('changed in another tab')).toBeVisible();
  await button(page, 'Keep what is here').click();
  await kept(page);
  await expect(text(page, 'Company name')).toHaveValue('First tab again');
  await other.reload();
  await expect(text(other, 'Company name')).toHaveValue('First tab again');
});

test('who comes second with an address is told under the field and keeps what was typed [N2]', async ({ page, context }) => {
  await startTrial(page);
  await shortestToReview(page, { company: 'Second comer', email: 'it@race.example' });
  const other = await context.newPage();
  await other.goto('/start-trial');
  await button(other, 'Start a new one').click();
  await shortestToReview(other, { company: 'First comer', email: 'IT@race.example' });
  await save(other, 'No');
  await button(page, 'Save').click();
  await expect(text(page, 'Administrator email')).toBeFocused();
  await expect(text(page, 'Administrator email')).toHaveAccessibleDescription(/exists already/);
  await expect(text(page, 'Company name')).toHaveValue('Second comer');
});

test('the service worker stopped in the middle of saving: one customer, no error [G2, N18]', async ({ page, context }) => {
  await startTrial(page);
  await shortestToReview(page, { company: 'Stopped Worker', email: 'it@stopped.example' });
  const devtools = await context.newCDPSession(page);
  await devtools.send('ServiceWorker.enable');
  await button(page, 'Save').click({ noWaitAfter: true });
  await devtools.send('ServiceWorker.stopAllWorkers');
  await expect(page.getByRole('dialog', { name: 'Set up services now?' })).toBeVisible({ timeout: 15_000 });
  await button(page, 'No').click();
  await expect(row(page, 'Stopped Worker')).toHaveCount(1);
});

test('Outage Ltd finds the backend down, and after it everything typed is still there [G1, G6]', async ({ page }) => {
  test.setTimeout(120_000);
  await startTrial(page);
  await shortestToReview(page, { company: 'Outage Ltd', email: 'it@outage.example' });
  await button(page, 'Save').click();
  await expect(page.getByText('The backend cannot be reached', { exact: false })).toBeVisible({ timeout: 15_000 });
  await expect(page.getByText('Outage Ltd').first()).toBeVisible();
  await expect(async () => {
    if (await button(page, 'Save').isVisible()) await button(page, 'Save').click();
    await expect(page.getByRole('dialog', { name: 'Set up services now?' })).toBeVisible({ timeout: 11_000 });
  }).toPass({ timeout: 60_000 });
  await button(page, 'No').click();
  await expect(row(page, 'Outage Ltd')).toHaveCount(1);
});

test.describe('a browser that keeps nothing', () => {
  test.use({ expectedErrors: [/507/] });

  test('a full storage says so and loses nothing that was typed [G3]', { tag: '@embedded' }, async ({ page, context }) => {
    test.setTimeout(120_000);
    await startTrial(page);
    await fillCustomer(page, { company: 'No Room', email: 'it@noroom.example' });
    await kept(page);
    const devtools = await context.newCDPSession(page);
    const origin = new URL(page.url()).origin;
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
    // The browser takes up to half a minute to notice the new limit; each change is another write.
    let typed = 'No Room';
    await expect(async () => {
      typed += '!';
      await text(page, 'Company name').fill(typed);
      await expect(page.getByText('has no room left', { exact: false }).first()).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 60_000 });
    await expect(text(page, 'Company name')).toHaveValue(typed);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin });
    await button(page, 'Try again').click();
    await kept(page);
  });
});

test('a person without the right cannot get into the wizard by its address [P3, P7]', async ({ page }) => {
  await signIn(page, 'Piet Janssen');
  await page.goto('/start-trial/some-draft/customer');
  await expect(page.getByText('Ask a sales administrator', { exact: false }).first()).toBeVisible();
  await page.goto('/start-trial');
  await expect(page.getByText('Ask a sales administrator', { exact: false }).first()).toBeVisible();
});

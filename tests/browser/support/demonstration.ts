// What only the embedded backend offers: choosing a person, and starting afresh (rule G6).
import { expect, type Page } from '@playwright/test';

/** Signs in as a person of the demonstration, by the button that carries the name. */
export async function signIn(page: Page, name: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByRole('button', { name }).first().click();
  await expect(page).not.toHaveURL(/\/sign-in/);
}

/** Resets the demonstration data as the frame's command does, and loads the page again. */
export async function resetData(page: Page): Promise<void> {
  const status = await page.evaluate(async () => {
    await (window as unknown as { backend: Promise<void> }).backend;
    const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), 'proef-write': '1' };
    return (await fetch('/api/v1/reset', { method: 'POST', headers, body: 'null' })).status;
  });
  expect(status, 'status of the reset').toBe(200);
  await page.reload();
}

// Mails as the demonstration's Mailbox tells them (rule G6).
import { expect, type Page } from '@playwright/test';

/** The address of the link in the latest consent mail to somebody, as the mail has it (rule X7). */
export async function consentLink(page: Page, address: string): Promise<string> {
  const text = await page.evaluate(async address => {
    await (window as unknown as { backend: Promise<void> }).backend;
    const read = async (path: string) => (await fetch(`/api/v1/mailbox${path}`)).json();
    const { mails } = await read(`?q=${encodeURIComponent(address)}`);
    const consent = mails.find((mail: { kind: string }) => mail.kind === 'consent');
    return consent === undefined ? '' : (await read(`/${consent.id}`)).text as string;
  }, address);
  const link = /\S+\/request#[0-9a-f]{64}/.exec(text)?.[0];
  expect(link, `a consent mail with a link for ${address}`).toBeDefined();
  return new URL(link!).pathname + new URL(link!).hash;
}

// Mails as the demonstration's Mailbox tells them (rule G6).
import { expect, type Page } from '@playwright/test';

export interface Mail {
  subject: string;
  text: string;
}

/** The latest mail of a kind to somebody. Mails are handed over after the act, so it is waited for. */
export async function latestMail(page: Page, kind: string, address: string): Promise<Mail> {
  let mail: Mail | null = null;
  const look = async () => {
    mail = await page.evaluate(async ([kind, address]) => {
      await (window as unknown as { backend: Promise<void> }).backend;
      const read = async (path: string) => (await fetch(`/api/v1/mailbox${path}`)).json();
      const { mails } = await read(`?q=${encodeURIComponent(address)}`);
      const found = mails.find((mail: { kind: string }) => mail.kind === kind);
      return found === undefined ? null : read(`/${found.id}`);
    }, [kind, address] as const);
    return mail;
  };
  await expect.poll(look, { message: `a mail ${kind} for ${address}` }).not.toBeNull();
  return mail!;
}

/** The address of the link in the latest consent mail to somebody, as the mail has it (rule X7). */
export async function consentLink(page: Page, address: string): Promise<string> {
  const { text } = await latestMail(page, 'consent', address);
  const link = /\S+\/request#[0-9a-f]{64}/.exec(text)?.[0];
  expect(link, `a consent mail with a link for ${address}`).toBeDefined();
  return new URL(link!).pathname + new URL(link!).hash;
}

// What servers need, stopped and started while people work, and the mails that were sent.
const CONTROL = process.env.PROEF_CONTROL ?? '';

export interface SentMail {
  to: string[];
  subject: string;
  text: string;
}

type Service = 'postgresql' | 'identity-provider' | 'mails';

export async function stopped(service: Service): Promise<void> {
  await changed(service, 'DELETE');
}

export async function started(service: Service): Promise<void> {
  await changed(service, 'PUT');
}

async function changed(service: Service, method: string): Promise<void> {
  const answer = await fetch(`${CONTROL}/${service}`, { method });
  if (answer.status !== 204) throw new Error(`${method} ${service}: ${answer.status}`);
}

/** The mails that the mail server took since it was started, to an address. */
export async function mailsTo(address: string): Promise<SentMail[]> {
  const mails = await (await fetch(`${CONTROL}/mails`)).json() as SentMail[];
  return mails.filter(mail => mail.to.includes(address));
}

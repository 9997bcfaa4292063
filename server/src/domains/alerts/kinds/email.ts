import { connect, type Socket } from 'node:net';
import { createTransport } from 'nodemailer';
import type { Message } from '../message.js';
import { abortable, type Outbound } from '../outbound.js';
import { parseMailer, type Mailer } from '../target.js';
import type { Outcome, Send, Sending } from './adapter.js';
import { escapeHtml } from './html.js';

export function emailText({ note, lines, link }: Message): string {
  const parts = [
    ...(note === undefined ? [] : [note]),
    ...lines.map(([label, value]) => `${label}: ${value}`),
    ...(link ? [`${link.label}: ${link.url}`] : []),
  ];
  return `${parts.join('\n')}\n`;
}

export function emailHtml({ title, note, lines, link, locale, rightToLeft }: Message): string {
  const rows = lines
    .map(([label, value]) => `<tr><th align="start">${escapeHtml(label)}</th><td>${escapeHtml(value)}</td></tr>`)
    .join('');
  return [
    `<!doctype html><html lang="${locale}" dir="${rightToLeft ? 'rtl' : 'ltr'}"><body>`,
    `<h2>${escapeHtml(title)}</h2>`,
    note === undefined ? '' : `<p>${escapeHtml(note)}</p>`,
    rows === '' ? '' : `<table cellpadding="4">${rows}</table>`,
    link ? `<p><a href="${escapeHtml(link.url)}">${escapeHtml(link.label)}</a></p>` : '',
    '</body></html>',
  ].join('');
}

async function open(outbound: Outbound, { host, port }: Mailer, signal: AbortSignal): Promise<Socket> {
  // Whether the password may go in the clear is decided by STARTTLS below, not by the address.
  const addresses = await outbound.addresses(host, true);
  signal.throwIfAborted();
  const socket = connect({ host, port, lookup: outbound.pinned(addresses) });
  signal.addEventListener('abort', () => socket.destroy(signal.reason as Error), { once: true });
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}

interface SmtpError {
  message: string;
  responseCode?: number;
}

/** Over smtp:// a password is sent only after STARTTLS, and the server has to prove who it is. */
async function mail(outbound: Outbound, { message, target, secret, notice, signal }: Sending): Promise<Outcome> {
  const mailer = parseMailer(target);
  const { host, port, secure, user, from, to } = mailer;
  const socket = await open(outbound, mailer, signal);
  // Until nodemailer listens for itself, and after it has stopped to.
  socket.on('error', () => undefined);
  const transport = createTransport({
    host,
    port,
    secure,
    requireTLS: !secure && secret !== undefined,
    getSocket: (_options: unknown, done: (error: null, result: { connection: Socket }) => void) =>
      done(null, { connection: socket }),
    ...(user !== undefined && secret !== undefined && { auth: { user, pass: secret } }),
    tls: { ...(outbound.ca !== undefined && { ca: outbound.ca }) },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const info = await transport.sendMail({
      from: { name: 'V Panel', address: from },
      to,
      subject: `[V Panel] ${message.title}`,
      text: emailText(message),
      html: emailHtml(message),
      messageId: `<${notice.id}@${from.split('@')[1]}>`,
      date: notice.raisedAt,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    const { response } = info as { response?: unknown };
    const answer = typeof response === 'string' ? response : '';
    return { ok: true, status: Number(answer.slice(0, 3)) || undefined, answer };
  } catch (error) {
    const { message: text, responseCode } = error as SmtpError;
    return { ok: false, status: responseCode, error: text };
  } finally {
    transport.close();
    socket.destroy();
  }
}

export const sendEmail =
  (outbound: Outbound): Send =>
  (sending) =>
    abortable(sending.signal, mail(outbound, sending));

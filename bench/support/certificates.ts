import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { bitString, contextTag, der, ECDSA_WITH_SHA256, pem, Tag } from './der.js';

const NO_NAME = der(Tag.SEQUENCE);
/** Object identifier 2.5.29.17. */
const SUBJECT_ALTERNATIVE_NAME = Buffer.from('0603551d11', 'hex');
const IP_ADDRESS = 0x87;

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicPart = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });

function signed(content: Buffer, key: KeyObject): Buffer {
  return der(Tag.SEQUENCE, content, ECDSA_WITH_SHA256, bitString(sign('sha256', content, key)));
}

/** A PKCS #10 request of a new key. The panel takes only the public key, so a whole fleet can share one. */
export function certificateRequest(): string {
  const { publicKey, privateKey } = newKey();
  const version1 = der(Tag.INTEGER, Buffer.from([0]));
  const content = der(Tag.SEQUENCE, version1, NO_NAME, publicPart(publicKey), der(contextTag(0)));
  return pem('CERTIFICATE REQUEST', signed(content, privateKey));
}

/** A certificate for 127.0.0.1 that a client trusts by itself, valid for a day: for servers that stand beside the panel. */
export function loopbackCertificate(now = Date.now()): { cert: string; key: string } {
  const { publicKey, privateKey } = newKey();
  const version3 = der(contextTag(0), der(Tag.INTEGER, Buffer.from([2])));
  const serial = der(Tag.INTEGER, Buffer.from([1]));
  const validity = der(Tag.SEQUENCE, utcTime(now - 3_600_000), utcTime(now + 86_400_000));
  const names = der(Tag.SEQUENCE, der(IP_ADDRESS, Buffer.from([127, 0, 0, 1])));
  // With an empty subject the alternative name has to be marked as critical (RFC 5280, 4.1.2.6).
  const critical = der(Tag.BOOLEAN, Buffer.from([0xff]));
  const extension = der(Tag.SEQUENCE, SUBJECT_ALTERNATIVE_NAME, critical, der(Tag.OCTET_STRING, names));
  const extensions = der(contextTag(3), der(Tag.SEQUENCE, extension));
  const parts = [version3, serial, ECDSA_WITH_SHA256, NO_NAME, validity, NO_NAME, publicPart(publicKey), extensions];
  const content = der(Tag.SEQUENCE, ...parts);
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { cert: pem('CERTIFICATE', signed(content, privateKey)), key };
}

/** YYMMDDhhmmssZ */
const utcTime = (time: number): Buffer =>
  der(Tag.UTC_TIME, Buffer.from(`${new Date(time).toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`));

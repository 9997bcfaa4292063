// ASN.1 in DER, as much of it as a certificate of a benchmark needs.
export const Tag = {
  BOOLEAN: 0x01,
  INTEGER: 0x02,
  BIT_STRING: 0x03,
  OCTET_STRING: 0x04,
  UTC_TIME: 0x17,
  SEQUENCE: 0x30,
} as const;

export const contextTag = (number: number): number => 0xa0 + number;

export function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content)]), content]);
}

function lengthOf({ length }: Buffer): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

export const bitString = (bits: Buffer): Buffer => der(Tag.BIT_STRING, Buffer.from([0]), bits);

export function pem(label: string, content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** Object identifier 1.2.840.10045.4.3.2. */
export const ECDSA_WITH_SHA256 = der(Tag.SEQUENCE, Buffer.from('06082a8648ce3d040302', 'hex'));

import { isIP } from 'node:net';
import { badInput, type FieldProblem } from '../../platform/errors.js';
import { isBlock } from '../../platform/ip-address.js';
import type { CreateNodeInput, LocationInput, NodeTagInput, UpdateNodeInput } from './node.inputs.js';

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,62}[\p{L}\p{N}]$|^[\p{L}\p{N}]$/u;
const TAG_KEY = /^[A-Za-z0-9._-]{1,64}$/;
const DOMAIN_LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/i;
const COUNTRY = /^[A-Z]{2}$/;
/** What PostgreSQL's jsonb takes: neither U+0000 nor half of a surrogate pair. */
const JSON_TEXT = /^[^\0\p{Surrogate}]*$/u;
const MOST_TAGS = 32;
const MOST_BLOCKS = 64;

type Fields = Omit<CreateNodeInput, 'validateConnection'> | UpdateNodeInput;
type Check = (path: string, message: string, valid: boolean) => void;

/** IPv4, IPv6 or a domain name (RFC 1123); nothing with a scheme, a port or a path. */
export function isAddress(text: string): boolean {
  if (isIP(text) !== 0) return true;
  if (/^[\d.]+$/.test(text)) return false; // would be an IPv4 address, but is not a valid one
  const labels = text.replace(/\.$/, '').split('.');
  return text.length <= 253 && labels.length > 0 && labels.every((label) => DOMAIN_LABEL.test(label));
}

const isWithin = (value: number, least: number, most: number): boolean => value >= least && value <= most;

/** Throws BAD_USER_INPUT with every wrong field; answers nothing when all is well. */
export function validateNode(input: Fields): void {
  const problems: FieldProblem[] = [];
  const check: Check = (path, message, valid) => {
    if (!valid) problems.push({ path, message });
  };
  checkIdentity(input, check);
  checkNumbers(input, check);
  checkTags(input.tags ?? [], check);
  if (input.location) checkLocation(input.location, check);
  checkBlocks(input.ipAllowlist ?? [], check);
  if (problems.length > 0) throw badInput(problems);
}

function checkIdentity({ name, address }: Fields, check: Check): void {
  const nameRule = 'must be 1 to 64 letters, digits, spaces and . _ -, beginning and ending with a letter or digit';
  if (name !== undefined) check('name', nameRule, NAME.test(name ?? ''));
  if (address !== undefined) {
    check('address', 'must be an IPv4 address, an IPv6 address or a domain name', isAddress(address ?? ''));
  }
}

function checkNumbers({ agentPort, weight, capacity }: Fields, check: Check): void {
  if (agentPort != null) check('agentPort', 'must be 1 to 65535', isWithin(agentPort, 1, 65_535));
  if (weight != null) check('weight', 'must be 1 to 1000', isWithin(weight, 1, 1_000));
  if (capacity != null) check('capacity', 'must be 1 to 1000000, or null for unlimited', isWithin(capacity, 1, 1e6));
}

function checkTags(tags: NodeTagInput[], check: Check): void {
  check('tags', `must be at most ${MOST_TAGS}`, tags.length <= MOST_TAGS);
  const keys = new Set<string>();
  tags.slice(0, MOST_TAGS).forEach(({ key, value }, index) => {
    check(`tags.${index}.key`, 'must be 1 to 64 letters, digits and . _ -', TAG_KEY.test(key));
    check(`tags.${index}.key`, 'appears twice', !keys.has(key));
    const isValue = isWithin(value.length, 1, 128) && JSON_TEXT.test(value);
    check(`tags.${index}.value`, 'must be 1 to 128 characters of text', isValue);
    keys.add(key);
  });
}

function checkLocation({ latitude, longitude, city, countryCode }: LocationInput, check: Check): void {
  check('location.latitude', 'must be -90 to 90', isWithin(latitude, -90, 90));
  check('location.longitude', 'must be -180 to 180', isWithin(longitude, -180, 180));
  const isCity = (city?.length ?? 0) <= 100 && JSON_TEXT.test(city ?? '');
  check('location.city', 'must be at most 100 characters of text', isCity);
  check('location.countryCode', 'must be two capital letters, such as DE', !countryCode || COUNTRY.test(countryCode));
}

/** All that is wrong with a location, paths beginning with `location`. */
export function validateLocation(location: LocationInput): FieldProblem[] {
  const problems: FieldProblem[] = [];
  checkLocation(location, (path, message, valid) => {
    if (!valid) problems.push({ path, message });
  });
  return problems;
}

function checkBlocks(blocks: string[], check: Check): void {
  check('ipAllowlist', `must be at most ${MOST_BLOCKS}`, blocks.length <= MOST_BLOCKS);
  blocks.slice(0, MOST_BLOCKS).forEach((block, index) => {
    check(`ipAllowlist.${index}`, 'must be an IP address or a CIDR block such as 192.0.2.0/24', isBlock(block));
  });
}

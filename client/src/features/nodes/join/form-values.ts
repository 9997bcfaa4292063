import type { CreateNodeInput, UpdateNodeInput } from '../../../graphql/gen/graphql';
import { toNumber } from '../../../i18n/to-number';
import { parseTag } from '../list/list-params';

/** What is in the form: text as typed, so that nothing is lost when the panel refuses it. */
export interface FormValues {
  name: string;
  address: string;
  agentPort: string;
  tags: { key: string; value: string }[];
  /** Typed, but not yet made a tag. */
  tagDraft: string;
  groupIds: string[];
  city: string;
  countryCode: string;
  latitude: string;
  longitude: string;
  weight: string;
  capacity: string;
  ipAllowlist: string;
  mode: 'ACTIVE' | 'DRAINING' | 'DISABLED';
  validateConnection: boolean;
}

export const EMPTY_FORM: FormValues = {
  name: '',
  address: '',
  agentPort: '8443',
  tags: [],
  tagDraft: '',
  groupIds: [],
  city: '',
  countryCode: '',
  latitude: '',
  longitude: '',
  weight: '1',
  capacity: '',
  ipAllowlist: '',
  mode: 'ACTIVE',
  validateConnection: false,
};

export type Problem = 'required' | 'portRange' | 'numberInvalid' | 'tagInvalid' | 'locationIncomplete';
export type Problems = Partial<Record<keyof FormValues, Problem>>;

/** Only what the panel would not understand at all; what it may refuse is for the panel to say. */
export function findProblems(values: FormValues): Problems {
  const problems: Problems = {};
  if (!values.name.trim()) problems.name = 'required';
  if (!values.address.trim()) problems.address = 'required';
  const port = toNumber(values.agentPort);
  if (port === undefined || !Number.isInteger(port) || port < 1 || port > 65_535) problems.agentPort = 'portRange';
  if (values.tagDraft.trim() && !parseTag(values.tagDraft)) problems.tags = 'tagInvalid';
  for (const field of ['latitude', 'longitude', 'weight', 'capacity'] as const) {
    if (values[field].trim() && toNumber(values[field]) === undefined) problems[field] = 'numberInvalid';
  }
  const { latitude, longitude, city, countryCode } = values;
  const placed = [latitude, longitude, city, countryCode].some((part) => part.trim());
  if (placed && !latitude.trim()) problems.latitude = 'locationIncomplete';
  else if (placed && !longitude.trim()) problems.longitude = 'locationIncomplete';
  return problems;
}

export function toCreateInput(values: FormValues): CreateNodeInput {
  return { ...shared(values), validateConnection: values.validateConnection };
}

export function toUpdateInput(id: string, values: FormValues): UpdateNodeInput {
  return { id, ...shared(values), mode: values.mode };
}

function shared(values: FormValues) {
  const draft = parseTag(values.tagDraft);
  return {
    name: values.name.trim(),
    address: values.address.trim(),
    agentPort: toNumber(values.agentPort) ?? 8443,
    groupIds: values.groupIds,
    tags: draft ? [...values.tags, draft] : values.tags,
    location: values.latitude.trim()
      ? {
          latitude: toNumber(values.latitude) ?? 0,
          longitude: toNumber(values.longitude) ?? 0,
          city: values.city.trim() || null,
          countryCode: values.countryCode || null,
        }
      : null,
    weight: toNumber(values.weight) ?? 1,
    capacity: toNumber(values.capacity) ?? null,
    ipAllowlist: values.ipAllowlist.split(/[\s,]+/).filter(Boolean),
  };
}

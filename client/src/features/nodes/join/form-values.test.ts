import { expect, it } from 'vitest';
import { EMPTY_FORM, findProblems, toCreateInput, toUpdateInput } from './form-values';

const FILLED = { ...EMPTY_FORM, name: ' fra-01 ', address: '203.0.113.10' };

it('asks for a name and an address before it asks the panel', () => {
  expect(findProblems(EMPTY_FORM)).toEqual({ name: 'required', address: 'required' });
  expect(findProblems(FILLED)).toEqual({});
});

it.each([
  [{ agentPort: '0' }, { agentPort: 'portRange' }],
  [{ agentPort: '70000' }, { agentPort: 'portRange' }],
  [{ tagDraft: 'region' }, { tags: 'tagInvalid' }],
  [{ weight: 'heavy' }, { weight: 'numberInvalid' }],
  [{ city: 'Frankfurt' }, { latitude: 'locationIncomplete' }],
  [{ latitude: '50.1' }, { longitude: 'locationIncomplete' }],
])('finds what is wrong with %o', (part, problems) => {
  expect(findProblems({ ...FILLED, ...part })).toEqual(problems);
});

it('sends what was typed, trimmed, with the tag that was not yet made one', () => {
  const input = toCreateInput({ ...FILLED, tagDraft: 'region=eu', ipAllowlist: '10.0.0.0/8\n192.0.2.1, ' });
  expect(input).toMatchObject({
    name: 'fra-01',
    agentPort: 8443,
    tags: [{ key: 'region', value: 'eu' }],
    ipAllowlist: ['10.0.0.0/8', '192.0.2.1'],
    location: null,
    capacity: null,
  });
});

it('clears by null what was emptied in an update', () => {
  expect(toUpdateInput('n1', FILLED)).toMatchObject({ id: 'n1', location: null, capacity: null, mode: 'ACTIVE' });
});

const TAG = /\[(R\d+\.\d+(?:\s*,\s*R\d+\.\d+)*)\]/g;
const REQUIREMENT = /^\s*[-*]\s+\**(R\d+\.\d+)\**[:.]?\s+(.*\S)\s*$/gm;

/** The first argument of a call, when it is a text: the name of a test, also of one behind `test.each(...)`. */
const FIRST_TEXT = /\(\s*(['"`])((?:\\[^]|(?!\1)[^\\])*)\1/g;

/** The lines `- R1.1 text`, in their order, as `{ id, text }`. */
export function parseRequirements(markdown) {
  return [...markdown.matchAll(REQUIREMENT)].map(([, id, text]) => ({ id, text }));
}

/** The names of tests in a source file that carry a requirement, as `{ name, ids }`. */
export function taggedTests(source) {
  return [...source.matchAll(FIRST_TEXT)]
    .map(([, , name]) => ({ name, ids: [...name.matchAll(TAG)].flatMap(([, ids]) => ids.split(/\s*,\s*/)) }))
    .filter(({ ids }) => ids.length > 0);
}

/** Each requirement with its tests; and the tests whose requirement does not exist. */
export function coverage(requirements, tests) {
  const known = new Set(requirements.map(({ id }) => id));
  return {
    covered: requirements.map((requirement) => ({
      ...requirement,
      tests: tests.filter(({ ids }) => ids.includes(requirement.id)),
    })),
    strays: tests.flatMap((test) => test.ids.filter((id) => !known.has(id)).map((id) => ({ ...test, id }))),
  };
}

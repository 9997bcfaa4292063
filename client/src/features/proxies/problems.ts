import type { FieldProblem } from '../../graphql/errors';
import type { TemplateField } from './templates';

export type FormField = 'name' | 'port' | 'targets' | TemplateField;

export interface Problem extends FieldProblem {
  severity: 'error' | 'warning';
}

/** Which field of the form a path of the panel belongs to; the first that fits counts. */
const FIELDS: readonly [RegExp, FormField][] = [
  [/^name$/, 'name'],
  [/^(inbound\.)?port$/, 'port'],
  [/^target(Node|Group)Ids(\.|$)/, 'targets'],
  [/^inbound\.streamSettings\.realitySettings\.(serverNames|target)(\.|$)/, 'serverName'],
  [/^inbound\.streamSettings\.realitySettings\.privateKey$/, 'keys'],
  [/^inbound\.streamSettings\.realitySettings\.shortIds(\.|$)/, 'shortIds'],
  [/^inbound\.streamSettings\.tlsSettings\.serverName$/, 'serverName'],
  [/^inbound\.streamSettings\.tlsSettings\.certificates(\.|$)/, 'certificate'],
  [/^inbound\.streamSettings\.(wsSettings|xhttpSettings)\.path$/, 'path'],
  [/^inbound\.settings\.password$/, 'password'],
  // What buildProxy says of its own arguments.
  [/^serverName$/, 'serverName'],
  [/^path$/, 'path'],
  [/^(certificate|key|certificateFile|keyFile)$/, 'certificate'],
];

export function fieldOf(path: string): FormField | undefined {
  return FIELDS.find(([pattern]) => pattern.test(path))?.[1];
}

/** The problems of each field that is shown; what belongs to none of them is for the list below the form. */
export function sortProblems(problems: readonly Problem[], shown: readonly FormField[]) {
  const byField = new Map<FormField, Problem[]>();
  const others: Problem[] = [];
  for (const problem of problems) {
    const field = fieldOf(problem.path);
    if (field && shown.includes(field)) byField.set(field, [...(byField.get(field) ?? []), problem]);
    else others.push(problem);
  }
  return { byField, others };
}

/** `inbound.streamSettings.security` stands at `streamSettings.security` of the JSON text. */
export const pathInJson = (path: string): string => path.replace(/^inbound(\.|$)/, '');

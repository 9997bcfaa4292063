import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { graphql } from '../../../graphql/gen';
import { useTranslation } from '../../../i18n';
import { useDebounced } from '../../../ui/use-debounced';
import { type Draft, hasTargets, portOf, toCreateInput } from '../draft';
import type { Problem } from '../problems';

const ValidateProxy = graphql(`
  mutation ValidateProxy($input: CreateProxyInput!, $id: ID) {
    validateProxy(input: $input, id: $id) {
      problems {
        path
        message
      }
      warnings {
        path
        message
      }
    }
  }
`);

const SETTLE_MS = 350;

export interface Validation {
  problems: readonly Problem[];
  /** The newest answer is not about what is shown now. */
  checking: boolean;
}

interface Stored {
  id: string;
  /** It stays without targets of its own. */
  targetsKept: boolean;
}

/** What stands against the draft, in the panel's words, a moment after the last change. */
export function useValidation(draft: Draft | undefined, stored?: Stored): Validation {
  const { t } = useTranslation();
  const client = useClient();
  const id = stored?.id;
  const wanted = draft && !draft.brokenText ? JSON.stringify(toCreateInput(draft)) : '';
  const question = useDebounced(wanted, SETTLE_MS);
  const [answer, setAnswer] = useState<{ question: string; problems: readonly Problem[] }>();

  useEffect(() => {
    if (!question) return;
    let current = true;
    const input = JSON.parse(question) as ReturnType<typeof toCreateInput>;
    async function ask() {
      const { data } = await client.mutation(ValidateProxy, { input, id: id ?? null }).toPromise();
      if (!current || !data) return;
      const { problems, warnings } = data.validateProxy;
      const found = [
        ...problems.map(({ path, message }): Problem => ({ path, message, severity: 'error' })),
        ...warnings.map(({ path, message }): Problem => ({ path, message, severity: 'warning' })),
      ];
      setAnswer({ question, problems: found });
    }
    void ask();
    return () => {
      current = false;
    };
  }, [client, question, id]);

  if (!draft) return { problems: [], checking: false };
  const own: Problem[] = [];
  if (portOf(draft.port) === undefined) own.push({ path: 'port', message: t('form.portRange'), severity: 'error' });
  if (!hasTargets(draft.targets) && !stored?.targetsKept) {
    own.push({ path: 'targetNodeIds', message: t('proxies.targetsMissing'), severity: 'error' });
  }
  if (draft.brokenText !== undefined) {
    const message = t('proxies.json.broken');
    return { problems: [...own, { path: 'inbound', message, severity: 'error' }], checking: false };
  }
  const said = answer?.problems ?? [];
  const found = own.some(({ path }) => path === 'port') ? said.filter(({ path }) => !path.endsWith('port')) : said;
  return { problems: [...own, ...found], checking: answer?.question !== wanted };
}

export const errorsIn = (problems: readonly Problem[]) => problems.filter(({ severity }) => severity === 'error');

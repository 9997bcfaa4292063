import type { NodeStateFragment } from '../../graphql/gen/graphql';
import { useLanguage, useTranslation } from '../../i18n';

type Issue = Pick<NodeStateFragment['issues'][number], 'kind' | 'message'>;

/** The panel's own words, which name figures, to who reads English; the kind of the issue in words of one's own to others. */
export function useIssueText(): (issue: Issue) => string {
  const { t } = useTranslation();
  const english = useLanguage() === 'en';
  return ({ kind, message }) => (english ? message : t(`issues.${kind}`, { defaultValue: message }));
}

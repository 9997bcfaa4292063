import type { NodeStateFragment, Severity } from '../../../graphql/gen/graphql';
import { useFormat, useTranslation } from '../../../i18n';
import { Notice } from '../../../ui/notice';
import type { Tone } from '../../../ui/tone-icon';
import { useNow } from '../../../ui/use-now';
import { useIssueText } from '../issue-text';

const TONES: Record<Severity, Tone> = { CRITICAL: 'bad', WARNING: 'warn', INFO: 'waiting' };

/** Why the node is not well, and since when. */
export function NodeIssues({ issues }: { issues: NodeStateFragment['issues'] }) {
  const { t } = useTranslation();
  const { relative, dateTime } = useFormat();
  const now = useNow(10_000);
  const issueText = useIssueText();
  if (issues.length === 0) return null;
  return (
    <section aria-label={t('node.issues')} className="space-y-2 px-4 pb-4 md:px-6">
      {issues.map(({ kind, severity, message, since }) => (
        <Notice
          key={kind}
          tone={TONES[severity]}
          action={
            <time dateTime={since} title={dateTime(since)} className="text-xs leading-6 text-fg3">
              {relative(since, now)}
            </time>
          }
        >
          <bdi className="text-fg" title={message}>
            {issueText({ kind, message })}
          </bdi>
        </Notice>
      ))}
    </section>
  );
}

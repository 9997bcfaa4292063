import { Download } from 'lucide-react';
import { useTranslation } from '../../../i18n';
import { Button } from '../../../ui/button';
import { CopyButton } from '../../../ui/copy-button';
import { SubscriptionLink } from '../page/subscription-link';
import type { CreatedUser } from './create-users';

/** What was made: the link of one, or the links of many to copy and to keep. */
export function CreatedUsers({ users }: { users: readonly CreatedUser[] }) {
  const { t } = useTranslation();
  const [only, ...more] = users;
  if (only && more.length === 0) {
    return (
      <div className="space-y-3">
        <p className="text-sm text-fg2">{t('users.createdOneText', { name: only.username })}</p>
        <SubscriptionLink url={only.subscriptionUrl} />
      </div>
    );
  }

  async function download() {
    const { saveFile, toCsv } = await import('../import/csv-file');
    const rows = users.map(({ username, subscriptionUrl }) => [username, subscriptionUrl]);
    saveFile('users.csv', toCsv(['username', 'link'], rows));
  }

  return (
    <div className="space-y-3">
      <p className="text-sm text-fg2">{t('users.createdManyText')}</p>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => void download()}>
          <Download className="size-3.5 text-fg3" aria-hidden />
          {t('users.downloadLinks')}
        </Button>
        <CopyButton
          text={users.map(({ subscriptionUrl }) => subscriptionUrl).join('\n')}
          label={t('users.copyLinks')}
          copiedLabel={t('common.copied')}
        />
      </div>
    </div>
  );
}

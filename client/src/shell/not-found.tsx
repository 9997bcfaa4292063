import { Compass } from 'lucide-react';
import { Link } from 'react-router';
import { useTranslation } from '../i18n';
import { Page } from '../plugin';
import { Button } from '../ui/button';
import { Placeholder } from '../ui/placeholder';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Page title={t('notFound.title')}>
      <Placeholder
        icon={<Compass />}
        title={t('notFound.text')}
        action={
          <Button asChild>
            <Link to="/">{t('common.back')}</Link>
          </Button>
        }
      />
    </Page>
  );
}

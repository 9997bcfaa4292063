import { ArrowLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useTranslation } from '../../../i18n';
import { Page } from '../../../plugin';
import { Button } from '../../../ui/button';
import { CreatedUsers } from '../form/created-users';
import type { CreatedUser } from '../form/create-users';
import { ChooseFile } from './choose-file';
import { Preview } from './preview';
import type { ImportFile } from './read-file';

/** A file is chosen, looked through, and its users are created: all of them or none. */
export default function ImportPage() {
  const { t } = useTranslation();
  const [file, setFile] = useState<ImportFile>();
  const [created, setCreated] = useState<readonly CreatedUser[]>();
  const startOver = () => {
    setFile(undefined);
    setCreated(undefined);
  };
  const preview = file !== undefined && file.records.length > 0 && created === undefined;
  return (
    <Page
      fill={preview}
      title={t('import.title')}
      heading={
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Link to="/users" className="font-normal text-fg3 hover:text-fg hover:underline">
            {t('users.title')}
          </Link>
          <ChevronRight className="size-3.5 text-fg3 rtl:-scale-x-100" aria-hidden />
          {t('import.title')}
        </span>
      }
      subtitle={t('import.subtitle')}
      actions={
        file && (
          <Button onClick={startOver}>
            <ArrowLeft className="size-3.5 text-fg3 rtl:-scale-x-100" aria-hidden />
            {t('import.another')}
          </Button>
        )
      }
    >
      {created ? (
        <section
          aria-label={t('users.created', { count: created.length })}
          className="mx-4 mb-8 max-w-2xl rounded-lg border border-line bg-panel p-5 shadow-lift md:mx-6"
        >
          <div role="status">
            <h2 className="mb-2 text-lg font-semibold tracking-tight">
              {t('users.created', { count: created.length })}
            </h2>
          </div>
          <CreatedUsers users={created} />
          <Button asChild size="md" className="mt-4">
            <Link to="/users">{t('users.back')}</Link>
          </Button>
        </section>
      ) : preview ? (
        <Preview file={file} onCreated={setCreated} />
      ) : (
        <ChooseFile problem={file?.problem} onFile={setFile} />
      )}
    </Page>
  );
}

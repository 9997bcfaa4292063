import { FlaskConical } from 'lucide-react';
import { useQuery } from 'urql';
import { graphql } from '../graphql/gen';
import { useTranslation } from '../i18n';

const ShellPanel = graphql(`
  query ShellPanel {
    panel {
      demo
    }
  }
`);

export function DemoBanner() {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: ShellPanel });
  if (!data?.panel.demo) return null;
  return (
    <p
      role="note"
      className="flex items-center justify-center gap-2 border-b border-info/25 bg-info-soft px-4 py-1 text-center text-xs text-fg"
    >
      <FlaskConical className="size-3.5 shrink-0 text-info" aria-hidden />
      {t('shell.demo')}
    </p>
  );
}

import { toast } from 'sonner';
import { useTranslation } from '../i18n';
import { cn } from '../ui/cn';
import { copyText } from '../ui/copy-text';
import { shortRevision } from './sync-status';

interface RevisionProps {
  revision: string | null | undefined;
  /** Another one is wanted. */
  differs?: boolean;
}

/** The beginning of a revision; a click copies the whole of it. */
export function Revision({ revision, differs }: RevisionProps) {
  const { t } = useTranslation();
  if (!revision) return <span className="px-1 text-fg3">–</span>;
  const copy = async () => {
    await copyText(revision);
    toast.success(t('common.copied'));
  };
  return (
    <button
      type="button"
      dir="ltr"
      title={revision}
      aria-label={`${t('sync.copyRevision')} ${shortRevision(revision)}`}
      onClick={() => void copy()}
      className={cn(
        'min-h-6 rounded px-1 font-mono text-2xs leading-4.5 text-fg2 hover:bg-lit hover:text-fg',
        differs && 'bg-warn-soft text-warn hover:bg-warn-soft hover:text-warn hover:underline',
      )}
    >
      {shortRevision(revision)}
    </button>
  );
}

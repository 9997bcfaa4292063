import { useSession } from '../graphql/session';
import { useTranslation } from '../i18n';
import { cn } from '../ui/cn';
import { OwnDirection } from '../ui/own-direction';

/** Who is signed in, and as what. */
export function Viewer({ textClassName }: { textClassName?: string }) {
  const { t } = useTranslation();
  const session = useSession();
  if (session.state !== 'signed-in') return null;
  const { name, role } = session.viewer;
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <span
        className="grid size-6 shrink-0 place-items-center rounded-full bg-accent-soft text-2xs font-semibold text-fg uppercase"
        aria-hidden
      >
        {initials(name)}
      </span>
      <span className={cn('min-w-0 leading-tight', textClassName)}>
        <OwnDirection className="text-xs font-medium">{name}</OwnDirection>
        {role && <span className="block truncate text-2xs text-fg3">{t(`roles.${role}`)}</span>}
      </span>
    </span>
  );
}

const initials = (name: string) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0))
    .join('');

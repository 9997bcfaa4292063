import { useFormat } from '../i18n';
import { Chip } from '../ui/chip';
import { cn } from '../ui/cn';

interface GroupChipsProps {
  groups: readonly { id: string; name: string }[];
  /** How many names there is room for. */
  most?: number;
  className?: string;
}

/** The first names, and how many more there are; all of them in the title. */
export function GroupChips({ groups, most = 2, className }: GroupChipsProps) {
  const { number } = useFormat();
  const shown = groups.slice(0, most);
  const more = groups.length - shown.length;
  if (groups.length === 0) return null;
  return (
    <span
      title={groups.map(({ name }) => name).join(', ')}
      className={cn('flex min-w-0 items-center gap-1', className)}
    >
      {shown.map(({ id, name }) => (
        <Chip key={id} className="max-w-full shrink bg-hover">
          <bdi className="truncate">{name}</bdi>
        </Chip>
      ))}
      {more > 0 && (
        <span dir="ltr" className="num text-2xs text-fg3">
          +{number(more)}
        </span>
      )}
    </span>
  );
}

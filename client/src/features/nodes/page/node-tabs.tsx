import { Link } from 'react-router';
import { useTranslation } from '../../../i18n';
import { useRegistry } from '../../../plugin';
import { cn } from '../../../ui/cn';

/** Links rather than widgets: each tab has an address. */
export function NodeTabs({ nodeId, active }: { nodeId: string; active: string }) {
  const { t } = useTranslation();
  const { nodeTabs } = useRegistry();
  return (
    <nav aria-label={t('node.tabs')} className="thin-scroll overflow-x-auto border-b border-line px-4 md:px-6">
      <ul className="flex gap-5">
        {nodeTabs.map(({ id, label }, index) => (
          <li key={id}>
            <Link
              to={index === 0 ? `/nodes/${nodeId}` : `/nodes/${nodeId}/${id}`}
              aria-current={id === active ? 'page' : undefined}
              className={cn(
                '-mb-px flex h-9 items-center border-b-2 border-transparent text-sm whitespace-nowrap text-fg3 transition-colors hover:text-fg focus-visible:-outline-offset-2',
                id === active && 'border-accent font-medium text-fg',
              )}
            >
              {label()}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

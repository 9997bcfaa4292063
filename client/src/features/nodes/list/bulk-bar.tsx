import { Play, RotateCw, Square } from 'lucide-react';
import type { ComponentProps } from 'react';
import { useTranslation } from '../../../i18n';
import { BulkBar as Bar } from '../../../list/bulk-bar';
import { Button } from '../../../ui/button';
import type { XrayCommand } from '../commands/command-dialog';

interface BulkBarProps extends Omit<ComponentProps<typeof Bar>, 'label' | 'children'> {
  onCommand: (kind: XrayCommand) => void;
}

/** What can be done with the selected nodes. */
export function BulkBar({ onCommand, ...rest }: BulkBarProps) {
  const { t } = useTranslation();
  return (
    <Bar label={t('bulk.actions')} {...rest}>
      <Button variant="ghost" onClick={() => onCommand('START_XRAY')}>
        <Play className="size-3.5" aria-hidden />
        <span className="max-md:sr-only">{t('commands.START_XRAY')}</span>
      </Button>
      <Button variant="ghost" onClick={() => onCommand('RESTART_XRAY')}>
        <RotateCw className="size-3.5" aria-hidden />
        <span className="max-md:sr-only">{t('commands.RESTART_XRAY')}</span>
      </Button>
      <Button variant="dangerGhost" onClick={() => onCommand('STOP_XRAY')}>
        <Square className="size-3.5" aria-hidden />
        <span className="max-md:sr-only">{t('commands.STOP_XRAY')}</span>
      </Button>
    </Bar>
  );
}

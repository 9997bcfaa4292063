import type { UserStatus } from '../../graphql/gen/graphql';
import { useTranslation } from '../../i18n';
import { cn } from '../../ui/cn';
import { type Tone, TONE_TEXT, ToneIcon } from '../../ui/tone-icon';

export const USER_TONE: Record<UserStatus, Tone> = {
  ACTIVE: 'ok',
  DISABLED: 'off',
  LIMITED: 'warn',
  EXPIRED: 'bad',
};

/** Icon and word; only what stopped by itself gets a coloured word. */
export function UserStatusLabel({ status, className }: { status: UserStatus; className?: string }) {
  const { t } = useTranslation();
  const tone = USER_TONE[status];
  const loud = tone === 'warn' || tone === 'bad';
  return (
    <span
      className={cn('inline-flex items-center gap-2 whitespace-nowrap', loud ? TONE_TEXT[tone] : 'text-fg', className)}
    >
      <ToneIcon tone={tone} />
      {t(`users.status.${status}`)}
    </span>
  );
}

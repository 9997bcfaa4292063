import { RotateCw } from 'lucide-react';
import { useTranslation } from '../i18n';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { type Failure, NETWORK, toFailure } from './errors';

/** A refusal in the reader's language where the panel has no better words. */
export function useFailureText(): (failure: Failure) => string {
  const { t } = useTranslation();
  return (failure) => {
    switch (failure.code) {
      case NETWORK:
        return t('errors.network');
      case 'FORBIDDEN':
        return t('errors.forbidden');
      case 'RATE_LIMITED':
        return t('errors.rateLimited', { count: Math.ceil(failure.retryAfterSeconds ?? 60) });
      case 'INTERNAL_SERVER_ERROR':
        return t('errors.internal');
      case 'BAD_USER_INPUT':
        return failure.fields.length > 0 ? t('errors.checkFields') : failure.message;
      default:
        return failure.message;
    }
  };
}

interface FailureNoticeProps {
  error: unknown;
  title?: string;
  onRetry?: () => void;
  className?: string;
}

export function FailureNotice({ error, title, onRetry, className }: FailureNoticeProps) {
  const { t } = useTranslation();
  const text = useFailureText();
  const failure = toFailure(error);
  return (
    <Notice
      tone="bad"
      role="alert"
      className={className}
      title={title}
      action={
        onRetry && (
          <Button onClick={onRetry}>
            <RotateCw className="size-3.5" aria-hidden />
            {t('common.retry')}
          </Button>
        )
      }
    >
      <bdi>{text(failure)}</bdi>
      {failure.requestId && (
        <span className="block font-mono text-2xs text-fg3">
          <bdi>{t('errors.requestId', { id: failure.requestId })}</bdi>
        </span>
      )}
    </Notice>
  );
}

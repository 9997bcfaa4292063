import { useMemo } from 'react';
import { useTranslation } from '../../i18n';

/** What the editor itself says, in the reader's language. */
export function useEditorPhrases(): Record<string, string> {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      'Fold line': t('code.fold'),
      'Unfold line': t('code.unfold'),
      'Folded lines': t('code.folded'),
      'Unfolded lines': t('code.unfolded'),
      unfold: t('code.unfold'),
      'folded code': t('code.folded'),
      to: t('code.to'),
      '$ unchanged lines': t('code.unchanged'),
      Completions: t('code.completions'),
      Diagnostics: t('proxies.problems'),
      'No diagnostics': t('code.noProblems'),
    }),
    [t],
  );
}

import { useTranslation } from '../../../i18n';
import { Notice } from '../../../ui/notice';
import { type FileProblem, MOST_ROWS } from './read-file';

export function FileProblemNotice({ problem, className }: { problem: FileProblem; className?: string }) {
  const { t } = useTranslation();
  const text = () => {
    switch (problem.kind) {
      case 'tooMany':
        return t('import.file.tooMany', { found: problem.count, most: MOST_ROWS });
      case 'twoColumns':
        return t('import.file.twoColumns', { column: problem.column });
      case 'openQuote':
        return t('import.file.openQuote', { row: problem.row });
      case 'notJson':
        return t('import.file.notJson', { message: problem.message });
      case 'empty':
      case 'encoding':
      case 'tooLarge':
      case 'noUsername':
      case 'notAList':
        return t(`import.file.${problem.kind}`);
    }
  };
  return (
    <Notice tone="bad" role="alert" title={t('import.file.title')} className={className}>
      <bdi>{text()}</bdi>
    </Notice>
  );
}

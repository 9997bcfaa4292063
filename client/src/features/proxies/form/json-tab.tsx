import { KeyRound } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../../graphql/gen';
import { useTranslation } from '../../../i18n';
import { type CodeEditorHandle, type CodeProblem, LazyCodeEditor } from '../../../ui/code';
import { useEditorPhrases } from '../../../ui/code/use-editor-phrases';
import { type Draft, textOf, withText } from '../draft';
import { hasMask } from '../inbound';
import { pathInJson, type Problem } from '../problems';
import { ProblemList } from './problem-list';
import type { ChangeDraft } from './settings-fields';

const InboundSchema = graphql(`
  query InboundSchema {
    proxyInboundSchema
  }
`);

interface JsonTabProps {
  draft: Draft;
  /** Without it the text can only be read. */
  onChange?: ChangeDraft | undefined;
  problems: readonly Problem[];
  /** A stored proxy keeps its protocol. */
  editing?: boolean;
}

/** The whole inbound as Xray reads it. */
export function JsonTab({ draft, onChange, problems, editing = false }: JsonTabProps) {
  const { t } = useTranslation();
  const editor = useRef<CodeEditorHandle>(null);
  const phrases = useEditorPhrases();
  const [{ data }] = useQuery({ query: InboundSchema });
  const marks = useMemo(
    () =>
      problems
        .filter(({ path }) => path.startsWith('inbound') || path === 'port' || path === 'protocol')
        .map(({ path, message, severity }): CodeProblem => ({ path: pathInJson(path), message, severity })),
    [problems],
  );
  return (
    <div className="min-w-0 space-y-3">
      <div className="overflow-hidden rounded-lg border border-field focus-within:border-accent">
        <LazyCodeEditor
          ref={editor}
          label={t('proxies.json.label')}
          value={textOf(draft)}
          {...(onChange && { onChange: (text: string) => onChange((before) => withText(before, text, editing)) })}
          problems={marks}
          schema={data?.proxyInboundSchema}
          phrases={phrases}
          maskHint={t('proxies.json.maskHint')}
          className="h-[min(62dvh,640px)]"
        />
      </div>
      {hasMask(draft.inbound) && (
        <p className="flex items-start gap-2 text-xs leading-4.5 text-fg3">
          <KeyRound className="mt-0.5 size-3.5 shrink-0 text-accent" aria-hidden />
          <span>{t('proxies.json.masked')}</span>
        </p>
      )}
      <p className="text-xs text-fg3">{t('proxies.json.hint')}</p>
      <ProblemList problems={problems} onGoTo={({ path }) => editor.current?.goTo(pathInJson(path))} />
    </div>
  );
}

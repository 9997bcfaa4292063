import { ClipboardPaste, Download, FileUp } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { useGroupOptions } from '../../../fleet/use-group-options';
import { useTranslation } from '../../../i18n';
import { Button } from '../../../ui/button';
import { cn } from '../../../ui/cn';
import { Field, TextArea } from '../../../ui/field';
import { saveFile, toCsv } from './csv-file';
import { FileProblemNotice } from './file-problem';
import { COLUMNS, decodeImport, type FileProblem, type ImportFile, readImport } from './read-file';

interface ChooseFileProps {
  problem: FileProblem | undefined;
  onFile: (file: ImportFile) => void;
}

/** With groups that there are, so that the template itself can be imported. */
const examples = (groups: readonly string[]) => [
  ['mina', groups[0] ?? 'europe', '50GB', '90d', 'Paid until autumn', '', ''],
  ['reza', groups.slice(0, 2).join(', '), '', '2027-12-31', '', '8c1f6f0e-3f0a-4d6e-9b6a-2f1d5c7e9a10', 'a-password-1'],
];

export function ChooseFile({ problem, onFile }: ChooseFileProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const { options = [] } = useGroupOptions();
  const [over, setOver] = useState(false);
  const [pasting, setPasting] = useState(false);
  const [text, setText] = useState('');

  async function read(file: File | undefined) {
    if (file) onFile(decodeImport(new Uint8Array(await file.arrayBuffer())));
  }
  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    void read(event.dataTransfer.files[0]);
  }

  return (
    <div className="max-w-3xl space-y-4 px-4 pb-8 md:px-6">
      {problem && <FileProblemNotice problem={problem} />}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        data-drop
        className={cn(
          'flex flex-col items-center rounded-xl border border-dashed border-field bg-panel px-6 py-12 text-center transition-colors',
          over && 'border-accent bg-accent-soft',
        )}
      >
        <span className="mb-3 grid size-10 place-items-center rounded-xl border border-line bg-raised text-fg3 shadow-lift">
          <FileUp className="size-5" aria-hidden />
        </span>
        <p className="text-base font-medium">{t('import.drop')}</p>
        <p className="mt-1 max-w-md text-sm text-fg3">{t('import.dropHint')}</p>
        <div className="mt-4 flex flex-wrap justify-center gap-2">
          <Button size="md" variant="primary" onClick={() => input.current?.click()}>
            {t('import.choose')}
          </Button>
          <Button size="md" aria-expanded={pasting} onClick={() => setPasting(!pasting)}>
            <ClipboardPaste className="size-3.5 text-fg3" aria-hidden />
            {t('import.paste')}
          </Button>
          <Button
            size="md"
            onClick={() => {
              const rows = examples(options.map(({ name }) => name));
              saveFile('users-template.csv', toCsv([...COLUMNS], rows));
            }}
          >
            <Download className="size-3.5 text-fg3" aria-hidden />
            {t('import.template')}
          </Button>
        </div>
        <input
          ref={input}
          type="file"
          accept=".csv,.tsv,.txt,.json,text/csv,application/json"
          aria-label={t('import.choose')}
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            void read(event.target.files?.[0]);
            // The same file, corrected, may be chosen again.
            event.target.value = '';
          }}
        />
      </div>
      {pasting && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            onFile(readImport(text));
          }}
          className="space-y-2"
        >
          <Field label={t('import.pasteLabel')}>
            <TextArea
              rows={8}
              dir="ltr"
              autoFocus
              spellCheck={false}
              className="font-mono text-xs"
              placeholder={'username,groups,dataLimit,expiresAt\nmina,europe,50GB,90d'}
              value={text}
              onChange={(event) => setText(event.target.value)}
              // A whole file is read at once: ten thousand lines are no text to edit.
              onPaste={(event) => {
                if (text) return;
                event.preventDefault();
                onFile(readImport(event.clipboardData.getData('text/plain')));
              }}
            />
          </Field>
          <Button type="submit" variant="primary" disabled={!text.trim()}>
            {t('import.read')}
          </Button>
        </form>
      )}
      <Columns />
    </div>
  );
}

/** What the columns are called and what they take. */
function Columns() {
  const { t } = useTranslation();
  return (
    <section aria-label={t('import.columns')} className="rounded-lg border border-line bg-panel p-4 shadow-lift">
      <h2 className="mb-2 text-sm font-semibold">{t('import.columns')}</h2>
      <dl className="grid gap-x-6 gap-y-1.5 text-sm sm:grid-cols-[8rem_minmax(0,1fr)]">
        {COLUMNS.map((column) => (
          <div key={column} className="contents">
            <dt>
              <code dir="ltr" className="font-mono text-xs text-fg">
                {column}
              </code>
            </dt>
            <dd className="text-fg3 max-sm:mb-1.5">{t(`import.column.${column}`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

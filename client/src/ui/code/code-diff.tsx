import { json } from '@codemirror/lang-json';
import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { cn } from '../cn';
import { codeTheme } from './code-theme';

interface CodeDiffProps {
  before: string;
  after: string;
  label: string;
  phrases?: Record<string, string>;
  className?: string;
}

/** What has changed between two texts, one below the other, so that it also fits on a phone. */
export default function CodeDiff({ before, after, label, phrases, className }: CodeDiffProps) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const view = new EditorView({
      parent: host.current!,
      state: EditorState.create({
        doc: after,
        extensions: [
          json(),
          lineNumbers(),
          EditorView.lineWrapping,
          EditorState.readOnly.of(true),
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          EditorState.phrases.of(phrases ?? {}),
          unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: { margin: 3, minSize: 5 } }),
          codeTheme,
        ],
      }),
    });
    return () => view.destroy();
  }, [before, after, label, phrases]);
  return (
    <div
      ref={host}
      dir="ltr"
      className={cn('overflow-hidden [&_.cm-editor]:h-full [&_.cm-scroller]:overflow-auto', className)}
    />
  );
}

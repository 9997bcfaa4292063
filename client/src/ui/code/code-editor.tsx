import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, syntaxTree } from '@codemirror/language';
import { type Diagnostic, linter, lintGutter, lintKeymap } from '@codemirror/lint';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import {
  Decoration,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  MatchDecorator,
  ViewPlugin,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view';
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { cn } from '../cn';
import { codeTheme } from './code-theme';
import { completeJson } from './json-completion';
import { positionOf } from './json-position';

export interface CodeProblem {
  path: string;
  message: string;
  severity: 'error' | 'warning';
}

export interface CodeEditorHandle {
  /** Puts the cursor where the path stands. */
  goTo: (path: string) => void;
}

export interface CodeEditorProps {
  value: string;
  label: string;
  onChange?: (text: string) => void;
  problems?: readonly CodeProblem[];
  schema?: unknown;
  /** Texts of the editor itself in the reader's language. */
  phrases?: Record<string, string>;
  /** Said at a masked key. */
  maskHint?: string;
  className?: string;
  ref?: Ref<CodeEditorHandle>;
}

/** JSON, written or only read. It is always laid out from left to right. */
export default function CodeEditor(props: CodeEditorProps) {
  const { value, problems, schema, className, ref } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef(props);
  latest.current = props;
  const readOnly = props.onChange === undefined;
  const completion = useRef(new Compartment());
  const lint = useRef(new Compartment());

  useEffect(() => {
    const editor = new EditorView({
      parent: host.current!,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          frame(latest.current),
          readOnly ? [EditorState.readOnly.of(true)] : writing(latest),
          completion.current.of([]),
          lint.current.of([]),
        ],
      }),
    });
    view.current = editor;
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, [readOnly]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    const source = schema ? [completeJson(schema)] : null;
    view.current?.dispatch({
      effects: completion.current.reconfigure(source ? autocompletion({ override: source }) : []),
    });
  }, [schema, readOnly]);

  useEffect(() => {
    if (readOnly) return;
    view.current?.dispatch({ effects: lint.current.reconfigure(linting(problems ?? [])) });
  }, [problems, readOnly]);

  useImperativeHandle(ref, () => ({
    goTo(path) {
      const editor = view.current;
      if (!editor) return;
      const { from, to } = positionOf(editor.state.doc.toString(), path);
      editor.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true });
      editor.focus();
    },
  }));

  return (
    <div
      ref={host}
      dir="ltr"
      className={cn('min-h-0 overflow-hidden [&_.cm-editor]:h-full [&_.cm-scroller]:overflow-auto', className)}
    />
  );
}

const frame = ({ label, phrases, maskHint }: CodeEditorProps): Extension => [
  json(),
  lineNumbers(),
  foldGutter(),
  drawSelection(),
  bracketMatching(),
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
  EditorState.phrases.of(phrases ?? {}),
  keymap.of([...foldKeymap, ...defaultKeymap]),
  masks(maskHint ?? ''),
  codeTheme,
];

/** Tab is not taken, so that the keyboard gets out of the editor again. */
const writing = (latest: { readonly current: CodeEditorProps }): Extension => [
  history(),
  indentOnInput(),
  closeBrackets(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  lintGutter(),
  keymap.of([...closeBracketsKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap]),
  EditorView.updateListener.of(({ docChanged, state }) => {
    const text = state.doc.toString();
    if (docChanged && text !== latest.current.value) latest.current.onChange?.(text);
  }),
];

const syntaxErrors = jsonParseLinter();

/** The editor's own word on the syntax, and the panel's on the meaning as long as the syntax is right. */
const linting = (problems: readonly CodeProblem[]): Extension =>
  linter(
    (view): Diagnostic[] => {
      const text = view.state.doc.toString();
      const syntax = text.trim() === '' ? [] : syntaxErrors(view);
      if (syntax.length > 0) return syntax;
      return problems.map(({ path, message, severity }) => {
        const { from, to } = positionOf(text, path, syntaxTree(view.state));
        return { from, to, severity, message };
      });
    },
    { delay: 250, needsRefresh: () => true },
  );

/** Keys that the panel does not show. */
function masks(hint: string): Extension {
  const decorator = new MatchDecorator({
    regexp: /•{4,}/g,
    decoration: Decoration.mark({ class: 'cm-masked', attributes: { title: hint } }),
  });
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;
      constructor(view: EditorView) {
        this.decorations = decorator.createDeco(view);
      }
      update(update: ViewUpdate) {
        this.decorations = decorator.updateDeco(update, this.decorations);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  );
}

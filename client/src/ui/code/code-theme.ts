import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The colours are the theme's variables, so that a change of theme needs no new editor. */
const look = EditorView.theme({
  '&': { color: 'var(--fg)', backgroundColor: 'var(--panel)', fontSize: '12.5px', height: '100%' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: '"Geist Mono Variable", ui-monospace, monospace',
    lineHeight: '1.55',
    scrollbarColor: 'var(--line-strong) transparent',
    scrollbarWidth: 'thin',
  },
  '.cm-content': { padding: '10px 0', caretColor: 'var(--fg)' },
  '.cm-line': { padding: '0 12px 0 6px' },
  '.cm-cursor': { borderLeftColor: 'var(--fg)' },
  '.cm-gutters': { backgroundColor: 'var(--panel)', color: 'var(--fg-3)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 4px 0 12px', minWidth: '36px' },
  '.cm-foldGutter .cm-gutterElement': { color: 'var(--fg-3)', cursor: 'pointer' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in oklab, var(--hover) 60%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--fg)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground, .cm-content ::selection': {
    backgroundColor: 'color-mix(in oklab, var(--accent) 28%, transparent) !important',
  },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--lit)',
    outline: '1px solid var(--line-strong)',
  },
  '.cm-foldPlaceholder': {
    backgroundColor: 'var(--lit)',
    border: '1px solid var(--line-strong)',
    color: 'var(--fg-2)',
    padding: '0 4px',
  },
  '.cm-masked': {
    borderRadius: '3px',
    backgroundColor: 'var(--accent-soft)',
    color: 'var(--accent)',
    padding: '1px 2px',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    border: '1px solid var(--line-strong)',
    borderRadius: '8px',
    boxShadow: 'var(--float)',
    color: 'var(--fg)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'inherit', maxHeight: '15em' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px', lineHeight: '1.5' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--lit)', color: 'var(--fg)' },
  '.cm-completionDetail': { color: 'var(--fg-3)', fontStyle: 'normal', marginInlineStart: '1em' },
  '.cm-completionInfo': {
    maxWidth: '300px',
    padding: '6px 10px',
    fontFamily: 'var(--font-sans, "Inter Variable", sans-serif)',
  },
  '.cm-diagnostic': {
    padding: '5px 10px',
    fontFamily: 'var(--font-sans, "Inter Variable", sans-serif)',
    borderLeftWidth: '3px',
  },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--warn)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--bad)',
    textUnderlineOffset: '3px',
  },
  '.cm-lintRange-warning': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--warn)',
    textUnderlineOffset: '3px',
  },
  '.cm-lint-marker': { width: '0.7em', height: '0.7em' },
  '.cm-lint-marker-error': { content: 'none', borderRadius: '50%', backgroundColor: 'var(--bad)' },
  '.cm-lint-marker-warning': {
    content: 'none',
    clipPath: 'polygon(50% 0, 100% 100%, 0 100%)',
    backgroundColor: 'var(--warn)',
  },
  '.cm-changedLine': { backgroundColor: 'var(--ok-soft) !important' },
  '.cm-changedText': { background: 'color-mix(in oklab, var(--ok) 26%, transparent) !important' },
  '.cm-deletedChunk': { backgroundColor: 'var(--bad-soft)', padding: '0 12px 0 6px' },
  '.cm-deletedChunk .cm-deletedText': { background: 'color-mix(in oklab, var(--bad) 26%, transparent)' },
  '.cm-collapsedLines': {
    color: 'var(--fg-3)',
    background: 'var(--hover)',
    padding: '4px 12px',
    fontFamily: 'var(--font-sans, "Inter Variable", sans-serif)',
  },
  '.cm-collapsedLines::before, .cm-collapsedLines::after': { content: 'none' },
  '.cm-changeGutter': { width: '3px', paddingLeft: '0' },
  '.cm-changedLineGutter': { background: 'var(--ok)' },
  '.cm-deletedLineGutter': { background: 'var(--bad)' },
});

const colors = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--fg-2)' },
  { tag: tags.string, color: 'var(--ok)' },
  { tag: tags.number, color: 'var(--info)' },
  { tag: [tags.bool, tags.null], color: 'var(--accent)' },
  { tag: [tags.separator, tags.brace, tags.squareBracket, tags.punctuation], color: 'var(--fg-3)' },
]);

export const codeTheme = [look, syntaxHighlighting(colors)];

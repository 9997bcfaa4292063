import { lazy, Suspense } from 'react';
import { Skeleton } from '../skeleton';
import type { CodeEditorProps } from './code-editor';

export type { CodeEditorHandle, CodeProblem } from './code-editor';

const Editor = lazy(() => import('./code-editor'));
const Diff = lazy(() => import('./code-diff'));

/** The editor is large, so it is loaded only where one is shown. */
export const LazyCodeEditor = (props: CodeEditorProps) => (
  <Suspense fallback={<Skeleton className="h-96 w-full rounded-lg" />}>
    <Editor {...props} />
  </Suspense>
);

export const LazyCodeDiff = (props: React.ComponentProps<typeof Diff>) => (
  <Suspense fallback={<Skeleton className="h-64 w-full rounded-lg" />}>
    <Diff {...props} />
  </Suspense>
);

import { describe, expect, it } from 'vitest';
import { type Page, PagedList, type PageSource } from './paged-list';

/** Numbers from 0 to `total`; a cursor is the next number. Pages answer at once unless held. */
function numbers(total: number, size: number) {
  const watched: {
    after: string | null;
    fresh: boolean;
    push: (page: Page<string>) => void;
    fail: (error: unknown) => void;
  }[] = [];
  const skipped: (string | null)[] = [];
  const pageAfter = (after: string | null): Page<string> => {
    const start = Number(after ?? 0);
    const rows = Array.from({ length: Math.min(size, total - start) }, (_, index) => `row ${start + index}`);
    return {
      rows,
      endCursor: String(start + rows.length),
      hasNextPage: start + rows.length < total,
      totalCount: total,
    };
  };
  const source: PageSource<string> = {
    watch(after, { fresh }, push, fail) {
      const entry = { after, fresh, push, fail };
      watched.push(entry);
      queueMicrotask(() => watched.includes(entry) && push(pageAfter(after)));
      return () => void watched.splice(watched.indexOf(entry), 1);
    },
    async skip(after) {
      skipped.push(after);
      return pageAfter(after);
    },
  };
  return { source, watched, skipped, pageAfter };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

async function listOf(total: number, size = 100) {
  const data = numbers(total, size);
  const list = new PagedList(data.source, size);
  list.start();
  await settle();
  return { list, ...data };
}

describe('[R1.7] a list of 10,000 nodes', () => {
  it('knows its length from the first page, and loads no more than what is near the screen', async () => {
    const { list, watched } = await listOf(10_000);
    expect(list.getState().totalCount).toBe(10_000);
    list.show(0, 20);
    await settle();
    expect(watched.map(({ after }) => after)).toEqual([null]);
    expect(list.getState().rowAt(20)).toBe('row 20');
    expect(list.getState().rowAt(200)).toBeUndefined();
  });

  it('loads the next page before the scroller gets there', async () => {
    const { list, watched } = await listOf(10_000);
    list.show(60, 80);
    await settle();
    expect(watched.map(({ after }) => after)).toEqual([null, '100']);
    expect(list.getState().rowAt(150)).toBe('row 150');
  });

  it('walks over the pages between by their cursors only when the scroller jumps', async () => {
    const { list, watched, skipped } = await listOf(10_000);
    list.show(5_000, 5_020);
    await settle();
    await settle();
    expect(list.getState().rowAt(5_010)).toBe('row 5010');
    expect(skipped).toHaveLength(48);
    expect(watched.length).toBeLessThanOrEqual(3);
  });
});

describe('a loaded list', () => {
  it('shows a change of a row where the row is', async () => {
    const { list, watched, pageAfter } = await listOf(10);
    watched[0]?.push({ ...pageAfter(null), rows: ['changed', ...pageAfter(null).rows.slice(1)] });
    expect(list.getState().rowAt(0)).toBe('changed');
    expect(list.getState().rowAt(1)).toBe('row 1');
  });

  it('keeps the old rows in sight until the new ones are there', async () => {
    const { list, watched } = await listOf(10);
    list.refresh();
    expect(list.getState().rowAt(3)).toBe('row 3');
    expect(watched.at(-1)?.fresh).toBe(true);
    await settle();
    expect(list.getState().rowAt(3)).toBe('row 3');
  });

  it('reads anew what is shown without walking to it again', async () => {
    const { list, watched, skipped } = await listOf(10_000);
    list.show(5_000, 5_020);
    await settle();
    await settle();
    const walked = skipped.length;
    list.reread();
    expect(list.getState().rowAt(5_010)).toBe('row 5010');
    await settle();
    expect(skipped).toHaveLength(walked);
    expect(watched.map(({ after, fresh }) => [after, fresh])).toContainEqual(['5000', true]);
  });

  it('lets the next page begin where the one before ends now', async () => {
    const { list, watched, pageAfter } = await listOf(1_000);
    list.show(60, 150);
    await settle();
    watched[0]?.push({ ...pageAfter(null), endCursor: '99' });
    await settle();
    expect(list.getState().rowAt(100)).toBe('row 99');
  });

  it('says what went wrong, and gets over it', async () => {
    const { list, watched } = await listOf(10);
    watched[0]?.fail('no network');
    expect(list.getState().error).toBe('no network');
    list.refresh();
    await settle();
    expect(list.getState().error).toBeUndefined();
    expect(list.getState().rowAt(0)).toBe('row 0');
  });

  it('stops watching a page that failed, also when it failed at once', () => {
    let stopped = 0;
    const failing: PageSource<string> = {
      watch(_after, _options, _onPage, onError) {
        onError('refused');
        return () => void (stopped += 1);
      },
      skip: () => Promise.reject(new Error('refused')),
    };
    const list = new PagedList(failing);
    list.start();
    expect(list.getState().error).toBe('refused');
    expect(stopped).toBe(1);
  });

  it('watches nothing once it has stopped', async () => {
    const { list, watched } = await listOf(1_000);
    list.stop();
    list.show(500, 520);
    await settle();
    expect(watched).toEqual([]);
  });
});

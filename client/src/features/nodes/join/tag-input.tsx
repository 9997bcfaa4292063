import { X } from 'lucide-react';
import { useTranslation } from '../../../i18n';
import { Button } from '../../../ui/button';
import { Chip } from '../../../ui/chip';
import { Input } from '../../../ui/field';
import { parseTag } from '../list/list-params';

interface Tag {
  key: string;
  value: string;
}

interface TagInputProps {
  tags: readonly Tag[];
  draft: string;
  onChange: (tags: Tag[], draft: string) => void;
}

/** Enter, a comma or leaving the field makes a tag of what was typed. */
export function TagInput({ tags, draft, onChange }: TagInputProps) {
  const { t } = useTranslation();
  const commit = () => {
    const tag = parseTag(draft);
    if (!tag) return false;
    onChange([...tags.filter(({ key }) => key !== tag.key), tag], '');
    return true;
  };
  return (
    <div className="space-y-1.5">
      <Input
        dir="ltr"
        value={draft}
        placeholder="region=eu"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange([...tags], event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if ((event.key === 'Enter' || event.key === ',') && draft.trim()) {
            event.preventDefault();
            commit();
          }
          if (event.key === 'Backspace' && !draft && tags.length > 0) onChange(tags.slice(0, -1), '');
        }}
      />
      {tags.length > 0 && (
        <ul className="flex flex-wrap gap-1">
          {tags.map((tag) => (
            <li key={tag.key}>
              <Chip className="h-6 ps-2 pe-0.5 text-xs text-fg2">
                <bdi dir="ltr">
                  {tag.key}={tag.value}
                </bdi>
                <Button
                  variant="ghost"
                  className="size-5 p-0 pointer-coarse:size-6"
                  aria-label={t('common.remove', { name: `${tag.key}=${tag.value}` })}
                  onClick={() =>
                    onChange(
                      tags.filter((other) => other !== tag),
                      draft,
                    )
                  }
                >
                  <X className="size-3" aria-hidden />
                </Button>
              </Chip>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

import { useEffect, useRef, useState } from 'react';
import { useTranslation } from '../../../i18n';
import { Field, Input, TextArea } from '../../../ui/field';
import { Segmented } from '../../../ui/segmented';
import { useDebounced } from '../../../ui/use-debounced';
import type { Draft } from '../draft';
import { isMasked, type JsonObject, templateOf, textAt, textsAt, TLS, traitsOf, valueAt, withValue } from '../inbound';
import type { Problem } from '../problems';
import { useBuilder } from '../proxy-api';
import { Problems } from './proxy-field';

const FIRST = `${TLS}.certificates.0`;
const LIST = `${TLS}.certificates`;

type Kind = 'stored' | 'selfSigned' | 'pem' | 'files';

interface CertificateFieldProps {
  draft: Draft;
  setInbound: (change: (inbound: JsonObject) => JsonObject) => void;
  stored: boolean;
  problems: readonly Problem[] | undefined;
}

/** Where the certificate comes from: made by the panel, pasted, or a file on each node. */
export function CertificateField({ draft, setInbound, stored, problems }: CertificateFieldProps) {
  const { t } = useTranslation();
  const { inbound } = draft;
  const initial = useRef(valueAt(inbound, LIST));
  const [kind, setKind] = useState<Kind>(() => (stored ? 'stored' : kindOf(inbound)));
  const { making } = useSelfSigned(draft, setInbound, kind === 'selfSigned');

  function choose(next: Kind) {
    setKind(next);
    if (next === 'stored' && initial.current !== undefined) {
      const kept = initial.current;
      setInbound((before) => withValue(before, LIST, kept));
    }
    if (next === 'pem') setInbound((before) => withValue(before, LIST, [{ certificate: [], key: [] }]));
    if (next === 'files') {
      setInbound((before) =>
        withValue(before, LIST, [
          { certificateFile: textAt(before, `${FIRST}.certificateFile`), keyFile: textAt(before, `${FIRST}.keyFile`) },
        ]),
      );
    }
  }

  const pem = (part: 'certificate' | 'key', text: string) =>
    setInbound((before) =>
      withValue(before, LIST, [
        {
          certificate: textsAt(before, `${FIRST}.certificate`),
          key: textsAt(before, `${FIRST}.key`),
          [part]: text.split('\n'),
        },
      ]),
    );
  const file = (part: 'certificateFile' | 'keyFile', text: string) =>
    setInbound((before) =>
      withValue(before, LIST, [
        {
          certificateFile: textAt(before, `${FIRST}.certificateFile`),
          keyFile: textAt(before, `${FIRST}.keyFile`),
          [part]: text,
        },
      ]),
    );

  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-xs font-medium text-fg2">{t('proxies.form.certificate')}</legend>
      <Segmented
        className="w-fit"
        label={t('proxies.form.certificate')}
        value={kind}
        onChange={choose}
        options={(['stored', 'selfSigned', 'pem', 'files'] as const)
          .filter((value) => value !== 'stored' || stored)
          .map((value) => ({ value, label: t(`proxies.form.certificates.${value}`) }))}
      />
      <p className="mt-1.5 text-2xs leading-4 text-fg3" role={making ? 'status' : undefined}>
        {making ? t('proxies.form.certificateMaking') : t(`proxies.form.certificateHints.${kind}`)}
      </p>
      {kind === 'pem' && (
        <div className="mt-2 grid gap-3 md:grid-cols-2">
          <Field label={t('proxies.form.chain')}>
            <TextArea
              name="certificate"
              rows={5}
              dir="ltr"
              spellCheck={false}
              placeholder="-----BEGIN CERTIFICATE-----"
              className="font-mono text-2xs"
              value={textsAt(inbound, `${FIRST}.certificate`).join('\n')}
              onChange={(event) => pem('certificate', event.target.value)}
            />
          </Field>
          <Field label={t('proxies.form.key')}>
            <TextArea
              name="key"
              rows={5}
              dir="ltr"
              spellCheck={false}
              placeholder="-----BEGIN PRIVATE KEY-----"
              className="font-mono text-2xs"
              value={textsAt(inbound, `${FIRST}.key`).join('\n')}
              onChange={(event) => pem('key', event.target.value)}
            />
          </Field>
        </div>
      )}
      {kind === 'files' && (
        <div className="mt-2 grid gap-3 md:grid-cols-2">
          <Field label={t('proxies.form.chainFile')}>
            <Input
              name="certificateFile"
              dir="ltr"
              spellCheck={false}
              placeholder="/etc/ssl/example/fullchain.pem"
              className="font-mono"
              value={textAt(inbound, `${FIRST}.certificateFile`)}
              onChange={(event) => file('certificateFile', event.target.value)}
            />
          </Field>
          <Field label={t('proxies.form.keyFile')}>
            <Input
              name="keyFile"
              dir="ltr"
              spellCheck={false}
              placeholder="/etc/ssl/example/privkey.pem"
              className="font-mono"
              value={textAt(inbound, `${FIRST}.keyFile`)}
              onChange={(event) => file('keyFile', event.target.value)}
            />
          </Field>
        </div>
      )}
      <Problems problems={problems} />
    </fieldset>
  );
}

const kindOf = (inbound: unknown): Kind =>
  textAt(inbound, `${FIRST}.certificateFile`) !== '' ? 'files' : 'selfSigned';

const SETTLE_MS = 600;

/** A self-signed certificate names the server, so another name needs another certificate. */
function useSelfSigned(draft: Draft, setInbound: CertificateFieldProps['setInbound'], wanted: boolean) {
  const build = useBuilder();
  const { inbound, protocol } = draft;
  const serverName = textAt(inbound, `${TLS}.serverName`);
  const settled = useDebounced(serverName, SETTLE_MS);
  const template = templateOf(traitsOf(inbound, protocol));
  const isMade = textsAt(inbound, `${FIRST}.certificate`).length > 0 && !isMasked(valueAt(inbound, `${FIRST}.key`));
  const madeFor = useRef(wanted && isMade ? serverName : undefined);
  const [making, setMaking] = useState(false);

  useEffect(() => {
    if (!wanted) {
      madeFor.current = undefined;
      return;
    }
    if (settled === '' || madeFor.current === settled) return;
    madeFor.current = settled;
    let current = true;
    async function make(name: string) {
      setMaking(true);
      try {
        const certificates = valueAt((await build({ template, serverName: name })).inbound, LIST);
        if (current && certificates !== undefined) setInbound((before) => withValue(before, LIST, certificates));
      } catch {
        // A name that is none: the check of the whole proxy says so at its field.
      } finally {
        setMaking(false);
      }
    }
    void make(settled);
    return () => {
      current = false;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- only another name, or the choice, asks for another certificate
  }, [wanted, settled, template]);

  return { making };
}

import { Box, Button, Card, Chip, Stack, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, useFormat } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { border, color } from '../../design/theme/tokens.ts';
import { ConfirmDialog } from '../extensions/ConfirmDialog.tsx';
import { useWithProof } from '../security/ProofProvider.tsx';
import {
  type DocumentVersion,
  useDiscardDocumentDraftMutation,
  useListDocumentVersionsQuery,
  usePublishDocumentMutation,
  useRetireDocumentMutation,
} from './api.ts';
import { DocumentEditor } from './DocumentEditor.tsx';
import { TEXTS } from './texts.ts';
import { useTell } from './useTell.ts';

const ICON = 'M14 2H6a2 2 0 0 0-2 2v16c0 1.1.9 2 2 2h12a2 2 0 0 0 2-2V8zm2 16H8v-2h8zm0-4H8v-2h8zm-3-5V3.5L18.5 9z';

function PublishDialog({ draft, onClose }: { readonly draft: DocumentVersion; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const tell = useTell();
  const withProof = useWithProof();
  const [publish, { isLoading, error }] = usePublishDocumentMutation();
  const confirm = async (): Promise<void> => {
    if (tell(await withProof(() => publish(draft.kind)), t('document_published'))) onClose();
  };
  return (
    <ConfirmDialog
      title={t('document_publish_title', { version: draft.version, kind: draft.kind })}
      action={t('document_publish')}
      stops={false}
      busy={isLoading}
      problem={error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <Typography>{t(draft.required ? 'document_publish_required' : 'document_publish_optional')}</Typography>
    </ConfirmDialog>
  );
}

function VersionLine({ version }: { readonly version: DocumentVersion }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const draft = version.published_at === null;
  const when = version.retired_at === null ? t('document_in_force', { time: format.date(version.published_at ?? version.changed_at) }) : t('document_over');
  const facts = [t('document_version', { version: version.version }), draft ? null : when, draft ? null : t('document_agreed', { count: version.agreed ?? 0 })];
  return (
    <Stack component="li" direction="row" sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap', py: 0.5 }}>
      <Typography variant="body2" sx={{ color: color('muted') }}>
        {facts.filter((fact) => fact !== null).join(' · ')}
      </Typography>
      {draft && <Chip size="small" color="warning" label={t('document_draft')} />}
    </Stack>
  );
}

function DocumentRow({ versions }: { readonly versions: readonly [DocumentVersion, ...DocumentVersion[]] }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const tell = useTell();
  const withProof = useWithProof();
  const [newest] = versions;
  const draft = newest.published_at === null;
  const asked = versions.some((each) => each.published_at !== null && each.retired_at === null);
  const [dialog, setDialog] = useState<'edit' | 'publish' | null>(null);
  const [discard] = useDiscardDocumentDraftMutation();
  const [retire] = useRetireDocumentMutation();
  const title = newest.texts['en']?.title ?? newest.kind;
  return (
    <Box component="li" sx={{ p: 2 }}>
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
        <Typography sx={{ fontWeight: 600 }}>{title}</Typography>
        <Typography variant="body2" sx={{ color: color('muted') }}>
          {newest.kind}
        </Typography>
        <Chip size="small" variant="outlined" label={t(newest.required ? 'document_required' : 'document_optional')} />
      </Stack>
      <Stack component="ul" sx={{ listStyle: 'none', p: 0, my: 1 }}>
        {versions.map((each) => (
          <VersionLine key={each.version} version={each} />
        ))}
      </Stack>
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
        {draft && (
          <Button variant="contained" size="small" onClick={() => setDialog('publish')}>
            {t('document_publish')}
          </Button>
        )}
        <Button variant="outlined" size="small" onClick={() => setDialog('edit')}>
          {t(draft ? 'document_edit_draft' : 'document_edit')}
        </Button>
        {draft && (
          <Button size="small" onClick={() => void discard(newest.kind).then((answer) => tell(answer, t('document_discarded')))}>
            {t('document_discard')}
          </Button>
        )}
        {!draft && asked && (
          <Button
            size="small"
            color="error"
            onClick={() => void withProof(() => retire(newest.kind)).then((answer) => tell(answer, t('document_retired')))}
          >
            {t('document_retire')}
          </Button>
        )}
      </Stack>
      {dialog === 'publish' && <PublishDialog draft={newest} onClose={() => setDialog(null)} />}
      {dialog === 'edit' && <DocumentEditor document={newest} onClose={() => setDialog(null)} />}
    </Box>
  );
}

/** What people are asked to agree to, with every version. */
export default function DocumentsPart(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const { data, error, refetch } = useListDocumentVersionsQuery();
  const [making, setMaking] = useState(false);
  const kinds = Map.groupBy(data?.versions ?? [], ({ kind }) => kind);
  const make = (
    <Button variant="contained" onClick={() => setMaking(true)} sx={{ alignSelf: 'flex-start' }}>
      {t('document_new')}
    </Button>
  );
  return (
    <Stack sx={{ gap: 2.5 }}>
      {data === undefined && error === undefined && <LoadingState lines={3} height={90} />}
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data !== undefined && kinds.size === 0 && (
        <EmptyState role="status" icon={ICON} title={t('documents_none')} description={t('documents_none_detail')} action={make} />
      )}
      {kinds.size > 0 && (
        <>
          {make}
          <Card component="ul" sx={{ m: 0, p: 0, listStyle: 'none', '& > li + li': { borderTop: border() } }}>
            {[...kinds].map(([kind, [newest, ...older]]) => newest && <DocumentRow key={kind} versions={[newest, ...older]} />)}
          </Card>
        </>
      )}
      {making && <DocumentEditor onClose={() => setMaking(false)} />}
    </Stack>
  );
}

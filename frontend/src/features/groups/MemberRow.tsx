import MoreVertRounded from '@mui/icons-material/MoreVertRounded';
import { Avatar, Box, Chip, IconButton, Menu, MenuItem, Stack, Typography } from '@mui/material';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { color } from '../../design/theme/tokens.ts';
import { initials } from '../shell/initials.ts';
import type { Member } from './api.ts';
import { TEXTS } from './texts.ts';

interface MemberRowProps {
  readonly member: Member;
  readonly manages: boolean;
  readonly onManager: (manager: boolean) => void;
  readonly onRemove: () => void;
}

/** One member of a group, and what may be done about them. */
export function MemberRow({ member, manages, onManager, onRemove }: MemberRowProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const [anchor, setAnchor] = useState<HTMLElement>();
  const name = member.display_name;
  const choose = (action: () => void) => (): void => {
    setAnchor(undefined);
    action();
  };
  return (
    <Stack component="li" direction="row" sx={{ alignItems: 'center', gap: 1.5, py: 1.25, minHeight: 64 }}>
      <Avatar src={member.avatar_url ?? undefined} alt="" sx={{ width: 40, height: 40 }}>
        {initials(name)}
      </Avatar>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Stack direction="row" sx={{ alignItems: 'center', columnGap: 1, rowGap: 0.5, flexWrap: 'wrap' }}>
          <Typography variant="subtitle2" component="h3" sx={{ overflowWrap: 'anywhere' }}>
            {name}
          </Typography>
          {member.manager && <Chip size="small" color="primary" label={t('manager')} />}
          {member.status === 'suspended' && <Chip size="small" label={t('suspended')} />}
        </Stack>
        <Typography variant="body2" sx={{ color: color('muted'), overflowWrap: 'anywhere' }}>
          {member.email}
          {member.source !== 'manual' && ` · ${t('by_plugin', { plugin: member.source })}`}
        </Typography>
      </Box>
      {manages && (
        <IconButton
          aria-label={t('actions_named', { name })}
          aria-haspopup="menu"
          onClick={(event) => setAnchor(event.currentTarget)}
        >
          <MoreVertRounded />
        </IconButton>
      )}
      {anchor !== undefined && (
        <Menu open anchorEl={anchor} onClose={() => setAnchor(undefined)}>
          <MenuItem onClick={choose(() => onManager(!member.manager))}>
            {t(member.manager ? 'end_manager' : 'make_manager')}
          </MenuItem>
          <MenuItem onClick={choose(onRemove)} sx={{ color: color('danger-ink') }}>
            {t('remove')}
          </MenuItem>
        </Menu>
      )}
    </Stack>
  );
}

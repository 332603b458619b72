import { FormControlLabel, MenuItem, Switch, TextField } from '@mui/material';
import { fieldError, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { FormDialog } from '@questline/ui-sdk/admin';
import { type ReactNode, useState } from 'react';
import { usePaymentsAddProductMutation, usePaymentsChangeProductMutation, usePaymentsListCoursesQuery } from './api.ts';
import { useTexts } from './texts.ts';
import type { Product, ProductInput } from './types.ts';

interface ProductDialogProps {
  readonly product: Product | null;
  readonly onClose: () => void;
}

/** The form of a product. */
export function ProductDialog({ product, onClose }: ProductDialogProps): ReactNode {
  const t = useTexts();
  const notify = useNotify();
  const message = useProblemMessage();
  const { data: courses } = usePaymentsListCoursesQuery();
  const [add, adding] = usePaymentsAddProductMutation();
  const [change, changing] = usePaymentsChangeProductMutation();
  const [title, setTitle] = useState(product?.title ?? '');
  const [summary, setSummary] = useState(product?.summary ?? '');
  const [chosen, setChosen] = useState<readonly string[]>(product?.course_ids ?? []);
  const [active, setActive] = useState(product?.active ?? true);
  const [tried, setTried] = useState(false);
  const [seats, setSeats] = useState(product?.kind === 'seats');
  const one = product?.kind === 'course';
  const wrong = { title: title.trim() === '', courses: chosen.length === 0 || (one && chosen.length > 1) };
  const problem = adding.error ?? changing.error;
  const onSave = async (): Promise<string | undefined> => {
    setTried(true);
    const first = (['title', 'courses'] as const).find((name) => wrong[name]);
    if (first !== undefined) return first;
    const kind = product?.kind ?? (seats ? 'seats' : chosen.length > 1 ? 'bundle' : 'course');
    const input: ProductInput = { kind, title: title.trim(), summary: summary.trim(), course_ids: chosen, active };
    const answer = product === null ? await add(input) : await change({ id: product.id, input });
    if (answer.error !== undefined) return undefined;
    notify({ message: t('admin.saved', { name: input.title }), severity: 'success' });
    onClose();
    return undefined;
  };
  return (
    <FormDialog
      title={t(product === null ? 'admin.products.add' : 'admin.products.change')}
      busy={adding.isLoading || changing.isLoading}
      problem={problem === undefined ? undefined : message(problem)}
      onSave={onSave}
      onClose={onClose}
    >
      <TextField
        name="title"
        label={t('admin.products.field_title')}
        value={title}
        error={tried && wrong.title}
        helperText={tried && wrong.title ? t('admin.wrong.needed') : fieldError(problem, 'title')}
        onChange={(event) => setTitle(event.target.value)}
        slotProps={{ htmlInput: { maxLength: 200 } }}
      />
      <TextField name="summary" label={t('admin.products.summary')} value={summary} multiline minRows={2} onChange={(event) => setSummary(event.target.value)} slotProps={{ htmlInput: { maxLength: 2000 } }} />
      <TextField
        select
        name="courses"
        label={t('admin.products.courses')}
        value={courses === undefined ? [] : chosen}
        error={tried && wrong.courses}
        helperText={tried && wrong.courses ? t(one ? 'admin.products.one_course' : 'admin.wrong.needed') : t('admin.products.courses_hint')}
        onChange={(event) => setChosen([event.target.value].flat())}
        slotProps={{ select: { multiple: true } }}
      >
        {(courses?.items ?? []).map((course) => (
          <MenuItem key={course.id} value={course.id}>
            {course.title}
          </MenuItem>
        ))}
      </TextField>
      {product === null && (
        <FormControlLabel control={<Switch checked={seats} onChange={(_, on) => setSeats(on)} />} label={t('admin.products.seats')} />
      )}
      <FormControlLabel control={<Switch checked={active} onChange={(_, on) => setActive(on)} />} label={t('admin.products.active')} />
    </FormDialog>
  );
}

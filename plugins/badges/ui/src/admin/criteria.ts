import type { Formatters } from '@questline/ui-sdk';
import { eventText } from '@questline/ui-sdk/admin';
import type { TFunction } from 'i18next';
import type { Criterion } from './api.ts';

/** What a badge takes, in words. */
export function criterionText(t: TFunction, criterion: Criterion, format: Formatters): string {
  if (criterion.type === 'points_total') {
    return t('admin.takes_points', { count: criterion.points, points: format.number(criterion.points) });
  }
  if (criterion.type === 'streak') return t('admin.takes_days', { count: criterion.days });
  if (criterion.type === 'course_completed') {
    return criterion.course_slug === null ? t('admin.takes_any_course') : t('admin.takes_course', { course: criterion.course_slug });
  }
  return t('admin.takes_event', { event: eventText(t, criterion.event, criterion.condition), count: criterion.count });
}

import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Messages } from '../plugin.ts';
import * as words from './words.ts';

const en = {
  ...words.en,
  remove: 'Remove',
  remove_title: 'Remove {{name}}?',
  edit_named: 'Edit {{name}}',
  remove_named: 'Remove {{name}}',
  saved: '{{name}} is saved.',
  removed: '{{name}} is removed.',
  event_other: 'Another event …',
  event_type: 'Type of the event',
  event_hint: 'As its plugin names it, such as forum.question.answered.v1',
  condition: 'Only under a condition',
  condition_field: 'Field',
  fields_hint: 'Such as {{fields}}',
  comparison: 'Comparison',
  condition_value: 'Value',
  condition_values: 'Values',
  condition_value_hint: 'A number, true, false or a text',
  condition_values_hint: 'Commas between them',
  only_if: '{{event}} if {{field}} {{comparison}} {{value}}',
  op: {
    eq: 'is',
    ne: 'is not',
    gt: 'is more than',
    gte: 'is at least',
    lt: 'is less than',
    lte: 'is at most',
    in: 'is one of',
  },
  events: {
    learning_course_enrolled_v1: 'Somebody enrols in a course',
    learning_lesson_completed_v1: 'A lesson is completed',
    learning_module_completed_v1: 'A module is completed',
    learning_course_completed_v1: 'A course is completed',
    identity_user_signed_up_v1: 'An account is created',
    identity_user_logged_in_v1: 'Somebody logs in',
  },
  wrong: {
    needed: 'This is needed.',
    number_needed: 'This comparison takes a number.',
    event_form: 'Write it like forum.question.answered.v1.',
  },
};

const de: typeof en = {
  ...words.de,
  remove: 'Entfernen',
  remove_title: '{{name}} entfernen?',
  edit_named: '{{name}} bearbeiten',
  remove_named: '{{name}} entfernen',
  saved: '{{name}} ist gespeichert.',
  removed: '{{name}} ist entfernt.',
  event_other: 'Ein anderes Ereignis …',
  event_type: 'Typ des Ereignisses',
  event_hint: 'So, wie sein Plugin es nennt, etwa forum.question.answered.v1',
  condition: 'Nur unter einer Bedingung',
  condition_field: 'Feld',
  fields_hint: 'Etwa {{fields}}',
  comparison: 'Vergleich',
  condition_value: 'Wert',
  condition_values: 'Werte',
  condition_value_hint: 'Eine Zahl, true, false oder ein Text',
  condition_values_hint: 'Mit Kommas dazwischen',
  only_if: '{{event}}, wenn {{field}} {{comparison}} {{value}} ist',
  op: {
    eq: 'gleich',
    ne: 'nicht gleich',
    gt: 'größer als',
    gte: 'mindestens',
    lt: 'kleiner als',
    lte: 'höchstens',
    in: 'eines von',
  },
  events: {
    learning_course_enrolled_v1: 'Jemand schreibt sich in einen Kurs ein',
    learning_lesson_completed_v1: 'Eine Lektion wird abgeschlossen',
    learning_module_completed_v1: 'Ein Modul wird abgeschlossen',
    learning_course_completed_v1: 'Ein Kurs wird abgeschlossen',
    identity_user_signed_up_v1: 'Ein Konto wird angelegt',
    identity_user_logged_in_v1: 'Jemand meldet sich an',
  },
  wrong: {
    needed: 'Das wird gebraucht.',
    number_needed: 'Dieser Vergleich braucht eine Zahl.',
    event_form: 'Schreib es wie forum.question.answered.v1.',
  },
};

/** Texts by language. */
type Languages = Readonly<Record<'en' | 'de', Messages>>;

/**
 * A hook for the texts of a plugin with those of its management page, which come when the page is opened: the ones in
 * here and the plugin's own, each beginning with `admin.`. They stay in the plugin's namespace, so plugins that were
 * built with different versions do not share them. The plugin's own must have an `admin.title`.
 */
export function adminTexts(plugin: string, own: Languages): () => TFunction {
  return function useTexts() {
    const { i18n } = useTranslation();
    if (!i18n.exists('admin.title', { ns: plugin, lng: 'en' })) {
      for (const [language, admin] of [['en', en], ['de', de]] as const) {
        i18n.addResourceBundle(language, plugin, own[language], true);
        i18n.addResourceBundle(language, plugin, { admin }, true);
      }
    }
    return useTranslation(plugin).t;
  };
}

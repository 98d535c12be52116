/** What was said of a checklist's items, and what of it is not in order. The server judges again by the same rules. */
import type { Answer } from '../../patrol/items'
import type { ListItem } from '../../patrol/roster'

export type Said = { value: string; note: string }
type All = Record<string, Said>

const valueOf = (item: ListItem, said: All) => said[item.code]?.value.trim() ?? ''
const number = (text: string) => Number(text.replace(',', '.').replace('，', '.'))

export const wrongNumbers = (items: ListItem[], said: All) =>
  items.filter(item => item.kind === 'number' && valueOf(item, said) && !Number.isFinite(number(valueOf(item, said)))).map(item => item.code)

function inOrder(item: ListItem, value: string) {
  if (item.kind === 'choice') return !item.choices.find(one => one.code === value)?.fails
  if (item.kind === 'ok_fail') return value === 'ok'
  const measured = number(value)
  return !Number.isFinite(measured) || ((item.low === null || measured >= item.low) && (item.high === null || measured <= item.high))
}

export const failed = (items: ListItem[], said: All) => items.filter(item => valueOf(item, said) && !inOrder(item, valueOf(item, said)))

export const answersOf = (items: ListItem[], said: All): Answer[] =>
  items.filter(item => valueOf(item, said)).map(item => ({
    item: item.code,
    value: item.kind === 'number' ? String(number(valueOf(item, said))) : valueOf(item, said),
    ...(said[item.code]!.note.trim() && { note: said[item.code]!.note.trim() }),
  }))

/**
 * One walk through the tree, led by the structure of 2.03: what is missing, repeated, unknown, out of order or of the wrong kind, and
 * codes that no list has. The rules that look at several parts together run on the way, each where its element is left.
 */
import type { CodeRow } from '../../../codes/index.ts'
import type { XmlElement } from '../element.ts'
import { type CheckRun, hasValue, shown, textWithin } from './check-run.ts'
import type { CodeTable } from './code-lists.ts'
import { hasWord, isValueOf } from './quick-types.ts'
import type { AttributeShape, ChildShape, Shape } from './shape.ts'

export function walk(element: XmlElement, shape: Shape, run: CheckRun): void {
  run.stack.push(element)
  checkAttributes(element, shape, run)
  if (shape.text === undefined) walkChildren(element, shape, run)
  else checkText(element, shape, run)
  shape.check?.(element, run)
  run.stack.pop()
}

function checkAttributes(element: XmlElement, shape: Shape, run: CheckRun): void {
  const { attributes } = element
  for (const name in attributes) {
    const rule = shape.attributes.get(name)
    const value = attributes[name] ?? ''
    if (rule) checkAttribute(element, name, value, rule, run)
    // An attribute with a prefix belongs to another namespace, or declares one.
    else if (!name.includes(':')) {
      if (name !== 'xmlns') run.say('warning', 'attribute-unknown', { found: name })
    } else if (!run.isBound(name)) run.say('error', 'prefix-unbound', { found: name })
  }
  for (const name of shape.required) {
    const value = attributes[name]
    if (value === undefined || (value.length < 3 && isEmptyCode(value, shape.attributes.get(name)))) {
      run.say('error', 'attribute-missing', { missing: name })
    }
  }
  if (shape.hasCurrency && !run.hasCurrency && !hasValue(element, 'currency')) run.say('error', 'currency-missing', {})
}

function isEmptyCode(value: string, rule: AttributeShape | undefined): boolean {
  return rule?.listOf !== undefined && !hasWord(value)
}

function checkAttribute(element: XmlElement, name: string, value: string, rule: AttributeShape, run: CheckRun): void {
  if (rule.type !== 'string' && !isValueOf(value, rule.type)) {
    run.say('error', 'value-of-wrong-kind', { found: shown(value), accepted: rule.type }, [], name)
    return
  }
  if (rule.listOf !== undefined) checkCode(element, name, value, rule, run)
}

function checkCode(element: XmlElement, name: string, value: string, { listOf, isLanguage }: AttributeShape, run: CheckRun) {
  const table = listOf?.(element)
  if (table === undefined) return
  const row = findRow(table.rows, value, isLanguage)
  if (row === undefined) {
    if (hasWord(value)) run.say('warning', 'code-unknown', { found: shown(value), list: plainName(table.list) }, [], name)
    return
  }
  if (!row.withdrawn) return
  // A code was right as long as it was not withdrawn: only what was updated after that day is told.
  const { withdrawnOn } = row
  if (withdrawnOn !== undefined && run.updated !== undefined && run.updated < withdrawnOn) return
  const params = { found: shown(value), list: plainName(table.list), day: withdrawnOn ?? 'unknown' }
  run.say('warning', 'code-withdrawn', params, [], name)
}

/** Languages are written in any case and may name a country (`pt-BR`), targets of the goals are written `1.A` as well as `1.a`. */
function findRow(rows: CodeTable['rows'], value: string, isLanguage: boolean): CodeRow | undefined {
  const asWritten = rows.get(value)
  if (asWritten !== undefined) return asWritten
  const code = value.trim()
  const lower = code.toLowerCase()
  return rows.get(code) ?? rows.get(isLanguage ? (lower.split('-', 1)[0] ?? lower) : lower)
}

function plainName(list: string): string {
  return list.startsWith('iati.') ? list.slice(5) : list
}

function checkText(element: XmlElement, shape: Shape, run: CheckRun): void {
  if (shape.isNarrative && !run.hasLanguage && !run.saidLanguage && !hasValue(element, 'xml:lang')) {
    run.saidLanguage = true
    run.say('error', 'language-missing', {})
  }
  if (shape.text !== undefined && shape.text !== 'string') {
    const text = textWithin(element)
    if (!isValueOf(text, shape.text)) {
      run.say('error', 'value-of-wrong-kind', { found: shown(text), accepted: shape.text })
    }
  }
  if (element.children.length === 1) return
  for (const child of element.children) {
    if (typeof child !== 'string') run.say('error', 'element-unknown', { found: child.name }, [child])
  }
}

/** Children are remembered by their place in the order, 31 in each number: an activity has 34 kinds. */
const IN_ONE_NUMBER = 31

/** In version 1 the words of a code stood beside it: they say nothing that the code does not say. */
function sayText(text: string, { attributes }: XmlElement, run: CheckRun): void {
  if (!run.isOld) run.say('error', 'text-unexpected', { found: shown(text) })
  else if (Object.keys(attributes).length === 0) run.say('warning', 'text-unexpected', { found: shown(text) })
}

function isForeign({ name, attributes }: XmlElement): boolean {
  return name.includes(':') || Boolean(attributes.xmlns)
}

function walkChildren(element: XmlElement, shape: Shape, run: CheckRun): void {
  let last: ChildShape | undefined
  let isOutOfOrder = false
  let seenFirst = 0
  let seenMore = 0
  for (const child of element.children) {
    if (typeof child === 'string') {
      if (hasWord(child)) sayText(child, element, run)
      continue
    }
    const known = shape.children.get(child.name)
    if (known === undefined) {
      // An element of another namespace is kept, and nobody's business here.
      if (child.name.includes(':') && !run.isBound(child.name, child))
        run.say('error', 'prefix-unbound', { found: child.name }, [child])
      if (!isForeign(child)) run.say('error', 'element-unknown', { found: child.name }, [child])
      else if (!shape.takesForeignChildren) run.say('warning', 'element-unknown', { found: child.name }, [child])
      continue
    }
    const { index } = known
    const isSecond = index < IN_ONE_NUMBER ? (seenFirst & (1 << index)) !== 0 : (seenMore & (1 << (index - IN_ONE_NUMBER))) !== 0
    if (index < IN_ONE_NUMBER) seenFirst |= 1 << index
    else seenMore |= 1 << (index - IN_ONE_NUMBER)
    if (isSecond && !known.isRepeated) run.say('error', 'element-repeated', { found: child.name }, [child])
    if (last !== undefined && index < last.index) {
      if (!isOutOfOrder) run.say('warning', 'element-order', { found: child.name, before: last.name }, [child])
      isOutOfOrder = true
    } else last = known
    walk(child, known.shape, run)
  }
  for (const { name, index } of shape.requiredChildren) {
    const isSeen = index < IN_ONE_NUMBER ? (seenFirst & (1 << index)) !== 0 : (seenMore & (1 << (index - IN_ONE_NUMBER))) !== 0
    if (!isSeen) run.say('error', 'element-missing', { missing: name })
  }
}

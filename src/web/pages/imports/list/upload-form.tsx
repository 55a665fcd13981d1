/** Choosing files. With script they go in parts and survive a cut line (assets/upload.js); without, the form sends them whole. */
import { Button, ButtonRow, FileField, Form, Panel } from '../../../components/index.ts'
import type { PageRequest } from '../../../site.tsx'
import { withCollection } from '../words.ts'

const ACCEPTED = '.csv,.tsv,.txt,.xlsx,.xlsm,.json,.jsonl,.ndjson,.xml,.zip,.gz'

/** Words that the script shows, by the names under which it asks for them. */
const WORDS = [
  'sent',
  'done',
  'pause',
  'resume',
  'cancel',
  'paused',
  'cancelled',
  'again',
  'offline',
  'refused',
  'changed',
  'unfinished',
  'signed-out',
  'sign-in',
] as const

export function UploadForm({ request, error }: { readonly request: PageRequest; readonly error: string | undefined }) {
  const { t, at, query } = request
  return (
    <Panel title={t('imports.step.choose')} id="choose">
      <div data-uploads={at('/imports/uploads')} data-words={JSON.stringify(wordsOf(request))}>
        <Form action={withCollection(at('/imports'), query)} files label={t('imports.choose.label')}>
          <FileField
            name="file"
            label={t('imports.choose.label')}
            hint={t('imports.choose.hint')}
            error={error}
            accept={ACCEPTED}
            multiple
          />
          <ButtonRow>
            <Button>{t('imports.choose.send')}</Button>
          </ButtonRow>
        </Form>
      </div>
    </Panel>
  )
}

function wordsOf({ t, at }: PageRequest): Record<string, string> {
  const words = WORDS.map((name): [string, string] => [
    name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
    // What the script knows only later stands as {name}.
    t(`uploads.word.${name}`, { percent: '{percent}', file: '{file}' }),
  ])
  return { ...Object.fromEntries(words), signInAddress: at('/sign-in') }
}

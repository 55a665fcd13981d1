/** Gallery: a form as it is first shown, and the same as it comes back when it was not accepted. */
import { areaName, codeName, listCodes } from '../../../codes/index.ts'
import {
  Button,
  ButtonLink,
  ButtonRow,
  CheckboxField,
  CheckboxGroup,
  DateField,
  ErrorSummary,
  FileField,
  Form,
  FormSection,
  RadioGroup,
  RepeatingRows,
  rowFieldName,
  SelectField,
  TextArea,
  TextField,
  useTranslator,
} from '../../components/index.ts'
import { Specimen } from './specimen.tsx'

export function Forms() {
  const t = useTranslator()
  const named = (list: string) => listCodes(list).map((row) => ({ value: row.code, label: codeName(list, row.code, t.lang) }))
  const areas = ['BRA', 'CHN', 'EGY', 'MOZ'].map((code) => ({ value: code, label: areaName(code, t.lang) }))
  const titleError = t('components.gallery.title-error')
  const dateError = t('components.gallery.date-error')
  return (
    <>
      <Specimen name="Form">
        <Form action="#forms" method="get" label={t('components.gallery.forms')}>
          <TextField name="title" label={t('components.gallery.name')} hint={t('components.gallery.title-hint')} />
          <TextArea name="summary" label={t('components.gallery.summary')} optional rows={3} />
          <TextField
            name="budget"
            label={t('components.gallery.budget')}
            unit="USD"
            width="short"
            dir="ltr"
            inputMode="decimal"
            optional
          />
          <SelectField name="country" label={t('components.gallery.country')} choices={areas} value="MOZ" />
          <RadioGroup name="scale" label={t('components.gallery.scale')} choices={named('scale')} value="regional" />
          <CheckboxGroup
            name="role"
            label={t('components.gallery.kind')}
            choices={named('agencyRole')}
            values={['knowledge_broker']}
          />
          <DateField name="start" label={t('components.gallery.start')} value="2012-04" optional />
          <FileField name="document" label={t('components.gallery.file')} hint={t('components.gallery.file-hint')} optional />
          <CheckboxField name="official" label={t('components.gallery.official')} checked />
          <FormSection title={t('components.gallery.section-who')} id="who">
            <RepeatingRows
              name="partners"
              legend={t('components.gallery.partners')}
              rowLabel={t('components.gallery.partner')}
              addLabel={t('components.gallery.add-partner')}
              min={1}
              rows={[0, 1].map((index) => (
                <>
                  <SelectField
                    name={rowFieldName('partners', index, 'country')}
                    label={t('components.gallery.country')}
                    choices={areas}
                    value={areas[index]?.value}
                  />
                  <SelectField
                    name={rowFieldName('partners', index, 'role')}
                    label={t('components.gallery.kind')}
                    choices={named('role')}
                  />
                </>
              ))}
            />
          </FormSection>
          <ButtonRow>
            <Button>{t('components.gallery.save')}</Button>
            <ButtonLink href="#forms" kind="secondary">
              {t('components.gallery.cancel')}
            </ButtonLink>
            <Button kind="danger" name="do" value="withdraw">
              {t('components.gallery.withdraw')}
            </Button>
          </ButtonRow>
        </Form>
      </Specimen>
      <Specimen name="ErrorSummary" state={t('components.gallery.state-error')}>
        <ErrorSummary
          errors={[
            { field: 'wrong-title', message: titleError },
            { field: 'wrong-start', message: dateError },
          ]}
        />
        <TextField name="wrong-title" label={t('components.gallery.name')} value="Ab" error={titleError} />
        <DateField name="wrong-start" label={t('components.gallery.start')} value="2014-13" error={dateError} />
      </Specimen>
    </>
  )
}

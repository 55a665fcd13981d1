/** Headings as registers of ministries, agencies and the United Nations write them, with the field that each means. */
import { describe, expect, test } from 'vitest'
import { headerForm, matchHeader } from './match-header.ts'

const HEADINGS: readonly (readonly [string, string])[] = [
  ['Project title', 'title'],
  ['Project Duration', 'startDate'],
  ['Facilitating partner(s)', 'secondProviders'],
  ['Pivotal partner(s)', 'firstProviders'],
  ['Beneficiary partner(s)', 'recipients'],
  ['Facilitating partners (countries)', 'secondProviders'],
  ['Overall budget (in EUR)', 'budgetAmount'],
  ['Approximate budget', 'budgetAmount'],
  ['Countries/Territories Involved', 'partnerCountries'],
  ['Countries involved', 'partnerCountries'],
  ['Supported by', 'funders'],
  ['Implementing Entity', 'implementers'],
  ['Project Status', 'phase'],
  ['Project Period', 'startDate'],
  ['URL of the practice', 'links'],
  ['Related SDG(s)', 'sdgGoals'],
  ['SDG target(s)', 'sdgGoals'],
  ['Towards a solution', 'exchangeDescription'],
  ['Abstract', 'summary'],
  ['Contact Information', 'contact'],
  ['Country/Region', 'hosts'],
  ['Nominated By', 'reportingOrg'],
  ['Sectoral focus', 'sectors'],
  ['Recipient Country Code', 'recipients'],
  ['Provider country', 'firstProviders'],
  ['Provider agency', 'implementers'],
  ['Amount committed (thousand USD)', 'budgetAmount'],
  ['Amount disbursed', 'budgetAmount'],
  ['Planned start date', 'startDate'],
  ['Actual end date', 'endDate'],
  ['Date of completion (expected)', 'endDate'],
  ['Type of cooperation (SSC/TrC)', 'modalities'],
  ['Year of implementation', 'listYear'],
  ['Thematic area(s)', 'theme'],
  ['UNDAF outcome', 'kept'],
  ['Lead UN agency', 'agencyOrg'],
  ['Name of the focal point', 'contact'],
  ['Main results', 'notes'],
  ['Total cost in US dollars', 'budgetAmount'],
  ['Gender marker', 'kept'],
  ['Number of people trained', 'beneficiaries'],
  ['Project Identification Number', 'identifier'],
  ['IATI activity ID', 'identifier'],
  ['Nom du projet / programme', 'title'],
  ['Pays d’intervention du projet', 'hosts'],
  ['Partenaires techniques et financiers (PTF)', 'funders'],
  ['Coût total (millions FCFA)', 'budgetAmount'],
  ['Date de démarrage prévue', 'startDate'],
  ['Date de clôture prévue', 'endDate'],
  ['Secteur(s) d’intervention', 'sectors'],
  ['Responsable du suivi', 'contact'],
  ['Taux d’exécution physique', 'kept'],
  ['Maître d’ouvrage', 'implementers'],
  ['Nombre de jours', 'kept'],
  ['Type de coopération', 'modalities'],
  ['Description des activités', 'summary'],
  ['Résultats attendus', 'notes'],
  ['País primer oferente', 'firstProviders'],
  ['País segundo oferente', 'secondProviders'],
  ['País(es) receptor(es)', 'recipients'],
  ['Nombre del proyecto o acción', 'title'],
  ['Fecha de aprobación', 'startDate'],
  ['Fecha de inicio de actividades', 'startDate'],
  ['Costo ejecutado en el año', 'budgetAmount'],
  ['Sector de actividad', 'sectors'],
  ['Institución responsable oferente', 'implementers'],
  ['Institución responsable receptora', 'implementers'],
  ['Objetivo de Desarrollo Sostenible principal', 'sdgGoals'],
  ['Tipo de intercambio', 'modalities'],
  ['Estado actual del proyecto', 'phase'],
  ['Monto (US$)', 'budgetAmount'],
  ['Año', 'listYear'],
  ['Código BID', 'identifier'],
  ['Descripción del aporte', 'exchangeDescription'],
  ['Título do projeto/atividade', 'title'],
  ['Países beneficiários da cooperação', 'recipients'],
  ['Orçamento total (US$)', 'budgetAmount'],
  ['Entidade executora brasileira', 'implementers'],
  ['Data de assinatura', 'startDate'],
  ['Data prevista de término', 'endDate'],
  ['Название программы (проекта)', 'title'],
  ['Страна-получатель помощи', 'recipients'],
  ['Общая стоимость проекта, тыс. долл.', 'budgetAmount'],
  ['Сроки реализации проекта', 'startDate'],
  ['Ответственный исполнитель', 'implementers'],
  ['Источник финансирования', 'funders'],
  ['Цели и задачи проекта', 'objective'],
  ['Количество обученных специалистов', 'beneficiaries'],
  ['项目开始日期', 'startDate'],
  ['项目结束日期', 'endDate'],
  ['受援国家名称', 'recipients'],
  ['合作项目名称', 'title'],
  ['项目预算（万元）', 'budgetAmount'],
  ['项目主要内容', 'summary'],
  ['联合国可持续发展目标', 'sdgGoals'],
  ['备注说明', 'notes'],
  ['اسم المشروع أو البرنامج', 'title'],
  ['الدولة أو الدول المستفيدة', 'recipients'],
  ['تاريخ بداية التنفيذ', 'startDate'],
  ['التكلفة الإجمالية بالدولار', 'budgetAmount'],
  ['قطاع التعاون', 'sectors'],
  ['ملاحظات عامة', 'notes'],
  ['الجهة الممولة للمشروع', 'funders'],
  ['Country of origin of experts', 'firstProviders'],
  ['No. of experts', 'kept'],
  ['Host Institution', 'implementers'],
  ['Training course title', 'title'],
  ['Participating Countries', 'partnerCountries'],
  ['Implementing modality', 'modalities'],
  ['Last update', 'kept'],
]

describe('a heading names its field in seven languages', () => {
  test.each(HEADINGS)('%s means %s', (heading, field) => {
    expect(matchHeader([heading])[0]?.field).toBe(field)
  })
})

test('case, accents, underscores, camel case and numbering make no difference', () => {
  for (const heading of ['start_date', 'startDate', 'START DATE', '3. Start date *'])
    expect(headerForm(heading)).toBe('start date')
})

test('a heading of two rows is read from its lower row, helped by the upper one', () => {
  expect(matchHeader(['Période', 'Fin'])[0]?.field).toBe('endDate')
  expect(matchHeader(['Partners', 'Recipient'])[0]?.field).toBe('recipients')
})

test('spelling mistakes are forgiven, with less confidence', () => {
  const [match] = matchHeader(['Partner contries'])
  expect(match?.field).toBe('partnerCountries')
  expect(match?.confidence).toBeLessThan(0.9)
})

test('words of another world name no field', () => {
  expect(matchHeader(['Blood type'])[0]?.confidence ?? 0).toBeLessThan(0.75)
  expect(matchHeader(['Xyzzy'])).toEqual([])
})

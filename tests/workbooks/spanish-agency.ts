/** An agency's CSV in Spanish: Windows-1252, semicolons, decimal commas, dd/mm dates, a total at the end. */
import { makeText, type RawWorkbook } from './raw-workbook.ts'

export const spanishAgency: RawWorkbook = {
  name: 'Spanish agency, Windows-1252, semicolons and decimal commas',
  fileName: 'registro_css.csv',
  encoding: 'windows-1252',
  make: (path) =>
    makeText(path, 'windows-1252', [
      'Código;Nombre del proyecto;Primer oferente;Segundo oferente;Receptor;Sector;Fecha de inicio;Fecha de finalización;Costo total (USD);Institución ejecutora;Estado;Observaciones',
      'CSS-001;Fortalecimiento de bancos de leche humana;Brasil;;Honduras;Salud;05/03/2019;30/11/2020;45.300,50;Ministerio de Salud;Finalizado;"Incluye visita técnica; ver informe"',
      'CSS-002;Gestión de cuencas compartidas;Costa Rica;España;"Bolivia (Estado Plurinacional de)";Agua;17/04/2019;31/12/2021;128.000,00;Instituto del Agua;En ejecución;',
      'CSS-003;Modelo de catastro municipal;Colombia;;El Salvador, Guatemala y Honduras;Gobierno;02/09/2020;01/09/2021;9.750,25;Instituto Geográfico;En ejecución;Tres misiones',
      'CSS-004;Rehabilitación de café robusta;México;Alemania;República Dominicana;Agropecuario;11/01/2021;28/02/2022;67.200,00;Ministerio de Agricultura;Finalizado;',
      'CSS-005;Atención a la primera infancia;Chile;;Paraguay;Social;30/02/2021;15/12/2022;31.000,75;Ministerio de Desarrollo Social;En ejecución;Fecha por verificar',
      'Total;;;;;;;;281.251,50;;;',
    ]),
  sheets: [
    {
      sheet: '',
      fields: [
        'identifier',
        'title',
        'firstProviders',
        'secondProviders',
        'recipients',
        'sectors',
        'startDate',
        'endDate',
        'budgetAmount',
        'implementers',
        'phase',
        'notes',
      ],
      accepted: 5,
      titleRows: [],
      headerRows: [1],
      blankRows: 0,
      totalsRows: [7],
      noteRows: [],
      values: {
        2: {
          startDate: '2019-03-05',
          endDate: '2020-11-30',
          budgetAmount: '45300.5',
          budgetCurrency: 'USD',
          notes: ['Incluye visita técnica; ver informe'],
        },
        3: {
          recipients: [{ text: 'Bolivia (Estado Plurinacional de)', iso3: 'BOL' }],
          secondProviders: [{ text: 'España', iso3: 'ESP' }],
        },
        4: {
          recipients: [
            { text: 'El Salvador', iso3: 'SLV' },
            { text: 'Guatemala', iso3: 'GTM' },
            { text: 'Honduras', iso3: 'HND' },
          ],
        },
        5: { startDate: '2021-01-11' },
        6: { budgetAmount: '31000.75', kept: { 'Fecha de inicio': '30/02/2021' } },
      },
      problems: ['6 Fecha de inicio tables.impossible-date'],
    },
  ],
}

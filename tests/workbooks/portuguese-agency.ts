/** A Portuguese workbook: amounts written as text with points and commas, periods in one cell, notes below the table. */
import { makeWorkbook, merged, type RawWorkbook } from './raw-workbook.ts'

export const portugueseAgency: RawWorkbook = {
  name: 'Portuguese agency, amounts as text and periods in one cell',
  fileName: 'carteira de projetos.xlsx',
  make: (path) =>
    makeWorkbook(path, [
      {
        name: 'Carteira',
        merges: [merged(1, 0, 1, 7)],
        rows: [
          ['CARTEIRA DE PROJETOS DE COOPERAÇÃO TÉCNICA'],
          ['Posição em 30/06/2022'],
          [],
          [
            'Nº do processo',
            'Título do projeto',
            'País beneficiário',
            'Instituição executora',
            'Área temática',
            'Vigência',
            'Valor total',
            'Situação',
          ],
          [
            'BRA/10-022',
            'Apoio ao cultivo de algodão',
            'Moçambique',
            'Instituto de Pesquisa Agropecuária',
            'Agricultura',
            '01/08/2018 a 31/07/2021',
            'R$ 1.250.000,00',
            'Concluído',
          ],
          [
            'BRA/11-005',
            'Centro de formação profissional',
            'Timor-Leste',
            'Serviço de Aprendizagem',
            'Educação',
            '15/02/2019 a 14/02/2023',
            'R$ 3.480.500,40',
            'Em execução',
          ],
          [
            'BRA/12-017',
            'Banco de leite humano',
            'São Tomé e Príncipe',
            'Fundação de Saúde',
            'Saúde',
            '10/05/2020 a 09/05/2022',
            'R$ 640.000,00',
            'Em execução',
          ],
          [
            'BRA/13-001',
            'Cadastro único de programas sociais',
            'Cabo Verde e Guiné-Bissau',
            'Ministério da Cidadania',
            'Proteção social',
            '2021-2023',
            'R$ 410.300,90',
            'Em execução',
          ],
          ['TOTAL', null, null, null, null, null, 'R$ 5.780.801,30'],
          ['Fonte: Coordenação de Cooperação Técnica'],
        ],
      },
    ]),
  sheets: [
    {
      sheet: 'Carteira',
      fields: ['identifier', 'title', 'recipients', 'implementers', 'theme', 'startDate', 'budgetAmount', 'phase'],
      accepted: 4,
      titleRows: [1, 2],
      headerRows: [4],
      blankRows: 1,
      totalsRows: [9],
      noteRows: [10],
      values: {
        5: {
          identifier: 'BRA/10-022',
          startDate: '2018-08-01',
          endDate: '2021-07-31',
          budgetAmount: '1250000',
          budgetCurrency: 'BRL',
        },
        7: { recipients: [{ text: 'São Tomé e Príncipe', iso3: 'STP' }] },
        8: {
          startDate: '2021',
          endDate: '2023',
          budgetAmount: '410300.9',
          recipients: [
            { text: 'Cabo Verde', iso3: 'CPV' },
            { text: 'Guiné-Bissau', iso3: 'GNB' },
          ],
        },
      },
    },
  ],
}

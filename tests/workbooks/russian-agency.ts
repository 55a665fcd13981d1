/** A Russian CSV: Windows-1251, a row of column numbers below the heading, spaces between thousands, dates with dots. */
import { makeText, type RawWorkbook } from './raw-workbook.ts'

export const russianAgency: RawWorkbook = {
  name: 'Russian agency, Windows-1251, numbered columns',
  fileName: 'perechen.csv',
  encoding: 'windows-1251',
  make: (path) =>
    makeText(path, 'windows-1251', [
      'Перечень проектов сотрудничества Юг-Юг;;;;;;;;',
      '№ п/п;Наименование проекта;Страна-партнер;Исполнитель;Направление сотрудничества;Дата начала;Дата окончания;Объем финансирования, долл. США;Примечание',
      '1;2;3;4;5;6;7;8;9',
      '1;Подготовка специалистов по управлению водными ресурсами;Таджикистан;Министерство энергетики;Водные ресурсы;12.03.2020;31.12.2021;150 000,00;завершен',
      '2;Обмен опытом в области карантина растений;Кыргызстан, Узбекистан;Инспекция по карантину;Сельское хозяйство;01.06.2021;30.05.2023;85 400,50;',
      '3;Создание центра телемедицины;Монголия;Медицинский университет;Здравоохранение;15.09.2021;14.09.2024;220 000,00;идет',
      '4;Стажировки статистиков;Армения и Грузия;Комитет по статистике;Статистика;20.01.2022;19.12.2022;40 000,00;',
      'Итого;;;;;;;495 400,50;',
    ]),
  sheets: [
    {
      sheet: '',
      fields: ['kept', 'title', 'partnerCountries', 'implementers', 'theme', 'startDate', 'endDate', 'budgetAmount', 'notes'],
      accepted: 4,
      titleRows: [1],
      headerRows: [2, 3],
      blankRows: 0,
      totalsRows: [8],
      noteRows: [],
      values: {
        4: {
          startDate: '2020-03-12',
          budgetAmount: '150000',
          budgetCurrency: 'USD',
          partnerCountries: [{ text: 'Таджикистан', iso3: 'TJK' }],
        },
        5: {
          budgetAmount: '85400.5',
          partnerCountries: [
            { text: 'Кыргызстан', iso3: 'KGZ' },
            { text: 'Узбекистан', iso3: 'UZB' },
          ],
        },
        7: {
          partnerCountries: [
            { text: 'Армения', iso3: 'ARM' },
            { text: 'Грузия', iso3: 'GEO' },
          ],
        },
      },
    },
  ],
}

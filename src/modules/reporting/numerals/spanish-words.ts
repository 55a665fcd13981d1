/**
 * Number words of Spanish. `un`, `uno`, `una`, `medio` and `media` are articles, pronouns or "means" and count only in a compound.
 */
import { type FixedExpression, foldedSet, type NumberWords } from './numeral.ts'

const NUMBERS = foldedSet(`
  cero dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho
  diecinueve veinte veintiuno veintiuna veintiún veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete
  veintiocho veintinueve treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento cientos
  doscientos doscientas trescientos trescientas cuatrocientos cuatrocientas quinientos quinientas seiscientos seiscientas
  setecientos setecientas ochocientos ochocientas novecientos novecientas mil miles millar millares
  millón millones billón billones
  primer primero primera primeros primeras segundo segunda segundos segundas tercer tercero tercera terceros terceras
  cuarto cuarta cuartos cuartas quinto quinta quintos quintas sexto sexta sextos sextas séptimo séptima séptimos séptimas
  octavo octava octavos octavas noveno novena novenos novenas décimo décima décimos décimas undécimo undécima duodécimo
  duodécima vigésimo vigésima trigésimo trigésima cuadragésimo cuadragésima quincuagésimo quincuagésima sexagésimo
  sexagésima septuagésimo septuagésima octogésimo octogésima nonagésimo nonagésima centésimo centésima milésimo milésima
  mitad mitades tercio tercios decena decenas docena docenas quincena quincenas veintena veintenas treintena
  cincuentena centena centenas centenar centenares
  doble dobles triple triples cuádruple quíntuple duplicar duplica duplican duplicó duplicaron triplicar triplica triplican
  triplicó triplicaron cuadruplicar cuadruplicó
  ambos ambas entrambos entrambas dúo dúos trío tríos
`)

// decimosexto, vigesimoprimera: compound ordinals written as a single word.
const COMPOUND_ORDINAL = /^(?:decimo|vigesimo|trigesimo)(?:primer|segund|tercer|cuart|quint|sext|septim|octav|noven)[oa]?s?$/

// treintaiuno, cuarentayseis, dosmil: a compound written as a single word.
const JOINED =
  /^(?:(?:treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa)[iy]?(?:un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)|(?:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|cien)mil)$/

const FIXED: readonly FixedExpression[] = [
  { phrase: 'por ciento', reason: 'the percent sign in words; the number before it is what counts' },
  { phrase: 'primer ministro', reason: 'title of a person' },
  { phrase: 'primera ministra', reason: 'title of a person' },
  { phrase: 'primeros ministros', reason: 'title of persons' },
  { phrase: 'primer oferente', reason: 'term of the field; says a role, not a rank' },
  { phrase: 'primeros oferentes', reason: 'term of the field; says a role, not a rank' },
  { phrase: 'segundo oferente', reason: 'term of the field; says a role, not a rank' },
  { phrase: 'segundos oferentes', reason: 'term of the field; says a role, not a rank' },
  { phrase: 'terceros países', reason: 'countries outside, not a count' },
  { phrase: 'terceras partes', reason: 'persons outside, not a fraction' },
  { phrase: 'mitad de período', reason: 'the mid-term review; a moment, not a fraction' },
  { phrase: 'primer plano', reason: 'means in a prominent place' },
  { phrase: 'segundo plano', reason: 'means in the background' },
  { phrase: 'en primer lugar', reason: 'means above all' },
  { phrase: 'de primera mano', reason: 'means direct' },
  { phrase: 'doble contabilización', reason: 'the statistical mistake' },
  { phrase: 'doble cómputo', reason: 'the statistical mistake' },
]

export const SPANISH: NumberWords = {
  isNumber: (word) => NUMBERS.has(word) || COMPOUND_ORDINAL.test(word) || JOINED.test(word),
  compoundOnly: foldedSet('un uno una medio media'),
  connectors: new Set(['y']),
  phrases: ['un par de', 'pares de'],
  percent: 'por\\s?ciento',
  fixed: FIXED,
}
